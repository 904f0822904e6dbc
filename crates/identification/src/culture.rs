// SPDX-License-Identifier: Apache-2.0
//! Which culture a name is counted in. Mohammad tells little of an Afghan and much of a Georgian; so the frequency of a name
//! is that among the people of its own culture. Nothing else depends on it.

use std::{collections::HashMap, sync::LazyLock};

use crate::{script::Script, table::rows};

/// A culture of names; 0 is "of all".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Culture(u8);

/// Cultures that the table may have.
pub(crate) const CULTURES_MAX: usize = 32;

struct Cultures {
    names: Vec<&'static str>,
    by_nationality: HashMap<&'static str, u8>,
}

static CULTURES: LazyLock<Cultures> = LazyLock::new(|| {
    let mut cultures = Cultures { names: vec!["all"], by_nationality: HashMap::new() };
    for row in rows(include_str!("../data/cultures.tsv")) {
        let number = u8::try_from(cultures.names.len()).expect("few cultures");
        cultures.names.push(row[0]);
        cultures.by_nationality.extend(row[1..].iter().map(|nationality| (*nationality, number)));
    }
    assert!(cultures.names.len() <= CULTURES_MAX, "more cultures than there are counters for");
    cultures
});

impl Culture {
    /// Everybody.
    pub const ALL: Self = Self(0);

    /// By nationality (three capital letters), else by the script of the native name.
    #[must_use]
    pub fn of(nationality: Option<&str>, native: Option<Script>) -> Self {
        if let Some(number) = nationality.and_then(|nationality| CULTURES.by_nationality.get(nationality)) {
            return Self(*number);
        }
        let name = match native {
            Some(Script::Georgian) => "ka",
            Some(Script::Armenian) => "hy",
            _ => return Self::ALL,
        };
        Self::named(name).unwrap_or_default()
    }

    /// By the name that the table has for it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let number = CULTURES.names.iter().position(|other| *other == name)?;
        u8::try_from(number).ok().map(Self)
    }

    /// How the table calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        CULTURES.names.get(usize::from(self.0)).copied().unwrap_or("all")
    }

    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    pub(crate) const fn of_number(number: u8) -> Self {
        Self(number)
    }
}
