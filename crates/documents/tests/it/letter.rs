// SPDX-License-Identifier: Apache-2.0
//! Letters.

use documents::{Block, normalise_photo};
use synthetic::Sex;

use crate::{
    fixture,
    pdf::{ENGINE, fonts, page_sizes, unpacked},
};

#[test]
fn letters_in_every_direction_are_accessible_a4_with_their_fonts() {
    let photo = normalise_photo(&synthetic::face(3, 34, Sex::Female)).unwrap();
    for (letter, language, pages) in [
        (fixture::letter_in_dari(photo), "(fa)", 1),
        (fixture::letter_in_arabic(), "(ar)", 1),
        (fixture::letter_in_russian(), "(ru)", 3),
    ] {
        let pdf = unpacked(&ENGINE.letter_pdf(&letter).unwrap());
        let sizes = page_sizes(&pdf);
        assert_eq!(sizes.len(), pages);
        assert!(sizes.iter().all(|(width, height)| (width - 595.28).abs() < 0.1 && (height - 841.89).abs() < 0.1));
        let (held, named) = fonts(&pdf);
        assert!(held > 0 && held == named.len());
        assert!(pdf.contains("pdfuaid"), "not marked as accessible");
        let language = format!("/Lang {language}");
        assert!(pdf.contains(&language) || pdf.contains(&language.replace("/Lang ", "/Lang")), "no {language}");
        assert!(!pdf.contains("/JavaScript"));
    }
}

#[test]
fn the_same_letter_is_the_same_file() {
    let letter = fixture::letter_in_arabic();
    assert!(ENGINE.letter_pdf(&letter).unwrap() == ENGINE.letter_pdf(&letter).unwrap());
}

#[test]
fn a_letter_may_be_short_but_not_uneven_or_endless() {
    let mut letter = fixture::letter_in_arabic();
    letter.blocks = vec![];
    letter.issuer = vec![];
    letter.signatures = vec![];
    ENGINE.letter_pdf(&letter).unwrap();

    letter.blocks =
        vec![Block::Table { columns: vec!["a".to_owned(), "b".to_owned()], rows: vec![vec!["1".to_owned()]] }];
    let error = ENGINE.letter_pdf(&letter).unwrap_err().to_string();
    assert_eq!(error, "row 1 of a table has 1 cells where the table has 2 columns");

    letter.blocks = vec![Block::Paragraph { text: "a".repeat(4_001) }];
    assert_eq!(ENGINE.letter_pdf(&letter).unwrap_err().to_string(), "paragraph has more than 4000 characters");

    letter.heading = " ".to_owned();
    assert_eq!(ENGINE.letter_pdf(&letter).unwrap_err().to_string(), "heading is empty");
    letter.heading = "a".to_owned();

    letter.blocks = vec![Block::Notice { text: "a".to_owned() }; 101];
    assert_eq!(ENGINE.letter_pdf(&letter).unwrap_err().to_string(), "blocks has more than 100 entries");
}
