// SPDX-License-Identifier: Apache-2.0
//! `card print`: the card as files, and beside them what a checker needs.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use base64ct::{Base64, Encoding as _};
use clap::Args;
use domain::number::CardNumber;
use serde_json::json;
use web::api::wire;

use crate::{
    card_files::{CardFiles, folder_of, make_folder, write_card_files},
    cli::{
        Place,
        desk::{Login, at_desk},
    },
    client::Ended,
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
            let path = format!("/cards/{number}/print");
            let printed: wire::PrintedCard = match desk.client.post(&path, &wire::Nothing {}).await? {
                Ended::Done(printed) => printed,
                Ended::Refused(problem) => return Ok(Answer::problem(&problem)),
            };
            let (card, blank) = (&printed.card, &printed.blank);
            let files = write_card(&folder, &printed)?;
            desk.publish_lists(&folder).await?;
            let text = format!("card {card} is printed on blank {blank}: {}", files[0].display());
            Ok(Answer::done(text, json!({ "card": card, "blank": blank, "files": files })))
        })
        .await
    }
}

/// Writes a printed card as `card-NUMBER.pdf`, `.png`, `.txt` and `.mrz`.
fn write_card(folder: &Path, card: &wire::PrintedCard) -> anyhow::Result<Vec<PathBuf>> {
    let bytes = |text: &str| Base64::decode_vec(text).context("a picture of the card is not understood");
    let (pdf, qr_picture) = (bytes(card.pdf.expose())?, bytes(card.qr_picture.expose())?);
    let mrz = card.mrz.iter().map(|line| line.expose().as_str()).collect::<Vec<_>>();
    let qr_text = card.qr_text.expose();
    write_card_files(folder, card.card.as_str(), &CardFiles { pdf: &pdf, qr_picture: &qr_picture, qr_text, mrz: &mrz })
}
