// SPDX-License-Identifier: Apache-2.0
//! The card printer: facts of a card, set by Typst.

use std::{
    error::Error,
    sync::{Arc, OnceLock},
};

use app::port::{CardFace, CardPrinter, CardReader};
use documents::{Bilingual, CardCaptions, Engine, OriginalName};
use domain::registry::{BirthDate, Precision, Script, Sex};
use i18n::{Language, Texts};
use law::Pack;

/// Pixels of one module of a QR picture: readable by any phone from a screen.
const MODULE_PIXELS: u32 = 6;

/// Sets cards with the names of a country pack.
pub(crate) struct TypesetPrinter {
    engine: Engine,
    texts: Texts,
    pack: Arc<Pack>,
    public_url: String,
}

impl TypesetPrinter {
    pub(crate) fn new(pack: Arc<Pack>, public_url: String) -> anyhow::Result<Self> {
        Ok(Self { engine: Engine::new()?, texts: Texts::new(), pack, public_url })
    }

    /// A writer of papers that bear this head of the log.
    pub(crate) fn writer(&self, log: transparency::TreeHead) -> crate::letters::Writer<'_> {
        crate::letters::Writer { engine: &self.engine, texts: &self.texts, pack: &self.pack, log }
    }

    fn both(&self, key: &str) -> Bilingual {
        Bilingual { az: self.texts.get(Language::Azerbaijani, key), en: self.texts.get(Language::English, key) }
    }

    fn captions(&self) -> CardCaptions {
        let name = self.pack.name();
        CardCaptions {
            state: Bilingual { az: name.in_language("az").to_uppercase(), en: name.in_language("en").to_owned() },
            title: self.both("card-face-title"),
            surname: self.both("card-face-surname"),
            given_names: self.both("card-face-given-names"),
            original_name: self.both("card-face-original-name"),
            birth_date: self.both("card-face-birth-date"),
            sex: self.both("card-face-sex"),
            nationality: self.both("card-face-nationality"),
            card_number: self.both("card-face-number"),
            person_number: self.both("card-face-person-number"),
            issued: self.both("card-face-issued"),
            expires: self.both("card-face-valid-until"),
            authority: self.both("card-face-authority"),
            check: self.both("card-face-check"),
        }
    }

    fn authority(&self, office: &str) -> Bilingual {
        let body = self.pack.office(office).and_then(|office| self.pack.body(&office.body));
        let name = |language: &str| body.map_or(office, |body| body.name.in_language(language)).to_owned();
        Bilingual { az: name("az"), en: name("en") }
    }
}

/// Reads the codes in pictures of cards.
pub(crate) struct PictureReader;

impl CardReader for PictureReader {
    fn read_codes(&self, picture: &[u8]) -> Vec<String> {
        documents::read_qr(picture).unwrap_or_default()
    }
}

/// A printer that is made when it is first needed, because the fonts take a moment.
pub(crate) struct LazyPrinter {
    pack: Arc<Pack>,
    public_url: String,
    printer: OnceLock<Arc<TypesetPrinter>>,
}

impl LazyPrinter {
    pub(crate) fn new(pack: Arc<Pack>, public_url: String) -> Self {
        Self { pack, public_url, printer: OnceLock::new() }
    }

    /// The printer itself.
    ///
    /// # Errors
    /// When the fonts cannot be read.
    pub(crate) fn get(&self) -> anyhow::Result<&Arc<TypesetPrinter>> {
        if let Some(printer) = self.printer.get() {
            return Ok(printer);
        }
        let printer = Arc::new(TypesetPrinter::new(self.pack.clone(), self.public_url.clone())?);
        Ok(self.printer.get_or_init(|| printer))
    }
}

impl CardPrinter for LazyPrinter {
    fn photo(&self, original: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(documents::normalise_photo(original)?)
    }

    fn face(&self, photo: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(documents::face_webp(photo)?)
    }

    fn card(
        &self,
        face: &CardFace,
        photo: Option<&[u8]>,
        qr_text: &str,
    ) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        self.get()?.card(face, photo, qr_text)
    }

    fn qr_picture(&self, qr_text: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(documents::qr_png(qr_text, MODULE_PIXELS)?)
    }
}

impl CardPrinter for TypesetPrinter {
    fn photo(&self, original: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(documents::normalise_photo(original)?)
    }

    fn face(&self, photo: &[u8]) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(documents::face_webp(photo)?)
    }

    fn card(
        &self,
        face: &CardFace,
        photo: Option<&[u8]>,
        qr_text: &str,
    ) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        let photo = photo.ok_or("a card needs a photo")?;
        let original_name = face.original_name.as_ref().map(|(text, script)| OriginalName {
            text: text.clone(),
            direction: documents::Direction::of(text),
            language: face.original_language.clone().unwrap_or_else(|| default_language(script).into()),
        });
        let card = documents::CardFace {
            surname: face.surname.clone(),
            given_names: Some(face.given.clone()).filter(|given| !given.is_empty()),
            original_name,
            birth_date: printed_birth_date(face.birth),
            sex: printed_sex(face.sex).into(),
            nationality: face.nationality.clone(),
            card_number: face.card_number.clone(),
            person_number: Some(face.person_number.clone()),
            issued: printed_date(face.issued_on),
            expires: printed_date(face.expires_on),
            authority: self.authority(&face.office),
            place: None,
            photo: photo.to_vec(),
            mrz: face.mrz.clone(),
            qr_text: qr_text.to_owned(),
            check_url: format!("{}/verify", self.public_url),
            captions: self.captions(),
            notes: vec![self.both("card-face-note"), self.both("card-face-found")],
        };
        Ok(self.engine.card_pdf(&card)?)
    }

    fn qr_picture(&self, qr_text: &str) -> Result<Vec<u8>, Box<dyn Error + Send + Sync>> {
        Ok(documents::qr_png(qr_text, MODULE_PIXELS)?)
    }
}

fn default_language(script: &str) -> &'static str {
    match script.parse::<Script>() {
        Ok(Script::Cyrillic) => "ru",
        Ok(Script::Georgian) => "ka",
        Ok(Script::Armenian) => "hy",
        _ => "ar",
    }
}

/// Day, month, year, with `XX` for what is unknown (ICAO 9303-3 section 4.8).
fn printed_birth_date(birth: BirthDate) -> String {
    let (day, month, year) = (birth.date.day(), birth.date.month(), birth.date.year());
    match birth.precision {
        Precision::Day => format!("{day:02}.{month:02}.{year}"),
        Precision::Month => format!("XX.{month:02}.{year}"),
        Precision::Year | Precision::Estimated => format!("XX.XX.{year}"),
    }
}

fn printed_date(date: domain::time::Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

fn printed_sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "Q / F",
        Sex::Male => "K / M",
        Sex::Unspecified => "X",
    }
}
