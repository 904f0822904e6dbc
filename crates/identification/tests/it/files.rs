// SPDX-License-Identifier: Apache-2.0
//! Tables in, tables out: what an office with two spreadsheets gets.

use identification::files::{self, Dedupe, Failure};

/// A table of a hundred people, one of them twice in two scripts, with two rows that do not fit.
fn table() -> String {
    let given = ["Əli", "Vüqar", "Nigar", "Rəşad", "Aygün", "Kamran", "Leyla", "Orxan", "Günel", "Samir"];
    let family = [
        "Məmmədov",
        "Quliyev",
        "Hüseynov",
        "Babayev",
        "Rzayev",
        "İsmayılov",
        "Kərimov",
        "Abbasov",
        "Mirzəyev",
        "Nağıyev",
    ];
    let mut text = String::from("\u{feff}№;Soyadı;Adı;Ata adı;Doğum tarixi;Telefon\r\n");
    for number in 0..100_usize {
        let (given, family, father) = (given[number % 10], family[number / 10], given[(number * 7 + 3) % 10]);
        let birth = format!("{:02}.{:02}.{}", 1 + number % 28, 1 + number % 12, 1950 + number % 50);
        text.push_str(&format!("{number};{family};{given};{father};{birth};050{:07}\r\n", number * 73_291 % 9_999_999));
    }
    text.push_str("200;Гусейнов;Орхан;\"Орхан\";1.01.1977\r\n");
    text.push_str("201;Гусейнов;Рашад;Айгюн;24.12.1973;055 765 43 21\r\n");
    text.push_str("202;zu;viele;Felder;1.1.1990;1;2\r\n");
    text
}

fn run(options: &Dedupe) -> (files::Report, String, String) {
    let (mut pairs, mut clusters) = (Vec::new(), Vec::new());
    let report = files::dedupe(table().as_bytes(), options, &mut pairs, &mut clusters, &|_, _| {}).unwrap();
    (report, String::from_utf8(pairs).unwrap(), String::from_utf8(clusters).unwrap())
}

#[test]
fn double_records_are_found_without_a_map_and_rows_that_do_not_fit_are_named() {
    let (report, pairs, clusters) = run(&Dedupe::default());
    assert_eq!((report.records, report.skipped), (101, 2));
    assert_eq!(report.skipped_lines, [102, 104]);
    assert!(pairs.starts_with("id_l,id_r,probability,weight,explanation\n"), "{pairs}");
    assert!(pairs.contains("\n23,201,"), "{pairs}");
    assert!(clusters.contains("\n201,23\n"), "{clusters}");
    assert_eq!(clusters.lines().count(), 102);
}

#[test]
fn the_same_table_gives_the_same_answer() {
    let (one, other) = (run(&Dedupe::default()), run(&Dedupe::default()));
    assert_eq!((one.1, one.2), (other.1, other.2));
}

#[test]
fn a_batch_and_a_question_say_the_same_of_a_pair() {
    let weights = identification::weights::Weights::general(&[]).to_toml();
    let options = Dedupe { weights: Some(&weights), min_probability: Some(0.2), ..Dedupe::default() };
    let (_, pairs, _) = run(&options);
    let batch = pairs.lines().find(|line| line.starts_with("23,201,")).unwrap();
    let weight: f32 = batch.split(',').nth(3).unwrap().parse().unwrap();
    let explained = files::explain_pair(table().as_bytes(), &options, "201", "23").unwrap();
    let told: f32 = explained.split("weight ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((weight - told).abs() < 1e-2, "{batch} {explained}");
}

#[test]
fn explanations_speak_the_language_that_was_asked_for() {
    for (language, word) in [("az", "ata adı"), ("ru", "имя отца"), ("fa", "نام پدر"), ("en", "father's name")]
    {
        let language = identification::texts::Language::parse(language).unwrap();
        let (_, pairs, _) = run(&Dedupe { language, ..Dedupe::default() });
        assert!(pairs.contains(word), "{pairs}");
    }
}

#[test]
fn too_little_memory_is_refused_before_the_work_begins() {
    let mut rows = String::from("id,given\n");
    (0..40_000).for_each(|number| rows.push_str(&format!("{number},Əli\n")));
    let options = Dedupe { memory_mib: Some(1), ..Dedupe::default() };
    let refused = files::dedupe(rows.as_bytes(), &options, Vec::new(), Vec::new(), &|_, _| {});
    assert!(matches!(refused, Err(Failure::Memory { allowed: 1, .. })), "{refused:?}");
}

#[test]
fn two_tables_with_different_columns_are_linked_and_rows_of_one_never_paired() {
    let right = "name,born\nMammadov Ali,1950-01-01\nHuseynov Rashad,1973-12-24\nHuseynov Rashad,1973-12-24\n";
    let (mut pairs, mut clusters) = (Vec::new(), Vec::new());
    let left = table();
    files::link(left.as_bytes(), right.as_bytes(), &Dedupe::default(), &mut pairs, &mut clusters, &|_, _| {}).unwrap();
    let pairs = String::from_utf8(pairs).unwrap();
    let found: Vec<&str> = pairs.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert!(found.contains(&"23") && found.contains(&"201"), "{pairs}");
    assert!(!pairs.contains("\n2,3,") && !pairs.contains("\n23,201,"), "{pairs}");
}

#[test]
fn a_question_is_answered_with_rank_band_and_reasons() {
    let queries = "id,Soyadı,Adı,Doğum tarixi\nq1,Guseinov,Rashad,1973-12-24\n";
    let mut hits = Vec::new();
    let (records, mut clock) = (table(), 0_u64);
    clock += 1;
    let (report, times) =
        files::query(records.as_bytes(), queries.as_bytes(), &Dedupe::default(), 3, &mut hits, &|| clock).unwrap();
    let hits = String::from_utf8(hits).unwrap();
    assert_eq!((report.records, times.micros.len()), (101, 1));
    let first = hits.lines().nth(1).unwrap();
    assert!(first.starts_with("q1,1,201,") || first.starts_with("q1,1,23,"), "{hits}");
    assert!(first.contains("date of birth"), "{hits}");
    assert!(hits.lines().count() <= 4);
}

#[test]
fn pairs_of_names_get_a_score_and_a_band() {
    let table = "id,left,right,label\n1,Əli Məmmədov,Али Мамедов,1\n2,Əli Məmmədov,Иван Петров,0\n";
    let mut out = Vec::new();
    files::names(table.as_bytes(), &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let rows: Vec<&str> = out.lines().collect();
    assert!(rows[0].ends_with(",score,band") && rows[1].ends_with(",same") && rows[2].ends_with(",new"), "{out}");
    assert!(matches!(files::names(&b"id\n1\n"[..], Vec::new()), Err(Failure::NoNames)));
}
