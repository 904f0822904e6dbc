// SPDX-License-Identifier: Apache-2.0
//! `person correct`.

use app::registry::{Correct, CorrectPerson};
use clap::Args;
use domain::{
    number::PersonNumber,
    registry::{BirthDate, NameInput, NameKind, NameSource, Precision, Script, Sex, VitalStatus},
    sensitive::Sensitive,
    time::Date,
};
use serde_json::json;

use crate::{
    cli::{
        Place,
        desk::{Login, at_desk},
        input::Words,
    },
    output::Answer,
};

#[derive(Debug, Args)]
pub(crate) struct Correction {
    #[command(flatten)]
    login: Login,
    /// Person number
    number: PersonNumber,
    #[command(flatten)]
    fact: Fact,
    /// How exactly the birth date is known: day, month, year or estimated
    #[arg(long, requires = "birth", default_value = "day")]
    precision: Precision,
    /// Part of the name: given, family, father or full
    #[arg(long, requires = "name", default_value = "given")]
    kind: NameKind,
    /// Script of the name: latin, cyrillic, arabic, georgian or armenian
    #[arg(long, requires = "name", default_value = "latin")]
    script: Script,
    /// Why; @FILE reads it from a file
    #[arg(long, value_name = "TEXT")]
    reason: Words,
    /// Where the right value comes from: document, stated, transcribed, or in words
    #[arg(long, value_name = "TEXT")]
    source: String,
    /// Since when it holds
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// The version of the record that the officer saw; refused if it was changed since
    #[arg(long, value_name = "N")]
    version: Option<i64>,
}

/// What is corrected: one fact at a time.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Fact {
    /// Sex: female, male or unspecified
    #[arg(long)]
    sex: Option<Sex>,
    /// Birth date
    #[arg(long, value_name = "DATE")]
    birth: Option<Date>,
    /// Place of birth
    #[arg(long, value_name = "PLACE")]
    birth_place: Option<String>,
    /// Vital status: alive, deceased or missing
    #[arg(long, value_name = "STATUS")]
    vital_status: Option<VitalStatus>,
    /// A name; replaces the one of the same part and script, or is added
    #[arg(long)]
    name: Option<String>,
}

impl Correction {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let name_source = self.source.parse().unwrap_or(NameSource::Stated);
        let change = match self.fact {
            Fact { sex: Some(sex), .. } => Correct::Sex(sex),
            Fact { birth: Some(date), .. } => Correct::Birth(BirthDate { date, precision: self.precision }),
            Fact { birth_place: Some(place), .. } => Correct::BirthPlace(Sensitive::new(place)),
            Fact { vital_status: Some(status), .. } => Correct::VitalStatus(status),
            Fact { name, .. } => Correct::Name(NameInput {
                kind: self.kind,
                script: self.script,
                source: name_source,
                value: Sensitive::new(name.unwrap_or_default()),
            }),
        };
        let json = json!({ "number": self.number });
        let text = format!("{} is corrected", self.number);
        let correct = CorrectPerson {
            number: self.number,
            row_version: self.version,
            change,
            reason: self.reason.read()?,
            source: self.source,
            event_date: self.since,
        };
        at_desk(place, &self.login, async |desk| {
            desk.run(correct, |version| {
                let mut json = json;
                json["version"] = version.into();
                Answer::done(format!("{text}; the record is now version {version}"), json)
            })
            .await
        })
        .await
    }
}
