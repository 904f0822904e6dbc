// SPDX-License-Identifier: Apache-2.0
//! Adding a document, a contact or an address to a person's record, and ending one, with source and reason.

use app::registry::{
    AddFact, EndFact, Fact, FactGround, FactKind, FindPersons, PersonQuery, PersonView, ShowPerson, latin_name,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    id::RowId,
    number::PersonNumber,
    refusal::Refusal,
    registry::{Address, Confidentiality, Contact, ContactKind, Document, LookAlike, LookAlikeNote, Verdict},
    sensitive::Sensitive,
};
use serde::Deserialize;

use super::{
    codes,
    form_page::{Button, FormPage, Item, Row, Suggestions},
    person,
    step::contact,
};
use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// What is added.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    what: String,
}

/// What is ended.
#[derive(Deserialize)]
pub(super) struct Ended {
    #[serde(default)]
    fact: String,
}

/// Who asks for the page, and of which kind the fact is.
struct Scene<'a> {
    state: &'a AppState,
    reader: &'a Reader,
    visit: &'a Visit,
    kind: FactKind,
    words: Words,
}

impl<'a> Scene<'a> {
    fn new(state: &'a AppState, reader: &'a Reader, visit: &'a Visit, what: &str) -> Result<Self, WebError> {
        let kind = what.parse().map_err(|_| WebError::NotFound)?;
        Ok(Self { state, reader, visit, kind, words: Words::new(state, reader.language.for_staff()) })
    }
}

/// Shows the form that adds a fact.
pub(super) async fn get_add(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let scene = Scene::new(&state, &reader, &visit, &asked.what)?;
    scene.show(&person::number(&number)?, None, &[], Errors::default()).await
}

/// Adds the fact.
pub(super) async fn post_add(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let scene = Scene::new(&state, &reader, &visit, form.text("what"))?;
    scene.take(person::number(&number)?, &form).await
}

impl Scene<'_> {
    async fn show(
        &self,
        number: &PersonNumber,
        form: Option<&FormData>,
        holders: &[LookAlike],
        errors: Errors,
    ) -> Result<Response, WebError> {
        let (state, words) = (self.state, &self.words);
        let view = self.visit.done(state, ShowPerson { number: number.clone() }).await?;
        let row = &view.person.row;
        let page = Page::staff_titled(state, self.reader, self.visit, words.text(self.title()))
            .crumb(format!("/persons/{}", row.number), latin_name(&view.person.names).into_inner());
        let mut shown = FormPage::new(page, format!("/persons/{}/facts/add", row.number));
        shown.hidden = vec![("what", self.kind.to_string()), ("version", row.row_version.to_string())];
        let typed = |field: Field| field.again(form, &errors);
        if !holders.is_empty() {
            shown.items = self.holders(holders, &typed).await?;
        }
        shown.items.extend(self.fields(&typed));
        let present = present(state, words, &view, self.kind);
        if !present.is_empty() {
            let choices = present.into_iter().map(|(id, text)| Choice::new(id.to_string(), text)).collect();
            let replaces = Field::select("replaces", words.text("registry-fact-replaces"), choices);
            shown.items.push(Item::Field(typed(replaces.hint(words.text("registry-fact-replaces-hint")))));
        }
        shown.items.extend(ground_fields(state, words, "registry-fact-since").into_iter().map(typed).map(Item::Field));
        if self.kind == FactKind::Document {
            shown.suggestions = vec![Suggestions { id: "countries", choices: codes::choices(state, words, "country") }];
        }
        shown.buttons = vec![Button { value: "", text: words.text("registry-fact-add-button") }];
        shown.cancel = Some(format!("/persons/{}", row.number));
        shown.errors = errors;
        shown.answer()
    }

    fn title(&self) -> &'static str {
        match self.kind {
            FactKind::Document => "registry-fact-add-document",
            FactKind::Contact => "registry-fact-add-contact",
            FactKind::Address => "registry-fact-add-address",
        }
    }

    /// Those who hold the same document, each with the place for a word of the officer.
    async fn holders(&self, holders: &[LookAlike], typed: &impl Fn(Field) -> Field) -> Result<Vec<Item>, WebError> {
        let words = &self.words;
        let mut items = vec![Item::Warning(words.text("registry-fact-held"))];
        let verdict = |verdict: Verdict, key: &str| Choice::new(verdict.as_str(), words.text(key));
        for holder in holders {
            let query = PersonQuery { number: Some(holder.number.clone()), ..PersonQuery::default() };
            for found in self.visit.done(self.state, FindPersons(query)).await? {
                let born = codes::birth(words, found.row.birth);
                let text = format!("{}, {born}, {}", found.latin_name.expose(), holder.number);
                items.push(Item::Link(format!("/persons/{}", holder.number), text));
            }
            let verdicts = vec![
                verdict(Verdict::Different, "registry-alike-different"),
                verdict(Verdict::Unsure, "registry-alike-unsure"),
            ];
            let (number, label) = (&holder.number, words.text("registry-alike-verdict"));
            items.push(Item::Field(typed(Field::radios(format!("verdict-{number}"), label, verdicts))));
            let label = words.text("registry-alike-reason");
            items.push(Item::Field(typed(Field::line(format!("reason-{number}"), label))));
        }
        Ok(items)
    }

    fn fields(&self, typed: &impl Fn(Field) -> Field) -> Vec<Item> {
        let (state, words) = (self.state, &self.words);
        let day = |name: &str, key: &str| Field::latin(name, words.text(key)).width("govuk-input--width-10");
        let field = |field: Field| Item::Field(typed(field));
        match self.kind {
            FactKind::Document => {
                let mut kinds = codes::choices(state, words, "document_type");
                kinds.retain(|choice| choice.value != "none");
                vec![
                    field(Field::select("kind", words.text("registry-facts-document-kind"), kinds)),
                    field(
                        Field::latin("number", words.text("registry-facts-document-number"))
                            .width("govuk-input--width-20"),
                    ),
                    Item::Suggest(
                        typed(
                            Field::line("country", words.text("registry-fact-issued-by"))
                                .width("govuk-input--width-20"),
                        ),
                        "countries",
                    ),
                    field(day("issued", "registry-fact-issued")),
                    field(day("expires", "registry-fact-expires")),
                ]
            }
            FactKind::Contact => vec![
                field(
                    Field::phone("phone", words.text("registry-contact-phone"))
                        .hint(words.text("registry-contact-phone-hint"))
                        .width("govuk-input--width-20"),
                ),
                field(Field::email("email", words.text("registry-contact-email")).width("govuk-input--width-20")),
            ],
            FactKind::Address => {
                let areas = codes::choices(state, words, "administrative_area");
                let dwellings = codes::choices(state, words, "dwelling_type");
                let kept = vec![Choice::new("self", words.text("registry-contact-kept-yes"))];
                vec![
                    field(Field::select("area", words.text("registry-contact-area"), areas)),
                    field(Field::line("line", words.text("registry-contact-line"))),
                    field(Field::select("dwelling", words.text("registry-contact-dwelling"), dwellings)),
                    field(Field::checkboxes("kept", words.text("registry-contact-kept"), kept)),
                ]
            }
        }
    }

    async fn take(&self, number: PersonNumber, form: &FormData) -> Result<Response, WebError> {
        let mut errors = Errors::default();
        if form.is_language_switch() {
            return self.show(&number, Some(form), &[], errors).await;
        }
        let fact = self.fact(form, &mut errors);
        let ground = ground(&self.words, form, &mut errors)?;
        let Some(fact) = fact.filter(|_| errors.is_empty()) else {
            return self.show(&number, Some(form), &[], errors).await;
        };
        let replaces = match form.optional("replaces") {
            None => None,
            Some(id) => Some(id.parse::<RowId>().map_err(|_| WebError::Malformed)?),
        };
        let add = AddFact { number: number.clone(), fact, replaces, ground, looks_like: notes(form) };
        match self.visit.tried(self.state, add).await? {
            Ok(_) => page::see_with(&format!("/persons/{number}"), "registry-notice-added"),
            Err(Refusal::LooksLike(holders)) => {
                for holder in &holders {
                    errors.add(format!("verdict-{}", holder.number), self.words.text("registry-alike-verdict-missing"));
                }
                self.show(&number, Some(form), &holders, errors).await
            }
            Err(refusal) => {
                let last = |field: &str| Some(field.rsplit('.').next().unwrap_or(field).to_owned());
                let errors = Errors::of(&self.words, &refusal, last);
                self.show(&number, Some(form), &[], errors).await
            }
        }
    }

    /// The fact that the form states.
    fn fact(&self, form: &FormData, errors: &mut Errors) -> Option<Fact> {
        let words = &self.words;
        let missing = || words.text("refusal-field-missing");
        let needed: &[&str] = match self.kind {
            FactKind::Document => &["kind", "number", "country"],
            FactKind::Contact => &[],
            FactKind::Address => &["area", "line"],
        };
        needed.iter().filter(|field| form.text(field).is_empty()).for_each(|field| errors.add(*field, missing()));
        let text = |field: &str| form.text(field).to_owned();
        match self.kind {
            FactKind::Document => {
                let country = codes::country(self.state, words, form.text("country"));
                if country.is_none() && !form.text("country").is_empty() {
                    errors.add("country", words.text("registry-facts-no-country"));
                }
                let (issued, expires) = (day(words, form, "issued", errors), day(words, form, "expires", errors));
                let number = Sensitive::new(text("number"));
                Some(Fact::Document(Document { kind: text("kind"), number, country: country?, issued, expires }))
            }
            FactKind::Contact => {
                let kinds = [("phone", ContactKind::Phone), ("email", ContactKind::Email)];
                let mut given = kinds.into_iter().filter(|(field, _)| form.optional(field).is_some());
                let Some((field, kind)) = given.next() else {
                    errors.add("phone", missing());
                    return None;
                };
                if let Some((other, _)) = given.next() {
                    errors.add(other, words.text("registry-fact-one-contact"));
                }
                if let Some(key) = contact::wrong(kind, form.text(field)) {
                    errors.add(field, words.text(key));
                }
                Some(Fact::Contact(Contact { kind, value: Sensitive::new(text(field)) }))
            }
            FactKind::Address => {
                let is_kept = form.text("kept") == "self";
                Some(Fact::Address(Address {
                    area: text("area"),
                    line: Sensitive::new(text("line")),
                    dwelling: form.optional("dwelling").map(str::to_owned),
                    from: form.optional("event_date").and_then(codes::day),
                    confidentiality: if is_kept { Confidentiality::Self_ } else { Confidentiality::Family },
                }))
            }
        }
    }
}

/// What the officer said of each holder of the same document.
fn notes(form: &FormData) -> Vec<LookAlikeNote> {
    let said = form.fields().filter_map(|(name, value)| Some((name.strip_prefix("verdict-")?, value)));
    let note = |(number, verdict): (&str, &str)| {
        let reason = Sensitive::new(form.text(&format!("reason-{number}")).to_owned());
        Some(LookAlikeNote { number: PersonNumber::parse(number).ok()?, verdict: verdict.parse().ok()?, reason })
    };
    said.filter_map(note).collect()
}

fn day(words: &Words, form: &FormData, field: &str, errors: &mut Errors) -> Option<domain::time::Date> {
    let text = form.optional(field)?;
    let day = codes::day(text);
    if day.is_none() {
        errors.add(field, words.text("refusal-field-no-such-day"));
    }
    day
}

/// Where a change comes from, why, and since when.
fn ground_fields(state: &AppState, words: &Words, since: &str) -> Vec<Field> {
    let sources = codes::choices(state, words, "name_source");
    vec![
        Field::select("source", words.text("registry-correct-source"), sources),
        Field::area("reason", words.text("registry-fact-reason")).rows(3),
        Field::latin("event_date", words.text(since)).width("govuk-input--width-10"),
    ]
}

fn ground(words: &Words, form: &FormData, errors: &mut Errors) -> Result<FactGround, WebError> {
    let event_date = day(words, form, "event_date", errors);
    for field in ["source", "reason"] {
        if form.text(field).is_empty() {
            errors.add(field, words.text("refusal-field-missing"));
        }
    }
    let row_version: i64 = form.text("version").parse().map_err(|_| WebError::Malformed)?;
    let (reason, source) = (form.text("reason").to_owned(), form.text("source").to_owned());
    Ok(FactGround { row_version: Some(row_version), reason, source, event_date })
}

/// What a person has of a kind, each as it is read.
fn present(state: &AppState, words: &Words, view: &PersonView, kind: FactKind) -> Vec<(RowId, String)> {
    let name = |list: &str, code: &str| codes::name(state, words, list, code);
    let record = &view.person;
    match kind {
        FactKind::Document => record
            .documents
            .iter()
            .map(|held| (held.id, format!("{} {}", name("document_type", &held.kind), held.number.expose())))
            .collect(),
        FactKind::Contact => record.contacts.iter().map(|held| (held.id, held.value.expose().clone())).collect(),
        FactKind::Address => record
            .addresses
            .iter()
            .map(|held| (held.id, format!("{}, {}", name("administrative_area", &held.area), held.line.expose())))
            .collect(),
    }
}

/// Shows the form that ends a fact.
pub(super) async fn get_end(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(ended): Query<Ended>,
) -> Result<Response, WebError> {
    show_end(&state, &reader, &visit, (&number, &ended.fact), None, Errors::default()).await
}

async fn show_end(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    (number, fact): (&str, &str),
    form: Option<&FormData>,
    errors: Errors,
) -> Result<Response, WebError> {
    let view = visit.done(state, ShowPerson { number: person::number(number)? }).await?;
    let words = Words::new(state, reader.language.for_staff());
    let fact: RowId = fact.parse().map_err(|_| WebError::NotFound)?;
    let found = FactKind::ALL.iter().flat_map(|&kind| present(state, &words, &view, kind));
    let (_, text) = found.into_iter().find(|(id, _)| *id == fact).ok_or(WebError::NotFound)?;
    let row = &view.person.row;
    let page = Page::staff(state, reader, visit, "registry-fact-end-title")
        .crumb(format!("/persons/{}", row.number), latin_name(&view.person.names).into_inner());
    let mut shown = FormPage::new(page, format!("/persons/{}/facts/end", row.number));
    shown.rows = vec![Row { label: words.text("registry-fact-which"), value: text }];
    shown.hidden = vec![("fact", fact.to_string()), ("version", row.row_version.to_string())];
    let fields =
        ground_fields(state, &words, "registry-fact-ended-on").into_iter().map(|field| field.again(form, &errors));
    shown.items = fields.map(Item::Field).collect();
    shown.buttons = vec![Button { value: "", text: words.text("registry-fact-end-button") }];
    shown.cancel = Some(format!("/persons/{}", row.number));
    shown.errors = errors;
    shown.answer()
}

/// Ends the fact.
pub(super) async fn post_end(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let (words, mut errors) = (Words::new(&state, reader.language.for_staff()), Errors::default());
    let which = (number.as_str(), form.text("fact"));
    if form.is_language_switch() {
        return show_end(&state, &reader, &visit, which, Some(&form), errors).await;
    }
    let ground = ground(&words, &form, &mut errors)?;
    if !errors.is_empty() {
        return show_end(&state, &reader, &visit, which, Some(&form), errors).await;
    }
    let fact = form.text("fact").parse().map_err(|_| WebError::NotFound)?;
    match visit.tried(&state, EndFact { number: person::number(&number)?, fact, ground }).await? {
        Ok(_) => page::see_with(&format!("/persons/{number}"), "registry-notice-ended"),
        Err(refusal) => {
            let errors = Errors::of(&words, &refusal, |field| Some(field.to_owned()));
            show_end(&state, &reader, &visit, which, Some(&form), errors).await
        }
    }
}
