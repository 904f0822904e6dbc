// SPDX-License-Identifier: Apache-2.0
//! What the shipped pack holds, and that each thing can be found by the day.

use std::collections::BTreeSet;

use domain::{
    access::Act,
    legal::{LegalBasis, ProvisionId, ProvisionRegister},
    procedure::{Confidence, ProcedureCode},
    time::Date,
};
use law::{FINER_ACTS, FigureUnit, Pack, Rank};

use crate::support::{FILES, PACK, with};

/// The day of the hand-over in the story.
const EVENT: Date = Date::constant(2025, 12, 18);

fn id(text: &str) -> ProvisionId {
    ProvisionId::parse(text).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_shipped_pack_has_its_parts() {
    assert_eq!(PACK.code(), "AZE");
    assert_eq!(PACK.name().in_language("fa"), "آذربایجان");
    assert_eq!(PACK.digest().len(), 64);
    let procedures: Vec<&str> = PACK.procedures().map(|procedure| procedure.code.as_str()).collect();
    assert_eq!(procedures, ["card_revocation", "erasure", "leave_order", "refugee_status"]);
    assert_eq!(PACK.office("sms-baku").unwrap().body, "sms");
    assert!(PACK.offices().all(|office| PACK.body(&office.body).is_some()));
    assert!(PACK.office("ombudsman-baku").unwrap().is_national);
    assert_eq!(PACK.body("ombudsman").unwrap().short.in_language("ru"), "Омбудсмен");
}

#[test]
fn a_provision_can_be_cited_only_on_days_on_which_it_binds_the_country() {
    let article = id("int-1951-refugees:33");
    let before = date("1993-05-12");
    assert!(LegalBasis::cite(&*PACK, &article, before).is_err());
    let basis = LegalBasis::cite(&*PACK, &article, date("1993-05-13")).unwrap();
    assert_eq!(basis.citation(), "1951 Convention, art. 33");
    assert!(basis.stored_form().starts_with("int-1951-refugees:33@1993-05-13#"));
    assert!(LegalBasis::cite(&*PACK, &id("int-1951-refugees:999"), EVENT).is_err());
    // The Migration Code did not exist yet.
    assert!(PACK.version_on(&id("az-migration-code:79"), date("2013-07-31")).is_none());
    assert!(PACK.version_on(&id("az-migration-code:79"), date("2013-08-01")).is_some());
}

#[test]
fn a_provision_with_two_versions_answers_with_the_one_of_the_day() {
    let old = "in_force_from = \"2013-08-01\"\nsource = \"Press summary of the expulsion rules";
    let files = with(
        "provisions/national.toml",
        old,
        &old.replace("2013-08-01\"", "2013-08-01\"\nin_force_to = \"2020-06-30\""),
    );
    let mut files = files;
    files.get_mut("provisions/national.toml").unwrap().push_str(
        "\n[[provision]]\nid = \"az-migration-code:79\"\nnumber = \"79\"\nin_force_from = \"2020-07-01\"\n\
         source = \"Test\"\nconfidence = \"unconfirmed\"\nparaphrase = { az = \"yeni\", en = \"new\", ru = \"новое\" }\n",
    );
    let pack = Pack::parse(&files).unwrap();
    let article = id("az-migration-code:79");
    let text = |day: &str| pack.provision(&article, date(day)).unwrap().paraphrase.in_language("en").to_owned();
    assert_ne!(text("2020-06-30"), "new");
    assert_eq!(text("2020-07-01"), "new");
    assert_eq!(pack.provision_versions(&article).len(), 2);
    let digest = |day: &str| pack.version_on(&article, date(day)).unwrap().digest;
    assert_ne!(digest("2020-06-30"), digest("2020-07-01"));

    // One day that belongs to both versions is one too many.
    let text = files.get_mut("provisions/national.toml").unwrap();
    *text = text.replacen("in_force_to = \"2020-06-30\"", "in_force_to = \"2020-07-01\"", 1);
    let errors = Pack::parse(&files).unwrap_err();
    assert!(errors.iter().all(|error| error.reason.contains("overlaps")), "{errors:?}");
}

#[test]
fn a_provision_of_a_repealed_act_cannot_be_cited() {
    let since = "in_force_from = \"1995-11-27\"";
    let files = with("instruments/national.toml", since, &format!("{since}\nin_force_to = \"2025-01-01\""));
    let pack = Pack::parse(&files).unwrap();
    assert!(pack.version_on(&id("az-constitution:60"), date("2025-01-01")).is_some());
    assert!(pack.version_on(&id("az-constitution:60"), date("2025-01-02")).is_none());
}

#[test]
fn an_edit_of_a_provision_changes_its_digest_and_no_other() {
    let edited =
        Pack::parse(&with("provisions/treaties.toml", "Nobody is expelled or returned", "Nobody is expelled")).unwrap();
    let digest = |pack: &Pack, provision: &str| pack.version_on(&id(provision), EVENT).unwrap().digest;
    assert_ne!(digest(&edited, "int-1951-refugees:33"), digest(&PACK, "int-1951-refugees:33"));
    assert_eq!(digest(&edited, "int-1951-refugees:32"), digest(&PACK, "int-1951-refugees:32"));
    assert_ne!(edited.digest(), PACK.digest());
}

#[test]
fn a_citation_is_written_in_the_language_of_the_reader() {
    let cite =
        |provision: &str, language: &str| PACK.citation(PACK.provision(&id(provision), EVENT).unwrap(), language);
    assert_eq!(cite("int-1951-refugees:33", "az"), "1951-ci il Konvensiyası, mad. 33");
    assert_eq!(cite("az-umis-decree:11", "ru"), "Положение о ЕМИС, п. 11");
    assert_eq!(cite("az-rsd-procedure:16", "en"), "RSD Procedure, part 16");
    assert_eq!(cite("az-rsd-procedure:interview", "en"), "RSD Procedure");
}

#[test]
fn every_act_of_the_program_can_be_cited_on_the_day_of_the_story() {
    for act in Act::ALL {
        let basis = PACK.basis_of(*act);
        assert!(basis.iter().any(|provision| PACK.version_on(provision, EVENT).is_some()), "{act}");
    }
    for act in FINER_ACTS {
        assert!(!PACK.act_basis(act).is_empty(), "{act}");
    }
    assert!(PACK.act_basis("dream").is_empty());
}

#[test]
fn every_citation_of_a_procedure_and_a_wall_is_in_force_on_the_day_of_the_story() {
    let mut cites: BTreeSet<&ProvisionId> = BTreeSet::new();
    for procedure in PACK.procedures() {
        cites.extend(procedure.blocks_expulsion.as_ref());
        cites.extend(procedure.steps.iter().flat_map(|step| &step.cites));
        cites.extend(procedure.outcomes.iter().flat_map(|outcome| &outcome.cites));
        cites.extend(procedure.clocks.iter().map(|rule| &rule.cites));
    }
    for wall in ["expulsion.asylum_claim", "expulsion.trafficking_flag", "origin.asylum_data"] {
        cites.extend(&PACK.wall(wall).unwrap().provisions);
    }
    for provision in cites {
        assert!(LegalBasis::cite(&*PACK, provision, EVENT).is_ok(), "{provision}");
    }
}

#[test]
fn an_open_claim_raises_a_wall_against_an_order_to_leave() {
    let wall = PACK.wall("expulsion.asylum_claim").unwrap();
    assert_eq!(wall.provisions[0], id("int-1951-refugees:33"));
    assert!(wall.text.in_language("en").contains("no order to leave"));
    let leave_order = ProcedureCode::parse("leave_order").unwrap();
    let against: Vec<&str> = PACK.walls_against(&leave_order).map(|wall| wall.code.as_str()).collect();
    assert!(against.contains(&"expulsion.asylum_claim") && against.contains(&"expulsion.trafficking_flag"));
    let erasure = ProcedureCode::parse("erasure").unwrap();
    assert_eq!(PACK.walls_against(&erasure).count(), 0);
}

#[test]
fn a_figure_is_the_one_of_the_day() {
    let validity = PACK.figure("refugee_card.validity_years", EVENT).unwrap();
    assert_eq!((validity.value, validity.unit), (5, FigureUnit::Years));
    assert_eq!(PACK.figure("leave_order.term_hours", EVENT).unwrap().value, 48);
    assert!(PACK.figure("travel_document.validity_years", date("2020-01-31")).is_none());
    assert!(PACK.figure("dream", EVENT).is_none());

    let row = "code = \"refugee_card.validity_years\"";
    let mut files = with(
        "figures.toml",
        "unit = \"years\"\nvalid_from = \"2000-11-13\"",
        "unit = \"years\"\nvalid_from = \"2000-11-13\"\nvalid_to = \"2026-12-31\"",
    );
    let entry = "\n[[figure]]\ncode = \"refugee_card.validity_years\"\nname = { az = \"a\", en = \"b\", ru = \"c\" }\nvalue = 3\n\
                 unit = \"years\"\nvalid_from = \"2027-01-01\"\ncites = \"az-rsd-procedure:card\"\nsource = \"Test\"\n\
                 confidence = \"unconfirmed\"\n";
    assert!(files["figures.toml"].contains(row));
    files.get_mut("figures.toml").unwrap().push_str(entry);
    let pack = Pack::parse(&files).unwrap();
    let value = |day: &str| pack.figure("refugee_card.validity_years", date(day)).unwrap().value;
    assert_eq!((value("2026-12-31"), value("2027-01-01")), (5, 3));
}

#[test]
fn the_convention_of_1990_is_there_with_its_dates_and_rights() {
    let convention = PACK.instrument("int-1990-migrant-workers").unwrap();
    assert_eq!(convention.adopted, Some(date("1990-12-18")));
    assert_eq!(convention.acceded, Some(date("1999-01-11")));
    assert!(convention.is_in_force_on(EVENT));
    let rights = PACK.code_list("right").unwrap();
    assert_eq!(rights.codes().len(), 49);
    for article in 8..=56 {
        let code = format!("{}{article:02}", if article < 36 { 'R' } else { 'D' });
        let right = rights.find(&code).unwrap();
        let (own, acts) = right.cites.split_first().unwrap();
        assert_eq!(*own, id(&format!("int-1990-migrant-workers:{article}")), "{code}");
        let is_national = |act: &ProvisionId| {
            let provision = PACK.provision(act, EVENT).unwrap();
            PACK.instrument(provision.instrument()).unwrap().rank != Rank::Treaty
        };
        assert!(acts.iter().all(is_national), "{code}: a right is put into effect by national acts");
        assert_eq!(right.facts["article"], article.to_string());
        for language in &PACK.languages().outside {
            assert!(right.name.exactly(language).is_some(), "{code} {language}");
        }
    }
}

#[test]
fn treaties_to_which_the_country_is_no_party_are_listed_and_cannot_be_cited() {
    let none: Vec<&str> = PACK
        .instruments()
        .filter(|instrument| instrument.rank == Rank::Treaty && instrument.in_force_from.is_none())
        .map(|instrument| instrument.id.as_str())
        .collect();
    assert_eq!(none, ["int-ilo-c097", "int-ilo-c143", "int-ilo-c181", "int-ilo-c189"]);
    let files = with("provisions/treaties.toml", "id = \"int-1951-refugees:33\"", "id = \"int-ilo-c097:33\"");
    assert!(Pack::parse(&files).is_err());
}

#[test]
fn at_least_twenty_acts_carry_out_treaties() {
    let acts = PACK.instruments().filter(|act| act.rank != Rank::Treaty && !act.carries_out.is_empty()).count();
    assert!(acts >= 20, "{acts}");
}

#[test]
fn every_provision_says_how_sure_it_is_and_guesses_are_marked() {
    let unconfirmed = PACK.provisions().filter(|provision| provision.confidence == Confidence::Unconfirmed).count();
    assert!(unconfirmed > 0);
    // Nothing of the law on personal data was read in the text: none of it may claim more.
    let personal_data = PACK.provisions().filter(|provision| provision.instrument() == "az-personal-data");
    assert!(personal_data.into_iter().all(|provision| provision.confidence == Confidence::Unconfirmed));
}

#[test]
fn code_lists_answer_by_code_and_by_day() {
    let countries = PACK.code_list("country").unwrap();
    assert_eq!(countries.codes().len(), 249 + 4);
    assert_eq!(countries.find("AFG").unwrap().name.in_language("az"), "Əfqanıstan");
    assert_eq!(countries.find("XXA").unwrap().cites, [id("int-1954-stateless:1")]);
    let areas = PACK.code_list("administrative_area").unwrap();
    let khojavend = areas.find("XVD").unwrap();
    assert_eq!(khojavend.former[0].name, "Martuni");
    assert!(areas.find_on("AGD", date("2020-01-01")).is_none());
    assert!(areas.find_on("AGD", EVENT).is_some());
    assert_eq!(areas.codes_on(date("2020-01-01")).count() + 1, areas.codes_on(EVENT).count());
    assert!(PACK.code_list("dream").is_none());
    assert_eq!(PACK.code_list("sex").unwrap().find("female").unwrap().facts["mrz"], "F");
}

#[test]
fn the_demo_folder_is_not_read_as_law() {
    let digest = Pack::parse(&FILES).unwrap().digest().to_owned();
    let mut files = FILES.clone();
    files.insert("demo/story.json".into(), "{ not law".into());
    files.insert("README.md".into(), "# not law".into());
    assert_eq!(Pack::parse(&files).unwrap().digest(), digest);
}
