-- SPDX-License-Identifier: Apache-2.0
-- Work: the queues of open cases, who has which case, who stands in for whom, how an interview was read back, and what the
-- examining officer answered to the questions of the procedure.

-- Follows from the case and the clocks of the country pack; `db check` compares. A case for which no clock runs is due on
-- the last day that can be written, so that one index orders all of them.
CREATE TABLE case_queue (
    case_id BLOB NOT NULL,
    office TEXT NOT NULL,
    due_on TEXT NOT NULL,
    due_clock TEXT,
    CONSTRAINT case_queue_pkey PRIMARY KEY (case_id),
    CONSTRAINT case_queue_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT case_queue_clock_check CHECK ((due_clock IS NULL) = (due_on = '9999-12-31'))
) STRICT;
CREATE INDEX case_queue_due_idx ON case_queue (due_on, case_id);
CREATE INDEX case_queue_office_idx ON case_queue (office, due_on, case_id);
INSERT INTO case_queue (case_id, office, due_on) SELECT id, office, '9999-12-31' FROM case_file WHERE state <> 'closed';

CREATE TABLE case_assignment (
    case_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    account_id BLOB NOT NULL,
    assigned_by BLOB NOT NULL,
    assigned_at TEXT NOT NULL,
    CONSTRAINT case_assignment_pkey PRIMARY KEY (case_id),
    CONSTRAINT case_assignment_case_fkey FOREIGN KEY (case_id) REFERENCES case_file (id),
    CONSTRAINT case_assignment_person_fkey FOREIGN KEY (person_id) REFERENCES person (id),
    CONSTRAINT case_assignment_account_fkey FOREIGN KEY (account_id) REFERENCES account (id),
    CONSTRAINT case_assignment_giver_fkey FOREIGN KEY (assigned_by) REFERENCES account (id)
) STRICT;
CREATE INDEX case_assignment_account_idx ON case_assignment (account_id);
CREATE INDEX case_assignment_person_idx ON case_assignment (person_id);

CREATE TABLE substitution (
    id BLOB NOT NULL,
    office TEXT NOT NULL,
    officer_id BLOB,
    by_office TEXT,
    by_officer_id BLOB,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    basis TEXT NOT NULL,
    entered_by BLOB NOT NULL,
    entered_at TEXT NOT NULL,
    ended_by BLOB,
    ended_at TEXT,
    CONSTRAINT substitution_pkey PRIMARY KEY (id),
    CONSTRAINT substitution_officer_fkey FOREIGN KEY (officer_id) REFERENCES account (id),
    CONSTRAINT substitution_by_officer_fkey FOREIGN KEY (by_officer_id) REFERENCES account (id),
    CONSTRAINT substitution_enterer_fkey FOREIGN KEY (entered_by) REFERENCES account (id),
    CONSTRAINT substitution_ender_fkey FOREIGN KEY (ended_by) REFERENCES account (id),
    CONSTRAINT substitution_kind_check CHECK ((officer_id IS NULL) = (by_officer_id IS NULL) AND (officer_id IS NULL) <> (by_office IS NULL)),
    CONSTRAINT substitution_other_officer_check CHECK (officer_id <> by_officer_id),
    CONSTRAINT substitution_other_office_check CHECK (office <> by_office),
    CONSTRAINT substitution_four_eyes_check CHECK (entered_by <> by_officer_id),
    CONSTRAINT substitution_days_check CHECK (from_day <= to_day),
    CONSTRAINT substitution_end_check CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
    CONSTRAINT substitution_basis_check CHECK (basis <> '')
) STRICT;
CREATE INDEX substitution_office_idx ON substitution (office);
CREATE INDEX substitution_by_office_idx ON substitution (by_office);
CREATE INDEX substitution_by_officer_idx ON substitution (by_officer_id);

CREATE TABLE interview_reading (
    interview_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT interview_reading_pkey PRIMARY KEY (interview_id),
    CONSTRAINT interview_reading_interview_fkey FOREIGN KEY (interview_id) REFERENCES interview (id),
    CONSTRAINT interview_reading_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX interview_reading_person_idx ON interview_reading (person_id);

CREATE TABLE decision_assessment (
    decision_id BLOB NOT NULL,
    person_id BLOB NOT NULL,
    answers BLOB NOT NULL,
    CONSTRAINT decision_assessment_pkey PRIMARY KEY (decision_id),
    CONSTRAINT decision_assessment_decision_fkey FOREIGN KEY (decision_id) REFERENCES decision (id),
    CONSTRAINT decision_assessment_person_fkey FOREIGN KEY (person_id) REFERENCES person (id)
) STRICT;
CREATE INDEX decision_assessment_person_idx ON decision_assessment (person_id);
