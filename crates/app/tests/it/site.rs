// SPDX-License-Identifier: Apache-2.0
//! What the public site tells: written by one officer, published by another, and of a person only what she consents to.

use app::{
    own_file::{self, Wish},
    registry::{ErasePerson, ProposeErasure},
    site::{
        AddContent, ChangeContent, ContentFacts, ListContent, MarkTranslated, PublicItem, PublishContent,
        RecordConsent, RevokeConsent, ShowContent, WithdrawContent, WriteText, published,
    },
};
use db::ContentText;
use domain::{
    access::{CollectedFor, Role},
    content::{ContentKind, ContentState, Showing, Shows},
    id::RowId,
    number::PersonNumber,
    refusal::Refusal,
    registry::FamilyRegistration,
};
use testkit::{TestService, both, people};

use crate::{own_file::given, record::assert_sound};

/// The languages of the site.
const LANGUAGES: [&str; 5] = ["az", "en", "ru", "ar", "fa"];

fn guest() -> FamilyRegistration {
    people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")
}

fn add(code: &str, kind: ContentKind, parent: Option<&str>, rank: i64, shows: &str) -> AddContent {
    let facts = ContentFacts {
        rank,
        happens_on: Some("2025-12-18".parse().unwrap()),
        shows: Shows::parse(shows).unwrap(),
        ..ContentFacts::default()
    };
    AddContent { code: code.into(), kind, parent: parent.map(str::to_owned), facts }
}

fn text(language: &str, word: &str) -> ContentText {
    ContentText {
        language: language.into(),
        title: format!("{word} {language}"),
        byline: Some("Deputy head of the service".into()),
        body: format!("Text of {word} in {language}."),
    }
}

async fn version(service: &TestService, code: &str) -> i64 {
    service.done(Role::HeadOfOffice, ShowContent { code: code.into() }).await.item.row_version
}

async fn write_all(service: &TestService, code: &str) {
    for language in LANGUAGES {
        let row_version = version(service, code).await;
        let write = WriteText { code: code.into(), row_version, text: text(language, code) };
        service.done(Role::HeadOfOffice, write).await;
    }
    service.done(Role::HeadOfOffice, MarkTranslated { code: code.into() }).await;
}

async fn publish(service: &TestService, new: AddContent) {
    let code = new.code.clone();
    service.done(Role::HeadOfOffice, new).await;
    write_all(service, &code).await;
    service.done(Role::Administrator, PublishContent { code }).await;
}

async fn read(service: &TestService, language: &str) -> Vec<PublicItem> {
    published(&service.service, language).await.unwrap()
}

async fn state(service: &TestService, code: &str) -> ContentState {
    service.done(Role::HeadOfOffice, ShowContent { code: code.into() }).await.item.state
}

/// An item of thanks with the consent of a person of full age.
async fn thanks(service: &TestService) -> (PersonNumber, RowId) {
    let person = service.registered_person(guest()).await;
    let consent = thanks_of(service, &person).await;
    assert_eq!(read(service, "fa").await.len(), 1);
    (person, consent)
}

/// An item of thanks of this person, with her consent.
pub(crate) async fn thanks_of(service: &TestService, person: &PersonNumber) -> RowId {
    service.done(Role::HeadOfOffice, add("thanks", ContentKind::Statement, None, 0, "thanks")).await;
    write_all(service, "thanks").await;
    let publish = || PublishContent { code: "thanks".into() };
    assert_eq!(service.refused(Role::Administrator, publish()).await.code(), "missing", "without consent");
    let consent = service.done(Role::CardOfficer, consent(person, Showing::Thanks)).await;
    service.done(Role::Administrator, publish()).await;
    consent
}

fn consent(person: &PersonNumber, showing: Showing) -> RecordConsent {
    RecordConsent {
        code: "thanks".into(),
        person: person.clone(),
        showing,
        given_on: "2025-06-01".parse().unwrap(),
        language: "prs".into(),
    }
}

both! {
    async fn an_event_is_told_with_its_parts_in_order_and_only_what_is_published(service: &TestService) {
        publish(service, add("day", ContentKind::Event, None, 0, "")).await;
        publish(service, add("film", ContentKind::Film, Some("day"), 3, "")).await;
        publish(service, add("speech", ContentKind::Statement, Some("day"), 1, "")).await;
        service.done(Role::HeadOfOffice, add("draft", ContentKind::News, None, 0, "")).await;
        for language in LANGUAGES {
            let items = read(service, language).await;
            let [day] = items.as_slice() else { panic!("{items:?}") };
            assert_eq!(day.text.title, format!("day {language}"));
            assert_eq!(day.parts.iter().map(|part| part.code.as_str()).collect::<Vec<_>>(), ["speech", "film"]);
        }
        service.done(Role::HeadOfOffice, WithdrawContent { code: "day".into() }).await;
        assert!(read(service, "en").await.is_empty(), "its parts are told no longer either");
        assert_eq!(service.done(Role::Administrator, ListContent).await.len(), 4);
    }

    async fn nobody_publishes_what_he_wrote_and_nothing_untranslated_is_published(service: &TestService) {
        service.done(Role::HeadOfOffice, add("day", ContentKind::Event, None, 0, "")).await;
        let marked = || MarkTranslated { code: "day".into() };
        let publish = || PublishContent { code: "day".into() };
        assert_eq!(service.refused(Role::HeadOfOffice, marked()).await.code(), "missing");
        assert_eq!(service.refused(Role::Administrator, publish()).await.code(), "missing");
        write_all(service, "day").await;
        assert_eq!(service.refused(Role::HeadOfOffice, publish()).await, Refusal::SameOfficer);
        service.done(Role::Administrator, publish()).await;
        let row_version = version(service, "day").await;
        let over = WriteText { code: "day".into(), row_version, text: text("en", "other") };
        assert_eq!(service.refused(Role::HeadOfOffice, over).await.code(), "already_recorded");
        service.done(Role::Administrator, WithdrawContent { code: "day".into() }).await;
        let row_version = version(service, "day").await;
        let again = WriteText { code: "day".into(), row_version, text: text("en", "other") };
        service.done(Role::Administrator, again).await;
        assert_eq!(state(service, "day").await, ContentState::Draft, "what is written again goes the whole way again");
        service.done(Role::HeadOfOffice, marked()).await;
        assert_eq!(service.refused(Role::Administrator, publish()).await, Refusal::SameOfficer);
    }

    async fn two_writers_do_not_overwrite_each_other(service: &TestService) {
        service.done(Role::HeadOfOffice, add("day", ContentKind::Event, None, 0, "")).await;
        let seen = version(service, "day").await;
        let write = |word: &str| WriteText { code: "day".into(), row_version: seen, text: text("en", word) };
        service.done(Role::HeadOfOffice, write("one")).await;
        assert_eq!(service.refused(Role::Administrator, write("two")).await, Refusal::Conflict);
        let facts = ContentFacts { rank: 7, ..ContentFacts::default() };
        let change = ChangeContent { code: "day".into(), row_version: seen, facts };
        assert_eq!(service.refused(Role::Administrator, change).await, Refusal::Conflict);
        let twice = add("day", ContentKind::News, None, 0, "");
        assert_eq!(service.refused(Role::HeadOfOffice, twice).await.code(), "fields");
    }

    async fn wrong_facts_are_refused(service: &TestService) {
        for code in ["", "Day", "a b", "ü", &"a".repeat(61)] {
            assert_eq!(service.refused(Role::HeadOfOffice, add(code, ContentKind::News, None, 0, "")).await.code(), "fields");
        }
        assert_eq!(service.refused(Role::HeadOfOffice, add("a", ContentKind::News, None, -1, "")).await.code(), "fields");
        let orphan = add("a", ContentKind::News, Some("none"), 0, "");
        assert_eq!(service.refused(Role::HeadOfOffice, orphan).await.code(), "fields");
        service.done(Role::HeadOfOffice, add("speech", ContentKind::Statement, None, 0, "")).await;
        let row_version = version(service, "speech").await;
        let mut nobody = text("en", "speech");
        nobody.byline = Some("  ".into());
        let write = |text| WriteText { code: "speech".into(), row_version, text };
        assert_eq!(service.refused(Role::HeadOfOffice, write(nobody)).await.code(), "fields");
        assert_eq!(service.refused(Role::HeadOfOffice, write(text("de", "speech"))).await.code(), "fields");
    }

    async fn a_consent_is_of_an_adult_and_to_what_the_item_shows(service: &TestService) {
        let child = people::single(CollectedFor::Asylum, "Laleh", "Sahrayi", "2016-04-09");
        let child = service.registered_person(child).await;
        let adult = service.registered_person(guest()).await;
        service.done(Role::HeadOfOffice, add("thanks", ContentKind::Statement, None, 0, "thanks")).await;
        assert_eq!(service.refused(Role::CardOfficer, consent(&child, Showing::Thanks)).await.code(), "missing");
        assert_eq!(service.refused(Role::CardOfficer, consent(&adult, Showing::Face)).await.code(), "fields");
        let mut future = consent(&adult, Showing::Thanks);
        future.given_on = "2030-01-01".parse().unwrap();
        assert_eq!(service.refused(Role::CardOfficer, future).await.code(), "fields");
        service.done(Role::CardOfficer, consent(&adult, Showing::Thanks)).await;
        let twice = service.refused(Role::CardOfficer, consent(&adult, Showing::Thanks)).await;
        assert_eq!(twice.code(), "already_recorded");
    }

    async fn taking_a_consent_back_withdraws_the_item_at_once_and_deletes_its_texts(service: &TestService) {
        let (_, consent) = thanks(service).await;
        service.done(Role::Registrar, RevokeConsent { consent }).await;
        assert!(read(service, "fa").await.is_empty());
        let left = service.done(Role::HeadOfOffice, ShowContent { code: "thanks".into() }).await;
        assert_eq!((left.item.state, left.texts.len()), (ContentState::Withdrawn, 0));
        assert_eq!(service.refused(Role::Registrar, RevokeConsent { consent }).await.code(), "already_recorded");
        let publish = PublishContent { code: "thanks".into() };
        assert_eq!(service.refused(Role::Administrator, publish).await.code(), "missing");
        assert_sound(service).await;
    }

    async fn she_takes_her_consent_back_herself_and_nobody_elses(service: &TestService) {
        let (person, consent) = thanks(service).await;
        let stranger = service.registered_person(guest()).await;
        let open = async |person: &PersonNumber| {
            let token = given(service, person).await;
            let opened = own_file::open(&service.service, token.token.expose(), token.pin.expose()).await;
            opened.unwrap().done().unwrap().expose().clone()
        };
        let key = open(&stranger).await;
        let refused = own_file::wish(&service.service, &key, Wish::RevokeConsent(consent)).await.unwrap();
        assert!(refused.done().is_none());
        assert_eq!(read(service, "en").await.len(), 1);
        let key = open(&person).await;
        let file = own_file::show(&service.service, &key).await.unwrap().done().unwrap();
        assert_eq!((file.consents.len(), file.consents[0].holds), (1, true));
        for _ in 0..2 {
            own_file::wish(&service.service, &key, Wish::RevokeConsent(consent)).await.unwrap().done().unwrap();
            assert!(read(service, "en").await.is_empty());
        }
        assert!(!own_file::show(&service.service, &key).await.unwrap().done().unwrap().consents[0].holds);
    }

    async fn an_erased_person_is_told_of_no_longer(service: &TestService) {
        let (person, _) = thanks(service).await;
        let reason = "The family left the country for good.";
        let case = service.done(Role::Registrar, ProposeErasure { number: person, reason: reason.into() }).await;
        service.done(Role::HeadOfOffice, ErasePerson { case, reason: reason.into() }).await;
        assert!(read(service, "en").await.is_empty());
        let left = service.done(Role::HeadOfOffice, ShowContent { code: "thanks".into() }).await;
        assert_eq!((left.item.state, left.texts.len(), left.consents.len()), (ContentState::Withdrawn, 0, 0));
        assert_sound(service).await;
    }
}
