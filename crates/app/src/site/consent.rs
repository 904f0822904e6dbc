// SPDX-License-Identifier: Apache-2.0
//! A person's consent to be named, shown or quoted in one item: recorded apart from everything else, and taken back at any
//! time, by her or at the counter; the item is withdrawn in the same transaction.

use db::ContentConsent;
use domain::{
    access::{Act, PersonFile},
    content::{ContentState, Showing},
    id::RowId,
    number::PersonNumber,
    refusal::Refusal,
    time::{Date, Timestamp},
};

use super::keep::load;
use crate::{AppError, UseCase, unit::Unit};

/// Records a consent.
pub struct RecordConsent {
    /// Item.
    pub code: String,
    /// The person.
    pub person: PersonNumber,
    /// To what.
    pub showing: Showing,
    /// The day on which she gave it.
    pub given_on: Date,
    /// The language in which it was explained to her (code list `language`).
    pub language: String,
}

impl UseCase for RecordConsent {
    const ACT: Act = Act::KeepConsent;
    type Output = RowId;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<RowId, AppError> {
        unit.cite_for(Act::KeepConsent.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let item = load(unit, &self.code).await?;
        let person = unit.find_person_by_number(&permit, &self.person).await?.ok_or(Refusal::NotFound("person"))?;
        unit.concerns(person.id)?;
        unit.check_code("language", &self.language, "language")?;
        if self.given_on > unit.today {
            return Err(Refusal::field("given_on", "lies in the future").into());
        }
        if !item.shows.has(self.showing) {
            return Err(Refusal::field("showing", format!("the item does not show: {}", self.showing)).into());
        }
        let majority = i16::try_from(unit.figure("age.majority_years")?).unwrap_or(i16::MAX);
        if person.birth.is_younger_than(majority, self.given_on) {
            return Err(Refusal::Missing("full age: a child is not shown on the public site".into()).into());
        }
        let consent = ContentConsent {
            id: unit.new_id(),
            item: item.id,
            person: person.id,
            kind: self.showing.to_string(),
            given_on: self.given_on,
            language: self.language.clone(),
            revoked_at: None,
        };
        let (by, now) = (unit.actor().account, unit.now);
        unit.insert_content_consent(&permit, &consent, by, now).await?;
        Ok(consent.id)
    }
}

/// Records at the counter that a person took her consent back.
pub struct RevokeConsent {
    /// The consent.
    pub consent: RowId,
}

impl UseCase for RevokeConsent {
    const ACT: Act = Act::KeepConsent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepConsent.as_str())?;
        let consent = unit.find_content_consent(self.consent).await?.ok_or(Refusal::NotFound("consent"))?;
        unit.about("content", consent.item);
        unit.concerns(consent.person)?;
        let now = unit.now;
        if withdraw_consent(unit, &consent, now).await? {
            return Ok(());
        }
        Err(Refusal::AlreadyRecorded("that the consent was taken back".into()).into())
    }
}

/// Takes a consent back: its item is withdrawn, and what it said is deleted, for nothing allows keeping it any more. Says
/// whether the consent was there.
pub(crate) async fn withdraw_consent(
    write: &mut db::Write,
    consent: &ContentConsent,
    now: Timestamp,
) -> Result<bool, AppError> {
    if consent.revoked_at.is_some() || !write.revoke_content_consent(consent.id, now).await? {
        return Ok(false);
    }
    let Some(mut item) = write.find_content_item_by_id(consent.item).await? else {
        return Err(AppError::Fault("a consent without its item"));
    };
    write.delete_content_texts(item.id).await?;
    item.state = ContentState::Withdrawn;
    item.withdrawn_at = Some(now);
    item.media = None;
    if write.update_content_item(&item).await? { Ok(true) } else { Err(Refusal::Conflict.into()) }
}
