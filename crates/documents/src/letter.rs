// SPDX-License-Identifier: Apache-2.0
//! Letters on A4: certificates, receipts and statements.

use serde::Serialize;
use typst::foundations::Bytes;

use crate::{
    Direction, DocumentError, Engine, picture,
    qr::{LETTER_VERSION_MAX, Symbol},
    text,
};

/// The most characters of a heading, label or value.
const LINE_CHARS_MAX: usize = 500;
/// The most characters of a paragraph.
const PARAGRAPH_CHARS_MAX: usize = 4_000;
/// The most blocks of a letter.
const BLOCKS_MAX: usize = 100;
/// The most rows of one block; longer statements are several letters.
const ROWS_MAX: usize = 1_000;
/// The most columns of a table.
const COLUMNS_MAX: usize = 6;
/// The most lines of a list of a few (issuer, signatures).
const FEW_MAX: usize = 6;

/// A label with its value.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What the value is.
    pub label: String,
    /// The value; a number or a name in another script keeps its own direction.
    pub value: String,
}

/// A part of a letter, below the one before.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading inside the letter.
    Heading {
        /// Its words.
        text: String,
    },
    /// Running text; numbers inside it stay in order when set between U+2068 and U+2069.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// Words that must not be overlooked.
    Notice {
        /// Its words.
        text: String,
    },
    /// Labels with values.
    Rows {
        /// From top to bottom.
        rows: Vec<Row>,
    },
    /// A table with a heading for each column.
    Table {
        /// Headings of the columns.
        columns: Vec<String>,
        /// Rows with a cell for each column.
        rows: Vec<Vec<String>>,
    },
}

/// A QR code on a letter.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct LetterQr {
    /// What the code says.
    pub text: String,
    /// The words below it.
    pub caption: String,
}

/// What a letter says. Personal: it has no `Debug`, so that no log can hold it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// BCP 47 language, such as `az`, `en`, `ru`, `ar`, `fa-AF`.
    pub language: String,
    /// Where lines begin.
    pub direction: Direction,
    /// Who writes, line by line, beside the mark.
    pub issuer: Vec<String>,
    /// Number and date, opposite the issuer.
    pub reference: Vec<String>,
    /// The heading.
    pub heading: String,
    /// PNG or JPEG of the person, best as [`crate::normalise_photo`] made it.
    #[serde(skip)]
    pub photo: Option<Vec<u8>>,
    /// The body.
    pub blocks: Vec<Block>,
    /// A QR code below the body.
    pub qr: Option<LetterQr>,
    /// Under each line for a signature, who signs.
    pub signatures: Vec<String>,
    /// In the footer of each page: the line that binds the letter to the public log, with its size and root.
    pub log: Option<String>,
}

/// The letter as its template reads it.
#[derive(Serialize)]
struct LetterFacts<'a> {
    #[serde(flatten)]
    letter: &'a Letter,
    has_photo: bool,
    /// Modules across the QR code with its border; 0 without a code.
    qr_modules: usize,
}

impl Engine {
    /// The letter as accessible PDF (PDF/UA-1) on A4, as many pages as it needs, fonts embedded. The same letter gives the
    /// same bytes.
    ///
    /// # Errors
    /// When a text or list is too long, the heading is empty, the language is none, a text holds a forbidden character, a table is uneven, the photo is no PNG or JPEG
    /// within the limits, or the QR text needs more than version 28-L.
    pub fn letter_pdf(&self, letter: &Letter) -> Result<Vec<u8>, DocumentError> {
        letter.check()?;
        let mut files = Vec::new();
        if let Some(photo) = &letter.photo {
            picture::check_printable(photo)?;
            files.push(("photo", Bytes::new(photo.clone())));
        }
        let mut qr_modules = 0;
        if let Some(qr) = &letter.qr {
            let symbol = Symbol::of(&qr.text, LETTER_VERSION_MAX)?;
            qr_modules = symbol.modules_with_border();
            files.push(("qr.svg", Bytes::from_string(symbol.to_svg())));
        }
        let facts = LetterFacts { letter, has_photo: letter.photo.is_some(), qr_modules };
        files.push(("letter.json", Bytes::new(serde_json::to_vec(&facts)?)));
        self.render_letter(files)
    }
}

impl Letter {
    fn check(&self) -> Result<(), DocumentError> {
        text::check_language(&self.language)?;
        text::check_present("heading", &self.heading, LINE_CHARS_MAX)?;
        check_list("issuer", &self.issuer, FEW_MAX)?;
        check_list("reference", &self.reference, FEW_MAX)?;
        check_list("signatures", &self.signatures, FEW_MAX)?;
        if let Some(qr) = &self.qr {
            text::check_present("caption of the QR code", &qr.caption, LINE_CHARS_MAX)?;
        }
        if let Some(log) = &self.log {
            text::check("line of the log", log, LINE_CHARS_MAX)?;
        }
        if self.blocks.len() > BLOCKS_MAX {
            return Err(DocumentError::TooMany { field: "blocks", entries_max: BLOCKS_MAX });
        }
        self.blocks.iter().try_for_each(Block::check)
    }
}

impl Block {
    fn check(&self) -> Result<(), DocumentError> {
        match self {
            Self::Heading { text } => text::check("heading", text, LINE_CHARS_MAX),
            Self::Paragraph { text } => text::check("paragraph", text, PARAGRAPH_CHARS_MAX),
            Self::Notice { text } => text::check("notice", text, PARAGRAPH_CHARS_MAX),
            Self::Rows { rows } => {
                check_count("rows", rows.len(), ROWS_MAX)?;
                rows.iter().try_for_each(|row| {
                    text::check("label", &row.label, LINE_CHARS_MAX)?;
                    text::check("value", &row.value, LINE_CHARS_MAX)
                })
            }
            Self::Table { columns, rows } => {
                check_list("columns", columns, COLUMNS_MAX)?;
                check_count("rows", rows.len(), ROWS_MAX)?;
                rows.iter().enumerate().try_for_each(|(index, cells)| {
                    if cells.len() != columns.len() {
                        return Err(DocumentError::Table {
                            row: index + 1,
                            cells: cells.len(),
                            columns: columns.len(),
                        });
                    }
                    cells.iter().try_for_each(|cell| text::check("cell", cell, LINE_CHARS_MAX))
                })
            }
        }
    }
}

fn check_list(field: &'static str, entries: &[String], entries_max: usize) -> Result<(), DocumentError> {
    check_count(field, entries.len(), entries_max)?;
    entries.iter().try_for_each(|entry| text::check(field, entry, LINE_CHARS_MAX))
}

fn check_count(field: &'static str, entries: usize, entries_max: usize) -> Result<(), DocumentError> {
    if entries > entries_max { Err(DocumentError::TooMany { field, entries_max }) } else { Ok(()) }
}
