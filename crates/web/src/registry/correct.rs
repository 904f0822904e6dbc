// SPDX-License-Identifier: Apache-2.0
//! Correcting a fact with reason and source, and mending a slip of the pen on the day of entry.

use app::{
    Outcome,
    registry::{Correct, CorrectPerson, FixTypo, PersonView, ShowPerson, latin_name},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    access::Act,
    registry::{BirthDate, NameInput, NameKind, NameSource, Precision, Script, Sex, VitalStatus, script_of},
    sensitive::Sensitive,
    time::Date,
};
use serde::Deserialize;

use super::{
    codes,
    form_page::{Button, FormPage, Item, Row},
    person,
};
use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// Which fact.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    what: String,
}

/// A fact that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Name,
    Birth,
    BirthPlace,
    Sex,
    VitalStatus,
}

impl What {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Name, "name", "registry-person-name"),
        (Self::Birth, "birth", "registry-person-born"),
        (Self::BirthPlace, "birth_place", "registry-person-birth-place"),
        (Self::Sex, "sex", "registry-person-sex"),
        (Self::VitalStatus, "vital_status", "registry-person-vital"),
    ];

    fn of(word: &str) -> Result<Self, WebError> {
        Self::ALL.into_iter().find(|(_, each, _)| *each == word).map(|(what, ..)| what).ok_or(WebError::NotFound)
    }

    fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(each, ..)| *each == self).map_or("", |(_, word, _)| word)
    }

    fn label(self) -> &'static str {
        Self::ALL.into_iter().find(|(each, ..)| *each == self).map_or("", |(.., key)| key)
    }
}

/// Who asks for the page of which fact, and by which act.
struct Scene<'a> {
    state: &'a AppState,
    reader: &'a Reader,
    visit: &'a Visit,
    act: Act,
    what: What,
}

/// Shows the form of a correction.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let what = What::of(&asked.what)?;
    let scene = Scene { state: &state, reader: &reader, visit: &visit, act: Act::CorrectPerson, what };
    scene.show(&number, None, Errors::default()).await
}

/// Shows the form that mends a slip.
pub(super) async fn get_typo(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let what = What::of(&asked.what)?;
    let scene = Scene { state: &state, reader: &reader, visit: &visit, act: Act::FixTypo, what };
    scene.show(&number, None, Errors::default()).await
}

/// Corrects.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let what = What::of(form.text("what"))?;
    let scene = Scene { state: &state, reader: &reader, visit: &visit, act: Act::CorrectPerson, what };
    scene.take(&number, &form).await
}

/// Mends a slip.
pub(super) async fn post_typo(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let reader = reader.switched(&form);
    let what = What::of(form.text("what"))?;
    let scene = Scene { state: &state, reader: &reader, visit: &visit, act: Act::FixTypo, what };
    scene.take(&number, &form).await
}

impl Scene<'_> {
    fn words(&self) -> Words {
        Words::new(self.state, self.reader.language.for_staff())
    }

    fn is_typo(&self) -> bool {
        self.act == Act::FixTypo
    }

    async fn show(&self, number: &str, form: Option<&FormData>, errors: Errors) -> Result<Response, WebError> {
        let number = person::number(number)?;
        let view = self.visit.done(self.state, ShowPerson { number }).await?;
        let words = self.words();
        let row = &view.person.row;
        let title = words.text(if self.is_typo() { "registry-typo-title" } else { "registry-correct-title" });
        let page = Page::staff_titled(self.state, self.reader, self.visit, title)
            .crumb(format!("/persons/{}", row.number), latin_name(&view.person.names).into_inner());
        let act = if self.is_typo() { "typo" } else { "correct" };
        let mut shown = FormPage::new(page, format!("/persons/{}/{act}", row.number));
        shown.rows = vec![Row { label: words.text(self.what.label()), value: self.present(&words, &view) }];
        shown.hidden = vec![("what", self.what.word().to_owned()), ("version", row.row_version.to_string())];
        let typed = |field: Field| Item::Field(field.again(form, &errors));
        if self.is_typo() {
            shown.items.push(Item::Text(words.text("registry-typo-explain")));
        }
        shown.items.extend(self.fields(&words).into_iter().map(&typed));
        if self.what == What::Name {
            shown.items.push(Item::Letters(words.text("registry-name-letters"), "value"));
        }
        if !self.is_typo() {
            let sources = codes::choices(self.state, &words, "name_source");
            shown.items.extend([
                typed(Field::select("source", words.text("registry-correct-source"), sources)),
                typed(Field::area("reason", words.text("registry-correct-reason")).rows(3)),
                typed(
                    Field::latin("event_date", words.text("registry-correct-event-date"))
                        .hint(words.text("registry-correct-event-date-hint"))
                        .width("govuk-input--width-10"),
                ),
            ]);
        }
        shown.buttons = vec![Button {
            value: "",
            text: words.text(if self.is_typo() { "registry-typo-button" } else { "registry-correct-button" }),
        }];
        shown.cancel = Some(format!("/persons/{}", row.number));
        shown.errors = errors;
        shown.answer()
    }

    /// The fact as the record has it.
    fn present(&self, words: &Words, view: &PersonView) -> String {
        let row = &view.person.row;
        match self.what {
            What::Name => {
                let names = view.person.names.iter().map(|name| name.value.expose().clone());
                names.collect::<Vec<_>>().join(" · ")
            }
            What::Birth => codes::birth(words, row.birth),
            What::BirthPlace => row.birth_place.as_ref().map(|place| place.expose().clone()).unwrap_or_default(),
            What::Sex => codes::sex(words, row.sex),
            What::VitalStatus => codes::vital(words, row.vital_status),
        }
    }

    fn fields(&self, words: &Words) -> Vec<Field> {
        match self.what {
            What::Name => {
                let choice = |kind: NameKind, key| Choice::new(kind.as_str(), words.text(key));
                let parts = vec![
                    choice(NameKind::Given, "registry-name-given"),
                    choice(NameKind::Family, "registry-name-family"),
                    choice(NameKind::Father, "registry-name-father"),
                    choice(NameKind::Full, "registry-name-full"),
                ];
                vec![
                    Field::radios("part", words.text("registry-correct-part"), parts),
                    Field::line("value", words.text("registry-correct-name"))
                        .hint(words.text("registry-correct-name-hint")),
                ]
            }
            What::Birth => {
                let guessed = vec![Choice::new("yes", words.text("registry-facts-guessed-yes"))];
                vec![
                    Field::latin("value", words.text("registry-person-born"))
                        .hint(words.text("registry-facts-born-hint"))
                        .width("govuk-input--width-10"),
                    Field::checkboxes("guessed", words.text("registry-facts-guessed"), guessed),
                ]
            }
            What::BirthPlace => vec![Field::line("value", words.text("registry-person-birth-place"))],
            What::Sex => vec![Field::radios("value", words.text("registry-person-sex"), codes::sexes(words))],
            What::VitalStatus => {
                let choice = |&status: &VitalStatus| Choice::new(status.as_str(), codes::vital(words, status));
                vec![Field::radios(
                    "value",
                    words.text("registry-person-vital"),
                    VitalStatus::ALL.iter().map(choice).collect(),
                )]
            }
        }
    }

    async fn take(&self, number: &str, form: &FormData) -> Result<Response, WebError> {
        let (words, mut errors) = (self.words(), Errors::default());
        if form.is_language_switch() {
            return self.show(number, Some(form), errors).await;
        }
        let parsed = person::number(number)?;
        let row_version: i64 = form.text("version").parse().map_err(|_| WebError::Malformed)?;
        let change = self.change(&words, form, &mut errors);
        let event_date = self.event_date(&words, form, &mut errors);
        let Some(change) = change.filter(|_| errors.is_empty()) else {
            return self.show(number, Some(form), errors).await;
        };
        let outcome = if self.is_typo() {
            self.visit.run(self.state, FixTypo { number: parsed, row_version, change }).await?
        } else {
            let correct = CorrectPerson {
                number: parsed,
                row_version: Some(row_version),
                change,
                reason: form.text("reason").to_owned(),
                source: form.text("source").to_owned(),
                event_date,
            };
            self.visit.run(self.state, correct).await?
        };
        match outcome {
            Outcome::Done(_) => {
                let notice = if self.is_typo() { "registry-notice-mended" } else { "registry-notice-corrected" };
                page::see_with(&format!("/persons/{number}"), notice)
            }
            Outcome::Refused(refusal) => {
                let field = |field: &str| {
                    Some(if matches!(field, "reason" | "source" | "event_date") { field } else { "value" }.to_owned())
                };
                self.show(number, Some(form), Errors::of(&words, &refusal, field)).await
            }
        }
    }

    fn event_date(&self, words: &Words, form: &FormData, errors: &mut Errors) -> Option<Date> {
        let text = form.optional("event_date").filter(|_| !self.is_typo())?;
        let day = codes::day(text);
        if day.is_none() {
            errors.add("event_date", words.text("refusal-field-no-such-day"));
        }
        day
    }

    fn change(&self, words: &Words, form: &FormData, errors: &mut Errors) -> Option<Correct> {
        let value = form.text("value");
        if value.is_empty() {
            errors.add("value", words.text("refusal-field-missing"));
            return None;
        }
        let change = match self.what {
            What::Name => {
                let kind = form.text("part").parse::<NameKind>().ok();
                if kind.is_none() {
                    errors.add("part", words.text("refusal-field-not-in-list"));
                }
                let script = value.chars().find_map(script_of).unwrap_or(Script::Latin);
                let value = Sensitive::new(value.to_owned());
                Correct::Name(NameInput { kind: kind?, script, source: NameSource::Stated, value })
            }
            What::Birth => {
                let born = codes::birth_date(value, codes::today(self.state));
                let Some(born) = born else {
                    errors.add("value", words.text("registry-facts-born-wrong"));
                    return None;
                };
                let is_guessed = form.text("guessed") == "yes";
                let precision = if is_guessed { Precision::Estimated } else { born.precision };
                Correct::Birth(BirthDate { precision, ..born })
            }
            What::BirthPlace => Correct::BirthPlace(Sensitive::new(value.to_owned())),
            What::Sex => Correct::Sex(value.parse::<Sex>().ok()?),
            What::VitalStatus => Correct::VitalStatus(value.parse().ok()?),
        };
        Some(change)
    }
}
