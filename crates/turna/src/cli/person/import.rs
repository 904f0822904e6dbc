// SPDX-License-Identifier: Apache-2.0
//! `person import` and `family import`: the rows of an older register, one family after the other through the same act as
//! any officer's, with what could not be taken in a file to be mended and read again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use app::registry::{ImportMap, Line, LineError};
use clap::Args;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use web::api::wire::{ProblemDocument, RegisteredFamily};

use crate::{
    cli::{
        Place,
        desk::{Desk, Login, at_desk},
        input::{read_file, write_file},
    },
    client::Ended,
    output::{Answer, Form, note},
};

/// The most bytes of a table: about a million rows.
const TABLE_BYTES_MAX: usize = 512 * 1024 * 1024;
/// The most bytes of a map.
const MAP_BYTES_MAX: usize = 1024 * 1024;
/// Rows by which a map is proposed.
const SAMPLE_ROWS: usize = 200;
/// How often it is said how far it is.
const SAY_EVERY: Duration = Duration::from_secs(2);
/// What the file with the refused rows has more than the table.
const REJECT_HEADERS: [&str; 3] = ["import_line", "import_column", "import_reason"];

#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    #[command(flatten)]
    login: Login,
    /// Table with headers, separated by commas, semicolons or tabs, in UTF-8
    file: PathBuf,
    /// Map that says what each column is; proposed and written if it is not there
    #[arg(long, value_name = "FILE")]
    map: PathBuf,
    /// File for the rows that could not be taken; beside the table if absent
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
}

/// Whether rows are persons of their own or belong to households.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Unit {
    Person,
    Family,
}

/// A table in memory.
struct Table {
    headers: Vec<String>,
    lines: Vec<Line>,
    delimiter: u8,
    digest: String,
}

impl Import {
    pub(in crate::cli) async fn run(self, place: &Place, unit: Unit) -> anyhow::Result<Answer> {
        let table = Table::read(&self.file)?;
        if !self.map.exists() {
            let sample: Vec<Vec<String>> =
                table.lines.iter().take(SAMPLE_ROWS).map(|line| line.values.clone()).collect();
            let map = ImportMap::propose(&table.headers, &sample).map_err(anyhow::Error::msg)?;
            write_file(&self.map, map.as_bytes())?;
            let text = format!("{} proposes what each column is: correct it, then run this again", self.map.display());
            return Ok(Answer::done(text, json!({ "proposed": self.map })));
        }
        let text = String::from_utf8(read_file(&self.map, MAP_BYTES_MAX)?).context("the map is not UTF-8")?;
        let map = ImportMap::parse(&text, &table.headers);
        let map = map.map_err(|why| anyhow::anyhow!("{}: {why}", self.map.display()))?;
        let form = place.form();
        at_desk(place, &self.login, async |desk| self.import(desk, &table, &map, unit, form).await).await
    }

    async fn import(
        &self,
        desk: &Desk,
        table: &Table,
        map: &ImportMap,
        unit: Unit,
        form: Form,
    ) -> anyhow::Result<Answer> {
        let families = families(table, map, unit);
        let mut done = Done::open(&self.file, &table.digest)?;
        let (mut registered, mut before, mut persons, mut errors) = (0, 0, 0, Vec::new());
        let mut bar = Bar::new(form, families.len());
        for (position, lines) in families.iter().enumerate() {
            bar.say(position);
            let first = lines[0].number;
            if done.lines.contains(&first) {
                before += 1;
                continue;
            }
            let registration = match map.registration(&table.headers, lines) {
                Ok(registration) => registration,
                Err(found) => {
                    errors.extend(found);
                    continue;
                }
            };
            let key = format!("import-{}-{first}", &table.digest[..32]);
            match desk.client.post_once::<RegisteredFamily>("/families", &registration, &key).await? {
                Ended::Done(family) => {
                    registered += 1;
                    persons += family.members.len();
                    let numbers = family.members.iter().map(|member| member.number.to_string());
                    done.note(first, &numbers.collect::<Vec<_>>().join(" "))?;
                }
                Ended::Refused(problem) => errors.extend(refused(&problem, lines)),
            }
        }
        let rejects = self.rejects.clone().unwrap_or_else(|| beside(&self.file, ".rejects.csv"));
        let rejected = write_rejects(&rejects, table, &families, &errors)?;
        let mut text = format!("{registered} families with {persons} persons registered, {before} had been before");
        if rejected > 0 {
            text.push_str(&format!(", {rejected} rows not taken: mend them in {} and read it", rejects.display()));
        }
        let json = json!({
            "families": registered,
            "persons": persons,
            "before": before,
            "rejected_rows": rejected,
            "rejects": if rejected > 0 { json!(rejects) } else { json!(null) },
        });
        Ok(Answer::checked(text, json, rejected))
    }
}

impl Table {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let bytes = read_file(path, TABLE_BYTES_MAX)?;
        let digest = domain::audit::hex(Sha256::digest(&bytes));
        let text = std::str::from_utf8(&bytes).with_context(|| format!("{} is not UTF-8", path.display()))?;
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or_default();
        let count = |sign: &u8| first.bytes().filter(|byte| byte == sign).count();
        let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let headers: Vec<String> = reader.headers()?.iter().map(|header| header.trim().to_owned()).collect();
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = record.with_context(|| path.display().to_string())?;
            let number = record.position().map_or(0, csv::Position::line);
            lines.push(Line { number, values: record.iter().map(str::to_owned).collect() });
        }
        if lines.is_empty() {
            bail!("{} has no rows", path.display());
        }
        Ok(Self { headers, lines, delimiter, digest })
    }
}

/// Rows that belong together, in the order in which the first of each stands.
fn families(table: &Table, map: &ImportMap, unit: Unit) -> Vec<Vec<Line>> {
    let (mut places, mut families): (BTreeMap<&str, usize>, Vec<Vec<Line>>) = Default::default();
    for line in &table.lines {
        let household = if unit == Unit::Family { map.household(line) } else { None };
        match household.and_then(|household| places.get(household)) {
            Some(&place) => families[place].push(line.clone()),
            None => {
                if let Some(household) = household {
                    places.insert(household, families.len());
                }
                families.push(vec![line.clone()]);
            }
        }
    }
    families
}

/// A refusal as what is wrong with rows: fields and look-alikes name their member.
fn refused(problem: &ProblemDocument, lines: &[Line]) -> Vec<LineError> {
    let at = |member: usize| lines.get(member).unwrap_or(&lines[0]).number;
    let mut errors: Vec<LineError> = Vec::new();
    for error in &problem.errors {
        let member = error.field.strip_prefix("members[").and_then(|rest| rest.split(']').next()?.parse().ok());
        let line = at(member.unwrap_or(0));
        errors.push(LineError { line, column: Some(error.field.clone()), reason: error.problem.clone() });
    }
    for alike in &problem.looks_like {
        let reason = format!(
            "looks like the registered person {}: the same person is not registered again; if she is another, give her \
             number in a column other_person and the reason in other_reason",
            alike.number
        );
        let line = at(usize::try_from(alike.member).unwrap_or(0));
        errors.push(LineError { line, column: None, reason });
    }
    if errors.is_empty() {
        errors.push(LineError { line: lines[0].number, column: None, reason: problem.detail.clone() });
    }
    errors
}

/// Writes every row of each family that was not taken, with what is wrong. Returns how many; none leaves no file.
fn write_rejects(path: &Path, table: &Table, families: &[Vec<Line>], errors: &[LineError]) -> anyhow::Result<usize> {
    if errors.is_empty() {
        return Ok(0);
    }
    let mut reasons: BTreeMap<u64, Vec<&LineError>> = BTreeMap::new();
    for error in errors {
        reasons.entry(error.line).or_default().push(error);
    }
    let mut writer = csv::WriterBuilder::new().delimiter(table.delimiter).from_writer(Vec::new());
    let kept: Vec<usize> =
        (0..table.headers.len()).filter(|place| !REJECT_HEADERS.contains(&table.headers[*place].as_str())).collect();
    let own = kept.iter().map(|place| table.headers[*place].as_str());
    writer.write_record(own.chain(REJECT_HEADERS))?;
    let mut count = 0;
    for family in families.iter().filter(|family| family.iter().any(|line| reasons.contains_key(&line.number))) {
        for line in family {
            let found = reasons.get(&line.number).map(Vec::as_slice).unwrap_or_default();
            let column = found.iter().filter_map(|error| error.column.as_deref()).collect::<Vec<_>>().join("; ");
            let reason = found.iter().map(|error| error.reason.as_str()).collect::<Vec<_>>().join("; ");
            let reason = if reason.is_empty() { "another row of the family was not taken".to_owned() } else { reason };
            let number = line.number.to_string();
            let values = kept.iter().map(|place| line.values.get(*place).map(String::as_str).unwrap_or_default());
            writer.write_record(values.chain([number.as_str(), &column, &reason]))?;
            count += 1;
        }
    }
    write_file(path, &writer.into_inner().map_err(|error| error.into_error())?)?;
    Ok(count)
}

/// What of a file was done already: a line for each family, written before the next is begun, so that a broken import is
/// taken up where it was.
struct Done {
    file: File,
    lines: BTreeSet<u64>,
}

impl Done {
    fn open(table: &Path, digest: &str) -> anyhow::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let path = beside(table, &format!(".{}.done", &digest[..12]));
        let text = match std::fs::read_to_string(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            text => text.with_context(|| format!("{} cannot be read", path.display()))?,
        };
        let lines = text.lines().filter_map(|line| line.split(' ').next()?.parse().ok()).collect();
        let file = File::options().create(true).append(true).mode(0o600).open(&path);
        let file = file.with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self { file, lines })
    }

    fn note(&mut self, line: u64, numbers: &str) -> anyhow::Result<()> {
        writeln!(self.file, "{line} {numbers}").context("what was done cannot be noted")
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// How far it is, how fast, and how long it will take, on standard error.
struct Bar {
    form: Form,
    all: usize,
    began: Instant,
    said: Instant,
}

impl Bar {
    fn new(form: Form, all: usize) -> Self {
        let now = Instant::now();
        Self { form, all, began: now, said: now }
    }

    fn say(&mut self, done: usize) {
        if self.form != Form::Text || self.said.elapsed() < SAY_EVERY || done == 0 {
            return;
        }
        self.said = Instant::now();
        let rate = done as f64 / self.began.elapsed().as_secs_f64();
        let left = (self.all - done) as f64 / rate;
        let cells = done * 30 / self.all.max(1);
        let bar: String = (0..30).map(|cell| if cell < cells { '#' } else { '.' }).collect();
        note(&format!("[{bar}] {done} of {} families, {rate:.0}/s, {left:.0} s left", self.all));
    }
}
