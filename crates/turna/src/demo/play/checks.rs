// SPDX-License-Identifier: Apache-2.0
//! What checkers and the auditor do: they have files and proofs, not the database.

use anyhow::{Context as _, ensure};
use app::{Outcome, oversight};
use domain::access::Actor;
use sha2::{Digest as _, Sha256};
use transparency::EntryProof;

use super::{Ended, Player};
use crate::{
    card_files::{folder_of, publish_lists},
    demo::{cards as files, story::Do},
};

impl Player<'_> {
    pub(super) async fn check(&mut self, act: &Do, actor: Actor) -> anyhow::Result<Ended> {
        match act {
            Do::VerifyCard { person, verdict, refresh } => {
                if *refresh {
                    publish_lists(&self.installation.service, &folder_of(&self.installation.data)).await?;
                }
                let now = self.installation.service.now();
                let found = files::check(&folder_of(&self.installation.data), self.qr_text(person)?, now)?;
                let found = files::word(&found);
                ensure!(found == *verdict, "the checker says {found} instead of {verdict}");
                Ok(Outcome::Done(found.to_uppercase()))
            }
            Do::VerifyForged { person } => self.verify_forged(person),
            Do::KeepCheckpoint {} => self.keep_checkpoint().await,
            Do::VerifyLog {} => self.verify_log().await,
            Do::Sample { count } => self.sample(*count, actor).await,
            _ => anyhow::bail!("not a check"),
        }
    }

    /// Changes one character after the other: none of the forgeries may be valid.
    fn verify_forged(&self, person: &str) -> anyhow::Result<Ended> {
        let (text, folder) = (self.qr_text(person)?, folder_of(&self.installation.data));
        let now = self.installation.service.now();
        let place = text.len() / 2;
        let other = if text.as_bytes()[place] == b'A' { "B" } else { "A" };
        let forged = format!("{}{other}{}", &text[..place], &text[place + 1..]);
        let found = files::word(&files::check(&folder, &forged, now)?);
        ensure!(found == "forged" || found == "malformed", "a forged card is {found}");
        Ok(Outcome::Done(format!("NOT VALID: {found}")))
    }

    async fn keep_checkpoint(&mut self) -> anyhow::Result<Ended> {
        let db = self.installation.service.db();
        let note = db.read(|session| Box::pin(session.log_checkpoint())).await.map_err(|error: db::DbError| error)?;
        let note = note.context("the log has no checkpoint yet")?;
        std::fs::write(self.old_checkpoint_file(), &note)?;
        let size = note.lines().nth(1).unwrap_or_default().to_owned();
        self.old_checkpoint = Some(note);
        Ok(Outcome::Done(format!("checkpoint of {size} records kept aside")))
    }

    async fn verify_log(&self) -> anyhow::Result<Ended> {
        let service = &self.installation.service;
        let verifier = service.log_key().verifier();
        let old = self.old_checkpoint.clone();
        let report = oversight::verify_data(service.db(), service.pack(), &verifier, old.as_deref()).await?;
        let since = report.log.and_then(|log| log.since);
        let since = since.map_or(String::new(), |since| format!(", nothing rewritten since {since}"));
        let (entries, rows, cases) = (report.records, report.rows, report.cases);
        Ok(Outcome::Done(format!("{entries} records, {rows} rows and {cases} cases agree{since}")))
    }

    async fn sample(&self, count: usize, actor: Actor) -> anyhow::Result<Ended> {
        let service = &self.installation.service;
        let context = service.context(actor);
        let opened = match oversight::sample_audit(service, &context, count).await? {
            Outcome::Done(opened) => opened,
            Outcome::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
        };
        ensure!(opened.len() == count, "only {} records were drawn", opened.len());
        let verifier = service.log_key().verifier();
        for record in &opened {
            let proof = EntryProof::parse(&record.proof)?;
            let salt = proof.extra.clone().context("a proof carries the record's salt")?;
            let salt: domain::audit::Salt =
                salt.try_into().map_err(|_| anyhow::anyhow!("a salt has another length"))?;
            let commitment = domain::audit::leaf_commitment(&salt, &record.record.canonical);
            proof.verify(&commitment, &verifier)?;
        }
        let all: Vec<u8> = opened.iter().flat_map(|record| record.position.to_be_bytes()).collect();
        let digest = domain::audit::hex(&Sha256::digest(all)[..4]);
        Ok(Outcome::Done(format!("{count} records opened, each with its proof; lot {digest}")))
    }
}
