-- SPDX-License-Identifier: Apache-2.0
-- A witness for each row that acts write: what the row held when the last act left it. The act's record names the witness,
-- its version and a digest of its content, so that a row changed behind the program's back is found. The witness is written
-- before its record (which names it), so it has no foreign key; `audit verify` checks what the key would.

CREATE TABLE row_witness (
    id BLOB NOT NULL,
    table_name TEXT,
    row_key TEXT,
    person_id BLOB,
    record_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    content BLOB,
    CONSTRAINT row_witness_pkey PRIMARY KEY (id),
    CONSTRAINT row_witness_deleted_check CHECK ((content IS NULL) = (table_name IS NULL) AND (content IS NULL) = (row_key IS NULL))
) STRICT;
CREATE UNIQUE INDEX row_witness_row_key ON row_witness (table_name, row_key);
CREATE INDEX row_witness_record_idx ON row_witness (record_id);
CREATE INDEX row_witness_person_idx ON row_witness (person_id);

-- How many links from records to the person an erasure removed: no other link may be missing.
ALTER TABLE erasure ADD COLUMN subject_links INTEGER NOT NULL DEFAULT 0;
ALTER TABLE erasure ADD COLUMN detail_links INTEGER NOT NULL DEFAULT 0;

-- Nothing reads it and nothing could vouch for it: the signed checkpoint says all about the head.
ALTER TABLE log_head DROP COLUMN updated_at;
