// SPDX-License-Identifier: Apache-2.0
//! Sealed values open for their own person, in their own place, while the key is there.

use db::DbError;
use domain::id::PersonId;
use rstest::rstest;

use crate::{
    engine::{Engine, Fresh},
    fixture::{id, insert_person, rng},
};

const PLACE: &str = "claim.reasons";
const TEXT: &str = "زهرا: they came at night";

/// Two persons, and a value sealed for the first.
async fn sealed_value(fresh: &Fresh) -> (PersonId, PersonId, Vec<u8>) {
    let done = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            let (first, second) = (insert_person(write, 1).await?, insert_person(write, 2).await?);
            let sealed = write.seal(first, PLACE, TEXT.as_bytes(), &mut rng(9)).await?;
            Ok((first, second, sealed))
        })
    });
    done.await.unwrap()
}

async fn open(fresh: &Fresh, person: PersonId, place: &'static str, sealed: &[u8]) -> Result<Option<String>, DbError> {
    let sealed = sealed.to_vec();
    fresh.db.read(move |session| Box::pin(session.open_text(person, place, Some(sealed)))).await
}

#[rstest]
#[tokio::test]
async fn a_value_opens_for_its_person_in_its_place_only(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let (first, second, sealed) = sealed_value(&fresh).await;
    assert_eq!(open(&fresh, first, PLACE, &sealed).await.unwrap().as_deref(), Some(TEXT));
    for (person, place) in [(second, PLACE), (first, "interview.statement")] {
        let moved = open(&fresh, person, place, &sealed).await;
        assert!(matches!(moved, Err(DbError::Damaged { .. })), "{moved:?}");
    }
    for place in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[place] ^= 1;
        assert!(open(&fresh, first, PLACE, &changed).await.is_err(), "byte {place}");
    }
}

#[rstest]
#[tokio::test]
async fn without_the_key_a_value_is_gone(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let (first, second, sealed) = sealed_value(&fresh).await;
    let first_id = fresh.literal(first.uuid());
    fresh.execute(&format!("DELETE FROM person_key WHERE person_id = {first_id}")).await;
    assert_eq!(open(&fresh, first, PLACE, &sealed).await.unwrap(), None);
    let refused = fresh.db.write::<_, DbError>(move |write| {
        Box::pin(async move { write.seal(first, PLACE, b"more", &mut rng(9)).await })
    });
    assert!(matches!(refused.await, Err(DbError::Damaged { .. })));
    let other = fresh.db.write::<_, DbError>(move |write| {
        Box::pin(async move { write.seal(second, PLACE, b"more", &mut rng(9)).await })
    });
    assert!(other.await.is_ok());
}

#[rstest]
#[tokio::test]
async fn a_key_put_in_place_of_another_persons_does_not_open(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = engine.fresh().await;
    let (first, second, sealed) = sealed_value(&fresh).await;
    let (first_id, second_id) = (fresh.literal(first.uuid()), fresh.literal(second.uuid()));
    let other = format!("SELECT wrapped FROM person_key WHERE person_id = {second_id}");
    fresh.execute(&format!("UPDATE person_key SET wrapped = ({other}) WHERE person_id = {first_id}")).await;
    let opened = open(&fresh, first, PLACE, &sealed).await;
    assert!(matches!(opened, Err(DbError::Damaged { .. })), "{opened:?}");
}

#[rstest]
#[tokio::test]
async fn a_key_made_in_an_act_that_was_undone_is_forgotten(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = engine.fresh().await;
    let sealed = fresh.db.write::<_, DbError>(|write| {
        Box::pin(async move {
            let person: PersonId = id(77);
            let undone = write.nested::<(), DbError>(move |write| {
                Box::pin(async move {
                    write.create_person_key(person, &mut rng(1)).await?;
                    Err(DbError::Busy)
                })
            });
            assert!(undone.await.is_err());
            Ok(write.seal(person, PLACE, b"lost for ever", &mut rng(2)).await.is_err())
        })
    });
    assert!(sealed.await.unwrap(), "a value was sealed under a key that is not in the database");
}
