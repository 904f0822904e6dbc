// SPDX-License-Identifier: Apache-2.0
//! The description of the interface (OpenAPI 3.1), made of the same declarations as its routes.

use std::sync::LazyLock;

use axum::{http::HeaderValue, response::Response};
use serde_json::{Map, Value, json};

use super::{BASE, operation::problems, operations, schema::Components};
use crate::{header::public_file, route::Route};

/// What the document says of the interface as a whole.
const ABOUT: &str = "The interface for programs. Sign in with `POST /tokens` and send `Authorization: Bearer TOKEN`; a token \
    has exactly the rights of its account. Every call is on record, as it is on every other way in. Unknown fields are \
    refused with their path. Every error is a problem document (RFC 9457) with a stable `code`. What an account may not see \
    answers as if it were not there. Lists are paged by `after`, which is told as `next`.";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", document()));

/// The route of the document.
pub(super) fn route() -> Route {
    Route::get("/api/v1/openapi.json", get)
}

async fn get() -> Response {
    public_file("application/json", HeaderValue::from_static("public, max-age=300"), DOCUMENT.as_str())
}

/// The document.
pub fn document() -> Value {
    let (mut paths, mut components) = (Map::new(), Map::new());
    let mut shared = Components::default();
    let problems = problems(&mut shared);
    components.extend(shared.into_map());
    for operation in operations() {
        let (method, path) = (operation.method.to_lowercase(), operation.below().to_owned());
        let described = operation.describe(&mut components);
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = described;
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Turna",
            "version": "1",
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": BASE }],
        "paths": paths,
        "components": {
            "responses": problems,
            "schemas": components,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}
