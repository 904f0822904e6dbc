// SPDX-License-Identifier: Apache-2.0
//! The demo: a fresh data folder, accounts, the story of the country pack played on real input, synthetic persons, and
//! then the server. Nothing here knows the people of the story; they are in `packs/az/demo/story.json`.

mod cards;
mod play;
mod population;
mod story;

use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use anyhow::{Context as _, bail};
use db::Schema;
use serde_json::json;

use crate::{
    card_files::{folder_of, publish_lists},
    clock::ScriptedClock,
    install::{Installation, Missing},
    pack,
};
use play::{Played, Player};
use story::Story;

/// A file that marks a data folder as made by the demo.
const MARK: &str = ".turna-demo";

/// The file with the demo's accounts and their passwords.
const ACCOUNTS: &str = "accounts.txt";

/// What the demo was asked to do.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The data folder.
    pub(crate) data: PathBuf,
    /// Synthetic persons to register after the story.
    pub(crate) population: u32,
    /// Whether to stop after the story instead of serving.
    pub(crate) exit: bool,
    /// Whether to print the steps as JSON.
    pub(crate) json: bool,
    /// Address to serve on.
    pub(crate) listen: Option<String>,
}

/// Runs the demo. The exit code is 0 only if every step of the story held.
///
/// # Errors
/// When the folder is not the demo's, or a part of the program fails outside of a step.
pub(crate) async fn run(options: Options) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    fresh_folder(&options.data)?;
    let story: Story = serde_json::from_str(pack::story()?).context("the demo's story cannot be read")?;
    let clock = Arc::new(ScriptedClock::at(story.start()?));
    let installation = Installation::open(&options.data, Missing::Make, Schema::Migrate, clock.clone()).await?;
    story.check_empty(&installation).await?;
    installation.add_signers().await?;
    let mut player = Player::new(&installation, &story, clock.clone()).await?;
    player.tell_accounts(options.json)?;
    for step in &story.steps {
        let played = player.play(step).await?;
        if !options.json {
            say(&played);
        }
    }
    clock.release();
    let played = player.end().await?;
    let published = player.publish_site(pack::site()?).await?;
    if !options.json {
        println!("{published} items on the public site");
    }
    let population = population::register(&installation, options.population, player.registrar()).await?;
    // The signers of the story's days have had their time: new ones sign today, and the cards stay valid.
    installation.add_signers().await?;
    app::jobs::settle(&installation.service).await?;
    publish_lists(&installation.service, &folder_of(&installation.data)).await?;
    let failed = played.iter().filter(|step| !step.ok).count();
    report(&options, &played, population, started)?;
    if options.exit || failed > 0 {
        installation.close().await?;
        return Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) });
    }
    serve(installation, options.listen).await
}

fn report(options: &Options, played: &[Played], population: u32, started: Instant) -> anyhow::Result<()> {
    let failed: Vec<&str> = played.iter().filter(|step| !step.ok).map(|step| step.name.as_str()).collect();
    if options.json {
        let steps: Vec<_> = played
            .iter()
            .map(|step| json!({ "name": step.name, "ok": step.ok, "result": step.result, "proof": step.proof }))
            .collect();
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, &json!({ "steps": steps, "population": population }))?;
        writeln!(out)?;
        return Ok(());
    }
    let seconds = started.elapsed().as_secs_f32();
    println!(
        "\n{} steps, {} held; {population} synthetic persons; {seconds:.1} s",
        played.len(),
        played.len() - failed.len()
    );
    println!("Cards: {}", folder_of(&options.data).display());
    for name in failed {
        println!("DID NOT HOLD: {name}");
    }
    Ok(())
}

fn say(step: &Played) {
    let mark = if step.ok { "ok " } else { "NO " };
    println!("{mark} {}  {}\n        {}\n        {}", step.when, step.name, step.result, step.proof);
}

async fn serve(installation: Installation, listen: Option<String>) -> anyhow::Result<ExitCode> {
    let address = listen.unwrap_or_else(|| installation.config.listen.clone());
    let listener = tokio::net::TcpListener::bind(&address).await.with_context(|| format!("{address} is taken"))?;
    let at = listener.local_addr()?;
    println!("Serving on http://{at} — stop with Ctrl-C");
    let accounts = installation.data.join(ACCOUNTS);
    println!("Officers sign in on http://{at}/sign-in with an account of {}", accounts.display());
    let place = (installation.data.as_path(), &installation.config);
    crate::serve::serve(installation.service.clone(), place, listener, crate::serve::stop_signal()).await?;
    installation.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Makes an empty data folder in place of an earlier one of the demo. A folder that the demo did not make is refused.
fn fresh_folder(data: &Path) -> anyhow::Result<()> {
    let mark = data.join(MARK);
    if data.exists() {
        let is_empty = data.is_dir() && std::fs::read_dir(data)?.next().is_none();
        if !mark.is_file() && !is_empty {
            bail!("{} was not made by the demo and is left alone; choose another with --data", data.display());
        }
        if !is_empty {
            std::fs::remove_dir_all(data).with_context(|| format!("{} cannot be emptied", data.display()))?;
        }
    }
    std::fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    std::fs::write(&mark, "made by turna demo\n").with_context(|| format!("{} cannot be written", mark.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_the_demo_did_not_make_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("precious");
        std::fs::write(&file, "x").unwrap();
        assert!(fresh_folder(folder.path()).is_err());
        assert!(file.exists());
    }

    #[test]
    fn an_earlier_demo_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("demo");
        fresh_folder(&data).unwrap();
        std::fs::write(data.join("old"), "x").unwrap();
        fresh_folder(&data).unwrap();
        assert!(!data.join("old").exists());
    }

    #[test]
    fn the_story_can_be_read_and_its_time_never_runs_back() {
        let story: Story = serde_json::from_str(pack::story().unwrap()).unwrap();
        let moments: Vec<_> = story.steps.iter().map(|step| (step.day, step.time.clone())).collect();
        assert!(moments.is_sorted(), "steps are in the order of their time");
    }
}
