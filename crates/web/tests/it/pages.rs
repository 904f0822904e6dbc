// SPDX-License-Identifier: Apache-2.0
//! The status page in every language.

use axum::http::StatusCode;

use crate::{
    client::{browse, get},
    fixture::{Engine, Site},
};

#[tokio::test]
async fn the_status_page_speaks_every_language() {
    let site = Site::ready(Engine::Sqlite).await;
    site.grow_log_to(1_234).await;
    for (code, tag, direction, title, size) in [
        ("az", "az", "ltr", "Özünüz yoxlayın", "1\u{a0}234"),
        ("en", "en", "ltr", "Check for yourself", "1,234"),
        ("ru", "ru", "ltr", "Проверьте сами", "1\u{a0}234"),
        ("ar", "ar", "rtl", "تحقّقوا بأنفسكم", "١٬٢٣٤"),
        ("fa", "fa-AF", "rtl", "خودتان بررسی کنید", "۱٬۲۳۴"),
    ] {
        let answer = get(&site.router, &format!("/transparency?lang={code}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{code}");
        assert_eq!(answer.header("content-language"), tag);
        assert_eq!(answer.header("vary"), "Accept-Language, Cookie");
        let page = answer.text();
        assert!(
            page.contains(&format!("<html class=\"govuk-template\" lang=\"{tag}\" dir=\"{direction}\">")),
            "{code}"
        );
        assert!(page.contains(&format!("<h1 class=\"govuk-heading-l\">{title}</h1>")), "{code}");
        assert_eq!(page.matches("<h1").count(), 1, "{code}");
        assert!(page.contains(&format!("<bdi class=\"turna-number\">{size}</bdi>")), "{code}");
        assert!(!page.contains("site-") && !page.contains("card-check-"), "{code}: a key is shown");
        for word in ["style=", "<script>", "onclick", "<style", "http-equiv"] {
            assert!(!page.contains(word), "{code}: {word}");
        }
    }
}

#[tokio::test]
async fn the_page_shows_the_head_that_the_checkpoint_signs() {
    for engine in Engine::ALL {
        let site = Site::ready(engine).await;
        site.grow_log_to(60).await;
        let checkpoint = get(&site.router, "/log/checkpoint").await;
        let size = checkpoint.text().lines().nth(1).unwrap().to_owned();
        let page = browse(&site.router, "/transparency").await;
        assert_eq!(size, "60");
        let verifier = transparency::VerifierKey::parse(get(&site.router, "/log/verifier.key").await.text().trim_end());
        let head = transparency::Checkpoint::open(checkpoint.text(), &verifier.unwrap()).unwrap().head;
        assert!(page.text().contains(&domain::audit::hex(head.root)), "{engine:?}");
    }
}

#[tokio::test]
async fn names_from_the_configuration_cannot_carry_markup() {
    let site = Site::ready(Engine::Sqlite).await.with_issuer("Test <Service>").await;
    let page = browse(&site.router, "/transparency").await;
    assert!(page.text().contains("Test &#60;Service&#62;"), "{}", page.text());
    let page = browse(&site.router, "/transparency?lang=%3Cscript%3E").await;
    assert!(!page.text().contains("<script>"));
}

#[tokio::test]
async fn every_link_of_the_page_leads_somewhere() {
    let site = Site::ready(Engine::Sqlite).await;
    let page = browse(&site.router, "/transparency").await.text().to_owned();
    let links: Vec<&str> = page
        .split("href=\"")
        .skip(1)
        .chain(page.split("src=\"").skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(links.len() > 10);
    for link in links {
        if let Some(id) = link.strip_prefix('#') {
            assert!(page.contains(&format!("id=\"{id}\"")), "{link}");
            continue;
        }
        let path = if link.starts_with('?') { format!("/transparency{link}") } else { link.to_owned() };
        assert_eq!(browse(&site.router, &path).await.status, StatusCode::OK, "{link}");
    }
}
