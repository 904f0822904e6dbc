// SPDX-License-Identifier: Apache-2.0
//! Help is handed out once, whatever desk, whatever moment.

use app::{
    Outcome,
    assistance::{HandOverGift, OpenDistribution},
    cards::SuspendCard,
};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    refusal::Refusal,
};
use testkit::{TestService, both, people};
use tokio::task::JoinSet;

/// Desks that ask at the same moment.
const DESKS: usize = 64;

async fn open(service: &TestService, code: &str) {
    let on = "2025-12-18".parse().unwrap();
    service.done(Role::AssistanceOfficer, OpenDistribution { code: code.into(), name: "Help".into(), on }).await;
}

fn gift(code: &str, person: &PersonNumber) -> HandOverGift {
    HandOverGift { distribution: code.into(), person: person.clone(), item: "gift_set".into() }
}

both! {
    async fn a_gift_is_given_once_however_many_desks_try_at_once(service: &TestService) {
        open(service, "winter").await;
        let person = service.registered_family(people::displaced_family()).await.members[1].number.clone();
        let mut desks = JoinSet::new();
        for desk in 0..DESKS {
            let actor = match desk % 3 {
                0 => service.actor(Role::AssistanceOfficer),
                1 => service.second(Role::AssistanceOfficer),
                _ => service.actor(Role::CardOfficer),
            };
            let (service, give) = (service.service.clone(), gift("winter", &person));
            desks.spawn(async move { service.run(&service.context(actor), give).await.unwrap() });
        }
        let outcomes = desks.join_all().await;
        let given = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Done(_))).count();
        let refused = |outcome: &&Outcome<_>| matches!(outcome, Outcome::Refused(Refusal::GivenAlready(_)));
        assert_eq!((given, outcomes.iter().filter(refused).count()), (1, DESKS - 1));
        let actor = service.actor(Role::AssistanceOfficer);
        let permit = domain::access::authorize(&actor, domain::access::Act::HandOverGift).unwrap().open().unwrap();
        let receipts: Result<i64, db::DbError> = service
            .service
            .db()
            .read(move |session| {
                Box::pin(async move {
                    let distribution = session.find_distribution("winter").await?.unwrap();
                    session.count_receipts(&permit, distribution.id).await
                })
            })
            .await;
        assert_eq!(receipts.unwrap(), 1);
    }

    async fn each_distribution_gives_anew_and_each_member_has_her_own(service: &TestService) {
        open(service, "winter").await;
        open(service, "spring").await;
        let family = service.registered_family(people::displaced_family()).await;
        for member in &family.members {
            service.done(Role::AssistanceOfficer, gift("winter", &member.number)).await;
            service.done(Role::CardOfficer, gift("spring", &member.number)).await;
            assert_eq!(
                service.refused(Role::CardOfficer, gift("winter", &member.number)).await.code(),
                "given_already"
            );
        }
    }

    async fn a_distribution_opened_twice_is_one(service: &TestService) {
        let on = "2025-12-18".parse().unwrap();
        let again = || OpenDistribution { code: "winter".into(), name: "Help".into(), on };
        let first = service.done(Role::AssistanceOfficer, again()).await;
        assert_eq!(service.done(Role::CardOfficer, again()).await, first);
    }

    async fn help_is_for_those_entitled(service: &TestService) {
        open(service, "winter").await;
        let resident =
            service.registered_person(people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01")).await;
        assert_eq!(service.refused(Role::AssistanceOfficer, gift("winter", &resident)).await.code(), "missing");
        let refugee =
            service.recognised_person(people::single(CollectedFor::Asylum, "Daud", "Safi", "1987-03-21")).await;
        assert_eq!(service.refused(Role::AssistanceOfficer, gift("winter", &refugee)).await.code(), "missing");
        let (card, _) = service.active_card(&refugee).await;
        service.done(Role::CardOfficer, SuspendCard { number: card, reason: "lost".into() }).await;
        assert_eq!(service.refused(Role::AssistanceOfficer, gift("winter", &refugee)).await.code(), "missing");
        let other = service.recognised_person(people::single(CollectedFor::Asylum, "Nur", "Safi", "1990-03-21")).await;
        service.active_card(&other).await;
        let receipt = service.done(Role::AssistanceOfficer, gift("winter", &other)).await;
        assert_eq!((receipt.holder.number, receipt.on.to_string()), (other, "2025-06-02".into()));
    }

    async fn what_is_unknown_is_not_given(service: &TestService) {
        open(service, "winter").await;
        let person = service.registered_family(people::displaced_family()).await.members[0].number.clone();
        let none = service.refused(Role::AssistanceOfficer, gift("summer", &person)).await;
        assert_eq!(none, Refusal::NotFound("distribution"));
        let gold = HandOverGift { item: "gold".into(), ..gift("winter", &person) };
        assert_eq!(service.refused(Role::AssistanceOfficer, gold).await.code(), "fields");
        let on = "2025-12-18".parse().unwrap();
        for (code, name) in [("Winter 1", "Help"), ("", "Help"), ("winter", "  ")] {
            let open = OpenDistribution { code: code.into(), name: name.into(), on };
            assert_eq!(service.refused(Role::AssistanceOfficer, open).await.code(), "fields", "{code:?} {name:?}");
        }
    }
}
