-- SPDX-License-Identifier: Apache-2.0
-- Family names in their order, for lists by surname.

CREATE INDEX person_name_family_idx ON person_name (search_key, id) WHERE kind = 'family' AND ended_at IS NULL;
