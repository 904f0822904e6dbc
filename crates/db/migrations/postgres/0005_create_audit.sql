-- SPDX-License-Identifier: Apache-2.0
-- The audit records and the public log. A record is inserted without a position; the sequencer numbers it.

CREATE TABLE audit_record (
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    result TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL,
    salt BYTEA NOT NULL,
    canonical TEXT COLLATE "C" NOT NULL,
    commitment BYTEA NOT NULL,
    position BIGINT,
    CONSTRAINT audit_record_pkey PRIMARY KEY (id),
    CONSTRAINT audit_record_visibility_check CHECK (visibility IN ('subject', 'compartment', 'oversight'))
);
CREATE UNIQUE INDEX audit_record_position_key ON audit_record (position);
CREATE INDEX audit_record_waiting_idx ON audit_record (id) WHERE position IS NULL;

CREATE TABLE audit_subject (
    record_id UUID NOT NULL,
    rank BIGINT NOT NULL,
    person_id UUID NOT NULL,
    salt BYTEA NOT NULL,
    CONSTRAINT audit_subject_pkey PRIMARY KEY (record_id, rank),
    CONSTRAINT audit_subject_record_fkey FOREIGN KEY (record_id) REFERENCES audit_record (id)
);
CREATE INDEX audit_subject_person_idx ON audit_subject (person_id);

CREATE TABLE audit_detail (
    record_id UUID NOT NULL,
    rank BIGINT NOT NULL,
    person_id UUID NOT NULL,
    sealed BYTEA NOT NULL,
    CONSTRAINT audit_detail_pkey PRIMARY KEY (record_id, rank),
    CONSTRAINT audit_detail_record_fkey FOREIGN KEY (record_id) REFERENCES audit_record (id)
);
CREATE INDEX audit_detail_person_idx ON audit_detail (person_id);

CREATE TABLE log_head (
    id BIGINT NOT NULL,
    size BIGINT NOT NULL,
    checkpoint TEXT COLLATE "C" NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT log_head_pkey PRIMARY KEY (id),
    CONSTRAINT log_head_single_check CHECK (id = 1)
);

CREATE TABLE log_tile (
    level BIGINT NOT NULL,
    tile_index BIGINT NOT NULL,
    hashes BYTEA NOT NULL,
    CONSTRAINT log_tile_pkey PRIMARY KEY (level, tile_index)
);
