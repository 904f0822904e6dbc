// SPDX-License-Identifier: Apache-2.0
//! The procedures of the pack, played by the case machine; and a procedure added by one more file.

use domain::{
    access::{Actor, Jurisdiction, Role},
    case::{CaseAction, CaseSnapshot, CaseState, available_actions, check, fold, running_clocks},
    id::AccountId,
    procedure::{ActionCode, OutcomeCode, Procedure, ProcedureCode},
    refusal::Refusal,
    time::Timestamp,
};
use law::{LabelKind, Pack};

use crate::support::{FILES, PACK};

/// A file on a person as the test's officers see it.
struct Play<'a> {
    procedure: &'a Procedure,
    case: Option<CaseSnapshot>,
    now: Timestamp,
}

fn procedure_of<'a>(pack: &'a Pack, code: &str) -> &'a Procedure {
    pack.procedure(&ProcedureCode::parse(code).unwrap()).unwrap()
}

fn action(code: &str) -> ActionCode {
    ActionCode::parse(code).unwrap()
}

/// An officer; each number is another person.
fn officer(role: Role, number: u32) -> Actor {
    let account: AccountId = format!("01900000-0000-7000-8000-{number:012}").parse().unwrap();
    Actor { account, role, body: "sms".into(), office: "sms-baku".into(), jurisdiction: Jurisdiction::National }
}

impl<'a> Play<'a> {
    fn new(procedure: &'a Procedure) -> Self {
        Self { procedure, case: None, now: "2025-09-01T08:00:00Z".parse().unwrap() }
    }

    fn take(&mut self, actor: &Actor, code: &str) -> Result<CaseState, Refusal> {
        self.take_with(actor, code, None)
    }

    fn take_with(&mut self, actor: &Actor, code: &str, outcome: Option<&str>) -> Result<CaseState, Refusal> {
        let step = self.procedure.step(&action(code)).ok_or(Refusal::NoSuchStep)?;
        check(step, self.case.as_ref(), actor)?;
        self.now = self.now.plus_seconds(3_600);
        let outcome = outcome.map(|code| OutcomeCode::parse(code).unwrap());
        let taken = CaseAction { code: action(code), by: actor.account, at: self.now, outcome };
        let after = fold(self.procedure, self.case.as_ref(), &taken)?;
        let state = after.state;
        self.case = Some(after);
        Ok(state)
    }

    fn all(&mut self, actor: &Actor, codes: &[&str]) {
        for code in codes {
            self.take(actor, code).unwrap_or_else(|refusal| panic!("{code}: {refusal}"));
        }
    }

    fn has_flag(&self, flag: &str) -> bool {
        self.case.as_ref().unwrap().flags.iter().any(|set| set.as_str() == flag)
    }
}

const INTERVIEWED: &[&str] = &[
    "open_claim",
    "ask_reasons",
    "issue_certificate",
    "registration_interview",
    "invite_to_interview",
    "status_interview",
];

#[test]
fn a_claim_is_proposed_by_one_officer_and_decided_by_another() {
    let (case_officer, maker) = (officer(Role::CaseOfficer, 1), officer(Role::DecisionMaker, 2));
    let mut claim = Play::new(procedure_of(&PACK, "refugee_status"));
    claim.all(&case_officer, INTERVIEWED);
    assert_eq!(claim.take_with(&case_officer, "propose_decision", Some("recognised")), Ok(CaseState::Proposed));
    assert_eq!(claim.take(&officer(Role::DecisionMaker, 1), "decide"), Err(Refusal::SameOfficer));
    assert_eq!(claim.take(&case_officer, "decide"), Err(Refusal::NotPermitted));
    assert_eq!(claim.take(&maker, "decide"), Ok(CaseState::Decided));
    assert_eq!(claim.case.unwrap().outcome, Some(OutcomeCode::parse("recognised").unwrap()));
}

#[test]
fn nobody_is_rejected_without_having_been_interviewed() {
    let case_officer = officer(Role::CaseOfficer, 1);
    let mut claim = Play::new(procedure_of(&PACK, "refugee_status"));
    claim.all(&case_officer, &["open_claim"]);
    assert!(matches!(claim.take(&case_officer, "registration_interview"), Err(Refusal::Missing(_))));
    claim.all(&case_officer, &["ask_reasons", "registration_interview"]);
    assert!(matches!(claim.take(&case_officer, "propose_decision"), Err(Refusal::Missing(_))));
    // A person who did not come can only be the subject of a discontinuance, and only another officer ends it.
    claim.all(&case_officer, &["record_no_show", "propose_discontinuance"]);
    let maker = officer(Role::DecisionMaker, 2);
    assert!(matches!(claim.take(&maker, "decide"), Err(Refusal::Missing(_))));
    assert_eq!(claim.take(&officer(Role::HeadOfOffice, 1), "discontinue"), Err(Refusal::SameOfficer));
    assert_eq!(claim.take_with(&maker, "discontinue", Some("discontinued")), Ok(CaseState::Decided));
    // And it can be opened again.
    assert_eq!(claim.take(&maker, "reopen"), Ok(CaseState::InExamination));
    claim.all(&case_officer, &["status_interview", "propose_decision"]);
}

#[test]
fn a_proposal_can_be_returned_and_the_examination_goes_on() {
    let (case_officer, maker) = (officer(Role::CaseOfficer, 1), officer(Role::DecisionMaker, 2));
    let mut claim = Play::new(procedure_of(&PACK, "refugee_status"));
    claim.all(&case_officer, &["open_claim", "record_no_show", "propose_discontinuance"]);
    assert_eq!(claim.take(&maker, "return_to_officer"), Ok(CaseState::InExamination));
    claim.all(
        &case_officer,
        &["resume", "ask_reasons", "registration_interview", "status_interview", "propose_decision"],
    );
    assert_eq!(claim.take(&maker, "decide"), Ok(CaseState::Decided));
}

#[test]
fn the_certificate_stays_valid_through_every_appeal_and_the_claim_stays_open() {
    let (case_officer, maker) = (officer(Role::CaseOfficer, 1), officer(Role::DecisionMaker, 2));
    let other = officer(Role::DecisionMaker, 3);
    let mut claim = Play::new(procedure_of(&PACK, "refugee_status"));
    claim.all(&case_officer, INTERVIEWED);
    claim.take_with(&case_officer, "propose_decision", Some("rejected")).unwrap();
    claim.all(&maker, &["decide", "notify"]);
    claim.all(&case_officer, &["appeal"]);
    assert!(claim.has_flag("certificate_issued"));
    assert_eq!(claim.take(&maker, "decide_appeal"), Err(Refusal::SameOfficer));
    assert_eq!(claim.take_with(&other, "decide_appeal", Some("rejected")), Ok(CaseState::Decided));
    claim.all(&case_officer, &["appeal_to_court"]);
    assert!(claim.has_flag("certificate_issued") && claim.case.as_ref().unwrap().state.is_open());
    assert!(matches!(claim.take(&case_officer, "close"), Err(Refusal::CaseState(_))));
    claim.all(&other, &["record_judgment_upholding", "notify"]);
    // Not even then: somebody must put on record that the term of appeal is over, and another closes.
    assert!(matches!(claim.take(&officer(Role::HeadOfOffice, 4), "close"), Err(Refusal::Missing(_))));
    claim.all(&other, &["record_end_of_appeal_term"]);
    assert!(claim.has_flag("certificate_issued"));
    assert_eq!(claim.take(&officer(Role::HeadOfOffice, 3), "close"), Err(Refusal::SameOfficer));
    assert_eq!(claim.take(&case_officer, "close"), Ok(CaseState::Closed));
    assert!(!claim.has_flag("certificate_issued"));
}

#[test]
fn a_late_appeal_takes_back_the_end_of_the_term() {
    let (case_officer, maker) = (officer(Role::CaseOfficer, 1), officer(Role::DecisionMaker, 2));
    let mut claim = Play::new(procedure_of(&PACK, "refugee_status"));
    claim.all(&case_officer, INTERVIEWED);
    claim.take_with(&case_officer, "propose_decision", Some("rejected")).unwrap();
    claim.all(&maker, &["decide", "notify", "record_end_of_appeal_term"]);
    claim.all(&case_officer, &["appeal"]);
    assert!(!claim.has_flag("appeal_term_over"));
}

#[test]
fn the_three_clocks_of_a_claim_run_and_are_met() {
    let case_officer = officer(Role::CaseOfficer, 1);
    let mut claim = Play::new(procedure_of(&PACK, "refugee_status"));
    let due = |claim: &Play<'_>| -> Vec<(String, String)> {
        running_clocks(claim.procedure, claim.case.as_ref().unwrap(), PACK.time_zone())
            .iter()
            .map(|clock| {
                let day = clock.started.date_in(PACK.time_zone());
                (clock.rule.clock.to_string(), PACK.calendar().due(clock.rule, day).unwrap().to_string())
            })
            .collect()
    };
    let rows =
        |rows: &[(&str, &str)]| rows.iter().map(|&(code, day)| (code.to_owned(), day.to_owned())).collect::<Vec<_>>();
    claim.all(&case_officer, &["open_claim"]);
    assert_eq!(due(&claim), rows(&[("registration_interview", "2025-09-16"), ("decision", "2025-12-01")]));
    claim.all(&case_officer, &["ask_reasons", "registration_interview"]);
    assert_eq!(due(&claim), rows(&[("interview_invitation", "2025-10-01"), ("decision", "2025-12-01")]));
    claim.all(&case_officer, &["status_interview", "propose_decision"]);
    claim.all(&officer(Role::DecisionMaker, 2), &["decide"]);
    assert_eq!(due(&claim), []);
}

#[test]
fn a_card_is_revoked_and_a_person_erased_by_two_officers_only() {
    let mut revocation = Play::new(procedure_of(&PACK, "card_revocation"));
    revocation.all(&officer(Role::CaseOfficer, 1), &["open_file"]);
    let early = revocation.take(&officer(Role::CaseOfficer, 1), "propose_decision");
    assert!(matches!(early, Err(Refusal::CaseState(_))), "without a hearing: {early:?}");
    revocation.all(&officer(Role::CaseOfficer, 1), &["offer_hearing", "propose_decision"]);
    assert_eq!(revocation.take(&officer(Role::HeadOfOffice, 1), "decide"), Err(Refusal::SameOfficer));
    assert_eq!(revocation.take(&officer(Role::HeadOfOffice, 2), "decide"), Ok(CaseState::Decided));

    let mut erasure = Play::new(procedure_of(&PACK, "erasure"));
    erasure.all(&officer(Role::HeadOfOffice, 1), &["open_file", "check_duties_to_keep", "propose_decision"]);
    assert_eq!(erasure.take(&officer(Role::HeadOfOffice, 1), "decide"), Err(Refusal::SameOfficer));
    erasure.all(&officer(Role::HeadOfOffice, 2), &["decide", "carry_out"]);
    assert!(erasure.take(&officer(Role::HeadOfOffice, 2), "carry_out").is_err());
}

#[test]
fn an_order_to_leave_needs_a_question_about_protection_and_a_hearing() {
    let police = officer(Role::PoliceOfficer, 1);
    let mut order = Play::new(procedure_of(&PACK, "leave_order"));
    order.all(&police, &["open_file", "hear_person"]);
    assert!(matches!(order.take(&police, "propose_decision"), Err(Refusal::Missing(_))));
    order.all(&police, &["ask_of_protection", "propose_decision"]);
    assert_eq!(order.take(&police, "decide"), Err(Refusal::SameOfficer));
    assert_eq!(order.take(&officer(Role::PoliceOfficer, 2), "decide"), Ok(CaseState::Decided));
}

#[test]
fn what_takes_something_from_a_person_is_adverse() {
    for (procedure, outcome, is_adverse) in [
        ("refugee_status", "recognised", false),
        ("refugee_status", "recognised_derivative", false),
        ("refugee_status", "rejected", true),
        ("refugee_status", "discontinued", true),
        ("leave_order", "ordered", true),
        ("card_revocation", "revoked", true),
        ("card_revocation", "kept", false),
        ("erasure", "erased", true),
    ] {
        let found = procedure_of(&PACK, procedure).outcome(&OutcomeCode::parse(outcome).unwrap()).unwrap();
        assert_eq!(found.is_adverse, is_adverse, "{procedure} {outcome}");
    }
}

/// A procedure that no line of Rust knows.
const SCHOOL_PLACE: &str = r#"
code = "school_place"

[[step]]
action = "apply"
kind = "open"
to = "received"
roles = ["registrar"]
cites = ["int-1951-refugees:22"]

[[step]]
action = "ask_school"
kind = "record"
from = ["received"]
to = "in_examination"
roles = ["registrar"]
sets = ["school_asked"]
cites = ["int-1989-crc:22"]

[[step]]
action = "suggest"
kind = "propose"
from = ["in_examination"]
to = "proposed"
roles = ["registrar"]
needs_flags = ["school_asked"]
cites = ["int-1951-refugees:22"]

[[step]]
action = "grant"
kind = "decide"
from = ["proposed"]
to = "decided"
roles = ["head_of_office"]
other_officer_than = ["suggest"]
cites = ["int-1951-refugees:22"]
needs_reason = true

[[clock]]
clock = "answer"
starts = "apply"
met_by = ["grant"]
count = 10
unit = "working_days"
valid_from = "2025-01-01"
cites = "int-1951-refugees:22"
confidence = "unconfirmed"

[[outcome]]
code = "placed"
is_adverse = false
cites = ["int-1951-refugees:22"]

"#;

#[test]
fn a_procedure_is_added_by_one_more_file_alone() {
    let mut text = SCHOOL_PLACE.to_owned();
    for (kind, code) in [
        ("procedure", "school_place"),
        ("action", "apply"),
        ("action", "ask_school"),
        ("action", "suggest"),
        ("action", "grant"),
        ("flag", "school_asked"),
        ("clock", "answer"),
        ("outcome", "placed"),
    ] {
        let name = format!("name = {{ az = \"{code} az\", en = \"{code} en\", ru = \"{code} ru\" }}");
        text.push_str(&format!("[[label]]\nkind = \"{kind}\"\ncode = \"{code}\"\n{name}\n\n"));
    }
    let mut files = FILES.clone();
    files.insert("procedures/school_place.toml".into(), text);
    let pack = Pack::parse(&files).unwrap();

    let code = ProcedureCode::parse("school_place").unwrap();
    let labelled = pack.labelled_procedure(&code).unwrap();
    assert_eq!(labelled.label(LabelKind::Action, "ask_school").unwrap().in_language("ru"), "ask_school ru");
    assert!(labelled.label(LabelKind::Flag, "ask_school").is_none());

    let (registrar, head) = (officer(Role::Registrar, 1), officer(Role::HeadOfOffice, 2));
    let mut place = Play::new(&labelled.procedure);
    let can = |place: &Play<'_>, actor: &Actor| -> Vec<String> {
        available_actions(place.procedure, place.case.as_ref(), actor)
            .iter()
            .map(|step| step.action.to_string())
            .collect()
    };
    assert_eq!(can(&place, &registrar), ["apply"]);
    place.all(&registrar, &["apply"]);
    assert_eq!(can(&place, &registrar), ["ask_school"]);
    assert!(can(&place, &head).is_empty());
    place.all(&registrar, &["ask_school"]);
    place.take_with(&registrar, "suggest", Some("placed")).unwrap();
    assert_eq!(can(&place, &head), ["grant"]);
    assert_eq!(place.take(&head, "grant"), Ok(CaseState::Decided));
}
