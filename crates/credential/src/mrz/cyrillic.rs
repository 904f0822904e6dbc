// SPDX-License-Identifier: Apache-2.0
//! Cyrillic letters (ICAO Doc 9303-3 section 6, table B) with the exceptions it makes for languages, and the alphabet in
//! which Azerbaijani was written until 1991, which the table does not know.

use super::latin::LatinPractice;

/// The language in which a Cyrillic name is written. The table gives some letters another form in some languages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CyrillicLanguage {
    /// Russian, and every language for which the table makes no exception.
    #[default]
    Common,
    /// Belarusian: Ё is IO, Г is H.
    Belarusian,
    /// Bulgarian: Щ is SHT.
    Bulgarian,
    /// Macedonian: Ѓ is GJ, Ќ is KJ, Џ is DJ, Х is H, Ц is C.
    Macedonian,
    /// Serbian: Г and Х are H, Ж is Z, Ц and Ч are C, Ш is S.
    Serbian,
    /// Ukrainian: Г is H, И is Y; Є, Ї, Й, Ю, Я at the beginning of a name part are YE, YI, Y, YU, YA.
    Ukrainian,
    /// Azerbaijani before 1991: through the present Latin alphabet.
    Azerbaijani,
}

/// Where a letter stands in its part of the name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Later,
}

impl CyrillicLanguage {
    /// The language of an ISO 639 code such as `uk`, `be`, `bg`, `mk`, `sr`, `az`; all others are [`Self::Common`].
    pub fn of_code(code: &str) -> Self {
        match code {
            "be" | "bel" => Self::Belarusian,
            "bg" | "bul" => Self::Bulgarian,
            "mk" | "mkd" => Self::Macedonian,
            "sr" | "srp" => Self::Serbian,
            "uk" | "ukr" => Self::Ukrainian,
            "az" | "aze" => Self::Azerbaijani,
            _ => Self::Common,
        }
    }

    fn exception(self, letter: char, place: Place) -> Option<&'static str> {
        match (self, letter) {
            (Self::Belarusian, 'Ё') => Some("IO"),
            (Self::Belarusian | Self::Serbian | Self::Ukrainian, 'Г') => Some("H"),
            (Self::Bulgarian, 'Щ') => Some("SHT"),
            (Self::Macedonian, 'Ѓ' | 'Ғ') => Some("GJ"),
            (Self::Macedonian, 'Ќ') => Some("KJ"),
            (Self::Macedonian, 'Џ') => Some("DJ"),
            (Self::Macedonian | Self::Serbian, 'Х') => Some("H"),
            (Self::Macedonian | Self::Serbian, 'Ц') => Some("C"),
            (Self::Serbian, 'Ж') => Some("Z"),
            (Self::Serbian, 'Ч') => Some("C"),
            (Self::Serbian, 'Ш') => Some("S"),
            (Self::Ukrainian, 'И') => Some("Y"),
            (Self::Ukrainian, _) if place == Place::First => match letter {
                'Є' => Some("YE"),
                'Ї' => Some("YI"),
                'Й' => Some("Y"),
                'Ю' => Some("YU"),
                'Я' => Some("YA"),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The form of an upper-case letter in the table, in a language and place.
pub(super) fn table(letter: char, language: CyrillicLanguage, place: Place) -> Option<&'static str> {
    if let Some(exception) = language.exception(letter, place) {
        return Some(exception);
    }
    Some(match letter {
        'А' => "A",
        'Б' => "B",
        'В' => "V",
        'Г' | 'Ѓ' | 'Ґ' | 'Ғ' => "G",
        'Д' | 'Ђ' => "D",
        'Е' | 'Ё' | 'Э' => "E",
        'Є' => "IE",
        'Ж' => "ZH",
        'З' => "Z",
        'Ѕ' | 'Џ' => "DZ",
        'И' | 'Й' | 'І' | 'Ї' => "I",
        'Ј' => "J",
        'К' | 'Ќ' => "K",
        'Л' => "L",
        'Љ' => "LJ",
        'М' => "M",
        'Н' => "N",
        'Њ' => "NJ",
        'О' => "O",
        'П' => "P",
        'Р' => "R",
        'С' => "S",
        'Т' => "T",
        // The table has no row for Ћ; its Latin twin Ć is C in table A.
        'Ћ' => "C",
        'У' | 'Ў' | 'Ѫ' => "U",
        'Ф' => "F",
        'Х' => "KH",
        'Ц' => "TS",
        'Ч' => "CH",
        'Ш' => "SH",
        'Щ' => "SHCH",
        'Ъ' => "IE",
        'Ы' | 'Ѵ' => "Y",
        // The table has no row for the soft sign; it is not encoded.
        'Ь' => "",
        'Ю' => "IU",
        'Я' => "IA",
        'Һ' => "C",
        _ => return None,
    })
}

/// The form of an upper-case letter of the Azerbaijani Cyrillic alphabet, through the Latin letter that replaced it.
pub(super) fn azerbaijani(letter: char, practice: LatinPractice) -> Option<&'static str> {
    Some(match letter {
        'А' => "A",
        'Б' => "B",
        'В' => "V",
        'Г' => "Q",
        'Ғ' | 'Ҝ' => "G",
        'Д' => "D",
        'Е' => "E",
        'Ә' => practice.schwa(),
        'Ж' => "J",
        'З' => "Z",
        'И' | 'Ы' => "I",
        'Ј' => "Y",
        'К' => "K",
        'Л' => "L",
        'М' => "M",
        'Н' => "N",
        'О' => "O",
        'Ө' => practice.o_diaeresis(),
        'П' => "P",
        'Р' => "R",
        'С' | 'Ш' => "S",
        'Т' => "T",
        'У' => "U",
        'Ү' => practice.u_diaeresis(),
        'Ф' => "F",
        'Х' => "X",
        'Һ' => "H",
        'Ч' | 'Ҹ' => "C",
        _ => return None,
    })
}
