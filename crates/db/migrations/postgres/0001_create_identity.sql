-- SPDX-License-Identifier: Apache-2.0
-- Accounts and their tokens.

CREATE TABLE account (
    id UUID NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    jurisdiction TEXT COLLATE "C" NOT NULL,
    is_active BOOLEAN NOT NULL,
    failed_attempts BIGINT NOT NULL,
    locked_until TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT account_pkey PRIMARY KEY (id),
    CONSTRAINT account_role_check CHECK (role IN ('registrar', 'case_officer', 'decision_maker', 'card_officer', 'head_of_office', 'assistance_officer', 'police_officer', 'auditor', 'administrator')),
    CONSTRAINT account_jurisdiction_check CHECK (jurisdiction IN ('own_office', 'national'))
);
CREATE UNIQUE INDEX account_name_key ON account (name);

CREATE TABLE account_token (
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    token_digest BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT account_token_pkey PRIMARY KEY (id),
    CONSTRAINT account_token_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE UNIQUE INDEX account_token_digest_key ON account_token (token_digest);
CREATE INDEX account_token_account_idx ON account_token (account_id);

CREATE TABLE job (
    id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    object_id UUID,
    run_at TIMESTAMPTZ NOT NULL,
    attempts BIGINT NOT NULL,
    done_at TIMESTAMPTZ,
    CONSTRAINT job_pkey PRIMARY KEY (id)
);
CREATE INDEX job_waiting_idx ON job (run_at) WHERE done_at IS NULL;

CREATE TABLE idempotency (
    account_id UUID NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    request_digest BYTEA NOT NULL,
    response TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (account_id, key),
    CONSTRAINT idempotency_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE publication (
    name TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    content BYTEA NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT publication_pkey PRIMARY KEY (name)
);
