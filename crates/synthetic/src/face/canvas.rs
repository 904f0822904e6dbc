// SPDX-License-Identifier: Apache-2.0
//! Paper and brush.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder, Pixmap, Point, Rect,
    Shader, SpreadMode, Stroke, Transform,
};

/// A colour from `0xRRGGBB`.
pub(super) fn colour(code: u32) -> Color {
    let [_, red, green, blue] = code.to_be_bytes();
    Color::from_rgba8(red, green, blue, u8::MAX)
}

/// The colour with less light: 1 leaves it, 0 is black.
pub(super) fn darker(colour: Color, light: f32) -> Color {
    mixed(colour, Color::BLACK, 1.0 - light)
}

/// The colour with a share (0–1) of another one.
pub(super) fn mixed(colour: Color, other: Color, share: f32) -> Color {
    let mix = |one: f32, two: f32| (one + (two - one) * share).clamp(0.0, 1.0);
    let mut result = colour;
    result.set_red(mix(colour.red(), other.red()));
    result.set_green(mix(colour.green(), other.green()));
    result.set_blue(mix(colour.blue(), other.blue()));
    result
}

/// The colour, letting through what is below: 1 covers, 0 is not seen.
pub(super) fn thin(colour: Color, cover: f32) -> Color {
    let mut result = colour;
    result.set_alpha(cover);
    result
}

/// A picture with a brush that draws in the units of the face.
pub(super) struct Canvas {
    pixmap: Pixmap,
    transform: Transform,
}

impl Canvas {
    pub(super) fn new(width: u32, height: u32, scale: f32, x: f32, y: f32) -> Self {
        let pixmap = Pixmap::new(width, height).expect("the sizes are constants above zero");
        Self { pixmap, transform: Transform::from_row(scale, 0.0, 0.0, scale, x, y) }
    }

    /// A plain wall, lighter above.
    pub(super) fn wall(&mut self, light: Color, dark: Color) {
        let (width, height) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let whole = Rect::from_xywh(0.0, 0.0, width, height).expect("a picture has a size");
        let paint = Paint { shader: gradient((0.0, 0.0), (0.0, height), light, dark), ..Paint::default() };
        self.pixmap.fill_rect(whole, &paint, Transform::identity(), None);
    }

    pub(super) fn fill(&mut self, path: &Path, colour: Color) {
        let paint = Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(path, &paint, FillRule::EvenOdd, self.transform, None);
    }

    /// Fills from the colour on the left to the one on the right, between these two places.
    pub(super) fn fill_across(&mut self, path: &Path, (left, right): (f32, f32), from: Color, to: Color) {
        let paint =
            Paint { shader: gradient((left, 0.0), (right, 0.0), from, to), anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(path, &paint, FillRule::EvenOdd, self.transform, None);
    }

    pub(super) fn line(&mut self, path: &Path, colour: Color, width: f32) {
        let paint = Paint { shader: Shader::SolidColor(colour), anti_alias: true, ..Paint::default() };
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint, &stroke, self.transform, None);
    }

    pub(super) fn into_png(self) -> Vec<u8> {
        self.pixmap.encode_png().expect("a picture in memory can be encoded")
    }
}

fn gradient(from: (f32, f32), to: (f32, f32), first: Color, last: Color) -> Shader<'static> {
    let stops = vec![GradientStop::new(0.0, first), GradientStop::new(1.0, last)];
    LinearGradient::new(
        Point::from_xy(from.0, from.1),
        Point::from_xy(to.0, to.1),
        stops,
        SpreadMode::Pad,
        Transform::identity(),
    )
    .expect("the two places differ")
}

/// A path from a drawing closure.
pub(super) fn path(draw: impl FnOnce(&mut PathBuilder)) -> Path {
    let mut builder = PathBuilder::new();
    draw(&mut builder);
    builder.finish().expect("every drawing has a line")
}

/// An ellipse around a middle.
pub(super) fn ellipse(x: f32, y: f32, half_width: f32, half_height: f32) -> Path {
    let rect = Rect::from_ltrb(x - half_width, y - half_height, x + half_width, y + half_height);
    PathBuilder::from_oval(rect.expect("the sizes are above zero")).expect("the sizes are above zero")
}

/// Both signs: the right side of the face and the left one.
pub(super) const SIDES: [f32; 2] = [1.0, -1.0];
