// SPDX-License-Identifier: Apache-2.0
//! A draft as the pages work with it: read anew for each request, saved after each page.

use app::{
    Outcome,
    draft::{SaveDraft, open_draft},
    registry::{FAMILY_DRAFT, FamilyDraft, MemberDraft},
};
use domain::{
    id::DraftId,
    registry::{NameInput, NameKind, Script},
    time::Timestamp,
};

use crate::{WebError, page::Words, state::AppState, visit::Visit};

/// A draft of the officer who asks.
pub(super) struct Opened {
    pub(super) id: DraftId,
    pub(super) row_version: i64,
    pub(super) saved_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) family: FamilyDraft,
}

/// Opens a draft of this officer; one of another is not there.
pub(super) async fn open(state: &AppState, visit: &Visit, id: &str) -> Result<Opened, WebError> {
    let id: DraftId = id.parse().map_err(|_| WebError::NotFound)?;
    let draft = match open_draft(&state.service, &visit.actor, id).await? {
        Outcome::Done(draft) => draft,
        Outcome::Refused(refusal) => return Err(refusal.into()),
    };
    let content = draft.content.filter(|_| draft.kind == FAMILY_DRAFT).ok_or(WebError::NotFound)?;
    Ok(Opened {
        id,
        row_version: draft.row_version,
        saved_at: draft.saved_at,
        expires_at: draft.expires_at,
        family: FamilyDraft::read(&content)?,
    })
}

/// Saves a draft, or begins one, and returns its identifier.
pub(super) async fn save(
    state: &AppState,
    visit: &Visit,
    draft: Option<(DraftId, i64)>,
    family: &FamilyDraft,
) -> Result<DraftId, WebError> {
    let save = SaveDraft { draft, kind: FAMILY_DRAFT, content: family.content()? };
    Ok(visit.done(state, save).await?.0)
}

impl Opened {
    /// Saves what the page has changed.
    pub(super) async fn save(&self, state: &AppState, visit: &Visit) -> Result<(), WebError> {
        save(state, visit, Some((self.id, self.row_version)), &self.family).await.map(drop)
    }

    /// The address of one of its pages.
    pub(super) fn path(&self, page: &str) -> String {
        format!("/register/{}/{page}", self.id)
    }

    /// When it was saved, as "saved 10:42".
    pub(super) fn saved(&self, state: &AppState, words: &Words) -> String {
        let moment = self.saved_at.wall_clock_in(state.service.pack().time_zone());
        let time = moment.split_once(' ').map_or("", |(_, time)| time);
        words.with("registry-draft-saved", "time", time)
    }

    /// A member by the number in an address.
    pub(super) fn member(&self, position: usize) -> Result<&MemberDraft, WebError> {
        self.family.members.get(position).ok_or(WebError::NotFound)
    }
}

/// A name in a script in one line, given names first; the whole one where it cannot be divided.
pub(super) fn name_line(names: &[NameInput], is_script: impl Fn(Script) -> bool) -> String {
    let of = |kind: NameKind| {
        let found = names.iter().filter(|name| is_script(name.script) && name.kind == kind);
        found.map(|name| name.value.expose().trim()).collect::<Vec<_>>().join(" ")
    };
    let divided = format!("{} {}", of(NameKind::Given), of(NameKind::Family));
    match divided.trim() {
        "" => of(NameKind::Full),
        divided => divided.to_owned(),
    }
}

/// The Latin name of a member.
pub(super) fn latin(member: &MemberDraft) -> String {
    name_line(&member.names, |script| script == Script::Latin)
}

/// The name of a member in her own script, if she gave one.
pub(super) fn own(member: &MemberDraft) -> String {
    name_line(&member.names, |script| script != Script::Latin)
}
