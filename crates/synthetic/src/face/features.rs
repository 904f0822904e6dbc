// SPDX-License-Identifier: Apache-2.0
//! Body, head, eyes, nose, mouth, lines of age and glasses.

use tiny_skia::{Color, Path};

use super::{
    IRIS, Person,
    canvas::{Canvas, SIDES, colour, darker, ellipse, mixed, path, thin},
};
use crate::Sex;

/// The outline of the face.
pub(super) fn outline(person: &Person) -> Path {
    let (width, jaw) = (person.width, person.jaw);
    path(|p| {
        p.move_to(0.0, -100.0);
        p.cubic_to(width * 0.72, -100.0, width, -64.0, width, -14.0);
        p.cubic_to(width, 36.0, jaw + 12.0, 70.0, jaw * 0.72, 88.0);
        p.cubic_to(jaw * 0.45, 99.0, jaw * 0.2, 100.0, 0.0, 100.0);
        p.cubic_to(-jaw * 0.2, 100.0, -jaw * 0.45, 99.0, -jaw * 0.72, 88.0);
        p.cubic_to(-jaw - 12.0, 70.0, -width, 36.0, -width, -14.0);
        p.cubic_to(-width, -64.0, -width * 0.72, -100.0, 0.0, -100.0);
        p.close();
    })
}

/// Shoulders with one of several collars, and the neck.
pub(super) fn body(canvas: &mut Canvas, person: &mut Person) {
    let (shoulder, neck) = match (person.is_child(), person.sex) {
        (true, _) => (118.0, 27.0),
        (false, Sex::Female) => (146.0, 30.0),
        (false, Sex::Male) => (168.0, 39.0),
    };
    let cloth = person.cloth;
    let shoulders = path(|p| {
        p.move_to(-shoulder - 14.0, 330.0);
        p.cubic_to(-shoulder - 6.0, 190.0, -shoulder * 0.72, 160.0, -neck - 8.0, 132.0);
        p.line_to(neck + 8.0, 132.0);
        p.cubic_to(shoulder * 0.72, 160.0, shoulder + 6.0, 190.0, shoulder + 14.0, 330.0);
        p.close();
    });
    canvas.fill_across(&shoulders, (-shoulder, shoulder), cloth, darker(cloth, 0.8));
    // Neck, in the shade of the chin.
    let throat = path(|p| {
        p.move_to(-neck, 50.0);
        p.line_to(-neck - 2.0, 128.0);
        p.cubic_to(-neck * 0.6, 158.0, neck * 0.6, 158.0, neck + 2.0, 128.0);
        p.line_to(neck, 50.0);
        p.close();
    });
    canvas.fill(&throat, person.shade);
    let light = mixed(cloth, Color::WHITE, 0.75);
    match person.dice.below(4) {
        0 => shirt_collar(canvas, neck, light),
        1 => shirt_collar(canvas, neck, darker(cloth, 0.72)),
        2 => {
            let band = path(|p| {
                p.move_to(-neck - 8.0, 130.0);
                p.cubic_to(-neck * 0.7, 166.0, neck * 0.7, 166.0, neck + 8.0, 130.0);
            });
            canvas.line(&band, darker(cloth, 0.68), 9.0);
        }
        _ => {
            let band = path(|p| {
                p.move_to(-neck - 6.0, 128.0);
                p.cubic_to(-neck * 0.7, 160.0, neck * 0.7, 160.0, neck + 6.0, 128.0);
            });
            canvas.line(&band, light, 6.0);
            let opening = path(|p| {
                p.move_to(0.0, 154.0);
                p.line_to(0.0, 330.0);
            });
            canvas.line(&opening, darker(cloth, 0.68), 2.5);
        }
    }
}

fn shirt_collar(canvas: &mut Canvas, neck: f32, cloth: Color) {
    for side in SIDES {
        let wing = path(|p| {
            p.move_to(side * (neck - 1.0), 118.0);
            p.line_to(side * (neck + 13.0), 128.0);
            p.line_to(side * (neck * 0.9), 176.0);
            p.line_to(0.0, 154.0);
            p.cubic_to(side * neck * 0.5, 150.0, side * (neck - 2.0), 140.0, side * (neck - 1.0), 118.0);
            p.close();
        });
        canvas.fill(&wing, cloth);
        canvas.line(&wing, darker(cloth, 0.8), 1.2);
    }
}

/// Ears and the face itself, lit from the left.
pub(super) fn head(canvas: &mut Canvas, person: &Person) {
    for side in SIDES {
        canvas.fill(&ellipse(side * (person.width + 1.0), 4.0, 11.0, 20.0), person.shade);
        canvas.fill(&ellipse(side * (person.width - 1.0), 4.0, 8.0, 15.0), person.skin);
    }
    let reach = person.width;
    canvas.fill_across(&outline(person), (-reach, reach * 1.15), person.skin, person.shade);
    let blush = thin(colour(0xc8553d), if person.is_child() { 0.16 } else { 0.08 });
    for side in SIDES {
        canvas.fill(&ellipse(side * person.width * 0.56, 34.0, 17.0, 12.0), blush);
    }
}

/// Eyes and brows.
pub(super) fn eyes(canvas: &mut Canvas, person: &mut Person) {
    let (middle, height, y) =
        if person.is_child() { (34.0, 10.5, 8.0) } else { (31.0, person.dice.real(7.0, 9.0), -4.0) };
    let half = if person.is_child() { 15.5 } else { 15.0 };
    let slant = person.dice.real(-1.5, 2.5);
    // Light eyes are rare with dark skin.
    let shades = if person.skin.red() < 0.75 { 2 } else { 5 };
    let iris = colour(IRIS[usize::from(person.dice.below(shades))]);
    let brow_width = if person.sex == Sex::Male && !person.is_child() { 6.0 } else { 4.2 };
    let brow_lift = person.dice.real(15.0, 19.0) + height * 0.5;
    let brow = darker(person.hair, 0.9);
    for side in SIDES {
        let x = side * middle;
        let lids = path(|p| {
            p.move_to(x - side * half, y + 1.0);
            p.cubic_to(
                x - side * half * 0.5,
                y - height,
                x + side * half * 0.5,
                y - height,
                x + side * half,
                y - slant,
            );
            p.cubic_to(
                x + side * half * 0.5,
                y + height * 0.8,
                x - side * half * 0.5,
                y + height * 0.8,
                x - side * half,
                y + 1.0,
            );
            p.close();
        });
        canvas.fill(&lids, colour(0xfbfaf8));
        let radius = height * 0.82;
        canvas.fill(&ellipse(x, y - 0.5, radius, radius), iris);
        canvas.fill(&ellipse(x, y - 0.5, radius * 0.5, radius * 0.5), colour(0x14100e));
        canvas.fill(&ellipse(x - 2.2, y - 3.0, 1.7, 1.7), Color::WHITE);
        let upper = path(|p| {
            p.move_to(x - side * (half + 1.0), y + 1.5);
            p.cubic_to(
                x - side * half * 0.5,
                y - height,
                x + side * half * 0.5,
                y - height,
                x + side * (half + 2.0),
                y - slant,
            );
        });
        // The lid covers what of the iris stands out above it.
        canvas.line(&upper, colour(0x2a1d17), if person.sex == Sex::Female { 3.2 } else { 2.5 });
        let arch = path(|p| {
            p.move_to(x - side * (half - 1.0), y - brow_lift + 2.5);
            p.quad_to(x + side * 3.0, y - brow_lift - 5.0, x + side * (half + 5.0), y - brow_lift + 3.0 - slant);
        });
        canvas.line(&arch, brow, brow_width);
    }
}

/// The nose: one soft shade and the nostrils' edge.
pub(super) fn nose(canvas: &mut Canvas, person: &mut Person) {
    let length = if person.is_child() { 34.0 } else { person.dice.real(32.0, 39.0) };
    let wing = if person.is_child() { 9.0 } else { person.dice.real(10.0, 14.5) };
    let shade = darker(person.shade, 0.86);
    if !person.is_child() {
        let ridge = path(|p| {
            p.move_to(6.0, -6.0);
            p.cubic_to(8.0, 10.0, 10.0, 20.0, wing, length - 4.0);
            p.cubic_to(8.0, 18.0, 4.0, 6.0, 6.0, -6.0);
            p.close();
        });
        canvas.fill(&ridge, thin(shade, 0.55));
    }
    let base = path(|p| {
        p.move_to(-wing, length - 3.0);
        p.quad_to(-wing * 0.7, length + 4.0, -wing * 0.35, length + 1.0);
        p.quad_to(0.0, length + 6.0, wing * 0.35, length + 1.0);
        p.quad_to(wing * 0.7, length + 4.0, wing, length - 3.0);
    });
    canvas.line(&base, shade, 2.6);
}

/// A calm mouth.
pub(super) fn mouth(canvas: &mut Canvas, person: &mut Person) {
    let half = if person.is_child() { 18.0 } else { person.dice.real(22.0, 27.0) };
    let smile = person.dice.real(1.0, 5.0);
    let y = 62.0;
    let full = if person.sex == Sex::Female { 6.5 } else { 4.6 };
    let lip = mixed(person.shade, colour(0xa33b3f), if person.sex == Sex::Female { 0.5 } else { 0.3 });
    let upper = path(|p| {
        p.move_to(-half, y - smile);
        p.quad_to(-half * 0.4, y - full - 1.0, 0.0, y - full * 0.6);
        p.quad_to(half * 0.4, y - full - 1.0, half, y - smile);
        p.quad_to(0.0, y + smile, -half, y - smile);
        p.close();
    });
    let lower = path(|p| {
        p.move_to(-half, y - smile);
        p.quad_to(0.0, y + smile, half, y - smile);
        p.quad_to(half * 0.4, y + full * 1.5, 0.0, y + full * 1.6);
        p.quad_to(-half * 0.4, y + full * 1.5, -half, y - smile);
        p.close();
    });
    canvas.fill(&upper, darker(lip, 0.9));
    canvas.fill(&lower, lip);
    let parting = path(|p| {
        p.move_to(-half, y - smile);
        p.quad_to(0.0, y + smile, half, y - smile);
    });
    canvas.line(&parting, darker(lip, 0.6), 1.8);
}

/// Lines of age, from the middle forties on.
pub(super) fn lines_of_age(canvas: &mut Canvas, person: &Person) {
    if person.age < 45 {
        return;
    }
    let cover = (f32::from(person.age.min(85)) - 40.0) / 60.0;
    let shade = thin(darker(person.shade, 0.8), cover);
    for side in SIDES {
        let fold = path(|p| {
            p.move_to(side * 17.0, 34.0);
            p.quad_to(side * 29.0, 46.0, side * 31.0, 62.0);
        });
        canvas.line(&fold, shade, 1.8);
        let under_eye = path(|p| {
            p.move_to(side * 20.0, 9.0);
            p.quad_to(side * 31.0, 15.0, side * 43.0, 8.0);
        });
        canvas.line(&under_eye, shade, 1.6);
    }
    if person.age >= 60 {
        for y in [-52.0, -61.0] {
            let furrow = path(|p| {
                p.move_to(-30.0, y);
                p.quad_to(0.0, y - 5.0, 30.0, y);
            });
            canvas.line(&furrow, shade, 1.6);
        }
    }
}

/// Glasses, oftener with age.
pub(super) fn glasses(canvas: &mut Canvas, person: &mut Person) {
    let percent = if person.is_child() { 6 } else { 8 + person.age / 2 };
    if !person.dice.chance(percent) {
        return;
    }
    let y = if person.is_child() { 9.0 } else { -2.0 };
    let frame = colour(*person.dice.pick(&[0x23262b, 0x5a4636, 0x7a7f86]));
    for side in SIDES {
        let lens = ellipse(side * 32.0, y, 24.0, 19.0);
        canvas.fill(&lens, thin(Color::WHITE, 0.14));
        canvas.line(&lens, frame, 2.8);
        let temple = path(|p| {
            p.move_to(side * 56.0, y - 3.0);
            p.line_to(side * (person.width + 2.0), y - 6.0);
        });
        canvas.line(&temple, frame, 2.6);
    }
    let bridge = path(|p| {
        p.move_to(-8.5, y - 3.0);
        p.quad_to(0.0, y - 9.0, 8.5, y - 3.0);
    });
    canvas.line(&bridge, frame, 2.8);
}
