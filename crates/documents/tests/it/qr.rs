// SPDX-License-Identifier: Apache-2.0
//! QR codes, drawn and read back.

use documents::{QrError, qr_png, read_qr};
use image::{GrayImage, Luma, RgbImage, imageops};
use proptest::prelude::*;

use crate::fixture;

fn png(picture: &image::DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_drawn_code_reads_back_equal() {
    for text in ["A", "HTTPS://TURNA.EXAMPLE/C/7KQ2M94TX", "şəkil زهرا", &fixture::card_qr_text()] {
        for module_pixels in [3, 8] {
            assert_eq!(read_qr(&qr_png(text, module_pixels).unwrap()).unwrap(), [text], "{module_pixels} pixels");
        }
    }
}

#[test]
fn a_code_on_a_large_grey_page_beside_another_is_found() {
    let mut page = GrayImage::from_pixel(2_400, 1_800, Luma([200]));
    for (text, x) in [("FIRST", 200), ("SECOND", 1_400)] {
        let code = image::load_from_memory(&qr_png(text, 14).unwrap()).unwrap().to_luma8();
        imageops::overlay(&mut page, &code, x, 700);
    }
    let mut texts = read_qr(&png(&page.into())).unwrap();
    texts.sort_unstable();
    assert_eq!(texts, ["FIRST", "SECOND"]);
}

#[test]
fn a_picture_without_a_code_and_no_picture_at_all_are_errors() {
    let blank = png(&RgbImage::new(300, 300).into());
    assert!(matches!(read_qr(&blank), Err(QrError::NotFound)));
    assert!(matches!(read_qr(b"%PDF-1.7"), Err(QrError::Picture(_))));
    assert!(matches!(read_qr(&png(&GrayImage::new(1, 1).into())), Err(QrError::NotFound)));
}

#[test]
fn what_does_not_fit_is_refused() {
    assert!(matches!(qr_png(&"A".repeat(4_297), 1), Err(QrError::TooLong { version_max: 40 })));
    assert!(qr_png(&"A".repeat(4_296), 1).is_ok());
    assert!(matches!(qr_png("A", 0), Err(QrError::ModulePixels)));
    assert!(matches!(qr_png("A", 41), Err(QrError::ModulePixels)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_of_the_alphabet_reads_back(text in "[0-9A-Z $%*+./:-]{1,300}") {
        prop_assert_eq!(read_qr(&qr_png(&text, 4).unwrap()).unwrap(), [text]);
    }

    #[test]
    fn spots_on_a_code_never_crash_the_reader_nor_invent_a_text(
        spots in proptest::collection::vec((0_u32..160, 0_u32..160, 1_u32..24, any::<u8>()), 0..40),
    ) {
        let mut picture = image::load_from_memory(&qr_png("TURNA 7KQ2M94TX", 5).unwrap()).unwrap().to_luma8();
        for (x, y, size, grey) in spots {
            for (dx, dy) in (0..size).flat_map(|dx| (0..size).map(move |dy| (dx, dy))) {
                if let Some(pixel) = picture.get_pixel_mut_checked(x + dx, y + dy) {
                    *pixel = Luma([grey]);
                }
            }
        }
        if let Ok(texts) = read_qr(&png(&picture.into())) {
            prop_assert_eq!(texts, ["TURNA 7KQ2M94TX"]);
        }
    }
}
