-- SPDX-License-Identifier: Apache-2.0
-- A family has at most one head at a time, also when two desks add members at the same moment.

CREATE UNIQUE INDEX family_member_head_key ON family_member (family_id) WHERE relation = 'head' AND to_date IS NULL;
