// SPDX-License-Identifier: Apache-2.0
//! Named tokens: whose they are, how long they live, and that revoking one ends it at once.

use app::{
    AppError,
    identity::{DisableAccount, sign_in_by_token},
    token::{TOKEN_SECONDS_MAX, create_token, list_tokens, revoke_token},
};
use domain::{access::Role, refusal::Refusal};
use testkit::{TestService, both};

use crate::record::Mark;

async fn is_open(service: &TestService, token: &str) -> bool {
    match sign_in_by_token(&service.service, token).await {
        Ok(_) => true,
        Err(AppError::Refused(Refusal::NotPermitted)) => false,
        Err(error) => panic!("{error}"),
    }
}

async fn is_refused(service: &TestService, name: &str, seconds: i64) -> bool {
    let made = create_token(&service.service, &service.actor(Role::Registrar), name, seconds).await;
    matches!(made, Err(AppError::Refused(Refusal::Fields(_))))
}

both! {
    async fn a_named_token_has_the_rights_of_its_account_until_it_ends(service: &TestService) {
        let actor = service.actor(Role::Registrar);
        let mark = Mark::set(service).await;
        let made = create_token(&service.service, &actor, " import of June ", 3600).await.unwrap();
        let (act, result, bases) = mark.only(service).await;
        assert_eq!((act.as_str(), result.as_str(), bases.len()), ("create_token", "done", 1));
        let found = sign_in_by_token(&service.service, made.token.expose()).await.unwrap();
        assert_eq!(found, actor);
        let listed = list_tokens(&service.service, &actor).await.unwrap();
        assert_eq!(listed, std::slice::from_ref(&made.entry));
        assert_eq!(listed[0].name, "import of June");
        service.clock.advance_seconds(3601);
        assert!(!is_open(service, made.token.expose()).await);
        assert!(list_tokens(&service.service, &actor).await.unwrap().is_empty());
    }

    async fn only_its_owner_revokes_a_token(service: &TestService) {
        let (owner, other) = (service.actor(Role::Registrar), service.second(Role::Registrar));
        let made = create_token(&service.service, &owner, "import", 3600).await.unwrap();
        let refused = revoke_token(&service.service, &other, made.entry.id).await;
        assert!(matches!(refused, Err(AppError::Refused(Refusal::NotFound("token")))));
        assert!(list_tokens(&service.service, &other).await.unwrap().is_empty());
        assert!(is_open(service, made.token.expose()).await);
        revoke_token(&service.service, &owner, made.entry.id).await.unwrap();
        assert!(!is_open(service, made.token.expose()).await);
        assert!(revoke_token(&service.service, &owner, made.entry.id).await.is_err(), "once is enough");
    }

    async fn a_disabled_account_has_no_token(service: &TestService) {
        let made = create_token(&service.service, &service.actor(Role::Registrar), "import", 3600).await.unwrap();
        service.done(Role::Administrator, DisableAccount { name: "registrar".into() }).await;
        assert!(!is_open(service, made.token.expose()).await);
    }

    async fn names_lives_and_numbers_of_tokens_have_limits(service: &TestService) {
        for (name, seconds) in [("", 3600), (" ", 3600), ("a\nb", 3600), ("a", 59), ("a", TOKEN_SECONDS_MAX + 1)] {
            assert!(is_refused(service, name, seconds).await, "{name:?} {seconds}");
        }
        assert!(is_refused(service, &"n".repeat(61), 3600).await);
        for number in 0..db::TOKENS_PER_ACCOUNT_MAX {
            assert!(!is_refused(service, &format!("token {number}"), TOKEN_SECONDS_MAX).await);
        }
        assert!(is_refused(service, "one too many", 3600).await);
    }
}
