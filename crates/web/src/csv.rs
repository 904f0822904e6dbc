// SPDX-License-Identifier: Apache-2.0
//! Tables as CSV (RFC 4180) that a spreadsheet opens without running anything that is in them.

use axum::{
    http::{
        HeaderValue,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};

use crate::WebError;

/// Tells spreadsheets that the file is UTF-8.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A text; never taken for a formula.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// The table as text. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
/// injection), also one that hides its first character behind white space.
pub(crate) fn text(rows: &[Vec<Cell>]) -> String {
    let mut written = String::from(BYTE_ORDER_MARK);
    for row in rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        written += &cells.join(",");
        written += "\r\n";
    }
    written
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => {
            let first = text.trim_start().chars().next();
            let is_formula = text.starts_with(['\t', '\r', '\n'])
                || matches!(first, Some('=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'));
            let apostrophe = if is_formula { "'" } else { "" };
            format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
        }
    }
}

/// The table as a file to be kept; `name` has letters, digits and hyphens.
///
/// # Errors
/// [`WebError::Header`] when the name is none.
pub(crate) fn file(name: &str, rows: &[Vec<Cell>]) -> Result<Response, WebError> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\""))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, text(rows)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula_and_numbers_stay_numbers() {
        for attack in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "|x", "%x", "＝1"] {
            let written = text(&[vec![attack.into()]]);
            let content = written.trim_start_matches(BYTE_ORDER_MARK);
            assert!(content.starts_with("\"'"), "{attack:?} became {content:?}");
        }
        assert_eq!(text(&[vec!["a".into(), (-5).into()]]), "\u{FEFF}\"a\",-5\r\n");
    }

    #[test]
    fn quotes_commas_and_lines_stay_inside_their_cell() {
        let written = text(&[vec!["a \"b\", c\nd".into()], vec![]]);
        assert_eq!(written, "\u{FEFF}\"a \"\"b\"\", c\nd\"\r\n\r\n");
    }
}
