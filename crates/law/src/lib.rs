// SPDX-License-Identifier: Apache-2.0
//! Country pack: instruments, provisions, procedures, clocks and calendars as dated data; no IO.
//!
//! [`Pack::parse`] takes the files of a pack as text and either gives the whole pack or every error in it, each with
//! file, line and reason. A pack that parses holds together: every citation resolves, no two versions of a provision
//! overlap, no procedure lets an officer approve his own proposal. The program takes from it every number, term, name
//! and legal basis; none is compiled in.

mod act;
mod body;
mod calendar;
mod citation;
mod code_list;
mod digest;
mod error;
mod figure;
mod instrument;
mod names;
mod pack;
mod procedure;
mod procedure_check;
mod provision;
mod source;
mod wall;

pub use act::FINER_ACTS;
pub use body::{Body, Office};
pub use calendar::{Calendar, CalendarError, CalendarYear, DayKind, SpecialDay, Weekday};
pub use citation::{CitationWords, CitedPart};
pub use code_list::{Audience, Code, CodeList, FormerName};
pub use error::PackError;
pub use figure::{Figure, FigureUnit};
pub use instrument::{Instrument, InstrumentId, InvalidInstrumentId, Rank};
pub use names::{Languages, Names, NamesError};
pub use pack::{Pack, Phones};
pub use procedure::{LabelKind, LabelledProcedure};
pub use provision::Provision;
pub use wall::Wall;
