// SPDX-License-Identifier: Apache-2.0
//! The server: answers requests, numbers records and does jobs in the background, and stops without losing anything.

use std::{
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use app::{AppError, Service, public};
use tokio::{
    net::TcpListener,
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use web::Upkeep;

use crate::{client::ADDRESS, config::Config, erasures::Keeper};

/// How often records are numbered and due jobs are done: a record is in the log well within a second.
const SETTLE_EVERY: Duration = Duration::from_millis(200);
/// How often it is looked whether the status list must be signed again.
const RENEW_EVERY: Duration = Duration::from_secs(10);

/// Serves until `stop` is done; then lets open requests end, numbers the last records, and returns. As long as it serves,
/// a file of the data folder tells the command line where.
///
/// # Errors
/// When the address of the listener can be reached from outside, because there is no TLS, or cannot be told.
pub(crate) async fn serve(
    service: Service,
    (data, config): (&Path, &Config),
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let address = listener.local_addr().context("the listener has no address")?;
    check_address(address)?;
    let _told = Told::write(data, address)?;
    let upkeep = Upkeep::default();
    let (stop_upkeep, stopped) = watch::channel(());
    let erasures = config.erasures_file(data);
    let worker = tokio::spawn(keep_up(service.clone(), upkeep.clone(), erasures, stopped));
    let limits = web::Limits { api_requests_per_minute: config.api_requests_per_minute };
    web::serve(web::router_with(service, upkeep, limits), listener, stop).await;
    drop(stop_upkeep);
    worker.await.context("the background worker ended with a fault")
}

/// The file with the address of the server; gone with it.
struct Told(PathBuf);

impl Told {
    /// Writes the address, for the owner of the folder alone.
    fn write(data: &Path, address: SocketAddr) -> anyhow::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let path = data.join(ADDRESS);
        let unwritable = || format!("{} cannot be written", path.display());
        // An old one, of a server that was killed, may be open to others.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error).with_context(unwritable),
            _ => {}
        }
        let file = std::fs::File::options().write(true).create_new(true).mode(0o600).open(&path);
        file.and_then(|mut file| writeln!(file, "{address}")).with_context(unwritable)?;
        Ok(Self(path))
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the address of the server could not be withdrawn"
            );
        }
    }
}

/// Refuses an address on which passwords and files would travel in clear.
pub(crate) fn check_address(address: SocketAddr) -> anyhow::Result<()> {
    if !address.ip().is_loopback() {
        bail!(
            "{address} can be reached from outside, and there is no TLS: listen on 127.0.0.1, behind a proxy with TLS"
        );
    }
    Ok(())
}

/// Done when the process is asked to stop: SIGINT (Ctrl-C) or SIGTERM (service manager).
pub(crate) async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::interrupt()).and_then(|first| Ok((first, signal(SignalKind::terminate())?)));
    match signals {
        Ok((mut interrupt, mut terminate)) => tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        },
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "signals cannot be listened to; stop by SIGKILL");
            std::future::pending::<()>().await;
        }
    }
}

/// The background work, until the sender of `stopped` is dropped; then once more, so that every record is numbered.
async fn keep_up(service: Service, upkeep: Upkeep, erasures: PathBuf, mut stopped: watch::Receiver<()>) {
    let mut settling = Trouble::new("numbering records and doing jobs");
    let mut renewing = Trouble::new("signing the status list");
    let mut forgetting = Trouble::new("forgetting answers that nobody may ask for again");
    let mut counting = Trouble::new("counting the days on which cases are due");
    let (mut listing, mut keeper) = (Trouble::new("keeping the list of erasures"), Keeper::default());
    let mut settle_tick = interval(SETTLE_EVERY);
    let mut renew_tick = interval(RENEW_EVERY);
    for tick in [&mut settle_tick, &mut renew_tick] {
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        tokio::select! {
            _ = settle_tick.tick() => settle(&service, &upkeep, &mut settling).await,
            _ = renew_tick.tick() => {
                renewing.note(public::renew_status_list(&service).await.err());
                forgetting.note(app::idempotency::forget_old_answers(&service).await.err());
                counting.note(app::work::refresh_queues(&service).await.err());
                listing.note(keeper.keep(service.db(), &erasures).await.err());
            }
            _ = stopped.changed() => break,
        }
    }
    settle(&service, &upkeep, &mut settling).await;
}

async fn settle(service: &Service, upkeep: &Upkeep, trouble: &mut Trouble) {
    let failure = match app::jobs::settle(service).await {
        // Another copy of the program numbered the records meanwhile.
        Ok(_) | Err(AppError::Log(db::LogError::Moved)) => None,
        Err(error) => Some(error),
    };
    match failure {
        None => upkeep.done(service.now()),
        Some(_) => upkeep.failed(),
    }
    trouble.note(failure);
}

/// Logs a failure that comes again and again when it begins, when it changes and when it ends.
struct Trouble {
    what: &'static str,
    last: Option<String>,
}

impl Trouble {
    fn new(what: &'static str) -> Self {
        Self { what, last: None }
    }

    fn note(&mut self, failure: Option<AppError>) {
        let text = failure.as_ref().map(ToString::to_string);
        if text == self.last {
            return;
        }
        match &failure {
            Some(error) => {
                tracing::error!(error = error as &dyn std::error::Error, "{} fails and is tried again", self.what);
            }
            None => tracing::info!("{} works again", self.what),
        }
        self.last = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_machine_is_served_without_tls() {
        for (address, is_served) in [
            ("127.0.0.1:8080", true),
            ("127.8.0.1:8080", true),
            ("[::1]:8080", true),
            ("0.0.0.0:8080", false),
            ("192.168.1.2:8080", false),
            ("[::]:8080", false),
        ] {
            let checked = check_address(address.parse().unwrap());
            assert_eq!(checked.is_ok(), is_served, "{address}");
        }
        let error = check_address("0.0.0.0:80".parse().unwrap()).unwrap_err().to_string();
        assert!(error.contains("TLS") && !error.contains('\n'), "{error}");
    }

    #[test]
    fn a_failure_that_stays_is_remembered_and_forgotten_when_it_ends() {
        let mut trouble = Trouble::new("the work");
        trouble.note(Some(AppError::Fault("a")));
        assert_eq!(trouble.last.as_deref(), Some("a fault of the program: a"));
        trouble.note(Some(AppError::Fault("b")));
        assert_eq!(trouble.last.as_deref(), Some("a fault of the program: b"));
        trouble.note(None);
        assert_eq!(trouble.last, None);
    }
}
