// SPDX-License-Identifier: Apache-2.0
//! What a family takes home from its registration: who was registered, what comes next and by when, whom to call, and the
//! state of the log.

use domain::{
    access::CollectedFor,
    number::PersonNumber,
    procedure::{Procedure, ProcedureCode},
    time::Date,
};

use super::{PersonView, ShowPerson};
use crate::{
    AppError, Context, Outcome, Service,
    public::{self, LogState},
};

/// A term that begins with the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Code of the clock in the country pack, such as `registration_interview`.
    pub clock: String,
    /// The day on which it ends for who applies today.
    pub due: Date,
}

/// The receipt of a registration.
#[derive(Clone, Debug)]
pub struct RegistrationReceipt {
    /// The person and her family.
    pub view: PersonView,
    /// Terms that begin with an application made today; none where there is nothing to apply for.
    pub terms: Vec<Term>,
    /// The day of printing.
    pub today: Date,
    /// The service's call centre.
    pub call_centre: String,
    /// The Ombudsman's call centre.
    pub ombudsman: String,
    /// Size and root of the log.
    pub log: LogState,
}

/// The procedure that a family goes through that has come for this.
fn procedure_of(service: &Service, given: CollectedFor) -> Option<Procedure> {
    let code = match given {
        CollectedFor::Asylum => "refugee_status",
        CollectedFor::Displacement | CollectedFor::Residence | CollectedFor::Enforcement => return None,
    };
    service.pack().procedure(&ProcedureCode::parse(code).ok()?).cloned()
}

/// Makes the receipt of a person's registration. Showing her is on record.
///
/// # Errors
/// [`AppError`].
pub async fn registration_receipt(
    service: &Service,
    context: &Context,
    number: PersonNumber,
) -> Result<Outcome<RegistrationReceipt>, AppError> {
    let view = match service.run(context, ShowPerson { number }).await? {
        Outcome::Done(view) => view,
        Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let pack = service.pack();
    let today = context.now.date_in(pack.time_zone());
    let mut terms = Vec::new();
    if let Some(procedure) = procedure_of(service, view.person.row.collected_for)
        && let Some(opening) = procedure.opening()
    {
        let counts = |from: Date, to: Option<Date>| from <= today && to.is_none_or(|last| today <= last);
        let rules = procedure.clocks.iter().filter(|rule| rule.starts == opening.action);
        for rule in rules.filter(|rule| counts(rule.valid_from, rule.valid_to)) {
            // A year whose holidays the pack does not know yet has no date to print.
            if let Ok(due) = pack.calendar().due(rule, today) {
                terms.push(Term { clock: rule.clock.as_str().to_owned(), due });
            }
        }
    }
    Ok(Outcome::Done(RegistrationReceipt {
        view,
        terms,
        today,
        call_centre: pack.phones().call_centre.clone(),
        ombudsman: pack.phones().ombudsman.clone(),
        log: public::state(service).await?.log,
    }))
}
