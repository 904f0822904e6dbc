// SPDX-License-Identifier: Apache-2.0
//! `person token` and `person looked`.

use std::path::PathBuf;

use clap::Args;
use domain::{number::PersonNumber, sensitive::Sensitive};
use serde_json::json;
use web::api::wire;

use crate::{
    cli::{
        Place,
        desk::{Desk, Login, at_desk, at_interface},
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
        let path = format!("/persons/{number}/access-tokens");
        desk.act(&path, &wire::Nothing {}, |access: wire::GivenAccess| {
            let text = format!("token {}\npin {}", access.token.expose(), access.pin.expose());
            Answer::done(text, json!(access))
        })
        .await
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
        let shown_token = wire::AccessToken {
            token: Sensitive::new(token.as_str().to_owned()),
            pin: Sensitive::new(pin.as_str().to_owned()),
        };
        at_interface(place, async |desk| {
            desk.act("/looked", &shown_token, |looked: wire::WhoLooked| shown(&desk, &looked)).await
        })
        .await
    }
}

fn shown(desk: &Desk, looked: &wire::WhoLooked) -> Answer {
    let line = |entry: &wire::Looked| {
        let moment = desk.wall_clock(entry.at);
        let body = entry.body.as_deref().and_then(|code| desk.pack().body(code));
        let body = body.map_or("you yourself", |body| body.name.in_language("en"));
        let basis = entry.basis.join("; ");
        format!("{moment}  {}  {}  {body}  for {}  ({basis})", entry.action, entry.result, entry.purpose)
    };
    let mut lines: Vec<String> = looked.entries.iter().map(line).collect();
    lines.extend(looked.log.as_ref().map(|log| format!("log: {} entries, root {}", log.size, log.root)));
    Answer::done(lines.join("\n"), json!(looked))
}
