-- SPDX-License-Identifier: Apache-2.0
-- Cards, blank cards, help. What may be given once has a unique index.

CREATE TABLE signer (
    key_id BYTEA NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    certificate BYTEA NOT NULL,
    use_from TIMESTAMPTZ NOT NULL,
    use_until TIMESTAMPTZ NOT NULL,
    accept_until TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT signer_pkey PRIMARY KEY (key_id),
    CONSTRAINT signer_purpose_check CHECK (purpose IN ('cards', 'status_list'))
);

CREATE TABLE card (
    id UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    person_id UUID,
    case_id UUID,
    office TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    status_index BIGINT NOT NULL,
    issued_on DATE NOT NULL,
    expires_on DATE NOT NULL,
    face BYTEA,
    basis TEXT COLLATE "C" NOT NULL,
    prepared_by UUID NOT NULL,
    prepared_at TIMESTAMPTZ NOT NULL,
    checked_by UUID,
    signed_by UUID,
    signed_at TIMESTAMPTZ,
    key_id BYTEA,
    qr_text BYTEA,
    handed_over_at TIMESTAMPTZ,
    row_version BIGINT NOT NULL,
    CONSTRAINT card_pkey PRIMARY KEY (id),
    CONSTRAINT card_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT card_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT card_preparer_fkey FOREIGN KEY (prepared_by) REFERENCES account (id),
    CONSTRAINT card_checker_fkey FOREIGN KEY (checked_by) REFERENCES account (id),
    CONSTRAINT card_signer_fkey FOREIGN KEY (key_id) REFERENCES signer (key_id),
    CONSTRAINT card_four_eyes_check CHECK (checked_by <> prepared_by),
    CONSTRAINT card_dates_check CHECK (issued_on < expires_on),
    CONSTRAINT card_state_check CHECK (state IN ('prepared', 'checked', 'signed', 'printed', 'active', 'suspended', 'revoked', 'replaced', 'spoiled')),
    CONSTRAINT card_unchecked_check CHECK (state IN ('prepared', 'spoiled') OR checked_by IS NOT NULL)
);
CREATE UNIQUE INDEX card_number_key ON card (number);
CREATE UNIQUE INDEX card_status_index_key ON card (status_index);
CREATE UNIQUE INDEX card_live_key ON card (person_id) WHERE state IN ('prepared', 'checked', 'signed', 'printed', 'active', 'suspended');
CREATE INDEX card_person_idx ON card (person_id);

CREATE TABLE card_event (
    id UUID NOT NULL,
    card_id UUID NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    account_id UUID NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    reason BYTEA,
    at TIMESTAMPTZ NOT NULL,
    CONSTRAINT card_event_pkey PRIMARY KEY (id),
    CONSTRAINT card_event_card_fkey FOREIGN KEY (card_id) REFERENCES card (id),
    CONSTRAINT card_event_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX card_event_card_idx ON card_event (card_id);

CREATE TABLE blank (
    number TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    card_id UUID,
    reason TEXT COLLATE "C",
    received_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    CONSTRAINT blank_pkey PRIMARY KEY (number),
    CONSTRAINT blank_card_fkey FOREIGN KEY (card_id) REFERENCES card (id),
    CONSTRAINT blank_state_check CHECK (state IN ('in_stock', 'used', 'spoiled')),
    CONSTRAINT blank_used_check CHECK (state <> 'used' OR card_id IS NOT NULL)
);
CREATE INDEX blank_stock_idx ON blank (office, state, number);
CREATE UNIQUE INDEX blank_card_key ON blank (card_id) WHERE state = 'used';

CREATE TABLE distribution (
    id UUID NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    on_date DATE NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT distribution_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX distribution_code_key ON distribution (code);

CREATE TABLE receipt (
    id UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    distribution_id UUID NOT NULL,
    person_id UUID NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    given_by UUID NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT receipt_pkey PRIMARY KEY (id),
    CONSTRAINT receipt_distribution_fkey FOREIGN KEY (distribution_id) REFERENCES distribution (id),
    CONSTRAINT receipt_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT receipt_account_fkey FOREIGN KEY (given_by) REFERENCES account (id)
);
CREATE UNIQUE INDEX receipt_number_key ON receipt (number);
CREATE UNIQUE INDEX receipt_once_key ON receipt (distribution_id, person_id);
CREATE INDEX receipt_person_idx ON receipt (person_id);
