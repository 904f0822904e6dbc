// SPDX-License-Identifier: Apache-2.0
//! An older register is taken in: good rows at once, bad ones with their reason into a file that is mended and read again.

use crate::support::Office;

const TABLE: &str = "record_id;surname;first_name;gender;date_of_birth;household_id;relation\n\
    1;Qədimov;Sərxan;M;1980-02-03;F1;head\n\
    2;Qədimova;Ülkər;F;1983-05-06;F1;spouse\n\
    3;Başqayev;Nurlan;M;31.02.1990;F2;head\n\
    4;Yeni;Samir;?;1991-07-08;;\n\
    5;Sonuncu;Rəna;F;1975;;\n";

#[test]
fn a_register_is_imported_once_and_what_could_not_be_taken_is_mended_and_read_again() {
    let office = Office::open();
    let (table, map) = (office.file("old.csv", TABLE.as_bytes()), office.path("old.toml"));
    let import = ["family", "import", &table, "--map", &map];
    office.by("registrar", &import).done();
    let proposed = std::fs::read_to_string(&map).unwrap();
    assert_eq!(office.by("registrar", &import).code, Some(2), "nobody has filled the map in");
    let filled = proposed
        .replace("collected_for = \"\"", "collected_for = \"residence\"")
        .replace("organisation = \"\"", "organisation = \"old register\"")
        .replace("\"gender\" = \"ignore\"", "\"gender\" = \"sex\"")
        .replace("\"relation\" = \"ignore\"", "\"relation\" = \"relation\"");
    std::fs::write(&map, &filled).unwrap();
    assert_eq!(office.by("police", &import).code, Some(1), "whoever may not register may not import");

    let ended = office.by("registrar", &import);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let told = ended.json();
    assert_eq!((&told["families"], &told["persons"], &told["rejected_rows"]), (&2.into(), &3.into(), &2.into()));
    let rejects = told["rejects"].as_str().unwrap().to_owned();
    let text = std::fs::read_to_string(&rejects).unwrap();
    assert!(text.contains(";4;date_of_birth;") && text.contains(";5;gender;"), "{text}");

    // Again, and nothing is registered twice: by the note of what was done, and without it by the key of each row.
    assert_eq!(office.by("registrar", &import).json()["before"], 2);
    for entry in std::fs::read_dir(std::path::Path::new(&table).parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "done") {
            std::fs::remove_file(path).unwrap();
        }
    }
    assert_eq!(office.by("registrar", &import).code, Some(1));
    let found = office.by("registrar", &["person", "find", "--name", "Qədimov"]).done();
    assert_eq!(found["persons"].as_array().unwrap().len(), 2, "{found}");

    let by_old_number = office.by("registrar", &["person", "find", "--document", "2"]).done();
    assert_eq!(by_old_number["persons"].as_array().unwrap().len(), 1, "{by_old_number}");

    let mended = text.replace("31.02.1990", "28.02.1990").replace(";?;", ";M;");
    std::fs::write(&rejects, mended).unwrap();
    let again = office.by("registrar", &["family", "import", &rejects, "--map", &map]).done();
    assert_eq!((&again["families"], &again["persons"]), (&2.into(), &2.into()), "{again}");
    // The same people in another file are found to be registered already.
    let other = office.file("other.csv", TABLE.replace("\n5;", "\n55;").as_bytes());
    let ended = office.by("registrar", &["family", "import", &other, "--map", &map]);
    let rejects = std::fs::read_to_string(ended.json()["rejects"].as_str().unwrap()).unwrap();
    assert!(rejects.contains("looks like the registered person"), "{rejects}");
}
