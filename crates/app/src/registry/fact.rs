// SPDX-License-Identifier: Apache-2.0
//! Documents, contacts and addresses of a registered person: added later, put in place of another, ended. The old one stays
//! in its row, and the change stands among the corrections with reason and source.

use db::{FactKind, PersonRecord, PersonRow};
use domain::{
    access::{Act, PersonFile},
    id::{PersonId, RowId},
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::{Address, Contact, Document, FACTS_PER_PERSON_MAX, LookAlikeNote},
    time::Date,
};

use super::{
    alike,
    check::{check_address, check_contact, check_document},
    correct::{Ground, keep},
};
use crate::{AppError, UseCase, unit::Unit};

/// A fact that a person can have several of.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A document.
    Document(Document),
    /// A way to reach her.
    Contact(Contact),
    /// An address.
    Address(Address),
}

impl Fact {
    /// Its kind.
    pub fn kind(&self) -> FactKind {
        match self {
            Self::Document(_) => FactKind::Document,
            Self::Contact(_) => FactKind::Contact,
            Self::Address(_) => FactKind::Address,
        }
    }

    /// In one line, codes first: as the corrections keep it.
    fn text(&self) -> String {
        match self {
            Self::Document(held) => format!("{} {} ({})", held.kind, held.number.expose(), held.country.as_str()),
            Self::Contact(held) => format!("{} {}", held.kind, held.value.expose()),
            Self::Address(held) => format!("{} {}", held.area, held.line.expose()),
        }
    }
}

/// What a person has now of a kind, each with its row.
fn held(record: &PersonRecord, kind: FactKind) -> Vec<(RowId, Fact)> {
    match kind {
        FactKind::Document => {
            record.documents.iter().map(|held| (held.id, Fact::Document(held.fact.clone()))).collect()
        }
        FactKind::Contact => record.contacts.iter().map(|held| (held.id, Fact::Contact(held.fact.clone()))).collect(),
        FactKind::Address => record.addresses.iter().map(|held| (held.id, Fact::Address(held.fact.clone()))).collect(),
    }
}

/// Why a person's facts are changed, and as of which record.
#[derive(Clone, Debug)]
pub struct FactGround {
    /// The version that the officer saw; `None` takes the present one.
    pub row_version: Option<i64>,
    /// Why.
    pub reason: String,
    /// Where it comes from (code list `name_source` or words).
    pub source: String,
    /// Since when it holds.
    pub event_date: Option<Date>,
}

impl FactGround {
    /// The person's row and the checked ground.
    async fn open(&self, unit: &mut Unit<'_>, number: &PersonNumber) -> Result<(PersonRow, Ground), AppError> {
        unit.cite_for(Act::CorrectPerson.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", row.id);
        unit.concerns(row.id)?;
        if self.row_version.is_some_and(|seen| seen != row.row_version) {
            return Err(Refusal::Conflict.into());
        }
        let ground = Ground::checked(unit, &self.reason, &self.source, self.event_date)?;
        Ok((row, ground))
    }
}

/// What came of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactChanged {
    /// The row of the fact.
    pub fact: RowId,
    /// The version of the person's record now.
    pub row_version: i64,
}

/// Adds a document, a contact or an address.
pub struct AddFact {
    /// Her public number.
    pub number: PersonNumber,
    /// What is added.
    pub fact: Fact,
    /// The present fact of the same kind in whose place it comes: it ends.
    pub replaces: Option<RowId>,
    /// Why.
    pub ground: FactGround,
    /// What the officer says of others who hold the same document.
    pub looks_like: Vec<LookAlikeNote>,
}

impl UseCase for AddFact {
    const ACT: Act = Act::CorrectPerson;
    type Output = FactChanged;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<FactChanged, AppError> {
        let (row, ground) = self.ground.open(unit, &self.number).await?;
        let (person, row_version) = (row.id, row.row_version);
        let record = unit.load_person(row).await?;
        let present = held(&record, self.fact.kind());
        self.check(unit, &present)?;
        let old = match self.replaces {
            None => None,
            Some(id) => Some(present.iter().find(|(held, _)| *held == id).ok_or(Refusal::NotFound("fact"))?),
        };
        if let Fact::Document(document) = &self.fact {
            let answered = alike::judge_document(unit, person, document, &self.looks_like).await?;
            alike::remember(unit, person, &answered).await?;
        }
        let kind = self.fact.kind();
        let old_text = old.map(|(_, fact)| fact.text()).unwrap_or_default();
        keep(unit, person, kind.as_str(), [&old_text, &self.fact.text()], ground).await?;
        let now = unit.now;
        if let Some((id, _)) = old
            && !unit.end_fact(kind, *id, person, now).await?
        {
            return Err(Refusal::Conflict.into());
        }
        let fact = unit.new_id();
        match &self.fact {
            Fact::Document(document) => unit.insert_document(fact, person, document, now).await?,
            Fact::Contact(contact) => unit.insert_contact(fact, person, contact, now).await?,
            Fact::Address(address) => unit.insert_address(fact, person, address, now).await?,
        }
        touched(unit, person, row_version, fact).await
    }
}

impl AddFact {
    fn check(&self, unit: &Unit<'_>, present: &[(RowId, Fact)]) -> Result<(), AppError> {
        let mut errors = Vec::new();
        match &self.fact {
            Fact::Document(document) => check_document(unit, document, "document", &mut errors),
            Fact::Contact(contact) => check_contact(contact, "contact", &mut errors),
            Fact::Address(address) => check_address(unit, address, "address", &mut errors),
        }
        if !errors.is_empty() {
            return Err(Refusal::Fields(errors).into());
        }
        let kind = self.fact.kind();
        if present.len() >= FACTS_PER_PERSON_MAX && self.replaces.is_none() {
            return Err(Refusal::field(kind.as_str(), Problem::AtMost(FACTS_PER_PERSON_MAX)).into());
        }
        if self.replaces.is_none() && present.iter().any(|(_, held)| is_same(held, &self.fact)) {
            return Err(Refusal::AlreadyRecorded(kind.to_string()).into());
        }
        Ok(())
    }
}

/// Whether two facts are the same, however their numbers are written.
fn is_same(one: &Fact, other: &Fact) -> bool {
    match (one, other) {
        (Fact::Document(one), Fact::Document(other)) => {
            one.country == other.country
                && db::document_key(one.number.expose()) == db::document_key(other.number.expose())
        }
        (Fact::Contact(one), Fact::Contact(other)) => one == other,
        (Fact::Address(one), Fact::Address(other)) => one.area == other.area && one.line == other.line,
        _ => false,
    }
}

/// Ends a document, a contact or an address: it is lost, over, or was entered in error.
pub struct EndFact {
    /// Her public number.
    pub number: PersonNumber,
    /// The row of the fact.
    pub fact: RowId,
    /// Why.
    pub ground: FactGround,
}

impl UseCase for EndFact {
    const ACT: Act = Act::CorrectPerson;
    type Output = FactChanged;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<FactChanged, AppError> {
        let (row, ground) = self.ground.open(unit, &self.number).await?;
        let (person, row_version) = (row.id, row.row_version);
        let record = unit.load_person(row).await?;
        let found = FactKind::ALL.iter().flat_map(|&kind| held(&record, kind)).find(|(id, _)| *id == self.fact);
        let (_, fact) = found.ok_or(Refusal::NotFound("fact"))?;
        keep(unit, person, fact.kind().as_str(), [&fact.text(), ""], ground).await?;
        let now = unit.now;
        if !unit.end_fact(fact.kind(), self.fact, person, now).await? {
            return Err(Refusal::Conflict.into());
        }
        touched(unit, person, row_version, self.fact).await
    }
}

async fn touched(
    unit: &mut Unit<'_>,
    person: PersonId,
    row_version: i64,
    fact: RowId,
) -> Result<FactChanged, AppError> {
    if !unit.update_person_touched(person, row_version).await? {
        return Err(Refusal::Conflict.into());
    }
    Ok(FactChanged { fact, row_version: row_version + 1 })
}
