// SPDX-License-Identifier: Apache-2.0
//! The head of the log after an act, as it stands on every receipt.

use base64ct::{Base64, Encoding as _};
use db::LogError;
use transparency::TreeHead;

use crate::{AppError, Service, jobs};

/// How often numbering is tried again when another copy of the program was numbering too.
const MEETINGS_MAX: usize = 5;

/// The head of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettledHead {
    /// Number of records.
    pub size: u64,
    /// Root hash, in base64.
    pub root: String,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// Does what acts asked for, numbers their records, and gives the signed head of the log: every record that was committed
/// before is in it.
///
/// # Errors
/// [`AppError`].
pub async fn settled_head(service: &Service) -> Result<SettledHead, AppError> {
    for _ in 0..MEETINGS_MAX {
        match jobs::settle(service).await {
            Err(AppError::Log(LogError::Moved)) => {}
            Err(error) => return Err(error),
            Ok(_) => break,
        }
    }
    let verifier = service.log_key().verifier();
    let (head, checkpoint) = service
        .db()
        .read(move |session| {
            let verifier = verifier.clone();
            Box::pin(async move {
                let head = session.log_head(&verifier).await?.unwrap_or_else(TreeHead::empty);
                Ok::<_, AppError>((head, session.log_checkpoint().await?.unwrap_or_default()))
            })
        })
        .await?;
    Ok(SettledHead { size: head.size, root: Base64::encode_string(&head.root), checkpoint })
}
