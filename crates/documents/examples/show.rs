// SPDX-License-Identifier: Apache-2.0
//! scratch
#![allow(missing_docs, dead_code, clippy::all)]
#[path = "../tests/it/fixture.rs"]
mod fixture;
use documents::*;
use std::time::Instant;
fn main() {
    let out = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let photo = normalise_photo(&std::fs::read(std::env::args().nth(2).unwrap()).unwrap()).unwrap();
    println!("photo {} face {}", photo.len(), face_webp(&photo).unwrap().len());
    std::fs::write(out.join("face.webp"), face_webp(&photo).unwrap()).unwrap();
    let engine = Engine::new().unwrap();
    let w = |name: &str, pdf: Result<Vec<u8>, DocumentError>| match pdf {
        Ok(p) => {
            println!("{name} {}", p.len());
            std::fs::write(out.join(name), p).unwrap()
        }
        Err(e) => println!("{name}: {e:?}"),
    };
    let t = Instant::now();
    let card = fixture::card(photo.clone());
    w("card-dari.pdf", engine.card_pdf(&card));
    println!("first {:?}", t.elapsed());
    let mut c = card.clone();
    c.surname = "ƏLİYEVA-ŞÜKÜROVA".into();
    c.given_names = Some("GÜLNARƏ İBRAHİM QIZI".into());
    c.original_name = None;
    c.nationality = "Vətəndaşlığı yoxdur / XXA".into();
    c.person_number = None;
    c.qr_text = c.qr_text[..353].into();
    w("card-az.pdf", engine.card_pdf(&c));
    let mut c = card.clone();
    c.surname = "AL-JUBURI".into();
    c.given_names = Some("HUSSEIN ALI ABDULRAHMAN".into());
    c.original_name = Some(OriginalName {
        text: "حسين علي عبد الرحمن الجبوري".into(),
        direction: Direction::RightToLeft,
        language: "ar".into(),
    });
    w("card-ar.pdf", engine.card_pdf(&c));
    let mut c = card.clone();
    c.surname = "SHEVCHUK".into();
    c.given_names = Some("OLENA MYKOLAIVNA".into());
    c.original_name = Some(OriginalName {
        text: "Шевчук Олена Миколаївна".into(),
        direction: Direction::LeftToRight,
        language: "uk".into(),
    });
    w("card-ru.pdf", engine.card_pdf(&c));
    let mut c = card.clone();
    c.surname = "WOLFESCHLEGELSTEINHAUSENBERGERDORFFWELCHEVORALTERNWARENGEWISSENHAFT".chars().take(60).collect();
    c.given_names = Some("ABDULRAHMAN MUHAMMAD JALALUDDIN SHAMSULHAQ NURULLAH KHAN AHMADZAI".into());
    c.original_name = Some(OriginalName {
        text: "عبدالرحمن محمد جلال الدین شمس الحق نورالله خان احمدزی ابن عبدالقادر بن عبدالمجید نورستانی قندهاری".into(),
        direction: Direction::RightToLeft,
        language: "fa".into(),
    });
    w("card-long.pdf", engine.card_pdf(&c));
    let mut c = card.clone();
    c.surname = "NORGUL".into();
    c.given_names = None;
    c.original_name =
        Some(OriginalName { text: "نورګل".into(), direction: Direction::RightToLeft, language: "ps".into() });
    w("card-one.pdf", engine.card_pdf(&c));
    w("letter-fa.pdf", engine.letter_pdf(&fixture::letter_in_dari(photo.clone())));
    w("letter-ar.pdf", engine.letter_pdf(&fixture::letter_in_arabic()));
    w("letter-ru.pdf", engine.letter_pdf(&fixture::letter_in_russian()));
    let n: u32 = std::env::args().nth(3).map_or(20, |n| n.parse().unwrap());
    let t = Instant::now();
    for i in 0..n {
        let mut c = card.clone();
        c.card_number = format!("RA{i:07}");
        c.surname = format!("RAHIMI{i}");
        c.qr_text = format!("{i:08}{}", &card.qr_text[8..]);
        engine.card_pdf(&c).unwrap();
    }
    println!("warm {:?}/card", t.elapsed() / n);
    let t = Instant::now();
    for i in 0..n {
        qr_png(&format!("{i:08}{}", &card.qr_text[8..]), 1).unwrap();
    }
    println!("qr {:?}/card", t.elapsed() / n);
    let t = Instant::now();
    for _ in 0..n {
        face_webp(&photo).unwrap();
    }
    println!("face {:?}", t.elapsed() / n);
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", status.lines().find(|l| l.starts_with("VmRSS")).unwrap());
}
