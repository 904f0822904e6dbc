// SPDX-License-Identifier: Apache-2.0
//! Every use case × every role: allowed exactly as the access policy says, and each denial on record.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    AppError, Outcome, UseCase,
    administration::{ListKeptAccounts, Newcomer, SecondStep, add_account, health, reset_password},
    assistance::{
        Company, GuestQuery, HandOverGift, InviteGuests, ListDistributions, OpenDistribution, ReceiptQuery,
        ShowHandOverList, ShowReceipt,
    },
    asylum::{IssueCertificate, ListOverdue, OpenClaim, RecordInterview, RecordReasons, ShowClaim, TakeClaimStep},
    cards::{
        AddBlanks, CardReceipt, CheckCard, CountBlanks, CountStock, HandOverCard, ListCards, ListCardsOf,
        ListRevocations, PrepareCard, PreviewCard, ProposeRevocation, ReinstateCard, RevokeCard, ShowCard, ShowCount,
        ShowDeskCard, ShowRevocation, ShowStock, SignCount, SpoilBlank, SpoilCard, SuspendCard, holder_photo,
        print_card, sign_card,
    },
    draft::SaveDraft,
    enforcement::RaiseProtectionFlag,
    identity::{AddAccount, DisableAccount, ListAccounts, NewAccount},
    oversight::{
        CountRates, OpenRecord, Period, RecordQuery, SearchRecords, ShowLooks, check_consistency, give_access_token,
        open_proven_record, prove_record, sample_audit,
    },
    procedures::{OpenCase, OrderToLeave, ShowCase, TakeStep},
    registry::{
        AddFact, Correct, CorrectPerson, EndFact, EndMembership, ErasePerson, FAMILY_DRAFT, Fact, FactGround,
        FindPersons, FixTypo, JoinFamily, JoinedFamily, Joining, PersonQuery, ProposeErasure, RegisterFamily,
        ShowPerson,
    },
    site::{
        AddContent, ChangeContent, ContentFacts, ListContent, MarkTranslated, PublishContent, RecordConsent,
        RevokeConsent, ShowContent, WithdrawContent, WriteText,
    },
    statistics::ShowStatistics,
    work::{
        AddSubstitution, AssignCase, Assignee, EndSubstitution, ListApprovals, ListColleagues, ListQueue,
        ListSubstitutions, QueueLimit, ShowWork, SubstitutionOf, WorkQuery,
    },
};
use db::ContentText;
use domain::{
    access::{Act, Role, purpose_of, roles_for},
    card::CardState,
    content::{ContentKind, Showing},
    id::{RowId, SubstitutionId},
    number::{CardNumber, CaseNumber, PersonNumber},
    procedure::ProcedureCode,
    refusal::Refusal,
    registry::{Confidentiality, FamilyRegistration, Sex},
    sensitive::Sensitive,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use testkit::{
    TestService, both,
    journey::{action, decision, interview, proposal, reasoned},
    people,
};

use crate::record::{Mark, text};

/// What was seen: for each act of the table the denials to be found in the log, by action and account.
#[derive(Default)]
struct Matrix {
    acts: BTreeSet<Act>,
    denied: BTreeMap<(String, String), usize>,
}

impl Matrix {
    fn note<T>(&mut self, service: &TestService, act: Act, role: Role, result: Result<Outcome<T>, AppError>) {
        let is_denied = match result {
            Ok(Outcome::Refused(Refusal::NotPermitted)) => true,
            Ok(_) => false,
            Err(error) => panic!("{act} as {role} failed: {error}"),
        };
        assert_eq!(is_denied, !roles_for(act).contains(&role), "{act} as {role}");
        self.acts.insert(act);
        if is_denied {
            let account = service.actor(role).account.to_string();
            *self.denied.entry((act.to_string(), account)).or_default() += 1;
        }
    }

    async fn row<U: UseCase>(&mut self, service: &TestService, use_case: impl Fn() -> U) {
        for &role in Role::ALL {
            self.note(service, U::ACT, role, service.run(role, use_case()).await);
        }
    }
}

/// Numbers of nobody and nothing.
struct Nobody {
    person: PersonNumber,
    case: CaseNumber,
    card: CardNumber,
}

impl Nobody {
    fn new() -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        Self {
            person: PersonNumber::draw(&mut rng),
            case: CaseNumber::draw(&mut rng),
            card: CardNumber::draw(&mut rng),
        }
    }
}

async fn registry_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let nothing = FamilyRegistration { members: Vec::new(), ..people::displaced_family() };
    matrix.row(service, || RegisterFamily { registration: nothing.clone(), photos: BTreeMap::new() }).await;
    matrix.row(service, || FindPersons(PersonQuery::default())).await;
    matrix.row(service, || ShowPerson { number: nobody.person.clone() }).await;
    let correction = || CorrectPerson {
        number: nobody.person.clone(),
        row_version: None,
        change: Correct::Sex(Sex::Female),
        reason: "A slip of the pen".into(),
        source: "document".into(),
        event_date: None,
    };
    matrix.row(service, correction).await;
    let draft = || SaveDraft { draft: None, kind: FAMILY_DRAFT, content: Vec::new().into() };
    matrix.row(service, draft).await;
    let typo = || FixTypo { number: nobody.person.clone(), row_version: 1, change: Correct::Sex(Sex::Female) };
    matrix.row(service, typo).await;
    let leave = || EndMembership {
        number: nobody.person.clone(),
        on: "2025-06-01".parse().unwrap(),
        reason: "own_wish".into(),
        guardian: None,
    };
    matrix.row(service, leave).await;
    let (number, relation, reason) = (|| nobody.person.clone(), || "son".to_owned(), || "birth".to_owned());
    let day = "2025-06-01".parse().unwrap();
    let joining = || Joining { number: number(), relation: relation(), reason: reason(), on: day, guardian: None };
    matrix.row(service, || JoinFamily { family: JoinedFamily::New, joining: joining() }).await;
    let ground = || FactGround { row_version: None, reason: "A".into(), source: "document".into(), event_date: None };
    let fact = || Fact::Document(people::document("TEST1"));
    let add = || AddFact {
        number: nobody.person.clone(),
        fact: fact(),
        replaces: None,
        ground: ground(),
        looks_like: Vec::new(),
    };
    matrix.row(service, add).await;
    let row = || RowId::from(uuid::Uuid::nil());
    matrix.row(service, || EndFact { number: nobody.person.clone(), fact: row(), ground: ground() }).await;
    matrix.row(service, || ShowLooks { number: nobody.person.clone(), before: None }).await;
    matrix.row(service, || ProposeErasure { number: nobody.person.clone(), reason: "Nothing to keep".into() }).await;
    matrix.row(service, || ErasePerson { case: nobody.case.clone(), reason: "Nothing to keep".into() }).await;
    matrix.row(service, || RaiseProtectionFlag { person: nobody.person.clone() }).await;
    matrix.row(service, || OrderToLeave { person: nobody.person.clone() }).await;
    let procedure = || ProcedureCode::parse("leave_order").unwrap();
    matrix.row(service, || OpenCase { procedure: procedure(), person: nobody.person.clone() }).await;
    let step = || TakeStep { case: nobody.case.clone(), action: action("decide"), input: reasoned() };
    matrix.row(service, step).await;
}

async fn claim_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let case = || nobody.case.clone();
    let open =
        || OpenClaim { person: nobody.person.clone(), language: "prs".into(), confidentiality: Confidentiality::Self_ };
    matrix.row(service, open).await;
    matrix.row(service, || RecordReasons { case: case(), reasons: Sensitive::new("fear".into()) }).await;
    matrix.row(service, || IssueCertificate { case: case() }).await;
    let held = || RecordInterview { case: case(), kind: action("status_interview"), interview: interview() };
    matrix.row(service, held).await;
    matrix.row(service, || TakeClaimStep { case: case(), action: action("notify"), input: reasoned() }).await;
    matrix.row(service, || proposal(&nobody.case, "recognised")).await;
    matrix.row(service, || decision(&nobody.case, "recognised")).await;
    matrix.row(service, || ShowClaim { case: case() }).await;
    matrix.row(service, || ListOverdue).await;
    matrix.row(service, || ShowCase { case: case() }).await;
    matrix.row(service, || ShowWork).await;
    matrix.row(service, || ListQueue { query: WorkQuery::default(), limit: QueueLimit::Page }).await;
    matrix.row(service, || ListApprovals { after: None }).await;
    matrix.row(service, || AssignCase { case: case(), to: Assignee::Me }).await;
    matrix.row(service, || ListColleagues { case: case() }).await;
    matrix.row(service, || ShowStatistics { office: None }).await;
    matrix.row(service, || ListSubstitutions).await;
    let nobody = || SubstitutionOf::Officer { absent: "nobody".into(), by: "no.one".into() };
    let day = || "2025-06-02".parse().unwrap();
    matrix.row(service, || AddSubstitution { of: nobody(), from: day(), to: day() }).await;
    matrix.row(service, || EndSubstitution { id: SubstitutionId::from(uuid::Uuid::nil()) }).await;
}

async fn card_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let card = || nobody.card.clone();
    matrix.row(service, || PrepareCard { person: nobody.person.clone(), replaces: None }).await;
    matrix.row(service, || CheckCard { number: card() }).await;
    matrix.row(service, || HandOverCard { number: card(), received_by: nobody.person.clone() }).await;
    matrix.row(service, || SuspendCard { number: card(), reason: "lost".into() }).await;
    matrix.row(service, || ReinstateCard { number: card(), reason: "It was found".into() }).await;
    matrix.row(service, || ShowCard { number: card() }).await;
    let propose = || ProposeRevocation {
        number: card(),
        ground: "misused".into(),
        facts: Sensitive::new("Lent to another".into()),
        reason: Sensitive::new("It was lent to another person".into()),
        cites: Vec::new(),
    };
    matrix.row(service, propose).await;
    let revoke = || RevokeCard {
        case: nobody.case.clone(),
        reason: Sensitive::new("It was lent to another person".into()),
        cites: Vec::new(),
    };
    matrix.row(service, revoke).await;
    matrix.row(service, || AddBlanks { numbers: Vec::new() }).await;
    matrix.row(service, || SpoilBlank { blank: "A-1".into(), card: None, reason: "misprint".into() }).await;
    matrix.row(service, || SpoilCard { number: card(), reason: "misprint".into() }).await;
    matrix.row(service, || CountBlanks).await;
    desk_rows(matrix, service, nobody).await;
    for &role in Role::ALL {
        let context = service.context(role);
        let photo = holder_photo(&service.service, &context, &nobody.card).await;
        matrix.note(service, Act::ShowCard, role, photo);
        let context = service.context(role);
        let signed = sign_card(&service.service, &context, service.printer(), &nobody.card).await;
        matrix.note(service, Act::SignCard, role, signed);
        let context = service.context(role);
        let printed = print_card(&service.service, &context, service.printer(), &nobody.card).await;
        matrix.note(service, Act::PrintCard, role, printed);
    }
}

async fn content_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let code = || "none".to_owned();
    let add = || AddContent { code: "NO CODE".into(), kind: ContentKind::News, parent: None, facts: facts() };
    matrix.row(service, add).await;
    matrix.row(service, || ChangeContent { code: code(), row_version: 1, facts: facts() }).await;
    let text = || ContentText { language: "en".into(), title: "A".into(), byline: None, body: "B".into() };
    matrix.row(service, || WriteText { code: code(), row_version: 1, text: text() }).await;
    matrix.row(service, || MarkTranslated { code: code() }).await;
    matrix.row(service, || PublishContent { code: code() }).await;
    matrix.row(service, || WithdrawContent { code: code() }).await;
    matrix.row(service, || ShowContent { code: code() }).await;
    matrix.row(service, || ListContent).await;
    let consent = || RecordConsent {
        code: code(),
        person: nobody.person.clone(),
        showing: Showing::Face,
        given_on: "2025-01-01".parse().unwrap(),
        language: "prs".into(),
    };
    matrix.row(service, consent).await;
    matrix.row(service, || RevokeConsent { consent: RowId::from(uuid::Uuid::from_u128(7)) }).await;
}

fn facts() -> ContentFacts {
    ContentFacts::default()
}

async fn desk_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let (person, none) = (|| nobody.person.clone(), || uuid::Uuid::nil().into());
    matrix.row(service, || ListCards { state: CardState::Prepared, after: None }).await;
    matrix.row(service, || ListCardsOf { person: person() }).await;
    matrix.row(service, || PreviewCard { person: person() }).await;
    matrix.row(service, || ShowDeskCard { number: nobody.card.clone() }).await;
    matrix.row(service, || CardReceipt { number: nobody.card.clone() }).await;
    matrix.row(service, || ListRevocations { after: None }).await;
    matrix.row(service, || ShowRevocation { case: nobody.case.clone() }).await;
    matrix.row(service, || ShowStock { before: None }).await;
    matrix.row(service, || CountStock { counted: -1, explanation: None }).await;
    matrix.row(service, || SignCount { id: none() }).await;
    matrix.row(service, || ShowCount { id: none() }).await;
}

async fn help_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let code = || "none".to_owned();
    matrix.row(service, || ListDistributions { before: None }).await;
    let list = || ShowHandOverList { distribution: code(), query: GuestQuery::All, after: None };
    matrix.row(service, list).await;
    let persons = || vec![nobody.person.clone()];
    matrix.row(service, || InviteGuests { distribution: code(), persons: persons(), company: Company::Alone }).await;
    matrix.row(service, || ShowReceipt(ReceiptQuery::Number(nobody.case.clone()))).await;
}

async fn administrator_rows(matrix: &mut Matrix, service: &TestService) {
    matrix.row(service, || ListKeptAccounts { after: String::new() }).await;
    for &role in Role::ALL {
        let app = &service.service;
        let health = health(app, &service.context(role)).await;
        matrix.note(service, Act::KeepAccounts, role, health);
        let newcomer = Newcomer { name: "NO NAME".into(), role, office: "sms-baku".into() };
        let added = add_account(app, &service.context(role), &newcomer).await;
        matrix.note(service, Act::KeepAccounts, role, added);
        let reset = reset_password(app, &service.context(role), "nobody", SecondStep::Kept).await;
        matrix.note(service, Act::KeepAccounts, role, reset);
    }
}

async fn auditor_rows(matrix: &mut Matrix, service: &TestService) {
    let day = || "2025-06-02".parse().unwrap();
    let period = || Period { from: day(), to: day() };
    let query = || RecordQuery { office: None, account: None, action: None, result: None, period: period() };
    matrix.row(service, || SearchRecords { query: query(), before: None }).await;
    matrix.row(service, || CountRates { period: period() }).await;
    for &role in Role::ALL {
        let app = &service.service;
        let opened = open_proven_record(app, &service.context(role), 1_000_000).await;
        matrix.note(service, Act::SampleAudit, role, opened);
        let proven = prove_record(app, &service.context(role), 1_000_000).await;
        matrix.note(service, Act::SampleAudit, role, proven);
        let compared = check_consistency(app, &service.context(role), "no checkpoint").await;
        matrix.note(service, Act::SampleAudit, role, compared);
    }
}

async fn other_rows(matrix: &mut Matrix, service: &TestService, nobody: &Nobody) {
    let on = "2025-12-18".parse().unwrap();
    matrix.row(service, || OpenDistribution { code: "winter".into(), name: "Winter".into(), on }).await;
    let gift = || HandOverGift { distribution: "none".into(), person: nobody.person.clone(), item: "gift_set".into() };
    matrix.row(service, gift).await;
    matrix.row(service, || OpenRecord { position: 1_000_000 }).await;
    let account = || {
        AddAccount(NewAccount {
            name: "NO NAME".into(),
            password_hash: Sensitive::new(String::new()),
            role: Role::Auditor,
            office: "sms-baku".into(),
        })
    };
    matrix.row(service, account).await;
    matrix.row(service, || DisableAccount { name: "nobody".into() }).await;
    matrix.row(service, || ListAccounts { after: String::new() }).await;
    for &role in Role::ALL {
        let given = give_access_token(&service.service, &service.context(role), &nobody.person).await;
        matrix.note(service, Act::GiveAccessToken, role, given);
        let drawn = sample_audit(&service.service, &service.context(role), 1).await;
        matrix.note(service, Act::SampleAudit, role, drawn);
    }
}

both! {
    async fn every_use_case_is_open_to_the_roles_of_its_act_alone(service: &TestService) {
        let mark = Mark::set(service).await;
        let (mut matrix, nobody) = (Matrix::default(), Nobody::new());
        registry_rows(&mut matrix, service, &nobody).await;
        claim_rows(&mut matrix, service, &nobody).await;
        card_rows(&mut matrix, service, &nobody).await;
        content_rows(&mut matrix, service, &nobody).await;
        help_rows(&mut matrix, service, &nobody).await;
        administrator_rows(&mut matrix, service).await;
        auditor_rows(&mut matrix, service).await;
        other_rows(&mut matrix, service, &nobody).await;
        // No account reads who looked; the person does, by token and PIN.
        let acts: BTreeSet<Act> = Act::ALL.iter().copied().filter(|&act| act != Act::ReadWhoLooked).collect();
        assert_eq!(matrix.acts, acts);
        assert!(roles_for(Act::ReadWhoLooked).is_empty());
        let mut recorded = BTreeMap::new();
        for record in mark.since(service).await {
            if record.result == "refused:not_permitted" {
                let key = (record.action.clone(), text(&record, "actor").unwrap());
                *recorded.entry(key).or_default() += 1;
            }
        }
        assert_eq!(recorded, matrix.denied, "each denial leaves exactly one record");
    }

    async fn an_empty_lot_is_refused_like_any_other(service: &TestService) {
        let context = service.context(Role::Registrar);
        let drawn = sample_audit(&service.service, &context, 0).await.unwrap();
        assert_eq!(drawn.done().map(|records| records.len()), None);
        let context = service.context(Role::Auditor);
        assert_eq!(sample_audit(&service.service, &context, 0).await.unwrap().done().unwrap().len(), 0);
    }
}

#[test]
fn the_access_table_is_what_was_agreed() {
    let mut table = String::new();
    for &act in Act::ALL {
        table += act.as_str();
        table.push('\n');
        for role in roles_for(act) {
            table += &format!("  {role} for {}\n", purpose_of(act, *role));
        }
    }
    let agreed = include_str!("access.txt");
    assert_eq!(table, agreed, "the access table has changed: decide on it, then write it into access.txt");
}
