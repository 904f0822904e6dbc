// SPDX-License-Identifier: Apache-2.0
//! The real router on both engines: what it serves, how it fails, and which headers it never forgets.

#[cfg(test)]
mod administration;
#[cfg(test)]
mod api;
#[cfg(test)]
mod assets;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod client;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod headers;
#[cfg(test)]
mod health;
#[cfg(test)]
mod help;
#[cfg(test)]
mod log;
#[cfg(test)]
mod office;
#[cfg(test)]
mod oversight;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod published;
#[cfg(test)]
mod registry;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod server;
#[cfg(test)]
mod session;
#[cfg(test)]
mod typist;
#[cfg(test)]
mod work;
