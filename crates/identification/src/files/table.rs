// SPDX-License-Identifier: Apache-2.0
//! Reads tables as they come: with or without a byte order mark, with commas, semicolons or tabs, with quoted line breaks,
//! with lines that do not fit and are told by number.

use std::io::{BufRead, BufReader, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

/// Columns that a table may have.
const COLUMNS_MAX: usize = 200;
/// Bytes at the beginning from which the delimiter is guessed.
const LOOK_BYTES: usize = 64 * 1024;

/// A table that is read row by row.
pub struct Table<R> {
    reader: Reader<BufReader<R>>,
    headers: Vec<String>,
    record: ByteRecord,
    /// Lines that did not fit, by number; the first ones.
    skipped: Vec<u64>,
    skipped_count: u64,
    /// What the reader counts lines too few by: it sees the second sign of a line's end only with the next line.
    lines_behind: u64,
}

/// Numbers of lines that are kept to be told.
const SKIPPED_TOLD_MAX: usize = 1_000;

/// Why a table cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file ends in an error of the system.
    #[error("the table cannot be read")]
    Read(#[from] std::io::Error),
    /// The rows cannot be told apart.
    #[error("the table is not in rows and columns")]
    Shape(#[from] csv::Error),
    /// There is no header.
    #[error("the table has no header with column names")]
    NoHeader,
    /// Too many columns.
    #[error("the table has {0} columns; at most {COLUMNS_MAX} are read")]
    TooManyColumns(usize),
    /// Not UTF-8.
    #[error("the table is not UTF-8; save it as \"CSV UTF-8\"")]
    Encoding,
}

impl<R: Read> Table<R> {
    /// Begins to read a table; its first row names the columns.
    ///
    /// # Errors
    /// When it cannot be read, is not UTF-8, or has no header.
    pub fn open(source: R) -> Result<Self, TableError> {
        let mut source = BufReader::with_capacity(LOOK_BYTES, source);
        let start = source.fill_buf()?;
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            return Err(TableError::Encoding);
        }
        let mark = if start.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
        let delimiter = delimiter(&start[mark..]);
        let lines_behind = u64::from(start.windows(2).any(|pair| pair == b"\r\n"));
        source.consume(mark);
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(source);
        let mut record = ByteRecord::new();
        if !reader.read_byte_record(&mut record)? || record.iter().all(<[u8]>::is_empty) {
            return Err(TableError::NoHeader);
        }
        if record.len() > COLUMNS_MAX {
            return Err(TableError::TooManyColumns(record.len()));
        }
        let headers: Result<Vec<String>, _> =
            record.iter().map(|header| std::str::from_utf8(header).map(|text| text.trim().to_owned())).collect();
        let headers = headers.map_err(|_| TableError::Encoding)?;
        Ok(Self { reader, headers, record, skipped: Vec::new(), skipped_count: 0, lines_behind })
    }

    /// The names of the columns.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The fields of the next row; nothing at the end. Rows with more or fewer fields than there are columns, or that are not
    /// UTF-8, are left out and counted.
    ///
    /// # Errors
    /// When the table cannot be read further.
    pub fn next_row(&mut self) -> Result<Option<Vec<&str>>, TableError> {
        loop {
            if !self.reader.read_byte_record(&mut self.record)? {
                return Ok(None);
            }
            let fits = self.record.len() == self.headers.len();
            let is_text = self.record.iter().all(|field| std::str::from_utf8(field).is_ok());
            if fits && is_text {
                break;
            }
            self.skipped_count += 1;
            if self.skipped.len() < SKIPPED_TOLD_MAX {
                self.skipped.push(self.record.position().map_or(0, csv::Position::line) + self.lines_behind);
            }
        }
        Ok(Some(self.record.iter().map(|field| std::str::from_utf8(field).unwrap_or_default().trim()).collect()))
    }

    /// The numbers of the lines that were left out, the first thousand of them.
    #[must_use]
    pub fn skipped(&self) -> &[u64] {
        &self.skipped
    }

    /// How many rows were left out.
    #[must_use]
    pub const fn skipped_count(&self) -> u64 {
        self.skipped_count
    }
}

/// The sign that stands most often in the first line, outside of quotes.
fn delimiter(start: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in start {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => counts.iter_mut().filter(|(sign, _)| sign == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<Vec<String>>, Vec<u64>) {
        let mut table = Table::open(text.as_bytes()).unwrap();
        let mut rows = Vec::new();
        while let Some(row) = table.next_row().unwrap() {
            rows.push(row.into_iter().map(str::to_owned).collect());
        }
        (rows, table.skipped().to_vec())
    }

    #[test]
    fn tables_as_they_come() {
        let (got, skipped) = rows("\u{feff}id;name\n1;\"Əli;\nVəli\"\n2\n3;Nigar\n");
        assert_eq!(got, [["1", "Əli;\nVəli"], ["3", "Nigar"]]);
        assert_eq!(skipped, [4]);
        assert_eq!(rows("id\tname\r\n1\tA, B\r\n2\r\n"), (vec![vec!["1".to_owned(), "A, B".to_owned()]], vec![3]));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(Table::open(&b""[..]), Err(TableError::NoHeader)));
        assert!(matches!(Table::open(&[0xff, 0xfe, 0x31][..]), Err(TableError::Encoding)));
        assert!(matches!(Table::open(&[b'a', 0xe9, b'\n'][..]), Err(TableError::Encoding)));
        assert!(matches!(Table::open("a,".repeat(300).as_bytes()), Err(TableError::TooManyColumns(301))));
    }
}
