// SPDX-License-Identifier: Apache-2.0
//! Fluent texts, languages, dates and numbers per language.
