// SPDX-License-Identifier: Apache-2.0
//! The record of every act: the head of the log, the auditor's look into it, and the person's own.

use domain::{
    sensitive::Sensitive,
    time::{Date, Timestamp},
};
use serde_json::Value;
use uuid::Uuid;

use crate::api::schema::wire;

wire! {
    /// The head of the log. Every record of an act answered before this question is in it.
    told LogHead {
        /// Number of records.
        size: u64,
        /// Root hash, in base64.
        root: String,
        /// The signed checkpoint (C2SP), to be kept.
        checkpoint: String,
    }
    /// A record that was drawn by lot, with its proof.
    told DrawnRecord {
        /// Position in the log, from 0.
        position: u64,
        /// The record.
        record: Value,
        /// The record in the form that was committed to, byte for byte.
        canonical: String,
        /// Salt of the commitment, in hexadecimal digits.
        salt: String,
        /// The commitment, in hexadecimal digits.
        commitment: String,
        /// The proof (C2SP tlog-proof).
        proof: String,
    }
    /// Records drawn by lot.
    told Sample {
        /// In the order of the draw.
        records: Vec<DrawnRecord>,
    }
    /// What the auditor searches records by; what is left out does not narrow the search.
    asked RecordQuery {
        /// Office of the officer.
        office: Option<String>,
        /// Account of the officer.
        account: Option<Uuid>,
        /// What was done (word of an act).
        action: Option<String>,
        /// How it ended: `done`, `refused`, or `refused:` with a code.
        result: Option<String>,
        /// First day; thirty days before the last one if absent.
        from: Option<Date>,
        /// Last day; today if absent.
        to: Option<Date>,
        /// `next` of the page before.
        after: Option<Uuid>,
    }
    /// A record that a search found. It names persons by digests only, so nobody is disclosed.
    told FoundRecord {
        /// Position in the log; absent until it is numbered, which takes about a second.
        position: Option<u64>,
        /// When.
        at: Timestamp,
        /// What was done (word of an act).
        action: String,
        /// How it ended.
        result: String,
        /// Who may see it apart from the auditor: `subject`, `compartment` or `oversight`.
        visibility: String,
        /// Office of the officer.
        office: Option<String>,
        /// Account of the officer.
        account: Option<Uuid>,
        /// Name of that account.
        officer: Option<String>,
    }
    /// A page of records.
    told FoundRecords {
        /// At most 50, latest first.
        records: Vec<FoundRecord>,
        /// Where the next page begins, if there is one: to be sent as `after`.
        next: Option<Uuid>,
    }
    /// A record with the persons it concerns.
    told OpenedRecord {
        /// Position in the log, from 0.
        position: u64,
        /// The record.
        record: Value,
        /// The record in the form that was committed to, byte for byte.
        canonical: String,
        /// Numbers of the persons; the erased are not among them.
        persons: Vec<String>,
        /// Values that were written.
        details: Vec<Sensitive<String>>,
    }
    /// What a person shows to read who looked at her data.
    asked AccessToken {
        /// The token that was handed to her.
        token: Sensitive<String>,
        /// The PIN.
        pin: Sensitive<String>,
    }
    /// A token and a PIN, to be handed to the person alone.
    told GivenAccess {
        /// The token.
        token: Sensitive<String>,
        /// The PIN.
        pin: Sensitive<String>,
    }
    /// One time that somebody did something with a person's data.
    told Looked {
        /// When.
        at: Timestamp,
        /// What was done.
        action: String,
        /// How it ended.
        result: String,
        /// Body of the officer, of the country pack; absent when it was the person herself.
        body: Option<String>,
        /// Office of the officer.
        office: Option<String>,
        /// Role of the officer.
        role: Option<String>,
        /// Purpose.
        purpose: String,
        /// Provisions.
        basis: Vec<String>,
        /// Position in the log, once numbered.
        position: Option<i64>,
    }
    /// A page of what officers did with a person's data.
    told Looks {
        /// Latest first.
        entries: Vec<Looked>,
        /// Where the next page begins, if there is one: to be sent as `after`.
        next: Option<Uuid>,
    }
    /// Who looked at a person's data.
    told WhoLooked {
        /// Latest first.
        entries: Vec<Looked>,
        /// Size of the log and its root in base64, to be kept.
        log: Option<LogSize>,
    }
    /// Size and root of the log.
    told LogSize {
        /// Number of records.
        size: u64,
        /// Root hash, in base64.
        root: String,
    }
}
