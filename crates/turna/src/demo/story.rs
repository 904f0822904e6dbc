// SPDX-License-Identifier: Apache-2.0
//! The story as data.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use app::asylum::Interview;
use domain::{
    access::Role,
    legal::ProvisionId,
    procedure::{ActionCode, OutcomeCode},
    registry::{BirthDate, Confidentiality, FamilyRegistration, Precision},
    sensitive::Sensitive,
    time::{Clock as _, Date, TimeZone, Timestamp},
};
use serde::Deserialize;

use crate::{clock::SystemClock, install::Installation};

/// A story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// What it is about.
    pub(super) title: String,
    /// The day on which it ends: the last past one of this date.
    event: EventDay,
    /// Accounts.
    pub(super) accounts: Vec<StoryAccount>,
    /// The account that adds the others.
    pub(super) administrator: StoryAdministrator,
    /// Families, by name.
    pub(super) families: BTreeMap<String, FamilyRegistration>,
    /// Days of arrival, relative to the event, of families that arrive in the story.
    pub(super) arrivals: BTreeMap<String, i32>,
    /// Steps, in order of time.
    pub(super) steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct EventDay {
    month: i8,
    day: i8,
}

/// An account of the story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryAccount {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) office: String,
}

/// The administrator of the story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryAdministrator {
    pub(super) name: String,
    pub(super) office: String,
}

/// A step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// What it tells.
    pub(super) name: String,
    /// Day relative to the event.
    pub(super) day: i32,
    /// Wall-clock time, `HH:MM`.
    pub(super) time: String,
    /// Account that acts; `self` for the person herself.
    #[serde(rename = "as")]
    pub(super) actor: String,
    /// What is done.
    #[serde(rename = "do")]
    pub(super) act: Do,
    /// How it must end: `done`, `refused:CODE` or `refused:wall:WALL:PROVISION`.
    pub(super) expect: String,
}

/// What a step does. Persons are named `family.member`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Do {
    RegisterFamily {
        family: String,
    },
    Find {
        name: Sensitive<String>,
        count: usize,
    },
    OpenClaim {
        person: String,
        language: String,
        confidentiality: Confidentiality,
    },
    RecordReasons {
        person: String,
        reasons: Sensitive<String>,
    },
    IssueCertificate {
        person: String,
    },
    Interview {
        person: String,
        kind: ActionCode,
        interview: Interview,
    },
    ClaimStep {
        person: String,
        action: ActionCode,
    },
    Propose {
        person: String,
        outcome: OutcomeCode,
        facts: Sensitive<String>,
        reason: Sensitive<String>,
        cites: Vec<ProvisionId>,
    },
    Decide {
        person: String,
        reason: Sensitive<String>,
        cites: Vec<ProvisionId>,
    },
    ListOverdue {
        at_least: usize,
    },
    OrderToLeave {
        person: String,
    },
    CorrectBirth {
        person: String,
        date: Date,
        precision: Precision,
        reason: String,
        source: String,
    },
    AddBlanks {
        prefix: String,
        count: usize,
    },
    PrepareCard {
        person: String,
    },
    CheckCard {
        person: String,
    },
    CheckAndSignCard {
        person: String,
    },
    PrintCard {
        person: String,
    },
    HandOverCard {
        person: String,
        received_by: String,
    },
    OpenDistribution {
        code: String,
        name: String,
    },
    Gift {
        person: String,
        code: String,
        item: String,
    },
    GiftAtTwoDesks {
        person: String,
        other: String,
        code: String,
        item: String,
    },
    VerifyCard {
        person: String,
        verdict: String,
        refresh: bool,
    },
    VerifyForged {
        person: String,
    },
    SuspendCard {
        person: String,
        reason: String,
    },
    ProposeRevocation {
        person: String,
        ground: String,
        facts: Sensitive<String>,
        reason: Sensitive<String>,
        cites: Vec<ProvisionId>,
    },
    RevokeCard {
        person: String,
        reason: Sensitive<String>,
        cites: Vec<ProvisionId>,
    },
    GiveToken {
        person: String,
    },
    WhoLooked {
        person: String,
        at_least: usize,
    },
    KeepCheckpoint {},
    VerifyLog {},
    Sample {
        count: usize,
    },
}

impl Do {
    /// The birth date of a correction.
    pub(super) fn birth(date: Date, precision: Precision) -> BirthDate {
        BirthDate { date, precision }
    }
}

impl Story {
    /// The day of the event: the last one that is past.
    pub(super) fn event_day(&self) -> anyhow::Result<Date> {
        let today = SystemClock.now().date_in(&zone()?);
        let this_year = Date::new(today.year(), self.event.month, self.event.day)?;
        if this_year < today {
            Ok(this_year)
        } else {
            Ok(Date::new(today.year() - 1, self.event.month, self.event.day)?)
        }
    }

    /// The moment of a step.
    pub(super) fn moment(&self, step: &Step) -> anyhow::Result<Timestamp> {
        let day = self.event_day()?.checked_add(jiff::Span::new().try_days(step.day)?)?;
        let (hour, minute) = step.time.split_once(':').context("a step's time is HH:MM")?;
        zone()?.moment(day, hour.parse()?, minute.parse()?).context("a step's time does not exist")
    }

    /// When the scripted clock starts: the morning before the first step.
    pub(super) fn start(&self) -> anyhow::Result<Timestamp> {
        let first = self.steps.first().context("the story has no step")?;
        Ok(self.moment(first)?.plus_seconds(-24 * 3600))
    }

    /// A database with somebody else's data is left alone.
    pub(super) async fn check_empty(&self, installation: &Installation) -> anyhow::Result<()> {
        let db = installation.service.db();
        let accounts = db.read(|session| Box::pin(session.list_accounts(""))).await?;
        if !accounts.is_empty() {
            bail!("the database is not empty and is left alone");
        }
        Ok(())
    }
}

fn zone() -> anyhow::Result<TimeZone> {
    // The story's times are those of the pack's country; the pack is not loaded yet when the clock is made.
    TimeZone::named("Asia/Baku").context("the time zone database lacks Asia/Baku")
}
