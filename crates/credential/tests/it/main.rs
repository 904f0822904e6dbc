// SPDX-License-Identifier: Apache-2.0
//! Tests of the card as a whole: what an issuer signs and what a checker, a forger and a bad line make of it.

#[cfg(test)]
mod card;
#[cfg(test)]
mod forgery;
#[cfg(test)]
mod frozen;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod mrz;
#[cfg(test)]
mod names;
#[cfg(test)]
mod office;
#[cfg(test)]
mod status;
#[cfg(test)]
mod trust;
#[cfg(test)]
mod verdicts;
