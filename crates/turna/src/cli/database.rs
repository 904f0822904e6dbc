// SPDX-License-Identifier: Apache-2.0
//! `db migrate` and `db check`.

use std::sync::Arc;

use clap::Subcommand;
use db::Schema;
use domain::id::CaseId;
use serde_json::json;

use super::{Place, desk::at_installation};
use crate::{
    clock::SystemClock,
    install::{Installation, Missing},
    output::Answer,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the schema up to this program's; makes the data folder with its keys if there is none
    #[command(after_help = "Example:\n  turna db migrate --data /var/lib/turna")]
    Migrate,
    /// Fold every case again from its actions and compare with what is stored
    #[command(after_help = "Example:\n  turna db check --data /var/lib/turna --json")]
    Check,
}

impl Command {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<Answer> {
        match self {
            Self::Migrate => migrate(place).await,
            Self::Check => at_installation(place, check).await,
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
