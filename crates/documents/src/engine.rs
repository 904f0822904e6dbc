// SPDX-License-Identifier: Apache-2.0
//! The typesetter: Typst with our fonts and templates, kept warm between documents.

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards};

use crate::{PictureError, QrError};

/// How many documents a cached piece of layout outlives its last use: enough for what all cards share, and the next
/// cards push a person's data out of memory.
const CACHE_DOCUMENTS_MAX: usize = 4;

/// The embedded fonts; `build.rs` sees that they are there.
const FONTS: [&[u8]; 5] = [
    include_bytes!("../../../assets/generated/fonts/NotoSans-Regular.ttf"),
    include_bytes!("../../../assets/generated/fonts/NotoSans-Bold.ttf"),
    include_bytes!("../../../assets/generated/fonts/NotoNaskhArabic-Regular.ttf"),
    include_bytes!("../../../assets/generated/fonts/NotoNaskhArabic-Bold.ttf"),
    include_bytes!("../../../assets/generated/fonts/OCRB.otf"),
];

/// The licences of the embedded fonts, by name of the font, for whoever passes the program on: they ask to go with it.
pub const FONT_LICENCES: [(&str, &str); 3] = [
    ("Noto Sans", include_str!("../../../assets/generated/fonts/NotoSans-LICENCE.txt")),
    ("Noto Naskh Arabic", include_str!("../../../assets/generated/fonts/NotoNaskhArabic-LICENCE.txt")),
    ("OCR-B", include_str!("../../../assets/generated/fonts/OCRB-LICENCE.txt")),
];

/// Our drawing of a crane, the mark on cards and letters.
const CRANE: &[u8] = include_bytes!("../templates/crane.svg");

/// A document that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A text is longer than its place on the sheet can take.
    #[error("{field} has more than {chars_max} characters")]
    TooLong {
        /// The field of the document.
        field: &'static str,
        /// The most it can take.
        chars_max: usize,
    },
    /// A text that the document cannot do without is empty.
    #[error("{field} is empty")]
    Empty {
        /// The field of the document.
        field: &'static str,
    },
    /// A text holds a control character or one that turns the order of letters around.
    #[error("{field} holds the character U+{code:04X}, which cannot be printed")]
    ForbiddenCharacter {
        /// The field of the document.
        field: &'static str,
        /// The code point.
        code: u32,
    },
    /// A language tag does not begin with a code of ISO 639.
    #[error("the language is not a tag such as az or fa-AF")]
    Language,
    /// A line of the machine readable zone is not 30 characters of A–Z, 0–9 and `<` (ICAO 9303-5, section 4.2).
    #[error("line {line} of the machine readable zone is not 30 characters of A-Z, 0-9 and <")]
    MachineReadableZone {
        /// 1 to 3.
        line: usize,
    },
    /// A list is longer than a sheet should carry.
    #[error("{field} has more than {entries_max} entries")]
    TooMany {
        /// The list.
        field: &'static str,
        /// The most it can take.
        entries_max: usize,
    },
    /// A table row has not as many cells as the table has columns.
    #[error("row {row} of a table has {cells} cells where the table has {columns} columns")]
    Table {
        /// Number of the row, from 1.
        row: usize,
        /// Cells in this row.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// The photo cannot be used.
    #[error("the photo cannot be used")]
    Photo(#[from] PictureError),
    /// The QR code cannot be drawn.
    #[error("the QR code cannot be drawn")]
    Qr(#[from] QrError),
    /// The facts cannot be handed to the template.
    #[error("the facts cannot be handed to the template")]
    Facts(#[from] serde_json::Error),
    /// A template is wrong: a bug of this program, not of the input.
    #[error("the template failed: {0}")]
    Template(String),
    /// An embedded font cannot be read: the program was built wrongly.
    #[error("an embedded font cannot be read")]
    Font,
}

/// Sets documents in type. Make one and keep it: the first document costs about twice as much as the next
/// ones, which share its fonts and the parts that do not change.
///
/// It may be shared between threads.
pub struct Engine {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    card: Source,
    letter: Source,
    crane: (FileId, Bytes),
    pattern: (FileId, Bytes),
}

/// The files a template reads, by name, besides those of the engine.
pub(crate) type Files = Vec<(&'static str, Bytes)>;

impl Engine {
    /// Reads the embedded fonts and templates.
    ///
    /// # Errors
    /// [`DocumentError::Font`] if the program was built with a broken font.
    pub fn new() -> Result<Self, DocumentError> {
        let fonts = FONTS
            .iter()
            .map(|data| Font::new(Bytes::new(*data), 0).ok_or(DocumentError::Font))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            card: Source::new(file_id("card.typ"), include_str!("../templates/card.typ").to_owned()),
            letter: Source::new(file_id("letter.typ"), include_str!("../templates/letter.typ").to_owned()),
            crane: (file_id("crane.svg"), Bytes::new(CRANE)),
            pattern: (file_id("pattern.svg"), Bytes::from_string(crate::card::pattern_svg())),
        })
    }

    /// The PDF of the card template with these files.
    pub(crate) fn render_card(&self, files: Files) -> Result<Vec<u8>, DocumentError> {
        // A card is read by eye and machine, not aloud; without tags it is smaller.
        self.render(&self.card, files, PdfOptions { tagged: false, ..options() })
    }

    /// The PDF of the letter template with these files.
    pub(crate) fn render_letter(&self, files: Files) -> Result<Vec<u8>, DocumentError> {
        let accessible = PdfStandards::new(&[typst_pdf::PdfStandard::Ua_1])
            .map_err(|error| DocumentError::Template(error.message().to_string()))?;
        self.render(&self.letter, files, PdfOptions { standards: accessible, ..options() })
    }

    fn render(&self, main: &Source, files: Files, options: PdfOptions) -> Result<Vec<u8>, DocumentError> {
        let files = files.into_iter().map(|(name, bytes)| (file_id(name), bytes)).collect();
        let desk = Desk { engine: self, main, files };
        let result = typst::compile::<PagedDocument>(&desk)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &options))
            .map_err(|errors| template_error(&errors));
        typst::comemo::evict(CACHE_DOCUMENTS_MAX);
        result
    }
}

fn options() -> PdfOptions {
    PdfOptions { creator: Smart::Custom(None), ..PdfOptions::default() }
}

fn template_error(errors: &[SourceDiagnostic]) -> DocumentError {
    DocumentError::Template(errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; "))
}

fn file_id(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("the names of our files are plain");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// One document being set: the world as Typst sees it, made of the engine and the files of this document.
struct Desk<'a> {
    engine: &'a Engine,
    main: &'a Source,
    files: Vec<(FileId, Bytes)>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.engine.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files
            .iter()
            .chain([&self.engine.crane, &self.engine.pattern])
            .find(|(known, _)| *known == id)
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
