-- SPDX-License-Identifier: Apache-2.0
-- Answers kept under a client's key, sealed so that only who holds the key reads them again; names of tokens.

-- Nothing has ever written to the first form of this table.
DROP TABLE idempotency;
CREATE TABLE idempotency (
    place BYTEA NOT NULL,
    account_id UUID NOT NULL,
    request_digest BYTEA NOT NULL,
    answer BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (place),
    CONSTRAINT idempotency_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX idempotency_created_idx ON idempotency (created_at);

ALTER TABLE account_token ADD COLUMN name TEXT COLLATE "C";
