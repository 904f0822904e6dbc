// SPDX-License-Identifier: Apache-2.0
//! `db migrate`, `db check` and `db copy`.

use std::sync::Arc;

use anyhow::bail;
use clap::{Args, Subcommand};
use db::{Db, Schema, vault::Keyring};
use domain::id::CaseId;
use serde_json::json;

use super::{Place, backup::meter::Meter, desk::at_installation};
use crate::{
    clock::SystemClock,
    config::Config,
    install::{Installation, Missing, lock},
    keys::{KeyFolder, system_rng},
    output::Answer,
    pack,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the schema up to this program's; makes the data folder with its keys if there is none
    #[command(after_help = "Example:\n  turna db migrate --data /var/lib/turna")]
    Migrate,
    /// Fold every case again from its actions and compare with what is stored
    #[command(after_help = "Example:\n  turna db check --data /var/lib/turna --json")]
    Check,
    /// Copy the database into an empty one, of the same or the other engine, and compare both
    ///
    /// Nobody works in the data folder meanwhile. Afterwards set `database` in turna.toml to the new one; files and keys stay
    /// where they are.
    #[command(after_help = "Example:\n  turna db copy --to postgres://turna@127.0.0.1/turna --data /var/lib/turna")]
    Copy(Copy),
}

#[derive(Debug, Args)]
pub(crate) struct Copy {
    /// Database to copy; the configured one if absent
    #[arg(long, value_name = "URL")]
    from: Option<String>,
    /// Empty database to fill, `sqlite:PATH` or `postgres://…`
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Migrate => migrate(place).await,
            Self::Check => at_installation(place, check).await,
            Self::Copy(copy) => copy.run(place).await,
        }
    }
}

async fn migrate(place: &Place) -> anyhow::Result<Answer> {
    let installation = Installation::open(&place.data, Missing::Make, Schema::Migrate, Arc::new(SystemClock)).await?;
    let database = installation.service.db();
    let accounts = database.read(|session| Box::pin(session.list_accounts(""))).await;
    let is_new = accounts.map_err(|error: db::DbError| error)?.is_empty();
    installation.close().await?;
    let mut text = format!("schema {} in {}", db::SCHEMA_VERSION, place.data.display());
    if is_new {
        text.push_str(
            "\nnext: `turna key add-signer`, then `turna user add NAME --role administrator --office OFFICE`;\n\
             move `offline-root` to a safe and keep a copy of `keys` apart from the database",
        );
    }
    Ok(Answer::done(text, json!({ "schema": db::SCHEMA_VERSION, "data": place.data, "is_new": is_new })))
}

impl Copy {
    async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        let config = Config::load(&place.data)?;
        let keys = KeyFolder::at(config.keys_folder(&place.data));
        if !keys.is_whole() {
            bail!("the keys of {} are not in {}", place.data.display(), config.keys_folder(&place.data).display());
        }
        let _lock = lock(&place.data)?;
        let pack = pack::load(&config.pack)?;
        let mut rng = system_rng()?;
        let master = keys.master(&mut rng)?;
        let verifier = keys.log_key(&master, &config.log_name, &mut rng)?.verifier();
        let from = self.from.unwrap_or_else(|| config.database_url(&place.data));
        let source = Db::open(&from, Schema::Expect, Keyring::new(master.clone())).await?;
        let mut meter = Meter::new(place.form());
        let copied = backup::copy(&source, &self.to, &mut meter).await?;
        source.close().await;
        let target = Db::open(&self.to, Schema::Expect, Keyring::new(master)).await?;
        let verified = app::oversight::verify_data(&target, &pack, &verifier, None).await;
        target.close().await;
        let report = verified?;
        let rows: u64 = copied.tables.values().map(|(rows, _)| rows).sum();
        let lines = copied.tables.iter().map(|(table, (rows, _))| format!("{rows:>10}  {table}"));
        let mut lines: Vec<String> = lines.collect();
        let entries = report.log.as_ref().map_or(0, |log| log.entries);
        lines.push(format!(
            "{rows} rows are the same on both sides; the log has {entries} entries with the same head; {} cases folded \
             again, {} rows compared with their witnesses ({})",
            report.cases,
            report.rows,
            meter.summary()
        ));
        let tables: serde_json::Map<String, serde_json::Value> =
            copied.tables.iter().map(|(table, (rows, _))| (table.clone(), (*rows).into())).collect();
        let json = json!({ "tables": tables, "rows": rows, "entries": entries, "cases": report.cases });
        Ok(Answer::done(lines.join("\n"), json))
    }
}

async fn check(installation: &Installation) -> anyhow::Result<Answer> {
    let pack = installation.pack().clone();
    let mut after: Option<CaseId> = None;
    let (mut count, mut faults) = (0usize, Vec::new());
    loop {
        let pack = pack.clone();
        let page = installation.service.db().read(move |session| {
            Box::pin(async move {
                let mut page = Vec::new();
                for case in session.list_cases_after(after).await? {
                    let fault = match pack.procedure(&case.procedure) {
                        Some(procedure) => match session.check_case(&case, procedure).await? {
                            Some(fault) => Some(fault),
                            None => app::work::check_queue(session, &pack, &case).await?,
                        },
                        None => Some(format!("the country pack has no procedure {}", case.procedure)),
                    };
                    page.push((case.id, case.number, fault));
                }
                Ok::<_, db::DbError>(page)
            })
        });
        let page = page.await?;
        let Some((last, _, _)) = page.last() else { break };
        after = Some(*last);
        count += page.len();
        faults.extend(page.into_iter().filter_map(|(_, number, fault)| Some((number, fault?))));
    }
    let mut lines: Vec<String> = faults.iter().map(|(number, fault)| format!("case {number}: {fault}")).collect();
    lines.push(format!("{count} cases folded again, {} differ", faults.len()));
    let json = faults.iter().map(|(number, fault)| json!({ "case": number, "fault": fault })).collect::<Vec<_>>();
    Ok(Answer::checked(lines.join("\n"), json!({ "cases": count, "faults": json }), faults.len()))
}
