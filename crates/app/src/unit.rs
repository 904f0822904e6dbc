// SPDX-License-Identifier: Apache-2.0
//! The unit of work of one use case: its transaction, its permission, and the record that it will leave.

use std::ops::{Deref, DerefMut};

use db::{NewAuditRecord, Write};
use domain::{
    access::{Actor, Permit},
    audit::{AuditRecord, SUBJECTS_PER_RECORD_MAX, Visibility},
    id::PersonId,
    legal::{LegalBasis, ProvisionId},
    refusal::{Problem, Refusal},
    time::{Date, Timestamp},
};
use law::Pack;
use rand_chacha::ChaCha20Rng;

use crate::{AppError, Context};

/// What the record will say, gathered while the use case runs.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) action: String,
    pub(crate) visibility: Visibility,
    pub(crate) object: Option<String>,
    pub(crate) basis: Vec<LegalBasis>,
    pub(crate) subjects: Vec<PersonId>,
    pub(crate) details: Vec<(PersonId, String)>,
}

impl Draft {
    pub(crate) fn new(action: &str) -> Self {
        Self {
            action: action.to_owned(),
            visibility: Visibility::Subject,
            object: None,
            basis: Vec::new(),
            subjects: Vec::new(),
            details: Vec::new(),
        }
    }

    pub(crate) fn into_record(self, context: &Context, permit: Option<&Permit>, result: String) -> NewAuditRecord {
        let purpose = match permit {
            Some(permit) => permit.purpose(),
            None => domain::access::Purpose::Administration,
        };
        NewAuditRecord {
            record: AuditRecord {
                id: domain::id::AuditRecordId::new(context.now, &mut context.rng()),
                at: context.now,
                visibility: self.visibility,
                action: self.action,
                result,
                actor: Some((&context.actor).into()),
                purpose,
                object: self.object,
                basis: self.basis.iter().map(LegalBasis::stored_form).collect(),
                subjects: Vec::new(),
                details: Vec::new(),
                rows: Vec::new(),
                request: context.request,
            },
            subjects: self.subjects,
            details: self.details,
        }
    }
}

/// The unit of work.
pub struct Unit<'a> {
    /// The transaction.
    pub tx: &'a mut Write,
    /// The country pack.
    pub pack: &'a Pack,
    /// The permission of the act.
    pub permit: &'a Permit,
    /// The circumstances.
    pub context: &'a Context,
    /// The moment.
    pub now: Timestamp,
    /// The civil day of the moment in the country's time zone.
    pub today: Date,
    /// Randomness of this run.
    pub rng: ChaCha20Rng,
    pub(crate) draft: Draft,
}

impl Deref for Unit<'_> {
    type Target = Write;

    fn deref(&self) -> &Write {
        self.tx
    }
}

impl DerefMut for Unit<'_> {
    fn deref_mut(&mut self) -> &mut Write {
        self.tx
    }
}

impl Unit<'_> {
    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.context.actor
    }

    /// A new identifier.
    pub fn new_id<T: From<uuid::Uuid>>(&mut self) -> T {
        T::from(domain::id::new_uuid(self.now, &mut self.rng))
    }

    /// Cites a provision as in force today and puts it into the record.
    ///
    /// # Errors
    /// A refusal when it is not in force.
    pub fn cite(&mut self, id: &ProvisionId) -> Result<LegalBasis, AppError> {
        let basis = LegalBasis::cite(self.pack, id, self.today)
            .map_err(|error| Refusal::field("provision", error.to_string()))?;
        self.draft.basis.push(basis.clone());
        Ok(basis)
    }

    /// Cites the first provision in force of those on which an act rests by the country pack.
    ///
    /// # Errors
    /// When the pack has none in force.
    pub fn cite_for(&mut self, act: &str) -> Result<LegalBasis, AppError> {
        let found = self
            .pack
            .act_basis(act)
            .iter()
            .find_map(|id| LegalBasis::cite(self.pack, id, self.today).ok())
            .ok_or_else(|| AppError::Pack(format!("provision in force for {act}")))?;
        self.draft.basis.push(found.clone());
        Ok(found)
    }

    /// Notes that the act concerns a person: she will find it under "who looked".
    ///
    /// # Errors
    /// A refusal when one answer would concern more persons than one record may name.
    pub fn concerns(&mut self, person: PersonId) -> Result<(), AppError> {
        if self.draft.subjects.contains(&person) {
            return Ok(());
        }
        if self.draft.subjects.len() == SUBJECTS_PER_RECORD_MAX {
            return Err(Refusal::field("persons", format!("at most {SUBJECTS_PER_RECORD_MAX} at once")).into());
        }
        self.draft.subjects.push(person);
        Ok(())
    }

    /// Notes to what the act was done, as `kind:uuid`.
    pub fn about(&mut self, kind: &str, id: impl std::fmt::Display) {
        self.draft.object = Some(format!("{kind}:{id}"));
    }

    /// Notes what values were written for a person; sealed under her key, readable for the auditor.
    pub fn detail(&mut self, person: PersonId, text: String) {
        self.draft.details.push((person, text));
    }

    /// Puts the record into a sealed compartment, where "who looked" does not show it.
    pub fn seal_record(&mut self, visibility: Visibility) {
        self.draft.visibility = visibility;
    }

    /// Seals a person's text for a place (table and column).
    ///
    /// # Errors
    /// When the person has been erased or the database fails.
    pub async fn seal_text(&mut self, person: PersonId, place: &str, text: &str) -> Result<Vec<u8>, AppError> {
        Ok(self.tx.seal(person, place, text.as_bytes(), &mut self.rng).await?)
    }

    /// The value of a dated figure of the law, today.
    ///
    /// # Errors
    /// When the pack has no such figure.
    pub fn figure(&self, code: &str) -> Result<i64, AppError> {
        match self.pack.figure(code, self.today) {
            Some(figure) => Ok(i64::from(figure.value)),
            None => Err(AppError::Pack(format!("figure {code}"))),
        }
    }

    /// Checks a code against a list of the country pack.
    ///
    /// # Errors
    /// A refusal that names the field.
    pub fn check_code(&self, list: &str, code: &str, field: &str) -> Result<(), AppError> {
        let known = self.pack.code_list(list).is_some_and(|list| list.find_on(code, self.today).is_some());
        if known {
            return Ok(());
        }
        let code = code.chars().take(CODE_SHOWN_MAX).collect();
        Err(Refusal::field(field, Problem::NotInList { code, list: list.to_owned() }).into())
    }
}

/// Characters of a wrong code that an error repeats.
const CODE_SHOWN_MAX: usize = 40;
