-- SPDX-License-Identifier: Apache-2.0
-- Sessions in the browser, failed attempts by where they came from, and the second step when signing in.

CREATE TABLE account_session (
    id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    token_digest BLOB NOT NULL,
    device TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT account_session_pkey PRIMARY KEY (id),
    CONSTRAINT account_session_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE UNIQUE INDEX account_session_digest_key ON account_session (token_digest);
CREATE INDEX account_session_account_idx ON account_session (account_id);

-- Attempts are counted for each place apart, so that nobody can lock an officer out of her own browser.
CREATE TABLE account_attempt (
    account_id BLOB NOT NULL,
    source BLOB NOT NULL,
    failed INTEGER NOT NULL,
    locked_until TEXT,
    last_at TEXT NOT NULL,
    CONSTRAINT account_attempt_pkey PRIMARY KEY (account_id, source),
    CONSTRAINT account_attempt_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;

-- The key of the second step, sealed under the master key, and the last time step whose code was used.
CREATE TABLE account_totp (
    account_id BLOB NOT NULL,
    secret BLOB NOT NULL,
    confirmed_at TEXT,
    used_step INTEGER NOT NULL,
    CONSTRAINT account_totp_pkey PRIMARY KEY (account_id),
    CONSTRAINT account_totp_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;

ALTER TABLE account DROP COLUMN failed_attempts;
ALTER TABLE account DROP COLUMN locked_until;
