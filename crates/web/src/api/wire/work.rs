// SPDX-License-Identifier: Apache-2.0
//! Queues of work, substitutions, and the reconciliation of blanks.

use domain::{
    case::CaseState,
    number::{CaseNumber, PersonNumber},
    procedure::{ClockCode, ProcedureCode},
    sensitive::Sensitive,
    time::{Date, Timestamp},
};
use uuid::Uuid;

use crate::api::schema::wire;

wire! {
    /// How many open cases one part of the work has.
    told QueueCount {
        /// Procedure.
        procedure: ProcedureCode,
        /// State.
        state: CaseState,
        /// Office that keeps them.
        office: String,
        /// All of them.
        all: i64,
        /// Those of the officer who asks.
        mine: i64,
        /// Those of nobody.
        unassigned: i64,
        /// Those past the day on which they were due.
        overdue: i64,
        /// Those due within the next days.
        due_soon: i64,
    }
    /// The queues of an officer.
    told Queues {
        /// Counts, by procedure, state and office.
        queues: Vec<QueueCount>,
        /// Names of absent officers for whom the officer stands in.
        in_place_of: Vec<String>,
        /// Offices whose proposals the office of the officer decides.
        approves_for: Vec<String>,
    }
    /// Which cases of a queue are listed.
    asked QueueQuery {
        /// Procedure.
        procedure: Option<ProcedureCode>,
        /// State.
        state: Option<CaseState>,
        /// Office that keeps the case.
        office: Option<String>,
        /// Name of an absent officer for whom the officer stands in.
        in_place_of: Option<String>,
        /// Number of case or person, or the beginning of a name.
        search: Option<String>,
        /// `next` of the page before.
        after: Option<String>,
    }
    /// An open case in a queue.
    told QueuedCase {
        /// Its number.
        case: CaseNumber,
        /// Procedure.
        procedure: ProcedureCode,
        /// State.
        state: CaseState,
        /// Number of the person.
        person: PersonNumber,
        /// Her name in Latin letters.
        name: Sensitive<String>,
        /// Office that keeps it.
        office: String,
        /// When it was opened.
        opened_at: Timestamp,
        /// The day on which the first clock ends, if one runs.
        due: Option<Date>,
        /// That clock.
        clock: Option<ClockCode>,
        /// Name of the officer who has it.
        assignee: Option<String>,
        /// Whether the role of the officer has a step in this state.
        waits_for_role: bool,
    }
    /// A page of a queue.
    told QueuePage {
        /// At most 25, what is due first.
        cases: Vec<QueuedCase>,
        /// Where the next page begins, if there is one: to be sent as `after`.
        next: Option<String>,
    }
    /// The page of proposals that is asked for.
    asked ApprovalQuery {
        /// `next` of the page before.
        after: Option<String>,
    }
    /// A page of proposals that wait for a second officer.
    told ApprovalPage {
        /// At most 25, what is due first.
        cases: Vec<QueuedCase>,
        /// Numbers of those that the officer who asks may decide: he neither proposed nor heard them.
        may_decide: Vec<CaseNumber>,
        /// Where the next page begins, if there is one: to be sent as `after`.
        next: Option<String>,
    }
    /// A substitution to be entered: of an officer or of an office.
    asked NewSubstitution {
        /// Name of the absent officer.
        absent: Option<String>,
        /// Office whose proposals wait; instead of an absent officer.
        office: Option<String>,
        /// Name of who stands in for the officer, or the office that stands in for the office.
        by: String,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
    }
    /// A substitution.
    told Substitution {
        /// By which it is ended.
        id: Uuid,
        /// Office whose work it is.
        office: String,
        /// Name of the absent officer, unless it is of an office.
        absent: Option<String>,
        /// Name of the officer, or the office, that stands in.
        by: String,
        /// First day.
        from: Date,
        /// Last day.
        to: Date,
        /// When it was ended early.
        ended_at: Option<Timestamp>,
    }
    /// Substitutions that are not over.
    told Substitutions {
        /// All that the officer who asks keeps.
        substitutions: Vec<Substitution>,
    }
    /// Something that was made, by its identifier.
    told Made {
        /// Identifier.
        id: Uuid,
    }
    /// A count of the blanks that lie in stock.
    asked NewStockCount {
        /// How many lie there.
        counted: i64,
        /// Why that differs from the books, in own words; needed if it does.
        explanation: Option<String>,
    }
    /// The books of an office.
    told BlankBooks {
        /// In stock.
        in_stock: i64,
        /// Cards were printed on them.
        used: i64,
        /// Spoiled.
        spoiled: i64,
    }
    /// A count beside the books of its moment.
    told StockCount {
        /// Identifier.
        id: Uuid,
        /// How many lay there.
        counted: i64,
        /// The books at that moment.
        books: BlankBooks,
        /// Why the two differ.
        explanation: Option<String>,
        /// Name of the officer who counted.
        counter: String,
        /// When.
        counted_at: Timestamp,
        /// Name of the second officer, who signed.
        signer: Option<String>,
        /// When.
        signed_at: Option<Timestamp>,
        /// When it was withdrawn for a new count.
        withdrawn_at: Option<Timestamp>,
    }
    /// The stock of an office with its counts.
    told Stock {
        /// Office.
        office: String,
        /// The books now.
        books: BlankBooks,
        /// Counts, latest first, at most 25.
        counts: Vec<StockCount>,
        /// Whether a count of today is signed.
        is_counted_today: bool,
        /// Where the next page begins, if there is one: to be sent as `after`.
        next: Option<Uuid>,
    }
    /// A count beside the signed one before it.
    told Reconciliation {
        /// The count.
        count: StockCount,
        /// The last signed one before it.
        previous: Option<StockCount>,
        /// Blanks received since.
        received: i64,
        /// Blanks used since.
        used: i64,
        /// Blanks spoiled since.
        spoiled: i64,
        /// What was counted more than the books say; less if negative.
        difference: i64,
        /// Whether the officer who asks can sign it.
        can_sign: bool,
    }
}
