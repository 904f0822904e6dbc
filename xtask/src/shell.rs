// SPDX-License-Identifier: Apache-2.0
//! Running other programs, and telling how long each stage took.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

/// The profile of what the demo and the tests run.
pub(crate) const PROFILE: &str = "demo";

/// Where cargo puts what the demo and the tests run. Not `target/` itself: its folder for the profile would be
/// `target/demo`, which is the demo's data folder.
pub(crate) fn build_folder(root: &Path) -> PathBuf {
    root.join("target/build")
}

/// A program built by [`cargo_build`].
pub(crate) fn built(root: &Path, program: &str) -> PathBuf {
    build_folder(root).join(PROFILE).join(program)
}

/// An empty folder below `target/e2e/` for the results of one check; what an earlier run left there is removed.
pub(crate) fn empty_folder(root: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/e2e").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// `cargo VERB`, in the workspace's folder, with the demo's profile and target folder.
pub(crate) fn cargo_with_profile(root: &Path, verb: &str) -> Command {
    let mut command = cargo(root, verb);
    command.args(["--profile", PROFILE, "--target-dir"]).arg(build_folder(root));
    command
}

/// `cargo VERB`, in the workspace's folder, with the version of the lock file only.
pub(crate) fn cargo(root: &Path, verb: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg(verb).current_dir(root);
    command
}

/// Runs a command that must succeed; its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// Runs a command; its output goes where ours goes.
pub(crate) fn status(command: &mut Command) -> anyhow::Result<ExitStatus> {
    command.status().with_context(|| format!("cannot run {}", shown(command)))
}

/// Whether a command can be run and succeeds; nothing of it is shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a command, shows each line of its standard output at once, and hands it to `line`.
pub(crate) fn run_by_line(command: &mut Command, mut line: impl FnMut(&str)) -> anyhow::Result<ExitStatus> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot run {}", shown(command)))?;
    let stdout = child.stdout.take().context("the child has no standard output")?;
    for text in BufReader::new(stdout).split(b'\n') {
        let text = text.context("cannot read a child's output")?;
        let text = String::from_utf8_lossy(&text);
        println!("{text}");
        line(&text);
    }
    child.wait().with_context(|| format!("cannot wait for {}", shown(command)))
}

/// The exit code of a child as ours; a child ended by a signal has failed.
pub(crate) fn exit_code(status: ExitStatus) -> ExitCode {
    ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(2))
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// The stages of a task and the time each took. Everything goes to standard error: standard output is the task's result.
#[derive(Debug, Default)]
pub(crate) struct Stages {
    done: Vec<(String, Duration)>,
}

impl Stages {
    /// Runs one stage and notes its time, also when it fails.
    pub(crate) fn run<T>(&mut self, name: &str, stage: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
        eprintln!("\n── {name}");
        let start = Instant::now();
        let result = stage().with_context(|| format!("stage failed: {name}"));
        let time = start.elapsed();
        eprintln!("── {name}: {}", seconds(time));
        self.done.push((name.to_owned(), time));
        result
    }

    /// Shows all stages with their times and the sum.
    pub(crate) fn show(&self) {
        eprintln!("\n── time of each stage");
        for (name, time) in &self.done {
            eprintln!("{:>9}  {name}", seconds(*time));
        }
        eprintln!("{:>9}  together", seconds(self.done.iter().map(|(_, time)| *time).sum()));
    }
}

fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_a_child_is_seen_and_its_status_kept() {
        let mut lines = Vec::new();
        let status =
            run_by_line(Command::new("sh").args(["-c", "printf 'a\\nb'; exit 3"]), |line| lines.push(line.to_owned()))
                .unwrap();
        assert_eq!((lines, status.code()), (vec!["a".to_owned(), "b".to_owned()], Some(3)));
    }

    #[test]
    fn a_failing_stage_is_named_and_timed() {
        let mut stages = Stages::default();
        let error = stages.run::<()>("build", || bail!("no compiler")).unwrap_err();
        assert_eq!(format!("{error:#}"), "stage failed: build: no compiler");
        assert_eq!(stages.done.len(), 1);
    }
}
