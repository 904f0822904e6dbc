// SPDX-License-Identifier: Apache-2.0
//! All SQL in both dialects: migrations, transactions, audit records, jobs.
