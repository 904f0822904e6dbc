// SPDX-License-Identifier: Apache-2.0
//! A service whose tables are all filled by acts of the program, and the way past it.

use std::{collections::BTreeMap, sync::Arc};

use app::{
    Outcome, assistance, cards, enforcement, identity, oversight,
    oversight::{DataReport, Finding, VerifyError, verify_data},
    registry,
    work::{AddSubstitution, AssignCase, Assignee, EndSubstitution, SubstitutionOf},
};
use db::{
    Db, DbError, Schema, Statement, Value,
    vault::{DataKey, Keyring},
};
use domain::{
    access::{Actor, Role},
    number::PersonNumber,
    registry::{FamilyRegistration, NameKind, Script, Sex},
};
use law::Pack;
use testkit::{
    TestService,
    journey::{REASON, decision, proposal},
    people::{afghan_family, displaced_family, name, single},
    service::Engine,
};
use transparency::VerifierKey;

/// A service with its signers and accounts, one of which was disabled.
pub(crate) async fn start(engine: Engine) -> TestService {
    let test = match engine {
        Engine::Sqlite => TestService::sqlite().await,
        Engine::Postgres => TestService::postgres().await,
    };
    let leaver: Actor = test.add_account("leaver", Role::Registrar, "sms-baku").await;
    for actor in [leaver, test.actor(Role::Registrar)] {
        identity::issue_token(&test.service, &actor).await.unwrap();
    }
    test.done(Role::Administrator, identity::DisableAccount { name: "leaver".into() }).await;
    test
}

/// Fills every table that acts write.
pub(crate) async fn populate(test: &TestService) {
    let (family, displaced) = (register(test, afghan_family()).await, register(test, displaced_family()).await);
    let case = test.heard_claim(&family[0]).await;
    test.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
    test.claim_step_as(&test.actor(Role::DecisionMaker), &case, "return_to_officer").await;
    test.done(Role::CaseOfficer, proposal(&case, "recognised")).await;
    test.done(Role::DecisionMaker, decision(&case, "recognised")).await;
    test.done(Role::CaseOfficer, AssignCase { case: case.clone(), to: Assignee::Me }).await;
    stand_in(test).await;
    test.add_blanks("A", 2).await;
    let spoil = cards::SpoilBlank { blank: "A-0001".into(), card: None, reason: "misprint".into() };
    test.done(Role::CardOfficer, spoil).await;
    let (number, _) = test.active_card(&family[0]).await;
    test.done(Role::CardOfficer, cards::SuspendCard { number, reason: "lost".into() }).await;
    help(test, &displaced[0]).await;
    for counted in [6, 2] {
        let explanation = Some("Two boxes were still in the safe.".to_owned());
        let id = test.done(Role::CardOfficer, cards::CountStock { counted, explanation }).await;
        if counted == 2 {
            test.done(Role::HeadOfOffice, cards::SignCount { id }).await;
        }
    }
    correct(test, &family[0]).await;
    test.done(Role::Registrar, enforcement::RaiseProtectionFlag { person: displaced[1].clone() }).await;
    for _ in 0..2 {
        let given = oversight::give_access_token(&test.service, &test.context(Role::Registrar), &family[0]).await;
        assert!(matches!(given, Ok(Outcome::Done(_))));
    }
    crate::site::thanks_of(test, &family[0]).await;
    for _ in 0..2 {
        // The second looks like the first and is said to be another.
        test.registered_person(single(domain::access::CollectedFor::Residence, "Karim", "Testov", "1990-01-01")).await;
    }
    let mistake = single(domain::access::CollectedFor::Asylum, "Sahib", "Sehven", "1980-01-01");
    erase(test, &register(test, mistake).await[0]).await;
    test.settle().await;
}

/// An officer and an office for whom others stand in; one substitution was ended.
async fn stand_in(test: &TestService) {
    let (from, to) = ("2025-06-02".parse().unwrap(), "2025-06-09".parse().unwrap());
    let officer = SubstitutionOf::Officer { absent: "decision-maker".into(), by: "decision-maker-2".into() };
    let office = SubstitutionOf::Office { office: "sms-refugee-affairs".into(), by: "sms-baku".into() };
    test.done(Role::HeadOfOffice, AddSubstitution { of: officer, from, to }).await;
    let id = test.done(Role::Administrator, AddSubstitution { of: office, from, to }).await;
    test.done(Role::HeadOfOffice, EndSubstitution { id }).await;
}

/// Registers a family, the first member with a photo, and returns the numbers of its members.
pub(crate) async fn register(test: &TestService, registration: FamilyRegistration) -> Vec<PersonNumber> {
    let photo = registry::store_photo(&test.service, b"a photo").await.unwrap();
    let photos = BTreeMap::from([(0, photo)]);
    let registered = test.done(Role::Registrar, registry::RegisterFamily { registration, photos }).await;
    registered.members.into_iter().map(|member| member.number).collect()
}

async fn help(test: &TestService, person: &PersonNumber) {
    let (name, on) = ("The event of 18 December".to_owned(), "2025-12-18".parse().unwrap());
    test.done(Role::AssistanceOfficer, assistance::OpenDistribution { code: "event".into(), name, on }).await;
    let (company, persons) = (assistance::Company::WithFamily, vec![person.clone()]);
    let invite = assistance::InviteGuests { distribution: "event".into(), persons, company };
    test.done(Role::AssistanceOfficer, invite).await;
    let (distribution, item) = ("event".into(), "gift_set".into());
    let give = assistance::HandOverGift { distribution, person: person.clone(), item };
    test.done(Role::AssistanceOfficer, give).await;
}

/// Corrects a name and the sex of a person.
pub(crate) async fn correct(test: &TestService, person: &PersonNumber) {
    let name = registry::Correct::Name(name(NameKind::Given, Script::Latin, "Davud"));
    for change in [name, registry::Correct::Sex(Sex::Unspecified)] {
        let correct = registry::CorrectPerson {
            number: person.clone(),
            row_version: None,
            change,
            reason: REASON.into(),
            source: "passport".into(),
            event_date: None,
        };
        test.done(Role::Registrar, correct).await;
    }
}

async fn erase(test: &TestService, person: &PersonNumber) {
    let propose = registry::ProposeErasure { number: person.clone(), reason: REASON.into() };
    let case = test.done(Role::HeadOfOffice, propose).await;
    let erase = registry::ErasePerson { case, reason: REASON.into() };
    test.done_as(&test.second(Role::HeadOfOffice), erase).await;
}

/// The database as somebody with full access to it has it: past the program, without any rule of the schema.
pub(crate) struct Backdoor {
    db: Db,
    pack: Arc<Pack>,
    verifier: VerifierKey,
}

impl Backdoor {
    /// Takes every check and foreign key from every table and drops every unique index. No act can be done after that.
    pub(crate) async fn open(test: &TestService) -> Self {
        let open = async |schema| {
            let keyring = Keyring::new(DataKey::from_bytes([7; 32]));
            Db::open(&test.url, schema, keyring).await.unwrap()
        };
        let (pack, verifier) = (test.service.pack().clone(), test.service.log_key().verifier());
        let mut door = Self { db: open(Schema::Expect).await, pack, verifier };
        match test.engine {
            Engine::Sqlite => door.strip_sqlite().await,
            Engine::Postgres => drop(door.sql(STRIP_POSTGRES, Vec::new()).await),
        }
        door.db = open(Schema::Expect).await;
        door
    }

    async fn strip_sqlite(&self) {
        for index in self.texts("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%UNIQUE%'").await {
            self.sql(&format!("DROP INDEX {index}"), Vec::new()).await;
        }
        self.sql("PRAGMA writable_schema = ON", Vec::new()).await;
        for name in self.texts("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'").await {
            let sql = self.texts(&format!("SELECT sql FROM sqlite_master WHERE name = '{name}'")).await.remove(0);
            let is_rule =
                |line: &&str| line.contains("CONSTRAINT") && (line.contains("_fkey") || line.contains("_check"));
            let kept: Vec<&str> = sql.lines().filter(|line| !is_rule(line)).collect();
            let stripped = kept.join("\n").replace(",\n)", "\n)");
            let values = vec![stripped.into(), name.into()];
            assert_eq!(self.sql("UPDATE sqlite_schema SET sql = $1 WHERE name = $2", values).await, 1);
        }
        self.sql("PRAGMA writable_schema = RESET", Vec::new()).await;
    }

    /// Runs SQL and returns the number of rows it met.
    pub(crate) async fn sql(&self, sql: &str, values: Vec<Value>) -> u64 {
        let statement = statement(sql);
        let met: Result<u64, DbError> = self
            .db
            .write(move |write| {
                let values = values.clone();
                Box::pin(async move { write.execute(statement, values).await })
            })
            .await;
        met.unwrap_or_else(|error| panic!("{sql}: {error:?}"))
    }

    async fn texts(&self, sql: &str) -> Vec<String> {
        let statement = statement(sql);
        let read = self.db.read::<_, DbError>(move |session| {
            Box::pin(async move {
                let rows = session.fetch_all(statement, Vec::new()).await?;
                rows.iter().map(|row| row.get(0)).collect()
            })
        });
        read.await.unwrap()
    }

    /// What a check finds; it must find something.
    pub(crate) async fn found(&self) -> Vec<Finding> {
        match verify_data(&self.db, &self.pack, &self.verifier, None).await {
            Err(VerifyError::Found(found)) => found,
            other => panic!("nothing was found: {other:?}"),
        }
    }

    /// A check that must find nothing.
    pub(crate) async fn sound(&self) -> DataReport {
        match verify_data(&self.db, &self.pack, &self.verifier, None).await {
            Ok(report) => report,
            Err(error) => panic!("{error}"),
        }
    }

    /// The database.
    pub(crate) fn db(&self) -> &Db {
        &self.db
    }
}

const STRIP_POSTGRES: &str = "DO $$ DECLARE r RECORD; BEGIN
    FOR r IN SELECT conrelid::regclass AS t, conname FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f') LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname);
    END LOOP;
    FOR r IN SELECT i.indexrelid::regclass AS i FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND NOT i.indisprimary LOOP
        EXECUTE format('DROP INDEX %s', r.i);
    END LOOP; END $$";

/// The statements of a test live as long as its process.
fn statement(sql: &str) -> Statement {
    let sql: &'static str = Box::leak(sql.to_owned().into_boxed_str());
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}
