// SPDX-License-Identifier: Apache-2.0
//! A person with values nobody else has in every table that can hold something of a person.

use std::collections::BTreeMap;

use db::{
    AppendError, CardEvent, Claim, ContentConsent, ContentItem, ContentText, DbError, FamilyMember,
    LOOK_ALIKE_REASON_PLACE, NewAuditRecord, NewCard, NewCorrection, NewInterview, NewLookAlike, NewProposal,
    NewReceipt, PersonRow, Statement, Write, args,
};
use domain::{
    access::{Act, AssistanceFile, AsylumFile, CardFile, CollectedFor, PersonFile, Purpose, Role},
    audit::{AuditRecord, Visibility},
    card::CardState,
    content::{ContentKind, ContentState, Shows},
    id::{CaseId, FamilyId, PersonId},
    number::{CardNumber, CaseNumber},
    procedure::{ClockCode, OutcomeCode},
    registry::{
        Address, Citizenship, Confidentiality, Contact, ContactKind, CountryCode, Displacement, Document,
        ForeignReference, Likeness, NameKind, Script, Verdict,
    },
    sensitive::Sensitive,
    time::Timestamp,
};
use uuid::Uuid;

use crate::{
    case_file::{action, procedure},
    engine::{Engine, Fresh},
    fixture::{OFFICE, basis, day, id, name, now, permit, person_row, rng},
    schema::Table,
};

/// Values that lie open in the tables. Each is found in the files before the erasure and must not be found after it.
pub(crate) const OPEN: [&str; 23] = [
    "Qzarinaplanted",
    "qzarinaplanted",
    "قزرینهکاشته",
    "Plantedbirthplace",
    "PLN-998877",
    "PLN998877",
    "+994507776655",
    "planted@example.test",
    "Plantedstreet 77",
    "planted-area",
    "planted-dwelling",
    "PLANTEDREF-5566",
    "planted-origin-then",
    "planted-origin-now",
    "planted-wave",
    "planted-pin-hash",
    "planted gift",
    "planted-photo.webp",
    "planted leaving reason",
    "planted_clock",
    "planted title of thanks",
    "planted byline of thanks",
    "planted body of thanks",
];

/// Values that are sealed: no file ever holds them.
pub(crate) const SEALED: [&str; 16] = [
    "planted old value",
    "planted new value",
    "planted correction reason",
    "planted claim reasons",
    "planted participants",
    "planted statement",
    "planted reading",
    "planted answers",
    "planted facts",
    "planted proposal reason",
    "planted face",
    "planted qr text",
    "planted action reason",
    "planted card event reason",
    "planted audit detail",
    "planted look-alike reason",
];

/// The digest of the person's token.
pub(crate) const TOKEN_DIGEST: [u8; 32] = *b"planted token digest, 32 bytes!!";

const END_MEMBERSHIP: Statement = statement("UPDATE family_member SET to_date = $1 WHERE id = $2");
const LIFT_FLAG: Statement = statement("UPDATE protection_flag SET lifted_at = $1 WHERE id = $2");
const SIGN: Statement = statement("UPDATE card SET qr_text = $1 WHERE id = $2");

const fn statement(sql: &'static str) -> Statement {
    Statement { name: "of a test", sqlite: sql, postgres: sql }
}

/// The planted person.
pub(crate) fn person() -> PersonId {
    id(0x0dad_cafe_f00d_4711 << 32)
}

fn family() -> FamilyId {
    id(0xfa)
}

fn case() -> CaseId {
    id(0xca5e)
}

/// The public number, the case number and the certificate number of the planted person.
pub(crate) fn numbers() -> [String; 3] {
    let case = |seed| CaseNumber::draw(&mut rng(seed)).as_str().to_owned();
    [person_row(person(), 7_000_001).number.as_str().to_owned(), case(7_000_002), case(7_000_003)]
}

async fn seal(write: &mut Write, place: &str, text: &str) -> Result<Vec<u8>, DbError> {
    assert!(SEALED.contains(&text), "{text}");
    write.seal(person(), place, text.as_bytes(), &mut rng(text.len() as u64 * 31 + place.len() as u64)).await
}

/// Plants the person; the accounts 1 and 2 must be there.
pub(crate) async fn plant(write: &mut Write) -> Result<(), AppendError> {
    plant_person(write).await?;
    plant_facts(write).await?;
    plant_family(write).await?;
    plant_case(write).await?;
    plant_card(write).await?;
    plant_help(write).await?;
    plant_content(write).await?;
    record(write, 0xa0d1, Some("planted audit detail")).await?;
    Ok(())
}

async fn plant_person(write: &mut Write) -> Result<(), DbError> {
    let row = PersonRow {
        birth_place: Some(Sensitive::new("Plantedbirthplace".into())),
        birth_country: Some(CountryCode::parse("AFG").unwrap()),
        photo: Some("planted-photo.webp".into()),
        photo_key: Some(b"planted wrapped photo key".to_vec()),
        event_date: Some(day("2025-11-11")),
        ..person_row(person(), 7_000_001)
    };
    write.insert_person(&row).await?;
    write.create_person_key(person(), &mut rng(7_000_009)).await?;
    let latin = name(NameKind::Given, Script::Latin, "Qzarinaplanted");
    write.insert_person_name(id(0x101), person(), &latin, now()).await?;
    write.insert_person_name(id(0x102), person(), &name(NameKind::Given, Script::Arabic, "قزرینهکاشته"), now()).await
}

async fn plant_facts(write: &mut Write) -> Result<(), DbError> {
    let (person, country) = (person(), CountryCode::parse("AFG").unwrap());
    let (from, to) = (Some(day("2001-01-01")), Some(day("2031-01-01")));
    let basis = "planted-citizenship-basis".into();
    write.insert_citizenship(id(0x103), person, &Citizenship { country, from, to, basis }, now()).await?;
    let number = Sensitive::new("PLN-998877".to_owned());
    let document = Document { kind: "passport".into(), number, country, issued: from, expires: to };
    write.insert_document(id(0x104), person, &document, now()).await?;
    let phone = Contact { kind: ContactKind::Phone, value: Sensitive::new("+994507776655".into()) };
    write.insert_contact(id(0x105), person, &phone, now()).await?;
    let email = Contact { kind: ContactKind::Email, value: Sensitive::new("planted@example.test".into()) };
    write.insert_contact(id(0x106), person, &email, now()).await?;
    let address = Address {
        area: "planted-area".into(),
        line: Sensitive::new("Plantedstreet 77".into()),
        dwelling: Some("planted-dwelling".into()),
        from,
        confidentiality: Confidentiality::Self_,
    };
    write.insert_address(id(0x107), person, &address, now()).await?;
    write.insert_person_language(id(0x108), person, "prs", 0).await?;
    let number = Sensitive::new("PLANTEDREF-5566".to_owned());
    let reference = ForeignReference { organisation: "unhcr".into(), number };
    write.insert_foreign_reference(id(0x109), person, &reference, now()).await?;
    let correction = NewCorrection {
        id: id(0x10a),
        field: "birth".into(),
        old_value: seal(write, "correction.old_value", "planted old value").await?,
        new_value: seal(write, "correction.new_value", "planted new value").await?,
        reason: seal(write, "correction.reason", "planted correction reason").await?,
        source: "document".into(),
        event_date: Some(day("2025-12-01")),
        account: id(1),
    };
    write.insert_correction(person, correction, now()).await?;
    write.insert_protection_flag(id(0x10b), person, id(1), now()).await?;
    write.execute(LIFT_FLAG, args![now(), id::<Uuid>(0x10b)]).await?;
    write.replace_person_token(id(0x10c), person, &TOKEN_DIGEST, "planted-pin-hash", id(1), now()).await
}

/// Plants a word on the person and somebody who looks like her: the first of the neighbours, who must be there.
pub(crate) async fn plant_look_alike(write: &mut Write) -> Result<(), DbError> {
    let look_alike = NewLookAlike {
        id: id(0x10d),
        person: person(),
        // The first of the neighbours.
        other: id(1000 << 32),
        verdict: Verdict::Unsure,
        likeness: vec![Likeness::Document, Likeness::NearNameAndBirth],
        reason: seal(write, LOOK_ALIKE_REASON_PLACE, "planted look-alike reason").await?,
        account: id(1),
    };
    write.insert_look_alike(look_alike, now()).await?;
    record(write, 0xa0d2, None).await
}

async fn plant_family(write: &mut Write) -> Result<(), DbError> {
    write.insert_family(family(), CollectedFor::Displacement, OFFICE, Some(day("2025-11-11")), now()).await?;
    let member =
        FamilyMember { person: person(), relation: "head".into(), guardian: None, from: day("2025-11-11"), to: None };
    // She left and came back.
    write.insert_family_member(id(0x203), family(), &member, "planted leaving reason").await?;
    write.execute(END_MEMBERSHIP, args![day("2025-11-20"), id::<Uuid>(0x203)]).await?;
    write.insert_family_member(id(0x201), family(), &member, "planted leaving reason").await?;
    let displacement = Displacement {
        cause: "conflict".into(),
        date: day("1993-07-23"),
        origin_area: "planted-area".into(),
        origin_name_then: "planted-origin-then".into(),
        origin_name_now: Some("planted-origin-now".into()),
        wave: "planted-wave".into(),
        dwelling_area: "planted-area".into(),
        dwelling: "planted-dwelling".into(),
    };
    write.insert_displacement(id(0x202), family(), &displacement, now()).await
}

async fn plant_case(write: &mut Write) -> Result<(), AppendError> {
    let number = CaseNumber::draw(&mut rng(7_000_002));
    let mut case_file = write.open_case(&procedure(), case(), number, person(), action(1, "apply", None)).await?;
    let reason = seal(write, "case_action.reason", "planted action reason").await?;
    let examine = db::NewAction { reason: Some(reason), ..action(2, "examine", None) };
    write.append_action(&procedure(), &mut case_file, examine).await?;
    write.append_action(&procedure(), &mut case_file, action(3, "propose", Some("recognised"))).await?;
    let permit = permit::<AsylumFile>(Role::CaseOfficer, Act::RecordClaim);
    let claim = Claim {
        case: case(),
        person: person(),
        language: "prs".into(),
        confidentiality: Confidentiality::Self_,
        reasons: Some(seal(write, "claim.reasons", "planted claim reasons").await?),
    };
    write.insert_claim(&permit, &claim).await?;
    let certificate = CaseNumber::draw(&mut rng(7_000_003));
    write.insert_certificate(case(), &certificate, day("2025-12-02"), id(1), &basis()).await?;
    let interview = NewInterview {
        id: id(0x301),
        case: case(),
        person: person(),
        kind: "status_interview".into(),
        language: "prs".into(),
        seen_alone: true,
        participants: seal(write, "interview.participants", "planted participants").await?,
        statement: seal(write, "interview.statement", "planted statement").await?,
        held_at: now(),
        account: id(1),
    };
    write.insert_interview(&permit, interview).await?;
    let reading = seal(write, "interview_reading.content", "planted reading").await?;
    write.insert_interview_reading(&permit, id(0x301), person(), reading).await?;
    write.queue_case(case(), OFFICE, &Some((day("2026-03-02"), ClockCode::parse("planted_clock").unwrap()))).await?;
    write.assign_case(case(), person(), id(1), id(2), now()).await?;
    propose(write, 0x303).await?;
    write.withdraw_proposal(case(), now()).await?;
    propose(write, 0x302).await?;
    let answers = seal(write, "decision_assessment.answers", "planted answers").await?;
    write.insert_assessment(id(0x302), person(), answers).await?;
    let own_reason = seal(write, "decision.reason", "planted action reason").await?;
    let outcome = OutcomeCode::parse("recognised").unwrap();
    assert!(write.update_decision(id(0x302), &outcome, own_reason, &[basis()], id(2), now()).await?);
    Ok(())
}

async fn propose(write: &mut Write, number: u128) -> Result<(), DbError> {
    let proposal = NewProposal {
        id: id(number),
        case: case(),
        person: person(),
        card: None,
        outcome: OutcomeCode::parse("recognised").unwrap(),
        facts: seal(write, "decision.facts", "planted facts").await?,
        reason: seal(write, "decision.proposal_reason", "planted proposal reason").await?,
        basis: vec![basis()],
        by: id(1),
        at: now(),
    };
    write.insert_proposal(proposal).await
}

async fn plant_card(write: &mut Write) -> Result<(), DbError> {
    let permit = permit::<CardFile>(Role::CardOfficer, Act::PrepareCard);
    let number = CardNumber::draw(&mut rng(7_000_004));
    let card = NewCard {
        id: id(0x401),
        number: number.clone(),
        person: person(),
        case: case(),
        office: OFFICE.into(),
        status_index: 7_000_004,
        issued_on: day("2025-12-18"),
        expires_on: day("2026-12-18"),
        face: seal(write, "card.face", "planted face").await?,
        basis: basis(),
        by: id(1),
        at: now(),
    };
    write.insert_card(&permit, card).await?;
    write.update_card_checked(id(0x401), id(2)).await?;
    let row = write.find_card_by_number(&permit, &number).await?.unwrap();
    let reason = Some(seal(write, "card_event.reason", "planted card event reason").await?);
    let event = CardEvent { id: id(0x402), action: "check".into(), by: id(2), basis: basis(), reason, at: now() };
    assert!(write.update_card_state(&permit, &row, CardState::Checked, event).await?);
    let text = seal(write, "card.qr_text", "planted qr text").await?;
    write.execute(SIGN, args![text, id::<Uuid>(0x401)]).await.map(drop)
}

async fn plant_help(write: &mut Write) -> Result<(), DbError> {
    let (code, name) = ("planted event".into(), "18 December".into());
    let distribution = db::Distribution { id: id(0x501), code, name, on: day("2025-12-18"), office: OFFICE.into() };
    write.insert_distribution(&distribution, now()).await?;
    let receipt = NewReceipt {
        id: id(0x502),
        number: CaseNumber::draw(&mut rng(7_000_005)),
        distribution: id(0x501),
        person: person(),
        item: "planted gift".into(),
        basis: basis(),
        by: id(1),
        at: now(),
    };
    let permit = permit::<AssistanceFile>(Role::CardOfficer, Act::HandOverGift);
    write.insert_receipt(&permit, receipt).await?;
    let guest = db::Guest { id: id(0x503), person: person() };
    write.insert_guest(&permit, guest, id(0x501), id(1), now()).await
}

async fn plant_content(write: &mut Write) -> Result<(), DbError> {
    let item = ContentItem {
        id: id(0x601),
        code: "thanks".into(),
        kind: ContentKind::Statement,
        parent: None,
        rank: 1,
        happens_on: Some(day("2025-12-18")),
        body: None,
        media: Some("hands".into()),
        shows: Shows::parse("thanks").unwrap(),
        state: ContentState::Draft,
        written_by: id(1),
        published_by: None,
        published_at: None,
        withdrawn_at: None,
        row_version: 1,
    };
    write.insert_content_item(&item, now()).await?;
    let text = ContentText {
        language: "en".into(),
        title: "planted title of thanks".into(),
        byline: Some("planted byline of thanks".into()),
        body: "planted body of thanks".into(),
    };
    write.upsert_content_text(id(0x602), item.id, &text).await?;
    let consent = ContentConsent {
        id: id(0x603),
        item: item.id,
        person: person(),
        kind: "thanks".into(),
        given_on: day("2025-12-18"),
        language: "prs".into(),
        revoked_at: None,
    };
    let permit = permit::<PersonFile>(Role::HeadOfOffice, Act::KeepConsent);
    write.insert_content_consent(&permit, &consent, id(1), now()).await?;
    write.insert_file_visit(id(0x604), id(0x10c), &[9; 32], now(), now()).await
}

/// Writes the record that binds what was written, about the planted person if there is something to tell.
pub(crate) async fn record(write: &mut Write, number: u128, detail: Option<&str>) -> Result<(), DbError> {
    let record = AuditRecord {
        id: id(number),
        at: Timestamp::from_microseconds(now().as_microseconds() + i64::try_from(number).unwrap()).unwrap(),
        visibility: Visibility::Subject,
        action: "correct_person".into(),
        result: "done".into(),
        actor: None,
        purpose: Purpose::Registration,
        object: None,
        basis: vec![basis().stored_form()],
        subjects: vec![],
        details: vec![],
        rows: vec![],
        request: id(number),
    };
    let subjects = detail.map(|_| person()).into_iter().collect();
    let details = detail.map(|text| (person(), text.to_owned())).into_iter().collect();
    write
        .insert_audit_record(&NewAuditRecord { record, subjects, details }, &mut rng(u64::try_from(number).unwrap()))
        .await
}

/// A row as text, column by column.
pub(crate) type DumpedRow = BTreeMap<String, Option<String>>;

/// Every row of every table.
pub(crate) async fn dump(fresh: &Fresh, tables: &BTreeMap<String, Table>) -> BTreeMap<String, Vec<DumpedRow>> {
    let mut dumped = BTreeMap::new();
    for (name, table) in tables {
        let text = |column: &String| match fresh.engine {
            Engine::Sqlite => format!("CASE WHEN {column} IS NOT NULL THEN quote({column}) END"),
            Engine::Postgres => format!("{column}::text"),
        };
        let columns: Vec<String> = table.columns.keys().map(text).collect();
        let rows = fresh.rows(&format!("SELECT {} FROM {name}", columns.join(", "))).await;
        let rows = rows.into_iter().map(|row| table.columns.keys().cloned().zip(row).collect()).collect();
        dumped.insert(name.clone(), rows);
    }
    dumped
}
