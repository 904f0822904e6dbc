// SPDX-License-Identifier: Apache-2.0
//! Hair, beards and headscarves.

use tiny_skia::{Color, PathBuilder};

use super::{
    Person,
    canvas::{Canvas, SIDES, darker, mixed, path, thin},
};
use crate::Sex;

/// What is seen behind neck and shoulders: long hair, or the fall of a headscarf.
pub(super) fn behind(canvas: &mut Canvas, person: &mut Person) {
    let reach = person.width + 17.0;
    if let Some(scarf) = person.scarf {
        let fall = path(|p| {
            p.move_to(0.0, -126.0);
            p.cubic_to(reach * 0.9, -126.0, reach + 8.0, -60.0, reach + 4.0, 20.0);
            p.cubic_to(reach + 4.0, 90.0, reach + 22.0, 130.0, reach + 44.0, 180.0);
            p.line_to(-reach - 44.0, 180.0);
            p.cubic_to(-reach - 22.0, 130.0, -reach - 4.0, 90.0, -reach - 4.0, 20.0);
            p.cubic_to(-reach - 8.0, -60.0, -reach * 0.9, -126.0, 0.0, -126.0);
            p.close();
        });
        canvas.fill(&fall, darker(scarf, 0.78));
        return;
    }
    if person.sex == Sex::Male {
        return;
    }
    // Loose to the shoulders, loose to the chin, or tied back.
    let length = *person.dice.pick(&[176.0, 104.0, 30.0]);
    let hang = path(|p| {
        p.move_to(0.0, -118.0);
        p.cubic_to(reach * 0.95, -118.0, reach + 6.0, -50.0, reach, 10.0);
        p.cubic_to(reach + 4.0, length * 0.6, reach + 2.0, length * 0.9, reach - 16.0, length);
        p.line_to(16.0 - reach, length);
        p.cubic_to(-reach - 2.0, length * 0.9, -reach - 4.0, length * 0.6, -reach, 10.0);
        p.cubic_to(-reach - 6.0, -50.0, -reach * 0.95, -118.0, 0.0, -118.0);
        p.close();
    });
    canvas.fill(&hang, darker(person.hair, 0.85));
}

/// What lies over forehead and temples: hair or a headscarf.
pub(super) fn in_front(canvas: &mut Canvas, person: &mut Person) {
    match (person.scarf, person.sex) {
        (Some(scarf), _) => headscarf(canvas, person, scarf),
        (None, Sex::Female) => womans_hair(canvas, person),
        (None, Sex::Male) => mans_hair(canvas, person),
    }
}

fn headscarf(canvas: &mut Canvas, person: &mut Person, scarf: Color) {
    let (width, jaw) = (person.width, person.jaw);
    let shows_hair = person.dice.chance(45);
    if shows_hair {
        let hair = path(|p| {
            p.move_to(-width * 0.86, -44.0);
            p.cubic_to(-width * 0.6, -104.0, width * 0.6, -104.0, width * 0.86, -44.0);
            p.cubic_to(width * 0.6, -74.0, width * 0.2, -84.0, -4.0, -84.0);
            p.cubic_to(-width * 0.3, -82.0, -width * 0.66, -70.0, -width * 0.86, -44.0);
            p.close();
        });
        canvas.fill(&hair, person.hair);
    }
    let top = if shows_hair { -86.0 } else { -72.0 };
    let reach = width + 17.0;
    let cloth = path(|p| {
        p.move_to(0.0, -126.0);
        p.cubic_to(reach * 0.9, -126.0, reach + 6.0, -60.0, reach, 10.0);
        p.cubic_to(reach - 2.0, 74.0, reach + 10.0, 110.0, reach + 26.0, 152.0);
        p.cubic_to(60.0, 196.0, -60.0, 196.0, -reach - 26.0, 152.0);
        p.cubic_to(-reach - 10.0, 110.0, 2.0 - reach, 74.0, -reach, 10.0);
        p.cubic_to(-reach - 6.0, -60.0, -reach * 0.9, -126.0, 0.0, -126.0);
        p.close();
        // The opening for the face.
        p.move_to(0.0, top);
        p.cubic_to(width * 0.62, top, width * 0.92, -44.0, width * 0.93, -4.0);
        p.cubic_to(width * 0.93, 44.0, jaw + 8.0, 82.0, 0.0, 101.0);
        p.cubic_to(-jaw - 8.0, 82.0, -width * 0.93, 44.0, -width * 0.93, -4.0);
        p.cubic_to(-width * 0.92, -44.0, -width * 0.62, top, 0.0, top);
        p.close();
    });
    canvas.fill_across(&cloth, (-reach, reach), mixed(scarf, Color::WHITE, 0.08), darker(scarf, 0.84));
    let fold = thin(darker(scarf, 0.62), 0.55);
    let strands: [fn(&mut PathBuilder, f32); 3] = [
        |p, reach| {
            p.move_to(-reach * 0.9, 60.0);
            p.cubic_to(-60.0, 120.0, 10.0, 128.0, 66.0, 104.0);
        },
        |p, reach| {
            p.move_to(-reach, 104.0);
            p.cubic_to(-50.0, 158.0, 30.0, 156.0, reach, 116.0);
        },
        |p, reach| {
            p.move_to(reach * 0.42, -112.0);
            p.cubic_to(reach * 0.86, -80.0, reach * 0.96, -30.0, reach * 0.93, 40.0);
        },
    ];
    for strand in strands {
        canvas.line(&path(|p| strand(p, reach)), fold, 2.4);
    }
}

fn womans_hair(canvas: &mut Canvas, person: &mut Person) {
    let reach = person.width + 10.0;
    // Where the parting lies, and how low the hair hangs at the temples.
    let parting = *person.dice.pick(&[0.0, 26.0, -26.0]);
    let temple = person.dice.real(-10.0, 30.0);
    let has_fringe = person.dice.chance(if person.is_child() { 55 } else { 20 });
    let cap = path(|p| {
        p.move_to(-reach, temple);
        p.cubic_to(-reach - 6.0, -70.0, -reach * 0.7, -119.0, 0.0, -119.0);
        p.cubic_to(reach * 0.7, -119.0, reach + 6.0, -70.0, reach, temple);
        p.cubic_to(reach - 10.0, -20.0, reach - 14.0, -48.0, parting + 22.0, -80.0);
        p.line_to(parting, -86.0);
        p.line_to(parting - 22.0, -80.0);
        p.cubic_to(14.0 - reach, -48.0, 10.0 - reach, -20.0, -reach, temple);
        p.close();
    });
    canvas.fill_across(&cap, (-reach, reach), mixed(person.hair, Color::WHITE, 0.07), person.hair);
    if has_fringe {
        let width = person.width;
        let fringe = path(|p| {
            p.move_to(-width * 0.96, -34.0);
            p.cubic_to(-width * 0.5, -42.0, width * 0.5, -42.0, width * 0.96, -34.0);
            p.cubic_to(width * 0.8, -124.0, -width * 0.8, -124.0, -width * 0.96, -34.0);
            p.close();
        });
        canvas.fill_across(&fringe, (-reach, reach), mixed(person.hair, Color::WHITE, 0.07), person.hair);
    } else {
        let line = path(|p| {
            p.move_to(parting, -86.0);
            p.quad_to(parting * 0.9, -104.0, parting * 0.7, -117.0);
        });
        canvas.line(&line, darker(person.hair, 0.6), 1.6);
    }
}

fn mans_hair(canvas: &mut Canvas, person: &mut Person) {
    let reach = person.width + 5.0;
    let hair = person.hair;
    let bald = person.age > 35 && person.dice.chance(person.age / 2);
    if bald {
        for side in SIDES {
            let fringe = path(|p| {
                p.move_to(side * (person.width - 5.0), 2.0);
                p.line_to(side * reach, -2.0);
                p.cubic_to(side * (reach + 3.0), -40.0, side * (reach - 6.0), -60.0, side * (reach - 16.0), -70.0);
                p.cubic_to(
                    side * (reach - 12.0),
                    -46.0,
                    side * (person.width - 6.0),
                    -26.0,
                    side * (person.width - 5.0),
                    2.0,
                );
                p.close();
            });
            canvas.fill(&fringe, hair);
        }
        return;
    }
    let line = if person.age > 45 { person.dice.real(-86.0, -76.0) } else { person.dice.real(-78.0, -64.0) };
    let top = person.dice.real(-124.0, -112.0);
    let sweep = person.dice.real(-26.0, 26.0);
    let cap = path(|p| {
        p.move_to(1.0 - reach, 4.0);
        p.cubic_to(-reach - 6.0, -66.0, -reach * 0.78, top, sweep * 0.4, top);
        p.cubic_to(reach * 0.78, top, reach + 6.0, -66.0, reach - 1.0, 4.0);
        p.line_to(reach - 9.0, 2.0);
        p.cubic_to(reach - 10.0, -30.0, reach - 14.0, -48.0, reach * 0.66, line + 6.0);
        p.cubic_to(reach * 0.3, line - 6.0, sweep, line + 12.0, -reach * 0.66, line + 6.0);
        p.cubic_to(14.0 - reach, -48.0, 10.0 - reach, -30.0, 9.0 - reach, 2.0);
        p.close();
    });
    canvas.fill_across(&cap, (-reach, reach), mixed(hair, Color::WHITE, 0.08), hair);
}

/// A beard, a moustache, both or neither.
pub(super) fn beard(canvas: &mut Canvas, person: &mut Person) {
    if person.sex != Sex::Male || person.age < 20 {
        return;
    }
    let style = person.dice.below(if person.age > 45 { 4 } else { 5 });
    let hair = darker(person.hair, 0.95);
    let (width, jaw) = (person.width, person.jaw);
    if style < 2 {
        // Short and full, or longer.
        let below = if style == 0 { 104.0 } else { person.dice.real(112.0, 132.0) };
        let cover = if style == 0 && person.age < 45 { 0.72 } else { 1.0 };
        let full = path(|p| {
            p.move_to(-width + 1.0, -4.0);
            p.cubic_to(-width + 2.0, 40.0, -jaw - 13.0, 74.0, -jaw * 0.76, 92.0);
            p.cubic_to(-jaw * 0.5, below, jaw * 0.5, below, jaw * 0.76, 92.0);
            p.cubic_to(jaw + 13.0, 74.0, width - 2.0, 40.0, width - 1.0, -4.0);
            p.cubic_to(width - 10.0, 26.0, 50.0, 44.0, 31.0, 50.0);
            p.cubic_to(18.0, 44.0, 8.0, 45.0, 0.0, 47.0);
            p.cubic_to(-8.0, 45.0, -18.0, 44.0, -31.0, 50.0);
            p.cubic_to(-50.0, 44.0, 10.0 - width, 26.0, 1.0 - width, -4.0);
            p.close();
        });
        canvas.fill(&full, thin(hair, cover));
    }
    if style == 2 {
        let moustache = path(|p| {
            p.move_to(0.0, 47.0);
            p.cubic_to(12.0, 43.0, 24.0, 48.0, 32.0, 60.0);
            p.cubic_to(20.0, 57.0, 8.0, 57.0, 0.0, 56.0);
            p.cubic_to(-8.0, 57.0, -20.0, 57.0, -32.0, 60.0);
            p.cubic_to(-24.0, 48.0, -12.0, 43.0, 0.0, 47.0);
            p.close();
        });
        canvas.fill(&moustache, hair);
    }
}
