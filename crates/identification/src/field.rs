// SPDX-License-Identifier: Apache-2.0
//! The fields that are weighed and the levels of agreement that each may have.

/// A kind of evidence. Columns of a file that are known only by their kind are `Text`, `Code`, `Number`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Field {
    /// Given names.
    Given,
    /// Family name.
    Family,
    /// How the names had to be laid together.
    Order,
    /// Father's given name or patronymic.
    Father,
    /// Mother's given name.
    Mother,
    /// Date of birth.
    Birth,
    /// Number of a document.
    Document,
    /// Personal number.
    Personal,
    /// Telephone.
    Phone,
    /// Address.
    Address,
    /// Place of birth.
    Place,
    /// Nationality.
    Nationality,
    /// Sex.
    Sex,
    /// Household.
    Household,
    /// Others of the household, by their own records: known only where all records are looked at together.
    Kin,
    /// Any text.
    Text,
    /// Any code.
    Code,
    /// Any number.
    Number,
}

/// The fields of names, which come first: their frequencies go by culture.
pub(crate) const NAME_FIELDS: [Field; 5] = [Field::Given, Field::Family, Field::Order, Field::Father, Field::Mother];

const NAME_LEVELS: &[&str] = &["equal", "same_sound", "close", "near", "part", "variant", "initial", "different"];

impl Field {
    /// All fields, in the order in which they are explained.
    pub const ALL: [Self; 18] = [
        Self::Given,
        Self::Family,
        Self::Order,
        Self::Father,
        Self::Mother,
        Self::Birth,
        Self::Document,
        Self::Personal,
        Self::Phone,
        Self::Address,
        Self::Place,
        Self::Nationality,
        Self::Sex,
        Self::Household,
        Self::Kin,
        Self::Text,
        Self::Code,
        Self::Number,
    ];
    /// Fields that a person has once; the last three are columns.
    pub const PERSONAL_FIELDS: usize = 15;

    /// How files call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Family => "family",
            Self::Order => "order",
            Self::Father => "father",
            Self::Mother => "mother",
            Self::Birth => "birth",
            Self::Document => "document",
            Self::Personal => "personal",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Place => "place",
            Self::Nationality => "nationality",
            Self::Sex => "sex",
            Self::Household => "household",
            Self::Kin => "kin",
            Self::Text => "text",
            Self::Code => "code",
            Self::Number => "number",
        }
    }

    /// The names of its levels, from the best to the worst.
    #[must_use]
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Given | Self::Father | Self::Mother => NAME_LEVELS,
            Self::Family => &[
                "equal",
                "same_sound",
                "close",
                "near",
                "part",
                "stem",
                "variant",
                "initial",
                "different_woman",
                "different",
            ],
            Self::Order => &["straight", "exchanged", "unsplit"],
            Self::Birth => &[
                "same",
                "swapped",
                "slip",
                "few_days",
                "hijri",
                "hijri_year",
                "year_only",
                "estimated",
                "year_off",
                "same_year",
                "near_year",
                "different",
            ],
            Self::Document | Self::Personal => &["same", "scanned", "slip", "different"],
            Self::Phone => &["same", "slip", "different"],
            Self::Address => &["same", "street", "different"],
            Self::Place => &["same", "close", "different"],
            Self::Nationality | Self::Sex | Self::Household => &["same", "different"],
            Self::Kin => &["matched", "unmatched"],
            Self::Text => &["equal", "close", "near", "different"],
            Self::Code => &["equal", "slip", "different"],
            Self::Number => &["equal", "near", "different"],
        }
    }

    /// Whether the stranger's number in the weights is a factor on the frequency of the value, at this level. How many names
    /// are near to one or begin with its initial does not depend on how frequent it is.
    #[must_use]
    pub const fn is_by_frequency(self, level: u8) -> bool {
        match self {
            Self::Given | Self::Father | Self::Mother => matches!(level, 0..=2 | 4 | 5),
            Self::Family => matches!(level, 0..=2 | 4..=6),
            Self::Birth => matches!(level, 0 | 5..=7 | 9 | 10),
            Self::Place => level < 2,
            Self::Text | Self::Code | Self::Number => level == 0,
            _ => false,
        }
    }
}
