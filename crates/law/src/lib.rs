// SPDX-License-Identifier: Apache-2.0
//! Country pack: instruments, provisions, procedures, clocks and calendars as dated data; no IO.
