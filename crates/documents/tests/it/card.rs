// SPDX-License-Identifier: Apache-2.0
//! The card.

use documents::{Direction, DocumentError, FACE_HEIGHT, FACE_WIDTH, OriginalName, face_webp, normalise_photo};
use synthetic::Sex;

use crate::{
    fixture,
    pdf::{ENGINE, fonts, page_sizes, unpacked},
};

fn photo() -> Vec<u8> {
    normalise_photo(&synthetic::face(3, 34, Sex::Female)).unwrap()
}

const POINTS_PER_MILLIMETRE: f64 = 72.0 / 25.4;

#[test]
fn a_card_has_two_pages_of_the_size_of_a_bank_card() {
    let pdf = unpacked(&ENGINE.card_pdf(&fixture::card(photo())).unwrap());
    let sizes = page_sizes(&pdf);
    assert_eq!(sizes.len(), 2);
    for (width, height) in sizes {
        assert!((width - 85.60 * POINTS_PER_MILLIMETRE).abs() < 0.01, "{width}");
        assert!((height - 53.98 * POINTS_PER_MILLIMETRE).abs() < 0.01, "{height}");
    }
}

#[test]
fn a_card_holds_all_its_fonts_and_no_script() {
    let pdf = unpacked(&ENGINE.card_pdf(&fixture::card(photo())).unwrap());
    let (held, named) = fonts(&pdf);
    assert_eq!(held, named.len());
    for font in ["NotoSans-Regular", "NotoSans-Bold", "NotoNaskhArabic", "OCRB-Regular"] {
        assert!(named.iter().any(|name| name.contains(font)), "{font} is not among {named:?}");
    }
    for word in ["/JavaScript", "/JS", "/Launch", "/URI", "/OpenAction", "/EmbeddedFile"] {
        assert!(!pdf.contains(word), "{word}");
    }
}

#[test]
fn the_same_card_is_the_same_file_and_another_card_is_not() {
    let card = fixture::card(photo());
    let mut other = card.clone();
    other.card_number = "RA4K7M2P8".to_owned();
    let first = ENGINE.card_pdf(&card).unwrap();
    assert!(ENGINE.card_pdf(&other).unwrap() != first);
    assert!(ENGINE.card_pdf(&card).unwrap() == first);
}

#[test]
fn every_kind_of_name_makes_a_card() {
    let own = |text: &str, language: &str| {
        Some(OriginalName { text: text.to_owned(), direction: Direction::of(text), language: language.to_owned() })
    };
    let sixty = "A".repeat(60);
    for (surname, given, original) in [
        ("ƏLİYEVA-ŞÜKÜROVA", Some("GÜLNARƏ"), None),
        ("NORGUL", None, own("نورګل", "ps")),
        ("AL-JUBURI", Some("HUSSEIN"), own("حسين علي الجبوري", "ar")),
        ("SHEVCHUK", Some("OLENA"), own("Шевчук Олена", "uk")),
        (&sixty, Some(&sixty), own(&"ب".repeat(60), "ar")),
        ("W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W", Some(""), own(&"Ш".repeat(60), "ru")),
    ] {
        let mut card = fixture::card(photo());
        card.surname = surname.to_owned();
        card.given_names = given.map(str::to_owned);
        card.original_name = original;
        let pdf = unpacked(&ENGINE.card_pdf(&card).unwrap());
        assert_eq!(page_sizes(&pdf).len(), 2, "{surname}");
    }
}

#[test]
fn what_a_card_cannot_show_is_refused_with_its_place() {
    let card = fixture::card(photo());
    let refusal = |change: &dyn Fn(&mut documents::CardFace)| {
        let mut card = card.clone();
        change(&mut card);
        ENGINE.card_pdf(&card).unwrap_err().to_string()
    };
    assert_eq!(refusal(&|card| card.surname = String::new()), "surname is empty");
    assert_eq!(refusal(&|card| card.surname = "A".repeat(121)), "surname has more than 120 characters");
    assert_eq!(
        refusal(&|card| card.surname = "ALI\u{202e}ILA".to_owned()),
        "surname holds the character U+202E, which cannot be printed"
    );
    let zone = "line 2 of the machine readable zone is not 30 characters of A-Z, 0-9 and <";
    assert_eq!(refusal(&|card| card.mrz[1] = "<".repeat(29)), zone);
    assert_eq!(refusal(&|card| card.mrz[1] = "ə".repeat(15)), zone);
    assert_eq!(refusal(&|card| card.photo = b"no picture".to_vec()), "the photo cannot be used");
    assert_eq!(refusal(&|card| card.qr_text = fixture::card_qr_text().repeat(2)), "the QR code cannot be drawn");
}

#[test]
fn a_damaged_photo_is_an_error_and_no_crash() {
    let mut card = fixture::card(photo());
    card.photo.truncate(card.photo.len() / 2);
    // Enough of the file is there to know its size; whether the rest can be shown is the decoder's affair.
    match ENGINE.card_pdf(&card) {
        Ok(_) | Err(DocumentError::Template(_) | DocumentError::Photo(_)) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_drawn_face_fits_the_code() {
    for (seed, age) in [(1, 4), (2, 17), (3, 30), (4, 45), (5, 66), (6, 80)] {
        for sex in [Sex::Female, Sex::Male] {
            let photo = normalise_photo(&synthetic::face(seed, age, sex)).unwrap();
            let face = face_webp(&photo).unwrap();
            assert!(face.len() <= 600 && face.len() > 300, "{} bytes", face.len());
            let shown = webp::Decoder::new(&face).decode().unwrap();
            assert_eq!((shown.width(), shown.height()), (FACE_WIDTH, FACE_HEIGHT));
        }
    }
}
