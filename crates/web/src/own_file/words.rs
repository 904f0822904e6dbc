// SPDX-License-Identifier: Apache-2.0
//! Who looked, in words: what each act and each purpose is called for the person whose data they were.

use app::oversight::Looked;
use domain::{
    access::{Act, Purpose},
    legal::ProvisionId,
};

use super::LookView;
use crate::{page::Page, state::AppState};

/// What an act is called for the person. Acts that never concern one person fall under "another step".
fn act_key(action: &str) -> &'static str {
    let Ok(act) = action.parse::<Act>() else {
        return match action {
            "revoke_access_token" => "file-act-key",
            "reinstate_card" | "replace_card" => "file-act-card",
            "record_interview" | "issue_certificate" => "file-act-claim",
            "open_record" => "file-act-oversight",
            _ => "file-act-other",
        };
    };
    match act {
        Act::ShowPerson
        | Act::ShowLooks
        | Act::ShowCase
        | Act::ShowClaim
        | Act::ShowCard
        | Act::ListOverdue
        | Act::ListWork => "file-act-read",
        Act::FindPersons => "file-act-found",
        Act::RegisterFamily => "file-act-registered",
        Act::CorrectPerson
        | Act::FixTypo
        | Act::EndMembership
        | Act::JoinFamily
        | Act::ProposeErasure
        | Act::ErasePerson => "file-act-changed",
        Act::OpenClaim
        | Act::RecordClaim
        | Act::ProposeClaimDecision
        | Act::DecideClaim
        | Act::TakeStep
        | Act::OrderToLeave
        | Act::AssignCase => "file-act-claim",
        Act::PrepareCard
        | Act::CheckCard
        | Act::SignCard
        | Act::PrintCard
        | Act::HandOverCard
        | Act::SuspendCard
        | Act::ProposeRevocation
        | Act::RevokeCard => "file-act-card",
        Act::HandOverGift => "file-act-help",
        Act::GiveAccessToken => "file-act-key",
        Act::ReadWhoLooked => "file-act-tried",
        Act::KeepConsent => "file-act-consent",
        Act::RaiseProtectionFlag => "file-act-protection",
        Act::SampleAudit => "file-act-oversight",
        _ => "file-act-other",
    }
}

/// What a purpose is called.
pub(crate) fn purpose_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Registration => "file-purpose-registration",
        Purpose::AsylumProcedure => "file-purpose-asylum",
        Purpose::CardIssue => "file-purpose-card",
        Purpose::Assistance => "file-purpose-help",
        Purpose::Enforcement => "file-purpose-enforcement",
        Purpose::Oversight => "file-purpose-oversight",
        Purpose::Administration => "file-purpose-administration",
        Purpose::OwnData => "file-purpose-own",
    }
}

/// How a provision is cited, from its stored form `ID@FROM#DIGEST`.
pub(super) fn citation(state: &AppState, page: &Page, stored: &str) -> String {
    let pack = state.service.pack();
    let (id, rest) = stored.split_once('@').unwrap_or((stored, ""));
    let from = rest.split('#').next().and_then(|day| day.parse().ok());
    let found = ProvisionId::parse(id).ok().zip(from).and_then(|(id, from)| pack.provision(&id, from));
    found.map_or(id.to_owned(), |provision| pack.citation(provision, page.language.code()))
}

/// One look at the person's data.
pub(super) fn look(state: &AppState, page: &Page, look: &Looked) -> LookView {
    let pack = state.service.pack();
    let code = page.language.code();
    let office = look.office.as_deref().and_then(|office| pack.office(office));
    let body = look.body.as_deref().and_then(|body| pack.body(body));
    let who = match (office, body) {
        (Some(office), _) => office.name.in_language(code).to_owned(),
        (None, Some(body)) => body.name.in_language(code).to_owned(),
        (None, None) if look.purpose == Purpose::OwnData.as_str() => page.text("file-looked-self"),
        (None, None) => page.text("file-looked-program"),
    };
    let basis: Vec<String> = look.basis.iter().map(|basis| citation(state, page, basis)).collect();
    LookView {
        when: page.moment(state, look.at),
        who,
        what: page.text(act_key(&look.action)),
        purpose: look.purpose.parse().map_or(look.purpose.clone(), |purpose| page.text(purpose_key(purpose))),
        basis: basis.join("; "),
        is_refused: look.result != "done",
    }
}
