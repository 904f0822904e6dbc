// SPDX-License-Identifier: Apache-2.0
//! Drawn faces, synthetic people and families for the demo, benches and tests.
//!
//! Everything follows from a seed: the same seed makes the same people, faces and bytes. Nobody here exists: faces are
//! drawings, names are combined by lot from short tables, and document numbers hold a mark no state issues.

mod dice;
mod face;
mod people;

pub use face::{FACE_PICTURE_HEIGHT, FACE_PICTURE_WIDTH, face};
pub use people::{
    REGISTRATION_YEAR, RESERVED_MARK, Sex, SyntheticDisplacement, SyntheticDocument, SyntheticFamily, SyntheticName,
    SyntheticPerson, families, family,
};
