// SPDX-License-Identifier: Apache-2.0
//! The words of a name and what each is: given name, family name, father's name, or nothing of the name itself.
//!
//! Articles and titles go; servant names (Abd al-Rahman) and names with a second half of faith (Najib Ullah, Nur al-Din)
//! become one word; "son of" and endings of patronymics point to the father.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use crate::{
    script::{self, Script},
    table::rows,
};

/// What the words of a person's names are, folded.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NameWords {
    /// Given names; all words, where it is not said which is the family name.
    pub given: Vec<String>,
    /// Family names.
    pub family: Vec<String>,
    /// The father's given name, from its own field or from a patronymic.
    pub father: Vec<String>,
}

/// Which field a text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameField {
    /// Given names.
    Given,
    /// Family name.
    Family,
    /// Father's name or patronymic.
    Father,
    /// The whole name in one field.
    Whole,
}

struct WordTable {
    kinds: HashMap<&'static str, Kind>,
    patronymic: Vec<&'static str>,
    /// Last letters of patronymics, to be quick with words that are none.
    patronymic_last: HashSet<char>,
    /// Longest first.
    endings: Vec<(String, u8)>,
    keep_al: HashSet<&'static str>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Article,
    Between,
    FiliationAfter,
    FiliationBefore,
    Title,
    Servant,
    Glue,
}

static WORDS: LazyLock<WordTable> = LazyLock::new(WordTable::read);

impl WordTable {
    fn read() -> Self {
        let mut table = Self {
            kinds: HashMap::new(),
            patronymic: Vec::new(),
            patronymic_last: HashSet::new(),
            endings: Vec::new(),
            keep_al: HashSet::new(),
        };
        let mut ending_classes: u8 = 0;
        for row in rows(include_str!("../data/words.tsv")) {
            let kind = match row[0] {
                "article" => Kind::Article,
                "between" => Kind::Between,
                "filiation_after" => Kind::FiliationAfter,
                "filiation_before" => Kind::FiliationBefore,
                "title" => Kind::Title,
                "servant" => Kind::Servant,
                "glue" => Kind::Glue,
                "patronymic" => {
                    table.patronymic.extend(&row[1..]);
                    continue;
                }
                "keep_al" => {
                    table.keep_al.extend(&row[1..]);
                    continue;
                }
                _ => {
                    ending_classes += 1;
                    table.endings.extend(row[1..].iter().map(|ending| ((*ending).to_owned(), ending_classes)));
                    continue;
                }
            };
            for word in &row[1..] {
                table.kinds.entry(word).or_insert(kind);
            }
        }
        table.patronymic_last = table.patronymic.iter().filter_map(|ending| ending.chars().last()).collect();
        table.patronymic.sort_by_key(|ending| usize::MAX - ending.chars().count());
        table.endings.sort_by_key(|(ending, _)| usize::MAX - ending.chars().count());
        table
    }
}

fn kind(word: &str) -> Option<Kind> {
    WORDS.kinds.get(word).copied()
}

/// Letters that must be left when an ending is taken off.
const STEM_LETTERS_MIN: usize = 2;

/// A family name without its ending, and the class of the ending: Məmmədov, Məmmədova and Мамедова have one class and one
/// stem; Məmmədli has the stem only.
#[must_use]
pub fn stem(word: &str) -> Option<(&str, u8)> {
    let (ending, class) = WORDS.endings.iter().find(|(ending, _)| word.ends_with(ending.as_str()))?;
    let stem = &word[..word.len() - ending.len()];
    (stem.chars().count() >= STEM_LETTERS_MIN).then_some((stem, *class))
}

impl NameWords {
    /// Takes in one field of a person's name.
    pub fn add(&mut self, field: NameField, text: &str) {
        let words = joined(&words_without_titles(text));
        match field {
            NameField::Father if self.father.is_empty() => self.father = fathers(words),
            // A father's name in one field and a patronymic in another name one father.
            NameField::Father => {}
            NameField::Family => self.family.extend(families(words)),
            NameField::Given => self.sort_words(words),
            NameField::Whole => self.add_whole(words, text),
        }
    }

    /// Family name, comma, given names; otherwise all words, the father's taken out.
    fn add_whole(&mut self, words: Vec<String>, text: &str) {
        let Some((family, rest)) = text.split_once([',', '،']).filter(|(_, rest)| !rest.trim().is_empty()) else {
            self.sort_words(words);
            return;
        };
        self.add(NameField::Family, family);
        self.add(NameField::Given, rest);
    }

    /// Words of a field that may hold the father's name too.
    fn sort_words(&mut self, words: Vec<String>) {
        let mut rest: Vec<String> = Vec::with_capacity(words.len());
        let mut words = words.into_iter().peekable();
        let mut fathers = Vec::new();
        while let Some(word) = words.next() {
            match kind(&word) {
                Some(Kind::FiliationBefore) if !rest.is_empty() => fathers.extend(words.next()),
                Some(Kind::FiliationAfter) if rest.len() > 1 || (rest.len() == 1 && words.peek().is_some()) => {
                    fathers.extend(rest.pop());
                }
                Some(Kind::FiliationAfter | Kind::FiliationBefore) => {}
                _ => rest.push(word),
            }
        }
        if rest.len() > 1
            && let Some(place) = rest.iter().position(|word| father_of_patronymic(word).is_some())
        {
            let patronymic = rest.remove(place);
            fathers.extend(father_of_patronymic(&patronymic).map(str::to_owned));
        }
        if self.father.is_empty() {
            self.father = fathers;
        }
        self.given.extend(rest);
    }
}

/// The father's name inside a patronymic of the Slavic kind.
fn father_of_patronymic(word: &str) -> Option<&str> {
    if !word.chars().last().is_some_and(|last| WORDS.patronymic_last.contains(&last)) {
        return None;
    }
    let ending = WORDS.patronymic.iter().find(|ending| word.ends_with(**ending))?;
    // Short endings (-ич) are too common at the end of other names.
    let stem = &word[..word.len() - ending.len()];
    (ending.chars().count() >= 4 && stem.chars().count() > STEM_LETTERS_MIN).then_some(stem)
}

fn fathers(words: Vec<String>) -> Vec<String> {
    let is_filiation = |word: &String| matches!(kind(word), Some(Kind::FiliationAfter | Kind::FiliationBefore));
    let words: Vec<String> = words.into_iter().filter(|word| !is_filiation(word)).collect();
    words.iter().map(|word| father_of_patronymic(word).unwrap_or(word).to_owned()).collect()
}

/// In a family name `oğlu` is part of it: Kara Oğlu is Karaoğlu.
fn families(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match (kind(&word), out.last_mut()) {
            (Some(Kind::FiliationAfter), Some(last)) => last.push_str(&word),
            (Some(Kind::FiliationBefore), _) => {}
            _ => out.push(word),
        }
    }
    out
}

fn words_without_titles(text: &str) -> Vec<String> {
    let words: Vec<String> = script::words(text).into_iter().filter(|word| word != ",").collect();
    let is_title = |word: &String| kind(word) == Some(Kind::Title);
    if words.iter().all(is_title) { words } else { words.into_iter().filter(|word| !is_title(word)).collect() }
}

/// Articles out, servant and faith names as one word.
fn joined(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut servant: Option<&str> = None;
    for (place, word) in words.iter().enumerate() {
        let has_next = place + 1 < words.len();
        if kind(word) == Some(Kind::Glue) && servant.is_none() && glue_to(&mut out, word) {
            continue;
        }
        match kind(word) {
            Some(Kind::Article) if has_next => {}
            Some(Kind::Between) if has_next && (place > 0 || servant.is_some()) => {}
            Some(Kind::Servant) if has_next && servant.is_none() => servant = Some(word),
            _ => {
                let word = without_article(word);
                out.push(match servant.take() {
                    Some(servant) => format!("{}{word}", servant_base(servant)),
                    None => servant_in_one_word(&word),
                });
            }
        }
    }
    out.extend(servant.map(str::to_owned));
    out
}

fn glue_to(out: &mut [String], word: &str) -> bool {
    let Some(last) = out.last_mut() else { return false };
    if kind(last).is_some() || Script::of_word(last) != Script::of_word(word) {
        return false;
    }
    // Salahel Din is Salah al-Din.
    const LETTERS_MIN: usize = 6;
    if let Some(bare) = ["al", "el", "ul", "il", "ol"].iter().find_map(|article| last.strip_suffix(article))
        && last.len() >= LETTERS_MIN
    {
        *last = bare.to_owned();
    }
    last.push_str(if word == "الدین" { "دین" } else { word });
    true
}

/// A servant name without the servant, a name of faith without its second half: Abd al-Qadir is called Qadir, Salah al-Din
/// Salah.
#[must_use]
pub fn short_form(word: &str) -> Option<&str> {
    const LETTERS_MIN: usize = 3;
    const SERVANTS: [&str; 14] = [
        "abdul",
        "abdal",
        "abdel",
        "abdol",
        "abdoul",
        "abd",
        "əbdül",
        "əbdul",
        "əbd",
        "абдул",
        "абдаль",
        "абд",
        "عبدال",
        "عبد",
    ];
    const ENDINGS: [&str; 16] = [
        "uddin",
        "eddin",
        "eddine",
        "aldin",
        "eldin",
        "addin",
        "ülləh",
        "ullah",
        "olla",
        "ollah",
        "oullah",
        "еддин",
        "улла",
        "дин",
        "الله",
        "دین",
    ];
    let after = SERVANTS.iter().find_map(|servant| word.strip_prefix(servant));
    let before = || ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    after.or_else(before).filter(|rest| rest.chars().count() >= LETTERS_MIN)
}

const ARABIC_ARTICLE: &str = "ال";

/// An Arabic-script word without the article written on it.
fn without_article(word: &str) -> String {
    let din = word.strip_suffix("الدین").filter(|rest| !rest.is_empty()).map(|rest| format!("{rest}دین"));
    if let Some(word) = din {
        return word;
    }
    match word.strip_prefix(ARABIC_ARTICLE) {
        Some(rest) if rest.chars().count() >= 3 && !WORDS.keep_al.contains(word) => rest.to_owned(),
        _ => word.to_owned(),
    }
}

/// Abd for all of Abdul, Abdel, Əbdül, Абдул.
fn servant_base(servant: &str) -> &str {
    let letters = servant.char_indices().nth(3).map_or(servant.len(), |(at, _)| at);
    &servant[..letters]
}

/// `abdulrahman`, `abdurrahman` and `عبدالرحمن` written as one word lose the article inside; Abdullah stays.
fn servant_in_one_word(word: &str) -> String {
    if let Some(rest) = word.strip_prefix("عبدال")
        && !rest.starts_with("له")
        && !rest.starts_with("لہ")
        && rest.chars().count() >= 3
    {
        return format!("عبد{rest}");
    }
    for base in ["abd", "əbd", "абд", "ebd"] {
        let Some(rest) = word.strip_prefix(base) else { continue };
        let mut letters = rest.chars();
        let (Some(vowel), Some(consonant)) = (letters.next(), letters.next()) else { continue };
        let rest = letters.as_str();
        let long = rest.chars().count() >= 3 && !rest.starts_with("la") && !rest.starts_with("ла");
        let is_article = consonant == 'l' || consonant == 'л' || rest.starts_with(consonant);
        if long && "aeiouəüуаеиоыı".contains(vowel) && is_article {
            return format!("{base}{rest}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(field: NameField, text: &str) -> [String; 3] {
        let mut name = NameWords::default();
        name.add(field, text);
        [name.given.join(" "), name.family.join(" "), name.father.join(" ")]
    }

    #[test]
    fn the_words_of_a_name_and_what_they_are() {
        for (field, text, given, family, father) in [
            (NameField::Whole, "Tural Çingiz oğlu Məmmədov", "tural məmmədov", "", "çingiz"),
            (NameField::Whole, "Иванов Иван Петрович", "иванов иван", "", "петр"),
            (NameField::Whole, "MAMMADOV, Tural", "tural", "mammadov", ""),
            (NameField::Whole, "Ahmad bin Khalid al-Masri", "ahmad masri", "", "khalid"),
            (NameField::Given, "Abd al Rahman", "abdrahman", "", ""),
            (NameField::Given, "Abdul-Rahman", "abdrahman", "", ""),
            (NameField::Given, "Abdurrahman", "abdrahman", "", ""),
            (NameField::Given, "عبد الرحمن", "عبدرحمن", "", ""),
            (NameField::Given, "عبدالرحمن", "عبدرحمن", "", ""),
            (NameField::Given, "Abdullah", "abdullah", "", ""),
            (NameField::Given, "Najib Ullah", "najibullah", "", ""),
            (NameField::Given, "Nur al-Din", "nurdin", "", ""),
            (NameField::Given, "Sayed Hossein", "hossein", "", ""),
            (NameField::Given, "Əli Hüseyn oğlu", "əli", "", "hüseyn"),
            (NameField::Family, "الخطيب", "", "خطیب", ""),
            (NameField::Family, "Kara Oğlu", "", "karaoğlu", ""),
            (NameField::Father, "Qəzənfər qızı", "", "", "qəzənfər"),
            (NameField::Father, "Сергеевна", "", "", "серге"),
            (NameField::Given, "Hacı", "hacı", "", ""),
        ] {
            assert_eq!(split(field, text), [given, family, father], "{text}");
        }
    }

    #[test]
    fn endings_of_one_family_name() {
        assert_eq!(stem("məmmədova").map(|(stem, _)| stem), Some("məmməd"));
        assert_eq!(stem("məmmədova").map(|(_, class)| class), stem("мамедов").map(|(_, class)| class));
        assert_ne!(stem("məmmədov").map(|(_, class)| class), stem("məmmədzadə").map(|(_, class)| class));
        assert_eq!(stem("əli"), None);
    }
}
