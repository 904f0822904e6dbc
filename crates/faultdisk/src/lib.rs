// SPDX-License-Identifier: Apache-2.0
//! A disk under SQLite that fails as a test wants it: writes that fail, that stop in the middle, a full disk, a sync that
//! fails, and power that is lost with everything that was not synced.
//!
//! [`Disk::under`] puts itself under one database file. What happens is fixed by a seed and by the number of the
//! operation at which each [`Fault`] strikes, so that a course of events can be played again. It shows what a disk does
//! that fails honestly. A disk that says *written* and lies cannot be shown to be survived: nothing survives it.

mod medium;
mod vfs;

use std::{
    collections::{BTreeMap, HashMap},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use medium::{Dice, Medium};

/// What goes wrong at an operation (a write, a change of length, a sync).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fails; nothing of a write is done, and of a sync nobody knows what was.
    Fail,
    /// A write stops in the middle and fails; a sync fails.
    Torn,
    /// The disk is full for this and so many further operations.
    Full(u64),
    /// The power is lost: this and every later operation fails until [`Disk::restore_power`].
    PowerLoss,
}

/// Files that belong to a database beside its own, by the end of their names.
const BESIDE: [&str; 2] = ["-wal", "-journal"];

/// A disk under one database.
#[derive(Debug)]
pub struct Disk {
    path: PathBuf,
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    inner: Mutex<Inner>,
    closed: Condvar,
}

#[derive(Debug)]
struct Inner {
    dice: Dice,
    operations: u64,
    schedule: BTreeMap<u64, Fault>,
    struck: Vec<(u64, Fault)>,
    /// The operation at which the disk has room again.
    full_until: u64,
    has_power: bool,
    files: HashMap<PathBuf, Medium>,
    open: usize,
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an operation is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Do,
    Fail,
    Tear,
    Full,
}

impl Inner {
    /// Counts an operation and says what becomes of it.
    fn operate(&mut self) -> Verdict {
        if !self.has_power {
            return Verdict::Fail;
        }
        self.operations += 1;
        let fault = self.schedule.remove(&self.operations);
        self.struck.extend(fault.map(|fault| (self.operations, fault)));
        match fault {
            Some(Fault::Fail) => Verdict::Fail,
            Some(Fault::Torn) => Verdict::Tear,
            Some(Fault::Full(further)) => {
                self.full_until = self.operations + further;
                Verdict::Full
            }
            Some(Fault::PowerLoss) => {
                self.has_power = false;
                Verdict::Tear
            }
            None if self.operations <= self.full_until => Verdict::Full,
            None => Verdict::Do,
        }
    }
}

impl Disk {
    /// Puts a disk under the database at this path, for connections that are opened from now on. What is in its files
    /// already is on the medium.
    ///
    /// # Errors
    /// When the folder of the path cannot be read.
    pub fn under(path: &Path, seed: u64) -> io::Result<Self> {
        // SQLite asks by the name without symbolic links.
        let folder = path.parent().unwrap_or(Path::new(".")).canonicalize()?;
        let path = folder.join(path.file_name().unwrap_or_default());
        let inner = Inner {
            dice: Dice(seed),
            operations: 0,
            schedule: BTreeMap::new(),
            struck: Vec::new(),
            full_until: 0,
            has_power: true,
            files: HashMap::new(),
            open: 0,
        };
        let state = Arc::new(State { inner: Mutex::new(inner), closed: Condvar::new() });
        vfs::put_under(path.clone(), state.clone());
        Ok(Self { path, state })
    }

    /// Lets faults strike at operations, counted from the next one on (1).
    pub fn schedule(&self, faults: impl IntoIterator<Item = (u64, Fault)>) {
        let mut inner = self.state.lock();
        let now = inner.operations;
        inner.schedule.extend(faults.into_iter().map(|(operation, fault)| (now + operation, fault)));
    }

    /// The faults that have struck, with the number of the operation.
    pub fn struck(&self) -> Vec<(u64, Fault)> {
        self.state.lock().struck.clone()
    }

    /// How many operations there were.
    pub fn operations(&self) -> u64 {
        self.state.lock().operations
    }

    /// Whether it has power.
    pub fn has_power(&self) -> bool {
        self.state.lock().has_power
    }

    /// Mends the disk: nothing more goes wrong. It does not bring power back.
    pub fn mend(&self) {
        let mut inner = self.state.lock();
        inner.schedule.clear();
        inner.full_until = 0;
    }

    /// Takes the power away: every operation fails from now on.
    pub fn lose_power(&self) {
        self.state.lock().has_power = false;
    }

    /// Waits until every connection is closed, and gives the power back: what was synced is there, of everything else
    /// each sector is as it was or as it was to be.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn restore_power(&self) -> io::Result<()> {
        let inner = self.state.lock();
        let still_open = |inner: &mut Inner| inner.open > 0;
        let mut inner = self.state.closed.wait_while(inner, still_open).unwrap_or_else(PoisonError::into_inner);
        let files: BTreeMap<_, _> = std::mem::take(&mut inner.files).into_iter().collect();
        for (path, medium) in files {
            fs::write(path, medium.after_power_loss(&mut inner.dice))?;
        }
        // The index of the write-ahead log is memory that programs share; a machine that starts again has none.
        let index = beside(&self.path, "-shm");
        if index.exists() {
            fs::remove_file(index)?;
        }
        inner.has_power = true;
        inner.schedule.clear();
        inner.full_until = 0;
        Ok(())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        vfs::take_away(&self.path);
    }
}

/// A file beside a database.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
