// SPDX-License-Identifier: Apache-2.0
//! `/health` and `/ready`.

use axum::http::StatusCode;

use crate::{
    client::{Answer, browse, get},
    fixture::{Engine, Site},
};

const ALL_WELL: &str = "{\"database\":\"ok\",\"log\":\"ok\",\"ready\":true,\"status_list\":\"ok\",\"upkeep\":\"ok\"}\n";

fn assert_not_ready(answer: &Answer, failed: &str) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{failed}");
    assert_eq!(answer.header("content-type"), "application/json");
    let word = format!("\"{failed}\":\"ok\"");
    let expected = ALL_WELL.replace(&word, &word.replace("ok", "failed")).replace("true", "false");
    assert_eq!(answer.text(), expected);
}

#[tokio::test]
async fn a_server_with_everything_in_order_is_ready() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        let ready = get(&site.router, "/ready").await;
        assert_eq!((ready.status, ready.text()), (StatusCode::OK, ALL_WELL), "{engine:?}");
        assert_eq!(ready.header("cache-control"), "no-store");
        let health = get(&site.router, "/health").await;
        assert_eq!((health.status, health.text()), (StatusCode::OK, "ok\n"), "{engine:?}");
        assert_eq!(health.header("content-type"), "text/plain; charset=utf-8");
    }
}

#[tokio::test]
async fn a_server_without_its_database_lives_but_is_not_ready() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        site.service.db().clone().close().await;
        let ready = get(&site.router, "/ready").await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE, "{engine:?}");
        assert!(ready.text().contains("\"database\":\"failed\""), "{}", ready.text());
        assert_eq!(get(&site.router, "/health").await.status, StatusCode::OK, "{engine:?}");
    }
}

#[tokio::test]
async fn a_status_list_older_than_checkers_may_keep_it_is_told() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        site.test.clock.advance_seconds(3_600);
        site.settle().await;
        assert_eq!(get(&site.router, "/ready").await.status, StatusCode::OK, "{engine:?}");
        site.test.clock.advance_seconds(1);
        assert_not_ready(&get(&site.router, "/ready").await, "status_list");
        app::public::renew_status_list(&site.service).await.unwrap();
        assert_eq!(get(&site.router, "/ready").await.status, StatusCode::OK, "{engine:?}");
    }
}

#[tokio::test]
async fn background_work_that_fails_or_stops_is_told() {
    let site = Site::ready(Engine::Sqlite).await;
    site.upkeep.failed();
    assert_not_ready(&get(&site.router, "/ready").await, "upkeep");
    site.settle().await;
    site.test.clock.advance_seconds(60);
    assert_not_ready(&browse(&site.router, "/ready").await, "upkeep");
}

#[tokio::test]
async fn a_checkpoint_signed_by_another_key_is_told() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        let other = site.with_other_log_key().await;
        other.upkeep.done(other.service.now());
        assert_not_ready(&get(&other.router, "/ready").await, "log");
        let page = browse(&other.router, "/transparency").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Not in order"));
    }
}

#[tokio::test]
async fn a_server_that_has_published_nothing_is_not_ready() {
    let site = Site::empty().await;
    let ready = get(&site.router, "/ready").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    let expected = ALL_WELL.replace("true", "false").replace("ok", "failed").replacen("failed", "ok", 1);
    assert_eq!(ready.text(), expected);
}
