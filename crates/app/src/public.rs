// SPDX-License-Identifier: Apache-2.0
//! What anybody may read: the files of the log, the status list, the trust list, and how these stand. Nothing here asks who
//! reads, and nothing here tells of a person.

use db::{DbError, LogError, Publication};
use domain::{refusal::Refusal, time::Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use transparency::{LogPath, layout, tile::TILE_WIDTH};
use uuid::Uuid;

use crate::{
    AppError, Service,
    publishing::{self, STATUS_LIST, TRUST_LIST},
};

/// Seconds in an hour.
const HOUR_SECONDS: i64 = 60 * 60;
/// The status list is signed again this long, in seconds, before the copies that checkers keep are due to be renewed.
const RENEWAL_EARLY_SECONDS: i64 = 5 * 60;

/// How long a file of the log stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permanence {
    /// The checkpoint: replaced with every new record.
    Head,
    /// A partial tile or bundle: a fuller one takes its place.
    Partial,
    /// A full tile or bundle: never changes.
    Full,
}

/// A file of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How long it stays as it is.
    pub permanence: Permanence,
    /// Its media type (C2SP tlog-tiles).
    pub media_type: &'static str,
}

/// The signed head of the log, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// Records in the log.
    pub size: u64,
    /// Root hash, in 64 hexadecimal digits.
    pub root: String,
}

/// How the log stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogState {
    /// Its checkpoint opens with the log's key.
    Signed(LogHead),
    /// Nothing was numbered yet.
    Empty,
    /// Its checkpoint does not open: changed behind the program's back, or signed with another key.
    Damaged,
}

/// How the published things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicState {
    /// The log.
    pub log: LogState,
    /// When the status list was signed; `None` if there is none yet.
    pub status_list_signed_at: Option<Timestamp>,
    /// Whether the status list is no older than checkers may keep it.
    pub is_status_list_fresh: bool,
}

/// The signed status list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusListFile {
    /// The token (application/statuslist+cwt).
    pub bytes: Vec<u8>,
    /// For how many seconds yet a copy of it may be kept; 0 if it is overdue.
    pub keep_seconds: i64,
}

/// What a failure means to the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure<'a> {
    /// A rule stands in the way.
    Refused(&'a Refusal),
    /// Another act took what this one wanted.
    Conflict,
    /// It may succeed a little later.
    Later,
    /// The program or what it keeps is at fault.
    Fault,
}

impl AppError {
    /// What this means to the one who asked.
    pub fn failure(&self) -> Failure<'_> {
        match self {
            Self::Refused(refusal) => Failure::Refused(refusal),
            Self::Db(DbError::Constraint { .. }) => Failure::Conflict,
            Self::Db(error) | Self::Log(LogError::Db(error)) => match error {
                DbError::Unavailable(_) | DbError::Busy => Failure::Later,
                _ => Failure::Fault,
            },
            Self::Log(LogError::Moved) => Failure::Later,
            Self::Log(_) | Self::Pack(_) | Self::Store { .. } | Self::Fault(_) => Failure::Fault,
        }
    }
}

/// A new identifier of a request (UUID version 7), told to the one who asks and named in the program's log.
pub fn new_request_id(service: &Service) -> Uuid {
    domain::id::new_uuid(service.now(), &mut ChaCha20Rng::from_seed(service.random()))
}

/// The public key of the log, as one line (C2SP signed-note).
pub fn log_verifier_key(service: &Service) -> String {
    service.log_key().verifier().to_string()
}

/// The name of the log, which is the first line of its checkpoints.
pub fn log_name(service: &Service) -> &str {
    service.log_key().name()
}

/// The file at a path of the log (C2SP tlog-tiles), without a leading slash; `None` if the log has no such file.
///
/// # Errors
/// When the database fails.
pub async fn log_file(service: &Service, path: &str) -> Result<Option<LogFile>, AppError> {
    let Some(path) = LogPath::parse(path) else { return Ok(None) };
    let (permanence, media_type) = match path {
        LogPath::Checkpoint => (Permanence::Head, layout::CHECKPOINT_MEDIA_TYPE),
        LogPath::Tile(tile) => (permanence(tile.width), layout::TILE_MEDIA_TYPE),
        LogPath::Entries(bundle) => (permanence(bundle.width), layout::TILE_MEDIA_TYPE),
    };
    let read = service.db().read(move |session| Box::pin(async move { session.log_file(&path).await })).await;
    let bytes = read.map_err(|error: DbError| AppError::from(error))?;
    Ok(bytes.map(|bytes| LogFile { bytes, permanence, media_type }))
}

fn permanence(width: u16) -> Permanence {
    if width < TILE_WIDTH { Permanence::Partial } else { Permanence::Full }
}

/// The status list as it was last signed; `None` before the first time.
///
/// # Errors
/// When the database fails.
pub async fn status_list(service: &Service) -> Result<Option<StatusListFile>, AppError> {
    let found = publishing::published(service, STATUS_LIST).await?;
    let life = status_list_life_seconds(service)?;
    let file = |list: Publication| StatusListFile {
        keep_seconds: (life - age_seconds(service, list.published_at)).clamp(0, life),
        bytes: list.content,
    };
    Ok(found.map(file))
}

/// The trust list as the root last signed it; `None` before the first time.
///
/// # Errors
/// When the database fails.
pub async fn trust_list(service: &Service) -> Result<Option<Vec<u8>>, AppError> {
    Ok(publishing::published(service, TRUST_LIST).await?.map(|list| list.content))
}

/// How log and status list stand.
///
/// # Errors
/// When the database does not answer.
pub async fn state(service: &Service) -> Result<PublicState, AppError> {
    let verifier = service.log_key().verifier();
    let (log, list) = service
        .db()
        .read(move |session| {
            let verifier = verifier.clone();
            Box::pin(async move {
                let log = match session.log_head(&verifier).await {
                    Ok(Some(head)) => {
                        LogState::Signed(LogHead { size: head.size, root: domain::audit::hex(head.root) })
                    }
                    Ok(None) => LogState::Empty,
                    Err(LogError::Db(error)) => return Err(AppError::from(error)),
                    Err(_) => LogState::Damaged,
                };
                Ok((log, session.find_publication(STATUS_LIST).await?))
            })
        })
        .await?;
    let signed_at = list.map(|list| list.published_at);
    let life = status_list_life_seconds(service)?;
    Ok(PublicState {
        log,
        status_list_signed_at: signed_at,
        is_status_list_fresh: signed_at.is_some_and(|at| age_seconds(service, at) <= life),
    })
}

/// Whether the status list was signed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It was old or missing, and was signed again.
    Signed,
    /// It was young enough.
    NotDue,
}

/// Signs the status list again if it will soon be older than checkers may keep it.
///
/// # Errors
/// When no signer of status lists is in use, or the database fails.
pub async fn renew_status_list(service: &Service) -> Result<Renewal, AppError> {
    let last = publishing::published(service, STATUS_LIST).await?;
    let due = status_list_life_seconds(service)? - RENEWAL_EARLY_SECONDS;
    if last.is_some_and(|last| age_seconds(service, last.published_at) < due) {
        return Ok(Renewal::NotDue);
    }
    publishing::publish_status_list(service).await?;
    Ok(Renewal::Signed)
}

/// For how many seconds a checker may keep a status list: the same figure that the list itself names as its `ttl`.
fn status_list_life_seconds(service: &Service) -> Result<i64, AppError> {
    const FIGURE: &str = "card.status_list_sign_hours";
    let today = service.now().date_in(service.pack().time_zone());
    match service.pack().figure(FIGURE, today) {
        Some(figure) => Ok(i64::from(figure.value) * HOUR_SECONDS),
        None => Err(AppError::Pack(format!("figure {FIGURE}"))),
    }
}

fn age_seconds(service: &Service, moment: Timestamp) -> i64 {
    service.now().as_seconds() - moment.as_seconds()
}
