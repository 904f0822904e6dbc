// SPDX-License-Identifier: Apache-2.0
//! What the public site tells: staff write, translate, publish and withdraw it; everybody reads what is published. A person
//! is named, shown or quoted only with her own consent to that item, and taking it back withdraws the item at once.

mod consent;
mod keep;
mod read;
mod seed;

pub(crate) use consent::withdraw_consent;
pub use consent::{RecordConsent, RevokeConsent};
pub use db::ContentText;
pub use keep::{
    AddContent, ChangeContent, ContentFacts, ListContent, MarkTranslated, PublishContent, ShowContent, ShownContent,
    WithdrawContent, WriteText,
};
pub use read::{PublicItem, published};
pub use seed::{Editors, Seed, bring_in};

/// The most characters of a title or of a speaker's office.
pub const TITLE_CHARACTERS_MAX: usize = 200;
/// The most characters of a text.
pub const BODY_CHARACTERS_MAX: usize = 10_000;
/// The most characters of the word of an item in addresses.
pub const CODE_CHARACTERS_MAX: usize = 60;
/// Places in the order of a parent: an event has fewer items.
pub const RANK_MAX: i64 = 999;
