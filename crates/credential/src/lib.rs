// SPDX-License-Identifier: Apache-2.0
//! The refugee card as data: MRZ, signed QR, status list and trust list; no images, no IO.
