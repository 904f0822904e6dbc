-- SPDX-License-Identifier: Apache-2.0
-- Unfinished registrations; what officers said of records that look alike; search by telephone and by name page by page.

CREATE TABLE draft (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    wrapped BYTEA,
    content BYTEA,
    begun_at TIMESTAMPTZ NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    person_id UUID,
    row_version BIGINT NOT NULL,
    CONSTRAINT draft_pkey PRIMARY KEY (id),
    CONSTRAINT draft_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT draft_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT draft_content_check CHECK ((content IS NULL) = (wrapped IS NULL))
);
CREATE INDEX draft_account_idx ON draft (account_id);
CREATE INDEX draft_person_idx ON draft (person_id);
CREATE INDEX draft_expires_idx ON draft (expires_at);

CREATE TABLE look_alike (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    other_id UUID NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL,
    likeness TEXT COLLATE "C" NOT NULL,
    reason BYTEA NOT NULL,
    account_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    CONSTRAINT look_alike_pkey PRIMARY KEY (id),
    CONSTRAINT look_alike_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT look_alike_other_fkey FOREIGN KEY (other_id) REFERENCES person (id),
    CONSTRAINT look_alike_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT look_alike_verdict_check CHECK (verdict IN ('different', 'unsure')),
    CONSTRAINT look_alike_other_check CHECK (other_id <> person_id)
);
CREATE INDEX look_alike_person_idx ON look_alike (person_id);
CREATE INDEX look_alike_other_idx ON look_alike (other_id);

ALTER TABLE contact ADD COLUMN search_key TEXT COLLATE "C";
UPDATE contact SET search_key = right(replace(replace(replace(replace(replace(replace(value, ' ', ''), '-', ''), '(', ''), ')', ''), '+', ''), '.', ''), 9)
    WHERE kind = 'phone';
CREATE INDEX contact_search_key_idx ON contact (search_key) WHERE search_key IS NOT NULL;

DROP INDEX person_name_search_key_idx;
CREATE INDEX person_name_search_key_idx ON person_name (search_key, person_id);
