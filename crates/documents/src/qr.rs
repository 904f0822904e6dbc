// SPDX-License-Identifier: Apache-2.0
//! QR codes (ISO/IEC 18004): as outline for a PDF, as PNG, and read back from a picture.

use std::fmt::Write as _;

use image::{DynamicImage, GrayImage, ImageEncoder as _, Luma, codecs::png::PngEncoder, imageops::FilterType};
use qrcode::{Color, EcLevel, QrCode, Version};

use crate::{PictureError, picture};

/// The largest QR version on a card: at 3 dots of 300 dpi a module it stands above the machine readable zone.
pub const CARD_VERSION_MAX: i16 = 22;
/// The largest QR version on a letter, where there is room.
pub const LETTER_VERSION_MAX: i16 = 28;
/// The white border that a reader needs, in modules (ISO/IEC 18004, section 6.3.8).
pub(crate) const QUIET_MODULES: usize = 4;
/// The most pixels of a module in a PNG.
const MODULE_PIXELS_MAX: u32 = 40;
/// The longest sides, in pixels, to which a picture is shrunk before codes are sought in it, in order: first the size
/// that suits a scan, then coarser, which helps with noise, then finer for a small code in a large photo.
const SEARCH_SIDES: [u32; 3] = [1600, 800, 3200];
/// The most codes that are read from one picture.
const CODES_MAX: usize = 8;

/// A QR code that cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    /// The text needs a larger symbol than the place allows.
    #[error("the text does not fit a QR code of version {version_max}")]
    TooLong {
        /// The largest version allowed.
        version_max: i16,
    },
    /// The module size is not 1 to 40 pixels.
    #[error("a module has 1 to {MODULE_PIXELS_MAX} pixels")]
    ModulePixels,
    /// The picture cannot be used.
    #[error("the picture cannot be used")]
    Picture(#[from] PictureError),
    /// The PNG cannot be written.
    #[error("the PNG cannot be written")]
    Png(#[source] image::ImageError),
    /// No readable QR code was found.
    #[error("no readable QR code was found in the picture")]
    NotFound,
}

/// A QR code without its white border.
pub(crate) struct Symbol {
    side: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// The smallest symbol of level L that holds the text.
    pub(crate) fn of(text: &str, version_max: i16) -> Result<Self, QrError> {
        let code =
            QrCode::with_error_correction_level(text, EcLevel::L).map_err(|_| QrError::TooLong { version_max })?;
        match code.version() {
            Version::Normal(version) if version <= version_max => {
                let side = code.width();
                Ok(Self { side, dark: code.into_colors().into_iter().map(|colour| colour == Color::Dark).collect() })
            }
            _ => Err(QrError::TooLong { version_max }),
        }
    }

    /// Modules in a row, with the white border.
    pub(crate) fn modules_with_border(&self) -> usize {
        self.side + 2 * QUIET_MODULES
    }

    fn is_dark(&self, x: i32, y: i32) -> bool {
        match (usize::try_from(x), usize::try_from(y)) {
            (Ok(x), Ok(y)) => x < self.side && y < self.side && self.dark[y * self.side + x],
            _ => false,
        }
    }

    /// The symbol with its border as SVG, one unit to a module. Dark areas are traced as whole outlines, so that no
    /// viewer draws hair-lines between modules.
    pub(crate) fn to_svg(&self) -> String {
        let total = self.modules_with_border();
        let mut svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="{total}" viewBox="-{QUIET_MODULES} -{QUIET_MODULES} {total} {total}"><path fill="black" d=""#
        );
        for outline in self.outlines() {
            for (index, (x, y)) in outline.iter().enumerate() {
                // Writing to a string cannot fail.
                let _ = write!(svg, "{}{x} {y}", if index == 0 { 'M' } else { 'L' });
            }
            svg.push('Z');
        }
        svg.push_str(r#""/></svg>"#);
        svg
    }

    /// Closed outlines with the dark side on the right: clockwise around dark areas, the other way around holes in them.
    fn outlines(&self) -> Vec<Vec<(i32, i32)>> {
        let side = i32::try_from(self.side).expect("a QR code has at most 177 modules");
        let mut visited = vec![false; self.side * self.side];
        let mut outlines = Vec::new();
        for y in 0..side {
            for x in 0..side {
                // Each outline has an upper edge that is walked to the right; begin at those not yet walked.
                let index = usize::try_from(y * side + x).expect("not negative");
                if self.is_dark(x, y) && !self.is_dark(x, y - 1) && !visited[index] {
                    outlines.push(self.walk(x, y, &mut visited));
                }
            }
        }
        outlines
    }

    /// Walks one outline from the upper left corner of a dark module to the right, marking upper edges as walked.
    fn walk(&self, x: i32, y: i32, visited: &mut [bool]) -> Vec<(i32, i32)> {
        let side = i32::try_from(self.side).expect("a QR code has at most 177 modules");
        let (start, mut at, mut step) = ((x, y), (x, y), (1, 0));
        let mut corners = vec![start];
        loop {
            if step == (1, 0) {
                visited[usize::try_from(at.1 * side + at.0).expect("an upper edge belongs to a module")] = true;
            }
            at = (at.0 + step.0, at.1 + step.1);
            // The two modules ahead of the corner, left and right of the way.
            let ahead = |turn: (i32, i32)| {
                let (dx, dy) = (step.0 + turn.0, step.1 + turn.1);
                self.is_dark(at.0 + (dx - 1) / 2, at.1 + (dy - 1) / 2)
            };
            let (left, right) = ((step.1, -step.0), (-step.1, step.0));
            let next = match (ahead(left), ahead(right)) {
                (_, false) => right,
                (false, true) => step,
                (true, true) => left,
            };
            if at == start && next == (1, 0) {
                return corners;
            }
            if next != step {
                corners.push(at);
            }
            step = next;
        }
    }
}

/// The text as a QR code of level L in a PNG, grey, with its white border; texts in the letters of Base45 take the
/// compact alphanumeric form.
///
/// # Errors
/// When the text does not fit version 40, or a module is not 1 to 40 pixels wide.
pub fn qr_png(text: &str, module_pixels: u32) -> Result<Vec<u8>, QrError> {
    if !(1..=MODULE_PIXELS_MAX).contains(&module_pixels) {
        return Err(QrError::ModulePixels);
    }
    let symbol = Symbol::of(text, 40)?;
    let total = u32::try_from(symbol.modules_with_border()).expect("a QR code has at most 177 modules");
    let quiet = i32::try_from(QUIET_MODULES).expect("four");
    let at = |pixel: u32| i32::try_from(pixel / module_pixels).expect("at most 185") - quiet;
    let side = total * module_pixels;
    let picture = GrayImage::from_fn(side, side, |x, y| Luma([if symbol.is_dark(at(x), at(y)) { 0 } else { u8::MAX }]));
    let mut png = Vec::new();
    PngEncoder::new(&mut png)
        .write_image(picture.as_raw(), side, side, image::ExtendedColorType::L8)
        .map_err(QrError::Png)?;
    Ok(png)
}

/// The texts of the QR codes in a PNG or JPEG picture, without repetition.
///
/// # Errors
/// When the input is no picture within the limits, or holds no readable code.
pub fn read_qr(image: &[u8]) -> Result<Vec<String>, QrError> {
    let picture = picture::decode(image)?;
    for side in SEARCH_SIDES {
        let texts = read_at(&picture, side);
        if !texts.is_empty() {
            return Ok(texts);
        }
    }
    Err(QrError::NotFound)
}

fn read_at(picture: &DynamicImage, side: u32) -> Vec<String> {
    let longest = picture.width().max(picture.height());
    let grey =
        if longest > side { picture.resize(side, side, FilterType::Triangle).to_luma8() } else { picture.to_luma8() };
    let (width, height) = (grey.width() as usize, grey.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.as_raw()[y * width + x]);
    let mut texts = Vec::new();
    for grid in prepared.detect_grids().into_iter().take(CODES_MAX) {
        if let Ok((_, text)) = grid.decode()
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a place lies inside the outlines, by counting the upright edges to its left.
    fn is_inside(outlines: &[Vec<(i32, i32)>], x: i32, y: i32) -> bool {
        let crossed = outlines.iter().flat_map(|outline| outline.iter().zip(outline.iter().cycle().skip(1)));
        crossed
            .filter(|(from, to)| from.0 == to.0 && from.0 <= x && from.1.min(to.1) <= y && y < from.1.max(to.1))
            .count()
            % 2
            == 1
    }

    #[test]
    fn the_outlines_cover_the_dark_modules_and_no_others() {
        for text in ["A", "HTTPS://TURNA.EXAMPLE/C/7KQ2M94TX", &"0A9Z:".repeat(250)] {
            let symbol = Symbol::of(text, 40).unwrap();
            let outlines = symbol.outlines();
            let side = i32::try_from(symbol.side).unwrap();
            for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
                assert_eq!(is_inside(&outlines, x, y), symbol.is_dark(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn the_largest_symbol_of_a_card_stands_above_the_machine_readable_zone() {
        // ISO/IEC 18004, table 7: version 22-L takes 1 460 alphanumeric letters.
        assert!(Symbol::of(&"A".repeat(1_461), CARD_VERSION_MAX).is_err());
        let largest = Symbol::of(&"A".repeat(1_460), CARD_VERSION_MAX).unwrap();
        // 3 dots of 300 dpi are 0.254 mm; the room above the zone is 30.78 mm.
        assert!(largest.modules_with_border() * 254 < 30_780);
    }
}
