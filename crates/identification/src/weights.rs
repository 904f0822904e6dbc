// SPDX-License-Identifier: Apache-2.0
//! The weights of evidence: per field and level the probability between records of one person, of relatives, of strangers.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Deserialize;

use crate::{
    culture::Culture,
    field::{Field, NAME_FIELDS},
};

/// No probability is smaller: nothing is impossible on paper.
const PROBABILITY_MIN: f32 = 1e-9;

/// Three probabilities of one level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevelWeight {
    /// Between two records of the same person.
    pub same: f32,
    /// Between records of two relatives.
    pub relative: f32,
    /// Between strangers; where the field is weighed by frequency, a factor on the frequency of the value.
    pub stranger: f32,
}

/// A set of weights with its version.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    version: String,
    repeats: f32,
    relatives: f32,
    /// Fields of a person, then the columns of a file, each with its levels.
    fields: Vec<(Field, Vec<LevelWeight>)>,
    corrections: Vec<(Culture, Corrections)>,
}

/// How much more often strangers of one culture are found at each level of the fields of names than the weights say: factors.
pub(crate) type Corrections = Vec<Vec<f32>>;

/// What is wrong with a file of weights.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// It is not TOML, or not of this shape.
    #[error("the weights cannot be read")]
    Shape(#[from] toml::de::Error),
    /// A field or level is missing.
    #[error("the weights have no numbers for {field}, level {level}")]
    Missing {
        /// Which field.
        field: &'static str,
        /// Which level.
        level: &'static str,
    },
    /// A culture of names that the program does not know.
    #[error("the weights name {0:?}, which is no culture of names")]
    Culture(String),
    /// A number is not a probability.
    #[error("the weights for {field}, level {level} are not probabilities")]
    Range {
        /// Which field.
        field: &'static str,
        /// Which level.
        level: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    repeats: f32,
    relatives: f32,
    field: BTreeMap<String, BTreeMap<String, [f32; 3]>>,
    #[serde(default)]
    column: Vec<BTreeMap<String, [f32; 3]>>,
    #[serde(default)]
    culture: BTreeMap<String, BTreeMap<String, BTreeMap<String, f32>>>,
}

impl Weights {
    /// The weights that come with the program, for a file with such columns of known kind only.
    ///
    /// # Panics
    /// Never: the file is part of the program and a test reads it.
    #[must_use]
    pub fn general(columns: &[Field]) -> Self {
        Self::parse(include_str!("../data/weights.toml"), columns).expect("the general weights are well formed")
    }

    /// Reads a file of weights. `columns` are the kinds of the columns that are known by their kind only, in order; where the
    /// file has own weights for them these are taken.
    ///
    /// # Errors
    /// When the file is not of the right shape, a level is missing, or a number is not a probability.
    pub fn parse(text: &str, columns: &[Field]) -> Result<Self, WeightsError> {
        let file: File = toml::from_str(text)?;
        let mut fields = Vec::with_capacity(Field::PERSONAL_FIELDS + columns.len());
        for field in &Field::ALL[..Field::PERSONAL_FIELDS] {
            fields.push((*field, levels(*field, file.field.get(field.name()))?));
        }
        for (place, field) in columns.iter().enumerate() {
            let own = file.column.get(place).filter(|own| levels(*field, Some(own)).is_ok());
            fields.push((*field, levels(*field, own.or(file.field.get(field.name())))?));
        }
        let corrections =
            file.culture.iter().map(|(name, table)| corrections(name, table)).collect::<Result<_, _>>()?;
        Ok(Self { version: file.version, repeats: file.repeats, relatives: file.relatives, fields, corrections })
    }

    /// The file of these weights; [`Weights::parse`] reads it back.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let general = Self::general(&[Field::Text, Field::Code, Field::Number]);
        let mut text =
            format!("version = {:?}\nrepeats = {}\nrelatives = {}\n", self.version, self.repeats, self.relatives);
        let mut write = |head: String, field: Field, levels: &[LevelWeight]| {
            let _ = writeln!(text, "\n{head}");
            for (name, level) in field.levels().iter().zip(levels) {
                let _ = writeln!(text, "{name} = [{:?}, {:?}, {:?}]", level.same, level.relative, level.stranger);
            }
        };
        let kinds = general.fields.iter().skip(Field::PERSONAL_FIELDS);
        for (field, levels) in self.fields.iter().take(Field::PERSONAL_FIELDS).chain(kinds) {
            write(format!("[field.{}]", field.name()), *field, levels);
        }
        for (field, levels) in self.fields.iter().skip(Field::PERSONAL_FIELDS) {
            write("[[column]]".to_owned(), *field, levels);
        }
        for (culture, fields) in &self.corrections {
            for (field, levels) in NAME_FIELDS.iter().zip(fields) {
                let _ = writeln!(text, "\n[culture.{}.{}]", culture.name(), field.name());
                for (name, factor) in field.levels().iter().zip(levels) {
                    let _ = writeln!(text, "{name} = {factor:?}");
                }
            }
        }
        text
    }

    /// The version, to be recorded with each decision.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Fields in the order of a comparison: those of a person, then columns.
    #[must_use]
    pub fn fields(&self) -> &[(Field, Vec<LevelWeight>)] {
        &self.fields
    }

    /// Other records of the same person that a record has on average.
    #[must_use]
    pub const fn repeats(&self) -> f32 {
        self.repeats
    }

    /// Relatives that a record has on average.
    #[must_use]
    pub const fn relatives(&self) -> f32 {
        self.relatives
    }

    /// Corrections for the names of cultures.
    pub(crate) fn corrections(&self) -> &[(Culture, Corrections)] {
        &self.corrections
    }

    pub(crate) fn set_corrections(&mut self, corrections: Vec<(Culture, Corrections)>) {
        self.corrections = corrections;
    }

    /// The same with other numbers, as training finds them.
    #[must_use]
    pub(crate) fn with(&self, version: String, repeats: f32, fields: Vec<Vec<LevelWeight>>) -> Self {
        let fields = self.fields.iter().map(|(field, _)| *field).zip(fields).collect();
        Self { version, repeats, relatives: self.relatives, fields, corrections: self.corrections.clone() }
    }
}

fn corrections(
    name: &str,
    table: &BTreeMap<String, BTreeMap<String, f32>>,
) -> Result<(Culture, Corrections), WeightsError> {
    let culture = Culture::named(name).ok_or_else(|| WeightsError::Culture(name.to_owned()))?;
    let of_field = |field: &Field| {
        let factors = table.get(field.name());
        let level = |level: &&'static str| {
            let factor = factors.and_then(|factors| factors.get(*level)).copied().unwrap_or(1.0);
            let is_factor = factor > 0.0 && factor <= 1e6;
            is_factor.then_some(factor).ok_or(WeightsError::Range { field: field.name(), level })
        };
        field.levels().iter().map(level).collect()
    };
    Ok((culture, NAME_FIELDS.iter().map(of_field).collect::<Result<_, _>>()?))
}

fn levels(field: Field, table: Option<&BTreeMap<String, [f32; 3]>>) -> Result<Vec<LevelWeight>, WeightsError> {
    let name = field.name();
    field
        .levels()
        .iter()
        .map(|level| {
            let numbers = table.and_then(|table| table.get(*level));
            let [same, relative, stranger] = *numbers.ok_or(WeightsError::Missing { field: name, level })?;
            let is_probability = |value: f32| (0.0..=1.0).contains(&value);
            // A factor on a frequency may be above one.
            if !is_probability(same) || !is_probability(relative) || !(0.0..=1e6).contains(&stranger) {
                return Err(WeightsError::Range { field: name, level });
            }
            let floor = |value: f32| value.max(PROBABILITY_MIN);
            Ok(LevelWeight { same: floor(same), relative: floor(relative), stranger: floor(stranger) })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_general_weights_read_back_as_written() {
        let weights = Weights::general(&[Field::Code]);
        assert_eq!(Weights::parse(&weights.to_toml(), &[Field::Code]).unwrap(), weights);
        assert_eq!(weights.fields().len(), Field::PERSONAL_FIELDS + 1);
    }

    #[test]
    fn wrong_weights_are_refused() {
        let good = Weights::general(&[]).to_toml();
        let missing = good.replace("same_sound", "some_sound");
        assert!(matches!(Weights::parse(&missing, &[]), Err(WeightsError::Missing { .. })));
        let negative = good.replacen("equal = [0.42", "equal = [-0.42", 1);
        assert!(matches!(Weights::parse(&negative, &[]), Err(WeightsError::Range { .. })));
        assert!(matches!(Weights::parse("version = 3", &[]), Err(WeightsError::Shape(_))));
    }
}
