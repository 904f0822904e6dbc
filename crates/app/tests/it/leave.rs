// SPDX-License-Identifier: Apache-2.0
//! Leaving a family, and the slip of the pen that is mended on the day of entry.

use app::registry::{Correct, EndMembership, FixTypo, RegisterFamily, ShowPerson};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    refusal::Refusal,
    registry::{NameKind, Script, Sex},
};
use testkit::{both, people};

use crate::record::Mark;

fn leaves(number: &PersonNumber, guardian: Option<&PersonNumber>) -> EndMembership {
    EndMembership {
        number: number.clone(),
        on: "2025-06-01".parse().unwrap(),
        reason: "own_wish".into(),
        guardian: guardian.cloned(),
    }
}

fn typo(number: &PersonNumber, row_version: i64) -> FixTypo {
    let change = Correct::Name(people::name(NameKind::Given, Script::Latin, "Kerim"));
    FixTypo { number: number.clone(), row_version, change }
}

fn single() -> domain::registry::FamilyRegistration {
    people::single(CollectedFor::Asylum, "Karim", "Testov", "1990-01-01")
}

both! {
    async fn who_leaves_stays_in_the_history_of_the_family(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let number = |position: usize| &family.members[position].number;
        service.done(Role::Registrar, leaves(number(3), None)).await;
        let view = service.done(Role::Registrar, ShowPerson { number: number(0).clone() }).await;
        let (left, ..) = view.members.iter().find(|(_, other, _)| other == number(3)).unwrap();
        assert_eq!(left.to, Some("2025-06-01".parse().unwrap()));
        let alone = service.done(Role::Registrar, ShowPerson { number: number(3).clone() }).await;
        assert!(alone.family.is_none());
        assert!(matches!(service.refused(Role::Registrar, leaves(number(3), None)).await, Refusal::NotFound(_)));
    }

    async fn a_child_is_not_left_without_somebody_who_answers(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let number = |position: usize| &family.members[position].number;
        // The mother answers for the daughter.
        let refused = service.refused(Role::Registrar, leaves(number(1), None)).await;
        assert_eq!(refused, Refusal::Missing("guardian".into()));
        let stranger = service.registered_person(single()).await;
        for wrong in [number(1), number(2), &stranger] {
            assert_eq!(service.refused(Role::Registrar, leaves(number(1), Some(wrong))).await.code(), "fields", "{wrong}");
        }
        service.done(Role::Registrar, leaves(number(1), Some(number(0)))).await;
        let view = service.done(Role::Registrar, ShowPerson { number: number(2).clone() }).await;
        let (daughter, ..) = view.members.iter().find(|(_, other, _)| other == number(2)).unwrap();
        assert_eq!(daughter.guardian, Some(family.members[0].person));
    }

    async fn a_family_is_left_on_a_day_that_can_be_and_for_a_reason_of_the_list(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let number = &family.members[3].number;
        for wrong in [
            EndMembership { on: "2025-06-03".parse().unwrap(), ..leaves(number, None) },
            EndMembership { on: "2025-05-27".parse().unwrap(), ..leaves(number, None) },
            EndMembership { reason: "boredom".into(), ..leaves(number, None) },
        ] {
            assert_eq!(service.refused(Role::Registrar, wrong).await.code(), "fields");
        }
    }

    async fn a_slip_is_mended_on_the_day_of_entry_by_who_made_it(service: &TestService) {
        let number = service.registered_person(single()).await;
        let mark = Mark::set(service).await;
        assert_eq!(service.done(Role::Registrar, typo(&number, 1)).await, 2);
        assert_eq!(mark.since(service).await[0].action, "fix_typo", "on record as what it is");
        assert_eq!(service.refused(Role::Registrar, typo(&number, 1)).await, Refusal::Conflict);
        let view = service.done(Role::Registrar, ShowPerson { number: number.clone() }).await;
        assert_eq!((view.corrections[0].source.as_str(), view.corrections[0].old_value.expose().as_str()), ("typo", "Karim"));
        for other in [service.second(Role::Registrar), service.actor(Role::CaseOfficer)] {
            assert!(matches!(service.refused_as(&other, typo(&number, 2)).await, Refusal::Missing(_)));
        }
        service.clock.advance_days(1);
        assert!(matches!(service.refused(Role::Registrar, typo(&number, 2)).await, Refusal::Missing(_)));
    }

    async fn a_record_in_use_is_corrected_with_reason_and_source(service: &TestService) {
        let number = service.registered_person(single()).await;
        service.opened_claim(&number).await;
        assert!(matches!(service.refused(Role::Registrar, typo(&number, 1)).await, Refusal::Missing(_)));
        let registration = people::single(CollectedFor::Asylum, "Sevda", "Testova", "1991-01-01");
        let register = RegisterFamily { registration, photos: Default::default() };
        let by_officer = service.done(Role::CaseOfficer, register).await.members.remove(0).number;
        let sex = FixTypo { number: by_officer.clone(), row_version: 1, change: Correct::Sex(Sex::Female) };
        assert!(matches!(service.refused(Role::Registrar, sex).await, Refusal::Missing(_)), "not who registered her");
        let sex = FixTypo { number: by_officer, row_version: 1, change: Correct::Sex(Sex::Female) };
        service.done(Role::CaseOfficer, sex).await;
    }
}
