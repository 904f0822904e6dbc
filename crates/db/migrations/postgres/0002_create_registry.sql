-- SPDX-License-Identifier: Apache-2.0
-- Persons, families, displacement. Facts end, they are not overwritten; a correction keeps the old value sealed.

CREATE TABLE person_key (
    person_id UUID NOT NULL,
    wrapped BYTEA NOT NULL,
    CONSTRAINT person_key_pkey PRIMARY KEY (person_id)
);

CREATE TABLE person (
    id UUID NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    collected_for TEXT COLLATE "C" NOT NULL,
    sex TEXT COLLATE "C" NOT NULL,
    birth_date DATE NOT NULL,
    birth_precision TEXT COLLATE "C" NOT NULL,
    birth_place TEXT COLLATE "C",
    birth_country TEXT COLLATE "C",
    vital_status TEXT COLLATE "C" NOT NULL,
    photo TEXT COLLATE "C",
    photo_key BYTEA,
    office TEXT COLLATE "C" NOT NULL,
    event_date DATE,
    registered_at TIMESTAMPTZ NOT NULL,
    row_version BIGINT NOT NULL,
    CONSTRAINT person_pkey PRIMARY KEY (id),
    CONSTRAINT person_collected_for_check CHECK (collected_for IN ('asylum', 'displacement', 'residence', 'enforcement')),
    CONSTRAINT person_sex_check CHECK (sex IN ('female', 'male', 'unspecified')),
    CONSTRAINT person_birth_precision_check CHECK (birth_precision IN ('day', 'month', 'year', 'estimated')),
    CONSTRAINT person_vital_status_check CHECK (vital_status IN ('alive', 'deceased', 'missing'))
);
CREATE UNIQUE INDEX person_number_key ON person (number);
CREATE INDEX person_birth_date_idx ON person (birth_date);

CREATE TABLE person_name (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    script TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT person_name_pkey PRIMARY KEY (id),
    CONSTRAINT person_name_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT person_name_kind_check CHECK (kind IN ('given', 'family', 'father', 'full')),
    CONSTRAINT person_name_script_check CHECK (script IN ('latin', 'cyrillic', 'arabic', 'georgian', 'armenian')),
    CONSTRAINT person_name_source_check CHECK (source IN ('stated', 'document', 'transcribed'))
);
CREATE INDEX person_name_person_idx ON person_name (person_id);
CREATE INDEX person_name_search_key_idx ON person_name (search_key);

CREATE TABLE citizenship (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    from_date DATE,
    to_date DATE,
    basis TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT citizenship_pkey PRIMARY KEY (id),
    CONSTRAINT citizenship_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE INDEX citizenship_person_idx ON citizenship (person_id);

CREATE TABLE document (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    search_key TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    issued DATE,
    expires DATE,
    recorded_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT document_pkey PRIMARY KEY (id),
    CONSTRAINT document_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE INDEX document_person_idx ON document (person_id);
CREATE INDEX document_search_key_idx ON document (search_key);

CREATE TABLE contact (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT contact_pkey PRIMARY KEY (id),
    CONSTRAINT contact_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT contact_kind_check CHECK (kind IN ('phone', 'email'))
);
CREATE INDEX contact_person_idx ON contact (person_id);

CREATE TABLE address (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    area TEXT COLLATE "C" NOT NULL,
    line TEXT COLLATE "C" NOT NULL,
    dwelling TEXT COLLATE "C",
    from_date DATE,
    confidentiality TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    CONSTRAINT address_pkey PRIMARY KEY (id),
    CONSTRAINT address_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT address_confidentiality_check CHECK (confidentiality IN ('family', 'self'))
);
CREATE INDEX address_person_idx ON address (person_id);

CREATE TABLE person_language (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    rank BIGINT NOT NULL,
    CONSTRAINT person_language_pkey PRIMARY KEY (id),
    CONSTRAINT person_language_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE INDEX person_language_person_idx ON person_language (person_id);

CREATE TABLE foreign_reference (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    organisation TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT foreign_reference_pkey PRIMARY KEY (id),
    CONSTRAINT foreign_reference_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
);
CREATE INDEX foreign_reference_person_idx ON foreign_reference (person_id);

CREATE TABLE family (
    id UUID NOT NULL,
    collected_for TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    event_date DATE,
    registered_at TIMESTAMPTZ NOT NULL,
    row_version BIGINT NOT NULL,
    CONSTRAINT family_pkey PRIMARY KEY (id)
);

CREATE TABLE family_member (
    id UUID NOT NULL,
    family_id UUID NOT NULL,
    person_id UUID NOT NULL,
    relation TEXT COLLATE "C" NOT NULL,
    guardian_id UUID,
    from_date DATE NOT NULL,
    to_date DATE,
    reason TEXT COLLATE "C" NOT NULL,
    CONSTRAINT family_member_pkey PRIMARY KEY (id),
    CONSTRAINT family_member_family_fkey FOREIGN KEY (family_id) REFERENCES family (id),
    CONSTRAINT family_member_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT family_member_guardian_fkey FOREIGN KEY (guardian_id) REFERENCES person (id),
    CONSTRAINT family_member_guardian_check CHECK (guardian_id IS NULL OR guardian_id <> person_id)
);
CREATE INDEX family_member_family_idx ON family_member (family_id);
CREATE UNIQUE INDEX family_member_present_key ON family_member (person_id) WHERE to_date IS NULL;

CREATE TABLE displacement (
    id UUID NOT NULL,
    family_id UUID NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    date DATE NOT NULL,
    origin_area TEXT COLLATE "C" NOT NULL,
    origin_name_then TEXT COLLATE "C" NOT NULL,
    origin_name_now TEXT COLLATE "C",
    wave TEXT COLLATE "C" NOT NULL,
    dwelling_area TEXT COLLATE "C" NOT NULL,
    dwelling TEXT COLLATE "C" NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT displacement_pkey PRIMARY KEY (id),
    CONSTRAINT displacement_family_fkey FOREIGN KEY (family_id) REFERENCES family (id)
);
CREATE INDEX displacement_family_idx ON displacement (family_id);

CREATE TABLE correction (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    old_value BYTEA NOT NULL,
    new_value BYTEA NOT NULL,
    reason BYTEA NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    event_date DATE,
    account_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    CONSTRAINT correction_pkey PRIMARY KEY (id),
    CONSTRAINT correction_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT correction_account_fkey FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX correction_person_idx ON correction (person_id);

CREATE TABLE protection_flag (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    account_id UUID NOT NULL,
    raised_at TIMESTAMPTZ NOT NULL,
    lifted_at TIMESTAMPTZ,
    CONSTRAINT protection_flag_pkey PRIMARY KEY (id),
    CONSTRAINT protection_flag_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT protection_flag_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT protection_flag_kind_check CHECK (kind IN ('trafficking'))
);
CREATE UNIQUE INDEX protection_flag_open_key ON protection_flag (person_id, kind) WHERE lifted_at IS NULL;

CREATE TABLE person_token (
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    token_digest BYTEA NOT NULL,
    pin_hash TEXT COLLATE "C" NOT NULL,
    failed_attempts BIGINT NOT NULL,
    given_by UUID NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT person_token_pkey PRIMARY KEY (id),
    CONSTRAINT person_token_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT person_token_account_fkey FOREIGN KEY (given_by) REFERENCES account (id)
);
CREATE UNIQUE INDEX person_token_digest_key ON person_token (token_digest);
CREATE UNIQUE INDEX person_token_present_key ON person_token (person_id) WHERE revoked_at IS NULL;

CREATE TABLE erasure (
    person_id UUID NOT NULL,
    basis TEXT COLLATE "C" NOT NULL,
    erased_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT erasure_pkey PRIMARY KEY (person_id)
);
