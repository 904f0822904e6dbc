// SPDX-License-Identifier: Apache-2.0
//! The command line: nouns with verbs. Arguments are parsed into plain structs first and interpreted once after.
//!
//! Results go to standard output, messages to standard error. Exit codes: 0 done, 1 refused (or a check that says no),
//! 2 failed.

mod audit;
mod backup;
mod card;
mod case;
mod claim;
mod config;
mod database;
mod desk;
mod doctor;
mod family;
mod gift;
mod identify;
pub(crate) mod input;
mod key;
mod measure;
mod paper;
mod person;
mod serve;
mod token;
mod user;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::{
    config::Config,
    logging,
    output::{self, Answer, Form},
};

/// The whole of a national migration service in one program.
///
/// Results go to standard output, messages to standard error.
/// Exit codes: 0 done, 1 refused or a check that says no, 2 failed.
#[derive(Debug, Parser)]
#[command(
    name = "turna",
    version,
    propagate_version = false,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Example:\n  turna demo --data /tmp/turna-demo"
)]
struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    noun: Noun,
}

/// Where a command works and how it answers.
#[derive(Clone, Debug, Args)]
pub(crate) struct Place {
    /// Data folder
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "TURNA_DATA",
        hide_env_values = true,
        default_value = "turna-data"
    )]
    data: PathBuf,
    /// Answer in JSON, and log in JSON
    #[arg(long, global = true)]
    json: bool,
}

impl Place {
    fn form(&self) -> Form {
        if self.json { Form::Json } else { Form::Text }
    }
}

#[derive(Debug, Subcommand)]
enum Noun {
    /// Serve pages, health and the public log
    Serve(serve::Serve),
    /// Make a trial installation, play the story of the country pack in it, and serve it
    Demo(serve::Demo),
    /// The database: bring its schema up to date, check its cases
    #[command(subcommand)]
    Db(database::Command),
    /// The configuration
    #[command(subcommand)]
    Config(config::Command),
    /// Look whether everything that the installation needs is in order
    Doctor(doctor::Doctor),
    /// Accounts
    #[command(subcommand)]
    User(user::Command),
    /// Sign in and print a token, to be used in TURNA_TOKEN for some hours
    Login(user::SignIn),
    /// Tokens with which programs work for the own account
    #[command(subcommand)]
    Token(token::Command),
    /// The keys that sign cards and status lists
    #[command(subcommand)]
    Key(key::Command),
    /// Families
    #[command(subcommand)]
    Family(family::Command),
    /// Persons
    #[command(subcommand)]
    Person(person::Command),
    /// Claims to refugee status
    #[command(subcommand)]
    Claim(claim::Command),
    /// Cases of any other procedure of the country pack
    #[command(subcommand)]
    Case(case::Command),
    /// Measures against irregular stay, and the protection from them
    #[command(subcommand)]
    Measure(measure::Command),
    /// Refugee cards
    #[command(subcommand)]
    Card(card::Command),
    /// Help handed out at events
    #[command(subcommand)]
    Gift(gift::Command),
    /// Who is this, and is this person already here: on any table of persons, across scripts, with reasons
    #[command(subcommand)]
    Identify(identify::Command),
    /// The tamper-evident record of every act
    #[command(subcommand)]
    Audit(audit::Command),
    /// Encrypted backups: make them while the server works, read them back, rehearse that
    #[command(subcommand)]
    Backup(backup::Command),
}

/// How a command ended: with an answer to print, or with an exit code after it has printed itself.
enum Ended {
    Answer(Answer),
    Code(ExitCode),
}

impl From<Answer> for Ended {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// Parses the arguments, does what they say, prints the answer.
pub(crate) fn main() -> ExitCode {
    let Arguments { place, noun } = Arguments::parse();
    let form = place.form();
    match run(place, noun) {
        Ok(Ended::Answer(answer)) => answer.print(form),
        Ok(Ended::Code(code)) => code,
        Err(error) => output::print_failure(&error, form),
    }
}

fn run(place: Place, noun: Noun) -> anyhow::Result<Ended> {
    // What checks a card or a copy of the log works without any data folder.
    let noun = match noun {
        Noun::Card(card::Command::Verify(verify)) => return Ok(verify.run()?.into()),
        Noun::Config(command) => return Ok(command.run(&place)?.into()),
        Noun::Identify(command) => return Ok(command.run()?.into()),
        noun => noun,
    };
    let level = Config::load(&place.data).map_or_else(|_| Config::default().log_level, |config| config.log_level);
    logging::start(&level, place.form());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.context("the program cannot start its threads")?;
    runtime.block_on(interpret(place, noun))
}

async fn interpret(place: Place, noun: Noun) -> anyhow::Result<Ended> {
    Ok(match noun {
        Noun::Serve(command) => Ended::Code(command.run(&place).await?),
        Noun::Demo(command) => Ended::Code(command.run(&place).await?),
        Noun::Db(command) => command.run(&place).await?.into(),
        Noun::Config(command) => command.run(&place)?.into(),
        Noun::Doctor(command) => command.run(&place).await?.into(),
        Noun::User(command) => command.run(&place).await?.into(),
        Noun::Login(command) => command.run(&place).await?.into(),
        Noun::Token(command) => command.run(&place).await?.into(),
        Noun::Key(command) => command.run(&place).await?.into(),
        Noun::Family(command) => command.run(&place).await?.into(),
        Noun::Person(command) => command.run(&place).await?.into(),
        Noun::Claim(command) => command.run(&place).await?.into(),
        Noun::Case(command) => command.run(&place).await?.into(),
        Noun::Measure(command) => command.run(&place).await?.into(),
        Noun::Card(command) => command.run(&place).await?.into(),
        Noun::Gift(command) => command.run(&place).await?.into(),
        Noun::Identify(command) => command.run()?.into(),
        Noun::Audit(command) => command.run(&place).await?.into(),
        Noun::Backup(command) => command.run(&place).await?.into(),
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_commands_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_verb_shows_an_example() {
        fn check(command: &clap::Command, path: &str) {
            let path = format!("{path} {}", command.get_name());
            if command.get_subcommands().next().is_none() {
                let example = command.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(example.contains("turna "), "{path} shows no example");
            }
            command.get_subcommands().for_each(|verb| check(verb, &path));
        }
        check(&Arguments::command(), "");
    }
}
