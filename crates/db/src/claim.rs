// SPDX-License-Identifier: Apache-2.0
//! The sealed file of a claim: reasons, certificate, interviews, proposal and decision.

use domain::{
    access::{AsylumFile, Authorized},
    id::{AccountId, CardId, CaseId, DecisionId, InterviewId, PersonId},
    legal::LegalBasis,
    number::CaseNumber,
    procedure::OutcomeCode,
    registry::Confidentiality,
    time::{Date, Timestamp},
};

use crate::{DbError, Row, Session, Write, args, case_file::stored_bases, statements, witness::table};

statements! {
    INSERT_CLAIM = "INSERT INTO claim (case_id, person_id, language, confidentiality, reasons) VALUES ($1, $2, $3, $4, $5)";
    UPDATE_CLAIM_REASONS = "UPDATE claim SET reasons = $1 WHERE case_id = $2";
    FIND_CLAIM = "SELECT case_id, person_id, language, confidentiality, reasons FROM claim WHERE case_id = $1";
    INSERT_CERTIFICATE = "INSERT INTO certificate (case_id, number, issued_on, issued_by, basis) VALUES ($1, $2, $3, $4, $5)";
    FIND_CERTIFICATE = "SELECT number, issued_on FROM certificate WHERE case_id = $1";
    INSERT_INTERVIEW = "INSERT INTO interview (id, case_id, person_id, kind, language, seen_alone, participants, statement, held_at, account_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST_INTERVIEWS = "SELECT i.kind, i.language, i.seen_alone, i.participants, i.statement, i.held_at, r.content
        FROM interview i LEFT JOIN interview_reading r ON r.interview_id = i.id WHERE i.case_id = $1 ORDER BY i.held_at, i.id";
    INSERT_INTERVIEW_READING = "INSERT INTO interview_reading (interview_id, person_id, content) VALUES ($1, $2, $3)";
    INSERT_DECISION_ASSESSMENT = "INSERT INTO decision_assessment (decision_id, person_id, answers) VALUES ($1, $2, $3)";
    FIND_DECISION_TEXTS = "SELECT d.facts, d.proposal_reason, d.reason, a.answers
        FROM decision d LEFT JOIN decision_assessment a ON a.decision_id = d.id WHERE d.id = $1";
    INSERT_DECISION = "INSERT INTO decision (id, case_id, person_id, card_id, outcome, facts, proposal_reason, basis, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    UPDATE_DECISION_DECIDED = "UPDATE decision SET outcome = $1, reason = $2, basis = $3, decided_by = $4, decided_at = $5 WHERE id = $6 AND decided_by IS NULL AND withdrawn_at IS NULL";
    FIND_OPEN_DECISION = "SELECT id, case_id, person_id, card_id, outcome, basis, proposed_by, decided_by, decided_at FROM decision WHERE case_id = $1 AND decided_by IS NULL AND withdrawn_at IS NULL";
    UPDATE_DECISION_WITHDRAWN = "UPDATE decision SET withdrawn_at = $1 WHERE case_id = $2 AND decided_by IS NULL AND withdrawn_at IS NULL";
    LIST_WAITING_DECISIONS = "SELECT 'decision', id FROM decision WHERE case_id = $1 AND decided_by IS NULL AND withdrawn_at IS NULL";
    LIST_DECISIONS = "SELECT id, case_id, person_id, card_id, outcome, basis, proposed_by, decided_by, decided_at FROM decision WHERE case_id = $1 ORDER BY proposed_at, id";
}

/// A claim as stored; the reasons are sealed.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Case.
    pub case: CaseId,
    /// Claimant.
    pub person: PersonId,
    /// Language of the procedure.
    pub language: String,
    /// Whether it is kept from the family.
    pub confidentiality: Confidentiality,
    /// Sealed reasons.
    pub reasons: Option<Vec<u8>>,
}

/// An interview about to be recorded; texts are sealed.
#[derive(Clone, Debug)]
pub struct NewInterview {
    /// Identifier.
    pub id: InterviewId,
    /// Case.
    pub case: CaseId,
    /// Claimant.
    pub person: PersonId,
    /// Action code of the interview.
    pub kind: String,
    /// Language spoken.
    pub language: String,
    /// Whether no other member of the family was there.
    pub seen_alone: bool,
    /// Sealed: interpreter, representative, observer.
    pub participants: Vec<u8>,
    /// Sealed: what was said.
    pub statement: Vec<u8>,
    /// When.
    pub held_at: Timestamp,
    /// By whom.
    pub account: AccountId,
}

/// An interview as stored.
#[derive(Clone, Debug)]
pub struct StoredInterview {
    /// Action code.
    pub kind: String,
    /// Language.
    pub language: String,
    /// Whether seen alone.
    pub seen_alone: bool,
    /// Sealed participants.
    pub participants: Vec<u8>,
    /// Sealed statement.
    pub statement: Vec<u8>,
    /// When.
    pub held_at: Timestamp,
    /// Sealed: how it was read back, and whether the claimant signed.
    pub reading: Option<Vec<u8>>,
}

/// The sealed texts of a proposal or decision.
#[derive(Clone, Debug)]
pub struct DecisionTexts {
    /// Facts found.
    pub facts: Vec<u8>,
    /// Reason of who proposed.
    pub proposal_reason: Vec<u8>,
    /// Reason of who decided.
    pub reason: Option<Vec<u8>>,
    /// Answers to the questions of the procedure.
    pub answers: Option<Vec<u8>>,
}

/// A proposal about to be recorded.
#[derive(Clone, Debug)]
pub struct NewProposal {
    /// Identifier of the decision it will become.
    pub id: DecisionId,
    /// Case.
    pub case: CaseId,
    /// Person.
    pub person: PersonId,
    /// The card it concerns, for a revocation.
    pub card: Option<CardId>,
    /// Outcome proposed.
    pub outcome: OutcomeCode,
    /// Sealed facts.
    pub facts: Vec<u8>,
    /// Sealed reason.
    pub reason: Vec<u8>,
    /// Provisions; never empty.
    pub basis: Vec<LegalBasis>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: Timestamp,
}

/// A proposal or decision as stored.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Identifier.
    pub id: DecisionId,
    /// Case.
    pub case: CaseId,
    /// Person.
    pub person: PersonId,
    /// Card, for a revocation.
    pub card: Option<CardId>,
    /// Outcome.
    pub outcome: OutcomeCode,
    /// Stored bases.
    pub basis: String,
    /// Who proposed.
    pub proposed_by: AccountId,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

fn decision(row: &Row) -> Result<Decision, DbError> {
    let outcome = OutcomeCode::parse(&row.get::<String>(4)?);
    Ok(Decision {
        id: row.id(0)?,
        case: row.id(1)?,
        person: row.id(2)?,
        card: row.optional_id(3)?,
        outcome: outcome.map_err(|_| DbError::damaged("decision.outcome"))?,
        basis: row.get(5)?,
        proposed_by: row.id(6)?,
        decided_by: row.optional_id(7)?,
        decided_at: row.get(8)?,
    })
}

impl Session {
    /// The claim of a case.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_claim(
        &mut self,
        _permit: &Authorized<AsylumFile>,
        case: CaseId,
    ) -> Result<Option<Claim>, DbError> {
        let row = self.fetch_optional(FIND_CLAIM, args![case]).await?;
        row.map(|row| {
            Ok(Claim {
                case: row.id(0)?,
                person: row.id(1)?,
                language: row.get(2)?,
                confidentiality: row.word(3)?,
                reasons: row.get(4)?,
            })
        })
        .transpose()
    }

    /// Number and day of a case's certificate.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_certificate(&mut self, case: CaseId) -> Result<Option<(CaseNumber, Date)>, DbError> {
        let Some(row) = self.fetch_optional(FIND_CERTIFICATE, args![case]).await? else { return Ok(None) };
        let number = CaseNumber::parse(&row.get::<String>(0)?).map_err(|_| DbError::damaged("certificate.number"))?;
        Ok(Some((number, row.get(1)?)))
    }

    /// The interviews of a case.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_interviews(
        &mut self,
        _permit: &Authorized<AsylumFile>,
        case: CaseId,
    ) -> Result<Vec<StoredInterview>, DbError> {
        let rows = self.fetch_all(LIST_INTERVIEWS, args![case]).await?;
        rows.iter()
            .map(|row| {
                Ok(StoredInterview {
                    kind: row.get(0)?,
                    language: row.get(1)?,
                    seen_alone: row.get(2)?,
                    participants: row.get(3)?,
                    statement: row.get(4)?,
                    held_at: row.get(5)?,
                    reading: row.get(6)?,
                })
            })
            .collect()
    }

    /// The proposal of a case that waits for another officer.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn find_open_decision(&mut self, case: CaseId) -> Result<Option<Decision>, DbError> {
        self.fetch_optional(FIND_OPEN_DECISION, args![case]).await?.as_ref().map(decision).transpose()
    }

    /// The sealed texts of a proposal or decision.
    ///
    /// # Errors
    /// [`DbError`], also when there is none.
    pub async fn find_decision_texts(&mut self, decision: DecisionId) -> Result<DecisionTexts, DbError> {
        let row = self.fetch_one(FIND_DECISION_TEXTS, args![decision]).await?;
        Ok(DecisionTexts {
            facts: row.get(0)?,
            proposal_reason: row.get(1)?,
            reason: row.get(2)?,
            answers: row.get(3)?,
        })
    }

    /// The proposals and decisions of a case.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn list_decisions(&mut self, case: CaseId) -> Result<Vec<Decision>, DbError> {
        self.fetch_all(LIST_DECISIONS, args![case]).await?.iter().map(decision).collect()
    }
}

impl Write {
    /// Inserts a claim.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_claim(&mut self, _permit: &Authorized<AsylumFile>, claim: &Claim) -> Result<(), DbError> {
        let values = args![
            claim.case,
            claim.person,
            claim.language.as_str(),
            claim.confidentiality.as_str(),
            claim.reasons.clone(),
        ];
        self.execute(INSERT_CLAIM, values).await?;
        self.touch(table::CLAIM, claim.case)
    }

    /// Stores the sealed reasons.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn update_claim_reasons(
        &mut self,
        _permit: &Authorized<AsylumFile>,
        case: CaseId,
        reasons: Vec<u8>,
    ) -> Result<(), DbError> {
        self.execute(UPDATE_CLAIM_REASONS, args![reasons, case]).await?;
        self.touch(table::CLAIM, case)
    }

    /// Inserts a certificate.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_certificate(
        &mut self,
        case: CaseId,
        number: &CaseNumber,
        issued_on: Date,
        by: AccountId,
        basis: &LegalBasis,
    ) -> Result<(), DbError> {
        let values = args![case, number.as_str(), issued_on, by, basis.stored_form()];
        self.execute(INSERT_CERTIFICATE, values).await?;
        self.touch(table::CERTIFICATE, case)
    }

    /// Inserts an interview.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_interview(
        &mut self,
        _permit: &Authorized<AsylumFile>,
        new: NewInterview,
    ) -> Result<(), DbError> {
        let id = new.id;
        let values = args![
            new.id,
            new.case,
            new.person,
            new.kind,
            new.language,
            new.seen_alone,
            new.participants,
            new.statement,
            new.held_at,
            new.account,
        ];
        self.execute(INSERT_INTERVIEW, values).await?;
        self.touch(table::INTERVIEW, id)
    }

    /// Inserts how an interview was read back; the text is sealed.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_interview_reading(
        &mut self,
        _permit: &Authorized<AsylumFile>,
        interview: InterviewId,
        person: PersonId,
        content: Vec<u8>,
    ) -> Result<(), DbError> {
        self.execute(INSERT_INTERVIEW_READING, args![interview, person, content]).await?;
        self.touch(table::INTERVIEW_READING, interview)
    }

    /// Inserts the answers on which a proposal rests; they are sealed.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn insert_assessment(
        &mut self,
        decision: DecisionId,
        person: PersonId,
        answers: Vec<u8>,
    ) -> Result<(), DbError> {
        self.execute(INSERT_DECISION_ASSESSMENT, args![decision, person, answers]).await?;
        self.touch(table::DECISION_ASSESSMENT, decision)
    }

    /// Inserts a proposal.
    ///
    /// # Errors
    /// [`DbError`]; constraint `decision_open_key` when another waits.
    pub async fn insert_proposal(&mut self, new: NewProposal) -> Result<(), DbError> {
        let values = args![
            new.id,
            new.case,
            new.person,
            new.card,
            new.outcome.as_str(),
            new.facts,
            new.reason,
            stored_bases(&new.basis),
            new.by,
            new.at,
        ];
        self.execute(INSERT_DECISION, values).await?;
        self.touch(table::DECISION, new.id)
    }

    /// Turns a proposal into a decision; says whether it still waited.
    ///
    /// # Errors
    /// [`DbError`]; constraint `decision_four_eyes_check` when the same officer would decide.
    pub async fn update_decision(
        &mut self,
        id: DecisionId,
        outcome: &OutcomeCode,
        reason: Vec<u8>,
        basis: &[LegalBasis],
        by: AccountId,
        at: Timestamp,
    ) -> Result<bool, DbError> {
        self.touch(table::DECISION, id)?;
        let values = args![outcome.as_str(), reason, stored_bases(basis), by, at, id];
        Ok(self.execute(UPDATE_DECISION_DECIDED, values).await? == 1)
    }

    /// Takes a waiting proposal back.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn withdraw_proposal(&mut self, case: CaseId, at: Timestamp) -> Result<(), DbError> {
        self.touch_found(LIST_WAITING_DECISIONS, args![case]).await?;
        self.execute(UPDATE_DECISION_WITHDRAWN, args![at, case]).await.map(drop)
    }
}
