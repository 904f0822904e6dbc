// SPDX-License-Identifier: Apache-2.0
//! Bodies of state and partners, and their offices.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    code_list::CodeList,
    error::{At, Errors, Place},
    names::{Names, check_names},
};

/// A body of state or a partner organisation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Code, such as `sms`.
    pub code: String,
    /// Name.
    pub name: Names,
    /// Short name.
    pub short: Names,
    /// Where its task was read, in words.
    pub source: String,
}

/// An office of a body.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Code, such as `sms-baku`.
    pub code: String,
    /// Name.
    pub name: Names,
    /// Code of its body.
    pub body: String,
    /// Code of the administrative area where it sits.
    pub area: String,
    /// Whether its files are those of the whole country.
    #[serde(default)]
    pub is_national: bool,
    /// Code of the office whose second officers may decide what this office proposes.
    pub approver: Option<String>,
}

/// Checks the bodies and puts them in order.
pub(crate) fn collect_bodies(entries: Vec<At<Body>>, staff: &[String], errors: &mut Errors) -> BTreeMap<String, Body> {
    let mut bodies = BTreeMap::new();
    for At { place, value } in entries {
        let what = format!("body `{}`", value.code);
        check_names(&what, &value.name, staff, &place, errors);
        check_names(&format!("short name of {what}"), &value.short, staff, &place, errors);
        if value.source.trim().is_empty() {
            errors.at(&place, format!("{what} has no source"));
        }
        if bodies.contains_key(&value.code) {
            errors.at(&place, format!("{what} is there twice"));
        }
        bodies.insert(value.code.clone(), value);
    }
    bodies
}

/// Checks the offices and puts them in order.
pub(crate) fn collect_offices(
    entries: Vec<At<Office>>,
    bodies: &BTreeMap<String, Body>,
    lists: &BTreeMap<String, CodeList>,
    staff: &[String],
    errors: &mut Errors,
) -> BTreeMap<String, Office> {
    let mut offices = BTreeMap::new();
    let areas = lists.get("administrative_area");
    let mut places = BTreeMap::new();
    for At { place, value } in entries {
        let what = format!("office `{}`", value.code);
        check_names(&what, &value.name, staff, &place, errors);
        if !bodies.contains_key(&value.body) {
            errors.at(&place, format!("{what} belongs to `{}`, which is no body of the pack", value.body));
        }
        if areas.is_some_and(|areas| areas.find(&value.area).is_none()) {
            errors.at(&place, format!("{what} sits in `{}`, which is no administrative area", value.area));
        }
        if offices.contains_key(&value.code) {
            errors.at(&place, format!("{what} is there twice"));
        }
        places.insert(value.code.clone(), place);
        offices.insert(value.code.clone(), value);
    }
    check_approvers(&offices, &places, errors);
    offices
}

/// An office names another one of the same body as its approver, never itself.
fn check_approvers(offices: &BTreeMap<String, Office>, places: &BTreeMap<String, Place>, errors: &mut Errors) {
    for (office, place) in offices.values().filter_map(|office| Some((office, places.get(&office.code)?))) {
        let Some(approver) = &office.approver else { continue };
        let what = format!("office `{}`", office.code);
        match offices.get(approver) {
            None => errors.at(place, format!("{what} names `{approver}` as approver, which is no office of the pack")),
            Some(other) if other.code == office.code => errors.at(place, format!("{what} approves its own proposals")),
            Some(other) if other.body != office.body => {
                errors.at(place, format!("{what} has an approver of another body"));
            }
            Some(_) => {}
        }
    }
}
