// SPDX-License-Identifier: Apache-2.0
//! Photos: read within limits, brought to one size without metadata, and as the tiny face inside the QR code.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use webp::{Encoder, PixelLayout, WebPConfig};

/// The largest picture file that is looked at, in bytes: what a phone's camera makes, with room to spare.
const PICTURE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// The longest side of a picture, in pixels.
const PICTURE_SIDE_MAX: u32 = 12_000;
/// The most pixels of a picture (50 megapixels).
const PICTURE_PIXELS_MAX: u64 = 50_000_000;
/// The most pixels of a photo that is printed as it is (a normalised photo has 0.2 megapixels).
const PRINTED_PIXELS_MAX: u64 = 4_000_000;
/// The most memory that decoding a picture may take, in bytes.
const DECODER_BYTES_MAX: u64 = 256 * 1024 * 1024;
/// The shortest side of a photo, in pixels: below this a face cannot be recognised.
const PHOTO_SIDE_MIN: u32 = 64;

/// Width of a stored photo in pixels: 35 mm at 300 dots per inch (ICAO 9303-3 asks for 35 × 45 mm).
pub const PHOTO_WIDTH: u32 = 413;
/// Height of a stored photo in pixels: 45 mm at 300 dots per inch.
pub const PHOTO_HEIGHT: u32 = 531;
/// Quality of a stored photo in the JPEG scale 1–100.
const PHOTO_QUALITY: u8 = 90;

/// Width of the face in the QR code in pixels.
pub const FACE_WIDTH: u32 = 64;
/// Height of the face in the QR code in pixels.
pub const FACE_HEIGHT: u32 = 80;
/// The most bytes of the face, so that the QR code of a card stays at version 22 or below.
pub const FACE_BYTES_MAX: usize = 600;
/// What is tried, in order, to bring a face below its limit: width, height, and how far it is softened, in pixels.
const FACE_STEPS: [(u32, u32, f32); 4] =
    [(FACE_WIDTH, FACE_HEIGHT, 0.0), (FACE_WIDTH, FACE_HEIGHT, 0.8), (48, 60, 0.8), (48, 60, 2.0)];
/// Below this quality (libwebp's scale 0–100) a smaller or softer picture is easier to recognise.
const FACE_QUALITY_MIN: u8 = 8;
/// The best quality worth trying.
const FACE_QUALITY_MAX: u8 = 90;

/// A picture that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file is larger than any photo need be.
    #[error("the picture has more than {PICTURE_BYTES_MAX} bytes")]
    TooManyBytes,
    /// The file is neither PNG nor JPEG.
    #[error("the picture is neither PNG nor JPEG")]
    UnknownFormat,
    /// The picture is larger than any photo need be.
    #[error("the picture of {width} by {height} pixels is too large")]
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The picture is too small to show a face.
    #[error("the picture of {width} by {height} pixels is too small")]
    TooFewPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// The file is damaged.
    #[error("the picture is damaged")]
    Damaged(#[source] image::ImageError),
    /// The picture cannot be written in the wanted form.
    #[error("the picture cannot be encoded")]
    Encode,
}

/// Reads a PNG or JPEG picture, upright, within the limits of this module.
pub(crate) fn decode(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let mut decoder = open(bytes, PICTURE_PIXELS_MAX)?.into_decoder().map_err(PictureError::Damaged)?;
    let orientation = decoder.orientation().map_err(PictureError::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(PictureError::Damaged)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Checks by its head that a picture may be printed as it is.
pub(crate) fn check_printable(bytes: &[u8]) -> Result<(), PictureError> {
    open(bytes, PRINTED_PIXELS_MAX).map(|_| ())
}

/// Checks bytes, format and pixels of a picture by its head, before anything is unpacked.
fn open(bytes: &[u8], pixels_max: u64) -> Result<ImageReader<Cursor<&[u8]>>, PictureError> {
    if bytes.len() > PICTURE_BYTES_MAX {
        return Err(PictureError::TooManyBytes);
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        _ => return Err(PictureError::UnknownFormat),
    };
    let (width, height) =
        ImageReader::with_format(Cursor::new(bytes), format).into_dimensions().map_err(PictureError::Damaged)?;
    if width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX || u64::from(width) * u64::from(height) > pixels_max {
        return Err(PictureError::TooManyPixels { width, height });
    }
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(PICTURE_SIDE_MAX);
    limits.max_image_height = Some(PICTURE_SIDE_MAX);
    limits.max_alloc = Some(DECODER_BYTES_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    Ok(reader)
}

fn decode_photo(bytes: &[u8]) -> Result<DynamicImage, PictureError> {
    let picture = decode(bytes)?;
    let (width, height) = (picture.width(), picture.height());
    if width.min(height) < PHOTO_SIDE_MIN {
        return Err(PictureError::TooFewPixels { width, height });
    }
    Ok(picture)
}

/// A photo as JPEG of 413 × 531 pixels: upright, cut to 35:45 around its middle, without metadata, on white.
///
/// # Errors
/// When the input is no PNG or JPEG within the limits, or is damaged.
pub fn normalise_photo(photo: &[u8]) -> Result<Vec<u8>, PictureError> {
    let picture = on_white(&decode_photo(photo)?.resize_to_fill(PHOTO_WIDTH, PHOTO_HEIGHT, FilterType::Lanczos3));
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, PHOTO_QUALITY).encode_image(&picture).map_err(|_| PictureError::Encode)?;
    Ok(jpeg)
}

/// The face as WebP of 64 × 80 pixels (48 × 60 for a very restless picture) and at most 600 bytes, in the best quality
/// that fits.
///
/// # Errors
/// When the input is no PNG or JPEG within the limits, is damaged, or cannot be brought below 600 bytes.
pub fn face_webp(photo: &[u8]) -> Result<Vec<u8>, PictureError> {
    let photo = decode_photo(photo)?;
    for (width, height, softness) in FACE_STEPS {
        let mut face = photo.resize_to_fill(width, height, FilterType::Lanczos3);
        if softness > 0.0 {
            face = face.blur(softness);
        }
        let face = on_white(&face);
        if let Some(webp) = best_below_limit(&face)? {
            return Ok(webp);
        }
    }
    Err(PictureError::Encode)
}

/// The best encoding of at most [`FACE_BYTES_MAX`] bytes, found by halving the range of qualities.
fn best_below_limit(face: &RgbImage) -> Result<Option<Vec<u8>>, PictureError> {
    let (mut low, mut high) = (FACE_QUALITY_MIN, FACE_QUALITY_MAX);
    let mut best = None;
    while low <= high {
        let quality = low + (high - low) / 2;
        let webp = encode_webp(face, quality)?;
        if webp.len() <= FACE_BYTES_MAX {
            best = Some(webp);
            low = quality + 1;
        } else {
            high = quality - 1;
        }
    }
    Ok(best)
}

fn encode_webp(face: &RgbImage, quality: u8) -> Result<Vec<u8>, PictureError> {
    let mut config = WebPConfig::new().map_err(|()| PictureError::Encode)?;
    config.quality = f32::from(quality);
    config.method = 6;
    let encoder = Encoder::new(face.as_raw(), PixelLayout::Rgb, face.width(), face.height());
    Ok(encoder.encode_advanced(&config).map_err(|_| PictureError::Encode)?.to_vec())
}

/// The picture in red, green, blue, with what was transparent made white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        let mix = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([mix(red), mix(green), mix(blue)])
    })
}
