// SPDX-License-Identifier: Apache-2.0
//! The tables whose rows are bound to the records of the acts that wrote them, declared once.
//!
//! Not here: the log's own tables, which the log itself proves; `person_key` (a changed key opens nothing); `job`,
//! `case_queue`, `idempotency` and `publication`, which follow from acts or are signed; `draft`, which is nothing yet; `account_session`, `account_attempt`
//! and `account_totp`, which change with each request or sign-in; `file_visit`, a person's minutes at her own file. A column
//! that changes outside of acts is left out, with a word why.

use crate::Statement;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole number.
    Int,
    /// Truth value.
    Bool,
    /// Bytes.
    Bytes,
    /// Identifier.
    Id,
    /// Moment.
    Time,
    /// Civil day.
    Day,
}

/// A table whose rows are bound to records.
#[derive(Debug)]
pub struct WitnessedTable {
    /// Its name.
    pub name: &'static str,
    /// Its columns, the key first.
    pub columns: &'static [(&'static str, Kind)],
    /// The column with the person under whose key copies are sealed.
    pub(crate) owner: Option<&'static str>,
    pub(crate) find: Statement,
    pub(crate) list: Statement,
}

macro_rules! witnessed_tables {
    ($($(#[$doc:meta])* $name:ident = $table:ident [$key:ident $key_kind:ident]
        $(of $owner:ident)? { $($column:ident $kind:ident),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            pub(crate) const $name: &WitnessedTable = &WitnessedTable {
                name: stringify!($table),
                columns: &[(stringify!($key), Kind::$key_kind), $((stringify!($column), Kind::$kind)),+],
                owner: witnessed_tables!(@owner $($owner)?),
                find: witnessed_tables!(@statement concat!("FIND_WITNESSED_", stringify!($name)), concat!(
                    "SELECT t.", stringify!($key), $(", t.", stringify!($column),)+
                    " FROM ", stringify!($table), " t WHERE t.", stringify!($key), " = $1"
                )),
                list: witnessed_tables!(@statement concat!("LIST_WITNESSED_", stringify!($name)), concat!(
                    "SELECT t.", stringify!($key), $(", t.", stringify!($column),)+
                    " FROM ", stringify!($table), " t WHERE t.", stringify!($key), " >= $1 ORDER BY t.", stringify!($key),
                    " LIMIT $2"
                )),
            };
        )+
        /// Every witnessed table.
        pub const WITNESSED_TABLES: &[&WitnessedTable] = &[$($name),+];
        /// The statements that read them.
        pub(crate) const STATEMENTS: &[Statement] = &[$($name.find, $name.list),+];
    };
    (@owner) => { None };
    (@owner $owner:ident) => { Some(stringify!($owner)) };
    (@statement $name:expr, $sql:expr) => { Statement { name: $name, sqlite: $sql, postgres: $sql } };
}

witnessed_tables! {
    ACCOUNT = account [id Id] {
        name Text, password_hash Text, role Text, body Text, office Text, jurisdiction Text, is_active Bool,
        created_at Time,
    }
    ACCOUNT_TOKEN = account_token [id Id] {
        account_id Id, token_digest Bytes, created_at Time, expires_at Time, revoked_at Time, name Text,
    }
    PERSON = person [id Id] of id {
        number Text, collected_for Text, sex Text, birth_date Day, birth_precision Text, birth_place Text,
        birth_country Text, vital_status Text, photo Text, photo_key Bytes, office Text, event_date Day,
        registered_at Time, row_version Int,
    }
    PERSON_NAME = person_name [id Id] of person_id {
        person_id Id, kind Text, script Text, source Text, value Text, search_key Text, recorded_at Time, ended_at Time,
    }
    CITIZENSHIP = citizenship [id Id] of person_id {
        person_id Id, country Text, from_date Day, to_date Day, basis Text, recorded_at Time, ended_at Time,
    }
    DOCUMENT = document [id Id] of person_id {
        person_id Id, kind Text, number Text, search_key Text, country Text, issued Day, expires Day, recorded_at Time,
        ended_at Time,
    }
    /// Without `search_key`, which follows from `value`.
    CONTACT = contact [id Id] of person_id {
        person_id Id, kind Text, value Text, recorded_at Time, ended_at Time,
    }
    ADDRESS = address [id Id] of person_id {
        person_id Id, area Text, line Text, dwelling Text, from_date Day, confidentiality Text, recorded_at Time,
        ended_at Time,
    }
    PERSON_LANGUAGE = person_language [id Id] of person_id { person_id Id, language Text, rank Int }
    FOREIGN_REFERENCE = foreign_reference [id Id] of person_id {
        person_id Id, organisation Text, number Text, recorded_at Time,
    }
    FAMILY = family [id Id] {
        collected_for Text, office Text, event_date Day, registered_at Time, row_version Int,
    }
    FAMILY_MEMBER = family_member [id Id] of person_id {
        family_id Id, person_id Id, relation Text, guardian_id Id, from_date Day, to_date Day, reason Text,
    }
    DISPLACEMENT = displacement [id Id] {
        family_id Id, cause Text, date Day, origin_area Text, origin_name_then Text, origin_name_now Text, wave Text,
        dwelling_area Text, dwelling Text, recorded_at Time,
    }
    CORRECTION = correction [id Id] of person_id {
        person_id Id, field Text, old_value Bytes, new_value Bytes, reason Bytes, source Text, event_date Day,
        account_id Id, at Time,
    }
    LOOK_ALIKE = look_alike [id Id] of person_id {
        person_id Id, other_id Id, verdict Text, likeness Text, reason Bytes, account_id Id, at Time,
    }
    PROTECTION_FLAG = protection_flag [id Id] of person_id {
        person_id Id, kind Text, account_id Id, raised_at Time, lifted_at Time,
    }
    /// Without `failed_attempts`, which changes with each wrong PIN.
    PERSON_TOKEN = person_token [id Id] of person_id {
        person_id Id, token_digest Bytes, pin_hash Text, given_by Id, given_at Time, revoked_at Time,
    }
    ERASURE = erasure [person_id Id] { basis Text, erased_at Time, subject_links Int, detail_links Int }
    CASE_FILE = case_file [id Id] of person_id {
        number Text, procedure Text, person_id Id, office Text, state Text, snapshot Text, opened_at Time,
        row_version Int,
    }
    CASE_ACTION = case_action [id Id] {
        case_id Id, position Int, code Text, account_id Id, role Text, office Text, at Time, device_at Time, basis Text,
        outcome Text, reason Bytes, corrects Id,
    }
    CLAIM = claim [case_id Id] of person_id { person_id Id, language Text, confidentiality Text, reasons Bytes }
    CERTIFICATE = certificate [case_id Id] { number Text, issued_on Day, issued_by Id, basis Text }
    CASE_ASSIGNMENT = case_assignment [case_id Id] of person_id {
        person_id Id, account_id Id, assigned_by Id, assigned_at Time,
    }
    SUBSTITUTION = substitution [id Id] {
        office Text, officer_id Id, by_office Text, by_officer_id Id, from_day Day, to_day Day, basis Text,
        entered_by Id, entered_at Time, ended_by Id, ended_at Time,
    }
    INTERVIEW = interview [id Id] of person_id {
        case_id Id, person_id Id, kind Text, language Text, seen_alone Bool, participants Bytes, statement Bytes,
        held_at Time, account_id Id,
    }
    DECISION = decision [id Id] of person_id {
        case_id Id, person_id Id, card_id Id, outcome Text, facts Bytes, proposal_reason Bytes, reason Bytes, basis Text,
        proposed_by Id, proposed_at Time, decided_by Id, decided_at Time, withdrawn_at Time,
    }
    INTERVIEW_READING = interview_reading [interview_id Id] of person_id { person_id Id, content Bytes }
    DECISION_ASSESSMENT = decision_assessment [decision_id Id] of person_id { person_id Id, answers Bytes }
    SIGNER = signer [key_id Bytes] {
        purpose Text, certificate Bytes, use_from Time, use_until Time, accept_until Time, revoked_at Time,
    }
    CARD = card [id Id] of person_id {
        number Text, person_id Id, case_id Id, office Text, state Text, status_index Int, issued_on Day, expires_on Day,
        face Bytes, basis Text, prepared_by Id, prepared_at Time, checked_by Id, signed_by Id, signed_at Time,
        key_id Bytes, qr_text Bytes, handed_over_at Time, row_version Int,
    }
    CARD_EVENT = card_event [id Id] {
        card_id Id, action Text, account_id Id, basis Text, reason Bytes, at Time,
    }
    BLANK = blank [number Text] {
        office Text, state Text, card_id Id, reason Text, received_at Time, used_at Time,
    }
    BLANK_COUNT = blank_count [id Id] {
        office Text, counted Int, booked Int, used Int, spoiled Int, explanation Text, basis Text, counted_by Id,
        counted_at Time, signed_by Id, signed_at Time, withdrawn_at Time,
    }
    DISTRIBUTION = distribution [id Id] { code Text, name Text, on_date Day, office Text, created_at Time }
    DISTRIBUTION_GUEST = distribution_guest [id Id] of person_id {
        distribution_id Id, person_id Id, invited_by Id, invited_at Time,
    }
    RECEIPT = receipt [id Id] of person_id {
        number Text, distribution_id Id, person_id Id, item Text, basis Text, given_by Id, given_at Time,
    }
    CONTENT_ITEM = content_item [id Id] {
        code Text, kind Text, parent_id Id, rank Int, happens_on Day, body_code Text, media Text, shows Text, state Text,
        written_by Id, created_at Time, published_by Id, published_at Time, withdrawn_at Time, row_version Int,
    }
    CONTENT_TEXT = content_text [id Id] { item_id Id, language Text, title Text, byline Text, body Text }
    CONTENT_CONSENT = content_consent [id Id] of person_id {
        item_id Id, person_id Id, kind Text, given_on Day, language Text, recorded_by Id, recorded_at Time,
        revoked_at Time,
    }
}

impl WitnessedTable {
    /// The witnessed table of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        WITNESSED_TABLES.iter().find(|table| table.name == name).copied()
    }

    /// What its key holds.
    pub fn key_kind(&self) -> Kind {
        self.columns[0].1
    }
}
