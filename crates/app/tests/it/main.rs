// SPDX-License-Identifier: Apache-2.0
//! Use cases from outside, each on SQLite and on PostgreSQL.

#[cfg(test)]
mod access;
#[cfg(test)]
mod alike;
#[cfg(test)]
mod assistance;
#[cfg(test)]
mod asylum;
#[cfg(test)]
mod card_desk;
#[cfg(test)]
mod card_life;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod draft;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod fact;
mod find;
#[cfg(test)]
mod hand_over;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod interview;
#[cfg(test)]
mod join;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod leave;
#[cfg(test)]
mod oversight;
#[cfg(test)]
mod own_file;
#[cfg(test)]
mod procedures;
#[cfg(test)]
mod purpose;
#[cfg(test)]
mod reconcile;
#[cfg(test)]
mod record;
#[cfg(test)]
mod registry;
#[cfg(test)]
mod runner;
#[cfg(test)]
mod search;
#[cfg(test)]
mod site;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod substitution;
#[cfg(test)]
mod surname;
#[cfg(test)]
mod token;
#[cfg(test)]
mod verification;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod walls;
#[cfg(test)]
mod work;
