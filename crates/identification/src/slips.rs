// SPDX-License-Identifier: Apache-2.0
//! How alike two texts are that are not names: the share of letters that stay.

/// Letters that are compared; the rest of a longer text is left out.
const LETTERS_MAX: usize = 48;

/// From 1, the same, to 0: one less the number of letters to change, leave out, put in or exchange with a neighbour, over the
/// longer length. Symmetric.
#[must_use]
pub(crate) fn alike(left: &str, right: &str) -> f32 {
    let left: Vec<char> = left.chars().take(LETTERS_MAX).collect();
    let right: Vec<char> = right.chars().take(LETTERS_MAX).collect();
    let longer = left.len().max(right.len());
    if longer == 0 {
        return 1.0;
    }
    let mut before = [0_u8; LETTERS_MAX + 1];
    let mut last: [u8; LETTERS_MAX + 1] = std::array::from_fn(|place| u8::try_from(place).unwrap_or(u8::MAX));
    let mut row = [0_u8; LETTERS_MAX + 1];
    for (i, letter) in left.iter().enumerate() {
        row[0] = last[0] + 1;
        for (j, other) in right.iter().enumerate() {
            let mut slips = (last[j] + u8::from(letter != other)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && left[i - 1] == *other && right[j - 1] == *letter {
                slips = slips.min(before[j - 1] + 1);
            }
            row[j + 1] = slips;
        }
        before = last;
        last = row;
    }
    #[expect(clippy::cast_precision_loss, reason = "both are below a hundred")]
    let longer = longer as f32;
    1.0 - f32::from(last[right.len()]) / longer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_slips() {
        for (left, right, expected) in
            [("abcd", "abcd", 1.0), ("abcd", "abdc", 0.75), ("abcd", "bcd", 0.75), ("ab", "cd", 0.0)]
        {
            assert!((alike(left, right) - expected).abs() < 1e-6);
            assert!((alike(right, left) - expected).abs() < 1e-6);
        }
    }
}
