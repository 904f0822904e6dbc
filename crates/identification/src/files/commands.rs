// SPDX-License-Identifier: Apache-2.0
//! What the command line does with tables: find double records, link two tables, answer questions, score names, explain,
//! train, propose a map.

use std::io::{self, Read, Write};

use super::{
    map::{Map, MapError, SAMPLE_ROWS},
    table::{Table, TableError},
};
use crate::{
    batch::{self, BatchCounts, Sides},
    cluster,
    field::Field,
    index::{Index, SearchEffort},
    kin::Kin,
    lexicon::Found,
    people::Slot,
    similar::{Band, WholeName},
    texts::{Language, explanation},
    train,
    weights::{Weights, WeightsError},
};

/// Seed of the random pairs of training: fixed, so that the same file gives the same answer.
const SEED: u64 = 20_260_101;
/// Pairs below this are not even considered for groups.
const CONSIDERED_MIN: f32 = 0.01;
/// Rounds in which families are evidence.
const FAMILY_ROUNDS: usize = 2;
/// From here on a hit is "ask", and "same".
const ASK_MIN: f32 = 0.1;
const SAME_MIN: f32 = 0.95;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A map cannot be used.
    #[error(transparent)]
    Map(#[from] MapError),
    /// Weights cannot be used.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// An answer cannot be written.
    #[error("the answer cannot be written")]
    Write(#[from] io::Error),
    /// An answer cannot be written as a table.
    #[error("the answer cannot be written as a table")]
    Csv(#[from] csv::Error),
    /// More memory would be needed than was allowed.
    #[error("{needed} MiB of memory are needed and {allowed} MiB are allowed; allow more, or take fewer rows")]
    Memory {
        /// MiB.
        needed: usize,
        /// MiB.
        allowed: usize,
    },
    /// There is no record with this identifier.
    #[error("there is no record {0:?}")]
    NoRecord(String),
    /// The table has too few columns.
    #[error("a table of names has two columns of names")]
    NoNames,
}

/// What to find double records with.
#[derive(Default)]
pub struct Dedupe<'a> {
    /// Text of a map; proposed from the table where missing.
    pub map: Option<&'a str>,
    /// Text of weights; fitted to the table where missing.
    pub weights: Option<&'a str>,
    /// Pairs below are left out; 0.5 where missing.
    pub min_probability: Option<f32>,
    /// MiB that records and lists may take.
    pub memory_mib: Option<usize>,
    /// Language of the explanations.
    pub language: Language,
}

impl Dedupe<'_> {
    fn min_probability(&self) -> f32 {
        self.min_probability.unwrap_or(0.5)
    }
}

/// What a command did, for the person at the terminal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Records read.
    pub records: usize,
    /// Rows that did not fit, and the first of their line numbers.
    pub skipped: u64,
    /// Line numbers of the first thousand of them.
    pub skipped_lines: Vec<u64>,
    /// Pairs looked at.
    pub counts: BatchCounts,
    /// Pairs written.
    pub pairs: usize,
    /// Groups of more than one record.
    pub groups: usize,
    /// Bytes of the index.
    pub bytes: usize,
    /// Version of the weights.
    pub version: String,
}

struct Loaded {
    ids: Vec<Box<str>>,
    index: Index<Slot>,
    weights: Weights,
    map: Map,
    headers: Vec<String>,
    report: Report,
}

/// Reads some rows, from which a map is proposed if there is none; they are given back to be taken in.
fn map_of<R: Read>(table: &mut Table<R>, map: Option<&str>) -> Result<(Map, Vec<Vec<String>>), Failure> {
    let headers = table.headers().to_vec();
    if let Some(text) = map {
        return Ok((Map::parse(text, &headers)?, Vec::new()));
    }
    let mut sample = Vec::new();
    while sample.len() < SAMPLE_ROWS {
        let Some(row) = table.next_row()? else { break };
        sample.push(row.into_iter().map(str::to_owned).collect());
    }
    Ok((Map::propose(&headers, &sample)?, sample))
}

fn load<R: Read>(tables: &mut [Table<R>], options: &Dedupe) -> Result<(Loaded, usize), Failure> {
    let headers = tables[0].headers().to_vec();
    let (map, mut sample) = map_of(&mut tables[0], options.map)?;
    let columns = map.columns();
    let weights = match options.weights {
        Some(text) => Weights::parse(text, &columns)?,
        None => Weights::general(&columns),
    };
    let mut ids: Vec<Box<str>> = Vec::new();
    let mut failure = None;
    let mut left = 0;
    let mut number: Slot = 0;
    let (mut table_at, mut own_map) = (0, map.clone());
    let records = std::iter::from_fn(|| {
        loop {
            if table_at >= tables.len() || failure.is_some() {
                return None;
            }
            let taken: Option<Vec<String>> = if sample.is_empty() { None } else { Some(sample.remove(0)) };
            let row = match &taken {
                Some(row) => Ok(Some(row.iter().map(String::as_str).collect())),
                None => tables[table_at].next_row(),
            };
            match row {
                Ok(Some(row)) => {
                    let (id, person) = own_map.person(&row);
                    let id = id.map_or_else(|| (number + 1).to_string(), str::to_owned);
                    ids.push(id.into());
                    number += 1;
                    return Some((number - 1, person));
                }
                Ok(None) => {
                    table_at += 1;
                    if table_at == 1 {
                        left = ids.len();
                    }
                    if table_at < tables.len() {
                        match map_of(&mut tables[table_at], options.map) {
                            Ok((map, rows)) => (own_map, sample) = (map, rows),
                            Err(error) => failure = Some(error),
                        }
                    }
                }
                Err(error) => failure = Some(error.into()),
            }
        }
    });
    let mut index = Index::of(&weights, records);
    if let Some(failure) = failure {
        return Err(failure);
    }
    let weights = match options.weights {
        Some(_) => weights,
        None => train::train(&index, &weights, SEED),
    };
    index.set_weights(&weights);
    let report = Report {
        records: ids.len(),
        skipped: tables.iter().map(Table::skipped_count).sum(),
        skipped_lines: tables.iter().flat_map(|table| table.skipped().to_vec()).collect(),
        bytes: index.bytes(),
        version: weights.version().to_owned(),
        ..Report::default()
    };
    check_memory(report.bytes, options.memory_mib)?;
    Ok((Loaded { ids, index, weights, map, headers, report }, left))
}

fn check_memory(bytes: usize, allowed: Option<usize>) -> Result<(), Failure> {
    let needed = bytes.div_ceil(1 << 20);
    match allowed {
        Some(allowed) if needed > allowed => Err(Failure::Memory { needed, allowed }),
        _ => Ok(()),
    }
}

/// Finds the double records of a table. `progress` is told how many records are done, and of how many.
///
/// # Errors
/// When the table, map or weights cannot be read, or an answer cannot be written.
pub fn dedupe(
    input: impl Read,
    options: &Dedupe,
    pairs: impl Write,
    clusters: impl Write,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report, Failure> {
    let (loaded, _) = load(&mut [Table::open(input)?], options)?;
    pair_up(loaded, Sides::One, options, pairs, clusters, progress)
}

/// Finds the records of one table in another. Two rows of one table are never paired.
///
/// # Errors
/// When a table, map or weights cannot be read, or an answer cannot be written.
pub fn link<R: Read>(
    left: R,
    right: R,
    options: &Dedupe,
    pairs: impl Write,
    clusters: impl Write,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report, Failure> {
    let (loaded, left) = load(&mut [Table::open(left)?, Table::open(right)?], options)?;
    pair_up(loaded, Sides::Two { left }, options, pairs, clusters, progress)
}

fn pair_up(
    loaded: Loaded,
    sides: Sides,
    options: &Dedupe,
    pairs: impl Write,
    clusters: impl Write,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Report, Failure> {
    let Loaded { ids, mut index, map, headers, mut report, weights, .. } = loaded;
    let considered = CONSIDERED_MIN.min(options.min_probability());
    let (mut edges, counts) = batch::pairs(&index, sides, considered, progress);
    report.counts = counts;
    let mut group = cluster::clusters(&index, &edges, options.min_probability(), None);
    let mut kin = Kin::of(&index, group.clone());
    if !kin.is_empty() {
        if options.weights.is_none() {
            index.set_weights(&kin.fit(&index, &edges, &weights));
        }
        for _ in 0..FAMILY_ROUNDS {
            kin = Kin::of(&index, group);
            kin.weigh(&index, &mut edges);
            edges.extend(kin.pairs(&index, &edges, considered, |left, right| sides.may_pair(left, right)));
            edges.sort_by_key(|edge| (edge.right, edge.left));
            group = cluster::clusters(&index, &edges, options.min_probability(), Some(&kin));
        }
    }
    let found = Found::default();
    let mut out = csv::Writer::from_writer(pairs);
    out.write_record(["id_l", "id_r", "probability", "weight", "explanation"])?;
    for edge in edges.iter().filter(|edge| edge.probability >= options.min_probability()) {
        let names = [edge.left, edge.right].map(|slot| &*ids[slot as usize]);
        let (score, reasons) = index.explain_with_kin(&found, &kin, edge.left, edge.right);
        let text = explanation(&reasons, options.language, |column| map.column_header(&headers, column));
        let numbers = [format!("{:.6}", score.probability), format!("{:.3}", score.weight)];
        out.write_record([names[0], names[1], &numbers[0], &numbers[1], &text])?;
        report.pairs += 1;
    }
    out.flush()?;
    let mut out = csv::Writer::from_writer(clusters);
    out.write_record(["id", "cluster"])?;
    let mut sizes = vec![0_u32; group.len()];
    for (slot, group) in group.iter().enumerate() {
        sizes[*group as usize] += 1;
        out.write_record([&*ids[slot], &*ids[*group as usize]])?;
    }
    out.flush()?;
    report.groups = sizes.iter().filter(|size| **size > 1).count();
    Ok(report)
}

/// Times of questions, in microseconds of this thread's work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueryTimes {
    /// One per question, in their order.
    pub micros: Vec<u64>,
    /// From the first row to the finished index.
    pub build_micros: u64,
}

impl QueryTimes {
    /// The time that so many of a hundred questions did not exceed.
    #[must_use]
    pub fn percentile(&self, percent: usize) -> u64 {
        let mut sorted = self.micros.clone();
        sorted.sort_unstable();
        sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0)
    }
}

/// Looks for each person of one table among the records of another. `clock` gives microseconds of processor time.
///
/// # Errors
/// When a table, map or weights cannot be read, or an answer cannot be written.
pub fn query<R: Read>(
    records: R,
    queries: R,
    options: &Dedupe,
    top: usize,
    hits: impl Write,
    clock: &dyn Fn() -> u64,
) -> Result<(Report, QueryTimes), Failure> {
    let start = clock();
    let (loaded, _) = load(&mut [Table::open(records)?], options)?;
    let mut times = QueryTimes { build_micros: clock() - start, ..QueryTimes::default() };
    let Loaded { ids, mut index, map, headers, mut report, .. } = loaded;
    let mut table = Table::open(queries)?;
    let (query_map, sample) = map_of(&mut table, options.map)?;
    let mut out = csv::Writer::from_writer(hits);
    out.write_record(["query_id", "rank", "id", "probability", "band", "explanation"])?;
    let mut sample = sample.into_iter();
    let mut number = 0_u64;
    loop {
        let taken = sample.next();
        let row = match &taken {
            Some(row) => Some(row.iter().map(String::as_str).collect()),
            None => table.next_row()?,
        };
        let Some(row) = row else { break };
        number += 1;
        let begun = clock();
        let (id, person) = query_map.person(&row);
        let found = index.search(&person, top, SearchEffort::INTERACTIVE);
        times.micros.push(clock() - begun);
        let id = id.map_or_else(|| number.to_string(), str::to_owned);
        for (rank, hit) in found.iter().enumerate() {
            out.write_record([
                &id,
                &(rank + 1).to_string(),
                &*ids[hit.key as usize],
                &format!("{:.6}", hit.score.probability),
                band(hit.score.probability),
                &explanation(&hit.reasons, options.language, |column| map.column_header(&headers, column)),
            ])?;
        }
    }
    out.flush()?;
    report.skipped += table.skipped_count();
    report.skipped_lines.extend(table.skipped());
    Ok((report, times))
}

fn band(probability: f32) -> &'static str {
    match probability {
        probability if probability >= SAME_MIN => "same",
        probability if probability >= ASK_MIN => "ask",
        _ => "new",
    }
}

/// What came of a table of pairs of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Pairs scored.
    pub pairs: usize,
    /// Rows that did not fit.
    pub skipped: u64,
}

/// Scores pairs of names: the first two columns whose headers are not identifiers or labels. The row is repeated, with
/// `score` and `band` behind it.
///
/// # Errors
/// When the table cannot be read, has no two columns, or the answer cannot be written.
pub fn names(input: impl Read, out: impl Write) -> Result<Names, Failure> {
    let mut table = Table::open(input)?;
    let headers = table.headers().to_vec();
    const OTHER: [&str; 12] = [
        "id", "label", "match", "is_match", "same", "lang", "language", "culture", "kind", "type", "source", "pair_id",
    ];
    let is_name = |header: &str| !OTHER.contains(&header.to_lowercase().as_str());
    let places: Vec<usize> = (0..headers.len()).filter(|place| is_name(&headers[*place])).take(2).collect();
    let [left, right] = places[..] else { return Err(Failure::NoNames) };
    let mut out = csv::Writer::from_writer(out);
    let head = headers.iter().map(String::as_str).chain(["score", "band"]);
    out.write_record(head)?;
    let mut done = Names::default();
    while let Some(row) = table.next_row()? {
        let score = WholeName::of(row[left]).similarity(&WholeName::of(row[right]));
        let score_text = format!("{score:.4}");
        out.write_record(row.iter().copied().chain([score_text.as_str(), Band::of_names(score).name()]))?;
        done.pairs += 1;
    }
    done.skipped = table.skipped_count();
    out.flush()?;
    Ok(done)
}

/// Says why two records of a table are or are not one person: probability, weight, and a line per reason.
///
/// # Errors
/// When the table, map or weights cannot be read, or one of the records is not there.
pub fn explain_pair(input: impl Read, options: &Dedupe, left: &str, right: &str) -> Result<String, Failure> {
    let (loaded, _) = load(&mut [Table::open(input)?], options)?;
    let slot = |id: &str| {
        let place = loaded.ids.iter().position(|other| **other == *id);
        place.and_then(|place| Slot::try_from(place).ok()).ok_or_else(|| Failure::NoRecord(id.to_owned()))
    };
    let (score, reasons) = loaded.index.explain_slots(&Found::default(), slot(left)?, slot(right)?);
    let column = |column| loaded.map.column_header(&loaded.headers, column);
    let mut text =
        format!("probability {:.6}, weight {:.3} bits, {}\n", score.probability, score.weight, band(score.probability));
    for reason in &reasons {
        text.push_str(&explanation(std::slice::from_ref(reason), options.language, column));
        text.push('\n');
    }
    Ok(text)
}

/// Fits weights to a table.
///
/// # Errors
/// When the table or map cannot be read.
pub fn train_file(input: impl Read, map: Option<&str>) -> Result<(String, Report), Failure> {
    let (loaded, _) = load(&mut [Table::open(input)?], &Dedupe { map, ..Dedupe::default() })?;
    Ok((loaded.weights.to_toml(), loaded.report))
}

/// Proposes a map for a table.
///
/// # Errors
/// When the table cannot be read, or no column tells persons apart.
pub fn propose_map(input: impl Read) -> Result<String, Failure> {
    let mut table = Table::open(input)?;
    let (map, _) = map_of(&mut table, None)?;
    debug_assert!(map.columns().iter().all(|field| *field as usize >= Field::PERSONAL_FIELDS));
    Ok(map.to_toml(table.headers()))
}
