// SPDX-License-Identifier: Apache-2.0
//! A page with one form, which most pages of this slice are.

use askama::Template;
use axum::response::Response;

use crate::{
    WebError, asset,
    form::{Choice, Errors, Field},
    header::Allowance,
    page::{self, Page},
};

/// A part of a form, from above to below.
pub(super) enum Item {
    /// A field.
    Field(Field),
    /// A line that offers what begins so, from a list of the page.
    Suggest(Field, &'static str),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A way to another page, by its path and its text.
    Link(String, String),
    /// Something that must not be overlooked.
    Warning(String),
    /// Letters that the keyboard lacks, for the fields with these names.
    Letters(String, &'static str),
    /// A picture by its path and its description.
    Picture(String, String),
}

/// A list of what is offered.
pub(super) struct Suggestions {
    pub(super) id: &'static str,
    pub(super) choices: Vec<Choice>,
}

/// A button that sends the form.
pub(super) struct Button {
    pub(super) value: &'static str,
    pub(super) text: String,
}

/// What stands in a row of facts.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) value: String,
}

/// The page.
#[derive(Template)]
#[template(path = "registry/form.html")]
pub(super) struct FormPage {
    pub(super) page: Page,
    pub(super) errors: Errors,
    pub(super) action: String,
    /// "saved 10:42"
    pub(super) saved: Option<String>,
    /// Facts above the form.
    pub(super) rows: Vec<Row>,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) items: Vec<Item>,
    pub(super) suggestions: Vec<Suggestions>,
    /// The first is the one that Enter presses.
    pub(super) buttons: Vec<Button>,
    pub(super) has_file: bool,
    /// A way out without doing anything.
    pub(super) cancel: Option<String>,
    script_path: &'static str,
    photo_script_path: &'static str,
}

impl FormPage {
    /// A page with nothing but its frame.
    pub(super) fn new(page: Page, action: impl Into<String>) -> Self {
        Self {
            page: page.keeping_form(),
            errors: Errors::default(),
            action: action.into(),
            saved: None,
            rows: Vec::new(),
            hidden: Vec::new(),
            items: Vec::new(),
            suggestions: Vec::new(),
            buttons: Vec::new(),
            has_file: false,
            cancel: None,
            script_path: asset::path("script.js"),
            photo_script_path: asset::path("photo.js"),
        }
    }

    /// The page as an answer: with what is wrong, if something is.
    pub(super) fn answer(self) -> Result<Response, WebError> {
        let language = self.page.language;
        let mut answer =
            if self.errors.is_empty() { page::html(language, &self) } else { page::html_with_errors(language, &self) }?;
        if self.has_file {
            answer.extensions_mut().insert(Allowance::Camera);
        }
        Ok(answer)
    }
}
