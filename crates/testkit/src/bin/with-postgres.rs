// SPDX-License-Identifier: Apache-2.0
//! `with-postgres PROGRAM [ARGUMENT…]`: runs a program beside a PostgreSQL server of its own.
//!
//! The program finds the address of an empty database in the environment variable `TURNA_DATABASE`. When it ends, the
//! server ends too, and its exit code is ours.

use std::process::{Command, ExitCode};

use testkit::postgres::{Durability, Postgres};

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().ok_or("usage: with-postgres PROGRAM [ARGUMENT…]")?;
    let server = Postgres::start_with(Durability::Real)?;
    let status = Command::new(program).args(arguments).env("TURNA_DATABASE", server.fresh_database()?).status()?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::from(2), ExitCode::from))
}
