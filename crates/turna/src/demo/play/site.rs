// SPDX-License-Identifier: Apache-2.0
//! Fills the public site of the demo: the event at which the story ends, with the thanks of one of its people.

use anyhow::Context as _;
use app::site::{Editors, Seed, bring_in};
use domain::access::Role;

use super::Player;

/// Who in the story consents to being quoted, and the language in which she was asked.
const THANKS: (&str, &str) = ("afghan.mother", "prs");

impl Player<'_> {
    /// Brings the items in and publishes them; returns how many.
    ///
    /// # Errors
    /// When the items cannot be read or one of them is refused.
    pub(in crate::demo) async fn publish_site(&self, items: &str) -> anyhow::Result<usize> {
        let seed: Seed = serde_json::from_str(items).context("the demo's site cannot be read")?;
        let of = |role: Role| {
            let found = self.actors.values().find(|actor| actor.role == role);
            found.cloned().with_context(|| format!("the story has no account of the role {role}"))
        };
        let editors = Editors {
            writer: of(Role::HeadOfOffice)?,
            publisher: of(Role::Administrator)?,
            consent: of(Role::CardOfficer)?,
        };
        let number = self.number(THANKS.0)?;
        let service = &self.installation.service;
        let published = bring_in(service, &editors, &seed, self.story.event_day()?, Some((&number, THANKS.1))).await;
        published.context("the demo's site was refused")
    }
}
