// SPDX-License-Identifier: Apache-2.0
//! The whole life of a card, checked at each stage as a stranger would.

use testkit::{both, people};

both! {
    async fn a_recognised_person_gets_a_card(service: &TestService) {
        let person = service.recognised_person(people::single(domain::access::CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")).await;
        service.active_card(&person).await;
        assert!(service.settle().await > 0);
    }
}
