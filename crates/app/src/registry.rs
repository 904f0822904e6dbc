// SPDX-License-Identifier: Apache-2.0
//! Registering, finding, showing, correcting and erasing persons and families.

mod correct;
mod erase;
mod find;
mod history;
mod holder;
mod photo;
mod register;
mod show;
mod surname;

pub use correct::{Correct, CorrectPerson};
pub use erase::{ErasePerson, ProposeErasure};
pub use find::{FindPersons, PersonQuery};
pub use history::{PersonAt, ShowPersonAt};
pub use holder::Holder;
pub(crate) use holder::holder;
pub(crate) use photo::photo_key;
pub use photo::{StoredPhoto, load_photo, normalise_photo, store_photo};
pub use register::{RegisterFamily, RegisteredFamily, RegisteredMember};
pub(crate) use show::name_in;
pub use show::{PersonView, ShowPerson, latin_name};
pub use surname::{SurnamePage, SurnameQuery, find_by_surname};
