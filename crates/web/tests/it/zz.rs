// SPDX-License-Identifier: Apache-2.0
//! x
use crate::fixture::{Engine, Site};
#[tokio::test(flavor = "multi_thread")]
async fn zz_serve() {
    let site = Site::ready(Engine::Sqlite).await;
    site.grow_log_to(1234).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8099").await.unwrap();
    web::serve(site.router.clone(), listener, tokio::time::sleep(std::time::Duration::from_secs(2400))).await;
}
