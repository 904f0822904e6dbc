// SPDX-License-Identifier: Apache-2.0
//! Use cases from outside, each on SQLite and on PostgreSQL.

mod access;
mod assistance;
mod asylum;
mod card_desk;
mod card_life;
mod decisions;
mod erasure;
mod identity;
mod oversight;
mod procedures;
mod purpose;
mod record;
mod registry;
mod runner;
#[cfg(test)]
mod verify;
mod walls;
