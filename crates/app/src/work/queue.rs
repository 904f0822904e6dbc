// SPDX-License-Identifier: Apache-2.0
//! The queues of an officer: how many open cases there are, and which.

use db::{QUEUE_PAGE, QueueCount, QueueFilter, QueuePlace, QueuedCase};
use domain::{
    access::{Act, PersonFile, roles_for},
    audit::Visibility,
    case::CaseState,
    number::CaseNumber,
    procedure::{Procedure, ProcedureCode},
    refusal::{Problem, Refusal},
    registry::search_key,
    sensitive::Sensitive,
    time::Date,
    work::{DUE_SOON_DAYS, Nearness, QueueView, StandsInFor, available_to, nearness, own_office, reads_cases_of},
};

use super::reach::{reach_of, stands_in_for};
use crate::{AppError, UseCase, registry::latin_name, unit::Unit};

/// The least letters of a name that are searched.
const NAME_LETTERS_MIN: usize = 2;

/// Which cases are listed. What is `None` does not narrow the list.
#[derive(Clone, Debug, Default)]
pub struct WorkQuery {
    /// Procedure.
    pub procedure: Option<ProcedureCode>,
    /// State.
    pub state: Option<CaseState>,
    /// Part of the queue.
    pub view: Option<QueueView>,
    /// Office that keeps the case.
    pub office: Option<String>,
    /// Name of an absent officer for whom the one who asks stands in: his cases are listed.
    pub in_place_of: Option<String>,
    /// Number of case or person, or the beginning of a name.
    pub search: Option<String>,
    /// The place after which the list begins.
    pub after: Option<QueuePlace>,
}

/// How many cases are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueLimit {
    /// A page.
    Page,
    /// The next one.
    One,
}

/// A case in a list.
#[derive(Clone, Debug)]
pub struct WorkRow {
    /// The case.
    pub case: QueuedCase,
    /// Latin name of the person.
    pub name: Sensitive<String>,
    /// How near the day is on which it is due.
    pub nearness: Option<Nearness>,
    /// Whether the role of the officer has a step in this state.
    pub waits_for_role: bool,
}

/// A page of a queue.
#[derive(Clone, Debug)]
pub struct QueuePage {
    /// The cases.
    pub rows: Vec<WorkRow>,
    /// The place after which the next page begins.
    pub next: Option<QueuePlace>,
    /// The civil day by which nearness was counted.
    pub today: Date,
}

/// What an officer finds when he begins his work.
#[derive(Clone, Debug)]
pub struct WorkHome {
    /// His queues.
    pub queues: Vec<QueueCount>,
    /// Of them those in which a step of his role can be taken.
    pub waits_for_role: Vec<(ProcedureCode, CaseState)>,
    /// Names of absent officers for whom he stands in.
    pub in_place_of: Vec<String>,
    /// Offices whose proposals his office decides.
    pub approves_for: Vec<String>,
}

/// The procedures whose cases this permission reaches.
fn readable_procedures(unit: &Unit<'_>) -> Vec<Procedure> {
    unit.pack.procedures().filter(|procedure| reads_cases_of(unit.permit, procedure)).cloned().collect()
}

fn waits_for_role(unit: &Unit<'_>, procedure: &Procedure, state: CaseState) -> bool {
    let role = unit.actor().role;
    procedure.steps.iter().any(|step| step.from.contains(&state) && step.roles.contains(&role))
}

/// Counts the open cases of the officer's queues. It names nobody.
pub struct ShowWork;

impl UseCase for ShowWork {
    const ACT: Act = Act::ListWork;
    type Output = WorkHome;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<WorkHome, AppError> {
        unit.cite_for(Act::ListWork.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let readable = readable_procedures(unit);
        let filter = QueueFilter {
            offices: own_office(unit.actor()).map(|office| vec![office.to_owned()]),
            procedures: readable.iter().map(|procedure| procedure.code.clone()).collect(),
            ..QueueFilter::default()
        };
        let (account, today) = (unit.actor().account, unit.today);
        let queues = unit.count_queue(&permit, &filter, account, today, soon(today)).await?;
        let of = |count: &QueueCount| readable.iter().find(|procedure| procedure.code == count.procedure);
        let waits = |count: &&QueueCount| of(count).is_some_and(|found| waits_for_role(unit, found, count.state));
        let mut waiting: Vec<_> =
            queues.iter().filter(waits).map(|count| (count.procedure.clone(), count.state)).collect();
        waiting.dedup();
        let stands = stands_in_for(unit).await?;
        let mut in_place_of = Vec::new();
        for absent in &stands.officers {
            in_place_of.extend(unit.find_officer(absent.account).await?.map(|officer| officer.name));
        }
        let approves_for = approves_for(unit, &stands);
        Ok(WorkHome { queues, waits_for_role: waiting, in_place_of, approves_for })
    }
}

fn approves_for(unit: &Unit<'_>, stands: &StandsInFor) -> Vec<String> {
    let decides = roles_for(Act::DecideClaim).contains(&unit.actor().role);
    stands.offices.iter().filter(|_| decides).cloned().collect()
}

fn soon(today: Date) -> Date {
    today.checked_add(jiff::Span::new().days(DUE_SOON_DAYS)).unwrap_or(today)
}

/// Lists a page of a queue.
pub struct ListQueue {
    /// Which cases.
    pub query: WorkQuery,
    /// How many.
    pub limit: QueueLimit,
}

impl UseCase for ListQueue {
    const ACT: Act = Act::ListWork;
    type Output = QueuePage;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<QueuePage, AppError> {
        unit.cite_for(Act::ListWork.as_str())?;
        let filter = self.filter(unit).await?;
        list(unit, &filter, self.limit).await
    }
}

impl ListQueue {
    async fn filter(&self, unit: &mut Unit<'_>) -> Result<QueueFilter, AppError> {
        let query = &self.query;
        let mut filter = QueueFilter {
            procedures: readable_procedures(unit).into_iter().map(|procedure| procedure.code).collect(),
            state: query.state.filter(|state| state.is_open()),
            search: checked_search(query.search.as_deref())?,
            after: query.after,
            ..QueueFilter::default()
        };
        if let Some(code) = &query.procedure {
            filter.procedures.retain(|readable| readable == code);
            if filter.procedures.is_empty() {
                return Err(Refusal::NotFound("queue").into());
            }
        }
        let mut whose = unit.actor().clone();
        if let Some(name) = &query.in_place_of {
            let stands = stands_in_for(unit).await?;
            let absent = unit.find_officer_by_name(name).await?.ok_or(Refusal::NotFound("queue"))?.actor;
            if !stands.officers.contains(&absent) {
                return Err(Refusal::NotFound("queue").into());
            }
            filter.assignee = Some(absent.account);
            whose = absent;
        }
        filter.offices = match (own_office(&whose), &query.office) {
            (Some(own), Some(office)) if own != office => return Err(Refusal::NotFound("queue").into()),
            (Some(own), _) => Some(vec![own.to_owned()]),
            (None, office) => office.clone().map(|office| vec![office]),
        };
        let today = unit.today;
        match query.view.unwrap_or(QueueView::All) {
            QueueView::All => {}
            QueueView::Mine => filter.assignee = Some(whose.account),
            QueueView::Unassigned => filter.is_unassigned = true,
            QueueView::DueSoon => (filter.due_from, filter.due_to) = (Some(today), Some(soon(today))),
            QueueView::Overdue => filter.due_to = today.yesterday().ok(),
        }
        Ok(filter)
    }
}

fn checked_search(search: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(search) = search.map(str::trim).filter(|search| !search.is_empty()) else { return Ok(None) };
    let letters = search_key(search).chars().filter(|letter| *letter != ' ').count();
    if letters < NAME_LETTERS_MIN {
        return Err(Refusal::field("search", Problem::LettersMin(NAME_LETTERS_MIN)));
    }
    Ok(Some(search.to_owned()))
}

/// Lists cases with the names of the persons, who will find it under "who looked".
async fn list(unit: &mut Unit<'_>, filter: &QueueFilter, limit: QueueLimit) -> Result<QueuePage, AppError> {
    let permit = unit.permit.open::<PersonFile>()?;
    let count = match limit {
        QueueLimit::Page => QUEUE_PAGE,
        QueueLimit::One => 1,
    };
    let cases = unit.list_queue(&permit, filter, count).await?;
    let is_full = i64::try_from(cases.len()).is_ok_and(|found| found == count);
    let next = cases.last().filter(|_| is_full).map(QueuedCase::place);
    let (today, mut rows) = (unit.today, Vec::new());
    for case in cases {
        unit.concerns(case.person)?;
        let procedure = crate::procedures::procedure(unit, case.procedure.as_str())?;
        if procedure.is_sealed {
            unit.seal_record(Visibility::Compartment);
        }
        let name = latin_name(&unit.list_person_names(case.person).await?);
        rows.push(WorkRow {
            name,
            nearness: case.due.as_ref().map(|(day, _)| nearness(*day, today)),
            waits_for_role: waits_for_role(unit, &procedure, case.state),
            case,
        });
    }
    Ok(QueuePage { rows, next, today })
}

/// Lists what waits for a second officer: proposals of the own office and of those whose proposals it decides. A proposal
/// that this officer may not decide, because he made it or heard the person, is marked so.
pub struct ListApprovals {
    /// The place after which the list begins.
    pub after: Option<QueuePlace>,
}

impl UseCase for ListApprovals {
    const ACT: Act = Act::ListWork;
    type Output = (QueuePage, Vec<CaseNumber>);

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Self::Output, AppError> {
        unit.cite_for(Act::ListWork.as_str())?;
        let stands = stands_in_for(unit).await?;
        let mut offices = approves_for(unit, &stands);
        for officer in std::iter::once(unit.actor()).chain(&stands.officers) {
            offices.extend(own_office(officer).map(str::to_owned));
        }
        let is_national = own_office(unit.actor()).is_none();
        let filter = QueueFilter {
            offices: (!is_national).then_some(offices),
            procedures: readable_procedures(unit).into_iter().map(|procedure| procedure.code).collect(),
            state: Some(CaseState::Proposed),
            after: self.after,
            ..QueueFilter::default()
        };
        let page = list(unit, &filter, QueueLimit::Page).await?;
        let mut open = Vec::new();
        for row in &page.rows {
            if can_decide(unit, &row.case).await? {
                open.push(row.case.number.clone());
            }
        }
        Ok((page, open))
    }
}

async fn can_decide(unit: &mut Unit<'_>, queued: &QueuedCase) -> Result<bool, AppError> {
    let Some(case) = unit.find_case_by_id(queued.id).await? else { return Ok(false) };
    let procedure = crate::procedures::procedure(unit, case.procedure.as_str())?;
    let Some(reach) = reach_of(unit, &case).await? else { return Ok(false) };
    let steps = available_to(&procedure, &case.snapshot, unit.actor(), reach);
    Ok(steps.iter().any(|step| step.kind == domain::procedure::StepKind::Decide))
}
