// SPDX-License-Identifier: Apache-2.0
//! Both databases, fixtures and a test application (development only).

pub mod postgres;
