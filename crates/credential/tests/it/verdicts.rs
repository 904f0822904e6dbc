// SPDX-License-Identifier: Apache-2.0
//! What a checker answers about genuine cards: dates, signers, and every way in which a status list can be unfit.

use credential::{
    card::{self, CardClaims},
    status::{Status, StatusList, StatusTokenClaims, encode_token},
    trust::Purpose,
    verify::{Checker, Reason, SignerProblem, StatusDoubt, Verdict, verify_text},
};
use domain::time::Timestamp;

use crate::office::{CARD_INDEX, LIST_URI, Office, at, claims, entry, list, today, token_claims};

fn reason(verdict: Verdict) -> Option<Reason> {
    match verdict {
        Verdict::NotValid(reason) => Some(reason),
        _ => None,
    }
}

fn doubt(verdict: Verdict) -> Option<StatusDoubt> {
    match verdict {
        Verdict::ValidSignatureStatusOld { doubt, .. } => Some(doubt),
        _ => None,
    }
}

#[test]
fn a_card_is_valid_from_its_first_second_to_before_its_last() {
    let office = Office::new();
    let text = office.sign(&claims());
    let check = |moment| reason(verify_text(&text, &office.trust, None, at(moment)));
    assert_eq!(check("2026-02-01T08:59:59.999999Z"), Some(Reason::NotYetValid));
    assert_eq!(check("2026-02-01T09:00:00Z"), None);
    assert_eq!(check("2028-01-31T23:59:59.999999Z"), None);
    assert_eq!(check("2028-02-01T00:00:00Z"), Some(Reason::Expired));
}

#[test]
fn a_suspended_or_revoked_card_is_not_valid() {
    let office = Office::new();
    let text = office.sign(&claims());
    let check = |status| verify_text(&text, &office.trust, Some(&office.token(status)), today());
    assert!(matches!(check(Status::Valid), Verdict::Valid(_)));
    assert_eq!(reason(check(Status::Suspended)), Some(Reason::Suspended));
    assert_eq!(reason(check(Status::Invalid)), Some(Reason::Revoked));
    assert_eq!(Reason::Revoked.code(), "revoked");
}

#[test]
fn a_signer_counts_only_for_its_purpose_its_time_and_while_it_is_trusted() {
    let mut office = Office::new();
    let text = office.sign(&claims());
    let by_statuses = card::sign(&claims(), &office.statuses).unwrap();
    let problem = |office: &Office, text: &str, moment: &str| match verify_text(text, &office.trust, None, at(moment)) {
        Verdict::NotValid(Reason::UnknownSigner(problem)) => Some(problem),
        _ => None,
    };
    let now = "2026-06-01T12:00:00Z";
    assert_eq!(problem(&office, by_statuses.as_str(), now), Some(SignerProblem::WrongPurpose));
    for issued_at in ["2025-12-31T23:59:59Z", "2027-01-01T00:00:00Z"] {
        let text = office.sign(&CardClaims { issued_at: at(issued_at), ..claims() });
        assert_eq!(problem(&office, &text, now), Some(SignerProblem::OutsideUse), "{issued_at}");
    }
    office.trust.signers[0].accept_until = at("2027-06-01T00:00:00Z");
    assert_eq!(problem(&office, &text, "2027-06-01T00:00:00Z"), None);
    assert_eq!(problem(&office, &text, "2027-06-01T00:00:01Z"), Some(SignerProblem::NoLongerAccepted));
    office.trust.signers[0].revoked_at = Some(at("2026-05-01T00:00:00Z"));
    assert_eq!(problem(&office, &text, "2026-04-30T23:59:59Z"), None);
    assert_eq!(problem(&office, &text, now), Some(SignerProblem::Revoked));
    office.trust.signers.remove(0);
    assert_eq!(problem(&office, &text, now), Some(SignerProblem::NotListed));
}

fn check_with(office: &Office, token: &[u8], moment: Timestamp) -> Verdict {
    verify_text(&office.sign(&claims()), &office.trust, Some(token), moment)
}

#[test]
fn a_status_list_that_is_unfit_never_makes_a_card_valid() {
    let mut office = Office::new();
    let stranger = office.new_signer("CN=Not listed");
    let token = |claims: StatusTokenClaims, list: &StatusList| encode_token(list, &claims, &office.statuses).unwrap();
    let valid = list(Status::Valid);
    let other_subject = StatusTokenClaims { subject: format!("{LIST_URI}0"), ..token_claims() };
    let short = StatusList::new(CARD_INDEX as usize - 4).unwrap();
    let mut unknown = [0; 2_500];
    unknown[CARD_INDEX as usize / 4] = 0xff;
    let outside = StatusTokenClaims { issued_at: at("2025-12-31T00:00:00Z"), ..token_claims() };
    let mut changed = office.token(Status::Valid);
    *changed.last_mut().unwrap() ^= 1;
    let unknown_list = unknown_status_token(&office, &unknown);
    for (token, expected) in [
        (token(other_subject, &valid), StatusDoubt::OtherList),
        (token(token_claims(), &short), StatusDoubt::NotInList),
        (token(outside, &valid), StatusDoubt::UnknownSigner(SignerProblem::OutsideUse)),
        (
            encode_token(&valid, &token_claims(), &stranger).unwrap(),
            StatusDoubt::UnknownSigner(SignerProblem::NotListed),
        ),
        (
            encode_token(&valid, &token_claims(), &office.cards).unwrap(),
            StatusDoubt::UnknownSigner(SignerProblem::WrongPurpose),
        ),
        (changed, StatusDoubt::ForgedList),
        (unknown_list, StatusDoubt::UnknownStatus),
        (b"nonsense".to_vec(), StatusDoubt::MalformedList),
        (Vec::new(), StatusDoubt::MalformedList),
        (office.sign(&claims()).into_bytes(), StatusDoubt::MalformedList),
    ] {
        assert_eq!(doubt(check_with(&office, &token, today())), Some(expected));
    }
    assert_eq!(doubt(verify_text(&office.sign(&claims()), &office.trust, None, today())), Some(StatusDoubt::NoList));
}

/// A token of two bits made from bare bytes.
fn unknown_status_token(office: &Office, bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    let list = StatusList::from_zlib(2, &encoder.finish().unwrap()).unwrap();
    encode_token(&list, &token_claims(), &office.statuses).unwrap()
}

#[test]
fn an_expired_list_or_a_clock_behind_it_is_said_with_its_age() {
    let office = Office::new();
    let valid = office.token(Status::Valid);
    let check = |moment| check_with(&office, &valid, at(moment));
    assert!(matches!(check("2026-06-01T11:30:00Z"), Verdict::Valid(_)));
    assert!(matches!(check("2026-06-08T11:29:59Z"), Verdict::Valid(_)));
    assert_eq!(doubt(check("2026-06-08T11:30:00Z")), Some(StatusDoubt::ExpiredList { age_seconds: 604_800 }));
    assert_eq!(doubt(check("2026-06-01T11:29:50Z")), Some(StatusDoubt::ClockBehind { seconds: 10 }));
}

#[test]
fn an_old_list_still_tells_of_a_revocation_but_not_of_a_suspension() {
    let office = Office::new();
    for moment in ["2026-07-01T00:00:00Z", "2026-05-01T00:00:00Z"] {
        let check = |status| check_with(&office, &office.token(status), at(moment));
        assert_eq!(reason(check(Status::Invalid)), Some(Reason::Revoked));
        assert!(doubt(check(Status::Suspended)).is_some());
    }
}

#[test]
fn an_old_trust_list_makes_no_card_valid() {
    let mut office = Office::new();
    office.trust.next_update = at("2026-06-01T12:00:00Z");
    let expected = StatusDoubt::OldTrustList { age_seconds: 13_089_600 };
    assert_eq!(doubt(check_with(&office, &office.token(Status::Valid), today())), Some(expected));
    assert_eq!(reason(check_with(&office, &office.token(Status::Suspended), today())), Some(Reason::Suspended));
}

#[test]
fn a_revoked_signer_of_status_lists_does_not_count() {
    let mut office = Office::new();
    office.trust.signers[1].revoked_at = Some(at("2026-06-01T11:45:00Z"));
    let token = office.token(Status::Valid);
    assert_eq!(doubt(check_with(&office, &token, today())), Some(StatusDoubt::UnknownSigner(SignerProblem::Revoked)));
}

#[test]
fn the_newest_of_several_lists_is_asked() {
    let office = Office::new();
    let text = office.sign(&claims());
    let token = |status, issued_at| {
        let claims = StatusTokenClaims { issued_at: at(issued_at), ..token_claims() };
        encode_token(&list(status), &claims, &office.statuses).unwrap()
    };
    let lost = token(Status::Suspended, "2026-06-01T10:00:00Z");
    let found = token(Status::Valid, "2026-06-01T11:00:00Z");
    let other = {
        let claims = StatusTokenClaims { subject: "https://cards.example/status/2".to_owned(), ..token_claims() };
        encode_token(&list(Status::Invalid), &claims, &office.statuses).unwrap()
    };
    for tokens in [[&lost, &other, &found], [&found, &lost, &other]] {
        let checker = Checker::new(&office.trust, tokens.map(Vec::as_slice));
        assert!(matches!(checker.check(&text, today()), Verdict::Valid(_)));
    }
    let checker = Checker::new(&office.trust, [other.as_slice(), b"nonsense", &lost]);
    assert_eq!(reason(checker.check(&text, today())), Some(Reason::Suspended));
}

#[test]
fn a_signer_may_have_both_purposes() {
    let mut office = Office::new();
    let both = office.new_signer("CN=Both");
    let mut signer = entry(&both, Purpose::Cards);
    signer.purposes.push(Purpose::StatusList);
    office.trust.signers = vec![signer];
    let text = card::sign(&claims(), &both).unwrap();
    let token = encode_token(&list(Status::Valid), &token_claims(), &both).unwrap();
    assert!(matches!(verify_text(text.as_str(), &office.trust, Some(&token), today()), Verdict::Valid(_)));
}
