// SPDX-License-Identifier: Apache-2.0
//! Writing what the public site tells: draft, translated, published, withdrawn.

use db::{ContentConsent, ContentItem, ContentText};
use domain::{
    access::Act,
    content::{ContentKind, ContentState, Showing, Shows},
    id::RowId,
    refusal::{Problem, Refusal},
    time::Date,
};

use super::{BODY_CHARACTERS_MAX, CODE_CHARACTERS_MAX, RANK_MAX, TITLE_CHARACTERS_MAX};
use crate::{AppError, UseCase, unit::Unit};

/// The facts of an item, apart from its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentFacts {
    /// Its place in the order of its parent, from 0.
    pub rank: i64,
    /// The day on which it happens.
    pub happens_on: Option<Date>,
    /// Code of the body that speaks.
    pub body: Option<String>,
    /// Name of a picture or film of the program.
    pub media: Option<String>,
    /// What of a person it shows.
    pub shows: Shows,
}

/// Checks the word of an item: lower-case letters, digits and hyphens.
fn check_code(code: &str) -> Result<(), Refusal> {
    let is_word = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if code.is_empty() || code.len() > CODE_CHARACTERS_MAX || !is_word {
        return Err(Refusal::field("code", format!("1 to {CODE_CHARACTERS_MAX} lower-case letters, digits, hyphens")));
    }
    Ok(())
}

fn check_facts(unit: &Unit<'_>, facts: &ContentFacts) -> Result<(), Refusal> {
    if !(0..=RANK_MAX).contains(&facts.rank) {
        return Err(Refusal::field("rank", format!("0 to {RANK_MAX}")));
    }
    if facts.body.as_ref().is_some_and(|body| unit.pack.body(body).is_none()) {
        return Err(Refusal::field("body", "no such body in the country pack"));
    }
    match &facts.media {
        Some(media) => check_code(media).map_err(|_| Refusal::field("media", "no such picture")),
        None => Ok(()),
    }
}

fn apply(item: &mut ContentItem, facts: &ContentFacts) {
    item.rank = facts.rank;
    item.happens_on = facts.happens_on;
    item.body.clone_from(&facts.body);
    item.media.clone_from(&facts.media);
    item.shows = facts.shows.clone();
}

/// The item of a code, or a refusal.
pub(super) async fn load(unit: &mut Unit<'_>, code: &str) -> Result<ContentItem, AppError> {
    let item = unit.find_content_item(code).await?.ok_or(Refusal::NotFound("item"))?;
    unit.about("content", item.id);
    Ok(item)
}

/// The item of a code, if it may be written and is as the officer saw it.
async fn load_to_write(unit: &mut Unit<'_>, code: &str, row_version: i64) -> Result<ContentItem, AppError> {
    let item = load(unit, code).await?;
    item.state.may_be_written()?;
    if item.row_version != row_version {
        return Err(Refusal::Conflict.into());
    }
    Ok(item)
}

/// Writes an item as the acting officer left it.
pub(super) async fn save(unit: &mut Unit<'_>, item: &ContentItem) -> Result<(), AppError> {
    if unit.update_content_item(item).await? { Ok(()) } else { Err(Refusal::Conflict.into()) }
}

/// What is written again is a draft again, and the writer is no longer the one who may publish it.
fn written(unit: &Unit<'_>, item: &mut ContentItem) {
    item.state = ContentState::Draft;
    item.written_by = unit.actor().account;
    (item.published_by, item.published_at, item.withdrawn_at) = (None, None, None);
}

/// Adds an item as a draft.
pub struct AddContent {
    /// Its word in addresses.
    pub code: String,
    /// What it is.
    pub kind: ContentKind,
    /// The word of the item to which it belongs.
    pub parent: Option<String>,
    /// Facts.
    pub facts: ContentFacts,
}

impl UseCase for AddContent {
    const ACT: Act = Act::KeepContent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        check_code(&self.code)?;
        check_facts(unit, &self.facts)?;
        let parent = match &self.parent {
            Some(code) => {
                let parent = unit.find_content_item(code).await?;
                Some(parent.ok_or_else(|| Refusal::field("parent", "no such item"))?.id)
            }
            None => None,
        };
        let mut item = ContentItem {
            id: unit.new_id(),
            code: self.code.clone(),
            kind: self.kind,
            parent,
            rank: 0,
            happens_on: None,
            body: None,
            media: None,
            shows: Shows::default(),
            state: ContentState::Draft,
            written_by: unit.actor().account,
            published_by: None,
            published_at: None,
            withdrawn_at: None,
            row_version: 1,
        };
        apply(&mut item, &self.facts);
        unit.about("content", item.id);
        let now = unit.now;
        Ok(unit.insert_content_item(&item, now).await?)
    }
}

/// Changes the facts of an item that is not published.
pub struct ChangeContent {
    /// Item.
    pub code: String,
    /// Version of the row that the officer saw.
    pub row_version: i64,
    /// Facts.
    pub facts: ContentFacts,
}

impl UseCase for ChangeContent {
    const ACT: Act = Act::KeepContent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        let mut item = load_to_write(unit, &self.code, self.row_version).await?;
        check_facts(unit, &self.facts)?;
        apply(&mut item, &self.facts);
        written(unit, &mut item);
        save(unit, &item).await
    }
}

/// Writes the text of an item in one language.
pub struct WriteText {
    /// Item.
    pub code: String,
    /// Version of the row that the officer saw.
    pub row_version: i64,
    /// The text.
    pub text: ContentText,
}

impl UseCase for WriteText {
    const ACT: Act = Act::KeepContent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        let mut item = load_to_write(unit, &self.code, self.row_version).await?;
        let text = self.checked(unit, item.kind)?;
        let id = unit.new_id();
        unit.upsert_content_text(id, item.id, &text).await?;
        written(unit, &mut item);
        save(unit, &item).await
    }
}

impl WriteText {
    fn checked(&self, unit: &Unit<'_>, kind: ContentKind) -> Result<ContentText, Refusal> {
        let text = &self.text;
        if !unit.pack.languages().outside.contains(&text.language) {
            return Err(Refusal::field("language", "not a language of the site"));
        }
        let title = bounded("title", &text.title, TITLE_CHARACTERS_MAX)?;
        let body = bounded("body", &text.body, BODY_CHARACTERS_MAX)?;
        let byline = text.byline.as_deref().map(str::trim).filter(|byline| !byline.is_empty());
        let byline = byline.map(|byline| bounded("byline", byline, TITLE_CHARACTERS_MAX)).transpose()?;
        if kind == ContentKind::Statement && byline.is_none() {
            return Err(Refusal::field("byline", "a statement names the speaker's office"));
        }
        Ok(ContentText { language: text.language.clone(), title, byline, body })
    }
}

fn bounded(field: &str, text: &str, characters_max: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > characters_max {
        return Err(Refusal::field(field, Problem::Text(characters_max)));
    }
    Ok(text.to_owned())
}

/// Says that an item is written in every language of the site.
pub struct MarkTranslated {
    /// Item.
    pub code: String,
}

impl UseCase for MarkTranslated {
    const ACT: Act = Act::KeepContent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        let mut item = load(unit, &self.code).await?;
        if item.state != ContentState::Draft {
            return Err(Refusal::AlreadyRecorded(format!("the item is {}", item.state)).into());
        }
        check_translated(unit, &item).await?;
        item.state = ContentState::Translated;
        save(unit, &item).await
    }
}

/// Checks that there is a text in every language of the site.
async fn check_translated(unit: &mut Unit<'_>, item: &ContentItem) -> Result<(), AppError> {
    let texts = unit.list_content_texts(item.id).await?;
    let has = |language: &String| texts.iter().any(|text| text.language == *language);
    let missing: Vec<&str> =
        unit.pack.languages().outside.iter().filter(|language| !has(language)).map(String::as_str).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::Missing(format!("the text in {}", missing.join(", "))).into())
}

/// Publishes a translated item, as another officer than the one who wrote it last.
pub struct PublishContent {
    /// Item.
    pub code: String,
}

impl UseCase for PublishContent {
    const ACT: Act = Act::KeepContent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        let mut item = load(unit, &self.code).await?;
        if item.state != ContentState::Translated {
            return Err(Refusal::Missing("an item that is written in every language".into()).into());
        }
        if item.written_by == unit.actor().account {
            return Err(Refusal::SameOfficer.into());
        }
        check_translated(unit, &item).await?;
        let consents = unit.list_content_consents(item.id).await?;
        if let Some(showing) = item.shows.iter().find(|showing| !is_given(&consents, *showing)) {
            return Err(Refusal::Missing(format!("the person's consent to show: {showing}")).into());
        }
        item.state = ContentState::Published;
        (item.published_by, item.published_at) = (Some(unit.actor().account), Some(unit.now));
        item.withdrawn_at = None;
        save(unit, &item).await
    }
}

fn is_given(consents: &[ContentConsent], showing: Showing) -> bool {
    consents.iter().any(|consent| consent.revoked_at.is_none() && consent.kind == showing.as_str())
}

/// Takes a published item back at once.
pub struct WithdrawContent {
    /// Item.
    pub code: String,
}

impl UseCase for WithdrawContent {
    const ACT: Act = Act::KeepContent;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        let mut item = load(unit, &self.code).await?;
        if item.state != ContentState::Published {
            return Err(Refusal::Missing("a published item".into()).into());
        }
        item.state = ContentState::Withdrawn;
        item.withdrawn_at = Some(unit.now);
        save(unit, &item).await
    }
}

/// Lists every item, for those who keep them.
pub struct ListContent;

impl UseCase for ListContent {
    const ACT: Act = Act::KeepContent;
    type Output = Vec<ContentItem>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<ContentItem>, AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        Ok(unit.list_content_items().await?)
    }
}

/// An item as those who keep it see it. Whose consents they are is not shown.
#[derive(Clone, Debug)]
pub struct ShownContent {
    /// The item.
    pub item: ContentItem,
    /// Word of the item to which it belongs.
    pub parent: Option<String>,
    /// Its texts.
    pub texts: Vec<ContentText>,
    /// Its consents: row, to what, on which day, and whether it still holds.
    pub consents: Vec<(RowId, Showing, Date, bool)>,
    /// Whether the acting officer may publish it: he did not write it last.
    pub may_publish: bool,
}

/// Shows an item to those who keep it.
pub struct ShowContent {
    /// Item.
    pub code: String,
}

impl UseCase for ShowContent {
    const ACT: Act = Act::KeepContent;
    type Output = ShownContent;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<ShownContent, AppError> {
        unit.cite_for(Act::KeepContent.as_str())?;
        let item = load(unit, &self.code).await?;
        let parent = match item.parent {
            Some(parent) => unit.find_content_item_by_id(parent).await?.map(|parent| parent.code),
            None => None,
        };
        let texts = unit.list_content_texts(item.id).await?;
        let consents = unit.list_content_consents(item.id).await?;
        let consents = consents.into_iter().map(|consent| {
            let kind = consent.kind.parse().map_err(|_| db::DbError::Damaged { what: "content_consent.kind".into() });
            Ok((consent.id, kind?, consent.given_on, consent.revoked_at.is_none()))
        });
        let consents = consents.collect::<Result<_, db::DbError>>()?;
        let may_publish = item.state == ContentState::Translated && item.written_by != unit.actor().account;
        Ok(ShownContent { item, parent, texts, consents, may_publish })
    }
}
