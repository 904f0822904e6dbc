// SPDX-License-Identifier: Apache-2.0
//! Photos: sealed under a key of their own before they are stored; the key is sealed under the person's key.

use db::{DbError, PersonRow, Session, vault::DataKey};
use domain::{
    access::{Act, PersonFile},
    number::PersonNumber,
    refusal::Refusal,
    registry::PHOTO_BYTES_MAX,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{AppError, Service, UseCase, unit::Unit};

/// Where a photo's bytes are sealed.
const PHOTO_PLACE: &str = "file.photo";
/// Where a photo's key is sealed.
pub(crate) const PHOTO_KEY_PLACE: &str = "person.photo_key";

/// A photo stored under seal, not yet anybody's.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "PhotoParts", into = "PhotoParts")]
pub struct StoredPhoto {
    pub(crate) name: String,
    pub(crate) key: DataKey,
}

/// A photo as it is stored, made of a picture as it was sent; to be called before [`store_photo`].
///
/// # Errors
/// A refusal when it is too large or no picture (JPEG or PNG).
pub async fn normalise_photo(service: &Service, original: Vec<u8>) -> Result<Vec<u8>, AppError> {
    if original.len() > PHOTO_BYTES_MAX {
        return Err(Refusal::field("photo", format!("at most {PHOTO_BYTES_MAX} bytes")).into());
    }
    let printer = service.printer().clone();
    let made = tokio::task::spawn_blocking(move || printer.photo(&original)).await;
    let made = made.map_err(|error| AppError::store("a worker thread ended", error))?;
    made.map_err(|_| Refusal::field("photo", "no picture that can be read (JPEG or PNG)").into())
}

/// How a photo is written into a draft, which is itself sealed.
#[derive(Serialize, Deserialize)]
struct PhotoParts {
    name: String,
    key: [u8; 32],
}

impl From<PhotoParts> for StoredPhoto {
    fn from(parts: PhotoParts) -> Self {
        Self { name: parts.name, key: DataKey::from_bytes(parts.key) }
    }
}

impl From<StoredPhoto> for PhotoParts {
    fn from(photo: StoredPhoto) -> Self {
        Self { key: *photo.key.as_bytes(), name: photo.name }
    }
}

impl StoredPhoto {
    /// The bytes of the photo.
    ///
    /// # Errors
    /// When it is missing or damaged.
    pub async fn load(&self, service: &Service) -> Result<Zeroizing<Vec<u8>>, AppError> {
        load_photo(service, self.name.clone(), self.key.clone()).await
    }

    /// Deletes a photo that is nobody's yet and was taken again.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub async fn forget(self, service: &Service) -> Result<(), AppError> {
        crate::jobs::delete_file(service, self.name).await
    }
}

/// Asks for a person's photo; `None` if she has none.
pub struct ShowPhoto {
    /// Her public number.
    pub number: PersonNumber,
}

impl UseCase for ShowPhoto {
    const ACT: Act = Act::ShowPerson;
    type Output = Option<StoredPhoto>;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<Option<StoredPhoto>, AppError> {
        unit.cite_for(Act::ShowPerson.as_str())?;
        let permit = unit.permit.open::<PersonFile>()?;
        let row = unit.find_person_by_number(&permit, &self.number).await?.ok_or(Refusal::NotFound("person"))?;
        unit.about("person", row.id);
        unit.concerns(row.id)?;
        Ok(photo_key(unit, &row).await?.map(|(name, key)| StoredPhoto { name, key }))
    }
}

/// Seals and stores a photo; to be called before the transaction that gives it to a person. If that transaction is never
/// committed, what was stored can be opened by nobody.
///
/// # Errors
/// When the photo is too large or cannot be stored.
pub async fn store_photo(service: &Service, photo: &[u8]) -> Result<StoredPhoto, AppError> {
    if photo.len() > PHOTO_BYTES_MAX {
        return Err(Refusal::field("photo", format!("at most {PHOTO_BYTES_MAX} bytes")).into());
    }
    let mut rng = ChaCha20Rng::from_seed(service.random());
    let key = DataKey::generate(&mut rng);
    let sealed = key.seal(PHOTO_PLACE, photo, &mut rng);
    let files = service.files().clone();
    let stored = tokio::task::spawn_blocking(move || files.put(&sealed)).await;
    let name = stored
        .map_err(|error| AppError::store("a worker thread ended", error))?
        .map_err(|error| AppError::store("a photo could not be stored", error))?;
    Ok(StoredPhoto { name, key })
}

/// The key of a person's photo.
pub(crate) async fn photo_key(session: &mut Session, row: &PersonRow) -> Result<Option<(String, DataKey)>, AppError> {
    let (Some(name), Some(sealed)) = (&row.photo, &row.photo_key) else { return Ok(None) };
    let Some(key) = session.open(row.id, PHOTO_KEY_PLACE, sealed).await? else { return Ok(None) };
    let key: [u8; 32] = key.as_slice().try_into().map_err(|_| DbError::Damaged { what: "person.photo_key".into() })?;
    Ok(Some((name.clone(), DataKey::from_bytes(key))))
}

/// The bytes of a photo.
///
/// # Errors
/// When it is missing or damaged.
pub async fn load_photo(service: &Service, name: String, key: DataKey) -> Result<Zeroizing<Vec<u8>>, AppError> {
    let files = service.files().clone();
    let loaded = tokio::task::spawn_blocking(move || files.get(&name)).await;
    let sealed = loaded
        .map_err(|error| AppError::store("a worker thread ended", error))?
        .map_err(|error| AppError::store("a photo could not be read", error))?;
    let sealed = sealed.ok_or_else(|| AppError::store("a photo is missing", std::io::Error::other("no such file")))?;
    key.open(PHOTO_PLACE, &sealed).map_err(|error| AppError::store("a photo is damaged", error))
}
