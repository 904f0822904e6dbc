// SPDX-License-Identifier: Apache-2.0
//! What checkers of cards fetch.

use app::public::{Renewal, renew_status_list};
use axum::http::StatusCode;
use credential::{
    status::decode_token,
    trust::{Purpose, TrustList},
};

use crate::{
    client::get,
    fixture::{Engine, Site},
};

#[tokio::test]
async fn the_status_list_is_signed_typed_and_open_to_every_site() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        let answer = get(&site.router, "/status/1").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), "application/statuslist+cwt");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        let trust = TrustList::open(get(&site.router, "/trust.json").await.text(), None).unwrap();
        let token = decode_token(&answer.body).unwrap();
        let signer = trust.signer(token.key_id()).unwrap();
        assert!(signer.may_sign(Purpose::StatusList), "{engine:?}");
        let token = token.verify(signer.certificate.public_key()).unwrap();
        assert_eq!(token.claims.subject, "https://turna.example/status/1", "{engine:?}");
    }
}

#[tokio::test]
async fn nobody_keeps_a_status_list_beyond_its_time() {
    let site = Site::ready(Engine::Sqlite).await;
    for (seconds, cache) in
        [(0, "public, max-age=60"), (3_570, "public, max-age=30"), (30, "no-cache"), (60, "no-cache")]
    {
        site.test.clock.advance_seconds(seconds);
        assert_eq!(get(&site.router, "/status/1").await.header("cache-control"), cache);
    }
}

#[tokio::test]
async fn the_status_list_is_signed_again_before_it_is_old() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        let first = get(&site.router, "/status/1").await.body;
        for (seconds, renewal) in [(3_299, Renewal::NotDue), (1, Renewal::Signed), (0, Renewal::NotDue)] {
            site.test.clock.advance_seconds(seconds);
            assert_eq!(renew_status_list(&site.service).await.unwrap(), renewal, "{engine:?}");
        }
        assert_ne!(get(&site.router, "/status/1").await.body, first);
    }
}

#[tokio::test]
async fn the_trust_list_opens_with_the_root() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        let answer = get(&site.router, "/trust.json").await;
        assert_eq!(answer.header("content-type"), "application/json");
        let list = TrustList::open(answer.text(), Some(site.test.root.certificate().fingerprint())).unwrap();
        assert_eq!(list.signers.len(), 2, "{engine:?}");
    }
}

#[tokio::test]
async fn before_the_first_signature_there_is_nothing() {
    let site = Site::empty().await;
    for path in ["/status/1", "/trust.json", "/status/2", "/status/"] {
        assert_eq!(get(&site.router, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
