// SPDX-License-Identifier: Apache-2.0
//! Proposals of revocation before the second officer: who proposed, on which facts, with which reason.

use db::WaitingRevocation;
use domain::{
    access::{Act, CardFile},
    audit::SUBJECTS_PER_RECORD_MAX,
    card::CardState,
    id::DecisionId,
    number::{CardNumber, CaseNumber},
    refusal::Refusal,
    sensitive::Sensitive,
    time::Timestamp,
};

use crate::{
    AppError, UseCase,
    registry::{Holder, holder},
    unit::Unit,
};

/// Proposals on one page: as many persons as one record may name.
pub const REVOCATIONS_PER_PAGE: usize = SUBJECTS_PER_RECORD_MAX;
/// Where the facts of a proposal are sealed.
const FACTS_PLACE: &str = "decision.facts";
/// Where the proposer's reason is sealed.
const REASON_PLACE: &str = "decision.proposal_reason";

/// A proposal of revocation as the second officer sees it.
#[derive(Clone, Debug)]
pub struct ProposedRevocation {
    /// Identifier, for the next page.
    pub id: DecisionId,
    /// Number of the case.
    pub case: CaseNumber,
    /// The card.
    pub card: CardNumber,
    /// Its state.
    pub state: CardState,
    /// Its holder.
    pub holder: Holder,
    /// Ground and facts.
    pub facts: Sensitive<String>,
    /// The proposer's reason.
    pub reason: Sensitive<String>,
    /// Provisions, stored forms.
    pub basis: Vec<String>,
    /// Name of the proposer's account.
    pub proposer: String,
    /// When.
    pub proposed_at: Timestamp,
    /// Whether the one who looks proposed it himself, so that another must decide.
    pub is_own: bool,
}

/// A page of proposals.
#[derive(Clone, Debug)]
pub struct RevocationPage {
    /// The proposals, oldest first.
    pub proposals: Vec<ProposedRevocation>,
    /// The proposal after which the next page begins; `None` on the last one.
    pub next: Option<DecisionId>,
}

/// Lists the proposals of revocation that wait for a second officer.
pub struct ListRevocations {
    /// The proposal after which the page begins.
    pub after: Option<DecisionId>,
}

impl UseCase for ListRevocations {
    const ACT: Act = Act::RevokeCard;
    type Output = RevocationPage;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<RevocationPage, AppError> {
        unit.cite_for(Act::RevokeCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let limit = i64::try_from(REVOCATIONS_PER_PAGE + 1).unwrap_or(i64::MAX);
        let mut rows = unit.list_waiting_revocations(&permit, self.after, limit).await?;
        let has_more = rows.len() > REVOCATIONS_PER_PAGE;
        rows.truncate(REVOCATIONS_PER_PAGE);
        let next = rows.last().filter(|_| has_more).map(|row| row.id);
        let mut proposals = Vec::with_capacity(rows.len());
        for row in rows {
            proposals.push(opened(unit, row).await?);
        }
        Ok(RevocationPage { proposals, next })
    }
}

/// Shows one proposal of revocation while it waits.
pub struct ShowRevocation {
    /// Number of its case.
    pub case: CaseNumber,
}

impl UseCase for ShowRevocation {
    const ACT: Act = Act::RevokeCard;
    type Output = ProposedRevocation;

    async fn run(&self, unit: &mut Unit<'_>) -> Result<ProposedRevocation, AppError> {
        unit.cite_for(Act::RevokeCard.as_str())?;
        let permit = unit.permit.open::<CardFile>()?;
        let row = unit.find_waiting_revocation(&permit, &self.case).await?;
        opened(unit, row.ok_or(Refusal::NotFound("proposal of a revocation"))?).await
    }
}

async fn opened(unit: &mut Unit<'_>, row: WaitingRevocation) -> Result<ProposedRevocation, AppError> {
    unit.concerns(row.person)?;
    let permit = unit.permit.open::<CardFile>()?;
    let card = unit.find_card_by_id(&permit, row.card).await?.ok_or(Refusal::NotFound("card"))?;
    let facts = unit.open_text(row.person, FACTS_PLACE, Some(row.facts)).await?;
    let reason = unit.open_text(row.person, REASON_PLACE, Some(row.reason)).await?;
    Ok(ProposedRevocation {
        id: row.id,
        case: row.case,
        card: card.number,
        state: card.state,
        holder: holder(unit, row.person).await?,
        facts: Sensitive::new(facts.unwrap_or_default()),
        reason: Sensitive::new(reason.unwrap_or_default()),
        basis: row.basis.lines().map(str::to_owned).collect(),
        proposer: row.proposer,
        proposed_at: row.proposed_at,
        is_own: row.proposed_by == unit.actor().account,
    })
}
