// SPDX-License-Identifier: Apache-2.0
//! The site over a small test service on SQLite, to look at pages while they are made: `cargo run -p web --example look --
//! 8090`. It needs no Typst, so it builds in seconds; its papers are plain text. Everything is gone when it ends.

use std::time::Duration;

use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use testkit::{
    TestService, people,
    service::{PASSWORD, account_name},
};
use web::Upkeep;

/// The port when none is given.
const PORT: u16 = 8090;
/// How often records are numbered and jobs done.
const SETTLE_EVERY: Duration = Duration::from_millis(200);

#[tokio::main]
async fn main() {
    let port = std::env::args().nth(1).map_or(PORT, |port| port.parse().expect("the argument is a port"));
    let test = TestService::sqlite().await;
    let [card, case, displaced] = fill(&test).await;
    let upkeep = Upkeep::default();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
    println!("http://localhost:{port}/   password of every account: {PASSWORD}");
    for &role in Role::ALL {
        println!("  {0}  {0}-2", account_name(role));
    }
    println!("holder of a card {card}, claimant {case}, displaced {displaced}");
    let (service, beat) = (test.service.clone(), upkeep.clone());
    tokio::spawn(async move {
        loop {
            match app::jobs::settle(&service).await {
                Ok(_) => beat.done(service.now()),
                Err(_) => beat.failed(),
            }
            tokio::time::sleep(SETTLE_EVERY).await;
        }
    });
    web::serve(web::router(test.service.clone(), upkeep), listener, std::future::pending()).await;
}

/// A recognised family with a card, a claimant who was heard, and a displaced family.
async fn fill(test: &TestService) -> [PersonNumber; 3] {
    test.add_blanks("AB", 20).await;
    let recognised = test.recognised_person(people::afghan_family()).await;
    let (_, code) = test.active_card(&recognised).await;
    println!("the code of a card: {code}");
    let context = test.context(Role::Registrar);
    for person in [&recognised] {
        let given = app::oversight::give_access_token(&test.service, &context, person).await.expect("it is given");
        let token = given.done().expect("it is given");
        println!("the file of {person}: key {} PIN {}", token.token.expose(), token.pin.expose());
    }
    let claimant = test.registered_person(people::single(CollectedFor::Asylum, "Mahbub", "Rahimi", "1991-07-14")).await;
    test.heard_claim(&claimant).await;
    let displaced = test.registered_person(people::displaced_family()).await;
    test.filled_site(Some(&recognised)).await;
    test.settle().await;
    [recognised, claimant, displaced]
}
