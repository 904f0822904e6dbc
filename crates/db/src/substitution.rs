// SPDX-License-Identifier: Apache-2.0
//! Who stands in for whom, from one day to another.

use domain::{
    access::OfficeCode,
    id::{AccountId, SubstitutionId},
    legal::LegalBasis,
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, Write, args, statements, witness::table};

statements! {
    INSERT_SUBSTITUTION = "INSERT INTO substitution (id, office, officer_id, by_office, by_officer_id, from_day, to_day, basis, entered_by, entered_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE_SUBSTITUTION_ENDED = "UPDATE substitution SET ended_by = $1, ended_at = $2 WHERE id = $3 AND ended_at IS NULL";
    FIND_SUBSTITUTION = "SELECT s.id, s.office, s.officer_id, o.name, s.by_office, s.by_officer_id, b.name, s.from_day, s.to_day, s.ended_at
        FROM substitution s LEFT JOIN account o ON o.id = s.officer_id LEFT JOIN account b ON b.id = s.by_officer_id WHERE s.id = $1";
    LIST_SUBSTITUTIONS = "SELECT s.id, s.office, s.officer_id, o.name, s.by_office, s.by_officer_id, b.name, s.from_day, s.to_day, s.ended_at
        FROM substitution s LEFT JOIN account o ON o.id = s.officer_id LEFT JOIN account b ON b.id = s.by_officer_id
        WHERE s.ended_at IS NULL AND s.to_day >= $1 AND ($2 OR s.office = $3) ORDER BY s.from_day, s.id LIMIT $4";
    LIST_SUBSTITUTIONS_BY = "SELECT s.id, s.office, s.officer_id, o.name, s.by_office, s.by_officer_id, b.name, s.from_day, s.to_day, s.ended_at
        FROM substitution s LEFT JOIN account o ON o.id = s.officer_id LEFT JOIN account b ON b.id = s.by_officer_id
        WHERE s.ended_at IS NULL AND s.from_day <= $1 AND s.to_day >= $1 AND (s.by_office = $2 OR s.by_officer_id = $3) ORDER BY s.id LIMIT $4";
}

/// Substitutions that one answer has.
pub const SUBSTITUTIONS_MAX: i64 = 200;

/// For whom somebody stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// The second officers of one office decide what another proposed.
    Office {
        /// Office whose second officers decide.
        by: OfficeCode,
    },
    /// An officer takes the place of an absent one.
    Officer {
        /// The absent officer.
        absent: AccountId,
        /// Who stands in.
        by: AccountId,
    },
}

/// A substitution about to be entered.
#[derive(Clone, Debug)]
pub struct NewSubstitution {
    /// Identifier.
    pub id: SubstitutionId,
    /// Office whose work it is.
    pub office: OfficeCode,
    /// Who stands in for whom.
    pub stand_in: StandIn,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Legal basis.
    pub basis: LegalBasis,
    /// Who enters it.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// A substitution as stored.
#[derive(Clone, Debug)]
pub struct Substitution {
    /// Identifier.
    pub id: SubstitutionId,
    /// Office whose work it is.
    pub office: OfficeCode,
    /// Who stands in for whom.
    pub stand_in: StandIn,
    /// Names of the absent officer and of who stands in; absent for offices.
    pub names: Option<(String, String)>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// When it was ended early.
    pub ended_at: Option<Timestamp>,
}

fn substitution(row: &Row) -> Result<Substitution, DbError> {
    let (absent, by): (Option<AccountId>, Option<AccountId>) = (row.optional_id(2)?, row.optional_id(5)?);
    let stand_in = match (absent.zip(by), row.get::<Option<String>>(4)?) {
        (Some((absent, by)), None) => StandIn::Officer { absent, by },
        (None, Some(by)) => StandIn::Office { by },
        _ => return Err(DbError::damaged("substitution: neither of an office nor of an officer")),
    };
    Ok(Substitution {
        id: row.id(0)?,
        office: row.get(1)?,
        stand_in,
        names: row.get::<Option<String>>(3)?.zip(row.get(6)?),
        from: row.get(7)?,
        to: row.get(8)?,
        ended_at: row.get(9)?,
    })
}

impl Session {
    /// The substitution of an identifier.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_substitution(&mut self, id: SubstitutionId) -> Result<Option<Substitution>, DbError> {
        self.fetch_optional(FIND_SUBSTITUTION, args![id]).await?.as_ref().map(substitution).transpose()
    }

    /// The substitutions of an office (`None`: of every office) that are not over on a day.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_substitutions(
        &mut self,
        office: Option<&str>,
        today: Date,
    ) -> Result<Vec<Substitution>, DbError> {
        let values = args![today, office.is_none(), office, SUBSTITUTIONS_MAX];
        self.fetch_all(LIST_SUBSTITUTIONS, values).await?.iter().map(substitution).collect()
    }

    /// The substitutions by which an officer, or his office, stands in for others on a day.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_substitutions_by(
        &mut self,
        office: &str,
        officer: AccountId,
        today: Date,
    ) -> Result<Vec<Substitution>, DbError> {
        let values = args![today, office, officer, SUBSTITUTIONS_MAX];
        self.fetch_all(LIST_SUBSTITUTIONS_BY, values).await?.iter().map(substitution).collect()
    }
}

impl Write {
    /// Enters a substitution.
    ///
    /// # Errors
    /// [`DbError`]; constraint `substitution_four_eyes_check` when somebody makes himself the substitute.
    pub async fn insert_substitution(&mut self, new: NewSubstitution) -> Result<(), DbError> {
        let (absent, by_office, by_officer) = match new.stand_in {
            StandIn::Office { by } => (None, Some(by), None),
            StandIn::Officer { absent, by } => (Some(absent), None, Some(by)),
        };
        let basis = new.basis.stored_form();
        let values = args![new.id, new.office, absent, by_office, by_officer, new.from, new.to, basis, new.by, new.at];
        self.execute(INSERT_SUBSTITUTION, values).await?;
        self.touch(table::SUBSTITUTION, new.id)
    }

    /// Ends a substitution early; says whether it was not over yet.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn end_substitution(
        &mut self,
        id: SubstitutionId,
        by: AccountId,
        at: Timestamp,
    ) -> Result<bool, DbError> {
        self.touch(table::SUBSTITUTION, id)?;
        Ok(self.execute(UPDATE_SUBSTITUTION_ENDED, args![by, at, id]).await? == 1)
    }
}
