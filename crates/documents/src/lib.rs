// SPDX-License-Identifier: Apache-2.0
//! Pictures of facts: card and letters as PDF, the face for the QR code.
