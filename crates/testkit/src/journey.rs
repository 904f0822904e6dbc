// SPDX-License-Identifier: Apache-2.0
//! The ways that persons, claims and cards go, as far as a test needs them gone.

use std::collections::BTreeMap;

use app::{
    Outcome,
    asylum::{
        DecideClaim, Interview, IssueCertificate, OpenClaim, ProposeClaimDecision, ReadBack, Reading, RecordInterview,
        RecordReasons, Signature, TakeClaimStep,
    },
    cards::{AddBlanks, CheckCard, HandOverCard, PrepareCard, PrintedCard, SignedCard, print_card, sign_card},
    procedures::StepInput,
    registry::{RegisterFamily, RegisteredFamily},
    site::{Editors, bring_in},
};
use domain::{
    access::{Actor, Role},
    legal::ProvisionId,
    number::{CardNumber, CaseNumber, PersonNumber},
    procedure::{ActionCode, OutcomeCode},
    refusal::Refusal,
    registry::{Confidentiality, FamilyRegistration, LookAlike, LookAlikeNote, Verdict},
    sensitive::Sensitive,
};

use crate::TestService;

/// A reason long enough to be one.
pub const REASON: &str = "The statement is coherent and agrees with what is known of the place.";

/// The code of an action.
///
/// # Panics
/// When it is none.
pub fn action(code: &str) -> ActionCode {
    ActionCode::parse(code).expect("an action code")
}

/// The code of an outcome.
///
/// # Panics
/// When it is none.
pub fn outcome(code: &str) -> OutcomeCode {
    OutcomeCode::parse(code).expect("an outcome code")
}

/// A provision.
///
/// # Panics
/// When it is none.
pub fn provision(id: &str) -> ProvisionId {
    ProvisionId::parse(id).expect("a provision")
}

/// An input with a reason and nothing else.
pub fn reasoned() -> StepInput {
    StepInput { reason: Some(REASON.into()), ..StepInput::default() }
}

/// An interview as the law wants it for adults and children alike: alone, with interpreter and representative.
pub fn interview() -> Interview {
    Interview {
        language: "prs".into(),
        interpreter: Some(Sensitive::new("Interpreter 12".into())),
        representative: Some(Sensitive::new("Representative 3".into())),
        observer: Some(Sensitive::new("UNHCR".into())),
        seen_alone: true,
        statement: Sensitive::new("They came at night and asked for my brother.".into()),
        reading: Some(Reading { by: ReadBack::ByInterpreter, corrections: None, signature: Signature::Signed }),
    }
}

/// The provision on which each outcome of a claim can rest.
pub fn ground_of(outcome: &str) -> &'static str {
    match outcome {
        "recognised" => "int-1951-refugees:1a",
        "recognised_derivative" => "az-refugee-law:6",
        "rejected" => "az-refugee-law:1",
        _ => "az-rsd-procedure:discontinuance",
    }
}

/// A proposal of an outcome with facts, reason and ground.
pub fn proposal(case: &CaseNumber, code: &str) -> ProposeClaimDecision {
    let step = if code == "discontinued" { "propose_discontinuance" } else { "propose_decision" };
    ProposeClaimDecision {
        case: case.clone(),
        action: action(step),
        outcome: outcome(code),
        facts: Sensitive::new("The village was taken; the brother was seized.".into()),
        reason: Sensitive::new(REASON.into()),
        cites: vec![provision(ground_of(code))],
        answers: BTreeMap::new(),
    }
}

/// The decision that follows a proposal of an outcome.
pub fn decision(case: &CaseNumber, code: &str) -> DecideClaim {
    let step = if code == "discontinued" { "discontinue" } else { "decide" };
    DecideClaim {
        case: case.clone(),
        action: action(step),
        outcome: Some(outcome(code)),
        reason: Sensitive::new(REASON.into()),
        cites: vec![provision(ground_of(code))],
    }
}

/// What the public site of the demo begins with.
const SITE: &str = include_str!("../../../packs/az/demo/site.json");

impl TestService {
    /// Fills the public site with what the demo's begins with; a person of full age consents to her thanks. Returns how many
    /// items are published.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn filled_site(&self, thanks_of: Option<&PersonNumber>) -> usize {
        let seed = serde_json::from_str(SITE).expect("the demo's site can be read");
        let editors = Editors {
            writer: self.actor(Role::HeadOfOffice),
            publisher: self.actor(Role::Administrator),
            consent: self.actor(Role::CardOfficer),
        };
        let on = self.service.now().date_in(self.service.pack().time_zone());
        let shown = thanks_of.map(|person| (person, "prs"));
        bring_in(&self.service, &editors, &seed, on, shown).await.expect("the demo's site is taken")
    }

    /// Registers a family; of whoever looks like a member it is said that it is another person.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn registered_family(&self, mut registration: FamilyRegistration) -> RegisteredFamily {
        loop {
            let register = RegisterFamily { registration: registration.clone(), photos: BTreeMap::new() };
            match self.run(Role::Registrar, register).await.expect("registering does not fail") {
                Outcome::Done(family) => return family,
                Outcome::Refused(Refusal::LooksLike(persons)) => {
                    for LookAlike { member, number, .. } in persons {
                        let reason = Sensitive::new("Another fingerprint.".to_owned());
                        let note = LookAlikeNote { number, verdict: Verdict::Different, reason };
                        registration.members[member].looks_like.push(note);
                    }
                }
                Outcome::Refused(refusal) => panic!("the registration was refused: {refusal}"),
            }
        }
    }

    /// Registers a family of one and returns the person's number.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn registered_person(&self, registration: FamilyRegistration) -> PersonNumber {
        self.registered_family(registration).await.members.remove(0).number
    }

    /// Opens a claim of a person.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn opened_claim(&self, person: &PersonNumber) -> CaseNumber {
        let claim =
            OpenClaim { person: person.clone(), language: "prs".into(), confidentiality: Confidentiality::Family };
        self.done(Role::Registrar, claim).await
    }

    /// Takes a recording step of a claim as the case officer.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn claim_step(&self, case: &CaseNumber, code: &str) {
        self.claim_step_as(&self.actor(Role::CaseOfficer), case, code).await;
    }

    /// Takes a recording step of a claim.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn claim_step_as(&self, actor: &Actor, case: &CaseNumber, code: &str) {
        self.done_as(actor, TakeClaimStep { case: case.clone(), action: action(code), input: reasoned() }).await;
    }

    /// A claim that was heard: reasons, certificate, both interviews; by the first case officer.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn heard_claim(&self, person: &PersonNumber) -> CaseNumber {
        let case = self.opened_claim(person).await;
        let reasons = Sensitive::new("I fear for my life.".into());
        self.done(Role::Registrar, RecordReasons { case: case.clone(), reasons }).await;
        self.done(Role::Registrar, IssueCertificate { case: case.clone() }).await;
        let held = |kind: &str| RecordInterview { case: case.clone(), kind: action(kind), interview: interview() };
        self.done(Role::Registrar, held("registration_interview")).await;
        self.claim_step(&case, "invite_to_interview").await;
        self.done(Role::CaseOfficer, held("status_interview")).await;
        case
    }

    /// A claim that was opened and heard by one case officer, at her office.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn heard_claim_at(&self, person: &PersonNumber, officer: &Actor) -> CaseNumber {
        let open =
            OpenClaim { person: person.clone(), language: "prs".into(), confidentiality: Confidentiality::Family };
        let case = self.done_as(officer, open).await;
        let reasons = Sensitive::new("I fear for my life.".into());
        self.done_as(officer, RecordReasons { case: case.clone(), reasons }).await;
        for kind in ["registration_interview", "status_interview"] {
            let held = RecordInterview { case: case.clone(), kind: action(kind), interview: interview() };
            self.done_as(officer, held).await;
        }
        case
    }

    /// A claim that was heard and decided so, by two officers.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn decided_claim(&self, person: &PersonNumber, outcome: &str) -> CaseNumber {
        let case = self.heard_claim(person).await;
        self.done(Role::CaseOfficer, proposal(&case, outcome)).await;
        self.done(Role::DecisionMaker, decision(&case, outcome)).await;
        case
    }

    /// A person of a family of one who was recognised as a refugee.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn recognised_person(&self, registration: FamilyRegistration) -> PersonNumber {
        let person = self.registered_person(registration).await;
        self.decided_claim(&person, "recognised").await;
        person
    }

    /// Takes so many blanks into stock.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn add_blanks(&self, prefix: &str, count: usize) {
        let numbers = (1..=count).map(|number| format!("{prefix}-{number:04}")).collect();
        self.done(Role::CardOfficer, AddBlanks { numbers }).await;
    }

    /// A card prepared by the first card officer.
    ///
    /// # Panics
    /// When it is not done.
    pub async fn prepared_card(&self, person: &PersonNumber) -> CardNumber {
        self.done(Role::CardOfficer, PrepareCard { person: person.clone(), replaces: None }).await
    }

    /// A card checked by the second card officer.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn checked_card(&self, person: &PersonNumber) -> CardNumber {
        let number = self.prepared_card(person).await;
        self.done_as(&self.second(Role::CardOfficer), CheckCard { number: number.clone() }).await;
        number
    }

    /// Signs a card.
    ///
    /// # Panics
    /// When it fails.
    pub async fn sign(&self, number: &CardNumber) -> Outcome<SignedCard> {
        let context = self.context(Role::CardOfficer);
        sign_card(&self.service, &context, self.printer(), number).await.expect("signing does not fail")
    }

    /// Prints a card.
    ///
    /// # Panics
    /// When it fails.
    pub async fn print(&self, number: &CardNumber) -> Outcome<PrintedCard> {
        let context = self.context(Role::CardOfficer);
        print_card(&self.service, &context, self.printer(), number).await.expect("printing does not fail")
    }

    /// A signed card.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn signed_card(&self, person: &PersonNumber) -> CardNumber {
        let number = self.checked_card(person).await;
        self.sign(&number).await.done().expect("the card is signed");
        number
    }

    /// A printed card and the text of its QR code; takes one blank into stock for it.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn printed_card(&self, person: &PersonNumber) -> (CardNumber, String) {
        let number = self.signed_card(person).await;
        self.add_blanks(number.as_str(), 1).await;
        let printed = self.print(&number).await.done().expect("the card is printed");
        (number, printed.qr_text)
    }

    /// A card in its holder's hands and the text of its QR code.
    ///
    /// # Panics
    /// When a step is not done.
    pub async fn active_card(&self, person: &PersonNumber) -> (CardNumber, String) {
        let (number, text) = self.printed_card(person).await;
        let hand_over = HandOverCard { number: number.clone(), received_by: person.clone() };
        self.done(Role::CardOfficer, hand_over).await;
        (number, text)
    }
}
