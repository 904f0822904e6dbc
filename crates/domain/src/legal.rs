// SPDX-License-Identifier: Apache-2.0
//! No act without law: the basis of a decision, a measure, a card or a disclosure.
//!
//! A [`LegalBasis`] can only be made by asking a [`ProvisionRegister`] for the version of a provision in force on a day.
//! Whatever needs a ground takes a `LegalBasis`, so that nothing can be decided without one.

use serde::{Deserialize, Serialize};

use crate::time::Date;

/// The identifier of a provision in the country pack, such as `int-1951-refugees:33`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProvisionId(String);

/// The most characters a provision identifier has.
pub const PROVISION_ID_CHARACTERS_MAX: usize = 80;

/// A text that cannot identify a provision.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a provision is named as INSTRUMENT:ARTICLE in lower-case letters, digits, dots and hyphens")]
pub struct InvalidProvisionId;

impl ProvisionId {
    /// Parses `INSTRUMENT:ARTICLE`.
    ///
    /// # Errors
    /// When the colon is missing or a character is none of `a-z 0-9 . -`.
    pub fn parse(text: &str) -> Result<Self, InvalidProvisionId> {
        let is_word = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte))
        };
        match text.split_once(':') {
            Some((instrument, article))
                if is_word(instrument) && is_word(article) && text.len() <= PROVISION_ID_CHARACTERS_MAX =>
            {
                Ok(Self(text.to_owned()))
            }
            _ => Err(InvalidProvisionId),
        }
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProvisionId {
    type Error = InvalidProvisionId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ProvisionId> for String {
    fn from(id: ProvisionId) -> Self {
        id.0
    }
}

impl std::fmt::Display for ProvisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One version of a provision, as the country pack holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvisionVersion {
    /// Which provision.
    pub id: ProvisionId,
    /// Short name of the instrument with the article, as an officer would cite it ("1951 Convention, art. 33").
    pub citation: String,
    /// First day in force; with the identifier it names the version.
    pub in_force_from: Date,
    /// SHA-256 of the pack's entry in lower-case hexadecimal, so that a later edit of the pack is visible.
    pub digest: String,
}

/// Where provisions are looked up; implemented by the country pack.
pub trait ProvisionRegister {
    /// The version in force on this day; `None` if there is no such provision or it was not in force.
    fn version_on(&self, id: &ProvisionId, on: Date) -> Option<ProvisionVersion>;
}

/// Why a citation was refused.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no provision {id} was in force on {on}")]
pub struct NotInForce {
    /// The provision asked for.
    pub id: ProvisionId,
    /// The day asked for.
    pub on: Date,
}

/// The legal basis of an act: a provision in the version in force on the day that the law fixes for the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalBasis {
    version: ProvisionVersion,
    on: Date,
}

impl LegalBasis {
    /// Cites a provision as in force on a day. This is the only way to a legal basis.
    ///
    /// # Errors
    /// When the register has no such provision or it was not in force on that day.
    pub fn cite(register: &dyn ProvisionRegister, id: &ProvisionId, on: Date) -> Result<Self, NotInForce> {
        match register.version_on(id, on) {
            Some(version) => Ok(Self { version, on }),
            None => Err(NotInForce { id: id.clone(), on }),
        }
    }

    /// The provision's identifier.
    pub fn id(&self) -> &ProvisionId {
        &self.version.id
    }

    /// The citation as an officer would write it.
    pub fn citation(&self) -> &str {
        &self.version.citation
    }

    /// The compact form that is stored with the act: `ID@FROM#DIGEST`, naming the version beyond doubt.
    pub fn stored_form(&self) -> String {
        format!("{}@{}#{}", self.version.id, self.version.in_force_from, &self.version.digest[..DIGEST_SHORT])
    }

    /// The day for which the provision was cited.
    pub fn on(&self) -> Date {
        self.on
    }
}

/// Hexadecimal characters of the pack entry's digest kept with an act.
const DIGEST_SHORT: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    struct OneProvision;

    impl ProvisionRegister for OneProvision {
        fn version_on(&self, id: &ProvisionId, on: Date) -> Option<ProvisionVersion> {
            let in_force_from: Date = "1993-02-12".parse().unwrap();
            (id.as_str() == "int-1951-refugees:33" && on >= in_force_from).then(|| ProvisionVersion {
                id: id.clone(),
                citation: "1951 Convention, art. 33".into(),
                in_force_from,
                digest: "00".repeat(32),
            })
        }
    }

    #[test]
    fn a_provision_can_be_cited_only_while_in_force() {
        let id = ProvisionId::parse("int-1951-refugees:33").unwrap();
        let before = "1990-01-01".parse().unwrap();
        assert_eq!(LegalBasis::cite(&OneProvision, &id, before), Err(NotInForce { id: id.clone(), on: before }));
        let basis = LegalBasis::cite(&OneProvision, &id, "2025-12-18".parse().unwrap()).unwrap();
        assert_eq!(basis.stored_form(), "int-1951-refugees:33@1993-02-12#0000000000000000");
    }

    #[test]
    fn a_provision_identifier_names_instrument_and_article() {
        for wrong in ["", "int-1951-refugees", ":33", "int:", "INT:33", "int 1951:33"] {
            assert_eq!(ProvisionId::parse(wrong), Err(InvalidProvisionId), "{wrong}");
        }
    }
}
