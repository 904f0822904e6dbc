// SPDX-License-Identifier: Apache-2.0
//! A request that comes again: one effect, one answer, and nothing of it to read for whoever has the database.

use app::{
    AppError, Outcome,
    cards::{AddBlanks, CountBlanks},
    idempotency::{ANSWER_SECONDS, Answered, KeptAnswer, RequestKey, forget_old_answers},
    registry::{FindPersons, PersonQuery, RegisterFamily},
};
use domain::access::{CollectedFor, Role};
use testkit::{TestService, both, people, service::Engine};
use tokio::task::JoinSet;

use crate::record::Mark;

const ROUTE: &str = "POST /persons";
/// Requests with the same key at the same moment.
const AT_ONCE: usize = 64;

fn key(key: &str, body: &str) -> RequestKey {
    RequestKey::new(ROUTE, key, &[b"/persons", body.as_bytes()]).unwrap()
}

fn register(family: &str) -> RegisterFamily {
    // Persons of different names are born in different years: nobody looks like anybody.
    let born = format!("{}-01-01", 1940 + family.len());
    let registration = people::single(CollectedFor::Asylum, "Wahid", family, &born);
    RegisterFamily { registration, photos: Default::default() }
}

fn numbers(outcome: &Outcome<app::registry::RegisteredFamily>) -> KeptAnswer {
    match outcome {
        Outcome::Done(family) => answer(201, family.members[0].number.as_str()),
        Outcome::Refused(refusal) => answer(422, refusal.code()),
    }
}

fn answer(status: u16, body: &str) -> KeptAnswer {
    KeptAnswer { status, headers: vec![("etag".into(), "\"1\"".into())], body: body.to_owned() }
}

fn added(outcome: &Outcome<usize>) -> KeptAnswer {
    match outcome {
        Outcome::Done(count) => answer(200, &count.to_string()),
        Outcome::Refused(refusal) => answer(409, refusal.code()),
    }
}

async fn persons(service: &TestService, family: &str) -> usize {
    let query = PersonQuery { name: Some(family.to_owned()), ..PersonQuery::default() };
    service.done(Role::Registrar, FindPersons(query)).await.len()
}

async fn ask(service: &TestService, role: Role, key: &RequestKey, family: &str) -> Answered {
    service.service.run_for_key(&service.context(role), key, register(family), numbers).await.unwrap()
}

both! {
    async fn a_request_that_comes_again_has_one_effect_and_one_answer(service: &TestService) {
        let (first, mark) = (key("k-1", "a"), Mark::set(service).await);
        let Answered::Now(now) = ask(service, Role::Registrar, &first, "Sinaqov").await else { panic!("not done") };
        for _ in 0..3 {
            let Answered::Again(again) = ask(service, Role::Registrar, &first, "Sinaqov").await else {
                panic!("not as before")
            };
            assert!(again == now);
        }
        assert_eq!(mark.since(service).await.len(), 1, "an answer given again is no second disclosure");
        assert_eq!(persons(service, "Sinaqov").await, 1);
    }

    async fn a_key_belongs_to_one_request_of_one_account_and_one_route(service: &TestService) {
        ask(service, Role::Registrar, &key("k-1", "a"), "Sinaqov").await;
        let other = ask(service, Role::Registrar, &key("k-1", "b"), "Sinaqov").await;
        assert!(matches!(other, Answered::OtherRequest));
        assert_eq!(persons(service, "Sinaqov").await, 1);
        let of_another_account = ask(service, Role::CaseOfficer, &key("k-1", "a"), "Sinaqovlu").await;
        assert!(matches!(of_another_account, Answered::Now(_)));
        let route = RequestKey::new("POST /families", "k-1", &[b"/persons", b"a"]).unwrap();
        assert!(matches!(ask(service, Role::Registrar, &route, "Sinaqovskaya").await, Answered::Now(_)));
        assert_eq!(persons(service, "Sinaqov").await, 3);
    }

    async fn a_refusal_comes_again_too(service: &TestService) {
        let (first, mark) = (key("k-1", "B-1"), Mark::set(service).await);
        service.add_blanks("B", 1).await;
        let blanks = || AddBlanks { numbers: vec!["B-0001".into()] };
        let context = service.context(Role::CardOfficer);
        let run = async || service.service.run_for_key(&context, &first, blanks(), added).await.unwrap();
        let (Answered::Now(now), Answered::Again(again)) = (run().await, run().await) else { panic!("not as before") };
        assert!(now == again && now.body == "fields", "{}", now.body);
        assert_eq!(mark.since(service).await.len(), 2, "the blank that was there, and one refusal");
    }

    async fn of_many_at_the_same_moment_one_is_done(service: &TestService) {
        let mut asked = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (context, service) = (service.context(Role::Registrar), service.service.clone());
            asked.spawn(async move {
                service.run_for_key(&context, &key("k-1", "a"), register("Sinaqov"), numbers).await
            });
        }
        let (mut now, mut bodies) = (0, Vec::new());
        while let Some(answered) = asked.join_next().await {
            match answered.unwrap() {
                Ok(Answered::Now(answer)) => {
                    now += 1;
                    bodies.push(answer.body);
                }
                Ok(Answered::Again(answer)) => bodies.push(answer.body),
                Ok(Answered::OtherRequest) => panic!("it is the same request"),
                // PostgreSQL may give up on a transaction that met too many others; the client asks again.
                Err(error) => assert!(matches!(error, AppError::Db(db::DbError::Busy)), "{error}"),
            }
        }
        bodies.dedup();
        assert_eq!((now, bodies.len()), (1, 1));
        assert_eq!(persons(service, "Sinaqov").await, 1);
    }

    async fn an_answer_is_forgotten_after_its_time(service: &TestService) {
        ask(service, Role::Registrar, &key("k-1", "a"), "Sinaqov").await;
        service.clock.advance_seconds(ANSWER_SECONDS - 1);
        assert_eq!(forget_old_answers(&service.service).await.unwrap(), 0);
        assert!(matches!(ask(service, Role::Registrar, &key("k-1", "a"), "Sinaqov").await, Answered::Again(_)));
        service.clock.advance_seconds(2);
        let late = ask(service, Role::Registrar, &key("k-1", "a"), "Sinaqovlu").await;
        assert!(matches!(late, Answered::Now(_)), "even before it was cleared away");
        service.clock.advance_seconds(ANSWER_SECONDS + 1);
        assert_eq!(forget_old_answers(&service.service).await.unwrap(), 1);
    }

    async fn what_failed_is_not_kept(service: &TestService) {
        let first = key("k-1", "a");
        let context = service.context(Role::CardOfficer);
        let failed = service.service.run_for_key(&context, &first, crate::runner::Lawless, |_| answer(200, "")).await;
        assert!(matches!(failed, Err(AppError::Fault(_))));
        let blanks = AddBlanks { numbers: vec!["C-1".into()] };
        let done = service.service.run_for_key(&context, &first, blanks, added).await.unwrap();
        assert!(matches!(done, Answered::Now(_)));
        assert_eq!(service.done(Role::CardOfficer, CountBlanks).await, [("in_stock".to_owned(), 1)]);
    }

    async fn the_database_shows_neither_key_nor_answer(service: &TestService) {
        if service.engine == Engine::Postgres {
            return;
        }
        let secret = answer(200, "what only the client may read again");
        let context = service.context(Role::CardOfficer);
        let blanks = AddBlanks { numbers: vec!["C-1".into()] };
        let kept = secret.clone();
        let first = key("a-key-that-names-Sinaqov", "a");
        service.service.run_for_key(&context, &first, blanks, move |_| kept.clone()).await.unwrap();
        let mut bytes = Vec::new();
        for name in ["turna.db", "turna.db-wal"] {
            bytes.extend(std::fs::read(service.folder().join(name)).unwrap());
        }
        for text in [secret.body.as_str(), "a-key-that-names"] {
            assert!(!bytes.windows(text.len()).any(|window| window == text.as_bytes()), "{text}");
        }
    }
}

#[test]
fn a_key_is_short_and_visible() {
    for wrong in ["", "a b", "a\nb", "ə", &"k".repeat(65)] {
        assert_eq!(RequestKey::new(ROUTE, wrong, &[]).err().unwrap().code(), "fields", "{wrong:?}");
    }
    assert!(RequestKey::new(ROUTE, &"k".repeat(64), &[]).is_ok());
}
