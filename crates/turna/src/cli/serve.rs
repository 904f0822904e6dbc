// SPDX-License-Identifier: Apache-2.0
//! `serve` and `demo`.

use std::{process::ExitCode, sync::Arc};

use anyhow::Context as _;
use clap::Args;
use db::Schema;

use super::Place;
use crate::{
    clock::SystemClock,
    demo,
    install::{Installation, Missing},
    output::note,
    serve,
};

/// Synthetic persons that a demo has beside those of its story.
const POPULATION: u32 = 2_000;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  turna serve --data /var/lib/turna --listen 127.0.0.1:8080")]
pub(crate) struct Serve {
    /// Address to listen on, in place of the configured one
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl Serve {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let clock = Arc::new(SystemClock);
        let installation = Installation::open(&place.data, Missing::Refuse, Schema::Expect, clock).await?;
        let address = self.listen.as_ref().unwrap_or(&installation.config.listen);
        let listener = tokio::net::TcpListener::bind(address).await;
        let listener = listener.with_context(|| format!("{address} cannot be listened on"))?;
        serve::check_address(listener.local_addr()?)?;
        note(&format!("serving on http://{}", listener.local_addr()?));
        let place = (installation.data.as_path(), &installation.config);
        let served = serve::serve(installation.service.clone(), place, listener, serve::stop_signal()).await;
        installation.close().await?;
        served.map(|()| ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  turna demo --data /tmp/turna-demo --population 200 --exit")]
pub(crate) struct Demo {
    /// Synthetic persons to register after the story
    #[arg(long, value_name = "N", default_value_t = POPULATION)]
    population: u32,
    /// Stop after the story; exit code 0 only if every step held
    #[arg(long)]
    exit: bool,
    /// Address to listen on afterwards
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
}

impl Demo {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let Self { population, exit, listen } = self;
        demo::run(demo::Options { data: place.data.clone(), population, exit, json: place.json, listen }).await
    }
}
