// SPDX-License-Identifier: Apache-2.0
//! A PostgreSQL server of the tests' own: made in a temporary folder, gone with the test binary.
//!
//! The server's binaries come from the operating system (Debian: package `postgresql`). It listens on the loopback
//! interface only, on a port of its own, trusts everybody there and holds nothing but test data.

use std::{
    ffi::OsStr,
    fs, io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use tempfile::TempDir;

/// Where Debian and its relatives keep the server's binaries, in one folder per major version.
const DEBIAN_FOLDER: &str = "/usr/lib/postgresql";
/// The server refuses to run as root; then the first of these accounts that exists runs it.
const UNPRIVILEGED_ACCOUNTS: [&str; 2] = ["postgres", "nobody"];
/// The cluster's only role.
const SUPERUSER: &str = "postgres";
/// Between finding a free port and listening on it another process may take it; then another port is tried.
const START_ATTEMPTS_MAX: u32 = 5;
/// One look per [`READY_PAUSE`]: together a minute, which a heavily loaded machine needs.
const READY_LOOKS_MAX: u32 = 1_200;
/// Between two looks whether the server answers.
const READY_PAUSE: Duration = Duration::from_millis(50);
/// PostgreSQL cuts longer identifiers silently.
const DATABASE_NAME_BYTES_MAX: usize = 63;
/// Lines of the server's log shown when it does not start.
const LOG_LINES_MAX: usize = 20;

/// Makes the cluster and runs the server until the pipe on standard input closes: by [`Drop`], or because the test binary has died, however
/// it died. The server is stopped through its own pid file, so that no foreign process can be hit; one that is only just
/// starting has none yet. A server that was killed (128 + SIGKILL) is started again, as systemd would; until the last
/// of its old processes is gone it refuses to, and is asked again.
const SUPERVISOR: &str = r#"
bin=$1 data=$2 folder=$3
shift 3
{
    [ -e "$data" ] || "$bin/initdb" -D "$data" --no-sync --auth=trust --locale=C --encoding=UTF8 --username=postgres
    again=0
    while :; do
        "$bin/postgres" -D "$data" "$@"
        code=$?
        [ $code -eq 137 ] && again=100
        [ $again -gt 0 ] && [ ! -e "$folder/stop" ] || break
        again=$((again - 1))
        sleep 0.1
    done
    echo $code >"$folder/exit"
} >"$folder/log" 2>&1 &
cat >/dev/null
: >"$folder/stop"
until [ -e "$folder/exit" ] || "$bin/pg_ctl" stop -D "$data" -m immediate -s; do sleep 0.1; done
wait
rm -rf "$folder"
"#;

/// Whether what the server has acknowledged survives a crash of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing waits for the disk: for every test that is not about crashes.
    Fast,
    /// The server's own defaults: for tests that kill it, and for measurements.
    Real,
}

impl Durability {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Fast => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
            Self::Real => &[],
        }
    }
}

/// Why there is no server, or why it did not do what a test asked.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// The operating system has no server binaries.
    #[error("no PostgreSQL server found in {DEBIAN_FOLDER}/*/bin or in PATH; on Debian install the package postgresql")]
    NotInstalled,
    /// The tests run as root and no account without privileges exists.
    #[error("PostgreSQL refuses to run as root, and neither account {UNPRIVILEGED_ACCOUNTS:?} exists")]
    NoAccount,
    /// Database names here are lower-case ASCII letters, digits and underscores, at most 63 bytes.
    #[error("{0:?} is no database name of lower-case letters, digits and underscores")]
    DatabaseName(String),
    /// A program could not be run at all.
    #[error("cannot {action}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// What the operating system said.
        source: io::Error,
    },
    /// A program ran and failed.
    #[error("{program} failed: {output}")]
    Failed {
        /// Its name.
        program: &'static str,
        /// What it wrote to standard error.
        output: String,
    },
    /// The cluster could not be made, the server ended, or it did not answer in time.
    #[error("the server did not start; the end of its log:\n{log}")]
    NotReady {
        /// The last lines of its log.
        log: String,
    },
}

fn io_error(action: &'static str) -> impl FnOnce(io::Error) -> PostgresError {
    move |source| PostgresError::Io { action, source }
}

/// A running server with a cluster in a temporary folder. Dropping it stops the server and removes the folder.
#[derive(Debug)]
pub struct Postgres {
    binaries: PathBuf,
    port: u16,
    supervisor: Child,
    databases: AtomicU32,
}

impl Postgres {
    /// Makes a cluster and starts a server that does not wait for the disk.
    ///
    /// # Errors
    /// When the server is not installed, or does not start.
    pub fn start() -> Result<Self, PostgresError> {
        Self::start_with(Durability::Fast)
    }

    /// Makes a cluster and starts a server on it.
    ///
    /// # Errors
    /// When the server is not installed, or does not start.
    pub fn start_with(durability: Durability) -> Result<Self, PostgresError> {
        let binaries = find_binaries()?;
        let account = Account::for_server()?;
        let folder = tempfile::Builder::new()
            .prefix("turna-postgres-")
            .tempdir()
            .map_err(io_error("make a temporary folder"))?;
        account.give(folder.path())?;
        start_server(&binaries, &account, folder, durability)
    }

    /// The address of a database of this server, as `sqlx` and `psql` take it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{SUPERUSER}@127.0.0.1:{}/{database}", self.port)
    }

    /// The TCP port on the loopback interface.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes an empty database (UTF-8, order by code point).
    ///
    /// # Errors
    /// When the name is no plain name, or the database exists.
    pub fn create_database(&self, name: &str) -> Result<(), PostgresError> {
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if !plain || !name.starts_with(|first: char| !first.is_ascii_digit()) || name.len() > DATABASE_NAME_BYTES_MAX {
            return Err(PostgresError::DatabaseName(name.to_owned()));
        }
        self.execute("postgres", &format!("CREATE DATABASE {name} TEMPLATE template0")).map(drop)
    }

    /// Makes an empty database that no other test has and returns its address.
    ///
    /// # Errors
    /// When the server no longer answers.
    pub fn fresh_database(&self) -> Result<String, PostgresError> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.create_database(&name)?;
        Ok(self.url(&name))
    }

    /// Runs SQL through `psql`, past the program under test, and returns the rows: one per line, `|` between columns.
    ///
    /// # Errors
    /// When the server refuses the statement.
    pub fn execute(&self, database: &str, sql: &str) -> Result<String, PostgresError> {
        let mut psql = Command::new(self.binaries.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.url(database), "-c", sql]);
        run("psql", &mut psql)
    }
}

impl Postgres {
    /// Kills the server and all its processes with SIGKILL, as when memory runs out, and waits until it answers again.
    ///
    /// # Errors
    /// When it does not come back.
    pub fn crash(&self) -> Result<(), PostgresError> {
        let data = PathBuf::from(self.execute("postgres", "SHOW data_directory")?);
        let pid_file = fs::read_to_string(data.join("postmaster.pid")).map_err(io_error("read the server's pid"))?;
        let postmaster = pid_file.lines().next().unwrap_or_default().trim().to_owned();
        // The parent first: it must not find out about the end of its children and tidy up.
        let children = children_of(&postmaster)?;
        let mut kill = Command::new("sh");
        kill.args(["-c", "kill -9 \"$@\" 2>/dev/null || true", "sh", &postmaster]).args(children);
        run("kill", &mut kill)?;
        for _ in 0..READY_LOOKS_MAX {
            if self.execute("postgres", "SELECT 1").is_ok() {
                return Ok(());
            }
            thread::sleep(READY_PAUSE);
        }
        Err(PostgresError::NotReady { log: log_end(data.parent().unwrap_or(&data)) })
    }
}

/// The processes that a process has started.
fn children_of(parent: &str) -> Result<Vec<String>, PostgresError> {
    let reading = || io_error("list the server's processes");
    let mut children = Vec::new();
    for entry in fs::read_dir("/proc").map_err(reading())? {
        let name = entry.map_err(reading())?.file_name().to_string_lossy().into_owned();
        // The name of the program stands in brackets and may hold anything; state and parent follow the last one.
        let stat = fs::read_to_string(format!("/proc/{name}/stat")).unwrap_or_default();
        let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
        if after.split_whitespace().nth(1) == Some(parent) {
            children.push(name);
        }
    }
    Ok(children)
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        // The supervisor ends by itself once its pipe is closed; a failing wait leaves nothing to be done here.
        let _: Result<_, _> = self.supervisor.wait();
    }
}

/// The one server that all tests of a binary share; it stops when the binary ends. Each test takes a database of its
/// own with [`Postgres::fresh_database`].
///
/// # Panics
/// When no server can be started: the tests on PostgreSQL then fail and say why, they do not pass unrun.
pub fn shared() -> &'static Postgres {
    static SHARED: OnceLock<Result<Postgres, PostgresError>> = OnceLock::new();
    match SHARED.get_or_init(Postgres::start) {
        Ok(server) => server,
        Err(error) => panic!("{error}"),
    }
}

/// The account under which the server runs.
struct Account {
    /// Name, user and group number when we are root and must step down; `None` when we run it as ourselves.
    other: Option<(String, u32, u32)>,
}

impl Account {
    fn for_server() -> Result<Self, PostgresError> {
        let me = fs::metadata("/proc/self").map_err(io_error("read who runs the tests"))?.uid();
        if me != 0 {
            return Ok(Self { other: None });
        }
        let passwd = fs::read_to_string("/etc/passwd").map_err(io_error("read /etc/passwd"))?;
        let other = UNPRIVILEGED_ACCOUNTS.iter().find_map(|name| find_account(&passwd, name));
        other.map(|other| Self { other: Some(other) }).ok_or(PostgresError::NoAccount)
    }

    /// Makes the account the owner of a folder.
    fn give(&self, folder: &Path) -> Result<(), PostgresError> {
        match &self.other {
            None => Ok(()),
            Some((_, user, group)) => std::os::unix::fs::chown(folder, Some(*user), Some(*group))
                .map_err(io_error("give the temporary folder to the server's account")),
        }
    }

    /// A command that runs a program as this account.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        match &self.other {
            None => Command::new(program),
            Some((name, ..)) => {
                let mut command = Command::new("setpriv");
                command.args([&format!("--reuid={name}"), "--init-groups", "--reset-env", "--"]).arg(program);
                command
            }
        }
    }
}

fn find_account(passwd: &str, name: &str) -> Option<(String, u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        let (user, group) = (fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?);
        Some((name.to_owned(), user, group))
    })
}

/// The folder with `initdb`, `postgres`, `pg_ctl` and `psql`; of several versions the newest.
fn find_binaries() -> Result<PathBuf, PostgresError> {
    let complete =
        |folder: &Path| ["initdb", "postgres", "pg_ctl", "psql"].iter().all(|name| is_program(&folder.join(name)));
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(DEBIAN_FOLDER)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| complete(folder))
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.pop() {
        return Ok(folder);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).find(|folder| complete(folder));
    found.ok_or(PostgresError::NotInstalled)
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

fn start_server(
    binaries: &Path,
    account: &Account,
    folder: TempDir,
    durability: Durability,
) -> Result<Postgres, PostgresError> {
    let mut attempt = 1;
    loop {
        let port = free_port()?;
        let mut supervisor = account.command("sh");
        supervisor.args(["-c", SUPERVISOR, "sh"]).arg(binaries).arg(folder.path().join("data")).arg(folder.path());
        supervisor.args([
            "-p",
            &port.to_string(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
        ]);
        for setting in durability.settings() {
            supervisor.args(["-c", setting]);
        }
        supervisor.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // A group of its own: Ctrl-C reaches the test binary, whose end then closes the pipe, and the folder is removed.
        supervisor.process_group(0);
        let supervisor = supervisor.spawn().map_err(io_error("start the server"))?;
        let mut server = Postgres { binaries: binaries.to_owned(), port, supervisor, databases: AtomicU32::new(0) };
        match wait_until_ready(folder.path(), port) {
            Ok(()) => {
                // From here on the supervisor removes the folder.
                let _: PathBuf = folder.keep();
                return Ok(server);
            }
            Err(log) if attempt < START_ATTEMPTS_MAX && log.contains("could not bind") => {
                // Killing the supervisor, and only it, keeps the folder for the next attempt; its server has ended.
                server.supervisor.kill().map_err(io_error("end the supervisor of a server that did not start"))?;
                drop(server);
                attempt += 1;
            }
            Err(log) => return Err(PostgresError::NotReady { log }),
        }
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, PostgresError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(io_error("find a free port"))?;
    Ok(listener.local_addr().map_err(io_error("find a free port"))?.port())
}

/// Waits until this server, and not another one on its port, says in its pid file that it is ready, and answers.
/// The error is the end of its log.
fn wait_until_ready(folder: &Path, port: u16) -> Result<(), String> {
    let log = || log_end(folder);
    for _ in 0..READY_LOOKS_MAX {
        if folder.join("exit").exists() {
            let text = log();
            // Room for the next attempt.
            fs::remove_file(folder.join("exit")).map_err(|error| error.to_string())?;
            return Err(text);
        }
        let pid_file = fs::read_to_string(folder.join("data/postmaster.pid")).unwrap_or_default();
        let ready = pid_file.lines().nth(7).is_some_and(|line| line.trim() == "ready");
        if ready && TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(());
        }
        thread::sleep(READY_PAUSE);
    }
    Err(log())
}

/// The last lines of the server's log.
fn log_end(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("log")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LOG_LINES_MAX)..].join("\n")
}

fn run(program: &'static str, command: &mut Command) -> Result<String, PostgresError> {
    let output = command.output().map_err(io_error("run a program of PostgreSQL"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    } else {
        Err(PostgresError::Failed { program, output: String::from_utf8_lossy(&output.stderr).trim_end().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_test_gets_an_empty_database_of_its_own() {
        let server = shared();
        let first = server.fresh_database().unwrap();
        let second = server.fresh_database().unwrap();
        assert_ne!(first, second);
        let name = first.rsplit('/').next().unwrap();
        server.execute(name, "CREATE TABLE t (a text); INSERT INTO t VALUES ('ə')").unwrap();
        assert_eq!(server.execute(name, "SELECT a, length(a) FROM t").unwrap(), "ə|1");
        let other = second.rsplit('/').next().unwrap();
        assert!(server.execute(other, "SELECT a FROM t").unwrap_err().to_string().contains("does not exist"));
    }

    #[test]
    fn a_dropped_server_is_gone_with_its_folder() {
        let server = Postgres::start_with(Durability::Real).unwrap();
        assert_eq!(server.execute("postgres", "SHOW fsync").unwrap(), "on");
        let data = PathBuf::from(server.execute("postgres", "SHOW data_directory").unwrap());
        let port = server.port();
        assert!(data.exists());
        drop(server);
        assert!(!data.parent().unwrap().exists());
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err());
    }

    #[test]
    fn a_server_that_was_killed_comes_back_with_what_it_had_committed() {
        let server = Postgres::start_with(Durability::Real).unwrap();
        server.execute("postgres", "CREATE TABLE kept (a integer); INSERT INTO kept VALUES (1)").unwrap();
        let started = || server.execute("postgres", "SELECT pg_postmaster_start_time()").unwrap();
        let before = started();
        server.crash().unwrap();
        assert_ne!(started(), before);
        assert_eq!(server.execute("postgres", "SELECT a FROM kept").unwrap(), "1");
    }

    #[test]
    fn a_database_name_cannot_carry_sql() {
        for name in ["", "a b", "a;DROP DATABASE x", "Ə", "1a", &"a".repeat(64)] {
            assert!(matches!(shared().create_database(name), Err(PostgresError::DatabaseName(_))), "{name}");
        }
    }

    #[test]
    fn accounts_are_found_by_their_exact_name() {
        let passwd = "root:x:0:0::/root:/bin/sh\npostgresql:x:5:5::/:/bin/sh\npostgres:x:103:111::/:/bin/sh\n";
        assert_eq!(find_account(passwd, "postgres"), Some(("postgres".to_owned(), 103, 111)));
        assert_eq!(find_account(passwd, "nobody"), None);
    }
}
