// SPDX-License-Identifier: Apache-2.0
//! A broken copy of the shipped pack for each kind of check: the error names file, line and reason.

use std::collections::BTreeMap;

use law::{Pack, PackError};

use crate::support::{FILES, lines, with};

const REFUGEE: &str = "procedures/refugee_status.toml";
const REVOCATION: &str = "procedures/card_revocation.toml";
const NATIONAL: &str = "provisions/national.toml";
const TREATIES: &str = "instruments/treaties.toml";
const ACTS: &str = "instruments/national.toml";

fn errors_of(files: &BTreeMap<String, String>) -> Vec<PackError> {
    Pack::parse(files).expect_err("the broken pack was accepted")
}

/// Where an error is expected to point.
enum Line<'a> {
    /// The line that has this text.
    Of(&'a str),
    /// The head `[[…]]` of the entry that has this text.
    Entry(&'a str),
    /// No line: the file as a whole.
    Whole,
}

fn expected_line(text: &str, line: &Line<'_>) -> Option<usize> {
    let number_of = |marker: &str| {
        let offset = text.find(marker).unwrap_or_else(|| panic!("no such text: {marker}"));
        text[..offset].matches('\n').count()
    };
    match line {
        Line::Whole => None,
        Line::Of(marker) => Some(number_of(marker) + 1),
        Line::Entry(marker) => {
            let until = number_of(marker);
            let head = text.lines().take(until + 1).collect::<Vec<_>>().iter().rposition(|line| line.starts_with("[["));
            head.map(|index| index + 1)
        }
    }
}

/// File, text to replace, replacement, where the error points, and part of its reason.
type Case<'a> = (&'a str, &'a str, &'a str, Line<'a>, &'a str);

fn check_all(cases: &[Case<'_>]) {
    for (file, from, to, line, reason) in cases {
        let files = with(file, from, to);
        let errors = errors_of(&files);
        let line = expected_line(&files[*file], line);
        let found =
            errors.iter().any(|error| error.file == *file && error.line == line && error.reason.contains(reason));
        assert!(found, "expected {file}:{line:?}: …{reason}…, but found\n{}", lines(&errors));
    }
}

#[test]
fn a_wrong_shape_is_reported_with_its_line() {
    check_all(&[
        ("pack.toml", "code = \"AZE\"", "code = AZE", Line::Of("code = AZE"), ""),
        (REFUGEE, "kind = \"open\"", "kind = \"open\"\ncolour = 1", Line::Of("colour = 1"), "unknown field `colour`"),
        ("figures.toml", "[[figure]]", "colour = 1\n\n[[figure]]", Line::Of("colour = 1"), "unknown key `colour`"),
        (
            NATIONAL,
            "part = \"whole\"",
            "part = \"whole\"\ncolour = 1",
            Line::Of("colour = 1"),
            "unknown field `colour`",
        ),
        (REFUGEE, "\"registrar\"", "\"regstrar\"", Line::Of("regstrar"), "none of: registrar"),
        ("calendar.toml", "\"2025-01-01\"", "\"2025-02-30\"", Line::Of("2025-02-30"), ""),
        (NATIONAL, "in_force_from = \"2013-08-01\"\n", "", Line::Entry("az-migration-code:2\""), "in_force_from"),
        ("acts.toml", "[[act]]", "[act]", Line::Of("[[act]]"), ""),
        (
            "calendar.toml",
            "weekly_rest = [\"saturday\"",
            "weekly_rest = [\"caturday\"",
            Line::Of("caturday"),
            "none of",
        ),
        (REFUGEE, "code = \"refugee_status\"", "code = \"Refugee Status\"", Line::Of("Refugee Status"), "a code has"),
    ]);
}

#[test]
fn a_broken_instrument_is_reported() {
    check_all(&[
        (TREATIES, "int-1967-protocol", "int-1951-refugees", Line::Entry("Protokolu"), "is already on line"),
        (
            ACTS,
            "carries_out = [\"int-1966-iccpr\"",
            "carries_out = [\"int-none\"",
            Line::Entry("int-none"),
            "no treaty",
        ),
        (ACTS, "adopted = \"1995-11-12\"", "adopted = \"1996-11-12\"", Line::Entry("1996-11-12"), "not in order"),
        (ACTS, "in_force_from = \"1995-11-27\"", "signed = \"1995-11-27\"", Line::Entry("signed"), "only treaties"),
        (ACTS, "in_force_from = \"1995-11-27\"\n", "", Line::Entry("az-constitution"), "since when"),
        (TREATIES, "acceded = \"1993-02-12\"\n", "", Line::Entry("int-1951-refugees"), "neither signed nor acceded"),
    ]);
}

#[test]
fn a_broken_provision_is_reported() {
    let second = "[[provision]]\nid = \"az-migration-code:3\"";
    check_all(&[
        (NATIONAL, second, "[[provision]]\nid = \"az-migration-code:2\"", Line::Entry("number = \"3\""), "overlaps"),
        (NATIONAL, "az-migration-code:2\"", "az-other-code:2\"", Line::Entry("az-other-code:2"), "no instrument"),
        (
            NATIONAL,
            "in_force_from = \"2013-08-01\"",
            "in_force_from = \"2013-07-01\"",
            Line::Entry("2013-07-01"),
            "before its instrument",
        ),
        (
            NATIONAL,
            "source = \"English and Russian texts of the Code\"",
            "source = \" \"",
            Line::Entry("source = \" \""),
            "no source",
        ),
        (
            NATIONAL,
            "paraphrase = { az = \"Prinsiplər",
            "paraphrase = { xx = \"Prinsiplər",
            Line::Entry("xx = "),
            "lacks the language `az`",
        ),
        (
            NATIONAL,
            "number = \"2\"\nin_force_from = \"2013",
            "in_force_from = \"2013",
            Line::Entry("az-migration-code:2\""),
            "needs a number",
        ),
        (
            NATIONAL,
            "in_force_from = \"2013-08-01\"",
            "in_force_from = \"2013-08-01\"\nin_force_to = \"2013-07-31\"",
            Line::Entry("2013-07-31"),
            "ends before it begins",
        ),
        (
            NATIONAL,
            "id = \"az-migration-code:2\"",
            "id = \"az migration code\"",
            Line::Of("az migration code"),
            "INSTRUMENT:ARTICLE",
        ),
    ]);
}

#[test]
fn a_citation_that_does_not_resolve_is_reported_wherever_it_stands() {
    check_all(&[
        (
            REFUGEE,
            "blocks_expulsion = \"int-1951-refugees:33\"",
            "blocks_expulsion = \"a:b\"",
            Line::Of("# SPDX"),
            "`a:b`",
        ),
        (
            REFUGEE,
            "cites = [\"az-refugee-law:4\"",
            "cites = [\"a:b\"",
            Line::Entry("a:b"),
            "step `open_claim` cites `a:b`",
        ),
        (
            REFUGEE,
            "cites = \"az-rsd-procedure:registration\"",
            "cites = \"a:b\"",
            Line::Entry("a:b"),
            "clock `registration_interview`",
        ),
        (
            REFUGEE,
            "cites = [\"az-refugee-law:1\", \"int-1951-refugees:1a\"]\n\n[[outcome]]",
            "cites = [\"a:b\"]\n\n[[outcome]]",
            Line::Entry("a:b"),
            "outcome `recognised`",
        ),
        (
            REFUGEE,
            "cites = [\"az-refugee-law:4\", \"az-rsd-procedure:application\"]",
            "cites = []",
            Line::Entry("cites = []"),
            "cites no provision",
        ),
        ("acts.toml", "cites = [\"az-umis-decree:11\"", "cites = [\"a:b\"", Line::Entry("a:b"), "cites `a:b`"),
        (
            "walls.toml",
            "cites = [\"int-1951-refugees:33\"",
            "cites = [\"a:b\"",
            Line::Entry("a:b"),
            "expulsion.asylum_claim",
        ),
        ("figures.toml", "cites = \"az-rsd-procedure:card\"", "cites = \"a:b\"", Line::Entry("a:b"), "refugee_card"),
        (
            "codes/right.toml",
            "cites = [\"int-1990-migrant-workers:34\"]",
            "cites = [\"a:b\"]",
            Line::Entry("a:b"),
            "code `R34`",
        ),
    ]);
}

#[test]
fn a_malformed_step_is_reported() {
    let registration =
        "action = \"registration_interview\"\nkind = \"record\"\nfrom = [\"received\", \"in_examination\"]\n";
    check_all(&[
        (REFUGEE, "kind = \"open\"\n", "kind = \"record\"\n", Line::Of("# SPDX"), "no step opens the case"),
        (REFUGEE, "kind = \"record\"\n", "kind = \"open\"\n", Line::Entry("ask_reasons"), "a second step opens"),
        (
            REFUGEE,
            "kind = \"open\"\n",
            "kind = \"open\"\nfrom = [\"closed\"]\n",
            Line::Entry("kind = \"open\""),
            "cannot come `from`",
        ),
        (
            REFUGEE,
            registration,
            "action = \"registration_interview\"\nkind = \"record\"\n",
            Line::Entry("action = \"registration_interview\""),
            "does not say `from`",
        ),
        (REFUGEE, "roles = [\"registrar\", \"case_officer\"]", "roles = []", Line::Entry("roles = []"), "no role"),
        (
            REFUGEE,
            "sets = [\"status_interviewed\"]\n",
            "",
            Line::Entry("action = \"propose_decision\""),
            "`status_interviewed`, which no step sets",
        ),
        (
            REFUGEE,
            "action = \"ask_reasons\"",
            "action = \"open_claim\"",
            Line::Entry("kind = \"record\""),
            "`open_claim` is there twice",
        ),
        (
            REFUGEE,
            "\"propose_discontinuance\", \"status_interview\"]",
            "\"propose_discontinuance\", \"dream\"]",
            Line::Entry("\"dream\""),
            "action `dream`",
        ),
        (REFUGEE, "to = \"under_appeal\"\n", "", Line::Entry("action = \"appeal\""), "must say `to`"),
        (
            REFUGEE,
            "to = \"closed\"",
            "to = \"decided\"",
            Line::Entry("action = \"close\""),
            "if and only if its kind is `close`",
        ),
        (
            REVOCATION,
            "to = \"under_appeal\"",
            "to = \"decided\"",
            Line::Entry("action = \"decide_appeal\""),
            "`under_appeal`, to which no step leads",
        ),
        (REFUGEE, "code = \"refugee_status\"", "code = \"refugee_state\"", Line::Of("# SPDX"), "file of its name"),
    ]);
}

#[test]
fn no_pack_can_leave_out_four_eyes_or_the_reason() {
    let eyes = "other_officer_than = [\"propose_decision\", \"propose_discontinuance\", \"status_interview\"]";
    check_all(&[
        (
            REFUGEE,
            eyes,
            "other_officer_than = [\"propose_discontinuance\"]",
            Line::Entry("action = \"decide\""),
            "must have `propose_decision`",
        ),
        (REFUGEE, &format!("{eyes}\n"), "", Line::Entry("action = \"decide\""), "must have `propose_decision`"),
        (
            REVOCATION,
            "other_officer_than = [\"propose_decision\", \"decide\"]",
            "other_officer_than = [\"propose_decision\"]",
            Line::Entry("action = \"decide_appeal\""),
            "must have `decide`",
        ),
        (
            REFUGEE,
            "cites = [\"az-refugee-law:1\", \"az-rsd-procedure:decision\"]\nneeds_reason = true",
            "cites = [\"az-refugee-law:1\"]",
            Line::Entry("action = \"decide\""),
            "needs_reason",
        ),
        (REVOCATION, "kind = \"propose\"", "kind = \"record\"", Line::Entry("action = \"decide\""), "no step proposes"),
    ]);
}

#[test]
fn a_malformed_clock_or_outcome_is_reported() {
    let outcomes = FILES[REVOCATION].find("[[outcome]]").zip(FILES[REVOCATION].find("[[label]]"));
    let (start, end) = outcomes.unwrap();
    let all_outcomes = &FILES[REVOCATION][start..end];
    check_all(&[
        (REFUGEE, "starts = \"open_claim\"", "starts = \"dream\"", Line::Entry("starts = \"dream\""), "action `dream`"),
        (
            REFUGEE,
            "met_by = [\"registration_interview\", \"propose_discontinuance\"]",
            "met_by = []",
            Line::Entry("met_by = []"),
            "met by no action",
        ),
        (REFUGEE, "count = 15", "count = 0", Line::Entry("count = 0"), "no length"),
        (
            REFUGEE,
            "clock = \"interview_invitation\"",
            "clock = \"registration_interview\"",
            Line::Entry("count = 1\n"),
            "overlaps",
        ),
        (
            REFUGEE,
            "code = \"rejected\"\nis",
            "code = \"recognised\"\nis",
            Line::Entry("is_adverse = true"),
            "`recognised` is there twice",
        ),
        (REVOCATION, all_outcomes, "", Line::Of("# SPDX"), "has no outcome"),
    ]);
}

#[test]
fn each_code_of_a_procedure_needs_one_label() {
    check_all(&[
        (
            REFUGEE,
            "kind = \"action\"\ncode = \"ask_reasons\"",
            "kind = \"action\"\ncode = \"dream\"",
            Line::Of("# SPDX"),
            "action `ask_reasons` has no label",
        ),
        (
            REFUGEE,
            "kind = \"action\"\ncode = \"ask_reasons\"",
            "kind = \"action\"\ncode = \"dream\"",
            Line::Entry("dream"),
            "labels nothing",
        ),
        (
            REFUGEE,
            "kind = \"action\"\ncode = \"ask_reasons\"",
            "kind = \"action\"\ncode = \"open_claim\"",
            Line::Entry("Səbəbləri təklikdə soruş\""),
            "is there twice",
        ),
    ]);
}

#[test]
fn a_wrong_day_of_the_calendar_is_reported() {
    check_all(&[
        ("calendar.toml", "\"2025-01-01\"", "\"2024-01-01\"", Line::Entry("2024-01-01"), "does not list"),
        (
            "calendar.toml",
            "\"2025-01-02\"",
            "\"2025-01-01\"",
            Line::Entry(
                "2025-01-01\"\nkind = \"holiday\"\nname = { az = \"Yeni il bayramı\", en = \"New Year\", ru = \"Новый год\" }\n\n[[day]]\ndate = \"2025-01-03",
            ),
            "is there twice",
        ),
        (
            "calendar.toml",
            "date = \"2025-01-03\"\nkind = \"moved_rest\"",
            "date = \"2025-01-03\"\nkind = \"working\"",
            Line::Entry("2025-01-03"),
            "working day anyway",
        ),
        (
            "calendar.toml",
            "date = \"2025-01-03\"",
            "date = \"2025-01-04\"",
            Line::Entry("2025-01-04"),
            "rest day anyway",
        ),
        ("calendar.toml", "year = 2026", "year = 2025", Line::Entry("production calendar of 2026"), "is there twice"),
        (
            "pack.toml",
            "call_centre = \"919\"",
            "call_centre = \"call us\"",
            Line::Of("# SPDX"),
            "number of the call centre is no telephone number",
        ),
        ("pack.toml", "Asia/Baku", "Asia/Bako", Line::Of("# SPDX"), "no time zone `Asia/Bako`"),
    ]);
}

#[test]
fn a_wrong_code_body_office_wall_or_act_is_reported() {
    check_all(&[
        ("codes/sex.toml", "code = \"male\"", "code = \"female\"", Line::Entry("mrz = \"M\""), "there twice"),
        ("codes/sex.toml", "fa = \"زن\"", "tr = \"kadın\"", Line::Entry("kadın"), "lacks the language `fa`"),
        ("codes/sex.toml", "id = \"sex\"", "id = \"gender\"", Line::Of("# SPDX"), "file of its name"),
        (
            "codes/administrative_area.toml",
            "parent = \"NX\"",
            "parent = \"ZZ\"",
            Line::Entry("\"ZZ\""),
            "stands below `ZZ`",
        ),
        ("bodies.toml", "body = \"sms\"", "body = \"xyz\"", Line::Entry("\"xyz\""), "no body of the pack"),
        ("bodies.toml", "area = \"BA\"", "area = \"ZZ\"", Line::Entry("\"ZZ\""), "no administrative area"),
        (
            "walls.toml",
            "stops = [\"leave_order\"]",
            "stops = [\"dream\"]",
            Line::Entry("dream"),
            "no procedure of the pack",
        ),
        (
            "walls.toml",
            "code = \"origin.asylum_data\"",
            "code = \"origin.other\"",
            Line::Whole,
            "wall `origin.asylum_data` is missing",
        ),
        ("acts.toml", "name = \"erase_person\"", "name = \"dream\"", Line::Entry("\"dream\""), "no act of the program"),
        (
            "acts.toml",
            "name = \"erase_person\"",
            "name = \"dream\"",
            Line::Whole,
            "act `erase_person` has no legal basis",
        ),
        (
            "figures.toml",
            "code = \"appeal.term_days\"",
            "code = \"age.majority_years\"",
            Line::Entry("\"Age of majority\""),
            "overlaps",
        ),
        (
            "figures.toml",
            "code = \"appeal.term_days\"",
            "code = \"age.majority_years\"",
            Line::Whole,
            "figure `appeal.term_days` is missing",
        ),
    ]);
}

#[test]
fn a_missing_or_unknown_file_is_reported() {
    let mut files = FILES.clone();
    files.remove("calendar.toml");
    files.remove("codes/sex.toml");
    files.insert("procedures/notes.txt".into(), "hello".into());
    let errors = errors_of(&files);
    for (file, reason) in [
        ("calendar.toml", "the file is missing"),
        ("codes", "code list `sex` is missing"),
        ("procedures/notes.txt", "no file of this name"),
    ] {
        let found =
            errors.iter().any(|error| error.file == file && error.line.is_none() && error.reason.contains(reason));
        assert!(found, "{file}: {reason}\n{}", lines(&errors));
    }
    assert!(Pack::parse(&BTreeMap::new()).is_err());
}

#[test]
fn all_errors_come_at_once_in_order_of_file_and_line() {
    let mut files = with(REFUGEE, "count = 15", "count = 0");
    let text = files.get_mut(REFUGEE).unwrap();
    *text = text.replacen("roles = [\"registrar\", \"case_officer\"]", "roles = []", 1);
    let acts = files.get_mut("acts.toml").unwrap();
    *acts = acts.replacen("name = \"check_card\"", "nome = \"check_card\"", 1);
    let errors = errors_of(&files);
    let mut sorted = errors.clone();
    sorted.sort();
    assert_eq!(errors, sorted);
    let has = |file: &str, reason: &str| errors.iter().any(|error| error.file == file && error.reason.contains(reason));
    assert!(has("acts.toml", "unknown field `nome`"), "{}", lines(&errors));
    assert!(has(REFUGEE, "no length") && has(REFUGEE, "no role"), "{}", lines(&errors));
    let shown = errors.iter().find(|error| error.reason.contains("no role")).unwrap().to_string();
    let (place, _) = shown.split_once(": ").unwrap();
    assert!(place.starts_with("procedures/refugee_status.toml:"), "{shown}");
}
