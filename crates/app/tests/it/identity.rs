// SPDX-License-Identifier: Apache-2.0
//! Accounts: who may sign in, how often one may guess, and how long a token lives.

use app::{
    AppError,
    identity::{
        AddAccount, DisableAccount, FAILED_ATTEMPTS_MAX, LOCK_SECONDS, ListAccounts, NewAccount, PASSWORD_BYTES_MAX,
        TOKEN_SECONDS, add_first_administrator, hash_secret, issue_token, sign_in, sign_in_by_token,
    },
};
use domain::{access::Role, refusal::Refusal, sensitive::Sensitive};
use testkit::{TestService, both, service::PASSWORD};
use tokio::task::JoinSet;

/// Guesses at the same moment.
const GUESSES: usize = 40;

async fn is_refused(service: &TestService, name: &str, password: &str) -> bool {
    match sign_in(&service.service, name, password).await {
        Ok(_) => false,
        Err(AppError::Refused(Refusal::NotPermitted)) => true,
        Err(error) => panic!("{error}"),
    }
}

fn new(name: &str, office: &str) -> AddAccount {
    let password_hash = Sensitive::new("no hash".into());
    AddAccount(NewAccount { name: name.into(), password_hash, role: Role::Registrar, office: office.into() })
}

both! {
    async fn the_right_password_signs_in_and_no_other(service: &TestService) {
        let actor = sign_in(&service.service, "registrar", PASSWORD).await.unwrap();
        assert_eq!(actor, service.actor(Role::Registrar));
        for (name, password) in [
            ("registrar", ""),
            ("registrar", "nine cranes over the lakE"),
            ("Registrar", PASSWORD),
            ("nobody", PASSWORD),
            ("", PASSWORD),
        ] {
            assert!(is_refused(service, name, password).await, "{name:?} {password:?}");
        }
        assert!(is_refused(service, "registrar", &"x".repeat(PASSWORD_BYTES_MAX * 100)).await);
    }

    async fn an_account_waits_after_too_many_failures_and_then_goes_on(service: &TestService) {
        for _ in 0..FAILED_ATTEMPTS_MAX {
            assert!(is_refused(service, "registrar", "wrong").await);
        }
        assert!(is_refused(service, "registrar", PASSWORD).await, "it waits");
        service.clock.advance_seconds(LOCK_SECONDS - 1);
        assert!(is_refused(service, "registrar", PASSWORD).await, "asking does not shorten the wait");
        service.clock.advance_seconds(1);
        assert!(!is_refused(service, "registrar", PASSWORD).await, "nor does it lengthen it");
        for _ in 1..FAILED_ATTEMPTS_MAX {
            assert!(is_refused(service, "registrar", "wrong").await);
        }
        assert!(!is_refused(service, "registrar", PASSWORD).await, "a success begins the count anew");
    }

    async fn many_guesses_at_once_count_as_many(service: &TestService) {
        let mut guesses = JoinSet::new();
        for _ in 0..GUESSES {
            let service = service.service.clone();
            guesses.spawn(async move { sign_in(&service, "registrar", "a wrong guess").await.is_err() });
        }
        assert!(guesses.join_all().await.into_iter().all(|refused| refused));
        assert!(is_refused(service, "registrar", PASSWORD).await, "the account waits");
    }

    async fn a_disabled_account_signs_in_by_neither_password_nor_token(service: &TestService) {
        let actor = sign_in(&service.service, "registrar", PASSWORD).await.unwrap();
        let token = issue_token(&service.service, &actor).await.unwrap();
        assert_eq!(sign_in_by_token(&service.service, token.expose()).await.unwrap(), actor);
        service.done(Role::Administrator, DisableAccount { name: "registrar".into() }).await;
        assert!(is_refused(service, "registrar", PASSWORD).await);
        assert!(sign_in_by_token(&service.service, token.expose()).await.is_err());
        let again = service.refused(Role::Administrator, DisableAccount { name: "registrar".into() }).await;
        assert_eq!(again.code(), "not_found");
    }

    async fn a_token_lives_its_hours(service: &TestService) {
        let token = issue_token(&service.service, &service.actor(Role::Registrar)).await.unwrap();
        service.clock.advance_seconds(TOKEN_SECONDS - 1);
        assert!(sign_in_by_token(&service.service, token.expose()).await.is_ok());
        service.clock.advance_seconds(1);
        assert!(sign_in_by_token(&service.service, token.expose()).await.is_err());
        for wrong in ["", "AAAA", &"x".repeat(100_000)] {
            assert!(sign_in_by_token(&service.service, wrong).await.is_err());
        }
    }

    async fn an_account_has_a_plain_name_and_an_office_of_the_pack(service: &TestService) {
        for name in ["", "Ali", "a b", "a_b", "ə", "a\0", &"a".repeat(41)] {
            let refused = service.refused(Role::Administrator, new(name, "sms-baku")).await;
            assert_eq!(refused.code(), "fields", "{name:?}");
        }
        assert_eq!(service.refused(Role::Administrator, new("ali", "moon")).await.code(), "fields");
        assert_eq!(service.refused(Role::Administrator, new("registrar", "sms-baku")).await.code(), "fields");
        service.done(Role::Administrator, new("ali.1-a", "sms-baku")).await;
        let listed = service.done(Role::Administrator, ListAccounts { after: "ali".into() }).await;
        assert_eq!(listed[0].name, "ali.1-a");
        assert_eq!(listed.len(), Role::ALL.len() * 2 - 2 + 1, "all that come after it: {listed:?}");
    }

    async fn a_password_has_its_length(service: &TestService) {
        for wrong in ["eleven char", &"x".repeat(PASSWORD_BYTES_MAX + 1)] {
            assert!(matches!(hash_secret(&service.service, wrong, 12).await, Err(AppError::Refused(_))));
        }
        assert!(hash_secret(&service.service, "twelve chars", 12).await.unwrap().starts_with("$argon2id$"));
    }

    async fn there_is_one_first_administrator(service: &TestService) {
        let AddAccount(again) = new("second-first", "sms-headquarters");
        let refused = add_first_administrator(&service.service, again).await.unwrap();
        assert!(refused.done().is_none());
    }
}
