// SPDX-License-Identifier: Apache-2.0
//! Registered persons who look like a member, side by side with her; the officer says of each who she is.

use app::registry::{FindLookAlikes, JoinDraft, LookAlikeView, MemberDraft, latin_name, original_name};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::Uri,
    response::Response,
};
use domain::{
    registry::{HEAD, Likeness, LookAlikeNote, Verdict},
    sensitive::Sensitive,
};

use super::{
    codes,
    draft::{self, Opened},
    person,
    step::{self, Step},
};
use crate::{
    WebError,
    form::{Choice, Errors, Field, Form, FormData},
    page::{self, Page, Reader, Words},
    state::AppState,
    visit::Visit,
};

/// The most characters of a reason that is kept in a draft.
const REASON_CHARACTERS_MAX: usize = 2_000;
/// What the officer says when both are one.
const SAME: &str = "same";

/// A line of the comparison.
struct Line {
    label: String,
    ours: String,
    theirs: String,
    differs: bool,
}

/// One look-alike.
struct Pair {
    number: String,
    path: String,
    likeness: Vec<String>,
    is_strong: bool,
    lines: Vec<Line>,
    verdict: Field,
    reason: Field,
}

#[derive(Template)]
#[template(path = "registry/alike.html")]
struct AlikePage {
    page: Page,
    errors: Errors,
    action: String,
    back: String,
    saved: String,
    name: String,
    pairs: Vec<Pair>,
}

/// Who looks like a member and was not spoken of yet.
async fn look_alikes(state: &AppState, visit: &Visit, member: &MemberDraft) -> Result<Vec<LookAlikeView>, WebError> {
    let (Some(sex), Some(birth)) = (member.sex, member.birth) else { return Ok(Vec::new()) };
    let (names, documents) = (member.names.clone(), member.documents.clone());
    let found = visit.done(state, FindLookAlikes { names, sex, birth, documents }).await?;
    let is_answered = |view: &LookAlikeView| member.looks_like.iter().any(|note| note.number == view.person.row.number);
    Ok(found.into_iter().filter(|view| !is_answered(view)).collect())
}

/// Whether somebody looks like a member and was not spoken of yet.
pub(super) async fn is_open(
    state: &AppState,
    visit: &Visit,
    opened: &Opened,
    position: usize,
) -> Result<bool, WebError> {
    Ok(!look_alikes(state, visit, opened.member(position)?).await?.is_empty())
}

fn next(opened: &Opened, position: usize, back: bool) -> String {
    opened.path(&if back { "check".to_owned() } else { step::after(Step::Facts, position) })
}

/// The comparison.
pub(super) async fn get(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((id, position)): Path<(String, usize)>,
    uri: Uri,
) -> Result<Response, WebError> {
    let opened = draft::open(&state, &visit, &id).await?;
    let back = uri.query() == Some("back=check");
    let found = look_alikes(&state, &visit, opened.member(position)?).await?;
    if found.is_empty() {
        return page::see(&next(&opened, position, back));
    }
    show(&state, &reader, &visit, (&opened, position, back), &found, (&FormData::default(), Errors::default()))
}

fn show(
    state: &AppState,
    reader: &Reader,
    visit: &Visit,
    (opened, position, back): (&Opened, usize, bool),
    found: &[LookAlikeView],
    (form, errors): (&FormData, Errors),
) -> Result<Response, WebError> {
    let page = Page::staff(state, reader, visit, "registry-alike-title")
        .crumb("/register", Words::new(state, reader.language.for_staff()).text("registry-start-title"))
        .keeping_form();
    let member = opened.member(position)?;
    let pairs = found.iter().map(|view| pair(state, &page, member, view, form, &errors)).collect();
    let has_errors = !errors.is_empty();
    let view = AlikePage {
        errors,
        action: opened.path(&format!("{position}/alike")),
        back: if back { "check".to_owned() } else { String::new() },
        saved: opened.saved(state, &page),
        name: draft::latin(member),
        pairs,
        page,
    };
    let language = view.page.language;
    if has_errors { page::html_with_errors(language, &view) } else { page::html(language, &view) }
}

fn pair(
    state: &AppState,
    words: &Words,
    member: &MemberDraft,
    view: &LookAlikeView,
    form: &FormData,
    errors: &Errors,
) -> Pair {
    let number = view.person.row.number.to_string();
    let choice = |value: &str, key| Choice::new(value, words.text(key));
    let verdicts = vec![
        choice(Verdict::Different.as_str(), "registry-alike-different"),
        choice(SAME, "registry-alike-same"),
        choice(Verdict::Unsure.as_str(), "registry-alike-unsure"),
    ];
    Pair {
        path: format!("/persons/{number}"),
        likeness: view.likeness.iter().map(|&likeness| likeness_text(words, likeness)).collect(),
        is_strong: view.is_strong(),
        lines: lines(state, words, member, view),
        verdict: Field::radios(format!("verdict-{number}"), words.text("registry-alike-verdict"), verdicts)
            .typed(form, errors),
        reason: Field::line(format!("reason-{number}"), words.text("registry-alike-reason")).typed(form, errors),
        number,
    }
}

fn likeness_text(words: &Words, likeness: Likeness) -> String {
    words.text(match likeness {
        Likeness::Document => "registry-alike-by-document",
        Likeness::NameAndBirth => "registry-alike-by-name",
        Likeness::NearNameAndBirth => "registry-alike-by-near-name",
        Likeness::NameAndVagueBirth => "registry-alike-by-vague-birth",
    })
}

/// What both say of themselves, line by line.
fn lines(state: &AppState, words: &Words, member: &MemberDraft, view: &LookAlikeView) -> Vec<Line> {
    let person = &view.person;
    let country = |code: &str| codes::name(state, words, "country", code);
    let line = |key: &str, ours: String, theirs: String| Line {
        label: words.text(key),
        differs: ours != theirs,
        ours,
        theirs,
    };
    let joined = |parts: Vec<String>| parts.join(", ");
    let document = |kind: &str, number: &str| format!("{} {number}", codes::name(state, words, "document_type", kind));
    vec![
        line("registry-person-name", draft::latin(member), latin_name(&person.names).into_inner()),
        line(
            "registry-person-own-name",
            draft::own(member),
            original_name(&person.names).map(Sensitive::into_inner).unwrap_or_default(),
        ),
        line(
            "registry-person-born",
            member.birth.map(|birth| codes::birth(words, birth)).unwrap_or_default(),
            codes::birth(words, person.row.birth),
        ),
        line(
            "registry-person-birth-place",
            member.birth_place.as_ref().map(|place| place.expose().clone()).unwrap_or_default(),
            person.row.birth_place.as_ref().map(|place| place.expose().clone()).unwrap_or_default(),
        ),
        line(
            "registry-person-sex",
            member.sex.map(|sex| codes::sex(words, sex)).unwrap_or_default(),
            codes::sex(words, person.row.sex),
        ),
        line(
            "registry-person-citizenship",
            joined(member.citizenships.iter().map(|held| country(held.country.as_str())).collect()),
            joined(person.citizenships.iter().map(|held| country(held.country.as_str())).collect()),
        ),
        line(
            "registry-person-documents",
            joined(member.documents.iter().map(|held| document(&held.kind, held.number.expose())).collect()),
            joined(person.documents.iter().map(|held| document(&held.kind, held.number.expose())).collect()),
        ),
        line(
            "registry-person-phone",
            joined(member.contacts.iter().map(|contact| contact.value.expose().clone()).collect()),
            joined(person.contacts.iter().map(|contact| contact.value.expose().clone()).collect()),
        ),
        Line {
            label: words.text("registry-person-registered"),
            ours: String::new(),
            theirs: words.moment(state, person.row.registered_at),
            differs: false,
        },
    ]
}

/// Takes the officer's word on each.
pub(super) async fn post(
    State(state): State<AppState>,
    reader: Reader,
    visit: Visit,
    Path((id, position)): Path<(String, usize)>,
    Form(form): Form,
) -> Result<Response, WebError> {
    let mut opened = draft::open(&state, &visit, &id).await?;
    let back = form.text("back") == "check";
    let reader = reader.switched(&form);
    let found = look_alikes(&state, &visit, opened.member(position)?).await?;
    let words = Words::new(&state, reader.language.for_staff());
    let mut errors = Errors::default();
    let (mut notes, mut same) = (Vec::new(), None);
    for view in found.iter().filter(|_| !form.is_language_switch()) {
        let number = &view.person.row.number;
        let (verdict, reason) = (form.text(&format!("verdict-{number}")), form.text(&format!("reason-{number}")));
        match verdict.parse::<Verdict>() {
            _ if verdict == SAME => same = Some(number.clone()),
            Ok(verdict) if !reason.is_empty() && reason.chars().count() <= REASON_CHARACTERS_MAX => {
                notes.push(LookAlikeNote {
                    number: number.clone(),
                    verdict,
                    reason: Sensitive::new(reason.to_owned()),
                });
            }
            Ok(_) => errors.add(format!("reason-{number}"), words.text("registry-alike-reason-missing")),
            Err(_) => errors.add(format!("verdict-{number}"), words.text("registry-alike-verdict-missing")),
        }
    }
    if form.is_language_switch() || (!errors.is_empty() && same.is_none()) {
        return show(&state, &reader, &visit, (&opened, position, back), &found, (&form, errors));
    }
    if let Some(number) = same {
        return is_same(&state, &visit, opened, position, &number.to_string()).await;
    }
    if let Some(member) = opened.family.members.get_mut(position) {
        member.looks_like.extend(notes);
    }
    opened.save(&state, &visit).await?;
    page::see(&next(&opened, position, back))
}

/// Who is registered already is not registered again. Without its head a family is not registered: its draft stays, and
/// the officer goes on from the record that there is; another member joins it from his record.
async fn is_same(
    state: &AppState,
    visit: &Visit,
    mut opened: Opened,
    position: usize,
    number: &str,
) -> Result<Response, WebError> {
    if position == 0 {
        return page::see_with(&format!("/persons/{number}"), "registry-notice-same-head");
    }
    let number = person::number(number)?;
    let relation = opened.member(position)?.relation.clone();
    super::family::take_out(&mut opened.family, position);
    if relation != HEAD && opened.family.joins.iter().all(|joins| joins.number != number) {
        opened.family.joins.push(JoinDraft { number, relation });
    }
    opened.save(state, visit).await?;
    page::see_with(&opened.path("check"), "registry-notice-same-member")
}
