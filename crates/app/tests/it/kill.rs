// SPDX-License-Identifier: Apache-2.0
//! The program, or its PostgreSQL server, is killed with SIGKILL in the middle of the work of sixteen desks, again and
//! again: whatever was answered is there with its record, nothing is there by half, and no gift or number is given twice.
//!
//! `TURNA_KILL_ROUNDS` sets how often, `TURNA_KILL_SEED` another course of events; both are named when a check fails.

mod trail;
mod writer;

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use app::assistance::OpenDistribution;
use domain::{access::Role, time::Timestamp};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use rand_core::Rng;
use testkit::{
    TestService,
    postgres::{self, Durability, Postgres},
    service::Engine,
};
use tokio::{
    sync::mpsc::{self, UnboundedReceiver},
    task::{JoinSet, spawn_blocking, yield_now},
};

use trail::Trail;
use writer::{DESKS, DISTRIBUTION, NAME, ORDER, Office, Order};

/// How often each engine is killed in the tests.
const ROUNDS: u64 = 50;
/// How often the server of PostgreSQL is killed in the tests.
const SERVER_ROUNDS: u64 = 4;
/// Rounds on one database before another is begun: the whole of it is checked at the end.
const ROUNDS_PER_LIFE: u64 = 10;
/// The most answers that are waited for before the kill.
const ANSWERS_MAX: u64 = 60;
/// How far the clock may stand ahead or back after a restart. From one end to the other it is less than the day for
/// which answers are kept.
const CLOCK_HOURS: u64 = 11;
/// In each so-manieth round every row, record and witness is checked too.
const ROUNDS_PER_VERIFICATION: u64 = 5;

fn variable(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |value| value.parse().expect("a number"))
}

/// Opens the distribution, whose records are no gifts.
async fn begin(test: &TestService) -> Trail {
    let on = "2025-12-18".parse().unwrap();
    let open = OpenDistribution { code: DISTRIBUTION.into(), name: "Help".into(), on };
    test.done(Role::AssistanceOfficer, open).await;
    let mut trail = Trail::default();
    trail.begin(test).await;
    trail
}

/// One database with the rounds it went through.
struct Life {
    test: TestService,
    trail: Trail,
    rng: ChaCha20Rng,
}

impl Life {
    async fn begin(engine: Engine, rng: ChaCha20Rng) -> Self {
        let test = match engine {
            Engine::Sqlite => TestService::sqlite().await,
            Engine::Postgres => TestService::postgres().await,
        };
        let trail = begin(&test).await;
        Self { test, trail, rng }
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.rng.next_u64() % limit
    }

    /// A moment near the last record, before or after it.
    fn clock(&mut self) -> Timestamp {
        let hours = i64::try_from(self.below(2 * CLOCK_HOURS)).unwrap() - i64::try_from(CLOCK_HOURS).unwrap();
        self.test.service.now().plus_seconds(hours * 60 * 60)
    }

    /// Starts the desks, kills them after some answers, opens the database again and checks it.
    async fn round(&mut self, seed: u64) {
        let (kill_after, clock) = (1 + self.below(ANSWERS_MAX), self.clock());
        let order = Order {
            engine: self.test.engine,
            url: self.test.url.clone(),
            folder: self.test.folder(),
            clock: clock.to_string(),
            seed,
        };
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", NAME, "--nocapture", "--test-threads=1"])
            .env(ORDER, order.to_text())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut answers = 0;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            answers += u64::from(self.trail.hear(&line.unwrap()));
            if answers == kill_after {
                // What stands in the pipe already was answered before.
                child.kill().unwrap();
            }
        }
        let status = child.wait().unwrap();
        assert!(answers >= kill_after, "the desks ended by themselves ({status}) after {answers} answers");
        if self.test.engine == Engine::Postgres {
            end_connections(&self.test.url);
        }
        let clock = self.clock();
        let (engine, url, folder) = (self.test.engine, self.test.url.clone(), self.test.folder());
        let again = TestService::reopened(engine, url, &folder, clock, seed + 1).await;
        self.trail.check(&again).await;
        self.trail.ask_again(&again).await;
        self.trail.check(&again).await;
        if (seed / 2 + 1).is_multiple_of(ROUNDS_PER_VERIFICATION) {
            self.trail.verify(&again).await;
        }
        again.service.db().clone().close().await;
    }
}

/// Ends the connections that the killed process had, with whatever they were about to do.
fn end_connections(url: &str) {
    let database = url.rsplit('/').next().unwrap();
    let end = format!("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'");
    postgres::shared().execute("postgres", &end).unwrap();
}

async fn rounds(engine: Engine) {
    let (rounds, seed) = (variable("TURNA_KILL_ROUNDS", ROUNDS), variable("TURNA_KILL_SEED", 1951));
    println!("{engine:?}: {rounds} rounds, seed {seed}");
    let (mut answered, mut done_unanswered) = (0, 0);
    for first in (0..rounds).step_by(usize::try_from(ROUNDS_PER_LIFE).unwrap()) {
        let rng = ChaCha20Rng::seed_from_u64(seed * 1_000_000 + first);
        let mut life = Life::begin(engine, rng).await;
        for round in first..rounds.min(first + ROUNDS_PER_LIFE) {
            println!("round {round}");
            life.round(1 + round * 2).await;
        }
        answered += life.trail.answered();
        done_unanswered += life.trail.done_unanswered;
    }
    println!(
        "shown: program killed on {engine:?}: {rounds} times, {answered} acts answered, 0 lost; {done_unanswered} gifts given though unanswered, 0 twice"
    );
    assert!(answered > usize::try_from(rounds).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_nothing_answered_is_lost_on_sqlite() {
    rounds(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_nothing_answered_is_lost_on_postgres() {
    rounds(Engine::Postgres).await;
}

/// Hears so many answers, or all that there are when the desks have closed.
async fn hear(said: &mut UnboundedReceiver<String>, trail: &mut Trail, answers: usize) {
    let mut heard = 0;
    while heard < answers
        && let Some(line) = said.recv().await
    {
        heard += usize::from(trail.hear(&line));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_server_killed_under_load_loses_nothing_and_the_program_goes_on_by_itself() {
    let (rounds, seed) = (variable("TURNA_KILL_SERVER_ROUNDS", SERVER_ROUNDS), variable("TURNA_KILL_SEED", 1951));
    println!("server of PostgreSQL: {rounds} rounds, seed {seed}");
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let server = Arc::new(spawn_blocking(|| Postgres::start_with(Durability::Real).unwrap()).await.unwrap());
    let test = TestService::at(server.fresh_database().unwrap()).await;
    let mut trail = begin(&test).await;
    let (say, mut said) = mpsc::unbounded_channel();
    let office = Arc::new(Office::saying(test, seed, Box::new(move |line| drop(say.send(line)))));
    let (closed, mut desks) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
    for desk in 0..=DESKS {
        let (office, closed) = (office.clone(), closed.clone());
        desks.spawn(async move {
            let mut turns = 0..;
            while !closed.load(Ordering::Relaxed) {
                // The last one numbers the log.
                match (desk == DESKS, turns.next()) {
                    (false, Some(turn)) => office.turn(desk, turn).await,
                    _ => office.number().await,
                }
                yield_now().await;
            }
        });
    }
    for _ in 0..rounds {
        hear(&mut said, &mut trail, 1 + usize::try_from(rng.next_u64() % ANSWERS_MAX).unwrap()).await;
        let server = server.clone();
        spawn_blocking(move || server.crash().unwrap()).await.unwrap();
    }
    // The desks go on with no restart of the program.
    while said.try_recv().map(|line| trail.hear(&line)).is_ok() {}
    hear(&mut said, &mut trail, usize::try_from(DESKS).unwrap()).await;
    closed.store(true, Ordering::Relaxed);
    desks.join_all().await;
    while said.try_recv().map(|line| trail.hear(&line)).is_ok() {}
    trail.check(&office.test).await;
    trail.ask_again(&office.test).await;
    trail.check(&office.test).await;
    trail.verify(&office.test).await;
    let (answered, failed, unanswered) = (trail.answered(), office.failures(), trail.done_unanswered);
    println!(
        "shown: server of PostgreSQL killed: {rounds} times, {answered} acts answered, 0 lost; {failed} failed; {unanswered} gifts given though unanswered, 0 twice"
    );
    assert!(office.failures() > 0, "the server was killed beside the load");
}
