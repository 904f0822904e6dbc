// SPDX-License-Identifier: Apache-2.0
//! `person correct`.

use clap::Args;
use domain::{
    number::PersonNumber,
    registry::{BirthDate, NameInput, NameKind, NameSource, Precision, Script, Sex, VitalStatus},
    sensitive::Sensitive,
    time::Date,
};
use serde_json::json;
use web::api::wire;

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
        let (precision, kind, script) = (self.precision, self.kind, self.script);
        let fact = self.fact;
        let name = |value| NameInput { kind, script, source: name_source, value: Sensitive::new(value) };
        let new = wire::NewCorrection {
            sex: fact.sex,
            birth: fact.birth.map(|date| BirthDate { date, precision }),
            birth_place: fact.birth_place.map(Sensitive::new),
            vital_status: fact.vital_status,
            name: fact.name.map(name),
            reason: Sensitive::new(self.reason.read()?),
            source: self.source,
            since: self.since,
            version: self.version,
        };
        let path = format!("/persons/{}/corrections", self.number);
        at_desk(place, &self.login, async |desk| {
            desk.act(&path, &new, |corrected: wire::CorrectedPerson| {
                let wire::CorrectedPerson { number, version } = &corrected;
                let text = format!("{number} is corrected; the record is now version {version}");
                Answer::done(text, json!(corrected))
            })
            .await
        })
        .await
    }
}
