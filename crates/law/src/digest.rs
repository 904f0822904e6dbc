// SPDX-License-Identifier: Apache-2.0
//! SHA-256 over a canonical rendering, so that a later edit of the pack is visible.

use sha2::{Digest, Sha256};

/// Collects named fields and hashes them.
///
/// Each field is written as its name, a zero byte, the length of the value in bytes as decimal text, a zero byte and the
/// value, so that no two lists of fields have the same rendering.
pub(crate) struct Rendering(Sha256);

impl Rendering {
    /// Begins a rendering; the domain tag keeps hashes of different things apart.
    pub(crate) fn new(tag: &str) -> Self {
        let mut rendering = Self(Sha256::new());
        rendering.field("tag", tag);
        rendering
    }

    /// Adds a field.
    pub(crate) fn field(&mut self, name: &str, value: &str) {
        self.0.update(format!("{name}\0{}\0", value.len()));
        self.0.update(value);
    }

    /// The hash in lower-case hexadecimal.
    pub(crate) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_letter_between_fields_changes_the_digest() {
        let digest = |first: &str, second: &str| {
            let mut rendering = Rendering::new("test");
            rendering.field("a", first);
            rendering.field("b", second);
            rendering.finish()
        };
        assert_ne!(digest("xy", "z"), digest("x", "yz"));
        assert_eq!(digest("x", "y").len(), 64);
    }
}
