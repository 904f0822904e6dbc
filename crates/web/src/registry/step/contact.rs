// SPDX-License-Identifier: Apache-2.0
//! The page of how a member is reached and where she lives.

use app::registry::MemberDraft;
use domain::{
    registry::{Address, Confidentiality, Contact, ContactKind},
    sensitive::Sensitive,
};

use super::{Scene, name::typed};
use crate::{
    form::{Choice, Errors, Field, FormData},
    registry::{codes, form_page::Item},
};

/// The most characters of an address line, a number or an e-mail address; the registry refuses longer ones too.
const LINE_CHARACTERS_MAX: usize = 200;
/// The least digits of a telephone number.
const PHONE_DIGITS_MIN: usize = 5;

pub(super) fn items(scene: &Scene<'_>, form: Option<&FormData>, errors: &Errors) -> Vec<Item> {
    let (state, words, member) = (scene.state, scene.words, scene.member());
    let contact = |kind| {
        let found = member.contacts.iter().find(|contact| contact.kind == kind);
        found.map(|contact| contact.value.expose().clone()).unwrap_or_default()
    };
    let address = member.address.as_ref();
    let mut items = Vec::new();
    let mut add = |field: Field| items.push(Item::Field(typed(field, form, errors)));
    add(Field::phone("phone", words.text("registry-contact-phone"))
        .hint(words.text("registry-contact-phone-hint"))
        .width("govuk-input--width-20")
        .value(contact(ContactKind::Phone)));
    add(Field::email("email", words.text("registry-contact-email"))
        .width("govuk-input--width-20")
        .value(contact(ContactKind::Email)));
    add(Field::select(
        "area",
        words.text("registry-contact-area"),
        codes::choices(state, words, "administrative_area"),
    )
    .value(address.map(|address| address.area.clone()).unwrap_or_default()));
    add(Field::line("line", words.text("registry-contact-line"))
        .value(address.map(|address| address.line.expose().clone()).unwrap_or_default()));
    add(Field::select(
        "dwelling",
        words.text("registry-contact-dwelling"),
        codes::choices(state, words, "dwelling_type"),
    )
    .value(address.and_then(|address| address.dwelling.clone()).unwrap_or_default()));
    let is_kept = address.is_some_and(|address| address.confidentiality == Confidentiality::Self_);
    let kept = vec![Choice::new("self", words.text("registry-contact-kept-yes"))];
    let kept = Field::checkboxes("kept", words.text("registry-contact-kept"), kept);
    add(if is_kept { kept.value("self") } else { kept });
    items
}

pub(super) fn take(scene: &Scene<'_>, form: &FormData, member: &mut MemberDraft) -> Errors {
    let (state, words, mut errors) = (scene.state, scene.words, Errors::default());
    let too_long = || words.with("refusal-field-line", "limit", LINE_CHARACTERS_MAX.to_string());
    member.contacts.clear();
    for (field, kind) in [("phone", ContactKind::Phone), ("email", ContactKind::Email)] {
        let Some(text) = form.optional(field) else { continue };
        if let Some(key) = wrong(kind, text) {
            errors.add(field, words.text(key));
        } else if text.chars().count() > LINE_CHARACTERS_MAX {
            errors.add(field, too_long());
        }
        member.contacts.push(Contact { kind, value: Sensitive::new(text.to_owned()) });
    }
    let (area, line, dwelling) = (form.optional("area"), form.optional("line"), form.optional("dwelling"));
    let is_code = |list, code: &str| codes::choices(state, words, list).iter().any(|choice| choice.value == code);
    if area.is_some_and(|area| !is_code("administrative_area", area)) {
        errors.add("area", words.text("refusal-field-not-in-list"));
    }
    if dwelling.is_some_and(|dwelling| !is_code("dwelling_type", dwelling)) {
        errors.add("dwelling", words.text("refusal-field-not-in-list"));
    }
    member.address = match (area, line) {
        (Some(area), Some(line)) => {
            if line.chars().count() > LINE_CHARACTERS_MAX {
                errors.add("line", too_long());
            }
            let confidentiality =
                if form.text("kept") == "self" { Confidentiality::Self_ } else { Confidentiality::Family };
            Some(Address {
                area: area.to_owned(),
                line: Sensitive::new(line.to_owned()),
                dwelling: dwelling.map(str::to_owned),
                from: None,
                confidentiality,
            })
        }
        (None, None) if dwelling.is_none() => None,
        (None, _) => {
            errors.add("area", words.text("refusal-field-missing"));
            None
        }
        (Some(_), None) => {
            errors.add("line", words.text("refusal-field-missing"));
            None
        }
    };
    errors
}

/// The text that says what is wrong with a telephone number or an e-mail address; `None` if it has the form of one.
pub(in crate::registry) fn wrong(kind: ContactKind, text: &str) -> Option<&'static str> {
    match kind {
        ContactKind::Phone => {
            let digits = text.chars().filter(|character| character.is_ascii_digit()).count();
            let is_form =
                digits >= PHONE_DIGITS_MIN && text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
            (!is_form).then_some("registry-contact-phone-wrong")
        }
        ContactKind::Email => {
            let is_form = text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            (!is_form).then_some("registry-contact-email-wrong")
        }
    }
}

/// Those who live with the head move with the head.
pub(super) fn share(members: &mut [MemberDraft], address: Option<&Address>) {
    let before = members.first().and_then(|head| head.address.clone());
    for member in members.iter_mut().skip(1).filter(|member| member.address == before) {
        member.address = address.cloned();
    }
}
