// SPDX-License-Identifier: Apache-2.0
//! Persons, families and displacement: the values of the registry, parsed once at the edge.

mod family;
mod name;
mod person;

pub use family::*;
pub use name::*;
pub use person::*;
