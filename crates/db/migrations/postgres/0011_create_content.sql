-- SPDX-License-Identifier: Apache-2.0
-- What the public site tells, in items with a text for each language; a person's consent to be shown; and the short visits of
-- persons to their own file.

CREATE TABLE content_item (
    id UUID NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    parent_id UUID,
    rank BIGINT NOT NULL,
    happens_on DATE,
    body_code TEXT COLLATE "C",
    media TEXT COLLATE "C",
    shows TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    written_by UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    published_by UUID,
    published_at TIMESTAMPTZ,
    withdrawn_at TIMESTAMPTZ,
    row_version BIGINT NOT NULL,
    CONSTRAINT content_item_pkey PRIMARY KEY (id),
    CONSTRAINT content_item_parent_fkey FOREIGN KEY (parent_id) REFERENCES content_item (id),
    CONSTRAINT content_item_writer_fkey FOREIGN KEY (written_by) REFERENCES account (id),
    CONSTRAINT content_item_publisher_fkey FOREIGN KEY (published_by) REFERENCES account (id),
    CONSTRAINT content_item_kind_check CHECK (kind IN ('news', 'event', 'statement', 'exhibition', 'exhibit', 'hand_over', 'film')),
    CONSTRAINT content_item_state_check CHECK (state IN ('draft', 'translated', 'published', 'withdrawn')),
    CONSTRAINT content_item_published_check CHECK (state <> 'published' OR published_by IS NOT NULL),
    CONSTRAINT content_item_four_eyes_check CHECK (published_by IS NULL OR published_by <> written_by)
);
CREATE UNIQUE INDEX content_item_code_key ON content_item (code);
CREATE INDEX content_item_parent_idx ON content_item (parent_id, rank);

CREATE TABLE content_text (
    id UUID NOT NULL,
    item_id UUID NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    byline TEXT COLLATE "C",
    body TEXT COLLATE "C" NOT NULL,
    CONSTRAINT content_text_pkey PRIMARY KEY (id),
    CONSTRAINT content_text_item_fkey FOREIGN KEY (item_id) REFERENCES content_item (id)
);
CREATE UNIQUE INDEX content_text_language_key ON content_text (item_id, language);

CREATE TABLE content_consent (
    id UUID NOT NULL,
    item_id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    given_on DATE NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    recorded_by UUID NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ,
    CONSTRAINT content_consent_pkey PRIMARY KEY (id),
    CONSTRAINT content_consent_item_fkey FOREIGN KEY (item_id) REFERENCES content_item (id),
    CONSTRAINT content_consent_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT content_consent_account_fkey FOREIGN KEY (recorded_by) REFERENCES account (id),
    CONSTRAINT content_consent_kind_check CHECK (kind IN ('name', 'face', 'thanks'))
);
CREATE UNIQUE INDEX content_consent_present_key ON content_consent (item_id, kind) WHERE revoked_at IS NULL;
CREATE INDEX content_consent_person_idx ON content_consent (person_id);

CREATE TABLE file_visit (
    id UUID NOT NULL,
    token_id UUID NOT NULL,
    key_digest BYTEA NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT file_visit_pkey PRIMARY KEY (id),
    CONSTRAINT file_visit_token_fkey FOREIGN KEY (token_id) REFERENCES person_token (id)
);
CREATE UNIQUE INDEX file_visit_key_key ON file_visit (key_digest);
CREATE UNIQUE INDEX file_visit_token_key ON file_visit (token_id);
