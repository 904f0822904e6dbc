// SPDX-License-Identifier: Apache-2.0
//! Persons: found, shown, corrected, erased; and who looked at a person's data.

mod correct;
mod erase;
pub(super) mod import;
mod looked;
mod show;

use clap::{Args, Subcommand};
use domain::{number::PersonNumber, time::Date};

use super::{Place, desk::Login};
use crate::output::Answer;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what this account may see of a person, now or on a past day, on record
    #[command(after_help = "Examples:\n  turna person show 7K2M-94TXB0 --account lale.h\n  \
        turna person show 7K2M-94TXB0 --on 2025-06-01 --account lale.h")]
    Show {
        #[command(flatten)]
        login: Login,
        /// Person number
        number: PersonNumber,
        /// Day at whose end the registry is asked
        #[arg(long, value_name = "DATE")]
        on: Option<Date>,
    },
    /// Find persons by exact evidence
    #[command(after_help = "Examples:\n  turna person find --document P1234567 --account lale.h\n  \
        turna person find --name Sahr --born 1987-03-21 --account lale.h")]
    Find(Find),
    /// Correct a fact; the old value stays on record
    #[command(after_help = "Example:\n  turna person correct 7K2M-94TXB0 --birth 1991-04-02 --precision day \\\n    \
        --reason 'the passport came' --source document --account lale.h")]
    Correct(correct::Correction),
    /// Erase a person by two officers
    #[command(subcommand)]
    Erase(erase::Command),
    /// Give an adult the token and the PIN with which she reads who looked; hand them to her alone
    #[command(after_help = "Example:\n  turna person token 7K2M-94TXB0 --account lale.h")]
    Token {
        #[command(flatten)]
        login: Login,
        /// Person number
        number: PersonNumber,
    },
    /// Show a person who looked at her data, by her token and PIN
    #[command(after_help = "Example:\n  turna person looked --token 3q2-7w…")]
    Looked(looked::Looked),
    /// Register the persons of a table, each as a family of her own
    #[command(after_help = "Example:\n  turna person import register.csv --map register.toml --account lale.h\n\n\
        Without a map one is proposed. Rows that could not be taken go into register.csv.rejects.csv, with the reason;\n\
        mend them there and import that file. An import that broke off goes on where it was.")]
    Import(import::Import),
}

#[derive(Debug, Args)]
pub(crate) struct Find {
    #[command(flatten)]
    login: Login,
    /// Person number
    #[arg(long, group = "evidence")]
    number: Option<PersonNumber>,
    /// Number of a document
    #[arg(long, group = "evidence")]
    document: Option<String>,
    /// Beginning of a name, in any script
    #[arg(long, group = "evidence")]
    name: Option<String>,
    /// Birth date
    #[arg(long, value_name = "DATE")]
    born: Option<Date>,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Show { login, number, on: None } => show::show(place, &login, number).await,
            Self::Show { login, number, on: Some(on) } => show::show_at(place, &login, number, on).await,
            Self::Find(find) => show::find(place, find).await,
            Self::Correct(correction) => correction.run(place).await,
            Self::Erase(command) => command.run(place).await,
            Self::Token { login, number } => looked::give(place, &login, number).await,
            Self::Looked(looked) => looked.run(place).await,
            Self::Import(import) => import.run(place, import::Unit::Person).await,
        }
    }
}
