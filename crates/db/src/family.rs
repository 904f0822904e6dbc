// SPDX-License-Identifier: Apache-2.0
//! Families over time and their displacement.

use domain::{
    access::{Authorized, CollectedFor, PersonFile},
    id::{DisplacementId, FamilyId, PersonId, RowId},
    registry::Displacement,
    time::{Date, Timestamp},
};

use crate::{DbError, Session, Write, args, person::readable, statements, witness::table};

statements! {
    INSERT_FAMILY = "INSERT INTO family (id, collected_for, office, event_date, registered_at, row_version) VALUES ($1, $2, $3, $4, $5, 1)";
    INSERT_FAMILY_MEMBER = "INSERT INTO family_member (id, family_id, person_id, relation, guardian_id, from_date, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INSERT_DISPLACEMENT = "INSERT INTO displacement (id, family_id, cause, date, origin_area, origin_name_then, origin_name_now, wave, dwelling_area, dwelling, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    FIND_FAMILY_OF = "SELECT family_id FROM family_member WHERE person_id = $1 AND to_date IS NULL";
    FIND_READABLE_FAMILY_OF = "SELECT m.family_id FROM family_member m JOIN family f ON f.id = m.family_id
        WHERE m.person_id = $1 AND m.to_date IS NULL AND f.collected_for IN ($2, $3, $4, $5)";
    FIND_FAMILY = "SELECT id FROM family WHERE id = $1 AND collected_for IN ($2, $3, $4, $5)";
    FIND_LAST_MEMBERSHIP_END = "SELECT MAX(to_date) FROM family_member WHERE person_id = $1";
    FIND_MEMBERSHIP = "SELECT id, family_id, relation, guardian_id, from_date, to_date FROM family_member WHERE person_id = $1 AND to_date IS NULL";
    END_MEMBERSHIP = "UPDATE family_member SET to_date = $1, reason = $2 WHERE id = $3 AND to_date IS NULL";
    LIST_WARDS = "SELECT person_id, id FROM family_member WHERE family_id = $1 AND guardian_id = $2 AND to_date IS NULL ORDER BY id";
    UPDATE_GUARDIAN = "UPDATE family_member SET guardian_id = $1 WHERE id = $2";
    LIST_FAMILY_MEMBERS = "SELECT person_id, relation, guardian_id, from_date, to_date FROM family_member WHERE family_id = $1 ORDER BY id";
    COUNT_DISPLACEMENTS_OF = "SELECT COUNT(*) FROM displacement d JOIN family_member m ON m.family_id = d.family_id
        WHERE m.person_id = $1 AND (m.to_date IS NULL OR m.reason = $2)";
    LIST_DISPLACEMENTS = "SELECT cause, date, origin_area, origin_name_then, origin_name_now, wave, dwelling_area, dwelling FROM displacement WHERE family_id = $1 ORDER BY date, id";
}

/// A member of a family for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyMember {
    /// Who.
    pub person: PersonId,
    /// Relation to the head.
    pub relation: String,
    /// Who answers for a child.
    pub guardian: Option<PersonId>,
    /// Since when.
    pub from: Date,
    /// Until when.
    pub to: Option<Date>,
}

/// A person's present place in a family.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Row.
    pub id: RowId,
    /// The family.
    pub family: FamilyId,
    /// The place.
    pub member: FamilyMember,
}

impl Session {
    /// The present place of a person in a family.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_membership(&mut self, person: PersonId) -> Result<Option<Membership>, DbError> {
        let row = self.fetch_optional(FIND_MEMBERSHIP, args![person]).await?;
        row.map(|row| {
            let member = FamilyMember {
                person,
                relation: row.get(2)?,
                guardian: row.optional_id(3)?,
                from: row.get(4)?,
                to: row.get(5)?,
            };
            Ok(Membership { id: row.id(0)?, family: row.id(1)?, member })
        })
        .transpose()
    }

    /// Those of a family for whom a person answers now, each with the row of her membership.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_wards(
        &mut self,
        family: FamilyId,
        guardian: PersonId,
    ) -> Result<Vec<(PersonId, RowId)>, DbError> {
        let rows = self.fetch_all(LIST_WARDS, args![family, guardian]).await?;
        rows.iter().map(|row| Ok((row.id(0)?, row.id(1)?))).collect()
    }

    /// The family a person belongs to now.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_family_of(&mut self, person: PersonId) -> Result<Option<FamilyId>, DbError> {
        let row = self.fetch_optional(FIND_FAMILY_OF, args![person]).await?;
        row.map(|row| row.id(0)).transpose()
    }

    /// The family a person belongs to now, if this purpose may read it: that a person lives with others who gave their
    /// data for protection is told no more than those data.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_readable_family_of(
        &mut self,
        permit: &Authorized<PersonFile>,
        person: PersonId,
    ) -> Result<Option<FamilyId>, DbError> {
        let mut values = args![person];
        values.extend(readable(permit));
        let row = self.fetch_optional(FIND_READABLE_FAMILY_OF, values).await?;
        row.map(|row| row.id(0)).transpose()
    }

    /// Whether there is a family that this purpose may read.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn has_family(&mut self, permit: &Authorized<PersonFile>, family: FamilyId) -> Result<bool, DbError> {
        let mut values = args![family];
        values.extend(readable(permit));
        Ok(self.fetch_optional(FIND_FAMILY, values).await?.is_some())
    }

    /// The last day on which a person left a family; `None` if she never did.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_last_membership_end(&mut self, person: PersonId) -> Result<Option<Date>, DbError> {
        self.fetch_one(FIND_LAST_MEMBERSHIP_END, args![person]).await?.get(0)
    }

    /// The members of a family, past ones too.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_family_members(
        &mut self,
        _permit: &Authorized<PersonFile>,
        family: FamilyId,
    ) -> Result<Vec<FamilyMember>, DbError> {
        let rows = self.fetch_all(LIST_FAMILY_MEMBERS, args![family]).await?;
        rows.iter()
            .map(|row| {
                Ok(FamilyMember {
                    person: row.id(0)?,
                    relation: row.get(1)?,
                    guardian: row.optional_id(2)?,
                    from: row.get(3)?,
                    to: row.get(4)?,
                })
            })
            .collect()
    }

    /// Whether a person was displaced with her present family, or with one that she left for `reason` (code list
    /// `membership_end_reason`).
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn is_displaced(
        &mut self,
        _permit: &Authorized<PersonFile>,
        person: PersonId,
        reason: &str,
    ) -> Result<bool, DbError> {
        let count: i64 = self.fetch_one(COUNT_DISPLACEMENTS_OF, args![person, reason]).await?.get(0)?;
        Ok(count > 0)
    }

    /// The displacement of a family.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_displacements(
        &mut self,
        _permit: &Authorized<PersonFile>,
        family: FamilyId,
    ) -> Result<Vec<Displacement>, DbError> {
        let rows = self.fetch_all(LIST_DISPLACEMENTS, args![family]).await?;
        rows.iter()
            .map(|row| {
                Ok(Displacement {
                    cause: row.get(0)?,
                    date: row.get(1)?,
                    origin_area: row.get(2)?,
                    origin_name_then: row.get(3)?,
                    origin_name_now: row.get(4)?,
                    wave: row.get(5)?,
                    dwelling_area: row.get(6)?,
                    dwelling: row.get(7)?,
                })
            })
            .collect()
    }
}

impl Write {
    /// Inserts a family.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_family(
        &mut self,
        id: FamilyId,
        collected_for: CollectedFor,
        office: &str,
        event_date: Option<Date>,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.execute(INSERT_FAMILY, args![id, collected_for.as_str(), office, event_date, now]).await?;
        self.touch(table::FAMILY, id)
    }

    /// Inserts a membership.
    ///
    /// # Errors
    /// [`DbError`]; constraint `family_member_present_key` when the person belongs to a family already, and
    /// `family_member_head_key` when the family has a head already.
    pub async fn insert_family_member(
        &mut self,
        id: RowId,
        family: FamilyId,
        member: &FamilyMember,
        reason: &str,
    ) -> Result<(), DbError> {
        let values = args![id, family, member.person, member.relation.as_str(), member.guardian, member.from, reason];
        self.execute(INSERT_FAMILY_MEMBER, values).await?;
        self.touch(table::FAMILY_MEMBER, id)
    }

    /// Ends a present membership with its reason (code list `membership_end_reason`); says whether it was present still.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_membership_ended(&mut self, id: RowId, to: Date, reason: &str) -> Result<bool, DbError> {
        let met = self.execute(END_MEMBERSHIP, args![to, reason, id]).await?;
        self.touch(table::FAMILY_MEMBER, id)?;
        Ok(met == 1)
    }

    /// Names who answers for a member from now on.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_guardian(&mut self, id: RowId, guardian: PersonId) -> Result<(), DbError> {
        self.execute(UPDATE_GUARDIAN, args![guardian, id]).await?;
        self.touch(table::FAMILY_MEMBER, id)
    }

    /// Inserts a displacement.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_displacement(
        &mut self,
        id: DisplacementId,
        family: FamilyId,
        displacement: &Displacement,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let values = args![
            id,
            family,
            displacement.cause.as_str(),
            displacement.date,
            displacement.origin_area.as_str(),
            displacement.origin_name_then.as_str(),
            displacement.origin_name_now.as_deref(),
            displacement.wave.as_str(),
            displacement.dwelling_area.as_str(),
            displacement.dwelling.as_str(),
            now,
        ];
        self.execute(INSERT_DISPLACEMENT, values).await?;
        self.touch(table::DISPLACEMENT, id)
    }
}
