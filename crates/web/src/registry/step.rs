// SPDX-License-Identifier: Apache-2.0
//! The pages of one member: name, facts, contact, photo. Each saves the draft and leads to the next.

pub(super) mod contact;
mod facts;
mod name;

use app::registry::MemberDraft;
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    alike, codes,
    draft::{self, Opened},
    form_page::{Button, FormPage, Suggestions},
    photo,
};
use crate::{
    WebError,
    form::{Errors, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// A page of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Name,
    Facts,
    Contact,
    Photo,
}

impl Step {
    pub(super) const ALL: [Self; 4] = [Self::Name, Self::Facts, Self::Contact, Self::Photo];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Facts => "facts",
            Self::Contact => "contact",
            Self::Photo => "photo",
        }
    }

    fn of(word: &str) -> Result<Self, WebError> {
        Self::ALL.into_iter().find(|step| step.word() == word).ok_or(WebError::NotFound)
    }

    /// The title: whom the page is about.
    fn title(self, words: &Words, opened: &Opened, position: usize) -> String {
        let name = opened.family.members.get(position).map(draft::latin).unwrap_or_default();
        match (self, position) {
            (Self::Name, 0) => words.text("registry-name-title-head"),
            (Self::Name, _) => words.text("registry-name-title-member"),
            (Self::Facts, _) => words.with("registry-facts-title", "name", name),
            (Self::Contact, _) => words.with("registry-contact-title", "name", name),
            (Self::Photo, _) => words.with("registry-photo-title", "name", name),
        }
    }
}

/// What a step works with.
pub(super) struct Scene<'a> {
    pub(super) state: &'a AppState,
    pub(super) words: &'a Words,
    pub(super) opened: &'a Opened,
    pub(super) position: usize,
}

impl Scene<'_> {
    /// The member as far as she is written down.
    pub(super) fn member(&self) -> MemberDraft {
        self.opened.family.members.get(self.position).cloned().unwrap_or_default()
    }

    /// The head, whose facts are offered for the others.
    pub(super) fn head(&self) -> Option<&MemberDraft> {
        self.opened.family.members.first().filter(|_| self.position > 0)
    }

    /// Whether a page of this member was filled in before.
    pub(super) fn is_filled(&self, step: Step) -> bool {
        self.opened
            .family
            .members
            .get(self.position)
            .is_some_and(|member| member.pages.iter().any(|page| page == step.word()))
    }
}

type MemberPath = Path<(String, usize, String)>;

/// Shows a page of a member.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((id, position, step)): MemberPath,
    uri: axum::http::Uri,
) -> Result<Response, WebError> {
    let step = Step::of(&step)?;
    let opened = draft::open(&state, &visit, &id).await?;
    check_position(&opened, position, step)?;
    let back = uri.query().is_some_and(|query| query.split('&').any(|pair| pair == "back=check"));
    let back = if back { "check" } else { "" };
    show(
        &Asked { state: &state, reader: &reader, visit: &visit, step, position, back },
        &opened,
        None,
        Errors::default(),
    )
}

/// A member that is there, or the one after the last, who begins with her name.
fn check_position(opened: &Opened, position: usize, step: Step) -> Result<(), WebError> {
    let members = opened.family.members.len();
    if position < members || (position == members && step == Step::Name) { Ok(()) } else { Err(WebError::NotFound) }
}

/// Which page is asked for, by whom.
struct Asked<'a> {
    state: &'a AppState,
    reader: &'a Reader,
    visit: &'a Visit,
    step: Step,
    position: usize,
    back: &'a str,
}

fn show(asked: &Asked<'_>, opened: &Opened, form: Option<&FormData>, errors: Errors) -> Result<Response, WebError> {
    let Asked { state, reader, visit, step, position, back } = *asked;
    let words = Words::new(state, reader.language.for_staff());
    let scene = Scene { state, words: &words, opened, position };
    let title = step.title(&words, opened, position);
    let page = Page::staff_titled(state, reader, visit, title).crumb("/register", words.text("registry-start-title"));
    let mut view = FormPage::new(page, opened.path(&format!("{position}/{}", step.word())));
    view.saved = Some(opened.saved(state, &words));
    view.hidden = vec![("back", back.to_owned())];
    view.items = match step {
        Step::Name => name::items(&scene, form, &errors),
        Step::Facts => facts::items(&scene, form, &errors),
        Step::Contact => contact::items(&scene, form, &errors),
        Step::Photo => photo::items(&scene, &errors),
    };
    if step == Step::Facts {
        let list = |id, list| Suggestions { id, choices: codes::choices(state, &words, list) };
        view.suggestions = vec![list("countries", "country"), list("languages", "language")];
    }
    view.has_file = step == Step::Photo;
    let button = |value, key| Button { value, text: words.text(key) };
    view.buttons = match (step, back) {
        (Step::Photo, "") => vec![button("another", "registry-photo-another"), button("check", "registry-photo-check")],
        _ => vec![button("", "registry-form-continue")],
    };
    view.errors = errors;
    view.answer()
}

/// Saves a page of a member and leads to the next one.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((id, position, step)): MemberPath,
    Form(form): Form,
) -> Result<Response, WebError> {
    let step = Step::of(&step)?;
    let mut opened = draft::open(&state, &visit, &id).await?;
    check_position(&opened, position, step)?;
    let reader = reader.switched(&form);
    let back = if form.text("back") == "check" { "check" } else { "" };
    let asked = Asked { state: &state, reader: &reader, visit: &visit, step, position, back };
    if form.is_language_switch() {
        return show(&asked, &opened, Some(&form), Errors::default());
    }
    let words = Words::new(&state, reader.language.for_staff());
    let scene = Scene { state: &state, words: &words, opened: &opened, position };
    let mut member = scene.member();
    let errors = match step {
        Step::Name => name::take(&scene, &form, &mut member),
        Step::Facts => facts::take(&scene, &form, &mut member),
        Step::Contact => contact::take(&scene, &form, &mut member),
        Step::Photo => photo::take(&scene, &form, &mut member).await?,
    };
    if !errors.is_empty() {
        return show(&asked, &opened, Some(&form), errors);
    }
    if !member.pages.iter().any(|page| page == step.word()) {
        member.pages.push(step.word().to_owned());
    }
    if step == Step::Contact && position == 0 {
        contact::share(&mut opened.family.members, member.address.as_ref());
    }
    match opened.family.members.get_mut(position) {
        Some(known) => *known = member,
        None => opened.family.members.push(member),
    }
    opened.save(&state, &visit).await?;
    let is_asked_about =
        matches!(step, Step::Name | Step::Facts) && alike::is_open(&state, &visit, &opened, position).await?;
    let next = match (step, back, form.text("then")) {
        _ if is_asked_about => format!("{position}/alike{}", if back.is_empty() { "" } else { "?back=check" }),
        (_, "check", _) => "check".to_owned(),
        (Step::Photo, _, "another") => format!("{}/name", opened.family.members.len()),
        (Step::Photo, ..) => "check".to_owned(),
        _ => after(step, position),
    };
    page::see(&opened.path(&next))
}

/// The page after another one of the same member.
pub(super) fn after(step: Step, position: usize) -> String {
    let next = match (step, position) {
        (Step::Name, _) => Step::Facts,
        // The others live with the head unless a change says otherwise.
        (Step::Facts, 0) => Step::Contact,
        _ => Step::Photo,
    };
    format!("{position}/{}", next.word())
}
