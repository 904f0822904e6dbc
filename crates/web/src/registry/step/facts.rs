// SPDX-License-Identifier: Apache-2.0
//! The page of a member's birth, sex, citizenship, language and document.

use app::registry::MemberDraft;
use domain::{
    registry::{BirthDate, Citizenship, CountryCode, Document, InvalidBirthDate, NameSource, Precision, Sex},
    sensitive::Sensitive,
};

use super::{Scene, Step, name::typed};
use crate::{
    form::{Choice, Errors, Field, FormData},
    registry::{codes, form_page::Item},
};

/// The most characters of a place or a number; the registry refuses longer ones too.
const LINE_CHARACTERS_MAX: usize = 200;
/// On what a citizenship rests when no document shows it (code list `citizenship_basis`).
const STATED: &str = "statement";
const SHOWN: &str = "document";

pub(super) fn items(scene: &Scene<'_>, form: Option<&FormData>, errors: &Errors) -> Vec<Item> {
    let (state, words, member) = (scene.state, scene.words, scene.member());
    let head = scene.head().filter(|_| !scene.is_filled(Step::Facts));
    let country = |code: Option<CountryCode>| code.map(|code| codes::name(state, words, "country", code.as_str()));
    let mut items = Vec::new();
    let mut add = |field: Field| items.push(Item::Field(typed(field, form, errors)));
    let born = member.birth.map(codes::typed_birth).unwrap_or_default();
    add(Field::latin("born", words.text("registry-facts-born"))
        .hint(words.text("registry-facts-born-hint"))
        .width("govuk-input--width-10")
        .value(born));
    let is_guessed = member.birth.is_some_and(|birth| birth.precision == Precision::Estimated);
    let guessed = vec![Choice::new("yes", words.text("registry-facts-guessed-yes"))];
    let guessed = Field::checkboxes("guessed", words.text("registry-facts-guessed"), guessed);
    add(if is_guessed { guessed.value("yes") } else { guessed });
    let sex = member.sex.or_else(|| codes::sex_of_relation(&member.relation));
    let field = Field::radios("sex", words.text("registry-facts-sex"), codes::sexes(words));
    add(match sex {
        Some(sex) => field.value(sex.as_str()),
        None => field,
    });
    add(Field::line("birth-place", words.text("registry-facts-birth-place"))
        .width("govuk-input--width-20")
        .value(member.birth_place.as_ref().map(|place| place.expose().clone()).unwrap_or_default()));
    let suggest = |name: &str, key: &str, value: Option<String>, list: &'static str| {
        let field = Field::line(name, words.text(key)).width("govuk-input--width-20").value(value.unwrap_or_default());
        Item::Suggest(typed(field, form, errors), list)
    };
    let birth_country = member.birth_country.or_else(|| head.and_then(|head| head.birth_country));
    let citizenship = |member: &MemberDraft| member.citizenships.first().map(|held| held.country);
    let held = citizenship(&member).or_else(|| head.and_then(citizenship));
    let language = |member: &MemberDraft| member.languages.first().cloned();
    let spoken = language(&member).or_else(|| head.and_then(language));
    let spoken = spoken.map(|code| codes::name(state, words, "language", &code));
    items.extend([
        suggest("citizenship", "registry-facts-citizenship", country(held), "countries"),
        suggest("birth-country", "registry-facts-birth-country", country(birth_country), "countries"),
        suggest("language", "registry-facts-language", spoken, "languages"),
        Item::Heading(words.text("registry-facts-document")),
    ]);
    let document = member.documents.first();
    let mut kinds = codes::choices(state, words, "document_type");
    kinds.retain(|choice| choice.value != "none");
    let kind = Field::select("document-kind", words.text("registry-facts-document-kind"), kinds)
        .hint(words.text("registry-facts-document-hint"))
        .value(document.map(|document| document.kind.clone()).unwrap_or_default());
    let number = Field::latin("document-number", words.text("registry-facts-document-number"))
        .width("govuk-input--width-20")
        .value(document.map(|document| document.number.expose().clone()).unwrap_or_default());
    items.push(Item::Field(typed(kind, form, errors)));
    items.push(Item::Field(typed(number, form, errors)));
    let issued_by = document.map(|document| document.country);
    items.push(suggest("document-country", "registry-facts-document-country", country(issued_by), "countries"));
    items
}

pub(super) fn take(scene: &Scene<'_>, form: &FormData, member: &mut MemberDraft) -> Errors {
    let (state, words, mut errors) = (scene.state, scene.words, Errors::default());
    member.birth = take_birth(scene, form, &mut errors);
    member.sex = form.text("sex").parse::<Sex>().ok();
    if member.sex.is_none() {
        errors.add("sex", words.text("registry-facts-sex-choose"));
    }
    let line = |field: &str, errors: &mut Errors| {
        let text = form.optional(field)?;
        if text.chars().count() > LINE_CHARACTERS_MAX || text.chars().any(char::is_control) {
            errors.add(field, words.with("refusal-field-line", "limit", LINE_CHARACTERS_MAX.to_string()));
        }
        Some(Sensitive::new(text.to_owned()))
    };
    member.birth_place = line("birth-place", &mut errors);
    let country = |field: &str, errors: &mut Errors| {
        let text = form.optional(field)?;
        let found = codes::country(state, words, text);
        if found.is_none() {
            errors.add(field, words.text("registry-facts-no-country"));
        }
        found
    };
    let citizenship = country("citizenship", &mut errors);
    member.birth_country = country("birth-country", &mut errors);
    let document_country = country("document-country", &mut errors).or(citizenship);
    member.languages = match form.optional("language") {
        None => Vec::new(),
        Some(text) => {
            let found = codes::typed(state, words, "language", text);
            if found.is_none() {
                errors.add("language", words.text("registry-facts-no-language"));
            }
            found.into_iter().collect()
        }
    };
    let number = line("document-number", &mut errors);
    member.documents = take_document(scene, form, number, document_country, &mut errors).into_iter().collect();
    let has_document = !member.documents.is_empty();
    for name in &mut member.names {
        name.source = if has_document { NameSource::Document } else { NameSource::Stated };
    }
    let basis = if has_document { SHOWN } else { STATED };
    member.citizenships = citizenship
        .map(|country| Citizenship { country, from: None, to: None, basis: basis.to_owned() })
        .into_iter()
        .collect();
    if member.address.is_none() {
        member.address = scene.head().and_then(|head| head.address.clone());
    }
    errors
}

fn take_birth(scene: &Scene<'_>, form: &FormData, errors: &mut Errors) -> Option<BirthDate> {
    let today = codes::today(scene.state);
    let Some(text) = form.optional("born") else {
        errors.add("born", scene.words.text("refusal-field-missing"));
        return None;
    };
    let born = codes::birth_date(text, today).map(|birth| match form.text("guessed") {
        "yes" => BirthDate { precision: Precision::Estimated, ..birth },
        _ => birth,
    });
    let Some(born) = born else {
        errors.add("born", scene.words.text("registry-facts-born-wrong"));
        return None;
    };
    match born.checked(today) {
        Ok(born) => Some(born),
        Err(problem) => {
            let key = match problem {
                InvalidBirthDate::Future => "refusal-field-in-future",
                InvalidBirthDate::TooOld => "registry-facts-born-wrong",
            };
            errors.add("born", scene.words.text(key));
            None
        }
    }
}

fn take_document(
    scene: &Scene<'_>,
    form: &FormData,
    number: Option<Sensitive<String>>,
    country: Option<CountryCode>,
    errors: &mut Errors,
) -> Option<Document> {
    let words = scene.words;
    let kind = form.optional("document-kind");
    let (kind, number) = match (kind, number) {
        (None, None) => return None,
        (Some(kind), Some(number)) => (kind, number),
        (None, Some(_)) => {
            errors.add("document-kind", words.text("refusal-field-missing"));
            return None;
        }
        (Some(_), None) => {
            errors.add("document-number", words.text("refusal-field-missing"));
            return None;
        }
    };
    if !codes::choices(scene.state, words, "document_type").iter().any(|choice| choice.value == kind) {
        errors.add("document-kind", words.text("refusal-field-not-in-list"));
    }
    let Some(country) = country else {
        if errors.of_field("document-country").is_none() {
            errors.add("document-country", words.text("refusal-field-missing"));
        }
        return None;
    };
    Some(Document { kind: kind.to_owned(), number, country, issued: None, expires: None })
}
