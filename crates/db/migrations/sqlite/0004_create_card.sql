-- SPDX-License-Identifier: Apache-2.0
-- Cards, blank cards, help. What may be given once has a unique index.

CREATE TABLE signer (
    key_id BLOB NOT NULL,
    purpose TEXT NOT NULL,
    certificate BLOB NOT NULL,
    use_from TEXT NOT NULL,
    use_until TEXT NOT NULL,
    accept_until TEXT NOT NULL,
    revoked_at TEXT,
    CONSTRAINT signer_pkey PRIMARY KEY (key_id),
    CONSTRAINT signer_purpose_check CHECK (purpose IN ('cards', 'status_list'))
) STRICT;

CREATE TABLE card (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    person_id BLOB,
    case_id BLOB,
    office TEXT NOT NULL,
    state TEXT NOT NULL,
    status_index INTEGER NOT NULL,
    issued_on TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    face BLOB,
    basis TEXT NOT NULL,
    prepared_by BLOB NOT NULL,
    prepared_at TEXT NOT NULL,
    checked_by BLOB,
    signed_by BLOB,
    signed_at TEXT,
    key_id BLOB,
    qr_text BLOB,
    handed_over_at TEXT,
    row_version INTEGER NOT NULL,
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
) STRICT;
CREATE UNIQUE INDEX card_number_key ON card (number);
CREATE UNIQUE INDEX card_status_index_key ON card (status_index);
CREATE UNIQUE INDEX card_live_key ON card (person_id) WHERE state IN ('prepared', 'checked', 'signed', 'printed', 'active', 'suspended');
CREATE INDEX card_person_idx ON card (person_id);

CREATE TABLE card_event (
    id BLOB NOT NULL,
    card_id BLOB NOT NULL,
    action TEXT NOT NULL,
    account_id BLOB NOT NULL,
    basis TEXT NOT NULL,
    reason BLOB,
    at TEXT NOT NULL,
    CONSTRAINT card_event_pkey PRIMARY KEY (id),
    CONSTRAINT card_event_card_fkey FOREIGN KEY (card_id) REFERENCES card (id),
    CONSTRAINT card_event_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE INDEX card_event_card_idx ON card_event (card_id);

CREATE TABLE blank (
    number TEXT NOT NULL,
    office TEXT NOT NULL,
    state TEXT NOT NULL,
    card_id BLOB,
    reason TEXT,
    received_at TEXT NOT NULL,
    used_at TEXT,
    CONSTRAINT blank_pkey PRIMARY KEY (number),
    CONSTRAINT blank_card_fkey FOREIGN KEY (card_id) REFERENCES card (id),
    CONSTRAINT blank_state_check CHECK (state IN ('in_stock', 'used', 'spoiled')),
    CONSTRAINT blank_used_check CHECK (state <> 'used' OR card_id IS NOT NULL)
) STRICT;
CREATE INDEX blank_stock_idx ON blank (office, state, number);
CREATE UNIQUE INDEX blank_card_key ON blank (card_id) WHERE state = 'used';

CREATE TABLE distribution (
    id BLOB NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    on_date TEXT NOT NULL,
    office TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT distribution_pkey PRIMARY KEY (id)
) STRICT;
CREATE UNIQUE INDEX distribution_code_key ON distribution (code);

CREATE TABLE receipt (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    distribution_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    item TEXT NOT NULL,
    basis TEXT NOT NULL,
    given_by BLOB NOT NULL,
    given_at TEXT NOT NULL,
    CONSTRAINT receipt_pkey PRIMARY KEY (id),
    CONSTRAINT receipt_distribution_fkey FOREIGN KEY (distribution_id) REFERENCES distribution (id),
    CONSTRAINT receipt_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT receipt_account_fkey FOREIGN KEY (given_by) REFERENCES account (id)
) STRICT;
CREATE UNIQUE INDEX receipt_number_key ON receipt (number);
CREATE UNIQUE INDEX receipt_once_key ON receipt (distribution_id, person_id);
CREATE INDEX receipt_person_idx ON receipt (person_id);
