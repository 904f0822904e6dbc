// SPDX-License-Identifier: Apache-2.0
//! Real connections, on a port that the system chooses.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::fixture::{Engine, Site};

#[tokio::test]
async fn the_server_answers_and_stops_when_it_is_told_to() {
    let site = Site::ready(Engine::Sqlite).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(web::serve(site.router.clone(), listener, async move {
        stopped.await.unwrap();
    }));

    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut start = [0; 15];
    idle.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");

    // A connection that is kept open and says nothing does not hold the server up.
    stop.send(()).unwrap();
    server.await.unwrap();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"ok\n"));
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn more_headers_than_anybody_needs_are_refused() {
    let site = Site::ready(Engine::Sqlite).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(web::serve(site.router.clone(), listener, std::future::pending()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!("GET /health HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(100));
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 431 "), "{}", String::from_utf8_lossy(&answer));
    server.abort();
}
