-- SPDX-License-Identifier: Apache-2.0
-- Numbers at other organisations and in older registers, by which persons are found.

CREATE INDEX foreign_reference_number_idx ON foreign_reference (number);
