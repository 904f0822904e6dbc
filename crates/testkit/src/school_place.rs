// SPDX-License-Identifier: Apache-2.0
//! A procedure that no line of the program knows: a place at a school. One TOML file, and it runs.

use std::sync::Arc;

use law::Pack;

use crate::service::pack_files;

/// The file of the procedure, without labels.
const PROCEDURE: &str = r#"
code = "school_place"

[[step]]
action = "apply"
kind = "open"
to = "received"
roles = ["registrar"]
cites = ["int-1951-refugees:22"]

[[step]]
action = "ask_school"
kind = "record"
from = ["received"]
to = "in_examination"
roles = ["registrar"]
sets = ["school_asked"]
cites = ["int-1989-crc:22"]

[[step]]
action = "suggest"
kind = "propose"
from = ["received", "in_examination"]
to = "proposed"
roles = ["registrar", "head_of_office"]
needs_flags = ["school_asked"]
cites = ["int-1951-refugees:22"]
needs_reason = true

[[step]]
action = "grant"
kind = "decide"
from = ["proposed"]
to = "decided"
roles = ["registrar", "head_of_office"]
other_officer_than = ["suggest"]
cites = ["int-1951-refugees:22"]
needs_reason = true

[[clock]]
clock = "answer"
starts = "apply"
met_by = ["grant"]
count = 10
unit = "working_days"
valid_from = "2025-01-01"
cites = "int-1951-refugees:22"
confidence = "unconfirmed"

[[outcome]]
code = "placed"
is_adverse = false
cites = ["int-1951-refugees:22"]
"#;

/// Every code of the procedure with its kind, for the labels that the pack demands.
const CODES: [(&str, &str); 8] = [
    ("procedure", "school_place"),
    ("action", "apply"),
    ("action", "ask_school"),
    ("action", "suggest"),
    ("action", "grant"),
    ("flag", "school_asked"),
    ("clock", "answer"),
    ("outcome", "placed"),
];

/// The country pack of this repository with one procedure more.
///
/// # Panics
/// When it is not valid.
pub fn pack_with_a_procedure_more() -> Arc<Pack> {
    let mut text = PROCEDURE.to_owned();
    for (kind, code) in CODES {
        let names = ["az", "en", "ru", "ar", "fa"].map(|language| format!("{language} = \"{code}\"")).join(", ");
        text += &format!("\n[[label]]\nkind = \"{kind}\"\ncode = \"{code}\"\nname = {{ {names} }}\n");
    }
    let mut files = pack_files();
    files.insert("procedures/school_place.toml".into(), text);
    Arc::new(Pack::parse(&files).expect("the pack with one procedure more is valid"))
}
