// SPDX-License-Identifier: Apache-2.0
//! Accounts, for the administrator.

use app::identity::{
    ACCOUNTS_PER_PAGE, AddAccount, DisableAccount, ListAccounts, NewAccount, PASSWORD_CHARACTERS_MIN,
    check_account_name, hash_secret,
};
use axum::response::Response;
use domain::{
    access::{Act, roles_for},
    refusal::Refusal,
    sensitive::Sensitive,
};
use serde::Deserialize;
use serde_json::json;

use super::{
    body::{Body, Part, Query},
    caller::{Caller, Reply},
    operation::Operation,
    wire,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/accounts", "add_account", "Add an account", add)
            .act(Act::KeepAccounts)
            .takes::<wire::NewAccount>(json!({
                "name": "lale.h",
                "password": "nine cranes over the lake",
                "role": "registrar",
                "office": "sms-baku",
            }))
            .keyed()
            .tells::<wire::Account>(201, "Added."),
        Operation::get("/api/v1/accounts", "list_accounts", "List the accounts", list)
            .act(Act::KeepAccounts)
            .query::<String>("after", "`next` of the page before.")
            .tells::<wire::Accounts>(200, "A page of accounts."),
        Operation::post("/api/v1/accounts/{name}/end", "disable_account", "Disable an account and its tokens", disable)
            .act(Act::KeepAccounts)
            .part::<String>()
            .takes::<wire::Nothing>(json!({}))
            .keyed()
            .tells::<wire::DisabledAccount>(200, "Disabled."),
    ]
}

async fn add(caller: Caller, body: Body<wire::NewAccount>) -> Response {
    let new = body.value.clone();
    let mut password_hash = String::new();
    // Nobody else's request is worth the work of hashing; the use case puts his refusal on record.
    if roles_for(Act::KeepAccounts).contains(&caller.actor.role) {
        if let Err(refusal) = check_account_name(&new.name) {
            return caller.problem(caller.refusal(&refusal, Act::KeepAccounts));
        }
        match hash_secret(&caller.state.service, new.password.expose(), PASSWORD_CHARACTERS_MIN).await {
            Ok(hash) => password_hash = hash,
            Err(error) => return caller.error(error, Act::KeepAccounts),
        }
    }
    let (name, role, office) = (new.name.clone(), new.role, new.office);
    let add = AddAccount(NewAccount { name, password_hash: Sensitive::new(password_hash), role, office });
    let tell = move |actor: &domain::access::Actor| {
        let account = wire::Account {
            name: new.name.clone(),
            role: actor.role,
            office: actor.office.clone(),
            body: actor.body.clone(),
            is_active: true,
        };
        Reply::created(&account, format!("/accounts/{}", account.name))
    };
    caller.act(&body, add, tell).await
}

/// Where a page begins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct After {
    after: Option<String>,
}

async fn list(caller: Caller, Query(After { after }): Query<After>) -> Response {
    let list = ListAccounts { after: after.unwrap_or_default() };
    caller
        .ask(list, |accounts| {
            let accounts: Vec<_> = accounts
                .into_iter()
                .map(|account| wire::Account {
                    name: account.name,
                    role: account.actor.role,
                    office: account.actor.office,
                    body: account.actor.body,
                    is_active: account.is_active,
                })
                .collect();
            let is_full = i64::try_from(accounts.len()).is_ok_and(|count| count >= ACCOUNTS_PER_PAGE);
            let next = accounts.last().filter(|_| is_full).map(|account| account.name.clone());
            Reply::ok(&wire::Accounts { accounts, next })
        })
        .await
}

async fn disable(caller: Caller, Part(name): Part<String>, body: Body<wire::Nothing>) -> Response {
    if check_account_name(&name).is_err() {
        return caller.problem(caller.refusal(&Refusal::NotFound("active account"), Act::KeepAccounts));
    }
    let disable = DisableAccount { name: name.clone() };
    caller.act(&body, disable, move |()| Reply::ok(&wire::DisabledAccount { disabled: name.clone() })).await
}
