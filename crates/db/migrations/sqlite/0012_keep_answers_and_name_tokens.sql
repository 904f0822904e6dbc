-- SPDX-License-Identifier: Apache-2.0
-- Answers kept under a client's key, sealed so that only who holds the key reads them again; names of tokens.

-- Nothing has ever written to the first form of this table.
DROP TABLE idempotency;
CREATE TABLE idempotency (
    place BLOB NOT NULL,
    account_id BLOB NOT NULL,
    request_digest BLOB NOT NULL,
    answer BLOB NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (place),
    CONSTRAINT idempotency_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE INDEX idempotency_created_idx ON idempotency (created_at);

ALTER TABLE account_token ADD COLUMN name TEXT;
