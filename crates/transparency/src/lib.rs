// SPDX-License-Identifier: Apache-2.0
//! RFC 6962 tree in C2SP tiles with signed checkpoints and proofs; pure over a storage trait.
