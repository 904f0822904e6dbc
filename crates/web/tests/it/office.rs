// SPDX-License-Identifier: Apache-2.0
//! The numbers of an office: plots with titles, tables, files that no spreadsheet runs.

use app::work::{AssignCase, Assignee};
use axum::http::StatusCode;
use domain::access::{CollectedFor, Role};
use testkit::people;

use crate::{
    browser::Browser,
    fixture::{Engine, Site},
};

#[tokio::test]
async fn each_plot_has_a_title_a_table_and_a_file_with_the_same_numbers() {
    let site = Site::ready(Engine::Sqlite).await;
    for (name, outcome) in [("Ayaz", "recognised"), ("Bina", "rejected")] {
        let person = people::single(CollectedFor::Asylum, name, "Testov", "1990-01-01");
        let person = site.test.registered_person(person).await;
        let case = site.test.decided_claim(&person, outcome).await;
        site.test.done(Role::CaseOfficer, AssignCase { case, to: Assignee::Me }).await;
    }
    let head = Browser::of(&site, Role::HeadOfOffice).await;
    let page = head.get("/office").await;
    assert_eq!(page.text().matches("<svg").count(), 5, "{}", page.text());
    for id in ["queues", "load", "ages", "months", "outcomes"] {
        assert!(page.text().contains(&format!("aria-labelledby=\"{id}-title {id}-description\"")), "{id}");
        let file = head.get(&format!("/office/{id}.csv")).await;
        assert_eq!(file.status, StatusCode::OK, "{id}");
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8; header=present");
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"turna-{id}-2025-06-02.csv\""));
        assert!(file.text().lines().count() > 1, "{id}: {}", file.text());
    }
    let load = head.get("/office/load.csv").await;
    assert!(load.text().contains("\"case-officer\",2,0\r\n"), "{}", load.text());
    let outcomes = head.get("/office/outcomes.csv").await;
    assert!(outcomes.text().contains("\"Rejected\"") || outcomes.text().contains(",1\r\n"), "{}", outcomes.text());
    // Nobody is named.
    assert!(!page.text().contains("Ayaz") && !page.text().contains("Testov"));
    for absent in ["/office/load", "/office/everything.csv", "/office/..csv"] {
        assert_eq!(head.get(absent).await.status, StatusCode::NOT_FOUND, "{absent}");
    }
}

#[tokio::test]
async fn the_head_of_another_office_sees_none_of_it() {
    let site = Site::ready(Engine::Sqlite).await;
    site.test.add_account("ganja.head", Role::HeadOfOffice, "sms-ganja").await;
    let person = people::single(CollectedFor::Asylum, "Ayaz", "Testov", "1990-01-01");
    let person = site.test.registered_person(person).await;
    site.test.decided_claim(&person, "recognised").await;
    let head = Browser::of_account(&site, "ganja.head").await;
    let file = head.get("/office/queues.csv").await;
    assert_eq!(file.text().lines().count(), 1, "only the names of the columns: {}", file.text());
    assert_eq!(head.get("/office?office=sms-baku").await.status, StatusCode::NOT_FOUND);
    assert_eq!(head.get("/office/queues.csv?office=sms-baku").await.status, StatusCode::NOT_FOUND);
}
