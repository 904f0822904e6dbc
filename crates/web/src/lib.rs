// SPDX-License-Identifier: Apache-2.0
//! HTTP: health, the public log, pages.
