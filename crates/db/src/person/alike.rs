// SPDX-License-Identifier: Apache-2.0
//! What officers said of two records that look alike. It is remembered, so that nobody is asked twice.

use domain::{
    id::{AccountId, PersonId, RowId},
    registry::{Likeness, Verdict},
    sensitive::Sensitive,
    time::Timestamp,
};

use crate::{DbError, Session, Write, args, statements, witness::table};

statements! {
    INSERT_LOOK_ALIKE = "INSERT INTO look_alike (id, person_id, other_id, verdict, likeness, reason, account_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST_LOOK_ALIKES = "SELECT person_id, other_id, verdict, likeness, reason, at FROM look_alike WHERE person_id = $1 OR other_id = $1 ORDER BY at, id LIMIT $2";
}

/// The most words on look-alikes of one person that are read.
const LOOK_ALIKES_MAX: i64 = 25;
/// Where the reason is sealed.
pub const REASON_PLACE: &str = "look_alike.reason";

/// An officer's word on two records, about to be stored.
#[derive(Clone, Debug)]
pub struct NewLookAlike {
    /// Row.
    pub id: RowId,
    /// The person registered later; the reason is sealed under her key.
    pub person: PersonId,
    /// The person registered before.
    pub other: PersonId,
    /// What the officer said.
    pub verdict: Verdict,
    /// On what they look alike.
    pub likeness: Vec<Likeness>,
    /// Sealed: why.
    pub reason: Vec<u8>,
    /// By whom.
    pub account: AccountId,
}

/// An officer's word on two records.
#[derive(Clone, Debug)]
pub struct StoredLookAlike {
    /// The other person.
    pub other: PersonId,
    /// What the officer said.
    pub verdict: Verdict,
    /// On what they look alike.
    pub likeness: Vec<Likeness>,
    /// Why.
    pub reason: Sensitive<String>,
    /// When.
    pub at: Timestamp,
}

impl Session {
    /// What was said of a person and others who look like her, oldest first.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_look_alikes(&mut self, person: PersonId) -> Result<Vec<StoredLookAlike>, DbError> {
        let mut found = Vec::new();
        for row in self.fetch_all(LIST_LOOK_ALIKES, args![person, LOOK_ALIKES_MAX]).await? {
            let (later, earlier): (PersonId, PersonId) = (row.id(0)?, row.id(1)?);
            let reason = self.open_text(later, REASON_PLACE, Some(row.get(4)?)).await?;
            let words: String = row.get(3)?;
            let likeness = words.split(' ').map(str::parse).collect::<Result<_, _>>();
            found.push(StoredLookAlike {
                other: if later == person { earlier } else { later },
                verdict: row.word(2)?,
                likeness: likeness.map_err(|_| DbError::damaged("look_alike.likeness"))?,
                reason: Sensitive::new(reason.unwrap_or_default()),
                at: row.get(5)?,
            });
        }
        Ok(found)
    }
}

impl Write {
    /// Inserts an officer's word on two records.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_look_alike(&mut self, new: NewLookAlike, now: Timestamp) -> Result<(), DbError> {
        let likeness = new.likeness.iter().map(|likeness| likeness.as_str()).collect::<Vec<_>>().join(" ");
        let values =
            args![new.id, new.person, new.other, new.verdict.as_str(), likeness, new.reason, new.account, now,];
        self.execute(INSERT_LOOK_ALIKE, values).await?;
        self.touch(table::LOOK_ALIKE, new.id)
    }
}
