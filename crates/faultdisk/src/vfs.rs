// SPDX-License-Identifier: Apache-2.0
//! The table of C functions between SQLite and its usual file system. Files of databases that no [`crate::Disk`] lies
//! under are opened by the usual one alone.
#![expect(unsafe_code, reason = "SQLite takes a file system as a table of C functions over raw pointers")]

use std::{
    ffi::{CStr, OsStr, c_char, c_int, c_void},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
    ptr,
    sync::{Arc, Mutex, Once, PoisonError},
};

use libsqlite3_sys::{
    SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_IOERR_DELETE, SQLITE_IOERR_FSTAT, SQLITE_IOERR_FSYNC,
    SQLITE_IOERR_READ, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE, SQLITE_OK, sqlite3_file, sqlite3_int64,
    sqlite3_io_methods, sqlite3_vfs, sqlite3_vfs_find, sqlite3_vfs_register,
};

use crate::{BESIDE, State, Verdict, beside, medium::Medium};

/// The disks and the databases they lie under.
static DISKS: Mutex<Vec<(PathBuf, Arc<State>)>> = Mutex::new(Vec::new());

/// The usual file system, which does the work.
struct Usual(*mut sqlite3_vfs);

// SAFETY: SQLite never frees a registered file system, and its functions may be called from every thread.
unsafe impl Send for Usual {}
// SAFETY: as above.
unsafe impl Sync for Usual {}

static USUAL: std::sync::OnceLock<Usual> = std::sync::OnceLock::new();

pub(crate) fn put_under(path: PathBuf, state: Arc<State>) {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(register);
    DISKS.lock().unwrap_or_else(PoisonError::into_inner).push((path, state));
}

pub(crate) fn take_away(path: &Path) {
    DISKS.lock().unwrap_or_else(PoisonError::into_inner).retain(|(other, _)| other != path);
}

fn disk_of(path: &Path) -> Option<Arc<State>> {
    let disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_under = |of: &Path| path == of || BESIDE.iter().any(|end| path == beside(of, end));
    disks.iter().find(|(of, _)| is_under(of)).map(|(_, state)| state.clone())
}

/// Puts our table before the usual one, as the default.
fn register() {
    // SAFETY: a null name asks for the default file system, which lives as long as the process. The copy is leaked, so it
    // does too; it has the same functions but for two, which take the same arguments.
    unsafe {
        let usual = sqlite3_vfs_find(ptr::null());
        assert!(!usual.is_null(), "SQLite has a file system");
        let mut ours = *usual;
        ours.zName = c"faultdisk".as_ptr();
        ours.pNext = ptr::null_mut();
        ours.szOsFile += c_int::try_from(size_of::<Wrapped>()).expect("it is small");
        ours.xOpen = Some(open);
        ours.xDelete = Some(delete);
        assert!(USUAL.set(Usual(usual)).is_ok(), "it is registered once");
        let registered = sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
        assert_eq!(registered, SQLITE_OK, "SQLite takes the file system");
    }
}

fn usual() -> *mut sqlite3_vfs {
    USUAL.get().expect("our functions are called after they were registered").0
}

/// An open file of a disk of ours. The usual file lies behind it in the memory that SQLite made for both.
#[repr(C)]
struct Wrapped {
    base: sqlite3_file,
    usual: *mut sqlite3_file,
    handle: *mut Handle,
}

struct Handle {
    state: Arc<State>,
    path: PathBuf,
}

static METHODS: sqlite3_io_methods = sqlite3_io_methods {
    // The second version has no memory-mapped reading, which would go past us.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// SAFETY of what follows: SQLite calls the functions of a file only between `xOpen` and `xClose`, with the pointer that it
/// gave to `xOpen`; `open` put a [`Wrapped`] there, whose pointers are valid until `close`.
unsafe fn parts<'a>(file: *mut sqlite3_file) -> (*mut sqlite3_file, &'a Handle) {
    unsafe {
        let wrapped = file.cast::<Wrapped>();
        ((*wrapped).usual, &*(*wrapped).handle)
    }
}

fn path_of(name: *const c_char) -> Option<PathBuf> {
    // SAFETY: SQLite's names are null, for temporary files, or end with a zero byte.
    (!name.is_null()).then(|| PathBuf::from(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes())))
}

unsafe extern "C" fn open(
    _: *mut sqlite3_vfs,
    name: *const c_char,
    file: *mut sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: the memory at `file` has room for ours and the usual file, as `szOsFile` asked for.
    unsafe {
        let open_usual = (*usual()).xOpen.expect("a file system opens files");
        let Some((path, state)) = path_of(name).and_then(|path| disk_of(&path).map(|state| (path, state))) else {
            return open_usual(usual(), name, file, flags, out_flags);
        };
        (*file).pMethods = ptr::null();
        let mut inner = state.lock();
        if !inner.has_power {
            return SQLITE_CANTOPEN;
        }
        let behind = file.cast::<u8>().add(size_of::<Wrapped>()).cast::<sqlite3_file>();
        (*behind).pMethods = ptr::null();
        let opened = open_usual(usual(), name, behind, flags, out_flags);
        if opened != SQLITE_OK {
            return opened;
        }
        inner.files.entry(path.clone()).or_insert_with(|| Medium::holding(std::fs::read(&path).unwrap_or_default()));
        inner.open += 1;
        drop(inner);
        let handle = Box::into_raw(Box::new(Handle { state, path }));
        file.cast::<Wrapped>().write(Wrapped { base: sqlite3_file { pMethods: &METHODS }, usual: behind, handle });
        SQLITE_OK
    }
}

unsafe extern "C" fn delete(_: *mut sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    // SAFETY: the arguments are SQLite's own, given on.
    let delete_usual = || unsafe { (*usual()).xDelete.map_or(SQLITE_IOERR, |act| act(usual(), name, sync_folder)) };
    let Some((path, state)) = path_of(name).and_then(|path| disk_of(&path).map(|state| (path, state))) else {
        return delete_usual();
    };
    let mut inner = state.lock();
    if inner.operate() != Verdict::Do {
        return SQLITE_IOERR_DELETE;
    }
    inner.files.remove(&path);
    delete_usual()
}

unsafe extern "C" fn close(file: *mut sqlite3_file) -> c_int {
    // SAFETY: see `parts`; the handle is not used after this.
    unsafe {
        let wrapped = file.cast::<Wrapped>();
        let usual = (*wrapped).usual;
        let closed = (*(*usual).pMethods).xClose.map_or(SQLITE_IOERR, |act| act(usual));
        let handle = Box::from_raw((*wrapped).handle);
        (*file).pMethods = ptr::null();
        handle.state.lock().open -= 1;
        handle.state.closed.notify_all();
        closed
    }
}

unsafe extern "C" fn read(file: *mut sqlite3_file, into: *mut c_void, length: c_int, offset: sqlite3_int64) -> c_int {
    // SAFETY: see `parts`.
    unsafe {
        let (usual, handle) = parts(file);
        if !handle.state.lock().has_power {
            return SQLITE_IOERR_READ;
        }
        (*(*usual).pMethods).xRead.map_or(SQLITE_IOERR, |act| act(usual, into, length, offset))
    }
}

unsafe extern "C" fn write(
    file: *mut sqlite3_file,
    from: *const c_void,
    length: c_int,
    offset: sqlite3_int64,
) -> c_int {
    // SAFETY: see `parts`; SQLite gives `length` bytes at `from`.
    unsafe {
        let (usual, handle) = parts(file);
        let mut inner = handle.state.lock();
        let inner = &mut *inner;
        let (part, answer) = match inner.operate() {
            Verdict::Do => (length, SQLITE_OK),
            Verdict::Fail => (0, SQLITE_IOERR_WRITE),
            Verdict::Tear => (torn(length, inner.dice.next()), SQLITE_IOERR_WRITE),
            // A disk fills up in the middle of a write.
            Verdict::Full => (torn(length, inner.dice.next()), SQLITE_FULL),
        };
        if part > 0 {
            let written = (*(*usual).pMethods).xWrite.map_or(SQLITE_IOERR, |act| act(usual, from, part, offset));
            if written != SQLITE_OK {
                return written;
            }
            let bytes = std::slice::from_raw_parts(from.cast::<u8>(), part.unsigned_abs() as usize);
            if let Some(medium) = inner.files.get_mut(&handle.path) {
                medium.write(usize::try_from(offset).unwrap_or_default(), bytes, &mut inner.dice);
            }
        }
        answer
    }
}

/// Less than the whole.
fn torn(length: c_int, drawn: u64) -> c_int {
    c_int::try_from(drawn % u64::from(length.unsigned_abs().max(1))).unwrap_or_default()
}

unsafe extern "C" fn truncate(file: *mut sqlite3_file, length: sqlite3_int64) -> c_int {
    // SAFETY: see `parts`.
    unsafe {
        let (usual, handle) = parts(file);
        let mut inner = handle.state.lock();
        if inner.operate() != Verdict::Do {
            return SQLITE_IOERR_TRUNCATE;
        }
        if let Some(medium) = inner.files.get_mut(&handle.path) {
            medium.truncate(usize::try_from(length).unwrap_or_default());
        }
        (*(*usual).pMethods).xTruncate.map_or(SQLITE_IOERR, |act| act(usual, length))
    }
}

/// The real disk is not asked: what counts is our medium, and the test is quick.
unsafe extern "C" fn sync(file: *mut sqlite3_file, _: c_int) -> c_int {
    // SAFETY: see `parts`.
    let (_, handle) = unsafe { parts(file) };
    let mut inner = handle.state.lock();
    let inner = &mut *inner;
    let verdict = inner.operate();
    let Some(medium) = inner.files.get_mut(&handle.path) else { return SQLITE_IOERR_FSYNC };
    match verdict {
        Verdict::Do => {
            medium.sync();
            SQLITE_OK
        }
        _ => {
            medium.fail_to_sync(&mut inner.dice);
            SQLITE_IOERR_FSYNC
        }
    }
}

unsafe extern "C" fn file_size(file: *mut sqlite3_file, length: *mut sqlite3_int64) -> c_int {
    // SAFETY: see `parts`.
    unsafe {
        let (usual, handle) = parts(file);
        if !handle.state.lock().has_power {
            return SQLITE_IOERR_FSTAT;
        }
        (*(*usual).pMethods).xFileSize.map_or(SQLITE_IOERR, |act| act(usual, length))
    }
}

/// Functions that the usual file does alone: locks, and memory that is no disk.
macro_rules! give_on {
    ($($name:ident = $method:ident($($argument:ident: $kind:ty),*);)+) => {$(
        unsafe extern "C" fn $name(file: *mut sqlite3_file, $($argument: $kind),*) -> c_int {
            // SAFETY: see `parts`; the arguments are SQLite's own, given on.
            unsafe {
                let (usual, _) = parts(file);
                (*(*usual).pMethods).$method.map_or(SQLITE_IOERR, |act| act(usual, $($argument),*))
            }
        }
    )+};
}

give_on! {
    lock = xLock(kind: c_int);
    unlock = xUnlock(kind: c_int);
    check_reserved_lock = xCheckReservedLock(answer: *mut c_int);
    file_control = xFileControl(operation: c_int, argument: *mut c_void);
    sector_size = xSectorSize();
    device_characteristics = xDeviceCharacteristics();
    shm_map = xShmMap(page: c_int, size: c_int, extend: c_int, at: *mut *mut c_void);
    shm_lock = xShmLock(offset: c_int, count: c_int, flags: c_int);
    shm_unmap = xShmUnmap(delete: c_int);
}

unsafe extern "C" fn shm_barrier(file: *mut sqlite3_file) {
    // SAFETY: see `parts`.
    unsafe {
        let (usual, _) = parts(file);
        if let Some(act) = (*(*usual).pMethods).xShmBarrier {
            act(usual);
        }
    }
}
