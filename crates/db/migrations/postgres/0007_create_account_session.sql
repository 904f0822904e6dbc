-- SPDX-License-Identifier: Apache-2.0
-- Sessions in the browser, failed attempts by where they came from, and the second step when signing in.

CREATE TABLE account_session (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    token_digest BYTEA NOT NULL,
    device TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT account_session_pkey PRIMARY KEY (id),
    CONSTRAINT account_session_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE UNIQUE INDEX account_session_digest_key ON account_session (token_digest);
CREATE INDEX account_session_account_idx ON account_session (account_id);

-- Attempts are counted for each place apart, so that nobody can lock an officer out of her own browser.
CREATE TABLE account_attempt (
    account_id UUID NOT NULL,
    source BYTEA NOT NULL,
    failed BIGINT NOT NULL,
    locked_until TIMESTAMPTZ,
    last_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT account_attempt_pkey PRIMARY KEY (account_id, source),
    CONSTRAINT account_attempt_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

-- The key of the second step, sealed under the master key, and the last time step whose code was used.
CREATE TABLE account_totp (
    account_id UUID NOT NULL,
    secret BYTEA NOT NULL,
    confirmed_at TIMESTAMPTZ,
    used_step BIGINT NOT NULL,
    CONSTRAINT account_totp_pkey PRIMARY KEY (account_id),
    CONSTRAINT account_totp_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

ALTER TABLE account DROP COLUMN failed_attempts;
ALTER TABLE account DROP COLUMN locked_until;
