// SPDX-License-Identifier: Apache-2.0
//! Use cases from outside, each on SQLite and on PostgreSQL.

mod card_life;
mod verify;
