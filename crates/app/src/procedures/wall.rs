// SPDX-License-Identifier: Apache-2.0
//! Walls of the country pack: what stands between a person and a measure.

use domain::{
    access::{Purpose, may_read_for},
    audit::Visibility,
    id::PersonId,
    legal::{LegalBasis, ProvisionId},
    procedure::Procedure,
    refusal::Refusal,
};

use crate::{AppError, unit::Unit};

/// The wall before a presumed victim of trafficking.
const TRAFFICKING_WALL: &str = "expulsion.trafficking_flag";

/// Asks every wall of the country pack that stops this procedure. A wall that the program does not know stops it too.
pub(super) async fn check_walls(unit: &mut Unit<'_>, procedure: &Procedure, person: PersonId) -> Result<(), AppError> {
    let walls: Vec<(String, Vec<ProvisionId>)> =
        unit.pack.walls_against(&procedure.code).map(|wall| (wall.code.clone(), wall.provisions.clone())).collect();
    for (wall, provisions) in walls {
        unit.concerns(person)?;
        if !stands(unit, &wall, person).await? {
            continue;
        }
        if wall == TRAFFICKING_WALL {
            // Whoever holds her in dependence may read "who looked" over her shoulder.
            unit.seal_record(Visibility::Compartment);
        }
        let basis = provisions.iter().find_map(|id| LegalBasis::cite(unit.pack, id, unit.today).ok());
        let basis = basis.ok_or_else(|| AppError::Pack(format!("provision in force for the wall {wall}")))?;
        return Err(Refusal::Wall { wall, basis: Box::new(basis) }.into());
    }
    Ok(())
}

/// Whether a wall stands before a person.
async fn stands(unit: &mut Unit<'_>, wall: &str, person: PersonId) -> Result<bool, AppError> {
    match wall {
        "expulsion.asylum_claim" => has_protecting_case(unit, person, CaseProtection::Open).await,
        "expulsion.refugee" => has_protecting_case(unit, person, CaseProtection::Recognised).await,
        TRAFFICKING_WALL => Ok(unit.has_protection_flag(person).await?),
        "purpose.protection_data" => {
            let row = unit.find_person_by_id(person).await?.ok_or(Refusal::NotFound("person"))?;
            // The measure is enforcement whoever takes it: the service that examined the claim no less than the police.
            Ok(!may_read_for(Purpose::Enforcement, row.collected_for))
        }
        _ => Err(AppError::Pack(format!("wall known to the program under the name {wall}"))),
    }
}

/// How a case protects from expulsion.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CaseProtection {
    /// While it is open, appeals included.
    Open,
    /// By an outcome that takes nothing from the person.
    Recognised,
}

async fn has_protecting_case(
    unit: &mut Unit<'_>,
    person: PersonId,
    protection: CaseProtection,
) -> Result<bool, AppError> {
    for case in unit.list_cases_of_person(person).await? {
        let Some(procedure) = unit.pack.procedure(&case.procedure) else { continue };
        if procedure.blocks_expulsion.is_none() {
            continue;
        }
        let recognised = case
            .snapshot
            .outcome
            .as_ref()
            .and_then(|outcome| procedure.outcome(outcome))
            .is_some_and(|outcome| !outcome.is_adverse);
        let protects = match protection {
            CaseProtection::Open => case.snapshot.state.is_open() && !recognised,
            CaseProtection::Recognised => recognised,
        };
        if protects {
            return Ok(true);
        }
    }
    Ok(false)
}
