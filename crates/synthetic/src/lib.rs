// SPDX-License-Identifier: Apache-2.0
//! Drawn faces, synthetic people and families for the demo, benches and tests.
