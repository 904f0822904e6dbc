// SPDX-License-Identifier: Apache-2.0
//! The refugee card: an identity card of size TD1 (ICAO 9303-5) as a PDF of two pages.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;

use crate::{
    Direction, DocumentError, Engine, picture,
    qr::{CARD_VERSION_MAX, Symbol},
    text,
};

/// The most characters of a name.
const NAME_CHARS_MAX: usize = 120;
/// The most characters of the other values and of captions.
const VALUE_CHARS_MAX: usize = 80;
/// The most characters of a note on the back.
const NOTE_CHARS_MAX: usize = 200;
/// The most notes on the back.
const NOTES_MAX: usize = 3;
/// Characters of a line of the machine readable zone.
const ZONE_CHARS: usize = 30;

/// Dots of a card printer of 300 dpi in the room above the machine readable zone, less a margin: 28.7 mm.
const QR_DOTS_MAX: usize = 339;
/// The fewest dots to a module: 3 dots are 0.254 mm, which a phone's camera reads.
const QR_MODULE_DOTS_MIN: usize = 3;
/// One dot of a card printer of 300 dpi, in micrometres times three, so that it is whole.
const THREE_DOTS_MICROMETRES: usize = 254;

/// A text in the two languages of the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Azerbaijani, shown first.
    pub az: String,
    /// English.
    pub en: String,
}

/// The words printed on every card; they come from the country pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCaptions {
    /// The issuing state.
    pub state: Bilingual,
    /// What the card is.
    pub title: Bilingual,
    /// Caption of the surname.
    pub surname: Bilingual,
    /// Caption of the given names.
    pub given_names: Bilingual,
    /// Caption of the name in its own script.
    pub original_name: Bilingual,
    /// Caption of the birth date.
    pub birth_date: Bilingual,
    /// Caption of the sex.
    pub sex: Bilingual,
    /// Caption of the nationality.
    pub nationality: Bilingual,
    /// Caption of the card number.
    pub card_number: Bilingual,
    /// Caption of the person number.
    pub person_number: Bilingual,
    /// Caption of the date of issue.
    pub issued: Bilingual,
    /// Caption of the date of expiry.
    pub expires: Bilingual,
    /// Caption of the authority.
    pub authority: Bilingual,
    /// Caption of the check address on the back.
    pub check: Bilingual,
}

/// The name as its bearer writes it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginalName {
    /// The whole name.
    pub text: String,
    /// The direction of its script.
    pub direction: Direction,
    /// BCP 47 language, such as `fa-AF`, `ar`, `ru`; chooses the shape of letters where languages differ.
    pub language: String,
}

/// What a card shows. Personal: it has no `Debug`, so that no log can hold it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CardFace {
    /// Surname in Latin letters; for somebody with a single name, that name.
    pub surname: String,
    /// Given names in Latin letters; `None` for somebody with a single name.
    pub given_names: Option<String>,
    /// The name in its own script, if that is not the Latin one.
    pub original_name: Option<OriginalName>,
    /// Birth date as printed, with `XX` for what is unknown (ICAO 9303-3, section 4.8).
    pub birth_date: String,
    /// Sex as printed.
    pub sex: String,
    /// Nationality as printed.
    pub nationality: String,
    /// Card number.
    pub card_number: String,
    /// Public number of the person.
    pub person_number: Option<String>,
    /// Date of issue as printed.
    pub issued: String,
    /// Date of expiry as printed.
    pub expires: String,
    /// The authority that issues the card.
    pub authority: Bilingual,
    /// Place of issue, printed beside the authority.
    pub place: Option<String>,
    /// PNG or JPEG, best as [`crate::normalise_photo`] made it.
    #[serde(skip)]
    pub photo: Vec<u8>,
    /// The machine readable zone: three lines of 30 characters.
    pub mrz: [String; 3],
    /// The text of the QR code.
    #[serde(skip)]
    pub qr_text: String,
    /// The short address of the check page.
    pub check_url: String,
    /// Captions.
    pub captions: CardCaptions,
    /// Notes on the back; the first, printed bold, says that this is an identity paper and not a travel document.
    pub notes: Vec<Bilingual>,
}

/// The card as its template reads it.
#[derive(Serialize)]
struct CardFacts<'a> {
    #[serde(flatten)]
    face: &'a CardFace,
    /// Side of the QR code with its border.
    qr_micrometres: usize,
}

impl Engine {
    /// The card as PDF: 85.60 × 53.98 mm (ISO/IEC 7810 ID-1), page 1 the front, page 2 the back, fonts embedded.
    /// The same face gives the same bytes.
    ///
    /// Long names shrink, wrap and at last narrow, but never leave their place.
    ///
    /// # Errors
    /// When a text is too long or holds a forbidden character, the zone is not three lines of 30, the photo is no PNG or
    /// JPEG within the limits, or the QR text needs more than version 22-L.
    pub fn card_pdf(&self, face: &CardFace) -> Result<Vec<u8>, DocumentError> {
        face.check()?;
        picture::check_printable(&face.photo)?;
        let symbol = Symbol::of(&face.qr_text, CARD_VERSION_MAX)?;
        let modules = symbol.modules_with_border();
        let dots = (QR_DOTS_MAX / modules).max(QR_MODULE_DOTS_MIN);
        let facts = CardFacts { face, qr_micrometres: modules * dots * THREE_DOTS_MICROMETRES / 3 };
        self.render_card(vec![
            ("card.json", Bytes::new(serde_json::to_vec(&facts)?)),
            ("photo", Bytes::new(face.photo.clone())),
            ("qr.svg", Bytes::from_string(symbol.to_svg())),
        ])
    }
}

impl CardFace {
    fn check(&self) -> Result<(), DocumentError> {
        text::check_present("surname", &self.surname, NAME_CHARS_MAX)?;
        text::check("given names", self.given_names.as_deref().unwrap_or_default(), NAME_CHARS_MAX)?;
        if let Some(name) = &self.original_name {
            text::check("name in its own script", &name.text, NAME_CHARS_MAX)?;
            text::check_language(&name.language)?;
        }
        for (field, value) in [
            ("birth date", self.birth_date.as_str()),
            ("sex", &self.sex),
            ("nationality", &self.nationality),
            ("card number", &self.card_number),
            ("person number", self.person_number.as_deref().unwrap_or_default()),
            ("date of issue", &self.issued),
            ("date of expiry", &self.expires),
            ("place", self.place.as_deref().unwrap_or_default()),
            ("check address", &self.check_url),
        ] {
            text::check(field, value, VALUE_CHARS_MAX)?;
        }
        if self.notes.len() > NOTES_MAX {
            return Err(DocumentError::TooMany { field: "notes", entries_max: NOTES_MAX });
        }
        self.notes.iter().try_for_each(|note| note.check("note", NOTE_CHARS_MAX))?;
        self.authority.check("authority", VALUE_CHARS_MAX)?;
        self.captions.all().into_iter().try_for_each(|caption| caption.check("caption", VALUE_CHARS_MAX))?;
        for (index, line) in self.mrz.iter().enumerate() {
            let is_of_zone = |letter: u8| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == b'<';
            if line.len() != ZONE_CHARS || !line.bytes().all(is_of_zone) {
                return Err(DocumentError::MachineReadableZone { line: index + 1 });
            }
        }
        Ok(())
    }
}

impl Bilingual {
    fn check(&self, field: &'static str, chars_max: usize) -> Result<(), DocumentError> {
        text::check(field, &self.az, chars_max)?;
        text::check(field, &self.en, chars_max)
    }
}

impl CardCaptions {
    fn all(&self) -> [&Bilingual; 14] {
        [
            &self.state,
            &self.title,
            &self.surname,
            &self.given_names,
            &self.original_name,
            &self.birth_date,
            &self.sex,
            &self.nationality,
            &self.card_number,
            &self.person_number,
            &self.issued,
            &self.expires,
            &self.authority,
            &self.check,
        ]
    }
}

/// Fine waves behind the front of the card, as SVG: one unit is 0.1 mm.
pub(crate) fn pattern_svg() -> String {
    const WAVES: i32 = 16;
    const STEP: i32 = 24;
    let mut path = String::new();
    for wave in 0..WAVES {
        let phase = f64::from(wave) * 0.42;
        let height = 22.0 + 16.0 * (f64::from(wave) * 0.35).sin();
        let middle = 40.0 + f64::from(wave) * 24.0;
        for x in (0..=856 + STEP).step_by(24) {
            let angle = f64::from(x) / 110.0 + phase;
            let y = middle + height * angle.sin() + 9.0 * (angle * 2.3 + phase).cos();
            // Writing to a string cannot fail.
            let _ = write!(path, "{}{x} {y:.1}", if x == 0 { 'M' } else { 'L' });
        }
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="856" height="440" viewBox="0 0 856 440"><path fill="none" stroke="#e3ecf3" stroke-width="1.2" stroke-linejoin="round" d="{path}"/></svg>"##
    )
}
