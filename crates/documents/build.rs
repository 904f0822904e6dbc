// SPDX-License-Identifier: Apache-2.0
//! Sees that the fonts which the crate embeds are there.

use std::{path::Path, process::ExitCode};

/// The fonts embedded by `src/engine.rs`.
const FONTS: [&str; 5] = [
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "OCRB.otf",
];

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/generated/fonts");
    for font in FONTS {
        let path = folder.join(font);
        println!("cargo::rerun-if-changed={}", path.display());
        if !path.is_file() {
            eprintln!("The font {font} is missing: run `cargo xtask assets` once, then build again.");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
