// SPDX-License-Identifier: Apache-2.0
//! Sees that the fonts which the crate embeds are there.

use std::{path::Path, process::ExitCode};

/// The fonts and their licences embedded by `src/engine.rs`.
const FILES: [&str; 8] = [
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-LICENCE.txt",
    "NotoNaskhArabic-Regular.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoNaskhArabic-LICENCE.txt",
    "OCRB.otf",
    "OCRB-LICENCE.txt",
];

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/generated/fonts");
    for file in FILES {
        let path = folder.join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        if !path.is_file() {
            eprintln!("The fonts are not there ({file} is missing): run `cargo xtask assets` once, then build again.");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
