-- SPDX-License-Identifier: Apache-2.0
-- Cases and what is particular to asylum. An action is never changed; the snapshot beside it is checked.

CREATE TABLE case_file (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    procedure TEXT NOT NULL,
    person_id BLOB NOT NULL,
    office TEXT NOT NULL,
    state TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    CONSTRAINT case_file_pkey PRIMARY KEY (id),
    CONSTRAINT case_file_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT case_file_state_check CHECK (state IN ('received', 'in_examination', 'proposed', 'decided', 'under_appeal', 'closed'))
) STRICT;
CREATE UNIQUE INDEX case_file_number_key ON case_file (number);
CREATE INDEX case_file_person_idx ON case_file (person_id);
CREATE INDEX case_file_office_state_idx ON case_file (office, state);
CREATE UNIQUE INDEX case_file_open_key ON case_file (person_id, procedure) WHERE state <> 'closed';

CREATE TABLE case_action (
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    account_id BLOB NOT NULL,
    role TEXT NOT NULL,
    office TEXT NOT NULL,
    at TEXT NOT NULL,
    device_at TEXT,
    basis TEXT NOT NULL,
    outcome TEXT,
    reason BLOB,
    corrects BLOB,
    CONSTRAINT case_action_pkey PRIMARY KEY (id),
    CONSTRAINT case_action_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT case_action_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT case_action_corrects_fkey FOREIGN KEY (corrects) REFERENCES case_action (id),
    CONSTRAINT case_action_basis_check CHECK (basis <> '')
) STRICT;
CREATE UNIQUE INDEX case_action_position_key ON case_action (case_id, position);

CREATE TABLE claim (
    case_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    language TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    reasons BLOB,
    CONSTRAINT claim_pkey PRIMARY KEY (case_id),
    CONSTRAINT claim_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT claim_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT claim_confidentiality_check CHECK (confidentiality IN ('family', 'self'))
) STRICT;
CREATE INDEX claim_person_idx ON claim (person_id);

CREATE TABLE certificate (
    case_id BLOB NOT NULL,
    number TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    issued_by BLOB NOT NULL,
    basis TEXT NOT NULL,
    CONSTRAINT certificate_pkey PRIMARY KEY (case_id),
    CONSTRAINT certificate_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT certificate_account_fkey FOREIGN KEY (issued_by) REFERENCES account (id)
) STRICT;
CREATE UNIQUE INDEX certificate_number_key ON certificate (number);

CREATE TABLE interview (
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    seen_alone INTEGER NOT NULL,
    participants BLOB NOT NULL,
    statement BLOB NOT NULL,
    held_at TEXT NOT NULL,
    account_id BLOB NOT NULL,
    CONSTRAINT interview_pkey PRIMARY KEY (id),
    CONSTRAINT interview_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT interview_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT interview_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE INDEX interview_case_idx ON interview (case_id);
CREATE INDEX interview_person_idx ON interview (person_id);

CREATE TABLE decision (
    id BLOB NOT NULL,
    case_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    card_id BLOB,
    outcome TEXT NOT NULL,
    facts BLOB NOT NULL,
    proposal_reason BLOB NOT NULL,
    reason BLOB,
    basis TEXT NOT NULL,
    proposed_by BLOB NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by BLOB,
    decided_at TEXT,
    withdrawn_at TEXT,
    CONSTRAINT decision_pkey PRIMARY KEY (id),
    CONSTRAINT decision_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT decision_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT decision_proposer_fkey FOREIGN KEY (proposed_by) REFERENCES account (id),
    CONSTRAINT decision_decider_fkey FOREIGN KEY (decided_by) REFERENCES account (id),
    CONSTRAINT decision_four_eyes_check CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_reason_check CHECK ((decided_by IS NULL) = (reason IS NULL)),
    CONSTRAINT decision_basis_check CHECK (basis <> '')
) STRICT;
CREATE UNIQUE INDEX decision_open_key ON decision (case_id) WHERE decided_by IS NULL AND withdrawn_at IS NULL;
CREATE INDEX decision_case_idx ON decision (case_id);
CREATE INDEX decision_person_idx ON decision (person_id);
