// SPDX-License-Identifier: Apache-2.0
//! `person token` and `person looked`.

use std::path::PathBuf;

use app::{Outcome, oversight};
use base64ct::{Base64, Encoding as _};
use clap::Args;
use domain::number::PersonNumber;
use law::Pack;
use serde_json::{Value, json};

use crate::{
    cli::{
        Place,
        desk::{Login, at_desk, at_installation},
        input,
    },
    output::Answer,
};

#[derive(Debug, Args)]
pub(crate) struct Looked {
    /// The token that was handed to the person
    #[arg(long, required_unless_present = "token_file")]
    token: Option<String>,
    /// File whose first line is the token
    #[arg(long, value_name = "FILE", conflicts_with = "token")]
    token_file: Option<PathBuf>,
    /// File whose first line is the PIN; asked for if absent
    #[arg(long, value_name = "FILE")]
    pin_file: Option<PathBuf>,
}

/// Gives a person her token and PIN.
pub(super) async fn give(place: &Place, login: &Login, number: PersonNumber) -> anyhow::Result<Answer> {
    at_desk(place, login, async |desk| {
        let outcome = oversight::give_access_token(desk.service(), &desk.context(), &number).await?;
        Ok(Answer::of(outcome, |access| {
            let (token, pin) = (access.token.into_inner(), access.pin.into_inner());
            Answer::done(format!("token {token}\npin {pin}"), json!({ "token": token, "pin": pin }))
        }))
    })
    .await
}

impl Looked {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let token = match (self.token, &self.token_file) {
            (Some(token), _) => zeroize::Zeroizing::new(token),
            (None, file) => input::read_secret(file.as_deref(), "Token")?,
        };
        let pin = input::read_secret(self.pin_file.as_deref(), "PIN")?;
        at_installation(place, async |installation| {
            let pack = installation.pack();
            Ok(match oversight::who_looked(&installation.service, &token, &pin).await? {
                Outcome::Done(looked) => shown(&looked, pack),
                Outcome::Refused(refusal) => Answer::not_signed_in(&refusal),
            })
        })
        .await
    }
}

fn shown(looked: &oversight::WhoLooked, pack: &Pack) -> Answer {
    let mut lines = Vec::new();
    let mut entries: Vec<Value> = Vec::new();
    for entry in &looked.entries {
        let moment = entry.at.wall_clock_in(pack.time_zone());
        let body = entry.body.as_deref().and_then(|code| pack.body(code));
        let body = body.map_or("you yourself", |body| body.name.in_language("en"));
        let basis = entry.basis.join("; ");
        lines.push(format!("{moment}  {}  {}  {body}  for {}  ({basis})", entry.action, entry.result, entry.purpose));
        entries.push(json!({
            "at": entry.at,
            "action": entry.action,
            "result": entry.result,
            "body": entry.body,
            "office": entry.office,
            "role": entry.role,
            "purpose": entry.purpose,
            "basis": entry.basis,
            "position": entry.position,
        }));
    }
    let mut json = json!({ "entries": entries });
    if let Some(head) = &looked.log {
        let root = Base64::encode_string(&head.root);
        lines.push(format!("log: {} entries, root {root}", head.size));
        json["log"] = json!({ "size": head.size, "root": root });
    }
    Answer::done(lines.join("\n"), json)
}
