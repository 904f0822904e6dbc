// SPDX-License-Identifier: Apache-2.0
//! Forms: what a browser sends, and the fields that a page shows. [`FormData`] is read once, before the handler, with
//! limits and with the check that the form is one of ours.

mod body;
mod errors;
mod field;

use axum::{extract::FromRequestParts, http::request::Parts};

pub(crate) use body::{BODY_BYTES_MAX, read};
pub(crate) use errors::{Errors, refusal_text};
pub(crate) use field::{Choice, DateField, Field, western_digits};

use crate::WebError;

/// The field with the token that shows that the form is one of ours.
pub(crate) const CSRF_FIELD: &str = "_csrf";
/// The field that asks for the same page in another language.
pub(crate) const LANGUAGE_FIELD: &str = "_language";

/// A file that was sent with a form.
#[derive(Clone)]
pub(crate) struct Upload {
    /// Field.
    pub(crate) field: String,
    /// Its bytes. Its name and type are what the sender says, and are not kept.
    pub(crate) bytes: Vec<u8>,
}

/// What a form holds. It never appears in a log.
#[derive(Clone, Default)]
pub(crate) struct FormData {
    fields: Vec<(String, String)>,
    uploads: Vec<Upload>,
}

impl FormData {
    /// The value of a field, without white space at its ends; empty if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// All values of a field, as of checkboxes.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// The value of a field that may be left empty.
    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|value| !value.is_empty())
    }

    /// The file of a field, if one was chosen.
    pub(crate) fn file(&self, name: &str) -> Option<&Upload> {
        self.uploads.iter().find(|upload| upload.field == name && !upload.bytes.is_empty())
    }

    /// Whether the form asks only for the same page in another language.
    pub(crate) fn is_language_switch(&self) -> bool {
        self.optional(LANGUAGE_FIELD).is_some()
    }

    /// All fields in the order in which they came, for a draft.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The form of a request, as an argument of a handler.
pub(crate) struct Form(pub(crate) FormData);

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, WebError> {
        Ok(Self(parts.extensions.remove::<FormData>().unwrap_or_default()))
    }
}
