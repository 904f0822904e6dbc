// SPDX-License-Identifier: Apache-2.0
//! The law as pages show it: what the country pack says, re-exported so that pages need no arrow of their own to it.

pub use law::{Instrument, Pack, Provision};
