// SPDX-License-Identifier: Apache-2.0
//! The pages for the people: checking a card, the own file, news and the film, the law of a day; what they say, what they
//! leave behind, and how much a telephone has to fetch.

use std::{collections::BTreeMap, io::Write as _};

use app::{
    oversight::{AccessToken, give_access_token},
    registry::{ErasePerson, ProposeErasure, RegisterFamily, store_photo},
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use flate2::{Compression, write::GzEncoder};
use testkit::{TestService, people};

use crate::{
    browser::Browser,
    client::{Answer, browse, get, request, send},
    fixture::{Engine, Site},
};

/// What a telephone fetches at most on a first visit, and on a further page, in bytes (gzip).
const FIRST_BYTES_MAX: usize = 60 << 10;
const NEXT_BYTES_MAX: usize = 15 << 10;

const LANGUAGES: [&str; 5] = ["az", "en", "ru", "ar", "fa"];

/// The pages that anybody reads.
const PAGES: [&str; 10] = [
    "/",
    "/news",
    "/news/migrants-day",
    "/verify",
    "/file",
    "/law",
    "/law/int-1951-refugees",
    "/terms",
    "/privacy",
    "/transparency",
];

/// A recognised refugee with a photo.
async fn refugee(test: &TestService) -> PersonNumber {
    let person = registered(test, "Daud", "1987-03-21").await;
    test.decided_claim(&person, "recognised").await;
    person
}

async fn registered(test: &TestService, given: &str, birth: &str) -> PersonNumber {
    let registration = people::single(CollectedFor::Asylum, given, "Sahrayi", birth);
    let photo = store_photo(&test.service, b"a photo").await.unwrap();
    let family = RegisterFamily { registration, photos: BTreeMap::from([(0, photo)]) };
    test.done(Role::Registrar, family).await.members.remove(0).number
}

async fn given(test: &TestService, person: &PersonNumber) -> AccessToken {
    let context = test.context(Role::Registrar);
    give_access_token(&test.service, &context, person).await.unwrap().done().unwrap()
}

async fn filled() -> (Site, PersonNumber) {
    let site = Site::ready(Engine::Sqlite).await;
    let person = refugee(&site.test).await;
    site.test.filled_site(Some(&person)).await;
    site.settle().await;
    (site, person)
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

/// The files that a page fetches by itself; a film and what a press of a button fetches are none.
fn fetched(page: &str) -> Vec<String> {
    let after = |mark: &str| -> Vec<String> {
        page.split(mark).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let mut files: Vec<String> = after("rel=\"stylesheet\" href=\"")
        .into_iter()
        .chain(after("<img src=\""))
        .chain(after("<script src=\""))
        .collect();
    files.retain(|file| file.starts_with("/static/"));
    files.sort();
    files.dedup();
    files
}

#[tokio::test]
async fn a_first_visit_and_a_further_page_are_light() {
    let (site, _) = filled().await;
    for language in LANGUAGES {
        for path in PAGES {
            let page = get(&site.router, &format!("{path}?lang={language}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            let html = compressed(page.text().as_bytes());
            assert!(html <= NEXT_BYTES_MAX, "{path} {language}: {html} bytes");
            let mut first = html;
            for file in fetched(page.text()) {
                first += compressed(&get(&site.router, &file).await.body);
            }
            assert!(first <= FIRST_BYTES_MAX, "{path} {language}: {first} bytes on a first visit");
        }
    }
}

#[tokio::test]
async fn every_page_speaks_every_language_and_shows_no_key() {
    let (site, _) = filled().await;
    for language in LANGUAGES {
        for path in PAGES {
            let page = get(&site.router, &format!("{path}?lang={language}")).await;
            let text = page.text();
            assert_eq!(text.matches("<h1").count(), 1, "{path} {language}");
            for slice in ["home-", "news-", "verify-", "file-", "law-", "terms-", "site-", "asylum-", "audit-"] {
                let shown = text.split('>').any(|part| part.split('<').next().unwrap().trim().starts_with(slice));
                assert!(!shown, "{path} {language}: a key of {slice} is shown");
            }
            for word in ["style=", "<script>", "onclick", "<style"] {
                assert!(!text.contains(word), "{path} {language}: {word}");
            }
        }
    }
}

async fn checked(site: &Site, text: &str, language: &str) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("text", text).finish();
    let request = Request::builder()
        .method("POST")
        .uri(format!("/verify?lang={language}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body));
    send(&site.router, request.unwrap()).await
}

#[tokio::test]
async fn a_card_is_answered_by_word_shape_and_colour_in_every_language() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = refugee(&site.test).await;
    let (number, text) = site.test.active_card(&person).await;
    site.settle().await;
    for (language, word) in
        [("az", "ETİBARLIDIR"), ("en", "VALID"), ("ru", "ДЕЙСТВИТЕЛЬНО"), ("ar", "صالحة"), ("fa", "معتبر است")]
    {
        let good = checked(&site, &text, language).await;
        let page = good.text();
        assert!(page.contains(&format!("<h1 class=\"turna-answer__word\">{word}</h1>")), "{language}");
        assert!(page.contains("turna-answer--good") && page.contains("turna-answer__shape"), "{language}");
        assert!(page.contains("<bdi>Daud Sahrayi</bdi>") && page.contains("data:image/webp;base64,"), "{language}");
        assert!(!page.contains(number.as_str()), "{language}: what a bank need not see");
    }
    let suspend = app::cards::SuspendCard { number, reason: "lost".into() };
    site.test.done(Role::CardOfficer, suspend).await;
    site.settle().await;
    for (text, word) in [(text.as_str(), "SUSPENDED"), ("HELLO", "NOT READABLE")] {
        let page = checked(&site, text, "en").await;
        let page = page.text();
        assert!(page.contains(word), "{word}");
        assert!(page.contains("This answer is about the card, not about the person."), "{word}");
        assert!(!page.contains("Sahrayi") && !page.contains("data:image"), "{word}: of a card that is not genuine");
    }
}

#[tokio::test]
async fn a_check_keeps_nothing_and_sets_no_cookie() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = refugee(&site.test).await;
    let (_, text) = site.test.active_card(&person).await;
    site.settle().await;
    let before = site.test.records().await.len();
    for text in [text.as_str(), "HELLO", "<script>alert(1)</script>"] {
        let answer = checked(&site, text, "en").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("cache-control"), "no-store");
        let cookies: Vec<_> =
            answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
        assert!(cookies.iter().all(|cookie| cookie.starts_with("__Host-language=")), "{cookies:?}");
        assert!(!answer.text().contains("<script>alert"), "what was pasted is shown as text");
    }
    assert_eq!(site.test.records().await.len(), before);
}

#[tokio::test]
async fn a_picture_of_a_card_is_checked_and_an_empty_form_is_asked_for_again() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = refugee(&site.test).await;
    let (_, text) = site.test.active_card(&person).await;
    site.settle().await;
    let picture = site.test.printer().qr_picture(&text).unwrap();
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"card.png\"\r\n\r\n".to_vec();
    body.extend(&picture);
    body.extend(b"\r\n--x--\r\n");
    let post = |body: Vec<u8>| {
        let request = Request::builder().method("POST").uri("/verify").header("accept-language", "en");
        request.header("content-type", "multipart/form-data; boundary=x").body(Body::from(body)).unwrap()
    };
    assert!(send(&site.router, post(body)).await.text().contains("turna-answer--good"));
    let empty = send(&site.router, post(b"--x--\r\n".to_vec())).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.text().contains("Choose a picture or paste the text."));
}

#[tokio::test]
async fn an_answer_is_shown_again_in_another_language() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = refugee(&site.test).await;
    let (_, text) = site.test.active_card(&person).await;
    site.settle().await;
    let browser = Browser::new(&site.router);
    let answer = browser.post("/verify", &[("text", &text), ("answered", "1"), ("_language", "fa")]).await;
    assert!(answer.text().contains("معتبر است"), "{}", answer.text());
    let form = browser.post("/verify", &[("text", "half"), ("_language", "ru")]).await;
    assert!(form.text().contains("half") && form.text().contains("Проверить удостоверение беженца"));
}

#[tokio::test]
async fn whatever_is_wrong_with_key_or_pin_is_answered_with_the_same_bytes() {
    let site = Site::ready(Engine::Sqlite).await;
    let (test, browser) = (&site.test, Browser::new(&site.router));
    let person = refugee(test).await;
    let token = given(test, &person).await;
    let wrong = if token.pin.expose() == "000000" { "000001" } else { "000000" };
    let answer = async |token: &str, pin: &str| {
        let answer = browser.post("/file", &[("token", token), ("pin", pin)]).await;
        let names = answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
        (answer.status, names, answer.text().to_owned())
    };
    let first = answer("no such key", "123456").await;
    assert_eq!(first.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!first.2.contains("no such key"), "what was typed is in no page");
    assert_eq!(answer(token.token.expose(), wrong).await, first);
    let gone = registered(test, "Karim", "1990-01-01").await;
    let of_gone = given(test, &gone).await;
    let reason = "The family left the country for good.".to_owned();
    let case = test.done(Role::Registrar, ProposeErasure { number: gone, reason: reason.clone() }).await;
    test.done(Role::HeadOfOffice, ErasePerson { case, reason }).await;
    assert_eq!(answer(of_gone.token.expose(), of_gone.pin.expose()).await, first);
    for _ in 0..5 {
        answer(token.token.expose(), wrong).await;
    }
    assert_eq!(answer(token.token.expose(), token.pin.expose()).await, first, "a used-up key");
}

#[tokio::test]
async fn a_person_reads_her_file_and_leaves_nothing_behind() {
    let site = Site::ready(Engine::Sqlite).await;
    let person = refugee(&site.test).await;
    let token = given(&site.test, &person).await;
    let browser = Browser::new(&site.router).reading("fa");
    let (key, pin) = (token.token.expose().as_str(), token.pin.expose().as_str());
    let opened = browser.post("/file", &[("token", key), ("pin", pin)]).await;
    assert_eq!((opened.status, opened.header("location")), (StatusCode::SEE_OTHER, "/file"));
    let cookie = opened.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-file=") && !cookie.contains("Max-Age"), "{cookie}");
    for part in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let file = browser.get("/file").await;
    assert_eq!((file.status, file.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(file.text().contains("درخواست شما را دریافت کردیم."), "{}", file.text());
    assert!(
        !file.text().contains("Sahrayi") && !file.text().contains(person.as_str()),
        "whoever looks over her shoulder"
    );
    assert!(!file.text().contains(key), "the key is in no page");
    let stored = browser.cookie("__Host-file").unwrap();
    let left = browser.post("/file/leave", &[]).await;
    assert_eq!(left.header("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");
    assert!(left.header("set-cookie").contains("__Host-file=; ") && left.header("set-cookie").contains("Max-Age=0"));
    let back = send(&site.router, request("GET", "/file", &[("cookie", &format!("__Host-file={stored}"))])).await;
    assert!(back.text().contains("name=\"pin\""), "back leads to the form");
}

#[tokio::test]
async fn a_forged_form_neither_takes_the_key_nor_a_consent() {
    let (site, person) = filled().await;
    let token = given(&site.test, &person).await;
    let browser = Browser::new(&site.router);
    let open = [("token", token.token.expose().as_str()), ("pin", token.pin.expose().as_str())];
    browser.post("/file", &open).await;
    for path in ["/file/key", "/file/consent"] {
        for body in ["", "_csrf=AAAA"] {
            assert_eq!(browser.post_bare(path, body).await.status, StatusCode::FORBIDDEN, "{path} {body}");
        }
    }
    let file = browser.get("/file").await;
    let consent = file.text().split("name=\"consent\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(browse(&site.router, "/news/migrants-day").await.text().contains("statement-thanks"));
    assert_eq!(browser.post("/file/consent", &[("consent", &consent)]).await.status, StatusCode::SEE_OTHER);
    assert!(!browse(&site.router, "/news/migrants-day").await.text().contains("statement-thanks"), "gone at once");
    let revoked = browser.post("/file/key", &[]).await;
    assert_eq!(revoked.header("location"), "/file/left?key=1");
    assert_eq!(browser.post("/file", &open).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_event_is_told_in_order_with_offices_and_no_names() {
    let (site, _) = filled().await;
    let home = browse(&site.router, "/").await;
    assert!(home.text().contains("href=\"tel:919\"") && home.text().contains("/news/migrants-day"));
    let event = browse(&site.router, "/news/migrants-day").await;
    let page = event.text();
    let parts = [
        "migrants-day-exhibition",
        "statement-service",
        "statement-iom",
        "statement-cabinet",
        "statement-ombudsman",
        "statement-thanks",
        "migrants-day-cards",
        "migrants-day-film",
    ];
    let places: Vec<usize> = parts.iter().map(|part| page.find(&format!("id=\"{part}\"")).expect(part)).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("Deputy head of the State Migration Service") && page.contains("the speaker&#39;s own"));
    assert_eq!(page.matches("kind=\"captions\"").count(), 5);
    assert_eq!(browse(&site.router, "/news/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_film_is_played_in_parts() {
    let site = Site::ready(Engine::Sqlite).await;
    let whole = get(&site.router, "/film.mp4").await;
    assert_eq!((whole.status, whole.header("content-type")), (StatusCode::OK, "video/mp4"));
    let part = send(&site.router, request("GET", "/film.mp4", &[("range", "bytes=10-19")])).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.body, whole.body[10..20]);
    assert_eq!(part.header("content-range"), format!("bytes 10-19/{}", whole.body.len()));
}

#[tokio::test]
async fn the_law_is_shown_as_on_the_day_that_is_asked_for() {
    let site = Site::ready(Engine::Sqlite).await;
    let of = async |day: &str| browse(&site.router, &format!("/law/int-1990-migrant-workers?{day}")).await;
    let now = of("on-day=1&on-month=6&on-year=2025").await;
    assert!(now.text().contains("unconfirmed") && now.text().contains("id=\"8\""));
    let before = of("on-day=1&on-month=6&on-year=1995").await;
    assert!(!before.text().contains("id=\"8\"") && before.text().contains("Not in force on this day"));
    for odd in ["on-day=31&on-month=2&on-year=2025", "on-day=x&on-month=&on-year=99999999", "on-year=٢٠٢٥"] {
        assert_eq!(of(odd).await.status, StatusCode::OK, "{odd}");
    }
    let list = browse(&site.router, "/law").await;
    assert!(list.text().contains("No torture") && list.text().contains("18 December"), "rights and observances");
    assert_eq!(browse(&site.router, "/law/none").await.status, StatusCode::NOT_FOUND);
}
