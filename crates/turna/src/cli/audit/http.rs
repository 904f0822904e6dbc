// SPDX-License-Identifier: Apache-2.0
//! Reads the files of a log from a server over plain HTTP/1.1. There is no TLS yet; what is read is verified by its
//! signatures, so that whoever sits on the line can withhold the log but not change it.

use std::{
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs as _},
    time::Duration,
};

use anyhow::{Context as _, anyhow, bail};
use transparency::{LogFiles, SourceError, layout::FILE_BYTES_MAX};

/// How long the server may take for one step, in seconds.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The most bytes of an answer's head.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// The port of plain HTTP.
const PORT: &str = "80";

/// The address of a log.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HttpLog {
    /// Host and port, to connect to.
    authority: String,
    /// What the server is asked for as host.
    host: String,
    /// Path before the names of the files, without a slash at the end.
    path: String,
}

impl HttpLog {
    /// Parses `http://HOST[:PORT][/PATH]`.
    ///
    /// # Errors
    /// When it is another address; the message says what is missing.
    pub(super) fn parse(url: &str) -> anyhow::Result<Self> {
        if url.starts_with("https://") {
            bail!("https is not spoken yet: fetch the log with another program and verify it with --export");
        }
        let rest = url.strip_prefix("http://").ok_or_else(|| anyhow!("an address begins with http://"))?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#@\\".contains(&byte));
        if host.is_empty() || !is_plain(host) || !is_plain(path) {
            bail!("an address is http://HOST[:PORT][/PATH]");
        }
        let has_port =
            host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok()) && !host.ends_with(']');
        let authority = if has_port { host.to_owned() } else { format!("{host}:{PORT}") };
        let path = path.trim_end_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(Self { authority, host: host.to_owned(), path })
    }

    /// Fetches a file; `None` where the server says that there is none.
    ///
    /// # Errors
    /// When the server cannot be reached, answers anything else, or sends too much.
    pub(super) fn get(&self, name: &str) -> anyhow::Result<Option<Vec<u8>>> {
        let mut stream = self.connect()?;
        let request = format!(
            "GET {}/{name} HTTP/1.1\r\nHost: {}\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n",
            self.path, self.host
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let limit = u64::try_from(HEAD_BYTES_MAX + FILE_BYTES_MAX + 1)?;
        stream.take(limit).read_to_end(&mut answer)?;
        parse_answer(&answer)
    }

    fn connect(&self) -> anyhow::Result<TcpStream> {
        let mut last = None;
        for address in self.authority.to_socket_addrs()? {
            match TcpStream::connect_timeout(&address, TIMEOUT) {
                Ok(stream) => {
                    stream.set_read_timeout(Some(TIMEOUT))?;
                    stream.set_write_timeout(Some(TIMEOUT))?;
                    return Ok(stream);
                }
                Err(error) => last = Some(error),
            }
        }
        let unreachable = || format!("{} cannot be reached", self.authority);
        Err(last.map_or_else(|| anyhow!("no such host"), anyhow::Error::from)).with_context(unreachable)
    }
}

impl LogFiles for HttpLog {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(path).map_err(|error| SourceError::new(format!("{error:#}")))
    }
}

/// Reads a whole answer to the end of the connection.
fn parse_answer(answer: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").context("the server speaks no HTTP/1.1")?;
    let head = std::str::from_utf8(&answer[..end]).context("the server speaks no HTTP/1.1")?;
    let body = &answer[end + 4..];
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap_or_default();
    let code = status.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1));
    match code {
        Some("200") => {}
        Some("404") => return Ok(None),
        _ => bail!("the server answers {:?}", status.chars().take(80).collect::<String>()),
    }
    let mut length = None;
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<usize>().context("content-length is no number")?);
        }
        if name.eq_ignore_ascii_case("transfer-encoding") {
            return dechunk(body).map(Some);
        }
    }
    match length {
        Some(length) if length > FILE_BYTES_MAX => bail!("the file is longer than any of a log"),
        Some(length) if length > body.len() => bail!("the answer was cut off"),
        Some(length) => Ok(Some(body[..length].to_vec())),
        None if body.len() > FILE_BYTES_MAX => bail!("the file is longer than any of a log"),
        None => Ok(Some(body.to_vec())),
    }
}

/// Puts a chunked body together (RFC 9112 section 7.1).
fn dechunk(mut body: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n").context("the answer was cut off")?;
        let size = std::str::from_utf8(&body[..end])?.split(';').next().unwrap_or_default();
        let size = usize::from_str_radix(size.trim(), 16).context("a chunk has no size")?;
        let chunk = body.get(end + 2..).unwrap_or_default();
        if size == 0 {
            return Ok(whole);
        }
        if size > chunk.len() || whole.len() + size > FILE_BYTES_MAX {
            bail!("the answer was cut off or is longer than any file of a log");
        }
        whole.extend_from_slice(&chunk[..size]);
        body = chunk.get(size + 2..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read() {
        let log = HttpLog::parse("http://127.0.0.1:8080/log/").unwrap();
        assert_eq!((log.authority.as_str(), log.path.as_str()), ("127.0.0.1:8080", "/log"));
        assert_eq!(HttpLog::parse("http://log.example").unwrap().authority, "log.example:80");
        assert_eq!(HttpLog::parse("http://[::1]").unwrap().authority, "[::1]:80");
        for wrong in ["https://log.example", "log.example", "http://", "http://a b", "http://a/x?y", "http://u@h/"] {
            assert!(HttpLog::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn answers_are_read() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc";
        assert_eq!(parse_answer(whole).unwrap().as_deref(), Some(&b"abc"[..]));
        let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\n\r\n";
        assert_eq!(parse_answer(chunked).unwrap().as_deref(), Some(&b"abc"[..]));
        assert_eq!(parse_answer(b"HTTP/1.1 404 Not Found\r\n\r\n").unwrap(), None);
    }

    #[test]
    fn answers_that_are_none_are_refused() {
        let huge = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", usize::MAX);
        for wrong in [
            &b""[..],
            b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
            b"HTTP/1.1 302 Found\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab",
            huge.as_bytes(),
        ] {
            assert!(parse_answer(wrong).is_err(), "{}", String::from_utf8_lossy(wrong));
        }
    }
}
