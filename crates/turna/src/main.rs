// SPDX-License-Identifier: Apache-2.0
//! The program: one binary for the command line, the demo and the server.

mod card_files;
mod cli;
mod client;
mod clock;
mod config;
mod demo;
mod erasures;
mod install;
mod keys;
mod letters;
mod logging;
mod output;
mod pack;
mod printer;
mod serve;
mod store;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
