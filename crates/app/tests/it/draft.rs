// SPDX-License-Identifier: Apache-2.0
//! Unfinished registrations: saved, read by one account alone, used up once, gone in time.

use app::{
    Outcome,
    draft::{DRAFT_DAYS, DiscardDraft, SaveDraft, list_drafts, open_draft},
    port::FileStore,
    registry::{DraftRegistered, FAMILY_DRAFT, FamilyDraft, MemberDraft, RegisterDraft, ShowPerson, store_photo},
};
use db::DbError;
use domain::{
    access::{Actor, CollectedFor, Role},
    id::DraftId,
    refusal::Refusal,
    registry::{NameKind, Script, Sex},
};
use testkit::{TestService, both, people};

use crate::record::{Mark, list};

/// A mother and her child, all that is needed.
fn family() -> FamilyDraft {
    let member = |relation: &str, given: &str, sex, born: &str| MemberDraft {
        relation: relation.into(),
        names: vec![
            people::name(NameKind::Given, Script::Latin, given),
            people::name(NameKind::Family, Script::Latin, "Qaralamalı"),
        ],
        sex: Some(sex),
        birth: Some(people::born(born)),
        ..MemberDraft::default()
    };
    FamilyDraft {
        collected_for: Some(CollectedFor::Asylum),
        members: vec![
            member("head", "Sona", Sex::Female, "1990-02-03"),
            member("son", "Aydin", Sex::Male, "2019-04-05"),
        ],
        ..FamilyDraft::default()
    }
}

fn save(draft: Option<(DraftId, i64)>, family: &FamilyDraft) -> SaveDraft {
    SaveDraft { draft, kind: FAMILY_DRAFT, content: family.content().unwrap() }
}

async fn persons(service: &TestService) -> i64 {
    let count: Result<i64, DbError> = service.service.db().read(|session| Box::pin(session.count_persons())).await;
    count.unwrap()
}

async fn opened(service: &TestService, actor: &Actor, id: DraftId) -> Outcome<db::Draft> {
    open_draft(&service.service, actor, id).await.unwrap()
}

async fn listed(service: &TestService, actor: &Actor) -> usize {
    list_drafts(&service.service, actor).await.unwrap().done().unwrap().len()
}

both! {
    async fn a_draft_is_read_by_the_account_that_began_it_and_by_nobody_else(service: &TestService) {
        let (id, version) = service.done(Role::Registrar, save(None, &family())).await;
        assert_eq!(version, 1);
        let own = opened(service, &service.actor(Role::Registrar), id).await.done().unwrap();
        let read = FamilyDraft::read(&own.content.unwrap()).unwrap();
        assert_eq!(read.members[1].names[0].value.expose(), "Aydin");
        for other in [service.second(Role::Registrar), service.actor(Role::CaseOfficer)] {
            assert_eq!(opened(service, &other, id).await.done().map(|_| ()), None);
            assert_eq!(listed(service, &other).await, 0);
            let refused = service.refused_as(&other, save(Some((id, 1)), &family())).await;
            assert_eq!(refused, Refusal::NotFound("draft"));
            assert_eq!(service.refused_as(&other, DiscardDraft { draft: id }).await, Refusal::NotFound("draft"));
            let register = RegisterDraft { draft: id, row_version: 1 };
            assert_eq!(service.refused_as(&other, register).await, Refusal::NotFound("draft"));
        }
        let police = opened(service, &service.actor(Role::PoliceOfficer), id).await;
        assert!(matches!(police, Outcome::Refused(Refusal::NotPermitted)));
        assert_eq!(listed(service, &service.actor(Role::Registrar)).await, 1);
    }

    async fn nothing_of_a_draft_lies_open_in_the_database(service: &TestService) {
        service.done(Role::Registrar, save(None, &family())).await;
        if service.engine == testkit::service::Engine::Sqlite {
            for file in ["turna.db", "turna.db-wal"] {
                let bytes = std::fs::read(service.folder().join(file)).unwrap();
                assert!(!bytes.windows(6).any(|window| window == b"Aydin\""), "{file}");
                assert!(!bytes.windows(10).any(|window| window == b"2019-04-05"), "{file}");
            }
        }
        let content: Result<Vec<db::Row>, DbError> = service
            .service
            .db()
            .read(|session| {
                const ANY: db::Statement = db::Statement {
                    name: "of a test",
                    sqlite: "SELECT content FROM draft",
                    postgres: "SELECT content FROM draft",
                };
                Box::pin(session.fetch_all(ANY, Vec::new()))
            })
            .await;
        let content: Vec<u8> = content.unwrap()[0].get(0).unwrap();
        assert!(!content.windows(5).any(|window| window == b"Aydin"));
    }

    async fn of_two_pages_open_at_once_the_second_is_told_to_look_again(service: &TestService) {
        let (id, _) = service.done(Role::Registrar, save(None, &family())).await;
        assert_eq!(service.done(Role::Registrar, save(Some((id, 1)), &family())).await, (id, 2));
        assert_eq!(service.refused(Role::Registrar, save(Some((id, 1)), &family())).await, Refusal::Conflict);
        let stale = RegisterDraft { draft: id, row_version: 1 };
        assert_eq!(service.refused(Role::Registrar, stale).await, Refusal::Conflict);
        assert_eq!(persons(service).await, 0);
    }

    async fn a_form_that_is_sent_again_registers_nobody_twice(service: &TestService) {
        let (id, row_version) = service.done(Role::Registrar, save(None, &family())).await;
        let register = || RegisterDraft { draft: id, row_version };
        let first = service.done(Role::Registrar, register()).await;
        assert!(!first.was_registered);
        let again = service.done(Role::Registrar, register()).await;
        assert_eq!(again, DraftRegistered { was_registered: true, ..first.clone() });
        assert_eq!(persons(service).await, 2);
        let view = service.done(Role::Registrar, ShowPerson { number: first.head }).await;
        assert_eq!(view.members.len(), 2);
        assert_eq!(listed(service, &service.actor(Role::Registrar)).await, 0, "it is used up");
        let save = save(Some((id, row_version + 1)), &family());
        assert_eq!(service.refused(Role::Registrar, save).await, Refusal::Conflict, "nothing more is written into it");
        assert_eq!(service.refused(Role::Registrar, DiscardDraft { draft: id }).await, Refusal::NotFound("draft"));
    }

    async fn two_browsers_at_once_register_one_family(service: &TestService) {
        let (id, row_version) = service.done(Role::Registrar, save(None, &family())).await;
        let register = || RegisterDraft { draft: id, row_version };
        let (one, other) =
            tokio::join!(service.run(Role::Registrar, register()), service.run(Role::Registrar, register()));
        let (one, other) = (one.unwrap().done().unwrap(), other.unwrap().done().unwrap());
        assert_eq!(one.head, other.head);
        assert_ne!(one.was_registered, other.was_registered);
        assert_eq!(persons(service).await, 2);
    }

    async fn a_draft_that_is_refused_is_kept(service: &TestService) {
        let mut wrong = family();
        wrong.members[1].birth = None;
        let (id, row_version) = service.done(Role::Registrar, save(None, &wrong)).await;
        let register = RegisterDraft { draft: id, row_version };
        assert_eq!(service.refused(Role::Registrar, register).await.code(), "fields");
        wrong.members[1].birth = Some(people::born("2031-01-01"));
        service.done(Role::Registrar, save(Some((id, row_version)), &wrong)).await;
        let register = RegisterDraft { draft: id, row_version: 2 };
        assert_eq!(service.refused(Role::Registrar, register).await.code(), "fields");
        assert_eq!((persons(service).await, listed(service, &service.actor(Role::Registrar)).await), (0, 1));
    }

    async fn a_draft_ends_by_itself_and_takes_its_photos_along(service: &TestService) {
        let photo = store_photo(&service.service, b"a face").await.unwrap();
        let mut with_photo = family();
        with_photo.members[0].photo = Some(photo);
        let (id, version) = service.done(Role::Registrar, save(None, &with_photo)).await;
        let files = || std::fs::read_dir(service.folder().join("files")).unwrap().count();
        assert_eq!(files(), 1);
        service.clock.advance_days(DRAFT_DAYS - 1);
        service.done(Role::Registrar, save(Some((id, version)), &with_photo)).await;
        service.clock.advance_days(DRAFT_DAYS - 1);
        service.settle().await;
        assert_eq!((listed(service, &service.actor(Role::Registrar)).await, files()), (1, 1), "it was saved since");
        service.clock.advance_days(2);
        assert_eq!(listed(service, &service.actor(Role::Registrar)).await, 0, "it is over before the worker comes");
        let late = RegisterDraft { draft: id, row_version: 2 };
        assert_eq!(service.refused(Role::Registrar, late).await, Refusal::NotFound("draft"));
        service.settle().await;
        assert_eq!(files(), 0);
        let kept: Result<_, DbError> =
            service.service.db().read(move |session| Box::pin(session.find_draft_expiry(id))).await;
        assert_eq!(kept.unwrap(), None);
    }

    async fn a_discarded_draft_is_gone_with_its_photos(service: &TestService) {
        let photo = store_photo(&service.service, b"a face").await.unwrap();
        let mut with_photo = family();
        with_photo.members[0].photo = Some(photo);
        let (id, _) = service.done(Role::Registrar, save(None, &with_photo)).await;
        service.done(Role::Registrar, DiscardDraft { draft: id }).await;
        service.settle().await;
        assert_eq!(listed(service, &service.actor(Role::Registrar)).await, 0);
        assert_eq!(std::fs::read_dir(service.folder().join("files")).unwrap().count(), 0);
        let name = "0".repeat(64);
        assert!(service.files.get(&name).unwrap().is_none());
    }

    async fn every_saving_is_on_record_and_names_nobody(service: &TestService) {
        let mark = Mark::set(service).await;
        let (id, _) = service.done(Role::Registrar, save(None, &family())).await;
        service.done(Role::Registrar, DiscardDraft { draft: id }).await;
        let records = mark.since(service).await;
        let actions: Vec<_> = records.iter().map(|record| record.action.as_str()).collect();
        assert_eq!(actions, ["keep_draft", "keep_draft"]);
        for record in &records {
            assert!(list(record, "subjects").is_empty());
            assert!(!record.canonical.contains("Aydin"));
        }
    }

    async fn an_account_has_so_many_drafts_and_no_more(service: &TestService) {
        for _ in 0..db::DRAFTS_PER_ACCOUNT_MAX {
            service.done(Role::Registrar, save(None, &family())).await;
        }
        assert_eq!(service.refused(Role::Registrar, save(None, &family())).await.code(), "fields");
        service.done_as(&service.second(Role::Registrar), save(None, &family())).await;
    }
}
