// SPDX-License-Identifier: Apache-2.0
//! The process that is killed: sixteen desks at work, and the numbering of the log beside them. What was answered is said
//! in a line on standard output, after the answer.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use app::{
    Outcome,
    assistance::HandOverGift,
    cards::AddBlanks,
    idempotency::{Answered, KeptAnswer, RequestKey},
    registry::RegisterFamily,
};
use db::DbError;
use domain::{access::Role, number::PersonNumber};
use testkit::{TestService, people, service::Engine};
use tokio::task::JoinSet;

/// Desks at work at once.
pub(super) const DESKS: u64 = 16;
/// The distribution at which gifts are given.
pub(super) const DISTRIBUTION: &str = "winter";
/// Persons among whom the desks choose, so that two of them meet.
const WAITING_MAX: usize = 12;
/// Between two rounds of numbering the log, as a server makes them, only quicker.
const PAUSE: Duration = Duration::from_millis(20);
/// The variable in which the parent tells the process what to do.
pub(super) const ORDER: &str = "TURNA_KILLED_WRITER";
/// The name of the test that is this process.
pub(super) const NAME: &str = "kill::writer::sixteen_desks_work_at_once_and_what_they_are_answered_is_there";

/// What the process is told: one text, parted by line ends.
pub(super) struct Order {
    pub(super) engine: Engine,
    pub(super) url: String,
    pub(super) folder: PathBuf,
    pub(super) clock: String,
    /// Seed of the process's randomness, and what tells its names and numbers from those of other rounds.
    pub(super) seed: u64,
}

impl Order {
    pub(super) fn to_text(&self) -> String {
        let engine = if self.engine == Engine::Sqlite { "sqlite" } else { "postgres" };
        format!("{engine}\n{}\n{}\n{}\n{}", self.url, self.folder.display(), self.clock, self.seed)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let engine = if lines.next()? == "sqlite" { Engine::Sqlite } else { Engine::Postgres };
        let (url, folder, clock) = (lines.next()?.to_owned(), lines.next()?.into(), lines.next()?.to_owned());
        Some(Self { engine, url, folder, clock, seed: lines.next()?.parse().ok()? })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixteen_desks_work_at_once_and_what_they_are_answered_is_there() {
    match std::env::var(ORDER) {
        Ok(text) => work_until_killed(Order::parse(&text).unwrap()).await,
        Err(_) => one_turn_each().await,
    }
}

/// The test by itself, with nobody who kills it.
async fn one_turn_each() {
    let test = TestService::sqlite().await;
    let mut trail = super::begin(&test).await;
    let said = Arc::new(Mutex::new(Vec::new()));
    let say = said.clone();
    let office = Arc::new(Office::saying(test, 1, Box::new(move |line| say.lock().unwrap().push(line))));
    let mut desks = JoinSet::new();
    for desk in 0..DESKS {
        let office = office.clone();
        desks.spawn(async move { office.turn(desk, 0).await });
    }
    desks.join_all().await;
    let answers = said.lock().unwrap().iter().filter(|line| trail.hear(line)).count();
    assert_eq!((u64::try_from(answers).unwrap(), office.failures()), (3 * DESKS, 0));
    trail.check(&office.test).await;
}

/// The process that the tests beside this one start and kill.
async fn work_until_killed(order: Order) {
    let clock = order.clock.parse().unwrap();
    let test = TestService::reopened(order.engine, order.url, &order.folder, clock, order.seed).await;
    let office = Arc::new(Office::new(test, order.seed));
    for desk in 0..DESKS {
        let office = office.clone();
        tokio::spawn(async move {
            for turn in 0.. {
                office.turn(desk, turn).await;
            }
        });
    }
    loop {
        office.number().await;
        tokio::time::sleep(PAUSE).await;
    }
}

/// The desks and the persons who wait before them.
pub(super) struct Office {
    pub(super) test: TestService,
    seed: u64,
    waiting: Mutex<Vec<PersonNumber>>,
    /// Lines go here; standard output in the process that is killed.
    say: Box<dyn Fn(String) + Send + Sync>,
    failures: AtomicU64,
}

/// A request to hand a gift over, with the client's key.
pub(super) fn gift_key(key: &str, person: &PersonNumber) -> RequestKey {
    RequestKey::new("POST /gifts", key, &[DISTRIBUTION.as_bytes(), person.as_str().as_bytes()]).unwrap()
}

/// The act of that request.
pub(super) fn gift(person: &PersonNumber) -> HandOverGift {
    HandOverGift { distribution: DISTRIBUTION.into(), person: person.clone(), item: "gift_set".into() }
}

/// The answer to it: the number of the receipt, or why there is none.
pub(super) fn gift_answer(outcome: &Outcome<app::assistance::GiftReceipt>) -> KeptAnswer {
    let (status, body) = match outcome {
        Outcome::Done(receipt) => (201, receipt.number.as_str().to_owned()),
        Outcome::Refused(refusal) => (409, refusal.code().to_owned()),
    };
    KeptAnswer { status, headers: Vec::new(), body }
}

/// A number in letters, so that no two families have the same name.
fn letters(mut number: u64) -> String {
    let mut text = String::from("Q");
    while number > 0 {
        text.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    text
}

impl Office {
    fn new(test: TestService, seed: u64) -> Self {
        Self::saying(test, seed, Box::new(|line| println!("{line}")))
    }

    pub(super) fn saying(test: TestService, seed: u64, say: Box<dyn Fn(String) + Send + Sync>) -> Self {
        Self { test, seed, waiting: Mutex::default(), say, failures: AtomicU64::new(0) }
    }

    /// How many acts failed, neither done nor refused.
    pub(super) fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    /// One turn of a desk: a family comes, somebody gets a gift, a blank is taken into stock.
    pub(super) async fn turn(&self, desk: u64, turn: u64) {
        let unique = self.seed * 1_000_000 + turn * DESKS + desk;
        self.register(unique).await;
        self.give(unique).await;
        self.add_blank(unique).await;
    }

    async fn register(&self, unique: u64) {
        let mut registration = people::displaced_family();
        for (position, member) in registration.members.iter_mut().enumerate() {
            let given = letters(unique * 2 + position as u64);
            let family = letters(unique.rotate_left(17) % 1_000_000_007);
            *member = people::member(&given, &member.relation, &given, &family, member.sex, &born(unique, position));
        }
        let context = self.test.context(Role::Registrar);
        let request = context.request;
        let run = self.test.service.run(&context, RegisterFamily { registration, photos: Default::default() });
        match run.await {
            Ok(Outcome::Done(family)) => {
                let numbers: Vec<_> = family.members.into_iter().map(|member| member.number).collect();
                (self.say)(format!("done register_family {request} {} {}", numbers[0].as_str(), numbers[1].as_str()));
                let mut waiting = self.waiting.lock().unwrap();
                waiting.extend(numbers);
                let too_many = waiting.len().saturating_sub(WAITING_MAX);
                waiting.drain(..too_many);
            }
            Ok(Outcome::Refused(refusal)) => {
                (self.say)(format!("refused register_family {request} {}", refusal.code()));
            }
            Err(_) => self.failed(),
        }
    }

    async fn give(&self, unique: u64) {
        let person = {
            let waiting = self.waiting.lock().unwrap();
            if waiting.is_empty() {
                return;
            }
            waiting[usize::try_from(unique.wrapping_mul(7919) >> 3).unwrap() % waiting.len()].clone()
        };
        let key = format!("gift-{unique}");
        (self.say)(format!("asks hand_over_gift {key} {}", person.as_str()));
        let context = self.test.context(Role::AssistanceOfficer);
        let request = context.request;
        let (key, asked) = (gift_key(&key, &person), key);
        match self.test.service.run_for_key(&context, &key, gift(&person), gift_answer).await {
            Ok(Answered::Now(answer)) => {
                let ended = if answer.status == 201 { "done" } else { "refused" };
                (self.say)(format!(
                    "{ended} hand_over_gift {request} {asked} {} {} {}",
                    person.as_str(),
                    answer.status,
                    answer.body
                ));
            }
            Ok(Answered::Again(_) | Answered::OtherRequest) => panic!("{asked} was asked before"),
            Err(_) => self.failed(),
        }
    }

    async fn add_blank(&self, unique: u64) {
        let number = format!("K-{unique}");
        let context = self.test.context(Role::CardOfficer);
        let request = context.request;
        match self.test.service.run(&context, AddBlanks { numbers: vec![number.clone()] }).await {
            Ok(Outcome::Done(_)) => (self.say)(format!("done keep_blanks {request} {number}")),
            Ok(Outcome::Refused(refusal)) => (self.say)(format!("refused keep_blanks {request} {}", refusal.code())),
            Err(_) => self.failed(),
        }
    }

    /// Numbers the records that wait, and says the checkpoint that is public from now on.
    pub(super) async fn number(&self) {
        if app::jobs::settle(&self.test.service).await.is_err() {
            return self.failed();
        }
        let read = self.test.service.db().read::<_, DbError>(|session| Box::pin(session.log_checkpoint()));
        match read.await {
            Ok(note) => (self.say)(format!("log {}", note.unwrap_or_default().replace('\n', "\\n"))),
            Err(_) => self.failed(),
        }
    }

    fn failed(&self) {
        self.failures.fetch_add(1, Ordering::Relaxed);
    }
}

/// A birth date that few share.
fn born(unique: u64, position: usize) -> String {
    let of = unique.wrapping_mul(2_654_435_761) >> 7;
    format!("{}-{:02}-{:02}", 1940 + of % 60, 1 + of / 60 % 12, 1 + (of / 720 + position as u64) % 28)
}
