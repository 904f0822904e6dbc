// SPDX-License-Identifier: Apache-2.0
//! The page of a member's names, and of her relation to the head.

use app::registry::MemberDraft;
use domain::registry::{HEAD, InvalidName, NameInput, NameKind, NameSource, NameText, Script, script_of};
use domain::sensitive::Sensitive;

use super::{Scene, Step};
use crate::{
    form::{Errors, Field, FormData},
    page::Words,
    registry::{codes, form_page::Item},
};

/// Fields of Latin names.
const LATIN: [(&str, NameKind, &str); 3] = [
    ("given", NameKind::Given, "registry-name-given"),
    ("family", NameKind::Family, "registry-name-family"),
    ("father", NameKind::Father, "registry-name-father"),
];
/// Fields of names in the own script.
const OWN: [(&str, NameKind, &str); 2] = [
    ("own-given", NameKind::Given, "registry-name-own-given"),
    ("own-family", NameKind::Family, "registry-name-own-family"),
];

pub(super) fn items(scene: &Scene<'_>, form: Option<&FormData>, errors: &Errors) -> Vec<Item> {
    let (words, member) = (scene.words, scene.member());
    let mut items = Vec::new();
    if scene.position > 0 {
        let mut choices = codes::choices(scene.state, words, "relationship");
        choices.retain(|choice| choice.value != HEAD);
        let relation = Field::select("relation", words.text("registry-name-relation"), choices).value(&member.relation);
        items.push(Item::Field(typed(relation, form, errors)));
    }
    let offered = scene.head().filter(|_| !scene.is_filled(Step::Name));
    let known = |kind, is_latin| {
        let of = |names: &[NameInput]| {
            let found = names.iter().find(|name| name.kind == kind && (name.script == Script::Latin) == is_latin);
            found.map(|name| name.value.expose().clone())
        };
        // Of the head's names the family name is offered, to be written over where it is another.
        let offer = || offered.filter(|_| kind == NameKind::Family).and_then(|head| of(&head.names));
        of(&member.names).or_else(offer).unwrap_or_default()
    };
    for (name, kind, key) in LATIN {
        let field = Field::latin(name, words.text(key)).value(known(kind, true)).width("govuk-input--width-20");
        items.push(Item::Field(typed(field, form, errors)));
    }
    items.push(Item::Letters(words.text("registry-name-letters"), "given family father"));
    for (name, kind, key) in OWN {
        let field = Field::line(name, words.text(key)).value(known(kind, false)).width("govuk-input--width-20");
        let field = if name == "own-given" { field.hint(words.text("registry-name-own-hint")) } else { field };
        items.push(Item::Field(typed(field, form, errors)));
    }
    items.push(Item::Letters(words.text("registry-name-own-letters"), "own-given own-family"));
    items
}

/// Shows what was typed, where something was.
pub(super) fn typed(field: Field, form: Option<&FormData>, errors: &Errors) -> Field {
    match form {
        // What was emptied stays empty.
        Some(form) => Field { values: Vec::new(), ..field }.typed(form, errors),
        None => field,
    }
}

pub(super) fn take(scene: &Scene<'_>, form: &FormData, member: &mut MemberDraft) -> Errors {
    let (words, mut errors) = (scene.words, Errors::default());
    if scene.position == 0 {
        member.relation = HEAD.to_owned();
    } else {
        let relation = form.text("relation");
        let is_known = codes::choices(scene.state, words, "relationship").iter().any(|choice| choice.value == relation);
        if !is_known || relation == HEAD {
            errors.add("relation", words.text("refusal-field-not-in-list"));
        }
        member.relation = relation.to_owned();
    }
    let mut names = Vec::new();
    for (field, kind, _) in LATIN {
        take_name(words, form, field, (kind, Some(Script::Latin)), &mut names, &mut errors);
    }
    for (field, kind, _) in OWN {
        take_name(words, form, field, (kind, None), &mut names, &mut errors);
    }
    let has_latin = names.iter().any(|name| name.script == Script::Latin && name.kind != NameKind::Father);
    if !has_latin && errors.of_field("given").is_none() {
        errors.add("given", words.text("registry-name-missing"));
    }
    member.names = names;
    errors
}

fn take_name(
    words: &Words,
    form: &FormData,
    field: &str,
    (kind, script): (NameKind, Option<Script>),
    names: &mut Vec<NameInput>,
    errors: &mut Errors,
) {
    let Some(text) = form.optional(field) else { return };
    let written = text.chars().find_map(script_of);
    let script = match (script, written) {
        (Some(script), _) => script,
        (None, Some(script)) if script != Script::Latin => script,
        (None, _) => {
            errors.add(field, words.text("registry-name-not-own"));
            return;
        }
    };
    match NameText::parse(text, script) {
        Ok(name) => names.push(NameInput {
            kind,
            script,
            source: NameSource::Stated,
            value: Sensitive::new(name.as_str().to_owned()),
        }),
        Err(problem) => errors.add(field, problem_text(words, &problem)),
    }
}

fn problem_text(words: &Words, problem: &InvalidName) -> String {
    words.text(match problem {
        InvalidName::Empty => "refusal-field-missing",
        InvalidName::TooLong => "registry-name-too-long",
        InvalidName::Character(_) => "registry-name-character",
        InvalidName::Script(_) => "registry-name-script",
    })
}
