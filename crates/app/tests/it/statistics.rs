// SPDX-License-Identifier: Apache-2.0
//! The numbers of an office add up, and are those of the office of the head who asks.

use app::{
    statistics::{AgeBand, MONTHS, ShowStatistics},
    work::{AssignCase, Assignee},
};
use domain::{
    access::{CollectedFor, Role},
    refusal::Refusal,
};
use testkit::{TestService, both, people};

use crate::record::{Mark, list};

async fn person(service: &TestService, name: &str) -> domain::number::PersonNumber {
    service.registered_person(people::single(CollectedFor::Asylum, name, "Testov", "1990-01-01")).await
}

both! {
    async fn load_ages_months_and_outcomes_add_up(service: &TestService) {
        let old = service.opened_claim(&person(service, "Ayaz").await).await;
        service.clock.advance_days(200);
        service.decided_claim(&person(service, "Bina").await, "recognised").await;
        service.decided_claim(&person(service, "Ceyhun").await, "rejected").await;
        service.done(Role::CaseOfficer, AssignCase { case: old, to: Assignee::Me }).await;
        let mark = Mark::set(service).await;
        let numbers = service.done(Role::HeadOfOffice, ShowStatistics { office: None }).await;
        assert!(list(&mark.since(service).await[0], "subjects").is_empty(), "numbers name nobody");
        let queues: Vec<_> = numbers.queues.iter().map(|count| (count.state.as_str(), count.all, count.overdue)).collect();
        assert_eq!(queues, [("decided", 2, 0), ("received", 1, 1)]);
        let load: Vec<_> =
            numbers.load.iter().map(|load| (load.officer.as_ref().map(|o| o.1.as_str()), load.open, load.overdue)).collect();
        assert!(load.contains(&(Some("case-officer"), 1, 1)) && load.contains(&(None, 2, 0)), "{load:?}");
        let age = |band| numbers.ages.iter().find(|(found, _)| *found == band).unwrap().1;
        assert_eq!((age(AgeBand::UnderOneMonth), age(AgeBand::SixToTwelve)), (2, 1));
        assert_eq!(numbers.ages.iter().map(|(_, count)| count).sum::<i64>(), 3);
        assert_eq!(i64::try_from(numbers.months.len()).unwrap(), MONTHS);
        let last = numbers.months.last().unwrap();
        assert_eq!((last.month.to_string().as_str(), last.opened, last.decided), ("2025-12-01", 2, 2));
        assert_eq!(numbers.months.iter().map(|month| month.opened).sum::<i64>(), 3);
        let recognised = numbers.outcomes.iter().find(|count| count.outcome.as_str() == "recognised").unwrap();
        assert_eq!((recognised.decisions, recognised.grounds["int-1951-refugees:1a"]), (1, 1));
        assert_eq!(numbers.outcomes.iter().map(|count| count.decisions).sum::<i64>(), 2);
    }

    async fn the_head_of_a_small_office_sees_its_own_numbers_alone(service: &TestService) {
        let ganja = service.add_account("ganja.head", Role::HeadOfOffice, "sms-ganja").await;
        service.opened_claim(&person(service, "Ayaz").await).await;
        let numbers = service.done_as(&ganja, ShowStatistics { office: None }).await;
        assert!(numbers.queues.is_empty() && numbers.load.is_empty());
        assert_eq!(numbers.ages.iter().map(|(_, count)| count).sum::<i64>(), 0);
        let other = ShowStatistics { office: Some("sms-baku".into()) };
        assert_eq!(service.refused_as(&ganja, other).await, Refusal::NotFound("office"));
        let national = service.done(Role::HeadOfOffice, ShowStatistics { office: Some("sms-baku".into()) }).await;
        assert_eq!(national.queues.len(), 1);
        let elsewhere = service.done(Role::HeadOfOffice, ShowStatistics { office: Some("sms-quba".into()) }).await;
        assert!(elsewhere.queues.is_empty());
    }
}
