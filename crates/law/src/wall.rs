// SPDX-License-Identifier: Apache-2.0
//! Legal walls: what may never be done to a person while something protects her.

use std::collections::{BTreeMap, BTreeSet};

use domain::{legal::ProvisionId, procedure::ProcedureCode};
use serde::Deserialize;

use crate::{
    citation::check_cites,
    error::{At, Errors},
    names::{Names, check_names},
};

/// A legal wall: a protection that stops an act, with the provisions that raise it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wall {
    /// Code, such as `expulsion.asylum_claim`.
    pub code: String,
    /// Procedures that it stops.
    #[serde(default)]
    pub stops: Vec<ProcedureCode>,
    /// Provisions that raise it; the refusal cites the first one in force.
    #[serde(rename = "cites")]
    pub provisions: Vec<ProvisionId>,
    /// What the refused officer is told.
    pub text: Names,
}

/// The walls that the program asks for; a pack without one of them is refused.
pub(crate) const REQUIRED: &[&str] = &["expulsion.asylum_claim", "expulsion.trafficking_flag", "origin.asylum_data"];

/// Checks the walls and puts them in order.
pub(crate) fn collect(
    entries: Vec<At<Wall>>,
    file: &str,
    provisions: &BTreeSet<ProvisionId>,
    procedures: &BTreeSet<ProcedureCode>,
    staff: &[String],
    errors: &mut Errors,
) -> BTreeMap<String, Wall> {
    let mut walls = BTreeMap::new();
    for At { place, value } in entries {
        let what = format!("wall `{}`", value.code);
        check_names(&what, &value.text, staff, &place, errors);
        check_cites(&what, &value.provisions, provisions, &place, errors);
        for procedure in &value.stops {
            if !procedures.contains(procedure) {
                errors.at(&place, format!("{what} stops `{procedure}`, which is no procedure of the pack"));
            }
        }
        if walls.contains_key(&value.code) {
            errors.at(&place, format!("{what} is there twice"));
        }
        walls.insert(value.code.clone(), value);
    }
    for code in REQUIRED {
        if !walls.contains_key(*code) {
            errors.file(file, None, format!("wall `{code}` is missing"));
        }
    }
    walls
}
