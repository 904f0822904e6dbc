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
