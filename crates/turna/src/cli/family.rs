// SPDX-License-Identifier: Apache-2.0
//! `family register` and `family import`.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use base64ct::{Base64, Encoding as _};
use clap::Subcommand;
use domain::{
    registry::{FAMILY_MEMBERS_MAX, FamilyRegistration, MemberRegistration, PHOTO_BYTES_MAX, Sex},
    time::{Clock as _, Date},
};
use serde_json::json;
use web::api::wire;

use super::{
    Place,
    desk::{Login, at_desk},
    input,
    person::import::{Import, Unit},
};
use crate::{clock::SystemClock, output::Answer};

/// How a photo is named that is drawn and shows nobody.
const DRAWN: &str = "drawn:";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Register a family with its members from a file
    #[command(after_help = "Example:\n  turna family register arrivals/family-17.json --account lale.h\n\n\
        A member's photo is a path beside the file, or `drawn:SEED` for a drawn face of nobody.")]
    Register {
        #[command(flatten)]
        login: Login,
        /// The registration in JSON
        file: PathBuf,
    },
    /// Register the families of a table, rows of one household together
    #[command(after_help = "Example:\n  turna family import register.csv --map register.toml --account lale.h\n\n\
        Without a map one is proposed. Rows that could not be taken go into register.csv.rejects.csv, with the reason;\n\
        mend them there and import that file. An import that broke off goes on where it was.")]
    Import(Import),
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let (login, file) = match self {
            Self::Register { login, file } => (login, file),
            Self::Import(import) => return import.run(place, Unit::Family).await,
        };
        let mut registration: FamilyRegistration = input::read_json(&file)?;
        at_desk(place, &login, async |desk| {
            let today = SystemClock.now().date_in(desk.pack().time_zone());
            read_photos(&mut registration, file.parent().unwrap_or(Path::new("")), today)?;
            desk.act("/families", &registration, |family: wire::RegisteredFamily| {
                let lines = family.members.iter().map(|member| match &member.key {
                    Some(key) => format!("{}  {key}", member.number),
                    None => member.number.to_string(),
                });
                let text = format!("family {}\n{}", family.family, lines.collect::<Vec<_>>().join("\n"));
                Answer::done(text, json!(family))
            })
            .await
        })
        .await
    }
}

/// Puts the photos themselves in place of their paths.
fn read_photos(registration: &mut FamilyRegistration, folder: &Path, today: Date) -> anyhow::Result<()> {
    for (position, member) in registration.members.iter_mut().enumerate().take(FAMILY_MEMBERS_MAX) {
        let Some(photo) = member.photo.take() else { continue };
        let read = read_photo(&photo, member, folder, today);
        let read = read.with_context(|| format!("members[{position}].photo"))?;
        member.photo = Some(Base64::encode_string(&read));
    }
    Ok(())
}

/// The photo as it is stored: upright, of one size, without metadata.
fn read_photo(photo: &str, member: &MemberRegistration, folder: &Path, today: Date) -> anyhow::Result<Vec<u8>> {
    let original = match photo.strip_prefix(DRAWN) {
        Some(seed) => {
            let seed = seed.parse().with_context(|| format!("`{DRAWN}` is followed by a number"))?;
            let age = u16::try_from(today.year() - member.birth.date.year()).unwrap_or_default();
            let sex = match member.sex {
                Sex::Male => synthetic::Sex::Male,
                Sex::Female | Sex::Unspecified => synthetic::Sex::Female,
            };
            synthetic::face(seed, age, sex)
        }
        None => {
            let path = Path::new(photo);
            if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
                bail!("a photo lies beside the file or in a folder below");
            }
            input::read_file(&folder.join(path), PHOTO_BYTES_MAX)?
        }
    };
    Ok(documents::normalise_photo(&original)?)
}
