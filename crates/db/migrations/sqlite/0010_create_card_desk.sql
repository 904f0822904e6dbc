-- SPDX-License-Identifier: Apache-2.0
-- The counts of blank cards against the books, who is expected at a distribution, and what the auditor searches by.

-- A count is a statement of one officer, signed by another; the books are kept as they stood at that moment. A count that
-- was repeated before anybody signed it is withdrawn, never changed.
CREATE TABLE blank_count (
    id BLOB NOT NULL,
    office TEXT NOT NULL,
    counted INTEGER NOT NULL,
    booked INTEGER NOT NULL,
    used INTEGER NOT NULL,
    spoiled INTEGER NOT NULL,
    explanation TEXT,
    basis TEXT NOT NULL,
    counted_by BLOB NOT NULL,
    counted_at TEXT NOT NULL,
    signed_by BLOB,
    signed_at TEXT,
    withdrawn_at TEXT,
    CONSTRAINT blank_count_pkey PRIMARY KEY (id),
    CONSTRAINT blank_count_counter_fkey FOREIGN KEY (counted_by) REFERENCES account (id),
    CONSTRAINT blank_count_signer_fkey FOREIGN KEY (signed_by) REFERENCES account (id),
    CONSTRAINT blank_count_four_eyes_check CHECK (signed_by <> counted_by),
    CONSTRAINT blank_count_signed_check CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
    CONSTRAINT blank_count_ended_check CHECK (signed_at IS NULL OR withdrawn_at IS NULL),
    CONSTRAINT blank_count_counted_check CHECK (counted >= 0),
    CONSTRAINT blank_count_explained_check CHECK (counted = booked OR explanation IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX blank_count_open_key ON blank_count (office) WHERE signed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX blank_count_office_idx ON blank_count (office, id);

CREATE TABLE distribution_guest (
    id BLOB NOT NULL,
    distribution_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    invited_by BLOB NOT NULL,
    invited_at TEXT NOT NULL,
    CONSTRAINT distribution_guest_pkey PRIMARY KEY (id),
    CONSTRAINT distribution_guest_distribution_fkey FOREIGN KEY (distribution_id) REFERENCES distribution (id),
    CONSTRAINT distribution_guest_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT distribution_guest_account_fkey FOREIGN KEY (invited_by) REFERENCES account (id)
) STRICT;
CREATE UNIQUE INDEX distribution_guest_once_key ON distribution_guest (distribution_id, person_id);
CREATE INDEX distribution_guest_list_idx ON distribution_guest (distribution_id, id);
CREATE INDEX distribution_guest_person_idx ON distribution_guest (person_id);

CREATE INDEX card_state_idx ON card (state, id);
CREATE INDEX decision_card_idx ON decision (card_id) WHERE card_id IS NOT NULL;

-- Copies out of the record's canonical form, by which the auditor searches; `audit verify` compares them with it.
ALTER TABLE audit_record ADD COLUMN office TEXT;
ALTER TABLE audit_record ADD COLUMN account_id BLOB;
UPDATE audit_record SET office = canonical ->> '$.office', account_id = unhex(replace(canonical ->> '$.actor', '-', ''));
CREATE INDEX audit_record_office_idx ON audit_record (office, id);
CREATE INDEX audit_record_account_idx ON audit_record (account_id, id);
CREATE INDEX audit_record_action_idx ON audit_record (action, id);
