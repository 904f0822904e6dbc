// SPDX-License-Identifier: Apache-2.0
//! What is in a backup is there after a restore, who was erased stays erased, and nothing is lost without a word.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use app::{
    oversight::verify_data,
    publishing::note_restore,
    registry::{ErasePerson, FindPersons, PersonQuery, ProposeErasure, RegisterFamily, repeat_erasures, store_photo},
};
use backup::{
    BackupError, Content, ErasureList, Identity, Loss, Recipient, copy, look, make_key, restore, restore_folder, take,
    take_folder,
};
use db::TransferError;
use domain::{
    access::{CollectedFor, Role},
    number::PersonNumber,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use testkit::{TestService, both, journey::REASON, people, service::Engine};
use transparency::LogKey;

struct Keys {
    recipient: Recipient,
    identities: Vec<Identity>,
}

fn keys() -> Keys {
    let (public, secret) = make_key();
    Keys { recipient: public.parse().unwrap(), identities: Identity::parse_file(&secret).unwrap() }
}

/// A service in which a claim was decided and a card is with its holder, and somebody else has a photo.
async fn worked_in(service: &TestService) -> [PersonNumber; 2] {
    let daud = service.registered_person(people::single(CollectedFor::Asylum, "Daud", "Sahrayi", "1987-03-21")).await;
    service.decided_claim(&daud, "recognised").await;
    service.active_card(&daud).await;
    let photo = store_photo(&service.service, b"a drawn face").await.unwrap();
    let registration = people::single(CollectedFor::Residence, "Karim", "Testov", "1990-01-01");
    let register = RegisterFamily { registration, photos: BTreeMap::from([(0, photo)]) };
    let karim = service.done(Role::Registrar, register).await.members[0].number.clone();
    service.settle().await;
    [daud, karim]
}

async fn erase(service: &TestService, number: &PersonNumber) {
    let proposal = ProposeErasure { number: number.clone(), reason: REASON.into() };
    let case = service.done(Role::Registrar, proposal).await;
    service.done(Role::HeadOfOffice, ErasePerson { case, reason: REASON.into() }).await;
    service.settle().await;
}

async fn back_up(service: &TestService, keys: &Keys, name: &str) -> PathBuf {
    let files = service.folder().join("files");
    let content = Content {
        db: service.service.db(),
        files: &files,
        config: Some("issuer = \"Test\"\n".into()),
        made_at: service.service.now(),
    };
    let to = service.folder().join(name);
    let taken = take(content, std::slice::from_ref(&keys.recipient), &to, &mut ()).await.unwrap();
    assert!(taken.rows > 50 && taken.backup_bytes > 0, "{taken:?}");
    to
}

/// An empty place for a restored database of an engine.
async fn place(service: &TestService, engine: Engine, name: &str) -> String {
    match engine {
        Engine::Sqlite => format!("sqlite:{}", service.folder().join(name).display()),
        Engine::Postgres => {
            let url = tokio::task::spawn_blocking(|| testkit::postgres::shared().fresh_database());
            url.await.unwrap().unwrap()
        }
    }
}

async fn checkpoint(service: &TestService) -> String {
    let note = service.service.db().read::<_, db::DbError>(|session| Box::pin(session.log_checkpoint())).await;
    note.unwrap().unwrap()
}

both! {
    async fn what_is_in_a_backup_is_there_after_a_restore_into_either_engine(service: &TestService) {
        let [daud, _] = worked_in(service).await;
        let keys = keys();
        let backup = back_up(service, &keys, "a.backup").await;
        let published = checkpoint(service).await;
        let log_key = service.service.log_key().clone();
        for (engine, name) in [(Engine::Sqlite, "restored.db"), (Engine::Postgres, "")] {
            let url = place(service, engine, name).await;
            let files = service.folder().join(format!("files-of-{engine:?}"));
            let restored = restore(&backup, &keys.identities, &url, &files, &mut ()).await.unwrap();
            assert_eq!(restored.manifest.config.as_deref(), Some("issuer = \"Test\"\n"));
            assert_eq!(restored.files, 1);
            assert_eq!(restored.manifest.loss(Some(&published), &log_key.verifier()).unwrap(), Loss::None);
            let again = service.another(&url, files, log_key.clone()).await;
            note_restore(&again, None).await.unwrap();
            let report = verify_data(again.db(), again.pack(), &log_key.verifier(), Some(&published)).await.unwrap();
            assert!(report.rows > 20 && report.cases > 0, "{report:?}");
            let query = PersonQuery { number: Some(daud.clone()), ..PersonQuery::default() };
            let context = again.context(service.actor(Role::Registrar));
            let found = again.run(&context, FindPersons(query)).await.unwrap().done().unwrap();
            assert_eq!(found.len(), 1);
            // What is there is never written over.
            let second = service.folder().join("second");
            let refused = restore(&backup, &keys.identities, &url, &second, &mut ()).await;
            assert!(matches!(refused, Err(BackupError::Transfer(TransferError::NotEmpty))), "{refused:?}");
            again.db().clone().close().await;
        }
    }

    async fn who_was_erased_after_the_backup_is_erased_again(service: &TestService) {
        let [_, karim] = worked_in(service).await;
        let keys = keys();
        let backup = back_up(service, &keys, "old.backup").await;
        erase(service, &karim).await;
        let file = service.folder().join("erasures.txt");
        let mut list = ErasureList::default();
        let noted = service.service.db().read::<_, db::DbError>(|session| Box::pin(session.list_erasures())).await;
        assert!(list.add(noted.unwrap()));
        list.save(&file).unwrap();
        let url = place(service, service.engine, "older.db").await;
        let files = service.folder().join("older-files");
        restore(&backup, &keys.identities, &url, &files, &mut ()).await.unwrap();
        let again = service.another(&url, files.clone(), service.service.log_key().clone()).await;
        let query = PersonQuery { number: Some(karim), ..PersonQuery::default() };
        let context = again.context(service.actor(Role::Registrar));
        // The backup knows him still, with his photo.
        assert_eq!(std::fs::read_dir(&files).unwrap().count(), 1);
        assert_eq!(again.run(&context, FindPersons(query.clone())).await.unwrap().done().unwrap().len(), 1);
        let list = ErasureList::load(&file).unwrap();
        let erasures: Vec<_> = list.iter().cloned().collect();
        assert_eq!(repeat_erasures(&again, &erasures).await.unwrap(), 1);
        assert_eq!(repeat_erasures(&again, &erasures).await.unwrap(), 0, "once is enough");
        app::jobs::settle(&again).await.unwrap();
        let context = again.context(service.actor(Role::Registrar));
        assert!(again.run(&context, FindPersons(query)).await.unwrap().done().unwrap().is_empty());
        app::jobs::settle(&again).await.unwrap();
        assert_eq!(std::fs::read_dir(&files).unwrap().count(), 0, "the photo is gone again");
        let verifier = service.service.log_key().verifier();
        let report = verify_data(again.db(), again.pack(), &verifier, None).await.unwrap();
        assert_eq!((report.waiting, report.erased > 0), (0, true));
        again.db().clone().close().await;
    }

    async fn records_that_were_published_after_the_backup_are_counted_and_the_log_gets_another_name(
        service: &TestService
    ) {
        worked_in(service).await;
        let keys = keys();
        let old_key = service.service.log_key().clone();
        let backup = back_up(service, &keys, "old.backup").await;
        let manifest = look(&backup, &keys.identities).unwrap();
        assert_eq!(manifest.loss(None, &old_key.verifier()).unwrap(), Loss::Unknown);
        let before = checkpoint(service).await;
        service.registered_person(people::single(CollectedFor::Residence, "Later", "Comer", "1991-02-03")).await;
        service.settle().await;
        let published = checkpoint(service).await;
        let Loss::Records(lost) = manifest.loss(Some(&published), &old_key.verifier()).unwrap() else { panic!() };
        assert!(lost > 0);
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let other = LogKey::generate("turna.example/log", &mut rng).unwrap();
        assert!(matches!(manifest.loss(Some(&published), &other.verifier()), Err(BackupError::OtherHistory(_))));
        let url = place(service, service.engine, "lossy.db").await;
        let files = service.folder().join("lossy-files");
        restore(&backup, &keys.identities, &url, &files, &mut ()).await.unwrap();
        let new_key = Arc::new(LogKey::generate("turna.example/log/2", &mut rng).unwrap());
        let again = service.another(&url, files, new_key.clone()).await;
        let size = note_restore(&again, Some(old_key.verifier())).await.unwrap();
        let report = verify_data(again.db(), again.pack(), &new_key.verifier(), None).await.unwrap();
        assert_eq!(report.log.unwrap().entries, size);
        // Nobody who trusts the old name takes the new history for its continuation.
        assert!(verify_data(again.db(), again.pack(), &old_key.verifier(), Some(&before)).await.is_err());
        again.db().clone().close().await;
    }

    async fn a_database_is_copied_into_the_other_engine_and_back(service: &TestService) {
        worked_in(service).await;
        let other = if service.engine == Engine::Sqlite { Engine::Postgres } else { Engine::Sqlite };
        let there = place(service, other, "copied.db").await;
        let copied = copy(service.service.db(), &there, &mut ()).await.unwrap();
        assert!(copied.tables["person"].0 >= 2 && copied.checkpoint.is_some());
        let files = service.folder().join("files");
        let again = service.another(&there, files.clone(), service.service.log_key().clone()).await;
        let verifier = service.service.log_key().verifier();
        verify_data(again.db(), again.pack(), &verifier, None).await.unwrap();
        assert!(copy(service.service.db(), &there, &mut ()).await.is_err(), "it is not empty any more");
        let back = place(service, service.engine, "back.db").await;
        assert_eq!(copy(again.db(), &back, &mut ()).await.unwrap(), copied);
        again.db().clone().close().await;
    }
}

/// Every change of one byte and every cut is noticed, and nothing is left that looks whole.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_cut_or_changed_anywhere_is_refused() {
    let service = TestService::sqlite().await;
    let keys = keys();
    let whole = std::fs::read(back_up(&service, &keys, "a.backup").await).unwrap();
    let target = service.folder().join("target.db");
    let broken = service.folder().join("broken.backup");
    let steps = 24;
    for step in 0..steps {
        let at = whole.len() * step / steps;
        let mut changed = whole.clone();
        changed[at] ^= 0x20;
        for bytes in [&changed[..], &whole[..at]] {
            std::fs::write(&broken, bytes).unwrap();
            let files = service.folder().join(format!("files-{step}-{}", bytes.len()));
            let url = format!("sqlite:{}", target.display());
            let done = restore(&broken, &keys.identities, &url, &files, &mut ()).await;
            assert!(done.is_err(), "byte {at} of {}", whole.len());
            assert!(!target.exists());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_key_it_was_made_for_opens_a_backup_and_nothing_in_it_lies_open() {
    let service = TestService::sqlite().await;
    worked_in(&service).await;
    let keys = keys();
    let backup = back_up(&service, &keys, "a.backup").await;
    let other = Identity::parse_file(&make_key().1).unwrap();
    assert!(matches!(look(&backup, &other), Err(BackupError::Unreadable(_))));
    let bytes = std::fs::read(&backup).unwrap();
    for trace in ["Sahrayi", "turna.example/log", "person_name", "recognised"] {
        assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace}");
    }
    assert!(bytes.starts_with(b"age-encryption.org/v1\n"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&backup).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    // A second backup does not take the place of the first.
    let files = service.folder().join("files");
    let content = Content { db: service.service.db(), files: &files, config: None, made_at: service.service.now() };
    let refused = take(content, &[keys.recipient], &backup, &mut ()).await;
    assert!(matches!(refused, Err(BackupError::Exists(_))), "{refused:?}");
    assert_eq!(std::fs::read(&backup).unwrap(), bytes);
}

#[test]
fn the_keys_have_a_backup_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    std::fs::create_dir(folder.path().join("keys")).unwrap();
    write("keys/master.key", &[7; 32]);
    write("keys/log.key", b"sealed");
    let keys = keys();
    let at = "2025-06-02T06:00:00Z".parse().unwrap();
    let to = folder.path().join("keys.backup");
    take_folder(&folder.path().join("keys"), at, &[keys.recipient], &to).unwrap();
    let back = folder.path().join("back");
    assert_eq!(restore_folder(&to, &keys.identities, &back).unwrap(), 2);
    assert_eq!(std::fs::read(back.join("master.key")).unwrap(), [7; 32]);
    assert!(matches!(restore_folder(&to, &keys.identities, &back), Err(BackupError::Exists(_))));
    assert!(look(Path::new(&to), &keys.identities).unwrap().database.is_none());
}
