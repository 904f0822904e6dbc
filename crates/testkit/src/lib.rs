// SPDX-License-Identifier: Apache-2.0
//! Both databases, fixtures and a test service (development only).

pub mod postgres;

#[cfg(feature = "service")]
pub mod journey;
#[cfg(feature = "service")]
pub mod people;
#[cfg(feature = "service")]
pub mod port;
#[cfg(feature = "service")]
pub mod school_place;
#[cfg(feature = "service")]
pub mod service;

#[cfg(feature = "service")]
pub use service::TestService;

/// Declares tests that run on SQLite and on PostgreSQL, each on a fresh [`TestService`].
///
/// `both! { async fn a_name_that_is_a_sentence(service: &TestService) { … } }` becomes the tests
/// `a_name_that_is_a_sentence::on_sqlite` and `…::on_postgres`. The calling crate has tokio with `macros` and
/// `rt-multi-thread`.
#[cfg(feature = "service")]
#[macro_export]
macro_rules! both {
    ($($(#[$attribute:meta])* async fn $name:ident($service:ident: &TestService) $body:block)+) => {$(
        $(#[$attribute])*
        mod $name {
            use super::*;

            async fn body($service: &$crate::TestService) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                body(&$crate::TestService::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                body(&$crate::TestService::postgres().await).await;
            }
        }
    )+};
}
