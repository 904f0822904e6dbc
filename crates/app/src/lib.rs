// SPDX-License-Identifier: Apache-2.0
//! Use cases: who may do what, on which legal basis, in one audited transaction.
