-- SPDX-License-Identifier: Apache-2.0
-- The audit records and the public log. A record is inserted without a position; the sequencer numbers it.

CREATE TABLE audit_record (
    id BLOB NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    result TEXT NOT NULL,
    visibility TEXT NOT NULL,
    salt BLOB NOT NULL,
    canonical TEXT NOT NULL,
    commitment BLOB NOT NULL,
    position INTEGER,
    CONSTRAINT audit_record_pkey PRIMARY KEY (id),
    CONSTRAINT audit_record_visibility_check CHECK (visibility IN ('subject', 'compartment', 'oversight'))
) STRICT;
CREATE UNIQUE INDEX audit_record_position_key ON audit_record (position);
CREATE INDEX audit_record_waiting_idx ON audit_record (id) WHERE position IS NULL;

CREATE TABLE audit_subject (
    record_id BLOB NOT NULL,
    rank INTEGER NOT NULL,
    person_id BLOB NOT NULL,
    salt BLOB NOT NULL,
    CONSTRAINT audit_subject_pkey PRIMARY KEY (record_id, rank),
    CONSTRAINT audit_subject_record_fkey FOREIGN KEY (record_id) REFERENCES audit_record (id)
) STRICT;
CREATE INDEX audit_subject_person_idx ON audit_subject (person_id);

CREATE TABLE audit_detail (
    record_id BLOB NOT NULL,
    rank INTEGER NOT NULL,
    person_id BLOB NOT NULL,
    sealed BLOB NOT NULL,
    CONSTRAINT audit_detail_pkey PRIMARY KEY (record_id, rank),
    CONSTRAINT audit_detail_record_fkey FOREIGN KEY (record_id) REFERENCES audit_record (id)
) STRICT;
CREATE INDEX audit_detail_person_idx ON audit_detail (person_id);

CREATE TABLE log_head (
    id INTEGER NOT NULL,
    size INTEGER NOT NULL,
    checkpoint TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    CONSTRAINT log_head_pkey PRIMARY KEY (id),
    CONSTRAINT log_head_single_check CHECK (id = 1)
) STRICT;

CREATE TABLE log_tile (
    level INTEGER NOT NULL,
    tile_index INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    CONSTRAINT log_tile_pkey PRIMARY KEY (level, tile_index)
) STRICT;
