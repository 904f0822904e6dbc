// SPDX-License-Identifier: Apache-2.0
//! Photos, good and hostile.

use std::io::Cursor;

use documents::{FACE_BYTES_MAX, PHOTO_HEIGHT, PHOTO_WIDTH, PictureError, face_webp, normalise_photo};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A picture without any order, the hardest to pack.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [red, green, blue, _] = state.to_be_bytes();
        Rgb([red, green, blue])
    })
}

/// The head of a PNG that says it has this size, and nothing behind it.
fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(RgbImage::new(64, 64), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut check = flate2::Crc::new();
    check.update(&png[12..29]);
    png[29..33].copy_from_slice(&check.sum().to_be_bytes());
    png
}

/// A JPEG of 200 × 100 pixels, red on the left, with a camera's note (EXIF) that it lies on its side and an owner's name.
fn sideways_jpeg() -> Vec<u8> {
    let left_red = RgbImage::from_fn(200, 100, |x, _| if x < 100 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
    let plain = encoded(left_red, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    // Orientation 6: to be turned by 90 degrees clockwise.
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    // Artist: a text of four bytes.
    exif.extend(b"\x01\x3b\0\x02\0\0\0\x04LEY\0");
    exif.extend(b"\0\0\0\0");
    let mut jpeg = plain[..2].to_vec();
    jpeg.extend(b"\xff\xe1");
    jpeg.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    jpeg.extend(exif);
    jpeg.extend(&plain[2..]);
    jpeg
}

#[test]
fn a_photo_is_brought_to_one_size_upright_and_without_metadata() {
    let photo = sideways_jpeg();
    assert!(photo.windows(4).any(|window| window == b"LEY\0"));
    let normal = normalise_photo(&photo).unwrap();
    assert!(!normal.windows(4).any(|window| window == b"LEY\0" || window == b"Exif"));
    let normal = image::load_from_memory_with_format(&normal, ImageFormat::Jpeg).unwrap().to_rgb8();
    assert_eq!(normal.dimensions(), (PHOTO_WIDTH, PHOTO_HEIGHT));
    // What was on the left is now above.
    assert!(normal.get_pixel(200, 20).0[0] > 200 && normal.get_pixel(200, 510).0[2] > 200);
}

#[test]
fn what_is_transparent_becomes_white() {
    let photo = encoded(RgbaImage::from_pixel(100, 100, Rgba([10, 20, 30, 0])), ImageFormat::Png);
    let normal = image::load_from_memory(&normalise_photo(&photo).unwrap()).unwrap().to_rgb8();
    assert!(normal.get_pixel(50, 50).0.iter().all(|colour| *colour > 250));
}

#[test]
fn a_face_stays_below_its_limit_even_for_a_restless_picture() {
    for picture in [noise(413, 531), RgbImage::new(413, 531), noise(64, 5_000), noise(3_000, 64)] {
        let face = face_webp(&encoded(picture, ImageFormat::Png)).unwrap();
        assert!(face.len() <= FACE_BYTES_MAX, "{} bytes", face.len());
    }
}

#[test]
fn the_same_photo_gives_the_same_face() {
    let photo = encoded(noise(100, 130), ImageFormat::Png);
    assert_eq!(face_webp(&photo).unwrap(), face_webp(&photo).unwrap());
}

#[test]
fn pictures_that_would_fill_the_memory_are_refused_by_their_head() {
    for (width, height) in [(60_000, 60_000), (12_001, 10), (10, 12_001), (11_000, 11_000), (u32::MAX >> 1, 1)] {
        let error = normalise_photo(&png_that_claims(width, height)).unwrap_err();
        assert!(matches!(error, PictureError::TooManyPixels { .. } | PictureError::Damaged(_)), "{error}");
    }
    assert!(matches!(normalise_photo(&vec![0; 20 * 1024 * 1024 + 1]), Err(PictureError::TooManyBytes)));
}

#[test]
fn what_is_no_photo_is_refused() {
    let damaged = encoded(noise(100, 100), ImageFormat::Png);
    for (bytes, expected) in [
        (b"".to_vec(), "the picture is neither PNG nor JPEG"),
        (b"GIF89a\x01\0\x01\0".to_vec(), "the picture is neither PNG nor JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "the picture is neither PNG nor JPEG"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "the picture is damaged"),
        (damaged[..damaged.len() / 2].to_vec(), "the picture is damaged"),
        (b"\xff\xd8\xff\xe0".to_vec(), "the picture is damaged"),
        (encoded(noise(63, 200), ImageFormat::Png), "the picture of 63 by 200 pixels is too small"),
    ] {
        assert_eq!(face_webp(&bytes).unwrap_err().to_string(), expected);
        assert_eq!(normalise_photo(&bytes).unwrap_err().to_string(), expected);
    }
}
