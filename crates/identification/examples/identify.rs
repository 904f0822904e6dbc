// SPDX-License-Identifier: Apache-2.0
//! The engine on files, without the rest of the program: what `turna identify` does, to try and to measure.
//!
//! `identify dedupe INPUT --out PAIRS --clusters CLUSTERS`, `identify link LEFT RIGHT …`,
//! `identify query --records R --queries Q --out HITS`, `identify names PAIRS --out SCORED`, `identify map INPUT`,
//! `identify train INPUT --out WEIGHTS`, `identify explain INPUT ID ID`.

use std::{collections::HashMap, error::Error, fs, fs::File, io::BufWriter};

use identification::{
    files::{self, Dedupe},
    texts::Language,
};
use rustix::time::{ClockId, clock_gettime};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let verb = arguments.next().unwrap_or_default();
    let (mut plain, mut named) = (Vec::new(), HashMap::new());
    while let Some(argument) = arguments.next() {
        match argument.strip_prefix("--") {
            Some(name) => {
                named.insert(name.to_owned(), arguments.next().unwrap_or_default());
            }
            None => plain.push(argument),
        }
    }
    let text = |name: &str| named.get(name).map(fs::read_to_string).transpose();
    let (map, weights) = (text("map")?, text("weights")?);
    let options = Dedupe {
        map: map.as_deref(),
        weights: weights.as_deref(),
        min_probability: named.get("min-probability").map(|text| text.parse()).transpose()?,
        memory_mib: None,
        language: named.get("language").and_then(|text| Language::parse(text)).unwrap_or_default(),
    };
    let create = |name: &str| -> Result<BufWriter<File>, Box<dyn Error>> {
        let path = named.get(name).ok_or_else(|| format!("--{name} is missing"))?;
        Ok(BufWriter::new(File::create(path)?))
    };
    match (verb.as_str(), &plain[..]) {
        ("dedupe", [input]) => {
            let report = files::dedupe(File::open(input)?, &options, create("out")?, create("clusters")?, &|_, _| {})?;
            eprintln!("{report:?} cpu {:.2} s", cpu_seconds());
        }
        ("link", [left, right]) => {
            let (left, right) = (File::open(left)?, File::open(right)?);
            let report = files::link(left, right, &options, create("out")?, create("clusters")?, &|_, _| {})?;
            eprintln!("{report:?} cpu {:.2} s", cpu_seconds());
        }
        ("query", []) => {
            let open = |name: &str| File::open(named.get(name).map_or("", String::as_str));
            let top = named.get("top").map_or(Ok(10), |top| top.parse())?;
            let (report, times) =
                files::query(open("records")?, open("queries")?, &options, top, create("out")?, &thread_micros)?;
            eprintln!(
                "{report:?} build {:.2} s p50 {} us p99 {} us",
                times.build_micros as f64 / 1e6,
                times.percentile(50),
                times.percentile(99)
            );
        }
        ("names", [input]) => eprintln!("{:?}", files::names(File::open(input)?, create("out")?)?),
        ("map", [input]) => print!("{}", files::propose_map(File::open(input)?)?),
        ("train", [input]) => fs::write(&named["out"], files::train_file(File::open(input)?, map.as_deref())?.0)?,
        ("explain", [input, left, right]) => {
            print!("{}", files::explain_pair(File::open(input)?, &options, left, right)?);
        }
        _ => return Err("dedupe, link, query, names, map, train or explain; see the first lines of the source".into()),
    }
    Ok(())
}

/// Processor time of this thread in microseconds.
fn thread_micros() -> u64 {
    micros(ClockId::ThreadCPUTime)
}

/// Processor time of all threads in seconds.
fn cpu_seconds() -> f64 {
    micros(ClockId::ProcessCPUTime) as f64 / 1e6
}

fn micros(clock: ClockId) -> u64 {
    let time = clock_gettime(clock);
    u64::try_from(time.tv_sec).unwrap_or(0) * 1_000_000 + u64::try_from(time.tv_nsec).unwrap_or(0) / 1_000
}
