// SPDX-License-Identifier: Apache-2.0
//! Words and values of a migration service, the case machine and the access policy.
//!
//! Nothing in this crate reads a file, a clock or a database: the same input always gives the same answer. Text from
//! outside is parsed here once, into types that cannot hold a wrong value; everything further in trusts them.

pub mod access;
pub mod audit;
pub mod card;
pub mod case;
pub mod content;
pub mod id;
pub mod legal;
pub mod number;
pub mod procedure;
pub mod refusal;
pub mod registry;
pub mod sensitive;
pub mod text_enum;
pub mod time;
pub mod work;
