// SPDX-License-Identifier: Apache-2.0
//! `config check`.

use clap::Subcommand;
use serde_json::{Value, json};

use super::Place;
use crate::{config::Config, logging, output::Answer, pack};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check configuration and country pack, and show the values in effect without secrets
    #[command(after_help = "Example:\n  turna config check --data /var/lib/turna")]
    Check,
}

impl Command {
    pub(crate) fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self::Check = self;
        let config = Config::load(&place.data)?;
        logging::check_level(&config.log_level)?;
        let pack = pack::load(&config.pack)?;
        let shown = config.shown(&place.data)?;
        let values: Value = toml::from_str(&shown)?;
        let (name, version) = (pack.name().in_language("en"), pack.version());
        let counts = [
            ("instruments", pack.instruments().count()),
            ("provisions", pack.provisions().count()),
            ("procedures", pack.procedures().count()),
            ("code lists", pack.code_lists().count()),
            ("offices", pack.offices().count()),
        ];
        let counted: Vec<String> = counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
        let text = format!("{}\n\ncountry pack {name}, version {version}: {}", shown.trim_end(), counted.join(", "));
        let pack = json!({
            "code": pack.code(),
            "name": name,
            "version": version,
            "digest": pack.digest(),
            "counts": counts.iter().map(|&(what, count)| (what.to_owned(), count.into())).collect::<serde_json::Map<_, _>>(),
        });
        Ok(Answer::done(text, json!({ "config": values, "pack": pack })))
    }
}
