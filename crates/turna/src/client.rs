// SPDX-License-Identifier: Apache-2.0
//! The command line as a client of the interface: the same calls go to the server that runs in the data folder, or stay in
//! this program when none does. So a verb does the same and says the same, wherever it is done.

mod http;

use std::{net::SocketAddr, path::Path};

use anyhow::{Context as _, bail};
use serde::{Serialize, de::DeserializeOwned};
use web::api::{
    BASE, Here,
    wire::{self, LogHead, ProblemDocument},
};
use zeroize::Zeroizing;

/// File of the data folder with the address of the server that runs in it.
pub(crate) const ADDRESS: &str = "turna.address";
/// What the interface answers when an account asks too often, and how long to wait then.
const TOO_OFTEN: u16 = 429;
const PAUSE: std::time::Duration = std::time::Duration::from_secs(1);
/// The most bytes of that file.
const ADDRESS_BYTES_MAX: u64 = 100;

/// Where calls go.
pub(crate) enum Transport {
    /// Nowhere: no server runs, and this program has the folder for itself.
    Here(Here),
    /// To the server of the data folder.
    There(SocketAddr),
}

/// How a call ended.
pub(crate) enum Ended<T> {
    /// It was done.
    Done(T),
    /// A rule stood in the way.
    Refused(Box<ProblemDocument>),
}

/// Nobody was signed in.
#[derive(Debug, thiserror::Error)]
#[error("not signed in: name, password or token is wrong, or the account is disabled or has to wait")]
pub(crate) struct NotSignedIn;

/// A client, signed in or not.
pub(crate) struct Client {
    transport: Transport,
    token: Option<Zeroizing<String>>,
}

/// The server of a data folder, if its file names one.
///
/// # Errors
/// When the file cannot be read or names no address of this machine.
pub(crate) fn server_of(data: &Path) -> anyhow::Result<Option<SocketAddr>> {
    let path = data.join(ADDRESS);
    match std::fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        Ok(metadata) if metadata.len() > ADDRESS_BYTES_MAX => bail!("{} is no address of a server", path.display()),
        Ok(_) => {}
    }
    let text = std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let address: SocketAddr =
        text.trim().parse().with_context(|| format!("{} is no address of a server", path.display()))?;
    if !address.ip().is_loopback() {
        bail!("{} names another machine: a password goes to no other", path.display());
    }
    Ok(Some(address))
}

impl Client {
    /// A client that has not signed in.
    pub(crate) fn new(transport: Transport) -> Self {
        Self { transport, token: None }
    }

    /// The same client, with a token.
    pub(crate) fn with_token(self, token: Zeroizing<String>) -> Self {
        Self { token: Some(token), ..self }
    }

    /// Asks a question.
    ///
    /// # Errors
    /// [`NotSignedIn`]; when the call failed.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Ended<T>> {
        self.call("GET", path, None).await
    }

    /// Does an act.
    ///
    /// # Errors
    /// [`NotSignedIn`]; when the call failed.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<Ended<T>> {
        let body = Zeroizing::new(serde_json::to_vec(body).context("a request is always JSON")?);
        self.call("POST", path, Some(&body)).await
    }

    /// Does an act once, however often it is called with the same key; waits when the server says that it is asked too often.
    ///
    /// # Errors
    /// [`NotSignedIn`]; when the call failed.
    pub(crate) async fn post_once<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: &str,
    ) -> anyhow::Result<Ended<T>> {
        let body = Zeroizing::new(serde_json::to_vec(body).context("a request is always JSON")?);
        let path = format!("{BASE}{path}");
        loop {
            let (status, answer) = self.send("POST", &path, Some(&body), Some(key)).await?;
            if status != TOO_OFTEN {
                return understood(status, answer);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Ends something.
    ///
    /// # Errors
    /// [`NotSignedIn`]; when the call failed.
    pub(crate) async fn delete(&self, path: &str) -> anyhow::Result<Ended<wire::Done>> {
        self.call("DELETE", path, None).await
    }

    /// The head of the log, in which every act that was answered before is.
    ///
    /// # Errors
    /// [`NotSignedIn`]; when the call failed.
    pub(crate) async fn log_head(&self) -> anyhow::Result<LogHead> {
        match self.get("/audit/checkpoint").await? {
            Ended::Done(head) => Ok(head),
            Ended::Refused(problem) => bail!("the head of the log was refused: {}", problem.detail),
        }
    }

    /// A public file; `None` if there is none.
    ///
    /// # Errors
    /// When the call failed.
    pub(crate) async fn file(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let (status, body) = self.send("GET", path, None, None).await?;
        match status {
            200 => Ok(Some(body)),
            404 => Ok(None),
            _ => bail!("the server answered {path} with {status}"),
        }
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: Option<&[u8]>,
    ) -> anyhow::Result<Ended<T>> {
        let (status, body) = self.send(method, &format!("{BASE}{path}"), body, None).await?;
        understood(status, body)
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<&[u8]>,
        key: Option<&str>,
    ) -> anyhow::Result<(u16, Vec<u8>)> {
        let authorization = self.token.as_ref().map(|token| Zeroizing::new(format!("Bearer {}", token.as_str())));
        let mut headers = vec![("accept", "application/json")];
        if let Some(authorization) = &authorization {
            headers.push(("authorization", authorization));
        }
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        if let Some(key) = key {
            headers.push(("idempotency-key", key));
        }
        let body = body.unwrap_or_default();
        match &self.transport {
            Transport::Here(here) => {
                let answered = here.call(method, path, &headers, body.to_vec()).await?;
                Ok((answered.status, answered.body))
            }
            Transport::There(address) => http::call(*address, method, path, &headers, body).await,
        }
    }
}

/// The answer of the interface.
fn understood<T: DeserializeOwned>(status: u16, body: Vec<u8>) -> anyhow::Result<Ended<T>> {
    let body = Zeroizing::new(body);
    if (200..300).contains(&status) {
        return Ok(Ended::Done(serde_json::from_slice(&body).context("the answer is not understood")?));
    }
    let problem: ProblemDocument =
        serde_json::from_slice(&body).with_context(|| format!("the server answered with {status}"))?;
    match status {
        401 => Err(NotSignedIn.into()),
        403 | 404 | 409 | 422 => Ok(Ended::Refused(Box::new(problem))),
        _ => bail!("{} (reference {})", problem.detail, problem.request_id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_one_of_this_machine_or_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(server_of(folder.path()).unwrap(), None);
        let path = folder.path().join(ADDRESS);
        for (text, is_address) in [
            ("127.0.0.1:8080\n", true),
            ("[::1]:8080", true),
            ("192.168.1.2:8080", false),
            ("localhost:8080", false),
            ("", false),
            (&"1".repeat(200), false),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(server_of(folder.path()).is_ok(), is_address, "{text}");
        }
    }
}
