// SPDX-License-Identifier: Apache-2.0
//! The program's own log, on standard error: what happened, never to whom.

use anyhow::bail;
use tracing_subscriber::EnvFilter;

use crate::output::Form;

/// Our crates. What libraries say below a warning is nobody's concern here, and might quote values.
const CRATES: [&str; 4] = ["app", "db", "turna", "web"];

/// The levels that the configuration may name.
const LEVELS: [&str; 4] = ["error", "warn", "info", "debug"];

/// Checks a level of the configuration.
///
/// # Errors
/// When it is no level.
pub(crate) fn check_level(level: &str) -> anyhow::Result<()> {
    if LEVELS.contains(&level) {
        return Ok(());
    }
    bail!("log_level {level:?} is none of: {}", LEVELS.join(", "))
}

/// Starts the log, as lines of text or of JSON. A second call changes nothing.
pub(crate) fn start(level: &str, form: Form) {
    let builder = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter(level));
    // The log can be started once; a test or the demo may have done so.
    drop(match form {
        Form::Text => builder.with_ansi(false).try_init(),
        Form::Json => builder.json().try_init(),
    });
}

fn filter(level: &str) -> EnvFilter {
    let libraries = if level == "error" { "error" } else { "warn" };
    let ours = CRATES.map(|name| format!(",{name}={level}")).concat();
    EnvFilter::new(format!("{libraries}{ours}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_never_heard_below_a_warning() {
        assert!(filter("debug").to_string().contains("app=debug"));
        assert!(!filter("debug").to_string().contains("sqlx"));
        assert_eq!(filter("debug").max_level_hint(), Some(tracing_subscriber::filter::LevelFilter::DEBUG));
        assert!(filter("debug").to_string().contains("warn"));
    }

    #[test]
    fn a_word_that_is_no_level_is_refused() {
        assert!(check_level("loud").is_err());
        assert!(check_level("info").is_ok());
    }
}
