// SPDX-License-Identifier: Apache-2.0
//! Families that could exist: names, ages, relations, papers and displacement fit each other.

mod names;
mod places;

use domain::time::Date;

use self::{
    names::{Given, Names},
    places::Origin,
};
use crate::dice::Dice;

/// In each document number made here: no state issues numbers with it, so that none can be a real person's.
pub const RESERVED_MARK: &str = "TST";

/// The year in which everybody made here is registered; ages count from it.
pub const REGISTRATION_YEAR: i16 = 2025;

/// Sex as in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

impl Sex {
    /// The word of the register: `female` or `male`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }
}

/// Names of one person in one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntheticName {
    /// `latin`, `arabic` or `cyrillic`.
    pub script: &'static str,
    /// Given name.
    pub given: String,
    /// Family name; some have none.
    pub family: Option<String>,
    /// Father's name in the form of the culture (father's given name, with `oğlu` or `qızı`, or a patronymic).
    pub father: Option<String>,
}

/// An identity paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntheticDocument {
    /// Code of the list `document_type`.
    pub kind: &'static str,
    /// Number, with [`RESERVED_MARK`] in it.
    pub number: String,
    /// Issuing country, ISO 3166-1 alpha-3.
    pub country: &'static str,
}

/// A member of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntheticPerson {
    /// Relation to the head: `head`, `spouse`, `son`, `daughter`, `mother`, `father`, `brother` or `sister`.
    pub relation: &'static str,
    /// Sex.
    pub sex: Sex,
    /// Birth date; 1 January where only the year is known or guessed.
    pub birth_date: Date,
    /// `day`, `year` or `estimated`.
    pub birth_precision: &'static str,
    /// Names, the own script first; only one entry where that is the Latin one.
    pub names: Vec<SyntheticName>,
    /// Place of birth in Latin letters.
    pub birth_place: String,
    /// Country of birth, ISO 3166-1 alpha-3.
    pub birth_country: &'static str,
    /// Citizenship, ISO 3166-1 alpha-3, or `XXA` for a stateless person.
    pub citizenship: &'static str,
    /// The paper shown, if any.
    pub document: Option<SyntheticDocument>,
    /// Languages, best first, ISO 639.
    pub languages: Vec<&'static str>,
    /// Seed of the drawn face, for [`crate::face`].
    pub face_seed: u64,
}

/// How a family was displaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntheticDisplacement {
    /// Code of the list `displacement_cause`.
    pub cause: &'static str,
    /// Day of the flight.
    pub date: Date,
    /// Administrative area of origin; `None` abroad.
    pub origin_area: Option<&'static str>,
    /// Place of origin by the name in use then.
    pub origin_name_then: &'static str,
    /// The place's name now, where it differs.
    pub origin_name_now: Option<&'static str>,
    /// Code of the list `displacement_wave`.
    pub wave: &'static str,
}

/// A family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntheticFamily {
    /// Members, the head first; 1 to 11.
    pub members: Vec<SyntheticPerson>,
    /// Day of arrival in the country, or of displacement inside it.
    pub arrived: Date,
    /// Administrative area of the dwelling.
    pub home_area: &'static str,
    /// Place of the dwelling.
    pub home_place: &'static str,
    /// Code of the list `dwelling_type`.
    pub dwelling: &'static str,
    /// Displacement: always for those displaced inside the country, for a share of the others.
    pub displacement: Option<SyntheticDisplacement>,
}

/// What the families of one origin have in common.
struct Culture {
    names: &'static Names,
    script: &'static str,
    country: &'static str,
    languages: &'static [&'static str],
    origins: &'static [Origin],
    /// How many in a hundred know their birthday only as a year.
    vague_birthdays: u16,
    /// How many in a hundred families are of this culture.
    share: u16,
}

const CULTURES: [Culture; 8] = [
    culture(&names::AZERBAIJANI, "latin", "AZE", &["az", "ru"], places::AZERBAIJANI, 2, 38),
    culture(&names::DARI, "arabic", "AFG", &["prs", "en"], places::AFGHAN, 40, 18),
    culture(&names::PASHTO, "arabic", "AFG", &["ps", "prs"], places::AFGHAN, 45, 8),
    culture(&names::ARABIC, "arabic", "IRQ", &["ar", "ckb"], places::IRAQI, 12, 11),
    culture(&names::ARABIC, "arabic", "SYR", &["ar"], places::SYRIAN, 6, 6),
    culture(&names::UKRAINIAN, "cyrillic", "UKR", &["uk", "ru"], places::UKRAINIAN, 0, 7),
    culture(&names::RUSSIAN, "cyrillic", "RUS", &["ru"], places::RUSSIAN, 1, 5),
    culture(&names::PERSIAN, "arabic", "IRN", &["fa", "az"], places::IRANIAN, 3, 7),
];

const fn culture(
    names: &'static Names,
    script: &'static str,
    country: &'static str,
    languages: &'static [&'static str],
    origins: &'static [Origin],
    vague_birthdays: u16,
    share: u16,
) -> Culture {
    Culture { names, script, country, languages, origins, vague_birthdays, share }
}

/// A family that follows from the seed alone.
pub fn family(seed: u64) -> SyntheticFamily {
    let mut dice = Dice::new(seed);
    let culture = pick_culture(&mut dice);
    let origin = dice.pick(culture.origins);
    let (first, last) = origin.months;
    let day = date(origin.year, dice.between(first, last), dice.between(1, 28));
    let is_internal = culture.country == "AZE";
    let (home_area, home_place) = *dice.pick(&places::HOMES);
    let dwelling =
        if is_internal { *dice.pick(&places::DWELLINGS) } else { *dice.pick(&places::DWELLINGS_FROM_ABROAD) };
    let is_recorded = is_internal || dice.chance(45);
    let mut house = House { culture, origin, home_place, arrived: day, surname: 0, taken: Vec::new(), dice };
    SyntheticFamily {
        members: house.members(),
        arrived: day,
        home_area,
        home_place,
        dwelling,
        displacement: is_recorded.then_some(SyntheticDisplacement {
            cause: origin.cause,
            date: day,
            origin_area: origin.area,
            origin_name_then: origin.name_then,
            origin_name_now: origin.name_now,
            wave: origin.wave,
        }),
    }
}

/// Families of one seed one after another, without end, until the caller has as many persons as he wants.
pub fn families(seed: u64) -> impl Iterator<Item = SyntheticFamily> {
    let mut dice = Dice::new(seed);
    std::iter::repeat_with(move || family(dice.number()))
}

fn pick_culture(dice: &mut Dice) -> &'static Culture {
    let mut ticket = dice.below(CULTURES.iter().map(|culture| culture.share).sum());
    for culture in &CULTURES {
        if ticket < culture.share {
            return culture;
        }
        ticket -= culture.share;
    }
    &CULTURES[0]
}

fn date(year: i16, month: u16, day: u16) -> Date {
    let part = |number: u16| i8::try_from(number).expect("months and days are small");
    Date::new(year, part(month), part(day)).expect("days up to the 28th exist in each month")
}

/// A family in the making.
struct House {
    culture: &'static Culture,
    origin: &'static Origin,
    home_place: &'static str,
    arrived: Date,
    /// Index of the family name.
    surname: usize,
    /// Given names that somebody in the family has: sex and index.
    taken: Vec<(Sex, usize)>,
    dice: Dice,
}

/// A man as father: index of his given name, by which his children are called.
type Father = usize;

impl House {
    fn members(&mut self) -> Vec<SyntheticPerson> {
        self.surname = self.any(self.culture.names.families.len());
        let kind = self.dice.below(100);
        let head_age = match kind {
            0..8 => self.dice.between(19, 70),
            8..14 => self.dice.between(19, 35),
            _ => self.dice.between(24, 66),
        };
        // A woman heads one family in four, and most of those without a spouse.
        let has_spouse = kind >= 28;
        let head_sex = if self.dice.chance(if has_spouse { 12 } else { 60 }) { Sex::Female } else { Sex::Male };
        let grandfather = self.any(self.culture.names.men.len());
        let (head, head_name) = self.person("head", head_sex, head_age, grandfather, None);
        let mut members = vec![head];
        match kind {
            0..8 => return members,
            8..14 => {
                for _ in 0..self.dice.between(1, 3) {
                    let (relation, sex) =
                        if self.dice.chance(50) { ("brother", Sex::Male) } else { ("sister", Sex::Female) };
                    let age = self.dice.between(8, 34);
                    members.push(self.person(relation, sex, age, grandfather, None).0);
                }
                return members;
            }
            _ => {}
        }
        let (mut father, mut mother_age) = (head_name, head_age);
        if has_spouse {
            let (spouse_sex, spouse_age) = match head_sex {
                Sex::Male => (Sex::Female, head_age.saturating_sub(self.dice.below(9)).max(18)),
                Sex::Female => (Sex::Male, head_age + self.dice.below(9)),
            };
            let own_father = self.any(self.culture.names.men.len());
            let (spouse, spouse_name) = self.person("spouse", spouse_sex, spouse_age, own_father, None);
            members.push(spouse);
            (father, mother_age) = match head_sex {
                Sex::Male => (head_name, spouse_age),
                Sex::Female => (spouse_name, head_age),
            };
        } else if head_sex == Sex::Female {
            father = self.any(self.culture.names.men.len());
        }
        self.children(&mut members, father, mother_age);
        if kind >= 86 {
            let (relation, sex) = if self.dice.chance(65) { ("mother", Sex::Female) } else { ("father", Sex::Male) };
            let age = (head_age + self.dice.between(18, 34)).min(96);
            let given = (sex == Sex::Male).then_some(grandfather);
            let own_father = self.any(self.culture.names.men.len());
            members.push(self.person(relation, sex, age, own_father, given).0);
        }
        members
    }

    /// Children of a mother of this age, the eldest first; grown-up ones have often left.
    fn children(&mut self, members: &mut Vec<SyntheticPerson>, father: Father, mother_age: u16) {
        let count = self.dice.below(6);
        let mut age = mother_age.saturating_sub(self.dice.between(18, 27));
        for _ in 0..count {
            let leaves = age > 24 || (age > 19 && self.dice.chance(50));
            // No birth to a mother above 45.
            if !leaves && mother_age < age + 45 {
                let (relation, sex) = if self.dice.chance(50) { ("son", Sex::Male) } else { ("daughter", Sex::Female) };
                members.push(self.person(relation, sex, age, father, None).0);
            }
            // Two years at least, so that birthdays within the years never lie too close.
            match age.checked_sub(self.dice.between(2, 4)) {
                Some(next) => age = next,
                None => return,
            }
        }
    }

    /// A person with this father, and the index of the given name among those of the sex.
    fn person(
        &mut self,
        relation: &'static str,
        sex: Sex,
        age: u16,
        father: Father,
        given: Option<usize>,
    ) -> (SyntheticPerson, usize) {
        let (birth_date, birth_precision) = self.birth(age);
        let names = self.culture.names;
        let list = if sex == Sex::Female { names.women } else { names.men };
        let given = given.unwrap_or_else(|| self.free_name(sex, list.len()));
        let is_born_here = birth_date > self.arrived;
        // In some villages there are no family names.
        let has_family_name = self.culture.vague_birthdays < 40 || !self.dice.chance(12);
        let person = SyntheticPerson {
            relation,
            sex,
            birth_date,
            birth_precision,
            names: self.names(relation, sex, list[given], father, has_family_name),
            birth_place: (if is_born_here { self.home_place } else { self.origin.name_then }).to_owned(),
            birth_country: match (is_born_here, self.origin.area, self.culture.country) {
                (true, ..) | (false, Some(_), _) => "AZE",
                (false, None, "AZE") => "ARM",
                (false, None, country) => country,
            },
            citizenship: if self.culture.country != "AZE" && self.dice.chance(3) {
                "XXA"
            } else {
                self.culture.country
            },
            document: self.document(age),
            languages: self.languages(),
            face_seed: self.dice.number(),
        };
        (person, given)
    }

    fn birth(&mut self, age: u16) -> (Date, &'static str) {
        let year = REGISTRATION_YEAR - i16::try_from(age).expect("an age is small");
        if self.dice.chance(self.culture.vague_birthdays) {
            let precision = if self.dice.chance(55) { "estimated" } else { "year" };
            return (date(year, 1, 1), precision);
        }
        // Nobody is born after the day of registration: small children are born early in their year.
        let last_month = if age == 0 { 6 } else { 12 };
        (date(year, self.dice.between(1, last_month), self.dice.between(1, 28)), "day")
    }

    fn names(
        &mut self,
        relation: &'static str,
        sex: Sex,
        given: Given,
        father: Father,
        has_family_name: bool,
    ) -> Vec<SyntheticName> {
        let names = self.culture.names;
        // Where the Arabic script is written, a married woman keeps the family name of her father.
        let keeps_her_own =
            self.culture.script == "arabic" && sex == Sex::Female && ["spouse", "mother"].contains(&relation);
        let family = names.families[if keeps_her_own { self.any(names.families.len()) } else { self.surname }];
        let (own_family, latin_family) = if sex == Sex::Female { (family.2, family.3) } else { (family.0, family.1) };
        let (own_father, latin_father) = match names.patronymics.get(father) {
            Some(patronymic) if sex == Sex::Female => (patronymic.2.to_owned(), patronymic.3.to_owned()),
            Some(patronymic) => (patronymic.0.to_owned(), patronymic.1.to_owned()),
            None if self.culture.country == "AZE" => {
                let called = format!("{} {}", names.men[father].0, if sex == Sex::Female { "qızı" } else { "oğlu" });
                (called.clone(), called)
            }
            None => (names.men[father].0.to_owned(), names.men[father].1.to_owned()),
        };
        let name = |script, given: &str, family: &str, father: String| SyntheticName {
            script,
            given: given.to_owned(),
            family: has_family_name.then(|| family.to_owned()),
            father: Some(father),
        };
        let own = name(self.culture.script, given.0, own_family, own_father);
        if self.culture.script == "latin" {
            return vec![own];
        }
        vec![own, name("latin", given.1, latin_family, latin_father)]
    }

    fn document(&mut self, age: u16) -> Option<SyntheticDocument> {
        let country = self.culture.country;
        let is_internal = country == "AZE";
        if !self.dice.chance(if is_internal { 97 } else { 68 }) {
            return None;
        }
        let kind = match (is_internal, age < 16) {
            (true, false) => "national_identity_card",
            (_, true) => "birth_certificate",
            (false, false) if self.dice.chance(60) => "passport",
            (false, false) => "foreign_identity_card",
        };
        let number = format!("{RESERVED_MARK}{:08}", self.dice.number() % 100_000_000);
        Some(SyntheticDocument { kind, number, country })
    }

    fn languages(&mut self) -> Vec<&'static str> {
        let known = if self.dice.chance(60) { 1 } else { self.culture.languages.len() };
        self.culture.languages[..known].to_vec()
    }

    /// A given name that nobody in the family has yet; no family is as large as the tables are long.
    fn free_name(&mut self, sex: Sex, count: usize) -> usize {
        let mut index = self.any(count);
        while self.taken.contains(&(sex, index)) {
            index = (index + 1) % count;
        }
        self.taken.push((sex, index));
        index
    }

    fn any(&mut self, count: usize) -> usize {
        usize::from(self.dice.below(u16::try_from(count).expect("our tables are short")))
    }
}

#[cfg(test)]
mod tests;
