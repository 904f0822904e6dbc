// SPDX-License-Identifier: Apache-2.0
//! Whether the log still says what an older checkpoint, kept by somebody outside, promised.

use domain::{
    access::{Act, AuditFile},
    audit::Visibility,
    text_enum,
};
use transparency::{
    Checkpoint, CheckpointError, NoteError, TreeError, TreeHead, VerifierKey, append, consistency_proof,
    note::NOTE_BYTES_MAX, tiles_needed_for_append, tiles_needed_for_consistency, verify_consistency,
};

use crate::{AppError, Context, Outcome, Service, UseCase, unit::Unit};

/// The most bytes of a checkpoint that is looked at.
pub const CHECKPOINT_BYTES_MAX: usize = NOTE_BYTES_MAX;

text_enum! {
    /// What comparing an older checkpoint with the log showed.
    pub enum Consistency {
        /// The log begins with exactly what the checkpoint promised.
        Kept = "kept",
        /// The log says something else where the checkpoint looked: it was rewritten since.
        Rewritten = "rewritten",
        /// The log is shorter than the checkpoint: entries were cut off.
        Cut = "cut",
        /// The stored log contradicts its own signed head.
        Damaged = "damaged",
        /// The checkpoint is not signed with the key of this log.
        NotOurs = "not_ours",
        /// The text is no checkpoint.
        Unreadable = "unreadable",
    }
}

/// The answer to an older checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyAnswer {
    /// Yes or no, and why not.
    pub verdict: Consistency,
    /// Size and root that the checkpoint names; `None` when it is not one of this log.
    pub old: Option<TreeHead>,
    /// The root that the log has at the checkpoint's size; `None` when the log is not that long or cannot be read.
    pub ours: Option<[u8; 32]>,
    /// The present head of the log.
    pub present: TreeHead,
}

/// Compares an older checkpoint with the log. Who asked, and for which size, is on record.
///
/// # Errors
/// [`AppError`].
pub async fn check_consistency(
    service: &Service,
    context: &Context,
    note: &str,
) -> Result<Outcome<ConsistencyAnswer>, AppError> {
    // A form sends line ends of its own, and a hand that copies leaves out the last one; neither is part of what was signed.
    let note = format!("{}\n", note.replace("\r\n", "\n").trim_end());
    let check = CheckConsistency { note, verifier: service.log_key().verifier() };
    service.run(context, check).await
}

struct CheckConsistency {
    note: String,
    verifier: VerifierKey,
}

impl UseCase for CheckConsistency {
    const ACT: Act = Act::SampleAudit;
    type Output = ConsistencyAnswer;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<ConsistencyAnswer, AppError> {
        unit.cite_for(Act::SampleAudit.as_str())?;
        unit.seal_record(Visibility::Oversight);
        unit.permit.open::<AuditFile>()?;
        let present = unit.log_head(&self.verifier).await?.unwrap_or_else(TreeHead::empty);
        let old = match Checkpoint::open(&self.note, &self.verifier) {
            Ok(checkpoint) => checkpoint.head,
            Err(error) => {
                let verdict = if is_foreign(&error) { Consistency::NotOurs } else { Consistency::Unreadable };
                return Ok(ConsistencyAnswer { verdict, old: None, ours: None, present });
            }
        };
        unit.about("checkpoint", old.size);
        let (verdict, ours) = compare(unit, &old, &present).await?;
        Ok(ConsistencyAnswer { verdict, old: Some(old), ours, present })
    }
}

/// Whether the text is a signed note, but not one of this log.
fn is_foreign(error: &CheckpointError) -> bool {
    match error {
        CheckpointError::Origin { .. } => true,
        CheckpointError::Note(error) => {
            matches!(error, NoteError::NotSigned { .. } | NoteError::BadSignature { .. })
        }
        _ => false,
    }
}

async fn compare(
    unit: &mut Unit<'_>,
    old: &TreeHead,
    present: &TreeHead,
) -> Result<(Consistency, Option<[u8; 32]>), AppError> {
    if old.size > present.size {
        return Ok((Consistency::Cut, None));
    }
    // Appending nothing to a tree of the old size tells which root the stored tiles make there.
    let edge = unit.load_tiles(&tiles_needed_for_append(old.size)).await?;
    let ours = match append(old, &edge, &[]) {
        Ok(_) => old.root,
        Err(TreeError::RootDiffers { found, .. }) => return Ok((Consistency::Rewritten, Some(found))),
        Err(_) => return Ok((Consistency::Damaged, None)),
    };
    // That the present head goes on from there is proven, not believed.
    let damaged = Ok((Consistency::Damaged, Some(ours)));
    let Ok(needed) = tiles_needed_for_consistency(old.size, present.size) else { return damaged };
    let tiles = unit.load_tiles(&needed).await?;
    match consistency_proof(old.size, present.size, &tiles) {
        Ok(proof) if verify_consistency(old, present, &proof).is_ok() => Ok((Consistency::Kept, Some(ours))),
        _ => damaged,
    }
}
