// SPDX-License-Identifier: Apache-2.0
//! What the desks said before they were killed, and whether the database agrees.

use std::collections::{BTreeMap, BTreeSet};

use app::{idempotency::Answered, oversight::verify_data};
use db::{DbError, Statement, args};
use domain::{access::Role, number::PersonNumber, time::Timestamp};
use testkit::{TestService, service::Engine};

use super::writer::{gift, gift_answer, gift_key};

/// One text for both engines.
const fn statement(sql: &'static str) -> Statement {
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}

const PERSONS: Statement = statement("SELECT number FROM person");
const BLANKS: Statement = statement("SELECT number FROM blank");
const RECEIPTS: Statement =
    statement("SELECT p.number || ' ' || r.number FROM receipt r JOIN person p ON p.id = r.person_id");
const INTEGRITY: Statement = statement("PRAGMA integrity_check");
const FOREIGN_KEYS: Statement = statement("SELECT \"table\" FROM pragma_foreign_key_check");

/// What a life of the database has seen, over all its rounds.
#[derive(Default)]
pub(super) struct Trail {
    /// Act, request and what follows them, by request.
    answered: BTreeMap<String, Vec<String>>,
    /// Gifts asked for, answered or not: key and person.
    asked: BTreeMap<String, String>,
    /// The last checkpoint that was made public.
    checkpoint: Option<String>,
    /// Persons, blanks and receipts, and records of each act done.
    found: Found,
    position: i64,
    last: Option<Timestamp>,
    /// Gifts that were asked for, not answered, and done all the same.
    pub(super) done_unanswered: usize,
}

/// What is in the database.
#[derive(Default)]
struct Found {
    persons: BTreeSet<String>,
    blanks: BTreeSet<String>,
    receipts: BTreeSet<String>,
    /// Result of each record, by request.
    records: BTreeMap<String, (String, String)>,
    done: BTreeMap<String, usize>,
}

impl Trail {
    /// Passes over what is in the log before the first round.
    pub(super) async fn begin(&mut self, test: &TestService) {
        self.position = i64::try_from(test.settle().await).unwrap();
    }

    /// Takes a line of the killed process in; says whether it is an answer.
    pub(super) fn hear(&mut self, line: &str) -> bool {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        match words[0].as_str() {
            "done" | "refused" => {
                assert!(self.answered.insert(words[2].clone(), words).is_none(), "{line}: the request is new");
                true
            }
            "asks" => {
                self.asked.insert(words[2].clone(), words[3].clone());
                false
            }
            "log" => {
                self.checkpoint = Some(line["log ".len()..].replace("\\n", "\n"));
                true
            }
            _ => false,
        }
    }

    /// How many acts were answered.
    pub(super) fn answered(&self) -> usize {
        self.answered.len()
    }

    /// Compares what was answered with a database that was opened again.
    pub(super) async fn check(&mut self, test: &TestService) {
        if test.engine == Engine::Sqlite {
            assert_eq!(texts(test, INTEGRITY).await, ["ok"]);
            assert_eq!(texts(test, FOREIGN_KEYS).await, Vec::<String>::new());
        }
        self.read_records(test).await;
        self.found.persons = unique(texts(test, PERSONS).await);
        self.found.blanks = unique(texts(test, BLANKS).await);
        self.found.receipts = unique(texts(test, RECEIPTS).await);
        let receivers: BTreeSet<_> = self.found.receipts.iter().map(|row| row.split(' ').next()).collect();
        assert_eq!(receivers.len(), self.found.receipts.len(), "a gift was given twice");
        for words in self.answered.values() {
            self.check_answer(words);
        }
        // Wholly or not at all: as many rows as the records say.
        let done = |act: &str| self.found.done.get(act).copied().unwrap_or_default();
        assert_eq!(self.found.persons.len(), 2 * done("register_family"));
        assert_eq!(self.found.blanks.len(), done("keep_blanks"));
        assert_eq!(self.found.receipts.len(), done("hand_over_gift"));
    }

    fn check_answer(&self, words: &[String]) {
        let [ended, act, request, rest @ ..] = words else { panic!("{words:?}") };
        let (action, result) = self.found.records.get(request).unwrap_or_else(|| panic!("no record of {words:?}"));
        assert_eq!(action, act, "{words:?}");
        let is_there = match (ended.as_str(), act.as_str()) {
            ("done", "register_family") => rest.iter().all(|number| self.found.persons.contains(number)),
            ("done", "keep_blanks") => self.found.blanks.contains(&rest[0]),
            ("done", "hand_over_gift") => self.found.receipts.contains(&format!("{} {}", rest[1], rest[3])),
            _ => true,
        };
        assert!(is_there, "{words:?} was answered and is lost");
        match ended.as_str() {
            "done" => assert_eq!(result, "done", "{words:?}"),
            _ => assert_eq!(result, &format!("refused:{}", rest.last().unwrap()), "{words:?}"),
        }
    }

    /// Numbers what the killed process left, and reads the records since the last look, in the order of the log.
    async fn read_records(&mut self, test: &TestService) {
        let size = i64::try_from(test.settle().await).unwrap();
        let from = self.position;
        let read =
            test.service.db().read::<_, DbError>(move |session| Box::pin(session.list_audit_records_at(from, size)));
        let records = read.await.unwrap();
        assert_eq!(i64::try_from(records.len()).unwrap(), size - from, "the log has no gap");
        let before = self.last;
        for record in records {
            assert!(Some(record.at) >= before, "a record of {} after one of {before:?}", record.at);
            self.last = self.last.max(Some(record.at));
            let canonical: serde_json::Value = serde_json::from_str(&record.canonical).unwrap();
            let request = canonical["request"].as_str().unwrap().to_owned();
            if record.result == "done" {
                *self.found.done.entry(record.action.clone()).or_default() += 1;
            }
            let known = self.found.records.insert(request, (record.action, record.result));
            assert!(known.is_none(), "one request has two records");
        }
        self.position = size;
    }

    /// Asks again, with the client's keys, for what was not answered; what was answered is answered as before.
    pub(super) async fn ask_again(&mut self, test: &TestService) {
        let answered: BTreeMap<String, String> = self
            .answered
            .values()
            .filter(|words| words[1] == "hand_over_gift")
            .map(|words| (words[3].clone(), format!("{} {}", words[5], words[6])))
            .collect();
        for (key, person) in std::mem::take(&mut self.asked) {
            let person = PersonNumber::parse(&person).unwrap();
            let ask = || async {
                let context = test.context(Role::AssistanceOfficer);
                let key = gift_key(&key, &person);
                test.service.run_for_key(&context, &key, gift(&person), gift_answer).await.unwrap()
            };
            let first = match (ask().await, answered.get(&key)) {
                (Answered::Again(answer), Some(before)) => {
                    assert_eq!(&format!("{} {}", answer.status, answer.body), before, "{key}");
                    answer
                }
                (Answered::Again(answer), None) => {
                    self.done_unanswered += 1;
                    answer
                }
                (Answered::Now(answer), None) => answer,
                _ => panic!("{key} was answered and is forgotten"),
            };
            assert!(matches!(ask().await, Answered::Again(answer) if answer == first));
        }
    }

    /// Checks log, records, witnesses and every row, and that the log goes on from the last public checkpoint.
    pub(super) async fn verify(&self, test: &TestService) {
        let app = &test.service;
        let checked = verify_data(app.db(), app.pack(), &app.log_key().verifier(), self.checkpoint.as_deref()).await;
        let report = checked.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(report.waiting, 0);
    }
}

async fn texts(test: &TestService, statement: Statement) -> Vec<String> {
    let read = test.service.db().read::<_, DbError>(move |session| {
        Box::pin(async move {
            session.fetch_all(statement, args![]).await?.iter().map(|row| row.get::<String>(0)).collect()
        })
    });
    read.await.unwrap()
}

/// A set of as many members.
fn unique(texts: Vec<String>) -> BTreeSet<String> {
    let count = texts.len();
    let set: BTreeSet<_> = texts.into_iter().collect();
    assert_eq!(set.len(), count, "a number was given twice");
    set
}
