-- SPDX-License-Identifier: Apache-2.0
-- The counts of blank cards against the books, who is expected at a distribution, and what the auditor searches by.

-- A count is a statement of one officer, signed by another; the books are kept as they stood at that moment. A count that
-- was repeated before anybody signed it is withdrawn, never changed.
CREATE TABLE blank_count (
    id UUID NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    counted BIGINT NOT NULL,
    booked BIGINT NOT NULL,
    used BIGINT NOT NULL,
    spoiled BIGINT NOT NULL,
    explanation TEXT COLLATE "C",
    basis TEXT COLLATE "C" NOT NULL,
    counted_by UUID NOT NULL,
    counted_at TIMESTAMPTZ NOT NULL,
    signed_by UUID,
    signed_at TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ,
    CONSTRAINT blank_count_pkey PRIMARY KEY (id),
    CONSTRAINT blank_count_counter_fkey FOREIGN KEY (counted_by) REFERENCES account (id),
    CONSTRAINT blank_count_signer_fkey FOREIGN KEY (signed_by) REFERENCES account (id),
    CONSTRAINT blank_count_four_eyes_check CHECK (signed_by <> counted_by),
    CONSTRAINT blank_count_signed_check CHECK ((signed_by IS NULL) = (signed_at IS NULL)),
    CONSTRAINT blank_count_ended_check CHECK (signed_at IS NULL OR withdrawn_at IS NULL),
    CONSTRAINT blank_count_counted_check CHECK (counted >= 0),
    CONSTRAINT blank_count_explained_check CHECK (counted = booked OR explanation IS NOT NULL)
);
CREATE UNIQUE INDEX blank_count_open_key ON blank_count (office) WHERE signed_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX blank_count_office_idx ON blank_count (office, id);

CREATE TABLE distribution_guest (
    id UUID NOT NULL,
    distribution_id UUID NOT NULL,
    person_id UUID NOT NULL,
    invited_by UUID NOT NULL,
    invited_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT distribution_guest_pkey PRIMARY KEY (id),
    CONSTRAINT distribution_guest_distribution_fkey FOREIGN KEY (distribution_id) REFERENCES distribution (id),
    CONSTRAINT distribution_guest_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT distribution_guest_account_fkey FOREIGN KEY (invited_by) REFERENCES account (id)
);
CREATE UNIQUE INDEX distribution_guest_once_key ON distribution_guest (distribution_id, person_id);
CREATE INDEX distribution_guest_list_idx ON distribution_guest (distribution_id, id);
CREATE INDEX distribution_guest_person_idx ON distribution_guest (person_id);

CREATE INDEX card_state_idx ON card (state, id);
CREATE INDEX decision_card_idx ON decision (card_id) WHERE card_id IS NOT NULL;

-- Copies out of the record's canonical form, by which the auditor searches; `audit verify` compares them with it.
ALTER TABLE audit_record ADD COLUMN office TEXT COLLATE "C";
ALTER TABLE audit_record ADD COLUMN account_id UUID;
UPDATE audit_record SET office = canonical::json ->> 'office', account_id = (canonical::json ->> 'actor')::uuid;
CREATE INDEX audit_record_office_idx ON audit_record (office, id);
CREATE INDEX audit_record_account_idx ON audit_record (account_id, id);
CREATE INDEX audit_record_action_idx ON audit_record (action, id);
