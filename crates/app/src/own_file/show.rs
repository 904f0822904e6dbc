// SPDX-License-Identifier: Apache-2.0
//! What stands in a person's own file.

use db::{CaseFile, OwnReceipt, Write};
use domain::{
    access::Act,
    card::CardState,
    case::running_clocks,
    content::Showing,
    id::{PersonId, RowId},
    number::{CardNumber, CaseNumber},
    procedure::{ActionCode, ClockCode, OutcomeCode, ProcedureCode},
    time::{Date, Timestamp},
};
use law::{LabelKind, LabelledProcedure, Pack};
use transparency::VerifierKey;

use super::is_notified;
use crate::{
    AppError,
    oversight::{LOOKED_MAX, WhoLooked, looked},
};

/// A case as its person sees it.
#[derive(Clone, Debug)]
pub struct OwnCase {
    /// Number.
    pub number: CaseNumber,
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Whether it has ended.
    pub is_closed: bool,
    /// What she is told (label `told` of the procedure), with its day, oldest first.
    pub told: Vec<(ActionCode, Date)>,
    /// Clocks that run, with the day they end.
    pub clocks: Vec<(ClockCode, Date)>,
    /// The certificate of the asylum seeker: number and day.
    pub certificate: Option<(CaseNumber, Date)>,
    /// The decision, once it was handed over.
    pub decision: Option<OwnDecision>,
}

/// A decision that was handed over.
#[derive(Clone, Debug)]
pub struct OwnDecision {
    /// Outcome.
    pub outcome: OutcomeCode,
    /// Whether it takes something from the person, so that she may challenge it.
    pub is_adverse: bool,
    /// The day of the decision.
    pub on: Date,
    /// Provisions, stored form.
    pub basis: Vec<String>,
}

/// A card as its holder sees it.
#[derive(Clone, Debug)]
pub struct OwnCard {
    /// Number.
    pub number: CardNumber,
    /// State.
    pub state: CardState,
    /// Last day of validity.
    pub valid_until: Date,
}

/// A consent to be shown on the public site.
#[derive(Clone, Debug)]
pub struct OwnConsent {
    /// Row.
    pub id: RowId,
    /// To what.
    pub showing: Showing,
    /// In which item: its word in addresses.
    pub item: String,
    /// The day on which it was given.
    pub given_on: Date,
    /// Whether it still holds.
    pub holds: bool,
}

/// A person's own file. It bears no name: whoever looks over her shoulder reads none.
#[derive(Clone, Debug)]
pub struct OwnFile {
    /// Cases.
    pub cases: Vec<OwnCase>,
    /// Cards that were handed over or can be fetched.
    pub cards: Vec<OwnCard>,
    /// What was given to her.
    pub receipts: Vec<OwnReceipt>,
    /// Consents to be shown on the public site.
    pub consents: Vec<OwnConsent>,
    /// Who looked, apart from herself.
    pub looked: WhoLooked,
    /// When it was read.
    pub read_at: Timestamp,
}

/// Reads a person's file.
pub(super) async fn read(
    write: &mut Write,
    pack: &Pack,
    verifier: &VerifierKey,
    person: PersonId,
    now: Timestamp,
) -> Result<OwnFile, AppError> {
    let mut cases = Vec::new();
    for case in write.list_cases_of_person(person).await? {
        cases.extend(own_case(write, pack, &case).await?);
    }
    let cards = write.list_cards_of_person(person).await?;
    let cards = cards.into_iter().filter(|card| is_shown(card.state)).map(|card| OwnCard {
        number: card.number,
        state: card.state,
        valid_until: card.expires_on,
    });
    let consents = own_consents(write, person).await?;
    let receipts = write.list_receipts_of_person(person).await?;
    let stored = write.list_looks_at_person(person, Act::ReadWhoLooked.as_str(), LOOKED_MAX).await?;
    let entries = stored.iter().map(looked).collect::<Result<_, _>>()?;
    let looked = WhoLooked { entries, log: write.log_head(verifier).await? };
    Ok(OwnFile { cases, cards: cards.collect(), receipts, consents, looked, read_at: now })
}

/// A card that is only being made, or was thrown away before anybody had it, is the office's matter.
fn is_shown(state: CardState) -> bool {
    !matches!(state, CardState::Prepared | CardState::Checked | CardState::Signed | CardState::Spoiled)
}

/// A case of whose steps the country pack tells something; `None` while nothing of it is told.
async fn own_case(write: &mut Write, pack: &Pack, case: &CaseFile) -> Result<Option<OwnCase>, AppError> {
    let Some(labelled) = pack.labelled_procedure(&case.procedure) else {
        return Err(AppError::Pack(format!("procedure {}", case.procedure)));
    };
    let zone = pack.time_zone();
    let actions = write.list_case_actions(case.id).await?;
    let told: Vec<(ActionCode, Date)> = actions
        .into_iter()
        .map(|stored| stored.action)
        .filter(|action| labelled.label(LabelKind::Told, action.code.as_str()).is_some())
        .map(|action| (action.code, action.at.date_in(zone)))
        .collect();
    if told.is_empty() {
        return Ok(None);
    }
    let certificate = write.find_certificate(case.id).await?;
    let decision = own_decision(write, labelled, case, pack).await?;
    let clocks = own_clocks(labelled, case, pack)?;
    let is_closed = !case.snapshot.state.is_open();
    let (number, procedure) = (case.number.clone(), case.procedure.clone());
    Ok(Some(OwnCase { number, procedure, is_closed, told, clocks, certificate, decision }))
}

fn own_clocks(labelled: &LabelledProcedure, case: &CaseFile, pack: &Pack) -> Result<Vec<(ClockCode, Date)>, AppError> {
    let zone = pack.time_zone();
    let mut clocks = Vec::new();
    for clock in running_clocks(&labelled.procedure, &case.snapshot, zone) {
        let due = pack.calendar().due(clock.rule, clock.started.date_in(zone));
        let due = due.map_err(|error| AppError::Pack(format!("day for the clock {}: {error}", clock.rule.clock)))?;
        clocks.push((clock.rule.clock.clone(), due));
    }
    Ok(clocks)
}

async fn own_decision(
    write: &mut Write,
    labelled: &LabelledProcedure,
    case: &CaseFile,
    pack: &Pack,
) -> Result<Option<OwnDecision>, AppError> {
    if !is_notified(&case.snapshot.flags) {
        return Ok(None);
    }
    let decisions = write.list_decisions(case.id).await?;
    let Some(last) = decisions.into_iter().rfind(|decision| decision.decided_by.is_some()) else { return Ok(None) };
    let is_adverse = labelled.procedure.outcome(&last.outcome).is_none_or(|outcome| outcome.is_adverse);
    let Some(at) = last.decided_at else { return Ok(None) };
    let basis = last.basis.lines().map(str::to_owned).collect();
    Ok(Some(OwnDecision { outcome: last.outcome, is_adverse, on: at.date_in(pack.time_zone()), basis }))
}

async fn own_consents(write: &mut Write, person: PersonId) -> Result<Vec<OwnConsent>, AppError> {
    let mut consents = Vec::new();
    for consent in write.list_content_consents_of_person(person).await? {
        let damaged = |what: &str| db::DbError::Damaged { what: what.into() };
        let item = write.find_content_item_by_id(consent.item).await?;
        consents.push(OwnConsent {
            id: consent.id,
            showing: consent.kind.parse().map_err(|_| damaged("content_consent.kind"))?,
            item: item.ok_or_else(|| damaged("content_consent.item_id"))?.code,
            given_on: consent.given_on,
            holds: consent.revoked_at.is_none(),
        });
    }
    Ok(consents)
}
