// SPDX-License-Identifier: Apache-2.0
//! Drawn faces: clearly drawings, of nobody, for cards in the demo and in tests.
//!
//! All coordinates are in units of a hundredth of half a face: the crown is at −100, the chin at 100.

mod canvas;
mod features;
mod hair;

use tiny_skia::Color;

use self::canvas::{Canvas, colour};
use crate::{Sex, dice::Dice};

/// Width of a face picture in pixels (35 mm at 300 dots per inch).
pub const FACE_PICTURE_WIDTH: u32 = 413;
/// Height of a face picture in pixels (45 mm at 300 dots per inch).
pub const FACE_PICTURE_HEIGHT: u32 = 531;

const SKIN: [u32; 8] = [0xf4d6c0, 0xeac3a4, 0xdcae87, 0xcf9c72, 0xba835a, 0xa06c48, 0x7d5137, 0x61402d];
/// Places in [`SKIN`]; the middle ones are commoner.
const TONES: [usize; 14] = [0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7];
const HAIR: [u32; 6] = [0x1d1815, 0x241d19, 0x35261d, 0x4b3424, 0x6a4429, 0x8d6d45];
const GREY_HAIR: [u32; 3] = [0x8f8f8f, 0xb0aeab, 0xd9d7d3];
const CLOTH: [u32; 10] =
    [0x2f4858, 0x5b6c5d, 0x7a3e48, 0x4a4e69, 0x8c6a4f, 0x3e5c76, 0x6b705c, 0x9a6b4b, 0x2d3142, 0x7d8597];
const SCARF: [u32; 10] =
    [0xe6d9c6, 0x22344f, 0x2f6f73, 0x7b2d43, 0x77754a, 0x8ea3b5, 0xb98f45, 0x9d8ab0, 0x2b2b31, 0x3f6b4f];
const IRIS: [u32; 5] = [0x3a2416, 0x4a2f1b, 0x5b4426, 0x4f6150, 0x54728c];
const WALL: [(u32, u32); 4] = [(0xf3f6f8, 0xdbe3ea), (0xf6f4f0, 0xe4dfd6), (0xf0f4f1, 0xd8e2dc), (0xf4f3f7, 0xdedbe6)];

/// What a face is made of; drawn in the order of [`face`].
struct Person {
    sex: Sex,
    age: u16,
    skin: Color,
    shade: Color,
    hair: Color,
    cloth: Color,
    /// Half the width of the face.
    width: f32,
    /// Half the width of the chin.
    jaw: f32,
    scarf: Option<Color>,
    dice: Dice,
}

impl Person {
    fn new(seed: u64, age: u16, sex: Sex) -> Self {
        let mut dice = Dice::new(seed ^ 0x7475_726e_6120_2121);
        let tone = *dice.pick(&TONES);
        let skin = SKIN[tone];
        let is_child = age < 13;
        let width = if is_child { dice.real(80.0, 86.0) } else { dice.real(71.0, 79.0) };
        let jaw = match (is_child, sex) {
            (true, _) => dice.real(44.0, 52.0),
            (false, Sex::Female) => dice.real(32.0, 42.0),
            (false, Sex::Male) => dice.real(42.0, 54.0),
        };
        // Darker skin comes with darker hair; grey begins at about fifty.
        let darkest = if tone > 4 { 2 } else { 6 };
        let natural = HAIR[usize::from(dice.below(darkest))];
        let is_grey = dice.chance(age.saturating_sub(40) * 3);
        let grey = *dice.pick(&GREY_HAIR);
        let cloth = *dice.pick(&CLOTH);
        let wears_scarf = sex == Sex::Female && age > 13 && dice.chance(45);
        let scarf = *dice.pick(&SCARF);
        Self {
            sex,
            age,
            skin: colour(skin),
            shade: canvas::darker(colour(skin), 0.84),
            hair: colour(if is_grey { grey } else { natural }),
            cloth: colour(cloth),
            width,
            jaw,
            scarf: wears_scarf.then(|| colour(scarf)),
            dice,
        }
    }

    fn is_child(&self) -> bool {
        self.age < 13
    }
}

/// The face of nobody as PNG of 413 × 531 pixels, on a plain wall, looking at the viewer. `age` in years.
///
/// The same arguments give the same bytes.
pub fn face(seed: u64, age: u16, sex: Sex) -> Vec<u8> {
    let mut person = Person::new(seed, age, sex);
    let scale = if person.is_child() { 1.30 } else { 1.42 };
    let mut canvas = Canvas::new(
        FACE_PICTURE_WIDTH,
        FACE_PICTURE_HEIGHT,
        scale,
        206.5,
        if person.is_child() { 258.0 } else { 240.0 },
    );
    let (light, dark) = *person.dice.pick(&WALL);
    canvas.wall(colour(light), colour(dark));

    hair::behind(&mut canvas, &mut person);
    features::body(&mut canvas, &mut person);
    features::head(&mut canvas, &person);
    features::eyes(&mut canvas, &mut person);
    features::nose(&mut canvas, &mut person);
    hair::beard(&mut canvas, &mut person);
    features::mouth(&mut canvas, &mut person);
    features::lines_of_age(&mut canvas, &person);
    hair::in_front(&mut canvas, &mut person);
    features::glasses(&mut canvas, &mut person);
    canvas.into_png()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_face_and_others_draw_others() {
        let first = face(7, 30, Sex::Female);
        assert_eq!(first, face(7, 30, Sex::Female));
        for other in [face(8, 30, Sex::Female), face(7, 70, Sex::Female), face(7, 30, Sex::Male)] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn a_face_is_a_png_of_the_size_of_a_passport_photo() {
        let png = face(1, 5, Sex::Male);
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png[16..20], FACE_PICTURE_WIDTH.to_be_bytes());
        assert_eq!(png[20..24], FACE_PICTURE_HEIGHT.to_be_bytes());
    }
}
