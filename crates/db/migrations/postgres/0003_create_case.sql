-- SPDX-License-Identifier: Apache-2.0
-- Cases and what is particular to asylum. An action is never changed; the snapshot beside it is checked.

CREATE TABLE case_file (
    id UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    procedure TEXT COLLATE "C" NOT NULL,
    person_id UUID NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    snapshot TEXT COLLATE "C" NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    row_version BIGINT NOT NULL,
    CONSTRAINT case_file_pkey PRIMARY KEY (id),
    CONSTRAINT case_file_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT case_file_state_check CHECK (state IN ('received', 'in_examination', 'proposed', 'decided', 'under_appeal', 'closed'))
);
CREATE UNIQUE INDEX case_file_number_key ON case_file (number);
CREATE INDEX case_file_person_idx ON case_file (person_id);
CREATE INDEX case_file_office_state_idx ON case_file (office, state);
CREATE UNIQUE INDEX case_file_open_key ON case_file (person_id, procedure) WHERE state <> 'closed';

CREATE TABLE case_action (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    position BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    account_id UUID NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    device_at TIMESTAMPTZ,
    basis TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C",
    reason BYTEA,
    corrects UUID,
    CONSTRAINT case_action_pkey PRIMARY KEY (id),
    CONSTRAINT case_action_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT case_action_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT case_action_corrects_fkey FOREIGN KEY (corrects) REFERENCES case_action (id),
    CONSTRAINT case_action_basis_check CHECK (basis <> '')
);
CREATE UNIQUE INDEX case_action_position_key ON case_action (case_id, position);

CREATE TABLE claim (
    case_id UUID NOT NULL,
    person_id UUID NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    confidentiality TEXT COLLATE "C" NOT NULL,
    reasons BYTEA,
    CONSTRAINT claim_pkey PRIMARY KEY (case_id),
    CONSTRAINT claim_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT claim_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT claim_confidentiality_check CHECK (confidentiality IN ('family', 'self'))
);
CREATE INDEX claim_person_idx ON claim (person_id);

CREATE TABLE certificate (
    case_id UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    issued_on DATE NOT NULL,
    issued_by UUID NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    CONSTRAINT certificate_pkey PRIMARY KEY (case_id),
    CONSTRAINT certificate_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT certificate_account_fkey FOREIGN KEY (issued_by) REFERENCES account (id)
);
CREATE UNIQUE INDEX certificate_number_key ON certificate (number);

CREATE TABLE interview (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    seen_alone BOOLEAN NOT NULL,
    participants BYTEA NOT NULL,
    statement BYTEA NOT NULL,
    held_at TIMESTAMPTZ NOT NULL,
    account_id UUID NOT NULL,
    CONSTRAINT interview_pkey PRIMARY KEY (id),
    CONSTRAINT interview_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT interview_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT interview_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX interview_case_idx ON interview (case_id);
CREATE INDEX interview_person_idx ON interview (person_id);

CREATE TABLE decision (
    id UUID NOT NULL,
    case_id UUID NOT NULL,
    person_id UUID NOT NULL,
    card_id UUID,
    outcome TEXT COLLATE "C" NOT NULL,
    facts BYTEA NOT NULL,
    proposal_reason BYTEA NOT NULL,
    reason BYTEA,
    basis TEXT COLLATE "C" NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_at TIMESTAMPTZ NOT NULL,
    decided_by UUID,
    decided_at TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ,
    CONSTRAINT decision_pkey PRIMARY KEY (id),
    CONSTRAINT decision_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT decision_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT decision_proposer_fkey FOREIGN KEY (proposed_by) REFERENCES account (id),
    CONSTRAINT decision_decider_fkey FOREIGN KEY (decided_by) REFERENCES account (id),
    CONSTRAINT decision_four_eyes_check CHECK (decided_by <> proposed_by),
    CONSTRAINT decision_reason_check CHECK ((decided_by IS NULL) = (reason IS NULL)),
    CONSTRAINT decision_basis_check CHECK (basis <> '')
);
CREATE UNIQUE INDEX decision_open_key ON decision (case_id) WHERE decided_by IS NULL AND withdrawn_at IS NULL;
CREATE INDEX decision_case_idx ON decision (case_id);
CREATE INDEX decision_person_idx ON decision (person_id);
