// SPDX-License-Identifier: Apache-2.0
//! Styles, pictures and scripts: how a page links them, how long a browser keeps them, and what a first visit weighs.

use std::io::Read as _;

use axum::http::StatusCode;

use crate::{
    client::{Answer, browse, get, request, send},
    fixture::{Engine, Site},
};

/// What a first visit may weigh, in bytes, compressed: page, style and whatever it links (reference: 2G in the field).
const FIRST_VISIT_BYTES_MAX: usize = 60 * 1024;

/// The addresses below `/static/` that a page links.
fn linked(page: &str) -> Vec<String> {
    let links = page.split('"').filter(|part| part.starts_with("/static/"));
    let mut links: Vec<_> = links.map(str::to_owned).collect();
    links.sort();
    links.dedup();
    links
}

async fn compressed(site: &Site, path: &str) -> Answer {
    send(&site.router, request("GET", path, &[("accept-encoding", "gzip")])).await
}

#[tokio::test]
async fn what_a_page_links_is_kept_for_ever_and_comes_compressed() {
    let site = Site::ready(Engine::Sqlite).await;
    for language in ["az", "fa"] {
        let page = browse(&site.router, &format!("/?lang={language}")).await.text().to_owned();
        let links = linked(&page);
        assert!(links.iter().any(|path| path.ends_with(".css")), "{links:?}");
        assert!(links.iter().any(|path| path.ends_with(".svg")), "{links:?}");
        for path in links {
            let plain = get(&site.router, &path).await;
            assert_eq!(plain.status, StatusCode::OK, "{path}");
            assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
            assert_eq!(plain.header("vary"), "Accept-Encoding", "{path}");
            assert_eq!(plain.header("content-encoding"), "", "{path}");
            let packed = compressed(&site, &path).await;
            assert_eq!(packed.header("content-encoding"), "gzip", "{path}");
            assert_eq!(packed.header("content-type"), plain.header("content-type"), "{path}");
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == plain.body, "{path} is another file when compressed");
        }
    }
}

#[tokio::test]
async fn right_to_left_has_a_style_of_its_own() {
    let site = Site::ready(Engine::Sqlite).await;
    let style = async |language: &str| {
        let page = browse(&site.router, &format!("/?lang={language}")).await.text().to_owned();
        linked(&page).into_iter().find(|path| path.ends_with(".css")).unwrap()
    };
    assert_eq!(style("az").await, style("ru").await);
    assert_eq!(style("ar").await, style("fa").await);
    let (left, right) = (style("en").await, style("fa").await);
    assert_ne!(left, right);
    // The red bar of a wrong field stands where its line begins.
    let bar =
        |style: &str| style.split(".govuk-form-group--error{").nth(1).unwrap().split('}').next().unwrap().to_owned();
    assert!(bar(get(&site.router, &left).await.text()).contains("border-left:5px solid"));
    assert!(bar(get(&site.router, &right).await.text()).contains("border-right:5px solid"));
}

#[tokio::test]
async fn nothing_of_gov_uk_s_own_is_served() {
    let site = Site::ready(Engine::Sqlite).await;
    for name in ["turna.css", "turna-rtl.css"] {
        let style = get(&site.router, &format!("/static/{name}")).await;
        assert_eq!((style.status, style.header("cache-control")), (StatusCode::OK, "public, no-cache"));
        for foreign in ["GDS Transport", "@font-face", "crown.", "crest", "http:", "https:", "url("] {
            let text = style.text().replace("\"http://\"", "").replace("\"https://\"", "");
            assert!(!text.contains(foreign), "{name}: {foreign}");
        }
        assert!(style.text().starts_with("/*! govuk-frontend"), "the licence is named");
    }
}

#[tokio::test]
async fn a_file_that_is_not_ours_is_not_there() {
    let site = Site::ready(Engine::Sqlite).await;
    for path in [
        "/static/",
        "/static/turna.000000000000.css",
        "/static/components-ltr.css",
        "/static/../Cargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/turna.css/",
    ] {
        assert_eq!(get(&site.router, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_first_visit_weighs_little() {
    let site = Site::ready(Engine::Sqlite).await;
    for language in ["az", "en", "ru", "ar", "fa"] {
        let path = format!("/?lang={language}");
        let page = browse(&site.router, &path).await;
        let mut bytes = page.body.len();
        for link in linked(page.text()) {
            bytes += compressed(&site, &link).await.body.len();
        }
        assert!(bytes < FIRST_VISIT_BYTES_MAX, "{language}: {bytes} bytes, the page itself not compressed");
    }
}
