// SPDX-License-Identifier: Apache-2.0
//! The day on which a case is due: that of the clock that ends first.

use db::{CaseFile, DbError, Due, Session};
use domain::{
    case::{CaseSnapshot, RunningClock, running_clocks},
    id::CaseId,
    procedure::{ClockCode, ClockRule, Procedure, TermUnit},
    time::Date,
};
use law::Pack;

use crate::{AppError, Service, unit::Unit};

/// The running clocks of a case with the days on which they end.
pub(crate) fn due_days(pack: &Pack, procedure: &Procedure, case: &CaseSnapshot) -> Vec<(ClockCode, Date)> {
    let running = running_clocks(procedure, case, pack.time_zone());
    running.iter().filter_map(|clock| Some((clock.rule.clock.clone(), end_of(pack, clock)?))).collect()
}

/// The day on which a clock ends. In a year whose rest days the pack does not know yet, every day is counted: the term then
/// seems to end too early, never too late.
fn end_of(pack: &Pack, clock: &RunningClock<'_>) -> Option<Date> {
    let started = clock.started.date_in(pack.time_zone());
    let every_day = || {
        let unit = if clock.rule.unit == TermUnit::Months { TermUnit::Months } else { TermUnit::Days };
        ClockRule { unit, rolls_to_working_day: false, ..clock.rule.clone() }
    };
    let end = pack.calendar().due(clock.rule, started);
    end.or_else(|_| pack.calendar().due(&every_day(), started)).ok()
}

/// The clock that ends first.
fn first_due(pack: &Pack, procedure: &Procedure, case: &CaseSnapshot) -> Due {
    due_days(pack, procedure, case).into_iter().map(|(clock, day)| (day, clock)).min()
}

/// Puts a case into its queue on the day on which it is due now, or takes it out when it is closed.
pub(crate) async fn keep_queue(unit: &mut Unit<'_>, procedure: &Procedure, case: &CaseFile) -> Result<(), AppError> {
    if !case.snapshot.state.is_open() {
        return Ok(unit.unqueue_case(case.id).await?);
    }
    let due = first_due(unit.pack, procedure, &case.snapshot);
    Ok(unit.queue_case(case.id, &case.office, &due).await?)
}

/// Compares a case's place in its queue with what its actions make; says what differs.
///
/// # Errors
/// [`DbError`].
pub async fn check_queue(session: &mut Session, pack: &Pack, case: &CaseFile) -> Result<Option<String>, DbError> {
    let Some(procedure) = pack.procedure(&case.procedure) else { return Ok(None) };
    let is_open = case.snapshot.state.is_open();
    let wanted = is_open.then(|| first_due(pack, procedure, &case.snapshot));
    let found = session.find_case_due(case.id).await?;
    let problem = match (wanted == found, found.is_some() == is_open) {
        (true, _) => return Ok(None),
        (false, true) => "the queue has it on another day than its clocks make",
        (false, false) => "it is in a queue if and only if it is closed",
    };
    Ok(Some(problem.to_owned()))
}

/// Puts every open case on the day that the country pack's clocks make now: a new version of the pack, or a year whose rest
/// days it did not know before, moves days. Says how many were moved.
///
/// # Errors
/// When the database fails.
pub async fn refresh_queues(service: &Service) -> Result<u64, AppError> {
    let (mut moved, mut after): (u64, Option<CaseId>) = (0, None);
    loop {
        let pack = service.pack().clone();
        let page = service.db().write(move |write| {
            let pack = pack.clone();
            Box::pin(async move {
                let cases = write.list_open_cases(None, after).await?;
                let mut count = 0;
                for case in &cases {
                    let Some(procedure) = pack.procedure(&case.procedure) else { continue };
                    let due = first_due(&pack, procedure, &case.snapshot);
                    if write.find_case_due(case.id).await? != Some(due.clone()) {
                        write.queue_case(case.id, &case.office, &due).await?;
                        count += 1;
                    }
                }
                Ok::<_, DbError>((cases.last().map(|case| case.id), count))
            })
        });
        let (last, count) = page.await?;
        moved += count;
        if last.is_none() {
            return Ok(moved);
        }
        after = last;
    }
}
