// SPDX-License-Identifier: Apache-2.0
//! The form of an interview: who was there, what was said, how it was read back, and whether the claimant signed.

use app::asylum::{Interview, ReadBack, Reading, Signature};
use domain::{sensitive::Sensitive, time::Date};

use super::{show::read_back_text, shown::Shown};
use crate::{
    form::{Choice, Errors, Field, FormData},
    page::Page,
    state::AppState,
    work::labels,
};

/// The value of a ticked box.
const YES: &str = "yes";
/// The claimant signed.
const SIGNED: &str = "signed";
/// The claimant did not sign.
const REFUSED: &str = "refused";

/// The fields.
pub(super) fn fields(state: &AppState, page: &Page, shown: &Shown, today: Date) -> Vec<Field> {
    let languages = labels(state, page).codes("language", today);
    let languages = languages.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    let language = Field::select("language", page.text("claims-interview-language"), languages);
    let own = shown.sealed.as_ref().and_then(|sealed| sealed.language.clone()).or(shown.holder.language.clone());
    let language = own.into_iter().fold(language, |field, own| field.value(own));
    let person = |name: &str, key: &str, hint: &str| Field::line(name, page.text(key)).hint(page.text(hint));
    let read_back = ReadBack::ALL.iter().map(|&by| Choice::new(by.as_str(), read_back_text(page, by))).collect();
    let signature = vec![
        Choice::new(SIGNED, page.text("claims-reading-signed")),
        Choice::new(REFUSED, page.text("claims-reading-refused")).hint(page.text("claims-reading-refused-hint")),
    ];
    vec![
        language,
        person("interpreter", "claims-interview-interpreter", "claims-interview-interpreter-hint"),
        person("representative", "claims-interview-representative", "claims-interview-representative-hint"),
        person("observer", "claims-interview-observer", "claims-interview-observer-hint"),
        Field::checkboxes(
            "seen_alone",
            page.text("claims-interview-alone"),
            vec![Choice::new(YES, page.text("claims-interview-alone-yes"))],
        )
        .hint(page.text("claims-interview-alone-hint")),
        Field::area("statement", page.text("claims-interview-statement"))
            .hint(page.text("claims-interview-statement-hint"))
            .rows(14),
        Field::radios("read_back", page.text("claims-reading-title"), read_back).hint(page.text("claims-reading-hint")),
        Field::area("corrections", page.text("claims-reading-corrections"))
            .hint(page.text("claims-reading-corrections-hint"))
            .rows(4),
        Field::radios("signature", page.text("claims-reading-signature"), signature),
        Field::area("refused_because", page.text("claims-reading-because"))
            .hint(page.text("claims-reading-because-hint"))
            .rows(3),
    ]
}

/// The interview that was typed; notes what is missing on the page itself.
pub(super) fn read(page: &Page, form: &FormData, errors: &mut Errors) -> Option<Interview> {
    let optional = |name: &str| form.optional(name).map(|text| Sensitive::new(text.to_owned()));
    let mut needed = |name: &str| {
        let is_given = form.optional(name).is_some();
        if !is_given {
            errors.add(name, page.text("refusal-field-missing"));
        }
        is_given
    };
    let is_whole = ["language", "statement", "read_back", "signature"].map(&mut needed).into_iter().all(|given| given);
    let by: ReadBack = form.text("read_back").parse().ok()?;
    let signature = match form.text("signature") {
        SIGNED => Signature::Signed,
        REFUSED if needed("refused_because") => {
            Signature::Refused(Sensitive::new(form.text("refused_because").to_owned()))
        }
        _ => return None,
    };
    is_whole.then(|| Interview {
        language: form.text("language").to_owned(),
        interpreter: optional("interpreter"),
        representative: optional("representative"),
        observer: optional("observer"),
        seen_alone: form.text("seen_alone") == YES,
        statement: Sensitive::new(form.text("statement").to_owned()),
        reading: Some(Reading { by, corrections: optional("corrections"), signature }),
    })
}
