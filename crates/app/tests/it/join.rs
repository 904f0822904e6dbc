// SPDX-License-Identifier: Apache-2.0
//! Joining a family: one family at a time, one head, somebody who answers for a child, and no side door to what was given
//! for protection.

use app::{
    assistance::{HandOverGift, OpenDistribution},
    draft::SaveDraft,
    registry::{
        EndMembership, FAMILY_DRAFT, FamilyDraft, JoinDraft, JoinFamily, JoinedFamily, Joining, MemberDraft,
        PersonView, RegisterDraft, RegisteredFamily, ShowFamily, ShowPerson,
    },
};
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
    refusal::{Problem, Refusal},
    registry::{BirthDate, FAMILY_MEMBERS_MAX, HEAD, NameKind, Precision, Script, Sex},
};
use testkit::{TestService, both, people};

use crate::record::{Mark, assert_sound};

fn person(collected_for: CollectedFor, birth: &str) -> domain::registry::FamilyRegistration {
    people::single(collected_for, "Sona", "Testova", birth)
}

fn joining(number: &PersonNumber, relation: &str) -> Joining {
    Joining {
        number: number.clone(),
        relation: relation.into(),
        reason: "reunited".into(),
        on: "2025-06-02".parse().unwrap(),
        guardian: None,
    }
}

fn joins(family: &RegisteredFamily, number: &PersonNumber, relation: &str) -> JoinFamily {
    JoinFamily { family: JoinedFamily::Family(family.family), joining: joining(number, relation) }
}

async fn shown(service: &TestService, role: Role, number: &PersonNumber) -> PersonView {
    service.done(role, ShowPerson { number: number.clone() }).await
}

both! {
    async fn who_was_registered_alone_joins_a_family_and_leaves_her_own(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let head = &family.members[0].number;
        let aunt = service.registered_person(person(CollectedFor::Asylum, "1991-01-01")).await;
        let alone = shown(service, Role::Registrar, &aunt).await.family.unwrap();
        let mark = Mark::set(service).await;
        let join = JoinFamily { family: JoinedFamily::Of(head.clone()), joining: joining(&aunt, "sister") };
        assert_eq!(service.done(Role::CaseOfficer, join).await, family.family);
        let (action, result, basis) = mark.only(service).await;
        assert_eq!((action.as_str(), result.as_str()), ("join_family", "done"));
        assert!(!basis.is_empty());
        let view = shown(service, Role::Registrar, &aunt).await;
        assert_eq!((view.family, view.members.len()), (Some(family.family), 5));
        let (member, ..) = view.members.iter().find(|(_, number, _)| *number == aunt).unwrap();
        assert_eq!((member.relation.as_str(), member.guardian, member.to), ("sister", None, None));
        let left = service.done(Role::Registrar, ShowFamily { family: alone }).await;
        assert_eq!(left.members[0].0.to, Some("2025-06-02".parse().unwrap()), "her family of one has ended");
        assert_sound(service).await;
    }

    async fn nobody_is_in_two_families_and_who_left_may_come_back(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let son = &family.members[3].number;
        let other = service.registered_family(people::displaced_family()).await;
        let refused = service.refused(Role::Registrar, joins(&other, son, "son")).await;
        assert!(matches!(refused, Refusal::Missing(_)), "{refused:?}");
        let again = service.refused(Role::Registrar, joins(&family, son, "son")).await;
        assert!(matches!(again, Refusal::AlreadyRecorded(_)), "{again:?}");
        let new = JoinFamily { family: JoinedFamily::New, joining: joining(son, HEAD) };
        assert!(matches!(service.refused(Role::Registrar, new).await, Refusal::AlreadyRecorded(_)));
        let (on, reason) = ("2025-06-01".parse().unwrap(), "own_wish".into());
        service.done(Role::Registrar, EndMembership { number: son.clone(), on, reason, guardian: None }).await;
        let early = Joining { on: "2025-05-30".parse().unwrap(), ..joining(son, "son") };
        let early = JoinFamily { family: JoinedFamily::Family(family.family), joining: early };
        assert_eq!(service.refused(Role::Registrar, early).await.code(), "fields");
        service.done(Role::Registrar, joins(&family, son, "son")).await;
        assert_eq!(shown(service, Role::Registrar, son).await.family, Some(family.family));
        assert_sound(service).await;
    }

    async fn a_family_has_one_head_and_who_left_begins_a_family_of_her_own(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let woman = service.registered_person(person(CollectedFor::Asylum, "1991-01-01")).await;
        let second = service.refused(Role::Registrar, joins(&family, &woman, HEAD)).await;
        assert_eq!(second, Refusal::field("relation", "the family has a head already"));
        let son = &family.members[3].number;
        let (on, reason) = ("2025-06-01".parse().unwrap(), "own_family".into());
        service.done(Role::Registrar, EndMembership { number: son.clone(), on, reason, guardian: None }).await;
        let begin = |relation: &str| JoinFamily { family: JoinedFamily::New, joining: joining(son, relation) };
        assert_eq!(service.refused(Role::Registrar, begin("spouse")).await.code(), "fields");
        let own = service.done(Role::Registrar, begin(HEAD)).await;
        let wife = JoinFamily { family: JoinedFamily::Family(own), joining: joining(&woman, "spouse") };
        service.done(Role::Registrar, wife).await;
        let view = service.done(Role::Registrar, ShowFamily { family: own }).await;
        assert_eq!(view.members.iter().map(|(member, ..)| member.relation.as_str()).collect::<Vec<_>>(), [HEAD, "spouse"]);
        assert_sound(service).await;
    }

    async fn somebody_of_full_age_answers_for_a_child_who_joins(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let [head, mother, daughter] = [0, 1, 2].map(|position: usize| family.members[position].number.clone());
        let baby = service.registered_person(person(CollectedFor::Asylum, "2025-06-01")).await;
        let with = |guardian: &PersonNumber| JoinFamily {
            family: JoinedFamily::Family(family.family),
            joining: Joining { guardian: Some(guardian.clone()), ..joining(&baby, "daughter") },
        };
        for wrong in [&daughter, &baby] {
            assert_eq!(service.refused(Role::Registrar, with(wrong)).await.code(), "fields", "{wrong}");
        }
        let unborn = Joining { on: "2025-05-31".parse().unwrap(), ..joining(&baby, "daughter") };
        let unborn = JoinFamily { family: JoinedFamily::Family(family.family), joining: unborn };
        assert_eq!(service.refused(Role::Registrar, unborn).await.code(), "fields");
        service.done(Role::Registrar, with(&mother)).await;
        let guardian = async |number: &PersonNumber| {
            let view = shown(service, Role::Registrar, number).await;
            view.members.into_iter().find(|(_, other, _)| other == number).unwrap().0.guardian
        };
        assert_eq!(guardian(&baby).await, Some(family.members[1].person));
        let nephew = people::single(CollectedFor::Asylum, "Farid", "Testov", "2015-01-01");
        let nephew = service.registered_person(nephew).await;
        service.done(Role::Registrar, joins(&family, &nephew, "nephew_niece")).await;
        assert_eq!(guardian(&nephew).await, Some(family.members[0].person), "the head {head}, when nobody is named");
    }

    async fn what_is_no_day_no_reason_and_no_relation_is_refused(service: &TestService) {
        let family = service.registered_family(people::afghan_family()).await;
        let woman = service.registered_person(person(CollectedFor::Asylum, "1991-01-01")).await;
        let base = || joining(&woman, "sister");
        for (wrong, field) in [
            (Joining { on: "2025-06-03".parse().unwrap(), ..base() }, "on"),
            (Joining { on: "1990-01-01".parse().unwrap(), ..base() }, "on"),
            (Joining { reason: "boredom".into(), ..base() }, "reason"),
            (Joining { relation: "friend".into(), ..base() }, "relation"),
        ] {
            let join = JoinFamily { family: JoinedFamily::Family(family.family), joining: wrong };
            let Refusal::Fields(errors) = service.refused(Role::Registrar, join).await else { panic!("{field}") };
            assert_eq!(errors[0].field, field);
        }
        let nobody = JoinFamily { family: JoinedFamily::Of(PersonNumber::parse("7K2M94TXBY").unwrap()), joining: base() };
        assert_eq!(service.refused(Role::Registrar, nobody).await, Refusal::NotFound("family"));
        let alone = shown(service, Role::Registrar, &woman).await;
        assert!(alone.family.is_some(), "a refused joining ends nothing");
    }

    async fn a_family_keeps_no_more_persons_than_a_record_may_name(service: &TestService) {
        let mut members = people::afghan_family().members;
        let child = members[2].clone();
        for position in members.len()..FAMILY_MEMBERS_MAX {
            let letter = char::from(b'a' + u8::try_from(position).unwrap());
            let mut child = child.clone();
            child.key = None;
            child.names = vec![people::name(NameKind::Given, Script::Latin, &format!("Laleh{letter}"))];
            members.push(child);
        }
        let family = service.registered_family(people::family(CollectedFor::Asylum, members)).await;
        let woman = service.registered_person(person(CollectedFor::Asylum, "1991-01-01")).await;
        let full = service.refused(Role::Registrar, joins(&family, &woman, "sister")).await;
        assert_eq!(full, Refusal::field("members", Problem::AtMost(FAMILY_MEMBERS_MAX)));
    }

    async fn a_resident_in_a_family_given_for_protection_leads_the_police_nowhere(service: &TestService) {
        let family = service.registered_family(people::displaced_family()).await;
        let resident = service.registered_person(person(CollectedFor::Residence, "1991-01-01")).await;
        service.done(Role::Registrar, joins(&family, &resident, "spouse")).await;
        let view = shown(service, Role::PoliceOfficer, &resident).await;
        assert_eq!(view.family, None);
        assert!(view.members.is_empty() && view.displacements.is_empty());
        let hidden = ShowFamily { family: family.family };
        assert_eq!(service.refused(Role::PoliceOfficer, hidden).await, Refusal::NotFound("family"));
        assert!(!shown(service, Role::Registrar, &resident).await.displacements.is_empty());
    }

    async fn who_was_displaced_alone_keeps_help_when_she_joins_another_family(service: &TestService) {
        let displacement = people::displaced_family().displacement;
        let registration = person(CollectedFor::Displacement, "1991-01-01");
        let widow = domain::registry::FamilyRegistration { displacement, ..registration };
        let widow = service.registered_person(widow).await;
        let on = "2025-06-02".parse().unwrap();
        service.done(Role::AssistanceOfficer, OpenDistribution { code: "summer".into(), name: "Help".into(), on }).await;
        let family = service.registered_family(people::afghan_family()).await;
        service.done(Role::Registrar, joins(&family, &widow, "sister")).await;
        let gift = |person: &PersonNumber| {
            let (distribution, item) = ("summer".into(), "gift_set".into());
            HandOverGift { distribution, person: person.clone(), item }
        };
        service.done(Role::AssistanceOfficer, gift(&widow)).await;
        let own = service.refused(Role::AssistanceOfficer, gift(&family.members[0].number)).await;
        assert!(matches!(own, Refusal::Missing(_)), "her displacement entitles nobody else: {own:?}");
    }

    async fn a_registered_person_joins_a_family_that_is_being_registered(service: &TestService) {
        let aunt = service.registered_person(person(CollectedFor::Asylum, "1991-01-01")).await;
        let head = MemberDraft {
            relation: HEAD.into(),
            names: vec![people::name(NameKind::Given, Script::Latin, "Daud")],
            sex: Some(Sex::Male),
            birth: Some(BirthDate { date: "1987-03-21".parse().unwrap(), precision: Precision::Day }),
            ..MemberDraft::default()
        };
        let draft = FamilyDraft {
            collected_for: Some(CollectedFor::Asylum),
            members: vec![head],
            joins: vec![JoinDraft { number: aunt.clone(), relation: "sister".into() }],
            ..FamilyDraft::default()
        };
        let saved = async |draft: &FamilyDraft| {
            let save = SaveDraft { draft: None, kind: FAMILY_DRAFT, content: draft.content().unwrap() };
            let (draft, row_version) = service.done(Role::Registrar, save).await;
            RegisterDraft { draft, row_version }
        };
        let registered = service.done(Role::Registrar, saved(&draft).await).await;
        let view = shown(service, Role::Registrar, &registered.head).await;
        assert_eq!(view.members.len(), 2);
        let (member, ..) = view.members.iter().find(|(_, number, _)| *number == aunt).unwrap();
        assert_eq!((member.relation.as_str(), member.to), ("sister", None));
        // She is in that family now: the next one is not registered, and its draft is not used up.
        let other = FamilyDraft { members: vec![MemberDraft {
            names: vec![people::name(NameKind::Given, Script::Latin, "Rustam")],
            ..draft.members[0].clone()
        }], ..draft };
        let again = saved(&other).await;
        let before = service.service.db().read(|read| Box::pin(async move { read.count_persons().await })).await.unwrap();
        let Refusal::Fields(errors) = service.refused(Role::Registrar, again).await else { panic!("joined twice") };
        assert_eq!(errors[0].field, "joins[0].number");
        let after = service.service.db().read(|read| Box::pin(async move { read.count_persons().await })).await.unwrap();
        assert_eq!(before, after);
        assert_sound(service).await;
    }
}
