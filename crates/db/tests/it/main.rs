// SPDX-License-Identifier: Apache-2.0
//! Tests of the database crate on both engines: each test makes its own SQLite file or its own PostgreSQL database.

#[cfg(test)]
mod case_file;
#[cfg(test)]
mod data_register;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod group_commit;
#[cfg(test)]
mod log;
#[cfg(test)]
mod once;
#[cfg(test)]
mod open;
#[cfg(test)]
mod planted;
#[cfg(test)]
mod retry;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod transfer;
#[cfg(test)]
mod vault;
#[cfg(test)]
mod witness;
