// SPDX-License-Identifier: Apache-2.0
//! The answer to a check in words: verdict, reason, what the checker may see, and under every negative answer what it
//! does not mean.

use clap::ValueEnum;
use credential::verify::{CardView, Malformed, MrzVerdict, Reason, SignerProblem, StatusDoubt, Verdict};
use domain::time::{TimeZone, Timestamp};
use i18n::{Argument, Language, Texts};
use serde_json::{Value, json};

use crate::output::Answer;

/// The time zone of the service, in which a card is valid through its last day. A checker has no country pack.
const TIME_ZONE: &str = "Asia/Baku";
/// The languages of a card, in which a valid one is answered if none is asked for.
const CARD_LANGUAGES: [Language; 2] = [Language::Azerbaijani, Language::English];
/// What stands under every negative answer.
const NOT_ABOUT_THE_PERSON: [&str; 4] =
    ["card-check-person", "card-check-rights", "card-check-return", "card-check-call"];

/// What a checker sees of a genuine card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum View {
    /// Face, name and validity, for a bank
    Bank,
    /// Face, name and validity, for a clinic
    Clinic,
    /// Everything that the card says, for an officer of the service
    Full,
}

/// In what circumstances was asked.
pub(super) struct Question<'a> {
    /// The moment of the check.
    pub(super) at: Timestamp,
    /// The language asked for.
    pub(super) lang: Option<Language>,
    /// Whom to call.
    pub(super) phone: &'a str,
}

/// An answer before it is put into words.
struct Spoken<'a> {
    title: &'static str,
    detail: &'static str,
    moment: Option<Timestamp>,
    card: Option<&'a CardView>,
    is_negative: bool,
}

impl Question<'_> {
    /// The answer to a verdict; `turn` is when a card's time began or ended, for a card that is outside of it.
    pub(super) fn answer(&self, verdict: &Verdict, turn: Option<Timestamp>, view: View) -> Answer {
        let (code, spoken) = match verdict {
            Verdict::Valid(card) => (
                "valid",
                Spoken {
                    title: "card-check-valid",
                    detail: "card-check-valid-detail",
                    moment: None,
                    card: Some(card),
                    is_negative: false,
                },
            ),
            Verdict::ValidSignatureStatusOld { view: card, .. } => (
                "valid_signature_status_old",
                Spoken {
                    title: "card-check-old",
                    detail: if card.status_as_of.is_some() {
                        "card-check-old-detail"
                    } else {
                        "card-check-old-unknown"
                    },
                    moment: card.status_as_of,
                    card: Some(card),
                    is_negative: true,
                },
            ),
            Verdict::NotValid(reason) => (
                "not_valid",
                Spoken {
                    title: "card-check-invalid",
                    detail: detail_of(*reason),
                    moment: turn,
                    card: None,
                    is_negative: true,
                },
            ),
        };
        let mut json = self.json(code, &spoken);
        match verdict {
            Verdict::Valid(card) => json["card"] = shown(card, view),
            Verdict::ValidSignatureStatusOld { view: card, doubt } => {
                json["doubt"] = doubt_code(doubt).into();
                json["message"] = doubt.to_string().into();
                json["card"] = shown(card, view);
            }
            Verdict::NotValid(reason) => {
                json["reason"] = reason.code().into();
                json["message"] = reason.to_string().into();
            }
        }
        let mut text = self.text(&spoken);
        if let (Some(card), View::Full) = (spoken.card, view) {
            text.push_str(&format!("\n\n{}", full_text(card)));
        }
        Answer::checked(text, json, usize::from(spoken.is_negative))
    }

    /// The answer to an input that cannot be read at all, and why.
    pub(super) fn unreadable(&self, why: &str) -> Answer {
        let reason = Reason::Malformed(Malformed::Base45);
        let mut answer = self.answer(&Verdict::NotValid(reason), None, View::Bank);
        answer.json["message"] = why.into();
        answer
    }

    /// The answer to the printed lines: only check digits, and it says so. It is never "valid".
    pub(super) fn zone_answer(&self, verdict: &MrzVerdict) -> Answer {
        let (code, title, message) = match verdict {
            MrzVerdict::CheckDigitsFit(_) => ("check_digits_right", "card-check-digits-right", None),
            MrzVerdict::Wrong(error) => ("check_digits_wrong", "card-check-digits-wrong", Some(error.to_string())),
        };
        let is_negative = message.is_some();
        let spoken = Spoken { title, detail: "card-check-digits-only", moment: None, card: None, is_negative };
        let mut json = self.json(code, &spoken);
        let mut text = self.text(&spoken);
        if let Some(message) = message {
            text.push_str(&format!("\n\n{message}"));
            json["message"] = message.into();
        }
        Answer::checked(text, json, 1)
    }

    fn languages(&self, is_negative: bool) -> Vec<Language> {
        match self.lang {
            Some(language) => vec![language],
            None if is_negative => Language::ALL.to_vec(),
            None => CARD_LANGUAGES.to_vec(),
        }
    }

    fn text(&self, spoken: &Spoken<'_>) -> String {
        let texts = Texts::new();
        let parts = self.languages(spoken.is_negative).into_iter();
        parts.map(|language| self.lines(&texts, language, spoken).join("\n")).collect::<Vec<_>>().join("\n\n")
    }

    /// The answer in one language: verdict, what it means, what is seen of the card, what a negative one does not mean.
    fn lines(&self, texts: &Texts, language: Language, spoken: &Spoken<'_>) -> Vec<String> {
        let zone = TimeZone::named(TIME_ZONE).expect("the database of time zones is part of the program");
        let date = |moment: Timestamp| i18n::date(language, moment.date_in(&zone));
        let date_of_detail = match (spoken.moment, spoken.card) {
            (None, _) => String::new(),
            (Some(moment), Some(_)) => i18n::date_and_time(language, moment, &zone),
            // The card is valid until this moment, so its last day is that of the second before.
            (Some(moment), None) if spoken.detail == "card-check-expired" => date(moment.plus_seconds(-1)),
            (Some(moment), None) => date(moment),
        };
        let say = |key: &str| {
            let arguments = [("phone", Argument::from(self.phone)), ("date", Argument::from(date_of_detail.as_str()))];
            texts.format(language, key, &arguments)
        };
        let mut lines = vec![say(spoken.title), say(spoken.detail)];
        if let Some(card) = spoken.card {
            let seen = card.bank();
            let names = [Some(seen.full_name), seen.second_name].into_iter().flatten().collect::<Vec<_>>();
            lines.push(format!("{}: {}", say("card-check-name"), names.join(" · ")));
            lines.push(format!("{}: {}", say("card-check-valid-until"), date(seen.expires_at.plus_seconds(-1))));
            if let Some(moment) = card.status_as_of {
                let moment = i18n::date_and_time(language, moment, &zone);
                lines.push(format!("{} {moment}", say("card-check-list-date")));
            }
        }
        if spoken.is_negative {
            lines.extend(NOT_ABOUT_THE_PERSON.map(say));
        }
        lines
    }

    fn json(&self, code: &str, spoken: &Spoken<'_>) -> Value {
        let texts = Texts::new();
        let said = self
            .languages(spoken.is_negative)
            .into_iter()
            .map(|language| (language.code().to_owned(), self.lines(&texts, language, spoken).into()));
        json!({
            "verdict": code,
            "at": self.at,
            "status_as_of": spoken.card.and_then(|card| card.status_as_of),
            "texts": said.collect::<serde_json::Map<_, _>>(),
        })
    }
}

fn detail_of(reason: Reason) -> &'static str {
    match reason {
        Reason::Forged => "card-check-forged",
        Reason::Expired => "card-check-expired",
        Reason::NotYetValid => "card-check-not-yet-valid",
        Reason::Suspended => "card-check-suspended",
        Reason::Revoked => "card-check-revoked",
        Reason::UnknownSigner(_) => "card-check-unknown-signer",
        Reason::Malformed(_) => "card-check-malformed",
    }
}

/// A stable word for machines.
fn doubt_code(doubt: &StatusDoubt) -> &'static str {
    match doubt {
        StatusDoubt::NoList => "no_list",
        StatusDoubt::MalformedList => "malformed_list",
        StatusDoubt::OtherList => "other_list",
        StatusDoubt::UnknownSigner(SignerProblem::Revoked) => "list_signer_revoked",
        StatusDoubt::UnknownSigner(_) => "list_signer_unknown",
        StatusDoubt::ForgedList => "forged_list",
        StatusDoubt::ExpiredList { .. } => "expired_list",
        StatusDoubt::ClockBehind { .. } => "clock_behind",
        StatusDoubt::NotInList => "not_in_list",
        StatusDoubt::UnknownStatus => "unknown_status",
        StatusDoubt::OldTrustList { .. } => "old_trust_list",
    }
}

/// What the view shows of a card, for machines.
fn shown(card: &CardView, view: View) -> Value {
    let seen = card.bank();
    let mut json = json!({
        "full_name": seen.full_name,
        "second_name": seen.second_name,
        "has_face": seen.face.is_some(),
        "not_before": seen.not_before,
        "expires_at": seen.expires_at,
    });
    if view == View::Full {
        let claims = &card.claims;
        json["card_number"] = claims.card_number.as_str().into();
        json["birth_date"] = claims.birth_date.to_string().into();
        json["sex"] = sex_of(card).into();
        json["nationality"] = claims.nationality.as_str().into();
        json["legal_status"] = claims.legal_status.as_str().into();
        json["country"] = claims.country.as_str().into();
        json["issuer"] = claims.issuer.as_str().into();
        json["issued_at"] = claims.issued_at.to_string().into();
        json["signer"] = card.signer.to_string().into();
    }
    json
}

fn full_text(card: &CardView) -> String {
    let claims = &card.claims;
    [
        format!("card {} of {} ({})", claims.card_number, claims.issuer, claims.country.as_str()),
        format!("born {}, {}, nationality {}", claims.birth_date, sex_of(card), claims.nationality.as_str()),
        format!("{}, signed {} by {}", claims.legal_status, claims.issued_at, card.signer),
    ]
    .join("\n")
}

fn sex_of(card: &CardView) -> &'static str {
    match card.claims.sex {
        credential::person::Sex::Female => "female",
        credential::person::Sex::Male => "male",
        credential::person::Sex::Unspecified => "unspecified",
    }
}
