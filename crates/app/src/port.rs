// SPDX-License-Identifier: Apache-2.0
//! Ports: what use cases ask of the world outside the database; the program wires them.

use std::{io, sync::Arc};

use credential::key::Signer;
use domain::time::Timestamp;

/// The keys that sign. They lie outside the database.
pub trait SignerRing: Send + Sync {
    /// The signer of cards in use at a moment; `None` if there is none.
    fn card_signer(&self, at: Timestamp) -> Option<Arc<dyn Signer>>;
    /// The signer of status lists in use at a moment; `None` if there is none.
    fn status_signer(&self, at: Timestamp) -> Option<Arc<dyn Signer>>;
}

/// Where files (photos) are kept, under the name of their SHA-256. What is stored is sealed already.
pub trait FileStore: Send + Sync {
    /// Stores bytes durably and returns their name.
    ///
    /// # Errors
    /// When they could not be written and synchronised.
    fn put(&self, bytes: &[u8]) -> io::Result<String>;
    /// The bytes of a name; `None` if there are none.
    ///
    /// # Errors
    /// When they could not be read.
    fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>>;
    /// Deletes the bytes of a name, if there are any.
    ///
    /// # Errors
    /// When they could not be deleted.
    fn delete(&self, name: &str) -> io::Result<()>;
    /// The bytes that are still free where the files lie; `None` if that cannot be found out there.
    ///
    /// # Errors
    /// When the place does not answer.
    fn free_bytes(&self) -> io::Result<Option<u64>>;
}

/// What stands on a card, made once from the person's record and compared with it by a second officer.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFace {
    /// Family name in Latin letters.
    pub surname: String,
    /// Given names in Latin letters.
    pub given: String,
    /// The whole name in its own script, with the script's word, if it is not Latin.
    pub original_name: Option<(String, String)>,
    /// Language of the own script (ISO 639).
    pub original_language: Option<String>,
    /// Birth date and its precision's word.
    pub birth: domain::registry::BirthDate,
    /// Sex.
    pub sex: domain::registry::Sex,
    /// Nationality as ICAO 9303 codes it; `XXB` for a refugee under the 1951 Convention.
    pub nationality: String,
    /// Card number.
    pub card_number: String,
    /// Person number.
    pub person_number: String,
    /// Day of issue.
    pub issued_on: domain::time::Date,
    /// Last day of validity.
    pub expires_on: domain::time::Date,
    /// Office that issues, as a code of the country pack.
    pub office: String,
    /// The three lines of the machine readable zone.
    pub mrz: [String; 3],
    /// Name of the photo's file.
    pub photo: Option<String>,
}

impl std::fmt::Debug for CardFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CardFace(…)")
    }
}

/// Reads pictures that people take of cards. Called outside of transactions; keeps nothing of what it reads.
pub trait CardReader: Send + Sync {
    /// The texts of the QR codes in a picture (PNG or JPEG); none when there is no readable code or no picture.
    fn read_codes(&self, picture: &[u8]) -> Vec<String>;
}

/// Makes pictures of facts. Called outside of transactions.
pub trait CardPrinter: Send + Sync {
    /// A photo as it is stored, made of a picture as it was sent (JPEG or PNG): upright, of one size, without metadata.
    ///
    /// # Errors
    /// When it is no such picture.
    fn photo(&self, original: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
    /// The face for the QR code: WebP of at most [`credential::card::FACE_BYTES_MAX`] bytes.
    ///
    /// # Errors
    /// When the photo cannot be read.
    fn face(&self, photo: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
    /// The card as PDF, front and back.
    ///
    /// # Errors
    /// When it cannot be set.
    fn card(
        &self,
        face: &CardFace,
        photo: Option<&[u8]>,
        qr_text: &str,
    ) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
    /// The QR code as a picture (PNG).
    ///
    /// # Errors
    /// When the text is too long.
    fn qr_picture(&self, qr_text: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;
}
