// SPDX-License-Identifier: Apache-2.0
//! Which cases an officer reaches: those of his office, and those of offices and officers for whom he stands in today.

use db::{CaseFile, StandIn};
use domain::{
    access::Actor,
    number::CaseNumber,
    work::{Reach, StandsInFor, own_office, reach},
};

use crate::{AppError, unit::Unit};

/// For whom the acting officer stands in today: by the country pack for offices, by dated rows for both.
pub(crate) async fn stands_in_for(unit: &mut Unit<'_>) -> Result<StandsInFor, AppError> {
    let actor = unit.actor().clone();
    let by_pack = unit.pack.offices().filter(|office| office.approver.as_deref() == Some(&actor.office));
    let mut stands = StandsInFor { offices: by_pack.map(|office| office.code.clone()).collect(), officers: Vec::new() };
    let today = unit.today;
    for row in unit.list_substitutions_by(&actor.office, actor.account, today).await? {
        match row.stand_in {
            StandIn::Office { .. } => {
                stands.offices.insert(row.office);
            }
            StandIn::Officer { absent, .. } => {
                let absent = unit.find_officer(absent).await?;
                stands.officers.extend(absent.filter(|officer| officer.is_active).map(|officer| officer.actor));
            }
        }
    }
    Ok(stands)
}

/// How the acting officer reaches a case; `None` if not at all.
pub(crate) async fn reach_of(unit: &mut Unit<'_>, case: &CaseFile) -> Result<Option<Reach>, AppError> {
    let actor = unit.actor().clone();
    if is_own(&actor, &case.office) {
        return Ok(Some(Reach::Own));
    }
    let stands = stands_in_for(unit).await?;
    Ok(reach(&actor, &stands, &case.office, case.snapshot.state))
}

/// The case of a number, if the acting officer reaches it. Whether there is none or it is out of reach takes the same
/// questions to the database.
pub(crate) async fn find_within_reach(unit: &mut Unit<'_>, number: &CaseNumber) -> Result<Option<CaseFile>, AppError> {
    let actor = unit.actor().clone();
    let stands = match own_office(&actor) {
        Some(_) => stands_in_for(unit).await?,
        None => StandsInFor::default(),
    };
    let case = unit.find_case_by_number(number, None).await?;
    Ok(case.filter(|case| reach(&actor, &stands, &case.office, case.snapshot.state).is_some()))
}

fn is_own(actor: &Actor, office: &str) -> bool {
    own_office(actor).is_none_or(|own| own == office)
}
