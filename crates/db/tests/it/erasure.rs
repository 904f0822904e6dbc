// SPDX-License-Identifier: Apache-2.0
//! An erased person is found nowhere: no table, no file of the database; the log still verifies.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use db::{AppendError, DbError, FamilyMember};
use domain::{
    access::{Act, CollectedFor, PersonFile, Role},
    audit::{hex, leaf_commitment},
    id::{FamilyId, PersonId},
    registry::{Contact, ContactKind, Displacement},
    sensitive::Sensitive,
};
use rstest::rstest;
use transparency::LogKey;

use crate::{
    engine::{Engine, Fresh},
    fixture::{OFFICE, basis, day, id, insert_account, insert_person, now, permit, rng},
    planted::{DumpedRow, OPEN, SEALED, TOKEN_DIGEST, dump, numbers, person, plant, plant_look_alike, record},
    schema::{self, Table},
};

/// Persons before and after the planted one, so that her rows stand among others and their pages are split.
const NEIGHBOURS: u64 = 150;

async fn insert_neighbours(fresh: &Fresh, numbers: std::ops::Range<u64>) {
    let done = fresh.db.write::<_, DbError>(move |write| {
        let numbers = numbers.clone();
        Box::pin(async move {
            for number in numbers.clone() {
                insert_person(write, number).await?;
            }
            record(write, u128::from(numbers.start) + 1, None).await
        })
    });
    done.await.unwrap();
}

/// PostgreSQL keeps statistics of a table that has become empty, so somebody else has such facts too.
async fn insert_facts_of_neighbour(fresh: &Fresh) {
    let done = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            let person: PersonId = id(1000 << 32);
            for (row, number) in [(0x901, "+994500000001"), (0x902, "+994500000002")] {
                let phone = Contact { kind: ContactKind::Phone, value: Sensitive::new(number.into()) };
                write.insert_contact(id(row), person, &phone, now()).await?;
            }
            write.insert_family(id(0x903), CollectedFor::Asylum, OFFICE, None, now()).await?;
            let relation = "head".into();
            let member = FamilyMember { person, relation, guardian: None, from: day("2025-01-01"), to: None };
            write.insert_family_member(id(0x904), id(0x903), &member, "arrival").await?;
            record(write, 2, None).await
        })
    });
    done.await.unwrap();
}

/// Neighbours and the planted person; returns what the tables held before she came.
pub(crate) async fn prepare(fresh: &Fresh, tables: &BTreeMap<String, Table>) -> BTreeMap<String, Vec<DumpedRow>> {
    let accounts = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            insert_account(write, 1, Role::CardOfficer).await?;
            insert_account(write, 2, Role::HeadOfOffice).await?;
            record(write, 1, None).await
        })
    });
    accounts.await.unwrap();
    insert_neighbours(fresh, 1000..1000 + NEIGHBOURS).await;
    insert_facts_of_neighbour(fresh).await;
    let before = dump(fresh, tables).await;
    fresh.db.write::<_, AppendError>(|write| Box::pin(plant(write))).await.unwrap();
    fresh.db.write::<_, DbError>(|write| Box::pin(plant_look_alike(write))).await.unwrap();
    before
}

/// Erases the planted person as the use case does: with the record of the act.
pub(crate) async fn erase(fresh: &Fresh) {
    let erased = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            let permit = permit::<PersonFile>(Role::HeadOfOffice, Act::ErasePerson);
            write.erase_person(&permit, person(), &basis(), now()).await?;
            record(write, 0xe4a5e, None).await
        })
    });
    erased.await.unwrap();
}

/// Which of these byte strings stand in the files of a folder, with the file's name.
fn found_in(folder: &Path, needles: &[Vec<u8>]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for needle in needles {
            if bytes.windows(needle.len()).any(|window| window == needle) {
                found.push(format!("{} in {}", String::from_utf8_lossy(needle), path.display()));
            }
        }
    }
    found
}

/// The open values, also her numbers, the digest of her token and her wrapped key.
async fn open_needles(fresh: &Fresh) -> Vec<Vec<u8>> {
    let mut needles: Vec<Vec<u8>> = OPEN.iter().map(|text| text.as_bytes().to_vec()).collect();
    needles.extend(numbers().map(String::into_bytes));
    needles.push(TOKEN_DIGEST.to_vec());
    needles.push(b"planted wrapped photo key".to_vec());
    let as_hex = match fresh.engine {
        Engine::Sqlite => "hex(wrapped)",
        Engine::Postgres => "encode(wrapped, 'hex')",
    };
    let person = fresh.literal(person().uuid());
    let rows = fresh.rows(&format!("SELECT {as_hex} FROM person_key WHERE person_id = {person}")).await;
    let wrapped = rows[0][0].as_ref().unwrap().as_bytes().to_vec();
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap();
    needles.push(wrapped.chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect());
    needles
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_erased_person_is_in_any_file_of_sqlite() {
    let fresh = Engine::Sqlite.fresh().await;
    let tables = schema::tables(&fresh).await;
    prepare(&fresh, &tables).await;
    insert_neighbours(&fresh, 2000..2000 + NEIGHBOURS).await;
    let open = open_needles(&fresh).await;
    let sealed: Vec<Vec<u8>> = SEALED.iter().map(|text| text.as_bytes().to_vec()).collect();
    // The search finds what is there, and what is sealed was never there.
    assert!(found_in(fresh.folder(), &open).len() >= open.len());
    assert_eq!(found_in(fresh.folder(), &sealed), Vec::<String>::new());
    erase(&fresh).await;
    fresh.db.forget_deleted_rows().await.unwrap();
    assert_eq!(found_in(fresh.folder(), &[open, sealed].concat()), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_stands_in_the_way_of_forgetting_is_told_and_not_passed_over() {
    let fresh = Engine::Sqlite.fresh().await;
    let db = fresh.db.clone();
    fresh.db.write::<_, DbError>(|write| Box::pin(insert_person(write, 1))).await.unwrap();
    let told = fresh.db.read::<_, DbError>(move |session| {
        Box::pin(async move {
            session.count_persons().await?;
            // This reader keeps an old state alive, so old pages stay in the write-ahead log.
            db.write::<_, DbError>(|write| Box::pin(insert_person(write, 2))).await?;
            Ok(db.forget_deleted_rows().await)
        })
    });
    let told = told.await.unwrap();
    assert!(matches!(told, Err(DbError::Busy)), "{told:?}");
    fresh.db.forget_deleted_rows().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_erased_person_is_in_the_tables_and_files_of_postgresql() {
    let fresh = Engine::Postgres.fresh().await;
    let tables = schema::tables(&fresh).await;
    prepare(&fresh, &tables).await;
    insert_neighbours(&fresh, 2000..2000 + NEIGHBOURS).await;
    // The planner keeps common values of its own.
    fresh.execute("ANALYZE").await;
    let open = open_needles(&fresh).await;
    let folder = fresh.rows("SELECT current_setting('data_directory') || '/base/' || oid::text FROM pg_database WHERE datname = current_database()").await;
    let folder = folder[0][0].clone().unwrap();
    let folder = Path::new(&folder);
    fresh.execute("CHECKPOINT").await;
    let can_read_files = fs::read_dir(folder).is_ok();
    if can_read_files {
        assert!(found_in(folder, &open).len() >= open.len());
    }
    erase(&fresh).await;
    fresh.db.forget_deleted_rows().await.unwrap();
    let dumped = dump(&fresh, &tables).await;
    for needle in &open {
        let (text, bytes) = (String::from_utf8_lossy(needle), hex(needle));
        for (name, rows) in &dumped {
            let holds = |value: &String| value.contains(&*text) || value.contains(&bytes);
            assert!(!rows.iter().any(|row| row.values().flatten().any(holds)), "{text} in {name}");
        }
    }
    // The server's write-ahead log (pg_wal) is not looked at: it holds old pages until it is recycled.
    if can_read_files {
        fresh.execute("CHECKPOINT").await;
        assert_eq!(found_in(folder, &open), Vec::<String>::new());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn records_about_an_erased_person_still_open_and_name_nobody(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let tables = schema::tables(&fresh).await;
    prepare(&fresh, &tables).await;
    let key = Arc::new(LogKey::generate("turna.example/log", &mut rng(1)).unwrap());
    let size = i64::try_from(fresh.db.sequence(key.clone()).await.unwrap()).unwrap();
    let list = || {
        fresh.db.read::<_, DbError>(move |session| {
            Box::pin(async move {
                let mut opened = Vec::new();
                for stored in session.list_audit_records_at(0, size).await? {
                    let subjects = session.list_audit_subjects(stored.id).await?;
                    let details = session.list_audit_details(stored.id).await?;
                    opened.push((stored, subjects, details));
                }
                Ok(opened)
            })
        })
    };
    let before = list().await.unwrap();
    let about_her = before.iter().filter(|(_, subjects, _)| subjects.iter().any(|(who, _)| *who == person())).count();
    let details = before.iter().flat_map(|(_, _, details)| details).map(|detail| detail.text.as_str());
    assert_eq!((about_her, details.collect::<Vec<_>>()), (1, vec!["planted audit detail"]));
    erase(&fresh).await;
    let after = list().await.unwrap();
    assert_eq!(after.len(), before.len());
    for ((stored, subjects, details), (earlier, ..)) in after.iter().zip(&before) {
        assert_eq!((&stored.canonical, &stored.commitment), (&earlier.canonical, &earlier.commitment));
        let salt = stored.salt.as_slice().try_into().unwrap();
        assert_eq!(leaf_commitment(&salt, &stored.canonical).as_slice(), stored.commitment);
        assert!(!stored.canonical.contains(&person().to_string()));
        assert!(subjects.is_empty() && details.is_empty());
    }
    // The log goes on.
    assert_eq!(i64::try_from(fresh.db.sequence(key).await.unwrap()).unwrap(), size + 1);
}

#[rstest]
#[tokio::test]
async fn the_displacement_of_a_family_stays_until_its_last_member_is_erased(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let members = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            let members = [insert_person(write, 1).await?, insert_person(write, 2).await?];
            let family: FamilyId = id(1);
            write.insert_family(family, CollectedFor::Displacement, OFFICE, None, now()).await?;
            for (row, person) in (1u128..).zip(members) {
                let guardian = (row == 2).then_some(members[0]);
                let member = FamilyMember { person, relation: "x".into(), guardian, from: day("2025-01-01"), to: None };
                write.insert_family_member(id(row), family, &member, "arrival").await?;
            }
            let text = || "x".to_owned();
            let displacement = Displacement {
                cause: text(),
                date: day("1993-07-23"),
                origin_area: text(),
                origin_name_then: text(),
                origin_name_now: None,
                wave: text(),
                dwelling_area: text(),
                dwelling: text(),
            };
            write.insert_displacement(id(1), family, &displacement, now()).await?;
            Ok(members)
        })
    });
    let erase = async |person: PersonId| {
        let erased = fresh.db.write::<_, DbError>(move |write| {
            Box::pin(async move {
                let permit = permit::<PersonFile>(Role::HeadOfOffice, Act::ErasePerson);
                write.erase_person(&permit, person, &basis(), now()).await
            })
        });
        erased.await.unwrap();
    };
    let [first, second] = members.await.unwrap();
    erase(first).await;
    assert_eq!(fresh.count("SELECT COUNT(*) FROM displacement").await, 1);
    assert_eq!(fresh.count("SELECT COUNT(*) FROM family_member WHERE guardian_id IS NULL").await, 1);
    erase(second).await;
    assert_eq!(fresh.count("SELECT COUNT(*) FROM displacement").await, 0);
    assert_eq!(fresh.count("SELECT COUNT(*) FROM erasure").await, 2);
}
