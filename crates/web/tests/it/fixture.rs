// SPDX-License-Identifier: Apache-2.0
//! The router over a test service, and over copies of it that differ in one thing.

use app::{Parts, Service, Settings};
use axum::Router;
use db::{
    Db, DbError, NewAuditRecord, Schema,
    vault::{DataKey, Keyring},
};
use domain::{
    access::Purpose,
    audit::{AuditRecord, Visibility},
    id::AuditRecordId,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use std::sync::Arc;
use testkit::TestService;
use transparency::LogKey;
use uuid::Uuid;
use web::Upkeep;

/// Which engine a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A service, its router, and what it reports its background work to.
pub(crate) struct Site {
    pub(crate) test: TestService,
    pub(crate) service: Service,
    pub(crate) router: Router,
    pub(crate) upkeep: Upkeep,
}

impl Site {
    /// Everything is published and the background work is done.
    pub(crate) async fn ready(engine: Engine) -> Self {
        let test = match engine {
            Engine::Sqlite => TestService::sqlite().await,
            Engine::Postgres => TestService::postgres().await,
        };
        let service = test.service.clone();
        let site = Self::over(test, service);
        site.settle().await;
        site
    }

    /// A service over the country pack with one procedure more, which no line of the program knows.
    pub(crate) async fn with_a_procedure_more() -> Self {
        let pack = testkit::school_place::pack_with_a_procedure_more();
        let test = TestService::with_pack(testkit::service::Engine::Sqlite, pack).await;
        let service = test.service.clone();
        let site = Self::over(test, service);
        site.settle().await;
        site
    }

    /// A service with a database of its own, in which nothing was done yet.
    pub(crate) async fn empty() -> Self {
        let test = TestService::sqlite().await;
        let url = format!("sqlite:{}", test.folder().join("empty.db").display());
        let service = copy(&test, &url, test.service.log_key().clone(), test.service.settings().clone()).await;
        Self::over(test, service)
    }

    /// A copy of the program on the same database, with another key of the log.
    pub(crate) async fn with_other_log_key(self) -> Self {
        let log_key = LogKey::generate("turna.example/log", &mut ChaCha20Rng::seed_from_u64(2)).unwrap();
        let url = self.test.url.clone();
        let service = copy(&self.test, &url, Arc::new(log_key), self.service.settings().clone()).await;
        Self::over(self.test, service)
    }

    /// A copy of the program on the same database, with another name of the issuer.
    pub(crate) async fn with_issuer(self, issuer: &str) -> Self {
        let settings = Settings { issuer: issuer.into(), ..self.service.settings().clone() };
        let url = self.test.url.clone();
        let service = copy(&self.test, &url, self.service.log_key().clone(), settings).await;
        Self::over(self.test, service)
    }

    fn over(test: TestService, service: Service) -> Self {
        let upkeep = Upkeep::default();
        let router = web::router(service.clone(), upkeep.clone());
        Self { test, service, router, upkeep }
    }

    /// What the server does in the background.
    pub(crate) async fn settle(&self) -> u64 {
        let size = app::jobs::settle(&self.service).await.unwrap();
        self.upkeep.done(self.service.now());
        size
    }

    /// Writes and numbers records until the log has so many.
    pub(crate) async fn grow_log_to(&self, size: u64) {
        let missing = size.checked_sub(self.settle().await).unwrap();
        self.write_records(missing).await;
        assert_eq!(self.settle().await, size);
    }

    async fn write_records(&self, count: u64) {
        let now = self.service.now();
        let seed = self.service.random();
        let written: Result<(), DbError> = self
            .service
            .db()
            .write(move |write| {
                Box::pin(async move {
                    let mut rng = ChaCha20Rng::from_seed(seed);
                    for _ in 0..count {
                        let record = AuditRecord {
                            id: AuditRecordId::new(now, &mut rng),
                            at: now,
                            visibility: Visibility::Subject,
                            action: "test".into(),
                            result: "done".into(),
                            actor: None,
                            purpose: Purpose::Administration,
                            object: None,
                            basis: Vec::new(),
                            subjects: Vec::new(),
                            details: Vec::new(),
                            rows: Vec::new(),
                            request: Uuid::nil(),
                        };
                        let new = NewAuditRecord { record, subjects: Vec::new(), details: Vec::new() };
                        write.insert_audit_record(&new, &mut rng).await?;
                    }
                    Ok(())
                })
            })
            .await;
        written.unwrap();
    }
}

async fn copy(test: &TestService, url: &str, log_key: Arc<LogKey>, settings: Settings) -> Service {
    let keyring = Keyring::new(DataKey::from_bytes([7; 32]));
    let parts = Parts {
        db: Db::open(url, Schema::Migrate, keyring).await.unwrap(),
        pack: test.service.pack().clone(),
        clock: test.clock.clone(),
        entropy: ChaCha20Rng::seed_from_u64(3),
        log_key,
        signers: test.signers.clone(),
        printer: test.printer().clone(),
        files: Arc::new(test.files.clone()),
        card_reader: test.service.card_reader().clone(),
        settings,
    };
    Service::new(parts).await.unwrap()
}
