// SPDX-License-Identifier: Apache-2.0
//! `bench identification DIR…`: how well and how quickly the engine finds double records and answers questions, on folders with
//! `records.csv`, `truth.csv` (record, person), and where there are questions `queries.csv` and `queries_truth.csv` (question,
//! person or nothing).

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
    process::Command,
};

use anyhow::{Context, bail};

use crate::shell;

/// Measures each folder and prints a table.
pub(crate) fn bench(root: &Path, folders: &[String]) -> anyhow::Result<()> {
    if folders.is_empty() {
        bail!("name at least one folder with records.csv and truth.csv");
    }
    shell::run(shell::cargo_with_profile(root, "build").args(["-p", "identification", "--example", "identify"]))?;
    let program = shell::built(root, "examples/identify");
    println!("| folder | records | precision | recall | F1 | CPU s | recall@10 | recall@1 | p50 ms | p99 ms |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for folder in folders {
        let folder = Path::new(folder);
        let results = shell::empty_folder(root, "bench-identification")?;
        let truth = pairs_of(&folder.join("truth.csv"))?;
        let cpu = dedupe(&program, folder, &results)?;
        let [precision, recall, f1] = agreement(&pairs_of(&results.join("clusters.csv"))?, &truth);
        let asked = if folder.join("queries.csv").exists() {
            query(&program, folder, &results, &truth)?
        } else {
            "| | | ".to_owned()
        };
        println!(
            "| {} | {} | {precision:.4} | {recall:.4} | {f1:.4} | {cpu} | {asked} |",
            folder.display(),
            truth.len()
        );
        by_culture(folder, &pairs_of(&results.join("clusters.csv"))?, &truth)?;
    }
    peers(root, folders)
}

/// False matches and misses by culture of names, with their ratio to the mean of the cultures; the culture of a record is its
/// nationality.
fn by_culture(folder: &Path, groups: &HashMap<String, String>, truth: &HashMap<String, String>) -> anyhow::Result<()> {
    let Some(nationalities) = column_of(&folder.join("records.csv"), "nationality")? else { return Ok(()) };
    let mut rates = Vec::new();
    let all: HashSet<&String> = nationalities.values().collect();
    let mut all: Vec<_> = all.into_iter().filter(|nationality| nationality.len() == 3).collect();
    all.sort();
    for nationality in all {
        let within = |map: &HashMap<String, String>| -> HashMap<String, String> {
            let is_of = |record: &&String| nationalities.get(*record) == Some(nationality);
            map.iter().filter(|(record, _)| is_of(record)).map(|(a, b)| (a.clone(), b.clone())).collect()
        };
        let [precision, recall, _] = agreement(&within(groups), &within(truth));
        rates.push((nationality, 1.0 - precision, 1.0 - recall));
    }
    let mean =
        |rate: &dyn Fn(&(&String, f64, f64)) -> f64| rates.iter().map(rate).sum::<f64>() / rates.len().max(1) as f64;
    let (wrong, missed) = (mean(&|rate| rate.1).max(1e-9), mean(&|rate| rate.2).max(1e-9));
    println!("\n| nationality | false | × mean | missed | × mean |\n|---|---|---|---|---|");
    for (nationality, of_wrong, of_missed) in &rates {
        let (times_wrong, times_missed) = (of_wrong / wrong, of_missed / missed);
        println!("| {nationality} | {of_wrong:.4} | {times_wrong:.2} | {of_missed:.4} | {times_missed:.2} |");
    }
    println!();
    Ok(())
}

/// One column by the first, of a table whose fields may be quoted; nothing if it has no such column.
fn column_of(path: &Path, column: &str) -> anyhow::Result<Option<HashMap<String, String>>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut lines = text.lines().map(fields);
    let place = lines.next().and_then(|head| head.iter().position(|name| name == column));
    let Some(place) = place else { return Ok(None) };
    let rows =
        lines.filter_map(|mut row| (row.len() > place).then(|| (row[0].clone(), std::mem::take(&mut row[place]))));
    Ok(Some(rows.collect()))
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            other => out.last_mut().into_iter().for_each(|field| field.push(other)),
        }
    }
    out
}

/// What others do on the same machine: `scripts` of Python in an environment of their own. What cannot be installed is named
/// and left out.
fn peers(root: &Path, folders: &[String]) -> anyhow::Result<()> {
    let place = root.join("target/bench-peers");
    let python = place.join("bin/python");
    if !python.exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&place).status();
        if !made.is_ok_and(|status| status.success()) {
            println!("peers: left out, because Python has no venv");
            return Ok(());
        }
    }
    for package in ["rapidfuzz", "recordlinkage", "splink"] {
        let mut command = Command::new(&python);
        command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]);
        if !command.status().is_ok_and(|status| status.success()) {
            println!("peers: {package} cannot be installed, so it is left out");
        }
    }
    let script = root.join("xtask/src/identification_peers.py");
    let status = Command::new(&python).arg(script).args(folders).status().context("cannot run the peers")?;
    if !status.success() {
        println!("peers: the script ended with {status}");
    }
    Ok(())
}

/// Runs the program and gives what it says.
fn said(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} ended with {}", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The word behind another.
fn behind<'a>(text: &'a str, word: &str) -> &'a str {
    text.split(word).nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or("?")
}

fn dedupe(program: &Path, folder: &Path, results: &Path) -> anyhow::Result<String> {
    let mut command = Command::new(program);
    command.arg("dedupe").arg(folder.join("records.csv")).arg("--out").arg(results.join("pairs.csv"));
    let text = said(command.arg("--clusters").arg(results.join("clusters.csv")))?;
    Ok(behind(&text, "cpu ").to_owned())
}

fn query(program: &Path, folder: &Path, results: &Path, truth: &HashMap<String, String>) -> anyhow::Result<String> {
    let mut command = Command::new(program);
    command.arg("query").arg("--records").arg(folder.join("records.csv"));
    command.arg("--queries").arg(folder.join("queries.csv")).arg("--out").arg(results.join("hits.csv"));
    let text = said(&mut command)?;
    let registered: HashSet<&String> = truth.values().collect();
    let asked = pairs_of(&folder.join("queries_truth.csv"))?;
    let known: Vec<_> = asked.iter().filter(|(_, person)| registered.contains(person)).collect();
    let mut ranks: HashMap<String, usize> = HashMap::new();
    for line in fs::read_to_string(results.join("hits.csv"))?.lines().skip(1) {
        let mut fields = line.splitn(4, ',');
        let (Some(question), Some(rank), Some(record)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let is_right = asked.get(question).is_some_and(|person| truth.get(record) == Some(person));
        if let (true, Ok(rank)) = (is_right, rank.parse()) {
            ranks.entry(question.to_owned()).or_insert(rank);
        }
    }
    let share = |rank_max: usize| {
        let found = known.iter().filter(|(question, _)| ranks.get(*question).is_some_and(|rank| *rank <= rank_max));
        found.count() as f64 / known.len().max(1) as f64
    };
    let milliseconds = |word| behind(&text, word).parse::<f64>().unwrap_or(f64::NAN) / 1e3;
    Ok(format!("{:.4} | {:.4} | {:.2} | {:.2}", share(10), share(1), milliseconds("p50 "), milliseconds("p99 ")))
}

/// The first two columns of a table without quotes.
fn pairs_of(path: &Path) -> anyhow::Result<HashMap<String, String>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = text.lines().skip(1).map(|line| {
        let mut fields = line.split(',');
        (fields.next().unwrap_or_default().to_owned(), fields.next().unwrap_or_default().to_owned())
    });
    Ok(rows.collect())
}

/// Precision, recall and F1 of the pairs inside groups.
fn agreement(groups: &HashMap<String, String>, truth: &HashMap<String, String>) -> [f64; 3] {
    let pairs = |counts: HashMap<(&str, &str), u64>| -> f64 {
        counts.values().map(|count| count * (count - 1) / 2).sum::<u64>() as f64
    };
    let count = |key: &dyn Fn(&str) -> (String, String)| {
        let keys: Vec<(String, String)> = groups.keys().map(|record| key(record)).collect();
        let mut counts = HashMap::new();
        for (left, right) in &keys {
            *counts.entry((left.as_str(), right.as_str())).or_insert(0) += 1;
        }
        pairs(counts)
    };
    let person = |record: &str| truth.get(record).cloned().unwrap_or_else(|| record.to_owned());
    let group = |record: &str| groups.get(record).cloned().unwrap_or_default();
    let both = count(&|record| (group(record), person(record)));
    let found = count(&|record| (group(record), String::new()));
    let there = count(&|record| (person(record), String::new()));
    let (precision, recall) = (both / found.max(1.0), both / there.max(1.0));
    [precision, recall, 2.0 * both / (found + there).max(1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_field_may_hold_a_comma() {
        assert_eq!(fields("1,\"a, b\",AZE"), ["1", "a, b", "AZE"]);
    }

    #[test]
    fn groups_are_measured_by_their_pairs() {
        let map = |pairs: &[(&str, &str)]| -> HashMap<String, String> {
            pairs.iter().map(|(left, right)| ((*left).to_owned(), (*right).to_owned())).collect()
        };
        let truth = map(&[("1", "a"), ("2", "a"), ("3", "a"), ("4", "b")]);
        let groups = map(&[("1", "1"), ("2", "1"), ("3", "3"), ("4", "3")]);
        let [precision, recall, f1] = agreement(&groups, &truth);
        assert!((precision - 0.5).abs() < 1e-9 && (recall - 1.0 / 3.0).abs() < 1e-9 && (f1 - 0.4).abs() < 1e-9);
    }
}
