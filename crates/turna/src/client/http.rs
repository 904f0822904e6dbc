// SPDX-License-Identifier: Apache-2.0
//! One call over plain HTTP/1.1 to a server of the same machine, one connection for each.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use zeroize::Zeroizing;

/// How long a call may take: longer than the server works on one.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The most bytes of an answer: a printed card or a thousand records with their proofs are far smaller.
const ANSWER_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// Calls; returns status and body.
///
/// # Errors
/// When the server cannot be reached, takes too long, or does not speak HTTP/1.1.
pub(super) async fn call(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> anyhow::Result<(u16, Vec<u8>)> {
    let unreachable = || format!("the server at {address} does not answer");
    let talk = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(&head(address, method, path, headers, body.len())).await?;
        stream.write_all(body).await?;
        let mut answer = Vec::new();
        stream.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(answer)
    };
    let answer = timeout(TIMEOUT, talk).await.with_context(unreachable)?.with_context(unreachable)?;
    read(answer).with_context(|| format!("the server at {address} is not understood"))
}

/// The head of a request. A line break in a part would begin another header: paths and headers are made of parsed values.
fn head(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> Zeroizing<Vec<u8>> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    head.push_str(&format!("content-length: {length}\r\n"));
    for (name, value) in headers {
        head.push_str(&format!("{name}: {}\r\n", value.replace(['\r', '\n'], "")));
    }
    head.push_str("\r\n");
    Zeroizing::new(head.into_bytes())
}

/// Reads a whole answer. The server says how long it is, and closes the connection after it.
fn read(mut answer: Vec<u8>) -> anyhow::Result<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").context("no head")?;
    let body = answer.split_off(end + 4);
    let head = std::str::from_utf8(&answer[..end]).context("a head that is no text")?;
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap_or_default().strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3));
    let status: u16 = status.and_then(|status| status.parse().ok()).context("no status")?;
    let length = lines.filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    match length {
        Some(length) if length == body.len() => Ok((status, body)),
        Some(_) => bail!("the answer was cut off"),
        None => bail!("an answer of unknown length"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_a_whole_or_not_at_all() {
        let read_text = |text: &str| read(text.as_bytes().to_vec());
        let whole = read_text("HTTP/1.1 201 Created\r\nContent-Length: 3\r\nx: y\r\n\r\nabc").unwrap();
        assert_eq!(whole, (201, b"abc".to_vec()));
        for wrong in [
            "",
            "HTTP/1.1 200 OK\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc",
            "HTTP/1.1 abc\r\ncontent-length: 3\r\n\r\nabc",
            "HTTP/2 200\r\ncontent-length: 3\r\n\r\nabc",
        ] {
            assert!(read_text(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_line_break_begins_no_other_header() {
        let head = head("127.0.0.1:1".parse().unwrap(), "GET", "/", &[("authorization", "Bearer a\r\nx: y")], 0);
        assert!(!String::from_utf8_lossy(&head).contains("\nx: y"));
    }
}
