// SPDX-License-Identifier: Apache-2.0
//! Registering, finding, showing, correcting and erasing persons and families.

mod alike;
mod check;
mod correct;
mod erase;
mod fact;
mod family_draft;
mod find;
mod history;
mod holder;
mod import;
mod join;
mod leave;
mod photo;
mod receipt;
mod register;
mod repeat;
mod search;
mod show;
mod show_family;
mod surname;
mod typo;
mod version;

pub use db::{FactKind, FamilyMember, Held, PersonRow, StoredName};

pub use alike::{FindLookAlikes, LOOK_ALIKES_SHOWN_MAX, LookAlikeView};
pub use correct::{Correct, CorrectPerson};
pub use erase::{ErasePerson, ProposeErasure};
pub use fact::{AddFact, EndFact, Fact, FactChanged, FactGround};
pub(crate) use family_draft::files_of_draft;
pub use family_draft::{DraftRegistered, FAMILY_DRAFT, FamilyDraft, JoinDraft, MemberDraft, RegisterDraft};
pub use find::{FindPersons, FoundPerson, PersonQuery};
pub use history::{PersonAt, ShowPersonAt};
pub use holder::Holder;
pub(crate) use holder::holder;
pub use import::{ImportMap, Line, LineError};
pub(crate) use join::JOINED_OTHER;
pub use join::{JoinFamily, JoinedFamily, Joining};
pub use leave::EndMembership;
pub(crate) use photo::photo_key;
pub use photo::{ShowPhoto, StoredPhoto, load_photo, normalise_photo, store_photo};
pub use receipt::{RegistrationReceipt, Term, registration_receipt};
pub use register::{RegisterFamily, RegisteredFamily, RegisteredMember};
pub use repeat::repeat_erasures;
pub use search::{SEARCH_CHARACTERS_MAX, SearchAnswer, SearchPersons, Understood, birth, understand};
pub(crate) use show::name_in;
pub use show::{PersonView, ShowPerson, latin_name, original_name};
pub use show_family::{FamilyView, ShowFamily};
pub use surname::{SurnamePage, SurnameQuery, find_by_surname};
pub use typo::{FixTypo, TypoFixable, may_fix_typo};
pub use version::version_now;
