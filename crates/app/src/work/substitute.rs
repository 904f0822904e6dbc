// SPDX-License-Identifier: Apache-2.0
//! Dated substitutions. They let work go on while somebody is away; they never let anybody approve his own act.

use db::{NewSubstitution, Officer, StandIn, Substitution};
use domain::{
    access::{Act, OfficeCode, Role},
    id::SubstitutionId,
    refusal::Refusal,
    time::Date,
    work::may_stand_in,
};

use crate::{AppError, UseCase, unit::Unit};

/// Days that one substitution lasts at most; a longer absence is looked at anew.
pub const SUBSTITUTION_DAYS_MAX: i32 = 366;

/// Who stands in for whom, by name or code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubstitutionOf {
    /// An officer for another one.
    Officer {
        /// Name of the absent officer.
        absent: String,
        /// Name of who stands in.
        by: String,
    },
    /// The second officers of another office for those of an office that has too few.
    Office {
        /// The office whose proposals wait.
        office: OfficeCode,
        /// The office whose second officers decide.
        by: OfficeCode,
    },
}

/// Enters a substitution.
pub struct AddSubstitution {
    /// Who stands in for whom.
    pub of: SubstitutionOf,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl UseCase for AddSubstitution {
    const ACT: Act = Act::KeepSubstitutions;
    type Output = SubstitutionId;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<SubstitutionId, AppError> {
        let basis = unit.cite_for(Act::KeepSubstitutions.as_str())?;
        self.check_days(unit.today)?;
        let (office, stand_in) = match &self.of {
            SubstitutionOf::Officer { absent, by } => self.of_officer(unit, absent, by).await?,
            SubstitutionOf::Office { office, by } => of_office(unit, office, by)?,
        };
        check_keeper(unit, &office)?;
        let id: SubstitutionId = unit.new_id();
        let (by, at) = (unit.actor().account, unit.now);
        let new = NewSubstitution { id, office, stand_in, from: self.from, to: self.to, basis, by, at };
        unit.insert_substitution(new).await?;
        unit.about("substitution", id);
        Ok(id)
    }
}

impl AddSubstitution {
    fn check_days(&self, today: Date) -> Result<(), Refusal> {
        if self.to < self.from || self.to < today {
            return Err(Refusal::field("to", "not before the first day, and not in the past"));
        }
        if (self.to - self.from).get_days() >= SUBSTITUTION_DAYS_MAX {
            return Err(Refusal::field("to", format!("at most {SUBSTITUTION_DAYS_MAX} days")));
        }
        Ok(())
    }

    async fn of_officer(&self, unit: &mut Unit<'_>, absent: &str, by: &str) -> Result<(OfficeCode, StandIn), AppError> {
        let absent = find_active(unit, "absent", absent).await?;
        let by = find_active(unit, "by", by).await?;
        if absent.actor.account == by.actor.account {
            return Err(Refusal::field("by", "nobody stands in for himself").into());
        }
        // Whoever enters a substitution gives himself nothing by it.
        if by.actor.account == unit.actor().account {
            return Err(Refusal::SameOfficer.into());
        }
        if absent.actor.body != by.actor.body || !may_stand_in(by.actor.role, absent.actor.role) {
            return Err(Refusal::field("by", "only in the same role, or the head of an office for who decides").into());
        }
        let stand_in = StandIn::Officer { absent: absent.actor.account, by: by.actor.account };
        Ok((absent.actor.office, stand_in))
    }
}

async fn find_active(unit: &mut Unit<'_>, field: &str, name: &str) -> Result<Officer, AppError> {
    let found = unit.find_officer_by_name(name.trim()).await?.filter(|officer| officer.is_active);
    Ok(found.ok_or_else(|| Refusal::field(field, "there is no active account of this name"))?)
}

fn of_office(unit: &Unit<'_>, office: &str, by: &str) -> Result<(OfficeCode, StandIn), AppError> {
    let find = |field: &str, code: &str| {
        unit.pack.office(code).cloned().ok_or_else(|| Refusal::field(field, "no such office in the pack"))
    };
    let (office, by) = (find("office", office)?, find("by", by)?);
    if office.code == by.code || office.body != by.body {
        return Err(Refusal::field("by", "another office of the same body").into());
    }
    Ok((office.code, StandIn::Office { by: by.code }))
}

/// The head of an office keeps its own substitutions, an administrator all of them.
fn check_keeper(unit: &Unit<'_>, office: &str) -> Result<(), Refusal> {
    let actor = unit.actor();
    match actor.role {
        Role::Administrator => Ok(()),
        _ if actor.office == office => Ok(()),
        _ => Err(Refusal::NotPermitted),
    }
}

/// Ends a substitution before its last day.
pub struct EndSubstitution {
    /// Which.
    pub id: SubstitutionId,
}

impl UseCase for EndSubstitution {
    const ACT: Act = Act::KeepSubstitutions;
    type Output = ();

    async fn run(&self, unit: &mut Unit<'_>) -> Result<(), AppError> {
        unit.cite_for(Act::KeepSubstitutions.as_str())?;
        let found = unit.find_substitution(self.id).await?.ok_or(Refusal::NotFound("substitution"))?;
        if check_keeper(unit, &found.office).is_err() {
            return Err(Refusal::NotFound("substitution").into());
        }
        unit.about("substitution", self.id);
        let (by, at) = (unit.actor().account, unit.now);
        if !unit.end_substitution(self.id, by, at).await? {
            return Err(Refusal::AlreadyRecorded("the end of this substitution".into()).into());
        }
        Ok(())
    }
}

/// Lists the substitutions that are not over: of the own office, or all for an administrator.
pub struct ListSubstitutions;

impl UseCase for ListSubstitutions {
    const ACT: Act = Act::KeepSubstitutions;
    type Output = Vec<Substitution>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<Substitution>, AppError> {
        unit.cite_for(Act::KeepSubstitutions.as_str())?;
        let today = unit.today;
        let own = unit.actor().office.clone();
        let office = (unit.actor().role != Role::Administrator).then_some(own.as_str());
        Ok(unit.list_substitutions(office, today).await?)
    }
}
