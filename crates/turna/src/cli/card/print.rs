// SPDX-License-Identifier: Apache-2.0
//! `card print`: the card as files, and beside them what a checker needs.

use std::path::PathBuf;

use app::{Outcome, cards::print_card};
use clap::Args;
use domain::number::CardNumber;
use serde_json::json;

use crate::{
    card_files::{folder_of, make_folder, publish_lists, write_card},
    cli::{
        Place,
        desk::{Login, at_desk},
    },
    output::Answer,
};

#[derive(Debug, Args)]
pub(crate) struct Print {
    #[command(flatten)]
    login: Login,
    /// Card number
    number: CardNumber,
    /// Folder for the files; `cards` in the data folder if absent
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Print {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let Self { login, number, out } = self;
        let folder = out.unwrap_or_else(|| folder_of(&place.data));
        // A folder that cannot be written is found out before a blank is used up.
        make_folder(&folder)?;
        at_desk(place, &login, async |desk| {
            let printer = desk.installation.card_printer()?;
            let card = match print_card(desk.service(), &desk.context(), &printer, &number).await? {
                Outcome::Done(card) => card,
                Outcome::Refused(refusal) => return Ok(Answer::refused(&refusal)),
            };
            let files = write_card(&folder, &card)?;
            app::jobs::settle(desk.service()).await?;
            publish_lists(desk.service(), &folder).await?;
            let text = format!("card {number} is printed on blank {}: {}", card.blank, files[0].display());
            Ok(Answer::done(text, json!({ "card": number, "blank": card.blank, "files": files })))
        })
        .await
    }
}
