// SPDX-License-Identifier: Apache-2.0
//! The work of an office in numbers, for its head. Nothing here names a person.

use std::collections::BTreeMap;

use db::{Counted, Opened, QueueFilter};
pub use db::{LoadCount, QueueCount};
use domain::{
    access::{Act, PersonFile},
    procedure::{OutcomeCode, ProcedureCode},
    refusal::Refusal,
    text_enum,
    time::{Date, Timestamp},
    work::{own_office, reads_cases_of},
};
use jiff::Span;

use crate::{AppError, UseCase, unit::Unit};

/// Months that the numbers look back, the present one included.
pub const MONTHS: i64 = 12;

text_enum! {
    /// How long a case has been open.
    pub enum AgeBand {
        /// Up to a month.
        UnderOneMonth = "under_one_month",
        /// One to three months.
        OneToThree = "one_to_three",
        /// Three to six months.
        ThreeToSix = "three_to_six",
        /// Six to twelve months.
        SixToTwelve = "six_to_twelve",
        /// More than a year.
        OverTwelve = "over_twelve",
    }
}

impl AgeBand {
    /// Months from which on and below which a case belongs to the band.
    fn months(self) -> (i64, Option<i64>) {
        match self {
            Self::UnderOneMonth => (0, Some(1)),
            Self::OneToThree => (1, Some(3)),
            Self::ThreeToSix => (3, Some(6)),
            Self::SixToTwelve => (6, Some(12)),
            Self::OverTwelve => (12, None),
        }
    }
}

/// What came in and what was decided in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthFlow {
    /// First day of the month.
    pub month: Date,
    /// Cases opened.
    pub opened: i64,
    /// Decisions.
    pub decided: i64,
}

/// How many decisions had an outcome, and on which grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCount {
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Outcome.
    pub outcome: OutcomeCode,
    /// Decisions with it.
    pub decisions: i64,
    /// For each provision cited (its identifier) the decisions that cite it; one decision may cite several.
    pub grounds: BTreeMap<String, i64>,
}

/// The work of an office in numbers.
#[derive(Clone, Debug)]
pub struct OfficeStatistics {
    /// The office; `None` is the whole country.
    pub office: Option<String>,
    /// The day on which it was counted.
    pub today: Date,
    /// Open cases by procedure, state and office, with those overdue.
    pub queues: Vec<QueueCount>,
    /// Open cases by officer.
    pub load: Vec<LoadCount>,
    /// Open cases by age.
    pub ages: Vec<(AgeBand, i64)>,
    /// The last months, oldest first.
    pub months: Vec<MonthFlow>,
    /// Decisions of these months.
    pub outcomes: Vec<OutcomeCount>,
}

/// Counts the work of an office.
pub struct ShowStatistics {
    /// One office; `None` is all that the head sees.
    pub office: Option<String>,
}

impl UseCase for ShowStatistics {
    const ACT: Act = Act::ShowStatistics;
    type Output = OfficeStatistics;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<OfficeStatistics, AppError> {
        unit.cite_for(Act::ShowStatistics.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let office = match (own_office(unit.actor()), &self.office) {
            (Some(own), Some(office)) if own != office => return Err(Refusal::NotFound("office").into()),
            (Some(own), _) => Some(own.to_owned()),
            (None, office) => office.clone(),
        };
        let readable = unit.pack.procedures().filter(|procedure| reads_cases_of(unit.permit, procedure));
        let procedures: Vec<ProcedureCode> = readable.map(|procedure| procedure.code.clone()).collect();
        let counted = Counted { office: office.clone(), procedures: procedures.clone() };
        let filter =
            QueueFilter { offices: office.clone().map(|office| vec![office]), procedures, ..QueueFilter::default() };
        let (account, today) = (unit.actor().account, unit.today);
        let queues = unit.count_queue(&permit, &filter, account, today, today).await?;
        let load = unit.count_load(&counted, today).await?;
        let ages = count_ages(unit, &counted).await?;
        let (months, outcomes) = count_months(unit, &counted).await?;
        Ok(OfficeStatistics { office, today, queues, load, ages, months, outcomes })
    }
}

/// The moment at which a day begins in the country.
fn begin(unit: &Unit<'_>, day: Date) -> Result<Timestamp, AppError> {
    unit.pack.time_zone().moment(day, 0, 0).ok_or(AppError::Fault("a day of the past begins"))
}

fn months_before(day: Date, months: i64) -> Result<Date, AppError> {
    day.checked_sub(Span::new().months(months)).map_err(|_| AppError::Fault("a year before today can be written"))
}

async fn count_ages(unit: &mut Unit<'_>, counted: &Counted) -> Result<Vec<(AgeBand, i64)>, AppError> {
    let tomorrow = unit.today.tomorrow().map_err(|_| AppError::Fault("there is a tomorrow"))?;
    let mut ages = Vec::new();
    for &band in AgeBand::ALL {
        let (from, below) = band.months();
        let end = begin(unit, months_before(tomorrow, from)?)?;
        let start = match below {
            Some(months) => begin(unit, months_before(tomorrow, months)?)?,
            None => Timestamp::from_microseconds(0).map_err(|_| AppError::Fault("1970 can be written"))?,
        };
        let found = unit.count_opened(counted, (start, end), Opened::StillOpen).await?;
        ages.push((band, found.iter().map(|flow| flow.count).sum()));
    }
    Ok(ages)
}

async fn count_months(unit: &mut Unit<'_>, counted: &Counted) -> Result<(Vec<MonthFlow>, Vec<OutcomeCount>), AppError> {
    let present = unit.today.first_of_month();
    let (mut flows, mut outcomes) = (Vec::new(), BTreeMap::new());
    for back in (0..MONTHS).rev() {
        let month = months_before(present, back)?;
        let next = months_before(present, back - 1)?;
        let between = (begin(unit, month)?, begin(unit, next)?);
        let opened = unit.count_opened(counted, between, Opened::All).await?;
        let decided = unit.count_decided(counted, between).await?;
        flows.push(MonthFlow {
            month,
            opened: opened.iter().map(|flow| flow.count).sum(),
            decided: decided.iter().map(|count| count.count).sum(),
        });
        for count in decided {
            let key = (count.procedure.clone(), count.outcome.clone());
            let entry: &mut (i64, BTreeMap<String, i64>) = outcomes.entry(key).or_default();
            entry.0 += count.count;
            let mut grounds: Vec<&str> = count.basis.lines().filter_map(|stored| stored.split('@').next()).collect();
            grounds.sort_unstable();
            grounds.dedup();
            for ground in grounds {
                *entry.1.entry(ground.to_owned()).or_default() += count.count;
            }
        }
    }
    let outcomes = outcomes.into_iter().map(|((procedure, outcome), (decisions, grounds))| OutcomeCount {
        procedure,
        outcome,
        decisions,
        grounds,
    });
    Ok((flows, outcomes.collect()))
}
