// SPDX-License-Identifier: Apache-2.0
//! The texts as a whole: complete, used, alike in all languages, and shown right.

#[cfg(test)]
mod locales;
#[cfg(test)]
mod plain;
#[cfg(test)]
mod shown;
