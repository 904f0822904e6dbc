// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask demo`: everything from a fresh clone to the served page.

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, bail};

use crate::{
    assets,
    shell::{self, Stages},
};

/// Where the demo keeps its data unless told otherwise, below the workspace's folder.
const DATA_FOLDER: &str = "target/demo";

/// What the demo was asked to do; passed on to `turna demo`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    data: Option<PathBuf>,
    population: Option<u32>,
    port: Option<u16>,
    exit: bool,
    json: bool,
}

impl Options {
    /// Reads the arguments after `demo`.
    ///
    /// # Errors
    /// An argument that does not exist, comes twice, or lacks its value.
    pub(crate) fn parse(arguments: &[String]) -> anyhow::Result<Self> {
        let mut options = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().with_context(|| format!("{argument} needs a value"));
            let again = match argument.as_str() {
                "--data" => options.data.replace(PathBuf::from(value()?)).is_some(),
                "--population" => options.population.replace(number(argument, value()?)?).is_some(),
                "--port" => options.port.replace(number(argument, value()?)?).is_some(),
                "--exit" => std::mem::replace(&mut options.exit, true),
                "--json" => std::mem::replace(&mut options.json, true),
                _ => bail!("`demo` knows no argument {argument}; see cargo xtask help"),
            };
            if again {
                bail!("{argument} is given twice");
            }
        }
        Ok(options)
    }

    /// The arguments of the program.
    fn to_arguments(&self, root: &Path) -> Vec<String> {
        let data = self.data.clone().unwrap_or_else(|| root.join(DATA_FOLDER));
        let mut arguments = vec!["demo".to_owned(), "--data".to_owned(), data.to_string_lossy().into_owned()];
        if let Some(population) = self.population {
            arguments.extend(["--population".to_owned(), population.to_string()]);
        }
        if let Some(port) = self.port {
            arguments.extend(["--listen".to_owned(), format!("127.0.0.1:{port}")]);
        }
        arguments.extend(self.exit.then(|| "--exit".to_owned()));
        arguments.extend(self.json.then(|| "--json".to_owned()));
        arguments
    }
}

fn number<T: std::str::FromStr>(argument: &str, text: &str) -> anyhow::Result<T> {
    text.parse().ok().with_context(|| format!("{argument} needs a number in range, not {text:?}"))
}

/// Makes the assets, builds the program, and runs its demo, whose exit code is ours.
///
/// # Errors
/// When a stage before the story fails.
pub(crate) fn run(root: &Path, options: &Options) -> anyhow::Result<ExitCode> {
    let mut stages = Stages::default();
    let prepared = prepare(root, &mut stages);
    stages.show();
    prepared?;
    let status = shell::status(Command::new(shell::built(root, "turna")).args(options.to_arguments(root)))?;
    Ok(shell::exit_code(status))
}

fn prepare(root: &Path, stages: &mut Stages) -> anyhow::Result<()> {
    stages.run("assets", || assets::run(root))?;
    stages.run("build", || shell::run(shell::cargo_with_profile(root, "build").args(["--locked", "-p", "turna"])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> anyhow::Result<Options> {
        Options::parse(&text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn every_option_reaches_the_program() {
        let options = parse("--data /d --population 20 --port 9 --exit --json").unwrap();
        let arguments = options.to_arguments(Path::new("/r")).join(" ");
        assert_eq!(arguments, "demo --data /d --population 20 --listen 127.0.0.1:9 --exit --json");
    }

    #[test]
    fn without_options_the_data_lie_in_the_target_folder() {
        assert_eq!(parse("").unwrap().to_arguments(Path::new("/r")).join(" "), "demo --data /r/target/demo");
    }

    #[test]
    fn a_wrong_argument_is_named() {
        for (text, message) in [
            ("--data", "--data needs a value"),
            ("--port 65536", "--port needs a number in range, not \"65536\""),
            ("--exit --exit", "--exit is given twice"),
            ("--fast", "`demo` knows no argument --fast; see cargo xtask help"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), message);
        }
    }
}
