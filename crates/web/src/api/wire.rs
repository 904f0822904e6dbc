// SPDX-License-Identifier: Apache-2.0
//! The shapes on the wire, shared by the interface and by the command line that calls it: plain structs, each declared with
//! its schema.

mod account;
mod audit;
mod card;
mod case;
mod claim;
mod family;
mod help;
mod person;
mod work;

pub use account::*;
pub use audit::*;
pub use card::*;
pub use case::*;
pub use claim::*;
pub use family::*;
pub use help::*;
pub use person::*;
pub use work::*;

use domain::legal::ProvisionId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::schema::{Components, Described, wire};

wire! {
    /// What is wrong with one field.
    told FieldProblem {
        /// Path of the field, such as `members[2].names[0].value`; empty for the whole.
        field: String,
        /// What is wrong, in English.
        problem: String,
        /// What is wrong, stable, for programs.
        code: String,
    }
    /// Nothing more to say than that it was done.
    told Done {
        /// Always true.
        done: bool,
    }
    /// The page that is asked for.
    asked After {
        /// `next` of the page before.
        after: Option<Uuid>,
    }
    /// A request without content.
    asked Nothing {}
}

/// A problem document (RFC 9457).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProblemDocument {
    /// Always `about:blank`: the code says what the problem is.
    pub r#type: String,
    /// The status in words.
    pub title: String,
    /// The status code.
    pub status: i64,
    /// What the problem is, stable, for programs.
    pub code: String,
    /// What the problem is, in English, for people.
    pub detail: String,
    /// Wrong fields, if fields are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// The wall that protects the person, if one stands in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wall: Option<String>,
    /// The provision of the wall.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
    /// The provision of the wall in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<String>,
    /// Registered persons who look like those about to be registered, if the officer has said nothing of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub looks_like: Vec<LookAlike>,
    /// The present version, if the record was changed since it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i64>,
    /// The request, as the records of the service name it.
    pub request_id: Uuid,
}

impl Described for ProblemDocument {
    fn schema(components: &mut Components) -> Value {
        components.named("Problem", |components| {
            let text = |text: &str| json!({ "type": "string", "description": text });
            let errors = Vec::<FieldProblem>::schema(components);
            let mut looks_like = Vec::<LookAlike>::schema(components);
            looks_like["description"] =
                "Registered persons who look like those about to be registered; say of each in \
                `looks_like` why she is another."
                    .into();
            json!({
                "description": "A problem document (RFC 9457).",
                "type": "object",
                "properties": {
                    "type": text("Always `about:blank`: the code says what the problem is."),
                    "title": text("The status in words."),
                    "status": { "type": "integer", "description": "The status code." },
                    "code": text("What the problem is, stable, for programs."),
                    "detail": text("What the problem is, in English, for people."),
                    "errors": errors,
                    "wall": text("The wall that protects the person, if one stands in the way."),
                    "provision": text("The provision of the wall."),
                    "citation": text("The provision of the wall in words."),
                    "looks_like": looks_like,
                    "current_version": {
                        "type": "integer",
                        "description": "The present version, if the record was changed since it was seen.",
                    },
                    "request_id": {
                        "type": "string",
                        "format": "uuid",
                        "description": "The request, as the records of the service name it.",
                    },
                },
                "required": ["type", "title", "status", "code", "detail", "request_id"],
            })
        })
    }
}
