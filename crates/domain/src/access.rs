// SPDX-License-Identifier: Apache-2.0
//! Who may do what: body × role × jurisdiction × purpose × data group, answered by one pure function.
//!
//! [`authorize`] is the only maker of a [`Permit`], and [`Permit::open`] the only maker of [`Authorized`], which the
//! database's functions of restricted slices demand. What is not allowed here is forbidden.

use std::marker::PhantomData;

use crate::{id::AccountId, refusal::Refusal, text_enum};

text_enum! {
    /// The role of an account.
    pub enum Role {
        /// Registers persons and families.
        Registrar = "registrar",
        /// Examines claims and proposes decisions.
        CaseOfficer = "case_officer",
        /// Decides what another proposed.
        DecisionMaker = "decision_maker",
        /// Prepares, checks, prints and hands over cards.
        CardOfficer = "card_officer",
        /// Leads an office: sees its load and its overdue cases, acts as second officer.
        HeadOfOffice = "head_of_office",
        /// Hands out help.
        AssistanceOfficer = "assistance_officer",
        /// Police officer of another body.
        PoliceOfficer = "police_officer",
        /// Auditor in the Ombudsman's seat.
        Auditor = "auditor",
        /// Runs the program; sees no case data.
        Administrator = "administrator",
    }
}

text_enum! {
    /// What a use case does. Each use case has one act; the act decides who may call it and what it may see.
    pub enum Act {
        /// Register a family with its members.
        RegisterFamily = "register_family",
        /// Find persons by exact evidence.
        FindPersons = "find_persons",
        /// Show a person's record.
        ShowPerson = "show_person",
        /// Save or discard an unfinished registration.
        KeepDraft = "keep_draft",
        /// Correct a fact of a person.
        CorrectPerson = "correct_person",
        /// Mend a slip of the pen on the day of entry, before the record was of any use.
        FixTypo = "fix_typo",
        /// Note that a person left her family.
        EndMembership = "end_membership",
        /// Note that a registered person joined a family.
        JoinFamily = "join_family",
        /// Ask for a person's erasure.
        ProposeErasure = "propose_erasure",
        /// Erase a person, as the second officer.
        ErasePerson = "erase_person",
        /// Open a claim to refugee status.
        OpenClaim = "open_claim",
        /// Record a step of a claim: reasons, certificate, interview, opinion, notice.
        RecordClaim = "record_claim",
        /// Propose a decision on a claim.
        ProposeClaimDecision = "propose_claim_decision",
        /// Decide on a claim.
        DecideClaim = "decide_claim",
        /// Show a claim's file.
        ShowClaim = "show_claim",
        /// List overdue cases of the office.
        ListOverdue = "list_overdue",
        /// Raise the flag of a presumed victim of trafficking.
        RaiseProtectionFlag = "raise_protection_flag",
        /// Order a person to leave.
        OrderToLeave = "order_to_leave",
        /// Prepare a card.
        PrepareCard = "prepare_card",
        /// Check a prepared card, as the second officer.
        CheckCard = "check_card",
        /// Sign a checked card.
        SignCard = "sign_card",
        /// Print a signed card on a numbered blank.
        PrintCard = "print_card",
        /// Hand a card over to its holder.
        HandOverCard = "hand_over_card",
        /// Suspend a card, or lift the suspension.
        SuspendCard = "suspend_card",
        /// Propose that a card be revoked.
        ProposeRevocation = "propose_revocation",
        /// Revoke a card, as the second officer.
        RevokeCard = "revoke_card",
        /// Show a card's record.
        ShowCard = "show_card",
        /// Receive, spoil or count blank cards.
        KeepBlanks = "keep_blanks",
        /// Hand a gift over.
        HandOverGift = "hand_over_gift",
        /// Give a person the token for "who looked at my data".
        GiveAccessToken = "give_access_token",
        /// Show which officers looked at a person's record or changed it.
        ShowLooks = "show_looks",
        /// Read who looked, as the person.
        ReadWhoLooked = "read_who_looked",
        /// Draw audit records by lot and open them.
        SampleAudit = "sample_audit",
        /// Take a step of a generic procedure.
        TakeStep = "take_step",
        /// Write, publish and withdraw what the public site tells.
        KeepContent = "keep_content",
        /// Record a person's consent to be shown on the public site, or that she took it back.
        KeepConsent = "keep_consent",
        /// Add or disable an account.
        KeepAccounts = "keep_accounts",
        /// List the open cases of the own queues.
        ListWork = "list_work",
        /// Show what was done in a case and what can be done now, without what is sealed in it.
        ShowCase = "show_case",
        /// Give a case to an officer, or put it back.
        AssignCase = "assign_case",
        /// Let an officer or an office stand in for another for some days.
        KeepSubstitutions = "keep_substitutions",
        /// Count the work of an office.
        ShowStatistics = "show_statistics",
    }
}

text_enum! {
    /// For what a person's data are asked.
    pub enum Purpose {
        /// Registering arrivals, families and displacement.
        Registration = "registration",
        /// Examining a claim to refugee status.
        AsylumProcedure = "asylum_procedure",
        /// Issuing cards.
        CardIssue = "card_issue",
        /// Handing out help.
        Assistance = "assistance",
        /// Measures against irregular stay.
        Enforcement = "enforcement",
        /// The Ombudsman's oversight.
        Oversight = "oversight",
        /// Running the program.
        Administration = "administration",
        /// A person's own data.
        OwnData = "own_data",
    }
}

text_enum! {
    /// For what a record was given by the person; nothing given for protection is read for enforcement.
    pub enum CollectedFor {
        /// Asylum.
        Asylum = "asylum",
        /// Internal displacement.
        Displacement = "displacement",
        /// Stay, residence, work.
        Residence = "residence",
        /// A measure against irregular stay.
        Enforcement = "enforcement",
    }
}

/// A code of a body or an office in the country pack.
pub type OfficeCode = String;

/// Who acts, as the account says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Its role.
    pub role: Role,
    /// Code of its body in the country pack, such as `sms`.
    pub body: String,
    /// Code of its office in the country pack, such as `sms-baku`.
    pub office: OfficeCode,
    /// How far it sees.
    pub jurisdiction: Jurisdiction,
}

/// How far an office sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jurisdiction {
    /// The files of the own office.
    OwnOffice,
    /// The files of the whole country.
    National,
}

mod sealed {
    pub trait Sealed {}
}

/// A group of data that needs a permission of its own.
pub trait DataGroup: sealed::Sealed {
    /// Whether a role may open the group for a purpose.
    fn is_open_to(role: Role, purpose: Purpose) -> bool;
}

macro_rules! data_groups {
    ($($(#[$doc:meta])* $name:ident: $rule:expr),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl sealed::Sealed for $name {}

        impl DataGroup for $name {
            fn is_open_to(role: Role, purpose: Purpose) -> bool {
                let rule: fn(Role, Purpose) -> bool = $rule;
                rule(role, purpose)
            }
        }
    )+};
}

data_groups! {
    /// Names, birth, family, documents, contacts and addresses.
    PersonFile: |role, purpose| match purpose {
        Purpose::Registration | Purpose::AsylumProcedure | Purpose::CardIssue => matches!(
            role,
            Role::Registrar | Role::CaseOfficer | Role::DecisionMaker | Role::CardOfficer | Role::HeadOfOffice
        ),
        Purpose::Assistance => matches!(role, Role::AssistanceOfficer | Role::CardOfficer),
        Purpose::Enforcement => role == Role::PoliceOfficer,
        Purpose::Oversight => role == Role::Auditor,
        Purpose::Administration | Purpose::OwnData => false,
    },
    /// The sealed file of a claim: reasons, interviews, assessment.
    AsylumFile: |role, purpose| purpose == Purpose::AsylumProcedure
        && matches!(role, Role::Registrar | Role::CaseOfficer | Role::DecisionMaker | Role::HeadOfOffice),
    /// Cards and their life.
    CardFile: |role, purpose| matches!(
        (role, purpose),
        (Role::CardOfficer | Role::HeadOfOffice | Role::DecisionMaker | Role::CaseOfficer, Purpose::CardIssue)
    ),
    /// Help received.
    AssistanceFile: |role, purpose| purpose == Purpose::Assistance
        && matches!(role, Role::AssistanceOfficer | Role::CardOfficer | Role::HeadOfOffice),
    /// Measures against irregular stay.
    EnforcementFile: |role, purpose| purpose == Purpose::Enforcement && role == Role::PoliceOfficer,
    /// Audit records opened with their salt.
    AuditFile: |role, purpose| purpose == Purpose::Oversight && role == Role::Auditor,
}

/// The roles that may do an act; a role that is not named may not.
pub fn roles_for(act: Act) -> &'static [Role] {
    use Role::{
        Administrator, AssistanceOfficer, Auditor, CardOfficer, CaseOfficer, DecisionMaker, HeadOfOffice,
        PoliceOfficer, Registrar,
    };
    match act {
        Act::RegisterFamily | Act::KeepDraft | Act::FixTypo => &[Registrar, CaseOfficer],
        Act::FindPersons | Act::ShowPerson => &[
            Registrar,
            CaseOfficer,
            DecisionMaker,
            CardOfficer,
            HeadOfOffice,
            AssistanceOfficer,
            PoliceOfficer,
            Auditor,
        ],
        Act::CorrectPerson | Act::EndMembership | Act::JoinFamily => &[Registrar, CaseOfficer, HeadOfOffice],
        Act::ProposeErasure => &[Registrar, HeadOfOffice],
        Act::ErasePerson => &[HeadOfOffice],
        Act::OpenClaim => &[Registrar, CaseOfficer],
        Act::RecordClaim => &[Registrar, CaseOfficer, DecisionMaker, HeadOfOffice],
        Act::ProposeClaimDecision => &[CaseOfficer],
        Act::DecideClaim => &[DecisionMaker, HeadOfOffice],
        Act::ShowClaim => &[CaseOfficer, DecisionMaker, HeadOfOffice],
        Act::ListOverdue => &[HeadOfOffice],
        Act::RaiseProtectionFlag => &[Registrar, CaseOfficer, PoliceOfficer],
        Act::OrderToLeave => &[PoliceOfficer, CaseOfficer],
        Act::PrepareCard | Act::PrintCard => &[CardOfficer],
        Act::CheckCard => &[CardOfficer, HeadOfOffice],
        Act::SignCard => &[CardOfficer, HeadOfOffice],
        Act::HandOverCard => &[CardOfficer],
        Act::SuspendCard | Act::ShowCard => &[CardOfficer, HeadOfOffice],
        Act::ProposeRevocation => &[CaseOfficer, CardOfficer],
        Act::RevokeCard => &[DecisionMaker, HeadOfOffice],
        Act::KeepBlanks => &[CardOfficer, HeadOfOffice],
        Act::HandOverGift => &[AssistanceOfficer, CardOfficer],
        Act::GiveAccessToken => &[Registrar, CardOfficer],
        Act::ShowLooks => &[Registrar, HeadOfOffice],
        // The person herself reads with token and PIN; no account does.
        Act::ReadWhoLooked => &[],
        Act::SampleAudit => &[Auditor],
        Act::TakeStep => {
            &[Registrar, CaseOfficer, DecisionMaker, CardOfficer, HeadOfOffice, AssistanceOfficer, PoliceOfficer]
        }
        Act::KeepContent => &[HeadOfOffice, Administrator],
        Act::KeepConsent => &[Registrar, CardOfficer, HeadOfOffice],
        Act::KeepAccounts => &[Administrator],
        Act::ListWork | Act::ShowCase | Act::AssignCase => roles_for(Act::TakeStep),
        Act::KeepSubstitutions => &[HeadOfOffice, Administrator],
        Act::ShowStatistics => &[HeadOfOffice],
    }
}

/// The purpose that an act of this role serves. It is fixed by law, not chosen by the officer.
pub fn purpose_of(act: Act, role: Role) -> Purpose {
    match act {
        Act::OrderToLeave => Purpose::Enforcement,
        // A registrar's queue is that of the claims whose first steps are hers.
        Act::ListWork | Act::ShowCase | Act::AssignCase if role == Role::Registrar => Purpose::AsylumProcedure,
        Act::FindPersons | Act::ShowPerson | Act::TakeStep | Act::ListWork | Act::ShowCase | Act::AssignCase => {
            match role {
                Role::PoliceOfficer => Purpose::Enforcement,
                Role::AssistanceOfficer => Purpose::Assistance,
                Role::Auditor => Purpose::Oversight,
                Role::CardOfficer => Purpose::CardIssue,
                Role::CaseOfficer | Role::DecisionMaker | Role::HeadOfOffice => Purpose::AsylumProcedure,
                Role::Registrar | Role::Administrator => Purpose::Registration,
            }
        }
        Act::RegisterFamily
        | Act::KeepDraft
        | Act::CorrectPerson
        | Act::FixTypo
        | Act::EndMembership
        | Act::JoinFamily
        | Act::ProposeErasure
        | Act::ErasePerson
        | Act::GiveAccessToken
        | Act::ShowLooks
        | Act::KeepConsent
        | Act::RaiseProtectionFlag => Purpose::Registration,
        Act::OpenClaim
        | Act::RecordClaim
        | Act::ProposeClaimDecision
        | Act::DecideClaim
        | Act::ShowClaim
        | Act::ListOverdue
        | Act::ShowStatistics => Purpose::AsylumProcedure,
        Act::PrepareCard
        | Act::CheckCard
        | Act::SignCard
        | Act::PrintCard
        | Act::HandOverCard
        | Act::SuspendCard
        | Act::ProposeRevocation
        | Act::RevokeCard
        | Act::ShowCard
        | Act::KeepBlanks => Purpose::CardIssue,
        Act::HandOverGift => Purpose::Assistance,
        Act::ReadWhoLooked => Purpose::OwnData,
        Act::SampleAudit => Purpose::Oversight,
        Act::KeepAccounts | Act::KeepSubstitutions | Act::KeepContent => Purpose::Administration,
    }
}

/// Whether records given for one thing may be read for a purpose: what was given for protection stays out of enforcement.
pub fn may_read_for(purpose: Purpose, collected_for: CollectedFor) -> bool {
    match purpose {
        Purpose::Enforcement => matches!(collected_for, CollectedFor::Residence | CollectedFor::Enforcement),
        Purpose::Administration => false,
        _ => true,
    }
}

/// The permission to do one act, for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    actor: Actor,
    act: Act,
    purpose: Purpose,
}

/// Whether this actor may do this act.
///
/// # Errors
/// [`Refusal::NotPermitted`].
pub fn authorize(actor: &Actor, act: Act) -> Result<Permit, Refusal> {
    if !roles_for(act).contains(&actor.role) {
        return Err(Refusal::NotPermitted);
    }
    Ok(Permit { actor: actor.clone(), act, purpose: purpose_of(act, actor.role) })
}

impl Permit {
    /// The purpose of the act.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Opens a data group for this act.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] when the role may not see the group for this purpose.
    pub fn open<G: DataGroup>(&self) -> Result<Authorized<G>, Refusal> {
        if !G::is_open_to(self.actor.role, self.purpose) {
            return Err(Refusal::NotPermitted);
        }
        let office = match self.actor.jurisdiction {
            Jurisdiction::OwnOffice => Some(self.actor.office.clone()),
            Jurisdiction::National => None,
        };
        Ok(Authorized { purpose: self.purpose, office, group: PhantomData })
    }
}

/// The proof that a data group may be read and written, as an argument of the functions that do it.
#[derive(Clone, Debug)]
pub struct Authorized<G: DataGroup> {
    purpose: Purpose,
    office: Option<OfficeCode>,
    group: PhantomData<G>,
}

impl<G: DataGroup> Authorized<G> {
    /// The purpose.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The only office whose files may be seen; `None` is the whole country.
    pub fn office(&self) -> Option<&str> {
        self.office.as_deref()
    }

    /// For what the readable records were collected, as words.
    pub fn readable(&self) -> Vec<&'static str> {
        CollectedFor::ALL
            .iter()
            .filter(|&&given| may_read_for(self.purpose, given))
            .map(|given| given.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role) -> Actor {
        let account = AccountId::from(uuid::Uuid::from_u128(1));
        Actor { account, role, body: "sms".into(), office: "sms-baku".into(), jurisdiction: Jurisdiction::OwnOffice }
    }

    #[test]
    fn the_administrator_sees_no_case_data() {
        for &act in Act::ALL {
            let is_administration = matches!(act, Act::KeepAccounts | Act::KeepSubstitutions | Act::KeepContent);
            let permit = authorize(&actor(Role::Administrator), act);
            assert_eq!(permit.is_ok(), is_administration, "{act}");
            assert!(permit.is_err() || permit.unwrap().open::<PersonFile>().is_err(), "{act}");
        }
    }

    #[test]
    fn nothing_given_for_protection_is_read_for_enforcement() {
        let permit = authorize(&actor(Role::PoliceOfficer), Act::FindPersons).unwrap();
        assert_eq!(permit.open::<PersonFile>().unwrap().readable(), ["residence", "enforcement"]);
        assert_eq!(permit.open::<AsylumFile>().unwrap_err(), Refusal::NotPermitted);
    }

    #[test]
    fn no_act_of_the_police_opens_the_asylum_file() {
        for &act in Act::ALL {
            if let Ok(permit) = authorize(&actor(Role::PoliceOfficer), act) {
                assert!(permit.open::<AsylumFile>().is_err(), "{act}");
                assert!(permit.open::<CardFile>().is_err(), "{act}");
                assert!(permit.open::<AssistanceFile>().is_err(), "{act}");
            }
        }
    }

    #[test]
    fn every_act_that_needs_a_second_officer_has_two_roles_or_a_second_account() {
        for act in [Act::DecideClaim, Act::CheckCard, Act::RevokeCard, Act::ErasePerson] {
            assert!(!roles_for(act).is_empty(), "{act}");
        }
    }
}
