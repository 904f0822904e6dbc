// SPDX-License-Identifier: Apache-2.0
//! What the public site tells: items, their texts in each language, and the consents of persons to be shown.

use domain::{
    access::{Authorized, PersonFile},
    content::{ContentKind, ContentState, Shows},
    id::{AccountId, PersonId, RowId},
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_CONTENT_ITEM = "INSERT INTO content_item (id, code, kind, parent_id, rank, happens_on, body_code, media, shows, state, written_by, created_at, row_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'draft', $10, $11, 1)";
    UPDATE_CONTENT_ITEM = "UPDATE content_item SET rank = $1, happens_on = $2, body_code = $3, media = $4, shows = $5, state = $6, written_by = $7,
        published_by = $8, published_at = $9, withdrawn_at = $10, row_version = row_version + 1 WHERE id = $11 AND row_version = $12";
    FIND_CONTENT_ITEM = "SELECT id, code, kind, parent_id, rank, happens_on, body_code, media, shows, state, written_by, published_by, published_at, withdrawn_at, row_version
        FROM content_item WHERE code = $1";
    FIND_CONTENT_ITEM_BY_ID = "SELECT id, code, kind, parent_id, rank, happens_on, body_code, media, shows, state, written_by, published_by, published_at, withdrawn_at, row_version
        FROM content_item WHERE id = $1";
    LIST_CONTENT_ITEMS = "SELECT id, code, kind, parent_id, rank, happens_on, body_code, media, shows, state, written_by, published_by, published_at, withdrawn_at, row_version
        FROM content_item ORDER BY happens_on DESC, rank, code LIMIT $1";
    LIST_CONTENT_TEXTS = "SELECT id, language, title, byline, body FROM content_text WHERE item_id = $1 ORDER BY language";
    LIST_CONTENT_TEXTS_IN_LANGUAGE = "SELECT t.item_id, t.title, t.byline, t.body FROM content_text t JOIN content_item i ON i.id = t.item_id
        WHERE i.state = 'published' AND t.language = $1";
    UPSERT_CONTENT_TEXT = "INSERT INTO content_text (id, item_id, language, title, byline, body) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (item_id, language) DO UPDATE SET title = excluded.title, byline = excluded.byline, body = excluded.body RETURNING id";
    DELETE_CONTENT_TEXTS = "DELETE FROM content_text WHERE item_id = $1";
    LIST_ROWS_OF_CONTENT_TEXTS = "SELECT 'content_text', id FROM content_text WHERE item_id = $1";
    INSERT_CONTENT_CONSENT = "INSERT INTO content_consent (id, item_id, person_id, kind, given_on, language, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND_CONTENT_CONSENT = "SELECT id, item_id, person_id, kind, given_on, language, revoked_at FROM content_consent WHERE id = $1";
    LIST_CONTENT_CONSENTS = "SELECT id, item_id, person_id, kind, given_on, language, revoked_at FROM content_consent WHERE item_id = $1 ORDER BY recorded_at, id";
    LIST_CONTENT_CONSENTS_OF_PERSON = "SELECT id, item_id, person_id, kind, given_on, language, revoked_at FROM content_consent WHERE person_id = $1 ORDER BY recorded_at, id";
    REVOKE_CONTENT_CONSENT = "UPDATE content_consent SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
}

/// Items that one list has; a site of one service has fewer.
pub const CONTENT_ITEMS_MAX: i64 = 1_000;

/// An item of the public site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentItem {
    /// Row.
    pub id: RowId,
    /// Its word in addresses, such as `migrants-day-2025`.
    pub code: String,
    /// What it is.
    pub kind: ContentKind,
    /// The item to which it belongs.
    pub parent: Option<RowId>,
    /// Its place in the order of its parent.
    pub rank: i64,
    /// The day on which it happens or happened.
    pub happens_on: Option<Date>,
    /// Code of the body that speaks, of the country pack.
    pub body: Option<String>,
    /// Name of a picture or film of the program.
    pub media: Option<String>,
    /// What of a person it shows.
    pub shows: Shows,
    /// Where it stands.
    pub state: ContentState,
    /// Who wrote it last.
    pub written_by: AccountId,
    /// Who published it.
    pub published_by: Option<AccountId>,
    /// When.
    pub published_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// Version of the row.
    pub row_version: i64,
}

/// The text of an item in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentText {
    /// Code of the language.
    pub language: String,
    /// Title.
    pub title: String,
    /// The speaker's office, for a statement.
    pub byline: Option<String>,
    /// Text; paragraphs are set apart by an empty line.
    pub body: String,
}

/// A person's consent that an item shows something of her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentConsent {
    /// Row.
    pub id: RowId,
    /// The item.
    pub item: RowId,
    /// The person.
    pub person: PersonId,
    /// To what: one word of [`Shows`].
    pub kind: String,
    /// The day on which she gave it.
    pub given_on: Date,
    /// The language in which it was explained to her.
    pub language: String,
    /// When she took it back.
    pub revoked_at: Option<Timestamp>,
}

fn item(row: &Row) -> Result<ContentItem, DbError> {
    Ok(ContentItem {
        id: row.id(0)?,
        code: row.get(1)?,
        kind: row.word(2)?,
        parent: row.optional_id(3)?,
        rank: row.get(4)?,
        happens_on: row.get(5)?,
        body: row.get(6)?,
        media: row.get(7)?,
        shows: Shows::parse(&row.get::<String>(8)?).map_err(|_| DbError::damaged("content_item.shows"))?,
        state: row.word(9)?,
        written_by: row.id(10)?,
        published_by: row.optional_id(11)?,
        published_at: row.get(12)?,
        withdrawn_at: row.get(13)?,
        row_version: row.get(14)?,
    })
}

fn consent(row: &Row) -> Result<ContentConsent, DbError> {
    Ok(ContentConsent {
        id: row.id(0)?,
        item: row.id(1)?,
        person: row.id(2)?,
        kind: row.get(3)?,
        given_on: row.get(4)?,
        language: row.get(5)?,
        revoked_at: row.get(6)?,
    })
}

impl Session {
    /// The item of this code.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_content_item(&mut self, code: &str) -> Result<Option<ContentItem>, DbError> {
        self.fetch_optional(FIND_CONTENT_ITEM, args![code]).await?.as_ref().map(item).transpose()
    }

    /// The item of this row.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_content_item_by_id(&mut self, id: RowId) -> Result<Option<ContentItem>, DbError> {
        self.fetch_optional(FIND_CONTENT_ITEM_BY_ID, args![id]).await?.as_ref().map(item).transpose()
    }

    /// The items, latest day first; at most [`CONTENT_ITEMS_MAX`].
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_content_items(&mut self) -> Result<Vec<ContentItem>, DbError> {
        self.fetch_all(LIST_CONTENT_ITEMS, args![CONTENT_ITEMS_MAX]).await?.iter().map(item).collect()
    }

    /// The texts of an item.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_content_texts(&mut self, item: RowId) -> Result<Vec<ContentText>, DbError> {
        let rows = self.fetch_all(LIST_CONTENT_TEXTS, args![item]).await?;
        rows.iter()
            .map(|row| {
                Ok(ContentText { language: row.get(1)?, title: row.get(2)?, byline: row.get(3)?, body: row.get(4)? })
            })
            .collect()
    }

    /// The texts of everything published, in one language.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_published_texts(&mut self, language: &str) -> Result<Vec<(RowId, ContentText)>, DbError> {
        let rows = self.fetch_all(LIST_CONTENT_TEXTS_IN_LANGUAGE, args![language]).await?;
        rows.iter()
            .map(|row| {
                let language = language.to_owned();
                Ok((row.id(0)?, ContentText { language, title: row.get(1)?, byline: row.get(2)?, body: row.get(3)? }))
            })
            .collect()
    }

    /// The consents to an item, those taken back included.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_content_consents(&mut self, item: RowId) -> Result<Vec<ContentConsent>, DbError> {
        self.fetch_all(LIST_CONTENT_CONSENTS, args![item]).await?.iter().map(consent).collect()
    }

    /// The consents of a person, those taken back included.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_content_consents_of_person(&mut self, person: PersonId) -> Result<Vec<ContentConsent>, DbError> {
        self.fetch_all(LIST_CONTENT_CONSENTS_OF_PERSON, args![person]).await?.iter().map(consent).collect()
    }

    /// A consent.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_content_consent(&mut self, id: RowId) -> Result<Option<ContentConsent>, DbError> {
        self.fetch_optional(FIND_CONTENT_CONSENT, args![id]).await?.as_ref().map(consent).transpose()
    }
}

impl Write {
    /// Inserts an item as a draft.
    ///
    /// # Errors
    /// [`DbError`]; constraint `content_item_code_key` when the code is taken.
    pub async fn insert_content_item(&mut self, new: &ContentItem, now: Timestamp) -> Result<(), DbError> {
        let values = args![
            new.id,
            new.code.as_str(),
            new.kind.as_str(),
            new.parent,
            new.rank,
            new.happens_on,
            new.body.clone(),
            new.media.clone(),
            new.shows.to_string(),
            new.written_by,
            now,
        ];
        self.execute(INSERT_CONTENT_ITEM, values).await?;
        self.touch(table::CONTENT_ITEM, new.id)
    }

    /// Writes an item if its row is as it was read; says whether it was.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_content_item(&mut self, item: &ContentItem) -> Result<bool, DbError> {
        self.touch(table::CONTENT_ITEM, item.id)?;
        let values = args![
            item.rank,
            item.happens_on,
            item.body.clone(),
            item.media.clone(),
            item.shows.to_string(),
            item.state.as_str(),
            item.written_by,
            item.published_by,
            item.published_at,
            item.withdrawn_at,
            item.id,
            item.row_version,
        ];
        Ok(self.execute(UPDATE_CONTENT_ITEM, values).await? == 1)
    }

    /// Writes the text of an item in one language, in place of an earlier one; `id` is that of a new row.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn upsert_content_text(&mut self, id: RowId, item: RowId, text: &ContentText) -> Result<(), DbError> {
        let values =
            args![id, item, text.language.as_str(), text.title.as_str(), text.byline.clone(), text.body.as_str(),];
        let id: RowId = self.fetch_one(UPSERT_CONTENT_TEXT, values).await?.id(0)?;
        self.touch(table::CONTENT_TEXT, id)
    }

    /// Deletes the texts of an item in every language.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn delete_content_texts(&mut self, item: RowId) -> Result<(), DbError> {
        self.touch_found(LIST_ROWS_OF_CONTENT_TEXTS, args![item]).await?;
        self.execute(DELETE_CONTENT_TEXTS, args![item]).await.map(drop)
    }

    /// Records a consent.
    ///
    /// # Errors
    /// [`DbError`]; constraint `content_consent_present_key` when there is one already.
    pub async fn insert_content_consent(
        &mut self,
        _permit: &Authorized<PersonFile>,
        new: &ContentConsent,
        by: AccountId,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let values =
            args![new.id, new.item, new.person, new.kind.as_str(), new.given_on, new.language.as_str(), by, now];
        self.execute(INSERT_CONTENT_CONSENT, values).await?;
        self.touch(table::CONTENT_CONSENT, new.id)
    }

    /// Takes a consent back; says whether it was there.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn revoke_content_consent(&mut self, id: RowId, now: Timestamp) -> Result<bool, DbError> {
        self.touch(table::CONTENT_CONSENT, id)?;
        Ok(self.execute(REVOKE_CONTENT_CONSENT, args![now, id]).await? == 1)
    }
}
