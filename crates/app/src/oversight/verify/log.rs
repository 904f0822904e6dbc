// SPDX-License-Identifier: Apache-2.0
//! The public log in the database: its sweep, and its files for the outside.

use std::io;

use db::{Db, DbError, LogError, Session, TILES_PER_PAGE};
use tokio::sync::{mpsc, oneshot};
use transparency::{
    CHECKPOINT_PATH, Checkpoint, LogFiles, LogPath, SourceError, SweepError, SweepReport, TreeHead, VerifierKey,
    layout, verify_log,
};

use super::{Finding, Findings};

/// Files of the log read in one transaction; each has at most 8.5 KiB.
const FILES_PER_PAGE: usize = 64;
/// Bytes of a hash.
const HASH_BYTES: usize = size_of::<transparency::Hash>();

type Answer = Result<Option<Vec<u8>>, DbError>;

/// The files of the log for the sweep, which asks from a thread of its own; the transaction answers.
struct Asked(mpsc::Sender<(String, oneshot::Sender<Answer>)>);

impl LogFiles for Asked {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        let gone = || SourceError::new("the check was given up");
        let (answer, answered) = oneshot::channel();
        self.0.blocking_send((path.to_owned(), answer)).map_err(|_| gone())?;
        answered.blocking_recv().map_err(|_| gone())?.map_err(SourceError::new)
    }
}

/// Checks signature, entries and tiles, and that the rows of head and tiles say nothing else.
pub(super) async fn check(
    session: &mut Session,
    verifier: VerifierKey,
    since: Option<String>,
    found: &mut Findings,
) -> Result<Option<SweepReport>, DbError> {
    let is_empty = session.log_checkpoint().await?.is_none() && session.list_tiles(0, 0).await?.is_empty();
    if is_empty && since.is_none() {
        return Ok(None);
    }
    let swept = match sweep(session, verifier, since).await? {
        Ok(report) => report,
        Err(error) => {
            found.push(Finding::Log(error));
            return Ok(None);
        }
    };
    if session.log_size().await? != i64::try_from(swept.entries).ok() {
        found.row("log_head", 1, "size", "differs from the signed checkpoint");
    }
    check_tiles(session, swept.entries, found).await?;
    Ok(Some(swept))
}

async fn sweep(
    session: &mut Session,
    verifier: VerifierKey,
    since: Option<String>,
) -> Result<Result<SweepReport, SweepError>, DbError> {
    let (ask, mut asked) = mpsc::channel(1);
    let sweep = tokio::task::spawn_blocking(move || verify_log(&Asked(ask), &verifier, since.as_deref()));
    let mut failed = None;
    while let Some((path, answer)) = asked.recv().await {
        let file = match LogPath::parse(&path) {
            Some(path) => session.log_file(&path).await,
            None => Ok(None),
        };
        let file = file.or_else(|error| match error {
            DbError::Damaged { .. } => Err(error),
            error => {
                failed = Some(error);
                Ok(None)
            }
        });
        // A sweep that has ended meanwhile needs no answer.
        drop(answer.send(file));
    }
    match (failed, sweep.await) {
        (Some(error), _) => Err(error),
        (None, Ok(swept)) => Ok(swept),
        (None, Err(_)) => Err(DbError::Damaged { what: "the sweep of the log did not end".into() }),
    }
}

/// The sweep reads the tiles it needs and of each the hashes it needs; this finds what lies there besides.
async fn check_tiles(session: &mut Session, size: u64, found: &mut Findings) -> Result<(), DbError> {
    let mut expected = layout::tiles(size);
    let mut from = (0, 0);
    loop {
        let page = session.list_tiles(from.0, from.1).await?;
        for &(level, index, bytes) in &page {
            let is_expected = expected.next().is_some_and(|tile| {
                i64::from(tile.level) == level
                    && i64::try_from(tile.index) == Ok(index)
                    && usize::from(tile.width) * HASH_BYTES == bytes
            });
            if !is_expected {
                found.row("log_tile", format!("{level}/{index}"), "", "is not a tile of the log as signed");
                return Ok(());
            }
        }
        match page.last() {
            Some(&(level, index, _)) if page.len() as i64 == TILES_PER_PAGE => from = (level, index + 1),
            _ => return Ok(()),
        }
    }
}

/// Why the log was not exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The database failed, or its checkpoint does not open.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A file of the log is missing in the database, or nothing was numbered yet.
    #[error("the log has no {0}")]
    Missing(String),
    /// A file could not be written.
    #[error("{path} cannot be written")]
    Write {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
}

impl From<DbError> for ExportError {
    fn from(error: DbError) -> Self {
        Self::Log(error.into())
    }
}

/// Hands every file of the log, as C2SP tlog-tiles lays them out, to `write` with its path; the checkpoint last, so that
/// what it promises is there already. Returns the head that was exported.
///
/// # Errors
/// [`ExportError`].
pub async fn export_log(
    db: &Db,
    verifier: &VerifierKey,
    mut write: impl FnMut(&str, &[u8]) -> io::Result<()>,
) -> Result<TreeHead, ExportError> {
    let note =
        db.read::<_, ExportError>(|session| Box::pin(async move { Ok(session.log_checkpoint().await?) })).await?;
    let note = note.ok_or_else(|| ExportError::Missing(CHECKPOINT_PATH.into()))?;
    let head = Checkpoint::open(&note, verifier).map_err(LogError::from)?.head;
    let mut write = |path: &str, bytes: &[u8]| {
        write(path, bytes).map_err(|source| ExportError::Write { path: path.to_owned(), source })
    };
    let mut paths = layout::tiles(head.size).map(LogPath::Tile).chain(layout::bundles(head.size).map(LogPath::Entries));
    loop {
        let page: Vec<LogPath> = paths.by_ref().take(FILES_PER_PAGE).collect();
        if page.is_empty() {
            break;
        }
        for (path, bytes) in read_files(db, page).await? {
            write(&path, &bytes)?;
        }
    }
    write(CHECKPOINT_PATH, note.as_bytes())?;
    Ok(head)
}

async fn read_files(db: &Db, paths: Vec<LogPath>) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    db.read(move |session| {
        Box::pin(async move {
            let mut files = Vec::with_capacity(paths.len());
            for path in paths {
                let bytes = session.log_file(&path).await?;
                files.push((path.path(), bytes.ok_or_else(|| ExportError::Missing(path.path()))?));
            }
            Ok(files)
        })
    })
    .await
}
