// SPDX-License-Identifier: Apache-2.0
//! Signing in, and the tokens of the account that asks.

use app::{
    AppError,
    identity::{Credentials, Source, TOKEN_SECONDS, sign_in_from},
    token::{TOKEN_SECONDS_MAX, check_token, create_token, list_tokens, revoke_token},
};
use axum::{
    extract::State,
    http::{Extensions, StatusCode},
    response::Response,
};
use domain::{
    access::{Act, roles_for},
    id::AccountTokenId,
};
use serde_json::json;

use super::{
    body::{Body, Part},
    caller::{Caller, Reply, RequestId},
    operation::Operation,
    problem::Problem,
    wire,
};
use crate::{
    state::{AppState, Rates},
    visit::Peer,
};

/// The operations.
pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/tokens", "create_token", "Sign in, and make a token", create)
            .text("A wrong name, a wrong password, a wrong code, a disabled account and one that has to wait answer alike.")
            .anyone()
            .takes::<wire::NewToken>(json!({
                "account": "lale.h",
                "password": "nine cranes over the lake",
                "name": "import of June",
                "valid_seconds": 3600,
            }))
            .refuses(&[401])
            .tells::<wire::CreatedToken>(201, "Made; the token is told once."),
        Operation::get("/api/v1/tokens", "list_tokens", "List the valid tokens of the own account", list)
            .tells::<wire::Tokens>(200, "The tokens, without what they are."),
        Operation::delete("/api/v1/tokens/{id}", "revoke_token", "Revoke a token of the own account", revoke)
            .part::<AccountTokenId>()
            .tells::<wire::Done>(200, "Revoked."),
        Operation::get("/api/v1/account", "show_account", "Show the account that asks", show)
            .tells::<wire::OwnAccount>(200, "The account."),
    ]
}

async fn create(State(state): State<AppState>, extensions: Extensions, body: Body<wire::NewToken>) -> Response {
    let id = RequestId::of(&extensions);
    match made(&state, &extensions, &body.value).await {
        Ok(reply) => reply.answer(),
        Err(problem) => problem.answer(id),
    }
}

async fn made(state: &AppState, extensions: &Extensions, new: &wire::NewToken) -> Result<Reply, Problem> {
    let address = Peer::key(extensions);
    Rates::check(&state.rates.sign_in, &address, state.service.now())?;
    let seconds = new.valid_seconds.unwrap_or(TOKEN_SECONDS);
    let refusal = |error: AppError| Problem::of_error(error, None, Act::KeepAccounts);
    // What can be refused cheaply is refused before the password is looked at.
    check_token(&new.name, seconds.min(TOKEN_SECONDS_MAX + 1)).map_err(|error| refusal(error.into()))?;
    let code = new.code.as_ref().map(|code| code.expose().as_str());
    let credentials = Credentials { name: &new.account, password: new.password.expose(), code };
    let actor = match sign_in_from(&state.service, credentials, Source::Address(&address)).await {
        Ok(actor) => actor,
        Err(AppError::Refused(_)) => {
            let detail = "name, password or code is wrong, or the account is disabled or has to wait";
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "not_signed_in", detail));
        }
        Err(error) => return Err(refusal(error)),
    };
    let token = create_token(&state.service, &actor, &new.name, seconds).await.map_err(refusal)?;
    let path = format!("/tokens/{}", token.entry.id);
    let told = wire::CreatedToken {
        id: token.entry.id,
        token: token.token,
        name: token.entry.name,
        expires_at: token.entry.expires_at,
    };
    Ok(Reply::created(&told, path))
}

async fn list(caller: Caller) -> Response {
    match list_tokens(&caller.state.service, &caller.actor).await {
        Ok(tokens) => {
            let tokens = tokens.into_iter().map(|token| wire::TokenEntry {
                id: token.id,
                name: token.name,
                created_at: token.created_at,
                expires_at: token.expires_at,
            });
            Reply::ok(&wire::Tokens { tokens: tokens.collect() }).answer()
        }
        Err(error) => caller.error(error, Act::KeepAccounts),
    }
}

async fn revoke(caller: Caller, Part(id): Part<AccountTokenId>) -> Response {
    match revoke_token(&caller.state.service, &caller.actor, id).await {
        Ok(()) => Reply::ok(&wire::Done { done: true }).answer(),
        Err(error) => caller.error(error, Act::KeepAccounts),
    }
}

async fn show(caller: Caller) -> Response {
    let acts = Act::ALL.iter().filter(|&&act| roles_for(act).contains(&caller.actor.role));
    let acts = acts.map(|act| act.as_str().to_owned()).collect();
    let actor = &caller.actor;
    let told = wire::OwnAccount { role: actor.role, office: actor.office.clone(), body: actor.body.clone(), acts };
    Reply::ok(&told).answer()
}
