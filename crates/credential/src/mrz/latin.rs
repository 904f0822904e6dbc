// SPDX-License-Identifier: Apache-2.0
//! Latin letters (ICAO Doc 9303-3 section 6, table A). Where the table leaves a choice, the authority chooses.

/// How the authority writes the letters for which the table allows more than one form, and the Azerbaijani ə, for which
/// it has none. The default is the authority's: one letter for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LatinPractice {
    /// Ä.
    pub a_diaeresis: ADiaeresis,
    /// Å.
    pub a_ring: ARing,
    /// Ñ.
    pub n_tilde: NTilde,
    /// Ö.
    pub o_diaeresis: ODiaeresis,
    /// Ü.
    pub u_diaeresis: UDiaeresis,
    /// Ə.
    pub schwa: Schwa,
}

/// Forms of Ä.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ADiaeresis {
    /// `A`
    #[default]
    A,
    /// `AE`
    Ae,
}

/// Forms of Å.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ARing {
    /// `A`
    #[default]
    A,
    /// `AA`
    Aa,
}

/// Forms of Ñ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NTilde {
    /// `N`
    #[default]
    N,
    /// `NXX`
    Nxx,
}

/// Forms of Ö.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ODiaeresis {
    /// `O`
    #[default]
    O,
    /// `OE`
    Oe,
}

/// Forms of Ü.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UDiaeresis {
    /// `U`
    #[default]
    U,
    /// `UE`
    Ue,
    /// `UXX`
    Uxx,
}

/// Forms of Ə, which the table does not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Schwa {
    /// `E`
    #[default]
    E,
    /// `A`
    A,
}

impl LatinPractice {
    pub(super) fn o_diaeresis(self) -> &'static str {
        match self.o_diaeresis {
            ODiaeresis::O => "O",
            ODiaeresis::Oe => "OE",
        }
    }

    pub(super) fn u_diaeresis(self) -> &'static str {
        match self.u_diaeresis {
            UDiaeresis::U => "U",
            UDiaeresis::Ue => "UE",
            UDiaeresis::Uxx => "UXX",
        }
    }

    pub(super) fn schwa(self) -> &'static str {
        match self.schwa {
            Schwa::E => "E",
            Schwa::A => "A",
        }
    }
}

/// The form of an upper-case letter in the table; A to Z are not in it.
pub(super) fn table(letter: char, practice: LatinPractice) -> Option<&'static str> {
    Some(match letter {
        'Ä' => match practice.a_diaeresis {
            ADiaeresis::A => "A",
            ADiaeresis::Ae => "AE",
        },
        'Å' => match practice.a_ring {
            ARing::A => "A",
            ARing::Aa => "AA",
        },
        'Ñ' => match practice.n_tilde {
            NTilde::N => "N",
            NTilde::Nxx => "NXX",
        },
        'Ö' => practice.o_diaeresis(),
        'Ü' => practice.u_diaeresis(),
        'À' | 'Á' | 'Â' | 'Ã' | 'Ā' | 'Ă' | 'Ą' => "A",
        'Æ' => "AE",
        'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "C",
        'Ð' | 'Ď' | 'Đ' => "D",
        'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "E",
        'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' => "G",
        'Ĥ' | 'Ħ' => "H",
        'Ì' | 'Í' | 'Î' | 'Ï' | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' | 'ı' => "I",
        'Ĳ' => "IJ",
        'Ĵ' => "J",
        'Ķ' => "K",
        'Ĺ' | 'Ļ' | 'Ľ' | 'Ŀ' | 'Ł' => "L",
        'Ń' | 'Ņ' | 'Ň' | 'Ŋ' => "N",
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ō' | 'Ŏ' | 'Ő' => "O",
        'Ø' | 'Œ' => "OE",
        'Ŕ' | 'Ŗ' | 'Ř' => "R",
        'Ś' | 'Ŝ' | 'Ş' | 'Š' => "S",
        'ẞ' | 'ß' => "SS",
        'Ţ' | 'Ť' | 'Ŧ' => "T",
        'Þ' => "TH",
        'Ù' | 'Ú' | 'Û' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' => "U",
        'Ŵ' => "W",
        'Ý' | 'Ŷ' | 'Ÿ' => "Y",
        'Ź' | 'Ż' | 'Ž' => "Z",
        _ => return None,
    })
}
