-- SPDX-License-Identifier: Apache-2.0
-- Accounts and their tokens.

CREATE TABLE account (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    body TEXT NOT NULL,
    office TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    failed_attempts INTEGER NOT NULL,
    locked_until TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_role_check CHECK (role IN ('registrar', 'case_officer', 'decision_maker', 'card_officer', 'head_of_office', 'assistance_officer', 'police_officer', 'auditor', 'administrator')),
    CONSTRAINT account_jurisdiction_check CHECK (jurisdiction IN ('own_office', 'national'))
) STRICT;
CREATE UNIQUE INDEX account_name_key ON account (name);

CREATE TABLE account_token (
    id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    token_digest BLOB NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    CONSTRAINT account_token_pkey PRIMARY KEY (id),
    CONSTRAINT account_token_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE UNIQUE INDEX account_token_digest_key ON account_token (token_digest);
CREATE INDEX account_token_account_idx ON account_token (account_id);

CREATE TABLE job (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    object_id BLOB,
    run_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    done_at TEXT,
    CONSTRAINT job_pkey PRIMARY KEY (id)
) STRICT;
CREATE INDEX job_waiting_idx ON job (run_at) WHERE done_at IS NULL;

CREATE TABLE idempotency (
    account_id BLOB NOT NULL,
    key TEXT NOT NULL,
    request_digest BLOB NOT NULL,
    response TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (account_id, key),
    CONSTRAINT idempotency_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;

CREATE TABLE publication (
    name TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    content BLOB NOT NULL,
    published_at TEXT NOT NULL,
    CONSTRAINT publication_pkey PRIMARY KEY (name)
) STRICT;
