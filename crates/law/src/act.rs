// SPDX-License-Identifier: Apache-2.0
//! The default legal basis of each act that the program does.

use std::collections::{BTreeMap, BTreeSet};

use domain::{access::Act, legal::ProvisionId};
use serde::Deserialize;

use crate::{
    citation::check_cites,
    error::{At, Errors},
};

/// Finer acts than those of [`Act`], each of which needs a basis of its own in the record.
pub const FINER_ACTS: &[&str] = &[
    "record_interview",
    "issue_certificate",
    "reinstate_card",
    "replace_card",
    "spoil_blank",
    "open_record",
    "check_card_validity",
    "export_audit",
    "revoke_access_token",
];

/// One row of `acts.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActBasis {
    name: String,
    cites: Vec<ProvisionId>,
}

/// Checks that every act of the program has a basis, and that the pack names no other.
pub(crate) fn collect(
    entries: Vec<At<ActBasis>>,
    file: &str,
    provisions: &BTreeSet<ProvisionId>,
    errors: &mut Errors,
) -> BTreeMap<String, Vec<ProvisionId>> {
    let needed: BTreeSet<&str> = Act::WORDS.iter().chain(FINER_ACTS).copied().collect();
    let mut acts = BTreeMap::new();
    for At { place, value } in entries {
        let what = format!("act `{}`", value.name);
        check_cites(&what, &value.cites, provisions, &place, errors);
        if !needed.contains(value.name.as_str()) {
            errors.at(&place, format!("{what} is no act of the program"));
        }
        if acts.contains_key(&value.name) {
            errors.at(&place, format!("{what} is there twice"));
        }
        acts.insert(value.name, value.cites);
    }
    for name in needed {
        if !acts.contains_key(name) {
            errors.file(file, None, format!("act `{name}` has no legal basis"));
        }
    }
    acts
}
