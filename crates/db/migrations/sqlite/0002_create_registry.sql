-- SPDX-License-Identifier: Apache-2.0
-- Persons, families, displacement. Facts end, they are not overwritten; a correction keeps the old value sealed.

CREATE TABLE person_key (
    person_id BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    CONSTRAINT person_key_pkey PRIMARY KEY (person_id)
) STRICT;

CREATE TABLE person (
    id BLOB NOT NULL,
    number TEXT NOT NULL,
    collected_for TEXT NOT NULL,
    sex TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    birth_precision TEXT NOT NULL,
    birth_place TEXT,
    birth_country TEXT,
    vital_status TEXT NOT NULL,
    photo TEXT,
    photo_key BLOB,
    office TEXT NOT NULL,
    event_date TEXT,
    registered_at TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (id),
    CONSTRAINT person_collected_for_check CHECK (collected_for IN ('asylum', 'displacement', 'residence', 'enforcement')),
    CONSTRAINT person_sex_check CHECK (sex IN ('female', 'male', 'unspecified')),
    CONSTRAINT person_birth_precision_check CHECK (birth_precision IN ('day', 'month', 'year', 'estimated')),
    CONSTRAINT person_vital_status_check CHECK (vital_status IN ('alive', 'deceased', 'missing'))
) STRICT;
CREATE UNIQUE INDEX person_number_key ON person (number);
CREATE INDEX person_birth_date_idx ON person (birth_date);

CREATE TABLE person_name (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    script TEXT NOT NULL,
    source TEXT NOT NULL,
    value TEXT NOT NULL,
    search_key TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT person_name_pkey PRIMARY KEY (id),
    CONSTRAINT person_name_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT person_name_kind_check CHECK (kind IN ('given', 'family', 'father', 'full')),
    CONSTRAINT person_name_script_check CHECK (script IN ('latin', 'cyrillic', 'arabic', 'georgian', 'armenian')),
    CONSTRAINT person_name_source_check CHECK (source IN ('stated', 'document', 'transcribed'))
) STRICT;
CREATE INDEX person_name_person_idx ON person_name (person_id);
CREATE INDEX person_name_search_key_idx ON person_name (search_key);

CREATE TABLE citizenship (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    country TEXT NOT NULL,
    from_date TEXT,
    to_date TEXT,
    basis TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT citizenship_pkey PRIMARY KEY (id),
    CONSTRAINT citizenship_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX citizenship_person_idx ON citizenship (person_id);

CREATE TABLE document (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    search_key TEXT NOT NULL,
    country TEXT NOT NULL,
    issued TEXT,
    expires TEXT,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT document_pkey PRIMARY KEY (id),
    CONSTRAINT document_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX document_person_idx ON document (person_id);
CREATE INDEX document_search_key_idx ON document (search_key);

CREATE TABLE contact (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT contact_pkey PRIMARY KEY (id),
    CONSTRAINT contact_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT contact_kind_check CHECK (kind IN ('phone', 'email'))
) STRICT;
CREATE INDEX contact_person_idx ON contact (person_id);

CREATE TABLE address (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    area TEXT NOT NULL,
    line TEXT NOT NULL,
    dwelling TEXT,
    from_date TEXT,
    confidentiality TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT,
    CONSTRAINT address_pkey PRIMARY KEY (id),
    CONSTRAINT address_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT address_confidentiality_check CHECK (confidentiality IN ('family', 'self'))
) STRICT;
CREATE INDEX address_person_idx ON address (person_id);

CREATE TABLE person_language (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    language TEXT NOT NULL,
    rank INTEGER NOT NULL,
    CONSTRAINT person_language_pkey PRIMARY KEY (id),
    CONSTRAINT person_language_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX person_language_person_idx ON person_language (person_id);

CREATE TABLE foreign_reference (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    organisation TEXT NOT NULL,
    number TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT foreign_reference_pkey PRIMARY KEY (id),
    CONSTRAINT foreign_reference_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX foreign_reference_person_idx ON foreign_reference (person_id);

CREATE TABLE family (
    id BLOB NOT NULL,
    collected_for TEXT NOT NULL,
    office TEXT NOT NULL,
    event_date TEXT,
    registered_at TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    CONSTRAINT family_pkey PRIMARY KEY (id)
) STRICT;

CREATE TABLE family_member (
    id BLOB NOT NULL,
    family_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    relation TEXT NOT NULL,
    guardian_id BLOB,
    from_date TEXT NOT NULL,
    to_date TEXT,
    reason TEXT NOT NULL,
    CONSTRAINT family_member_pkey PRIMARY KEY (id),
    CONSTRAINT family_member_family_fkey FOREIGN KEY (family_id) REFERENCES family (id),
    CONSTRAINT family_member_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT family_member_guardian_fkey FOREIGN KEY (guardian_id) REFERENCES person (id),
    CONSTRAINT family_member_guardian_check CHECK (guardian_id IS NULL OR guardian_id <> person_id)
) STRICT;
CREATE INDEX family_member_family_idx ON family_member (family_id);
CREATE UNIQUE INDEX family_member_present_key ON family_member (person_id) WHERE to_date IS NULL;

CREATE TABLE displacement (
    id BLOB NOT NULL,
    family_id BLOB NOT NULL,
    cause TEXT NOT NULL,
    date TEXT NOT NULL,
    origin_area TEXT NOT NULL,
    origin_name_then TEXT NOT NULL,
    origin_name_now TEXT,
    wave TEXT NOT NULL,
    dwelling_area TEXT NOT NULL,
    dwelling TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT displacement_pkey PRIMARY KEY (id),
    CONSTRAINT displacement_family_fkey FOREIGN KEY (family_id) REFERENCES family (id)
) STRICT;
CREATE INDEX displacement_family_idx ON displacement (family_id);

CREATE TABLE correction (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    field TEXT NOT NULL,
    old_value BLOB NOT NULL,
    new_value BLOB NOT NULL,
    reason BLOB NOT NULL,
    source TEXT NOT NULL,
    event_date TEXT,
    account_id BLOB NOT NULL,
    at TEXT NOT NULL,
    CONSTRAINT correction_pkey PRIMARY KEY (id),
    CONSTRAINT correction_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT correction_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
) STRICT;
CREATE INDEX correction_person_idx ON correction (person_id);

CREATE TABLE protection_flag (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    account_id BLOB NOT NULL,
    raised_at TEXT NOT NULL,
    lifted_at TEXT,
    CONSTRAINT protection_flag_pkey PRIMARY KEY (id),
    CONSTRAINT protection_flag_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT protection_flag_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT protection_flag_kind_check CHECK (kind IN ('trafficking'))
) STRICT;
CREATE UNIQUE INDEX protection_flag_open_key ON protection_flag (person_id, kind) WHERE lifted_at IS NULL;

CREATE TABLE person_token (
    id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    token_digest BLOB NOT NULL,
    pin_hash TEXT NOT NULL,
    failed_attempts INTEGER NOT NULL,
    given_by BLOB NOT NULL,
    given_at TEXT NOT NULL,
    revoked_at TEXT,
    CONSTRAINT person_token_pkey PRIMARY KEY (id),
    CONSTRAINT person_token_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT person_token_account_fkey FOREIGN KEY (given_by) REFERENCES account (id)
) STRICT;
CREATE UNIQUE INDEX person_token_digest_key ON person_token (token_digest);
CREATE UNIQUE INDEX person_token_present_key ON person_token (person_id) WHERE revoked_at IS NULL;

CREATE TABLE erasure (
    person_id BLOB NOT NULL,
    basis TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    CONSTRAINT erasure_pkey PRIMARY KEY (person_id)
) STRICT;
