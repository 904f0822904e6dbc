// SPDX-License-Identifier: Apache-2.0
//! Acts, results and periods in the auditor's words.

use domain::{audit::Visibility, time::Date};

use crate::{
    form::{Choice, western_digits},
    page::Words,
    state::AppState,
};

/// The acts and what the program itself does, each with the key of its name.
const ACTS: &[(&str, &str)] = &[
    ("register_family", "oversight-act-register-family"),
    ("find_persons", "oversight-act-find-persons"),
    ("show_person", "oversight-act-show-person"),
    ("correct_person", "oversight-act-correct-person"),
    ("propose_erasure", "oversight-act-propose-erasure"),
    ("erase_person", "oversight-act-erase-person"),
    ("open_claim", "oversight-act-open-claim"),
    ("record_claim", "oversight-act-record-claim"),
    ("propose_claim_decision", "oversight-act-propose-claim-decision"),
    ("decide_claim", "oversight-act-decide-claim"),
    ("show_claim", "oversight-act-show-claim"),
    ("list_overdue", "oversight-act-list-overdue"),
    ("raise_protection_flag", "oversight-act-raise-protection-flag"),
    ("order_to_leave", "oversight-act-order-to-leave"),
    ("prepare_card", "oversight-act-prepare-card"),
    ("check_card", "oversight-act-check-card"),
    ("sign_card", "oversight-act-sign-card"),
    ("print_card", "oversight-act-print-card"),
    ("hand_over_card", "oversight-act-hand-over-card"),
    ("suspend_card", "oversight-act-suspend-card"),
    ("propose_revocation", "oversight-act-propose-revocation"),
    ("revoke_card", "oversight-act-revoke-card"),
    ("show_card", "oversight-act-show-card"),
    ("keep_blanks", "oversight-act-keep-blanks"),
    ("hand_over_gift", "oversight-act-hand-over-gift"),
    ("give_access_token", "oversight-act-give-access-token"),
    ("show_looks", "oversight-act-show-looks"),
    ("read_who_looked", "oversight-act-read-who-looked"),
    ("sample_audit", "oversight-act-sample-audit"),
    ("take_step", "oversight-act-take-step"),
    ("keep_content", "oversight-act-keep-content"),
    ("keep_consent", "oversight-act-keep-consent"),
    ("keep_accounts", "oversight-act-keep-accounts"),
    ("list_work", "oversight-act-list-work"),
    ("show_case", "oversight-act-show-case"),
    ("assign_case", "oversight-act-assign-case"),
    ("keep_substitutions", "oversight-act-keep-substitutions"),
    ("show_statistics", "oversight-act-show-statistics"),
    ("keep_draft", "oversight-act-keep-draft"),
    ("fix_typo", "oversight-act-fix-typo"),
    ("end_membership", "oversight-act-end-membership"),
    ("join_family", "oversight-act-join-family"),
    ("sign_in", "oversight-act-sign-in"),
    ("change_password", "oversight-act-change-password"),
    ("add_second_step", "oversight-act-add-second-step"),
    ("remove_second_step", "oversight-act-remove-second-step"),
    ("revoke_access_token", "oversight-act-revoke-access-token"),
    ("add_signers", "oversight-act-add-signers"),
    ("create_token", "oversight-act-create-token"),
    ("revoke_token", "oversight-act-revoke-token"),
    ("restore", "oversight-act-restore"),
    ("restore_with_loss", "oversight-act-restore-with-loss"),
    ("repeat_erasure", "oversight-act-repeat-erasure"),
];

/// The name of an act; its word if it has none.
pub(crate) fn act_name(words: &Words, act: &str) -> String {
    ACTS.iter().find(|(word, _)| *word == act).map_or_else(|| act.to_owned(), |(_, key)| words.text(key))
}

/// All acts, to choose from.
pub(super) fn act_choices(words: &Words) -> Vec<Choice> {
    let mut choices: Vec<Choice> = ACTS.iter().map(|(word, key)| Choice::new(*word, words.text(key))).collect();
    choices.sort_by(|one, other| one.text.cmp(&other.text));
    choices
}

/// How an act ended.
pub(super) fn result_name(words: &Words, result: &str) -> String {
    match result.strip_prefix("refused:") {
        None if result == "done" => words.text("oversight-result-done"),
        None => result.to_owned(),
        Some(code) => format!("{}: {}", words.text("oversight-result-refused"), refusal_name(words, code)),
    }
}

/// Codes of refusals with the keys of their texts.
const REFUSALS: &[(&str, &str)] = &[
    ("not_permitted", "refusal-act-not-permitted"),
    ("not_found", "refusal-act-not-found"),
    ("same_officer", "refusal-act-same-officer"),
    ("case_state", "refusal-act-case-state"),
    ("no_such_step", "refusal-act-no-such-step"),
    ("reason_needed", "refusal-act-reason-needed"),
    ("given_already", "refusal-act-given-already"),
    ("card_state", "refusal-act-card-state"),
    ("no_blank", "refusal-act-no-blank"),
    ("conflict", "refusal-act-conflict"),
    ("fields", "refusal-act-fields"),
    ("wall", "oversight-result-wall"),
    ("missing", "oversight-result-missing"),
    ("already_recorded", "oversight-result-recorded"),
    ("citation_needed", "oversight-result-citation"),
];

fn refusal_name(words: &Words, code: &str) -> String {
    REFUSALS.iter().find(|(word, _)| *word == code).map_or_else(|| code.to_owned(), |(_, key)| words.text(key))
}

/// Who may see a record.
pub(super) fn visibility_name(words: &Words, visibility: Visibility) -> String {
    words.text(match visibility {
        Visibility::Subject => "oversight-seen-subject",
        Visibility::Compartment => "oversight-seen-compartment",
        Visibility::Oversight => "oversight-seen-oversight",
    })
}

/// A day as an address or a date box of a browser writes it.
pub(super) fn day(text: &str) -> Option<Date> {
    western_digits(text.trim()).parse().ok()
}

/// Today in the country.
pub(super) fn today(state: &AppState) -> Date {
    state.service.now().date_in(state.service.pack().time_zone())
}

/// The day thirty days before another, with which a period begins unless another is asked for.
pub(super) fn month_before(day: Date) -> Date {
    (0..30).fold(day, |day, _| day.yesterday().unwrap_or(day))
}

#[cfg(test)]
mod tests {
    use domain::access::Act;
    use i18n::{Language, Texts};

    use super::*;

    #[test]
    fn every_act_has_a_name_in_every_language_of_the_staff() {
        let texts = Texts::new();
        for act in Act::ALL {
            assert!(ACTS.iter().any(|(word, _)| *word == act.as_str()), "{act}");
        }
        for (act, key) in ACTS {
            for language in [Language::Azerbaijani, Language::English, Language::Russian] {
                assert!(texts.has(language, key), "{act} in {language:?}");
            }
        }
    }

    #[test]
    fn no_two_acts_have_the_same_name() {
        let words: std::collections::BTreeSet<_> = ACTS.iter().map(|(word, _)| word).collect();
        let keys: std::collections::BTreeSet<_> = ACTS.iter().map(|(_, key)| key).collect();
        assert_eq!((words.len(), keys.len()), (ACTS.len(), ACTS.len()));
    }
}
