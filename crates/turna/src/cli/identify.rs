// SPDX-License-Identifier: Apache-2.0
//! `identify`: the engine of identification on any table of persons; no data folder, no registry.

use std::{
    fmt::Write as _,
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use identification::{
    files::{self, Dedupe, Report},
    texts::Language,
};
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

use crate::output::{Answer, note};

/// Lines told of rows that did not fit.
const SKIPPED_SHOWN_MAX: usize = 20;
/// Progress is told each time so many percent more are done.
const PROGRESS_PERCENT: usize = 10;
/// Hits of one question.
const TOP_MAX: u16 = 1_000;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the records of one person in a table
    #[command(after_help = "Example:\n  turna identify dedupe persons.csv --out pairs.csv --clusters clusters.csv")]
    Dedupe(OneTable),
    /// Find the records of one table in another
    #[command(
        after_help = "Example:\n  turna identify link ours.csv theirs.csv --out pairs.csv --clusters clusters.csv"
    )]
    Link(TwoTables),
    /// Look for each person of one table among the records of another
    #[command(
        after_help = "Example:\n  turna identify query --records persons.csv --queries arrivals.csv --top 10 --out hits.csv"
    )]
    Query(Query),
    /// Score pairs of names: two columns, one score from 0 to 1
    #[command(after_help = "Example:\n  turna identify names pairs.csv --out scored.csv")]
    Names(Names),
    /// Say why two records are, or are not, one person
    #[command(after_help = "Example:\n  turna identify explain persons.csv --left 17 --right 3021 --language az")]
    Explain(Explain),
    /// Fit the weights of evidence to a table, without labels
    #[command(after_help = "Example:\n  turna identify train persons.csv --out weights.toml")]
    Train(Train),
    /// Propose what each column of a table is
    #[command(after_help = "Example:\n  turna identify map persons.csv > map.toml")]
    Map(Propose),
}

/// Language of explanations.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Spoken {
    Az,
    En,
    Ru,
    Fa,
}

impl From<Spoken> for Language {
    fn from(spoken: Spoken) -> Self {
        match spoken {
            Spoken::Az => Self::Azerbaijani,
            Spoken::En => Self::English,
            Spoken::Ru => Self::Russian,
            Spoken::Fa => Self::Dari,
        }
    }
}

/// How a table is read and weighed.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// What each column is; proposed from headers and contents where missing
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// Weights of evidence; fitted to the table where missing
    #[arg(long, value_name = "WEIGHTS.toml")]
    weights: Option<PathBuf>,
    /// Memory that records and index may take, such as 1GiB or 500MiB
    #[arg(long, value_name = "SIZE", value_parser = mebibytes)]
    memory: Option<usize>,
    /// Language of the explanations
    #[arg(long, default_value = "en")]
    language: Spoken,
}

/// Where pairs and groups go.
#[derive(Debug, Args)]
pub(crate) struct Pairs {
    /// Pairs: id_l, id_r, probability, weight, explanation
    #[arg(long, value_name = "PAIRS.csv")]
    out: PathBuf,
    /// Groups: id, cluster
    #[arg(long, value_name = "CLUSTERS.csv")]
    clusters: PathBuf,
    /// Pairs that are less likely one person are left out
    #[arg(long, value_name = "P", default_value = "0.5", value_parser = probability)]
    min_probability: f32,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct OneTable {
    /// Table with a header: CSV with commas, semicolons or tabs, UTF-8
    #[arg(value_name = "INPUT.csv")]
    input: PathBuf,
    #[command(flatten)]
    pairs: Pairs,
}

#[derive(Debug, Args)]
pub(crate) struct TwoTables {
    /// One table
    #[arg(value_name = "LEFT.csv")]
    left: PathBuf,
    /// The other; without a map each has its own columns
    #[arg(value_name = "RIGHT.csv")]
    right: PathBuf,
    #[command(flatten)]
    pairs: Pairs,
}

#[derive(Debug, Args)]
pub(crate) struct Query {
    /// Records to look in
    #[arg(long, value_name = "R.csv")]
    records: PathBuf,
    /// Persons to look for
    #[arg(long, value_name = "Q.csv")]
    queries: PathBuf,
    /// Hits of one person
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=i64::from(TOP_MAX)))]
    top: u16,
    /// Hits: query_id, rank, id, probability, band, explanation
    #[arg(long, value_name = "HITS.csv")]
    out: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct Names {
    /// Table whose first two columns that are no identifiers are names
    #[arg(value_name = "PAIRS.csv")]
    input: PathBuf,
    /// The same with score and band
    #[arg(long, value_name = "SCORED.csv")]
    out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Table with both records
    #[arg(value_name = "INPUT.csv")]
    input: PathBuf,
    /// Identifier of one record
    #[arg(long)]
    left: String,
    /// Identifier of the other
    #[arg(long)]
    right: String,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Debug, Args)]
pub(crate) struct Train {
    /// Table to learn from
    #[arg(value_name = "INPUT.csv")]
    input: PathBuf,
    /// What each column is
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// Where the weights go
    #[arg(long, value_name = "WEIGHTS.toml")]
    out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Propose {
    /// Table to look at
    #[arg(value_name = "INPUT.csv")]
    input: PathBuf,
}

fn mebibytes(text: &str) -> Result<usize, String> {
    let wrong = || format!("{text:?} is no size such as 1GiB or 500MiB");
    let (number, factor) = match (text.strip_suffix("GiB"), text.strip_suffix("MiB")) {
        (Some(number), _) => (number, 1024),
        (_, Some(number)) => (number, 1),
        _ => return Err(wrong()),
    };
    number.trim().parse::<usize>().ok().and_then(|number| number.checked_mul(factor)).ok_or_else(wrong)
}

fn probability(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| format!("{text:?} is not from 0 to 1"))
}

fn open(path: &Path) -> anyhow::Result<BufReader<File>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    Ok(BufReader::new(file))
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(BufWriter::new(file))
}

fn text_of(path: Option<&PathBuf>) -> anyhow::Result<Option<String>> {
    path.map(|path| fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))).transpose()
}

/// Texts of map and weights, which the options point to.
struct Texts {
    map: Option<String>,
    weights: Option<String>,
}

impl Reading {
    fn texts(&self) -> anyhow::Result<Texts> {
        Ok(Texts { map: text_of(self.map.as_ref())?, weights: text_of(self.weights.as_ref())? })
    }

    fn options<'a>(&self, texts: &'a Texts, min_probability: Option<f32>) -> Dedupe<'a> {
        Dedupe {
            map: texts.map.as_deref(),
            weights: texts.weights.as_deref(),
            min_probability,
            memory_mib: self.memory,
            language: self.language.into(),
        }
    }
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<Answer> {
        match self {
            Self::Dedupe(command) => command.run(),
            Self::Link(command) => command.run(),
            Self::Query(command) => command.run(),
            Self::Names(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Train(command) => command.run(),
            Self::Map(command) => {
                let map = files::propose_map(open(&command.input)?)?;
                Ok(Answer::done(map.trim_end(), json!({ "map": map })))
            }
        }
    }
}

impl OneTable {
    fn run(self) -> anyhow::Result<Answer> {
        let texts = self.pairs.reading.texts()?;
        let options = self.pairs.reading.options(&texts, Some(self.pairs.min_probability));
        let (pairs, clusters) = (create(&self.pairs.out)?, create(&self.pairs.clusters)?);
        let progress = Progress::start();
        let report =
            files::dedupe(open(&self.input)?, &options, pairs, clusters, &|done, all| progress.tell(done, all))?;
        Ok(paired(&report))
    }
}

impl TwoTables {
    fn run(self) -> anyhow::Result<Answer> {
        let texts = self.pairs.reading.texts()?;
        let options = self.pairs.reading.options(&texts, Some(self.pairs.min_probability));
        let (pairs, clusters) = (create(&self.pairs.out)?, create(&self.pairs.clusters)?);
        let progress = Progress::start();
        let (left, right) = (open(&self.left)?, open(&self.right)?);
        let report = files::link(left, right, &options, pairs, clusters, &|done, all| progress.tell(done, all))?;
        Ok(paired(&report))
    }
}

/// Tells how far a batch is, and about how long it will take.
struct Progress {
    started: Instant,
    told: AtomicUsize,
}

impl Progress {
    fn start() -> Self {
        Self { started: Instant::now(), told: AtomicUsize::new(0) }
    }

    fn tell(&self, done: usize, all: usize) {
        let tenth = done * 100 / all.max(1) / PROGRESS_PERCENT;
        if self.told.fetch_max(tenth, Ordering::Relaxed) < tenth && done < all {
            let seconds = self.started.elapsed().as_secs() * (all - done) as u64 / done.max(1) as u64;
            note(&format!("{done} of {all} records, about {seconds} s left"));
        }
    }
}

fn skipped_text(report: &Report) -> String {
    if report.skipped == 0 {
        return String::new();
    }
    let shown: Vec<String> = report.skipped_lines.iter().take(SKIPPED_SHOWN_MAX).map(u64::to_string).collect();
    let more = if report.skipped as usize > shown.len() { ", …" } else { "" };
    format!("\n{} rows did not fit and were left out: lines {}{more}", report.skipped, shown.join(", "))
}

fn paired(report: &Report) -> Answer {
    let (seconds, peak) = (cpu_seconds(), peak_mebibytes());
    let mut text =
        format!("{} records, {} pairs, {} groups of more than one\n", report.records, report.pairs, report.groups);
    let _ = write!(
        text,
        "{} pairs compared; weights {}; {seconds:.1} s of processor time; {peak} MiB of memory at most",
        report.counts.compared, report.version
    );
    text.push_str(&skipped_text(report));
    let json = json!({
        "records": report.records,
        "pairs": report.pairs,
        "groups": report.groups,
        "compared": report.counts.compared,
        "weights": report.version,
        "cpu_seconds": seconds,
        "peak_mib": peak,
        "skipped": report.skipped,
        "skipped_lines": report.skipped_lines,
    });
    Answer::done(text, json)
}

impl Query {
    fn run(self) -> anyhow::Result<Answer> {
        let texts = self.reading.texts()?;
        let options = self.reading.options(&texts, None);
        let (records, queries) = (open(&self.records)?, open(&self.queries)?);
        let out = create(&self.out)?;
        let (report, times) = files::query(records, queries, &options, self.top.into(), out, &thread_micros)?;
        let milliseconds = |micros: u64| format!("{:.2}", micros as f64 / 1e3);
        let (p50, p99) = (times.percentile(50), times.percentile(99));
        let (build, peak) = (times.build_micros as f64 / 1e6, peak_mebibytes());
        let mut text = format!("{} records, {} questions\n", report.records, times.micros.len());
        let _ = write!(
            text,
            "processor time per question: p50 {} ms, p99 {} ms; index built in {build:.1} s; {} MiB of index, {peak} MiB \
             of memory at most",
            milliseconds(p50),
            milliseconds(p99),
            report.bytes >> 20
        );
        text.push_str(&skipped_text(&report));
        let json = json!({
            "records": report.records,
            "questions": times.micros.len(),
            "p50_micros": p50,
            "p99_micros": p99,
            "build_seconds": build,
            "index_bytes": report.bytes,
            "peak_mib": peak,
            "weights": report.version,
            "skipped": report.skipped,
            "skipped_lines": report.skipped_lines,
        });
        Ok(Answer::done(text, json))
    }
}

impl Names {
    fn run(self) -> anyhow::Result<Answer> {
        let done = files::names(open(&self.input)?, create(&self.out)?)?;
        let left_out = if done.skipped == 0 { String::new() } else { format!(", {} rows did not fit", done.skipped) };
        let text =
            format!("{} pairs of names scored{left_out}; a name alone is never a ground for anything", done.pairs);
        Ok(Answer::done(text, json!({ "pairs": done.pairs, "skipped": done.skipped })))
    }
}

impl Explain {
    fn run(self) -> anyhow::Result<Answer> {
        let texts = self.reading.texts()?;
        let text =
            files::explain_pair(open(&self.input)?, &self.reading.options(&texts, None), &self.left, &self.right)?;
        Ok(Answer::done(text.trim_end(), json!({ "explanation": text })))
    }
}

impl Train {
    fn run(self) -> anyhow::Result<Answer> {
        let map = text_of(self.map.as_ref())?;
        let (weights, report) = files::train_file(open(&self.input)?, map.as_deref())?;
        create(&self.out)?.write_all(weights.as_bytes())?;
        let text = format!("weights {} from {} records{}", report.version, report.records, skipped_text(&report));
        Ok(Answer::done(
            text,
            json!({ "weights": report.version, "records": report.records, "skipped": report.skipped }),
        ))
    }
}

/// Processor time of this thread.
fn thread_micros() -> u64 {
    micros(ClockId::ThreadCPUTime)
}

fn cpu_seconds() -> f64 {
    micros(ClockId::ProcessCPUTime) as f64 / 1e6
}

fn micros(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000 + u64::try_from(time.tv_nsec).unwrap_or(0) / 1_000
}

/// The most memory that the process had, where the system tells.
fn peak_mebibytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_probabilities() {
        assert_eq!(mebibytes("1GiB"), Ok(1024));
        assert_eq!(mebibytes("500MiB"), Ok(500));
        assert!(mebibytes("500").is_err() && mebibytes("-1GiB").is_err());
        assert_eq!(probability("0.95"), Ok(0.95));
        assert!(probability("1.1").is_err() && probability("NaN").is_err());
    }
}
