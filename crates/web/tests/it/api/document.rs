// SPDX-License-Identifier: Apache-2.0
//! The description of the interface is that of the routes, and of what they answer.

use std::collections::BTreeSet;

use serde_json::Value;
use web::{
    api::{document, table},
    route::{self, Access},
};

use super::json;
use crate::{
    client::get,
    fixture::{Engine, Site},
};

#[test]
fn the_description_is_as_committed() {
    insta::assert_json_snapshot!("openapi", document());
}

#[test]
fn every_route_is_described_and_every_description_is_a_route() {
    let document = document();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            described.insert((method.to_uppercase(), format!("{}{path}", web::api::BASE)));
        }
    }
    let routes: BTreeSet<(String, String)> = route::table()
        .into_iter()
        .filter(|row| row.access == Access::Api)
        .map(|row| (row.methods.split(',').next().unwrap().to_owned(), row.path.to_owned()))
        .collect();
    assert_eq!(described, routes);
    assert_eq!(table().len(), routes.len());
    let names: BTreeSet<&str> = table().iter().map(|row| row.name).collect();
    assert_eq!(names.len(), routes.len(), "two operations have the same name");
}

#[test]
fn every_reference_leads_to_a_schema_and_every_schema_is_referred_to() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("$ref") {
                    found.insert(reference.as_str().unwrap().to_owned());
                }
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    let mut declared = BTreeSet::new();
    for kind in ["schemas", "responses"] {
        for (name, component) in document["components"][kind].as_object().unwrap() {
            assert!(component.is_object(), "{name}");
            declared.insert(format!("#/components/{kind}/{name}"));
        }
    }
    assert_eq!(found, declared);
}

#[tokio::test]
async fn the_description_is_served_to_everybody() {
    let site = Site::ready(Engine::Sqlite).await;
    let answer = get(&site.router, "/api/v1/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(json(&answer), document());
}
