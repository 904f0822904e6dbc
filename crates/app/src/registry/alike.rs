// SPDX-License-Identifier: Apache-2.0
//! Who looks like somebody about to be registered. Every way into the registry asks this: page, API and command line.
//!
//! [`look_alikes`] is the seam: the identification engine answers the same question behind it. What the officer may not
//! read takes no part in the answer, in its size, or in whether a registration is refused.

use std::collections::BTreeSet;

use db::{Born, LOOK_ALIKE_REASON_PLACE, NAME_KEYS_MAX, NewLookAlike, PersonRecord, PersonRow, StoredName};
use domain::{
    access::{Act, Authorized, PersonFile},
    id::PersonId,
    refusal::{FieldError, Refusal},
    registry::{
        BirthDate, Document, Likeness, LookAlike, LookAlikeNote, NameInput, NameKind, PersonName, Precision, Script,
        Sex, search_key,
    },
};

use crate::{AppError, UseCase, procedures::checked_text, unit::Unit};

/// The most look-alikes of one person that are shown; strong ones come first.
pub const LOOK_ALIKES_SHOWN_MAX: usize = 10;
/// The least letters of a whole name in which one letter may differ; in shorter ones it is another name.
const NEAR_LETTERS_MIN: usize = 6;

/// What is compared of a person about to be registered.
pub(super) struct Stated<'a> {
    pub(super) names: &'a [PersonName],
    pub(super) sex: Sex,
    pub(super) birth: BirthDate,
    pub(super) documents: &'a [Document],
}

/// How far to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// For what nobody is registered past.
    Strong,
    /// For vague likeness too.
    All,
}

/// A registered person who looks like the one stated.
pub(super) struct Alike {
    pub(super) row: PersonRow,
    pub(super) likeness: Vec<Likeness>,
}

/// Registered persons who look like the one stated, as far as the permit reads; those with the strongest likeness first.
pub(super) async fn look_alikes(
    unit: &mut Unit<'_>,
    permit: &Authorized<PersonFile>,
    stated: &Stated<'_>,
    reach: Reach,
) -> Result<Vec<Alike>, AppError> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<Alike> = Vec::new();
    for document in stated.documents {
        let (number, country) = (document.number.expose(), document.country.as_str());
        for row in unit.find_persons_by_document(permit, number, Some(country), None).await? {
            if seen.insert(row.id) {
                found.push(Alike { row, likeness: vec![Likeness::Document] });
            }
        }
    }
    for born in days(stated.birth, reach) {
        for row in unit.find_persons_by_birth_and_names(permit, born, &name_keys(stated.names)).await? {
            if seen.insert(row.id) {
                found.push(Alike { row, likeness: Vec::new() });
            }
        }
    }
    for alike in &mut found {
        let names = unit.list_person_names(alike.row.id).await?;
        alike.likeness.extend(likeness(stated, &alike.row, &names));
    }
    found.retain(|alike| match reach {
        Reach::All => !alike.likeness.is_empty(),
        Reach::Strong => alike.likeness.iter().any(|likeness| likeness.is_strong()),
    });
    found.sort_by_key(|alike| (alike.likeness.first().copied(), alike.row.id));
    found.truncate(LOOK_ALIKES_SHOWN_MAX);
    Ok(found)
}

/// The days on which a look-alike can be born.
fn days(birth: BirthDate, reach: Reach) -> Vec<Born> {
    let (date, mut days) = (birth.date, Vec::new());
    match (birth.precision, reach) {
        (Precision::Day, Reach::Strong) => days.push(Born::on(date)),
        // A vague date lies on the first of its month or year.
        (Precision::Day, Reach::All) => {
            days.push(Born::on(date));
            days.push(Born::on(date.first_of_month()));
            days.push(Born::on(date.first_of_year()));
            days.dedup();
        }
        (_, Reach::Strong) => {}
        (Precision::Month, Reach::All) => days.push(Born { from: date.first_of_month(), to: date.last_of_month() }),
        (Precision::Year | Precision::Estimated, Reach::All) => {
            days.push(Born { from: date.first_of_year(), to: date.last_of_year() });
        }
    }
    days
}

/// The folded names by which candidates are found: each part, and for an undivided name its words.
fn name_keys(names: &[PersonName]) -> Vec<String> {
    let mut keys = BTreeSet::new();
    for name in names.iter().filter(|name| name.kind != NameKind::Father) {
        let key = name.text.search_key();
        if name.kind == NameKind::Full {
            keys.extend(key.split_whitespace().map(str::to_owned));
        }
        keys.insert(key);
    }
    for script in Script::ALL {
        let parts = |kind| names.iter().find(|name| name.script == *script && name.kind == kind);
        if let (Some(given), Some(family)) = (parts(NameKind::Given), parts(NameKind::Family)) {
            keys.insert(format!("{} {}", given.text.search_key(), family.text.search_key()));
        }
    }
    // The longest say most, if there are more than can be asked for.
    let mut keys: Vec<String> = keys.into_iter().filter(|key| !key.is_empty()).collect();
    keys.sort_by_key(|key| std::cmp::Reverse(key.chars().count()));
    keys.truncate(NAME_KEYS_MAX);
    keys
}

/// On what names and births look alike, apart from documents.
fn likeness(stated: &Stated<'_>, row: &PersonRow, names: &[StoredName]) -> Option<Likeness> {
    let same_name = Script::ALL.iter().any(|&script| {
        let (ours, theirs) = (stated_forms(stated.names, script), stored_forms(names, script));
        ours.iter().any(|form| theirs.contains(form))
    });
    let near_name = || {
        let is_other_sex = stated.sex != row.sex && stated.sex != Sex::Unspecified && row.sex != Sex::Unspecified;
        !is_other_sex
            && Script::ALL.iter().any(|&script| {
                let (ours, theirs) = (stated_forms(stated.names, script), stored_forms(names, script));
                ours.iter().any(|form| theirs.iter().any(|other| differ_by_one(form, other)))
            })
    };
    match births(stated.birth, row.birth) {
        Births::SameDay if same_name => Some(Likeness::NameAndBirth),
        Births::SameDay if near_name() => Some(Likeness::NearNameAndBirth),
        Births::MayBeSame if same_name => Some(Likeness::NameAndVagueBirth),
        _ => None,
    }
}

enum Births {
    SameDay,
    MayBeSame,
    Different,
}

fn births(one: BirthDate, other: BirthDate) -> Births {
    let coarse = |precision| matches!(precision, Precision::Year | Precision::Estimated);
    let same_year = one.date.year() == other.date.year();
    let same_month = same_year && one.date.month() == other.date.month();
    if one.precision == Precision::Day && other.precision == Precision::Day {
        return if one.date == other.date { Births::SameDay } else { Births::Different };
    }
    let may_be = if coarse(one.precision) || coarse(other.precision) { same_year } else { same_month };
    if may_be { Births::MayBeSame } else { Births::Different }
}

fn stated_forms(names: &[PersonName], script: Script) -> Vec<String> {
    forms(names.iter().filter(|name| name.script == script).map(|name| (name.kind, name.text.search_key())))
}

fn stored_forms(names: &[StoredName], script: Script) -> Vec<String> {
    forms(names.iter().filter(|name| name.script == script).map(|name| (name.kind, search_key(name.value.expose()))))
}

/// The whole name as one word, in both orders: who writes the family name first is the same person.
fn forms(names: impl Iterator<Item = (NameKind, String)>) -> Vec<String> {
    let (mut given, mut family, mut forms) = (String::new(), String::new(), Vec::new());
    for (kind, key) in names {
        let word: String = key.split_whitespace().collect();
        match kind {
            NameKind::Given => given.push_str(&word),
            NameKind::Family => family.push_str(&word),
            NameKind::Full => {
                let mut words: Vec<&str> = key.split_whitespace().collect();
                if !words.is_empty() {
                    words.rotate_left(1);
                }
                forms.extend([word, words.concat()]);
            }
            NameKind::Father => {}
        }
    }
    if !given.is_empty() || !family.is_empty() {
        forms.extend([format!("{given}{family}"), format!("{family}{given}")]);
    }
    forms
}

/// Whether one letter is missing, added, another, or two neighbours stand the other way round.
fn differ_by_one(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < NEAR_LETTERS_MIN || long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(&long).take_while(|(one, other)| one == other).count();
    if long.len() > short.len() {
        return short[same..] == long[same + 1..];
    }
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        ([], []) => false,
        ([_, rest @ ..], [_, others @ ..]) if rest == others => true,
        ([a, b, rest @ ..], [c, d, others @ ..]) => a == d && b == c && rest == others,
        _ => false,
    }
}

/// Asks who looks like a person about to be registered.
pub struct FindLookAlikes {
    /// Names.
    pub names: Vec<NameInput>,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub birth: BirthDate,
    /// Documents shown.
    pub documents: Vec<Document>,
}

/// A registered person to compare with.
#[derive(Clone, Debug)]
pub struct LookAlikeView {
    /// Her record.
    pub person: PersonRecord,
    /// On what she looks alike; never empty.
    pub likeness: Vec<Likeness>,
}

impl LookAlikeView {
    /// Whether nobody is registered past her without a word of the officer.
    pub fn is_strong(&self) -> bool {
        self.likeness.iter().any(|likeness| likeness.is_strong())
    }
}

impl UseCase for FindLookAlikes {
    const ACT: Act = Act::FindPersons;
    type Output = Vec<LookAlikeView>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Vec<LookAlikeView>, AppError> {
        unit.cite_for(Act::FindPersons.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let names: Vec<PersonName> = self.names.iter().filter_map(|name| name.parse().ok()).collect();
        let birth = self.birth.checked(unit.today).map_err(|error| Refusal::field("birth", error.to_string()))?;
        let stated = Stated { names: &names, sex: self.sex, birth, documents: &self.documents };
        let mut views = Vec::new();
        for Alike { row, likeness } in look_alikes(unit, &permit, &stated, Reach::All).await? {
            unit.concerns(row.id)?;
            views.push(LookAlikeView { person: unit.load_person(row).await?, likeness });
        }
        Ok(views)
    }
}

/// What the officer said of those who look like one member, checked against who does.
pub(super) struct Judged {
    pub(super) unanswered: Vec<LookAlike>,
    pub(super) answered: Vec<Answered>,
    pub(super) errors: Vec<FieldError>,
}

/// A word on a registered person, to be stored when the member has a record of her own.
pub(super) struct Answered {
    other: PersonId,
    note: LookAlikeNote,
    likeness: Vec<Likeness>,
}

/// Who looks like a member, and what of that the officer has answered.
pub(super) async fn judge(
    unit: &mut Unit<'_>,
    position: usize,
    stated: &Stated<'_>,
    notes: &[LookAlikeNote],
) -> Result<Judged, AppError> {
    let permit = unit.permit.open::<PersonFile>()?;
    let reach = if notes.is_empty() { Reach::Strong } else { Reach::All };
    let found = look_alikes(unit, &permit, stated, reach).await?;
    weigh(unit, &format!("members[{position}].looks_like"), found, notes, position)
}

/// Lays what the officer said beside those who were found; `at` is where the words stand.
fn weigh(
    unit: &mut Unit<'_>,
    at: &str,
    found: Vec<Alike>,
    notes: &[LookAlikeNote],
    position: usize,
) -> Result<Judged, AppError> {
    let mut judged = Judged { unanswered: Vec::new(), answered: Vec::new(), errors: Vec::new() };
    for (index, note) in notes.iter().enumerate() {
        let at = format!("{at}[{index}]");
        if checked_text("reason", Some(note.reason.expose())).is_err() {
            judged.errors.push(FieldError { field: format!("{at}.reason"), problem: "is missing or too long".into() });
        }
        if !found.iter().any(|alike| alike.row.number == note.number) {
            let problem = "no registered person of this number looks alike".into();
            judged.errors.push(FieldError { field: format!("{at}.number"), problem });
        }
    }
    for Alike { row, likeness } in found {
        match notes.iter().find(|note| note.number == row.number) {
            Some(note) => {
                unit.concerns(row.id)?;
                judged.answered.push(Answered { other: row.id, note: note.clone(), likeness });
            }
            None if likeness.iter().any(|likeness| likeness.is_strong()) => {
                unit.concerns(row.id)?;
                judged.unanswered.push(LookAlike { member: position, number: row.number, likeness });
            }
            None => {}
        }
    }
    Ok(judged)
}

/// Refuses while somebody else holds a document that is about to be added to a person's record, and the officer has said
/// nothing of him; returns what was said.
pub(super) async fn judge_document(
    unit: &mut Unit<'_>,
    person: PersonId,
    document: &Document,
    notes: &[LookAlikeNote],
) -> Result<Vec<Answered>, AppError> {
    let permit = unit.permit.open::<PersonFile>()?;
    let (number, country) = (document.number.expose(), document.country.as_str());
    let mut holders = unit.find_persons_by_document(&permit, number, Some(country), None).await?;
    holders.retain(|row| row.id != person);
    holders.truncate(LOOK_ALIKES_SHOWN_MAX);
    let likeness = vec![Likeness::Document];
    let found: Vec<Alike> = holders.into_iter().map(|row| Alike { row, likeness: likeness.clone() }).collect();
    let judged = weigh(unit, "looks_like", found, notes, 0)?;
    match (judged.errors.is_empty(), judged.unanswered.is_empty()) {
        (false, _) => Err(Refusal::Fields(judged.errors).into()),
        (true, false) => Err(Refusal::LooksLike(judged.unanswered).into()),
        (true, true) => Ok(judged.answered),
    }
}

/// Stores what the officer said.
pub(super) async fn remember(unit: &mut Unit<'_>, person: PersonId, answered: &[Answered]) -> Result<(), AppError> {
    for Answered { other, note, likeness } in answered {
        let new = NewLookAlike {
            id: unit.new_id(),
            person,
            other: *other,
            verdict: note.verdict,
            likeness: likeness.clone(),
            reason: unit.seal_text(person, LOOK_ALIKE_REASON_PLACE, note.reason.expose().trim()).await?,
            account: unit.actor().account,
        };
        let now = unit.now;
        unit.insert_look_alike(new, now).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::another_letter("daudsahrayi", "daudsahroyi", true)]
    #[case::a_letter_more("daudsahrayi", "dauudsahrayi", true)]
    #[case::the_last_letter_more("daudsahrayi", "daudsahrayin", true)]
    #[case::a_letter_less("daudsahrayi", "daudsahryi", true)]
    #[case::turned_round("daudsahrayi", "duadsahrayi", true)]
    #[case::own_script("داوودصحرایی", "داودصحرایی", true)]
    #[case::the_same("daudsahrayi", "daudsahrayi", false)]
    #[case::two_letters("daudsahrayi", "dautsahroyi", false)]
    #[case::too_short("alili", "alila", false)]
    fn names_that_differ_by_one_letter_are_near(#[case] one: &str, #[case] other: &str, #[case] near: bool) {
        assert_eq!((differ_by_one(one, other), differ_by_one(other, one)), (near, near));
    }

    #[test]
    fn a_name_written_the_other_way_round_is_the_same() {
        let divided = forms([(NameKind::Given, "bibi hawa".into()), (NameKind::Family, "sahrayi".into())].into_iter());
        let whole = forms([(NameKind::Full, "sahrayi bibi hawa".into())].into_iter());
        assert!(divided.iter().any(|form| whole.contains(form)), "{divided:?} {whole:?}");
    }
}
