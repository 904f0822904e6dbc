// SPDX-License-Identifier: Apache-2.0
//! Cards, blanks, and the check that anybody can make.

use domain::{
    card::CardState,
    legal::ProvisionId,
    number::{CardNumber, CaseNumber, PersonNumber},
    registry::{BirthDate, Sex},
    sensitive::Sensitive,
    time::{Date, Timestamp},
};

use super::Holder;
use crate::api::schema::wire;

wire! {
    /// A card to be prepared from the record of a recognised person.
    asked NewCard {
        /// The holder.
        person: PersonNumber,
        /// The card that it replaces; that card ends at once.
        replaces: Option<CardNumber>,
        /// Why it is replaced (code list `card_replace_reason`).
        because: Option<String>,
    }
    /// A card that was prepared.
    told PreparedCard {
        /// Its number.
        card: CardNumber,
        /// The card that it replaces.
        replaces: Option<CardNumber>,
    }
    /// What stands on a card.
    told CardFace {
        /// Family name in Latin letters.
        surname: Sensitive<String>,
        /// Given names in Latin letters.
        given: Sensitive<String>,
        /// The whole name in its own script, if that is not Latin.
        original_name: Option<Sensitive<String>>,
        /// The script of that name.
        original_script: Option<String>,
        /// Language of that name (ISO 639).
        original_language: Option<String>,
        /// Birth date.
        birth: BirthDate,
        /// Sex.
        sex: Sex,
        /// Nationality as ICAO 9303 codes it.
        nationality: String,
        /// Card number.
        card_number: String,
        /// Person number.
        person_number: String,
        /// Day of issue.
        issued_on: Date,
        /// Last day of validity.
        expires_on: Date,
        /// Office that issues, of the country pack.
        office: String,
        /// The three lines of the machine readable zone.
        mrz: Vec<Sensitive<String>>,
    }
    /// A card that agrees with the record.
    told CheckedCard {
        /// Its number.
        card: CardNumber,
        /// Its state.
        state: CardState,
        /// What stands on it.
        face: CardFace,
    }
    /// A card that was signed.
    told SignedCard {
        /// Its number.
        card: CardNumber,
        /// The key that signed it.
        key_id: String,
        /// Version of its QR code at error correction level L.
        qr_version: u8,
    }
    /// A card that was printed, with its pictures.
    told PrintedCard {
        /// Its number.
        card: CardNumber,
        /// Number of the blank.
        blank: String,
        /// The card, front and back (PDF in base64).
        pdf: Sensitive<String>,
        /// The text of its QR code.
        qr_text: Sensitive<String>,
        /// The QR code (PNG in base64).
        qr_picture: Sensitive<String>,
        /// The three lines of the machine readable zone.
        mrz: Vec<Sensitive<String>>,
    }
    /// Who stands at the counter.
    asked HandOver {
        /// The holder, or for a child who answers for it.
        to: PersonNumber,
    }
    /// A card that was handed over, for the receipt.
    told HandedOver {
        /// Its number.
        card: CardNumber,
        /// Its state.
        state: CardState,
        /// Whose card it is.
        holder: Holder,
        /// What stands on it.
        face: CardFace,
        /// The day.
        on: Date,
    }
    /// A reason by its code.
    asked Because {
        /// Why (a code of the country pack).
        reason: String,
    }
    /// A card and its state after an act.
    told CardNow {
        /// Its number.
        card: CardNumber,
        /// Its state.
        state: CardState,
    }
    /// A revocation to be proposed.
    asked NewRevocation {
        /// Ground (code list `card_end_ground`).
        ground: String,
        /// Facts.
        facts: Sensitive<String>,
        /// The officer's own reason.
        reason: Sensitive<String>,
        /// Provisions; those of the procedure if there are none.
        cites: Vec<ProvisionId> = default,
    }
    /// A revocation that was proposed.
    told ProposedRevocation {
        /// The case in which it is decided.
        case: CaseNumber,
        /// The card.
        card: CardNumber,
    }
    /// The decision to revoke, by the second officer.
    asked RevocationDecision {
        /// The decider's own reason.
        reason: Sensitive<String>,
        /// Provisions; those of the procedure if there are none.
        cites: Vec<ProvisionId> = default,
    }
    /// A card's record.
    told Card {
        /// Its number.
        card: CardNumber,
        /// Office that keeps it.
        office: String,
        /// State.
        state: CardState,
        /// Its place in the status list.
        status_index: i64,
        /// Day of issue.
        issued_on: Date,
        /// Last day of validity.
        expires_on: Date,
        /// When it was handed over.
        handed_over_at: Option<Timestamp>,
        /// The key that signed it.
        key_id: Option<String>,
        /// The blank on which it was printed.
        blank: Option<String>,
        /// The text of its QR code, once signed.
        qr_text: Option<Sensitive<String>>,
        /// What happened to it, oldest first.
        events: Vec<CardEvent>,
    }
    /// What happened to a card.
    told CardEvent {
        /// What was done.
        action: String,
        /// By which account.
        by: uuid::Uuid,
        /// Provision.
        basis: String,
        /// When.
        at: Timestamp,
    }
    /// Blanks to be taken into stock.
    asked NewBlanks {
        /// Their printed numbers.
        numbers: Vec<String>,
    }
    /// Blanks that were taken into stock.
    told AddedBlanks {
        /// How many.
        added: u64,
    }
    /// Blanks of the office by state.
    told Blanks {
        /// How many in each state.
        blanks: Vec<BlankCount>,
    }
    /// Blanks in one state.
    told BlankCount {
        /// State.
        state: String,
        /// How many.
        count: i64,
    }
    /// A blank to be spoiled.
    asked SpoilBlank {
        /// The card that was printed on it, if any; it is printed again on another.
        card: Option<CardNumber>,
        /// Why (code list `blank_spoiled_reason`).
        reason: String,
    }
    /// A blank that was spoiled.
    told SpoiledBlank {
        /// Its number.
        blank: String,
        /// The card that was printed on it.
        card: Option<CardNumber>,
        /// Why.
        reason: String,
    }
    /// A card to be checked.
    asked CardToCheck {
        /// The text of its QR code.
        text: Sensitive<String>,
    }
    /// The answer to a check: about the card, never about the person.
    told CheckAnswer {
        /// `good`, `undecided`, `suspended`, `revoked`, `expired`, `not_yet_valid`, `unknown_signer`, `forged` or
        /// `unreadable`.
        standing: String,
        /// Face, name and validity, of a genuine card only.
        shown: Option<ShownCard>,
        /// When the status list that was asked was signed.
        list_signed_at: Option<Timestamp>,
        /// When the card was checked.
        checked_at: Timestamp,
    }
    /// What a checker compares with the one who shows the card.
    told ShownCard {
        /// The face (WebP in base64).
        face: Option<Sensitive<String>>,
        /// The name in Latin letters.
        name: Sensitive<String>,
        /// The name in its own script.
        own_script: Option<Sensitive<String>>,
        /// The last day of validity.
        valid_until: Date,
    }
}
