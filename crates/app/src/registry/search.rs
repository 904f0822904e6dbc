// SPDX-License-Identifier: Apache-2.0
//! The one search box: what was typed is understood by its form, and searched by what it can be.

use db::{FOUND_MAX, NAME_WORDS_MAX};
use domain::{
    access::{Act, PersonFile},
    number::{CardNumber, CaseNumber, PersonNumber},
    refusal::Refusal,
    registry::BIRTH_YEAR_MIN,
    time::Date,
};

use super::{FoundPerson, PersonQuery, find};
use crate::{AppError, UseCase, unit::Unit};

/// The most characters of a search; a machine readable line has fewer.
pub const SEARCH_CHARACTERS_MAX: usize = 120;
/// The least digits of a telephone number: shorter ones are those of services.
const PHONE_DIGITS_MIN: usize = 7;
/// The least characters of a document's number.
const DOCUMENT_CHARACTERS_MIN: usize = 4;

/// What a typed text can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Understood {
    /// A person's number.
    Person(PersonNumber),
    /// A card's number.
    Card(CardNumber),
    /// A case's number. Persons are not searched by it; whoever may see the case opens it.
    Case(CaseNumber),
    /// A number of a telephone.
    Phone(String),
    /// A number of a document.
    Document(String),
    /// Names, and between which days she was born.
    Name(String, Option<(Date, Date)>),
    /// A birth date, by its first and last day.
    Birth(Date, Date),
}

impl Understood {
    /// The stable word of what it is.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Card(_) => "card",
            Self::Case(_) => "case",
            Self::Phone(_) => "phone",
            Self::Document(_) => "document",
            Self::Name(..) => "name",
            Self::Birth(..) => "birth",
        }
    }

    /// Whether it names one record, so that the answer leads straight to it.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Person(_) | Self::Card(_) | Self::Case(_) | Self::Document(_))
    }

    fn query(&self) -> Option<PersonQuery> {
        let nothing = PersonQuery::default();
        Some(match self.clone() {
            Self::Person(number) => PersonQuery { number: Some(number), ..nothing },
            Self::Card(number) => PersonQuery { card: Some(number), ..nothing },
            Self::Case(_) => return None,
            Self::Phone(phone) => PersonQuery { phone: Some(phone), ..nothing },
            Self::Document(document) => PersonQuery { document: Some(document), ..nothing },
            Self::Name(name, born) => PersonQuery {
                name: Some(name),
                born: born.map(|(from, _)| from),
                born_until: born.map(|(_, to)| to),
                ..nothing
            },
            Self::Birth(from, to) => PersonQuery { born: Some(from), born_until: Some(to), ..nothing },
        })
    }
}

/// What a text can be, the likeliest first; empty if it can be nothing that is searched.
pub fn understand(text: &str, today: Date) -> Vec<Understood> {
    let text: String = text.trim().chars().take(SEARCH_CHARACTERS_MAX).map(ascii_digit).collect();
    let mut found = Vec::new();
    found.extend(PersonNumber::parse(&text).ok().filter(|_| has_digit(&text)).map(Understood::Person));
    found.extend(CaseNumber::parse(&text).ok().filter(|_| has_digit(&text)).map(Understood::Case));
    found.extend(CardNumber::parse(&text).ok().filter(|_| has_digit(&text)).map(Understood::Card));
    let mut born = None;
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        match birth(word, today) {
            Some(days) if born.is_none() => born = Some(days),
            _ => words.push(word),
        }
    }
    let rest = words.join(" ");
    if let (true, Some((from, to))) = (rest.is_empty(), born) {
        found.push(Understood::Birth(from, to));
    }
    // What has no digit but those of a birth date is neither telephone nor document.
    let numbered = if has_digit(&rest) { text.as_str() } else { "" };
    if is_phone(numbered) {
        found.push(Understood::Phone(numbered.to_owned()));
    }
    if !has_digit(&rest) && rest.chars().any(char::is_alphabetic) {
        let name = words.iter().take(NAME_WORDS_MAX).copied().collect::<Vec<_>>().join(" ");
        found.push(Understood::Name(name, born));
    }
    let characters = numbered.chars().filter(|character| character.is_alphanumeric()).count();
    if has_digit(numbered) && characters >= DOCUMENT_CHARACTERS_MIN {
        found.push(Understood::Document(numbered.to_owned()));
    }
    found
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|character| character.is_ascii_digit())
}

/// The digits of Arabic and Persian count as ours: an officer types a birth date as the paper shows it.
fn ascii_digit(character: char) -> char {
    let digit = match u32::from(character) {
        code @ 0x660..=0x669 => code - 0x660,
        code @ 0x6F0..=0x6F9 => code - 0x6F0,
        _ => return character,
    };
    char::from_digit(digit, 10).unwrap_or(character)
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_form = text.chars().all(|character| character.is_ascii_digit() || " +-().".contains(character));
    is_form && digits >= PHONE_DIGITS_MIN
}

/// A birth date as people write it: `1984-03-12`, `12.03.1984`, `12/03/1984`, `1984.03.12`, or the year alone; the first
/// and the last day on which it can lie.
pub fn birth(word: &str, today: Date) -> Option<(Date, Date)> {
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    if parts.iter().any(|part| part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let is_year = |year: i16| (BIRTH_YEAR_MIN..=today.year()).contains(&year);
    let day = |year: &str, month: &str, day: &str| {
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        is_year(date.year()).then_some((date, date))
    };
    match parts.as_slice() {
        [year] if year.len() == 4 => {
            let year: i16 = year.parse().ok().filter(|&year| is_year(year))?;
            Some((jiff::civil::date(year, 1, 1), jiff::civil::date(year, 12, 31)))
        }
        [first, middle, last] if first.len() == 4 => day(first, middle, last),
        [first, middle, last] if last.len() == 4 => day(last, middle, first),
        _ => None,
    }
}

/// Searches persons by what was typed into the search box.
pub struct SearchPersons {
    /// What was typed.
    pub text: String,
    /// The last person of the page before.
    pub after: Option<PersonNumber>,
}

/// The answer of the search box.
#[derive(Clone, Debug)]
pub struct SearchAnswer {
    /// What the text can be, in the order in which it was tried.
    pub understood: Vec<Understood>,
    /// What it was found by; absent if nobody was found.
    pub by: Option<Understood>,
    /// Whom it found, at most [`FOUND_MAX`].
    pub persons: Vec<FoundPerson>,
    /// After whom the next page begins; absent on the last one.
    pub next: Option<PersonNumber>,
}

impl UseCase for SearchPersons {
    const ACT: Act = Act::FindPersons;
    type Output = SearchAnswer;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<SearchAnswer, AppError> {
        unit.cite_for(Act::FindPersons.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let understood = understand(&self.text, unit.today);
        if understood.is_empty() {
            return Err(Refusal::field("query", "a number, a document, a name or a birth date").into());
        }
        for by in &understood {
            let Some(query) = by.query() else { continue };
            let query = PersonQuery { after: self.after.clone(), ..query };
            let rows = find::find(unit, &permit, &query).await?;
            if rows.is_empty() {
                continue;
            }
            let is_full = i64::try_from(rows.len()).unwrap_or(FOUND_MAX) == FOUND_MAX;
            let next = rows.last().filter(|_| is_full).map(|row| row.number.clone());
            let persons = find::shown(unit, rows).await?;
            return Ok(SearchAnswer { by: Some(by.clone()), understood, persons, next });
        }
        Ok(SearchAnswer { understood, by: None, persons: Vec::new(), next: None })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn today() -> Date {
        jiff::civil::date(2025, 12, 18)
    }

    #[rstest]
    #[case::iso("1984-03-12", &["birth"])]
    #[case::dots("12.03.1984", &["birth"])]
    #[case::slashes("12/03/1984", &["birth"])]
    #[case::short("2.3.1984", &["birth"])]
    #[case::persian_digits("۱۹۸۴-۰۳-۱۲", &["birth"])]
    #[case::year("1984", &["birth"])]
    #[case::name("Sahrayi", &["name"])]
    #[case::own_script("صحرایی داوود", &["name"])]
    #[case::name_and_birth("Daud Sahrayi 21.03.1987", &["name"])]
    #[case::passport("AA 1234567", &["document"])]
    #[case::phone("+994 50 123 45 67", &["phone", "document"])]
    #[case::impossible_day("31.02.1984", &["phone", "document"])]
    #[case::future("2031", &["document"])]
    #[case::signs("%_*", &[])]
    fn what_is_typed_is_understood_by_its_form(#[case] text: &str, #[case] kinds: &[&str]) {
        let found: Vec<_> = understand(text, today()).iter().map(Understood::as_str).collect();
        assert_eq!(found, kinds);
    }

    #[test]
    fn a_birth_date_is_read_in_every_usual_form() {
        let day = jiff::civil::date(1984, 3, 12);
        for text in ["1984-03-12", "12.03.1984", "12/03/1984", "12-3-1984", "1984.03.12"] {
            assert_eq!(birth(text, today()), Some((day, day)), "{text}");
        }
        assert_eq!(birth("1984", today()), Some((jiff::civil::date(1984, 1, 1), jiff::civil::date(1984, 12, 31))));
        for text in ["12.13.1984", "1884", "2026", "12.03.84", "1984-03", "-1984", "19840312"] {
            assert_eq!(birth(text, today()), None, "{text}");
        }
    }
}
