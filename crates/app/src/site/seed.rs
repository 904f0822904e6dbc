// SPDX-License-Identifier: Apache-2.0
//! What a site begins with: items of a country pack, brought in through the same use cases as everything else, by one
//! officer who writes and another who publishes.

use std::collections::BTreeMap;

use db::ContentText;
use domain::{
    access::Actor,
    content::{ContentKind, Shows},
    number::PersonNumber,
    refusal::Refusal,
    time::Date,
};
use serde::Deserialize;

use super::{AddContent, ContentFacts, MarkTranslated, PublishContent, RecordConsent, WriteText};
use crate::{AppError, Outcome, Service, UseCase};

/// Items a pack can bring; more are a mistake.
const ITEMS_MAX: usize = 200;

/// The items of a pack, those above first.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Seed(Vec<SeedItem>);

/// An item.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedItem {
    code: String,
    kind: ContentKind,
    parent: Option<String>,
    #[serde(default)]
    rank: i64,
    body: Option<String>,
    media: Option<String>,
    #[serde(default)]
    shows: String,
    /// By the code of the language.
    texts: BTreeMap<String, SeedText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeedText {
    title: String,
    byline: Option<String>,
    body: String,
}

/// Who brings the items in.
#[derive(Clone, Debug)]
pub struct Editors {
    /// Writes.
    pub writer: Actor,
    /// Publishes; another account.
    pub publisher: Actor,
    /// Records the consent of the person whom an item shows.
    pub consent: Actor,
}

/// Brings the items of a pack in and publishes them: those that show something of a person only if somebody consents, who is
/// `shown`, with the language in which it was explained to her. Returns how many were published.
///
/// # Errors
/// [`AppError`]; a refusal of any step, for a pack must hold what it brings.
pub async fn bring_in(
    service: &Service,
    editors: &Editors,
    seed: &Seed,
    on: Date,
    shown: Option<(&PersonNumber, &str)>,
) -> Result<usize, AppError> {
    if seed.0.len() > ITEMS_MAX {
        return Err(AppError::Pack(format!("site of at most {ITEMS_MAX} items")));
    }
    let mut published = 0;
    for item in &seed.0 {
        let shows = Shows::parse(&item.shows).map_err(|_| AppError::Pack(format!("known words in {}", item.code)))?;
        write(service, editors, item, &shows, on).await?;
        if !shows.is_empty() {
            let Some((person, language)) = shown else { continue };
            for showing in shows.iter() {
                let (code, person, language) = (item.code.clone(), person.clone(), language.to_owned());
                let consent = RecordConsent { code, person, showing, given_on: on, language };
                done(service, &editors.consent, consent).await?;
            }
        }
        done(service, &editors.publisher, PublishContent { code: item.code.clone() }).await?;
        published += 1;
    }
    Ok(published)
}

async fn write(service: &Service, editors: &Editors, item: &SeedItem, shows: &Shows, on: Date) -> Result<(), AppError> {
    let facts = ContentFacts {
        rank: item.rank,
        happens_on: Some(on),
        body: item.body.clone(),
        media: item.media.clone(),
        shows: shows.clone(),
    };
    let (code, parent) = (item.code.clone(), item.parent.clone());
    done(service, &editors.writer, AddContent { code, kind: item.kind, parent, facts }).await?;
    for (row_version, (language, text)) in (1..).zip(&item.texts) {
        let SeedText { title, byline, body } = text.clone();
        let text = ContentText { language: language.clone(), title, byline, body };
        done(service, &editors.writer, WriteText { code: item.code.clone(), row_version, text }).await?;
    }
    done(service, &editors.writer, MarkTranslated { code: item.code.clone() }).await
}

async fn done<U: UseCase>(service: &Service, actor: &Actor, act: U) -> Result<U::Output, AppError> {
    match service.run(&service.context(actor.clone()), act).await? {
        Outcome::Done(output) => Ok(output),
        Outcome::Refused(refusal) => Err(Refusal::into(refusal)),
    }
}
