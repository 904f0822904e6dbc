// SPDX-License-Identifier: Apache-2.0
//! The editor of the public site: draft, translate, publish, withdraw. One officer writes, another publishes.

use app::{
    Outcome,
    site::{
        AddContent, ChangeContent, ContentFacts, ContentText, ListContent, MarkTranslated, PublishContent,
        RecordConsent, RevokeConsent, ShowContent, ShownContent, WithdrawContent, WriteText,
    },
};
use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    access::Act,
    content::{ContentKind, ContentState, Showing, Shows},
    id::RowId,
    number::PersonNumber,
    refusal::{Problem, Refusal},
    time::Date,
};
use i18n::Language;

use super::news::{FILM, PICTURES, kind_key};
use crate::{
    WebError,
    form::{Choice, DateField, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The key of a state and the colour of its tag.
fn state_key(state: ContentState) -> (&'static str, &'static str) {
    match state {
        ContentState::Draft => ("editor-state-draft", "grey"),
        ContentState::Translated => ("editor-state-translated", "blue"),
        ContentState::Published => ("editor-state-published", "green"),
        ContentState::Withdrawn => ("editor-state-withdrawn", "red"),
    }
}

fn showing_key(showing: Showing) -> &'static str {
    match showing {
        Showing::Name => "editor-field-name",
        Showing::Face => "editor-field-face",
        Showing::Thanks => "editor-field-thanks",
    }
}

/// The fields with the facts of an item.
struct FactFields {
    rank: Field,
    day: DateField,
    body: Field,
    media: Field,
    shows: Field,
}

impl FactFields {
    fn new(state: &AppState, words: &Words, facts: &ContentFacts) -> Self {
        let language = words.language.code();
        let bodies = state.service.pack().bodies();
        let bodies = bodies.map(|body| Choice::new(&body.code, body.name.in_language(language))).collect();
        let media = PICTURES.iter().map(|(name, _)| *name).chain([FILM]).map(|name| Choice::new(name, name)).collect();
        let shows = Showing::ALL.iter().map(|showing| Choice::new(showing.as_str(), words.text(showing_key(*showing))));
        let mut day = DateField::new("day", words.text("editor-field-day"));
        if let Some(on) = facts.happens_on {
            (day.day, day.month, day.year) = (on.day().to_string(), on.month().to_string(), on.year().to_string());
        }
        let mut shown = Field::checkboxes("shows", words.text("editor-field-shows"), shows.collect())
            .hint(words.text("editor-field-shows-hint"));
        for showing in facts.shows.iter() {
            shown = shown.value(showing.as_str());
        }
        let rank = Field::digits("rank", words.text("editor-field-rank")).width("govuk-input--width-3");
        Self {
            rank: rank.value(facts.rank.to_string()),
            day,
            body: Field::select("body", words.text("editor-field-body"), bodies)
                .value(facts.body.clone().unwrap_or_default()),
            media: Field::select("media", words.text("editor-field-media"), media)
                .value(facts.media.clone().unwrap_or_default()),
            shows: shown,
        }
    }

    fn typed(mut self, form: &FormData, errors: &Errors) -> Self {
        self.rank = self.rank.typed(form, errors);
        self.day = self.day.typed(form, errors);
        self.body = self.body.typed(form, errors);
        self.media = self.media.typed(form, errors);
        self.shows = self.shows.typed(form, errors);
        self
    }
}

/// Reads the facts of a form.
fn facts(form: &FormData) -> Result<ContentFacts, Refusal> {
    let rank = match form.optional("rank") {
        Some(rank) => rank.parse().map_err(|_| Refusal::field("rank", Problem::Missing))?,
        None => 0,
    };
    let is_day_typed = DateField::parts(form, "day").iter().any(Option::is_some);
    let happens_on = DateField::date(form, "day");
    if is_day_typed && happens_on.is_none() {
        return Err(Refusal::field("day", Problem::NoSuchDay));
    }
    let words: Vec<&str> = form.all("shows").collect();
    Ok(ContentFacts {
        rank,
        happens_on,
        body: form.optional("body").map(str::to_owned),
        media: form.optional("media").map(str::to_owned),
        shows: Shows::parse(&words.join(" ")).map_err(|_| Refusal::field("shows", Problem::Missing))?,
    })
}

struct ItemLine {
    path: String,
    code: String,
    kind: String,
    parent: Option<String>,
    day: Option<String>,
    state: String,
    colour: &'static str,
}

#[derive(Template)]
#[template(path = "site/editor_list.html")]
struct ListPage {
    page: Page,
    errors: Errors,
    items: Vec<ItemLine>,
    code: Field,
    kind: Field,
    parent: Field,
    facts: FactFields,
}

async fn list_page(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    form: &FormData,
    errors: Errors,
) -> Result<ListPage, WebError> {
    let items = visit.done(state, ListContent).await?;
    let page = Page::staff(state, reader, visit, "editor-list-title");
    let code_of = |id: Option<RowId>| items.iter().find(|item| Some(item.id) == id).map(|item| item.code.clone());
    let lines = items.iter().map(|item| {
        let (key, colour) = state_key(item.state);
        ItemLine {
            path: format!("/editor/{}", item.code),
            code: item.code.clone(),
            kind: page.text(kind_key(item.kind)),
            parent: code_of(item.parent).map(|parent| page.with("editor-list-part-of", "item", parent)),
            day: item.happens_on.map(|day| page.date(day)),
            state: page.text(key),
            colour,
        }
    });
    let kinds = ContentKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), page.text(kind_key(*kind)))).collect();
    let code = Field::latin("code", page.text("editor-field-code")).hint(page.text("editor-field-code-hint"));
    let parent = Field::latin("parent", page.text("editor-field-parent"));
    Ok(ListPage {
        items: lines.collect(),
        code: code.typed(form, &errors),
        kind: Field::select("kind", page.text("editor-field-kind"), kinds).typed(form, &errors),
        parent: parent.typed(form, &errors),
        facts: FactFields::new(state, &page, &ContentFacts::default()).typed(form, &errors),
        page,
        errors,
    })
}

/// Every item, and a form for another one.
pub(super) async fn list(State(state): State<AppState>, reader: Reader, visit: Visit) -> Result<Response, WebError> {
    let list = list_page(&state, &reader, &visit, &FormData::default(), Errors::default()).await?;
    page::html(list.page.language, &list)
}

/// Adds an item.
pub(super) async fn add(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Form(form): Form,
) -> Result<Response, WebError> {
    let added = match (facts(&form), form.text("kind").parse::<ContentKind>()) {
        (Ok(facts), Ok(kind)) => {
            let (code, parent) = (form.text("code").to_owned(), form.optional("parent").map(str::to_owned));
            visit.run(&state, AddContent { code, kind, parent, facts }).await?
        }
        (Err(refusal), _) => Outcome::Refused(refusal),
        (_, Err(_)) => Outcome::Refused(Refusal::field("kind", Problem::Missing)),
    };
    match added {
        Outcome::Done(()) => page::see_with(&format!("/editor/{}", form.text("code")), "editor-notice-saved"),
        Outcome::Refused(refusal) => {
            let words = Words::new(&state, reader.language.for_staff());
            let errors = Errors::of(&words, &refusal, |_| None);
            let list = list_page(&state, &reader, &visit, &form, errors).await?;
            page::html_with_errors(list.page.language, &list)
        }
    }
}

/// The text of an item in one language, with its form.
struct TextForm {
    language: Language,
    is_missing: bool,
    title: Field,
    byline: Field,
    body: Field,
}

struct ConsentLine {
    id: RowId,
    what: String,
    day: String,
    holds: bool,
}

#[derive(Template)]
#[template(path = "site/editor_item.html")]
struct ItemPage {
    page: Page,
    errors: Errors,
    code: String,
    row_version: i64,
    kind: String,
    parent: Option<String>,
    state: ContentState,
    state_name: String,
    colour: &'static str,
    may_publish: bool,
    facts: FactFields,
    texts: Vec<TextForm>,
    consents: Vec<ConsentLine>,
    /// The form with which a consent is recorded; for those who may.
    consent: Option<ConsentForm>,
}

impl ItemPage {
    fn is_published(&self) -> bool {
        self.state == ContentState::Published
    }

    fn is_translated(&self) -> bool {
        self.state == ContentState::Translated
    }
}

struct ConsentForm {
    person: Field,
    showing: Field,
    language: Field,
    day: DateField,
}

impl ConsentForm {
    fn new(state: &AppState, words: &Words, shown: &ShownContent, form: &FormData, errors: &Errors) -> Self {
        let showings = shown.item.shows.iter();
        let showings = showings.map(|each| Choice::new(each.as_str(), words.text(showing_key(each)))).collect();
        let languages = state.service.pack().code_list("language");
        let languages = languages.map(|list| list.codes()).unwrap_or_default().iter();
        let languages =
            languages.map(|code| Choice::new(&code.code, code.name.in_language(words.language.code()))).collect();
        Self {
            person: Field::latin("person", words.text("editor-consent-person"))
                .width("govuk-input--width-10")
                .typed(form, errors),
            showing: Field::select("showing", words.text("editor-consent-showing"), showings).typed(form, errors),
            language: Field::select("language", words.text("editor-consent-language"), languages).typed(form, errors),
            day: DateField::new("given_on", words.text("editor-consent-day")).typed(form, errors),
        }
    }
}

async fn item_page(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    code: &str,
    form: &FormData,
    errors: Errors,
) -> Result<ItemPage, WebError> {
    let shown = visit.done(state, ShowContent { code: code.to_owned() }).await?;
    let page = Page::staff_titled(state, reader, visit, code.to_owned());
    let page = page.crumb("/editor", Words::new(state, reader.language.for_staff()).text("editor-list-title"));
    let item = &shown.item;
    let item_facts = ContentFacts {
        rank: item.rank,
        happens_on: item.happens_on,
        body: item.body.clone(),
        media: item.media.clone(),
        shows: item.shows.clone(),
    };
    let (key, colour) = state_key(item.state);
    let consent_line = |(id, showing, day, holds): &(RowId, Showing, Date, bool)| ConsentLine {
        id: *id,
        what: page.text(showing_key(*showing)),
        day: page.date(*day),
        holds: *holds,
    };
    let may_consent = visit.may(Act::KeepConsent) && !item.shows.is_empty();
    Ok(ItemPage {
        code: code.to_owned(),
        row_version: item.row_version,
        kind: page.text(kind_key(item.kind)),
        parent: shown.parent.clone(),
        state: item.state,
        state_name: page.text(key),
        colour,
        may_publish: shown.may_publish,
        facts: FactFields::new(state, &page, &item_facts),
        texts: Language::ALL.into_iter().map(|each| text_form(&page, &shown, each, form)).collect(),
        consents: shown.consents.iter().map(consent_line).collect(),
        consent: may_consent.then(|| ConsentForm::new(state, &page, &shown, form, &errors)),
        errors,
        page,
    })
}

/// The form of a language; what was typed in it and not taken stands in it again.
fn text_form(words: &Words, shown: &ShownContent, language: Language, form: &FormData) -> TextForm {
    let stored = shown.texts.iter().find(|text| text.language == language.code());
    let is_this = form.text("text_language") == language.code();
    let value = |name: &str, stored: Option<&str>| {
        if is_this { form.text(name).to_owned() } else { stored.unwrap_or_default().to_owned() }
    };
    let (tag, direction) = (language.tag(), language.direction().as_str());
    // One page has a form for each language, so the names of fields bear its code.
    let name = |field: &str| format!("{field}-{}", language.code());
    let title = Field::line(name("title"), words.text("editor-field-title")).in_language(tag, direction);
    let byline = Field::line(name("byline"), words.text("editor-field-byline")).in_language(tag, direction);
    let body = Field::area(name("body"), words.text("editor-field-text")).in_language(tag, direction).rows(5);
    TextForm {
        language,
        is_missing: stored.is_none(),
        title: title.value(value(&name("title"), stored.map(|text| text.title.as_str()))),
        byline: byline.value(value(&name("byline"), stored.and_then(|text| text.byline.as_deref()))),
        body: body
            .hint(words.text("editor-field-text-hint"))
            .value(value(&name("body"), stored.map(|text| text.body.as_str()))),
    }
}

/// One item.
pub(super) async fn show(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let item = item_page(&state, &reader, &visit, &code, &FormData::default(), Errors::default()).await?;
    page::html(item.page.language, &item)
}

/// The page after an act: a message, or the page again with what was wrong.
async fn answer(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    code: &str,
    form: &FormData,
    acted: Outcome<()>,
    notice: &str,
) -> Result<Response, WebError> {
    match acted {
        Outcome::Done(()) => page::see_with(&format!("/editor/{code}"), notice),
        Outcome::Refused(refusal @ Refusal::NotFound("item")) => Err(refusal.into()),
        Outcome::Refused(refusal) => {
            let words = Words::new(state, reader.language.for_staff());
            let language = form.text("text_language").to_owned();
            let field_of = |field: &str| {
                let is_text = !language.is_empty() && ["title", "byline", "body"].contains(&field);
                is_text.then(|| format!("{field}-{language}"))
            };
            let errors = Errors::of(&words, &refusal, field_of);
            let item = item_page(state, reader, visit, code, form, errors).await?;
            page::html_with_errors(item.page.language, &item)
        }
    }
}

fn row_version(form: &FormData) -> i64 {
    form.text("row_version").parse().unwrap_or_default()
}

/// Changes the facts.
pub(super) async fn change(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let acted = match facts(&form) {
        Ok(facts) => {
            let change = ChangeContent { code: code.clone(), row_version: row_version(&form), facts };
            visit.run(&state, change).await?
        }
        Err(refusal) => Outcome::Refused(refusal),
    };
    answer(&state, &reader, &visit, &code, &form, acted, "editor-notice-saved").await
}

/// Writes the text of one language.
pub(super) async fn write(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let language = form.text("text_language").to_owned();
    let field = |name: &str| form.text(&format!("{name}-{language}")).replace("\r\n", "\n");
    let text = ContentText {
        title: field("title"),
        byline: Some(field("byline")).filter(|byline| !byline.is_empty()),
        body: field("body"),
        language: language.clone(),
    };
    let acted = visit.run(&state, WriteText { code: code.clone(), row_version: row_version(&form), text }).await?;
    answer(&state, &reader, &visit, &code, &form, acted, "editor-notice-saved").await
}

/// Translated, published or withdrawn.
pub(super) async fn advance(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let item = code.clone();
    let (acted, notice) = match form.text("to").parse() {
        Ok(ContentState::Translated) => {
            (visit.run(&state, MarkTranslated { code: item }).await?, "editor-notice-saved")
        }
        Ok(ContentState::Published) => {
            (visit.run(&state, PublishContent { code: item }).await?, "editor-notice-published")
        }
        Ok(ContentState::Withdrawn) => {
            (visit.run(&state, WithdrawContent { code: item }).await?, "editor-notice-withdrawn")
        }
        Ok(ContentState::Draft) | Err(_) => return Err(WebError::Malformed),
    };
    answer(&state, &reader, &visit, &code, &form, acted, notice).await
}

/// Records a consent.
pub(super) async fn consent(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let missing = |field: &str| Outcome::Refused(Refusal::field(field, Problem::Missing));
    let person = PersonNumber::parse(form.text("person"));
    let acted = match (person, form.text("showing").parse::<Showing>(), DateField::date(&form, "given_on")) {
        (Ok(person), Ok(showing), Some(given_on)) => {
            let language = form.text("language").to_owned();
            let record = RecordConsent { code: code.clone(), person, showing, given_on, language };
            match visit.run(&state, record).await? {
                Outcome::Done(_) => Outcome::Done(()),
                Outcome::Refused(refusal) => Outcome::Refused(refusal),
            }
        }
        (Err(_), _, _) => missing("person"),
        (_, Err(_), _) => missing("showing"),
        (_, _, None) => missing("given_on"),
    };
    answer(&state, &reader, &visit, &code, &form, acted, "editor-notice-consent").await
}

/// Records that a consent was taken back.
pub(super) async fn revoke(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let consent: RowId = form.text("consent").parse().map_err(|_| WebError::Malformed)?;
    let acted = visit.run(&state, RevokeConsent { consent }).await?;
    answer(&state, &reader, &visit, &code, &form, acted, "editor-notice-revoked").await
}
