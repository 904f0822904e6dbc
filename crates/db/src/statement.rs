// SPDX-License-Identifier: Apache-2.0
//! Statements are named constants; each module lists its own, and a test prepares every one on both engines.

/// One SQL statement, in the text for each dialect (mostly the same).
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Its name.
    pub name: &'static str,
    /// Text for SQLite.
    pub sqlite: &'static str,
    /// Text for PostgreSQL.
    pub postgres: &'static str,
}

/// Declares statements: `NAME = "…";`, or `NAME = sqlite "…", postgres "…";` where the dialects differ.
#[macro_export]
macro_rules! statements {
    ($($name:ident = $($one:literal)? $(sqlite $sqlite:literal, postgres $postgres:literal)?;)+) => {
        $(const $name: $crate::Statement = $crate::Statement {
            name: stringify!($name),
            sqlite: concat!($($one)? $($sqlite)?),
            postgres: concat!($($one)? $($postgres)?),
        };)+
        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[$crate::Statement] = &[$($name),+];
    };
}
