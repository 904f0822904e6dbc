// SPDX-License-Identifier: Apache-2.0
//! Numbers of documents, persons and telephones, packed, and how close two of them are.

/// Characters of a number that are kept; of a longer one the last, where the running number is.
const CODE_CHARACTERS_MAX: usize = 12;
/// A shorter one says nothing.
const CODE_CHARACTERS_MIN: usize = 4;
/// Ten digits and twenty-six letters, and nothing.
const BASE: u64 = 37;
/// Digits of a telephone number that are kept: without country code and trunk zero.
const PHONE_DIGITS: usize = 9;
const PHONE_DIGITS_MIN: usize = 6;

/// The number of a document or a person: letters and digits only, Latin capitals.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code(u64);

/// How close two numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CodeLevel {
    /// The same.
    Same,
    /// The same but for what a scanner takes for each other (0 and O, 1 and I, 8 and B).
    Scanned,
    /// One character wrong, missing or exchanged with its neighbour.
    Slip,
    /// Different.
    Different,
}

impl Code {
    /// Reads a number; nothing from one that is too short or all of one character.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const TEXT_MAX: usize = 64;
        let characters: Vec<u8> = text.chars().take(TEXT_MAX).filter_map(character).collect();
        let kept = &characters[characters.len().saturating_sub(CODE_CHARACTERS_MAX)..];
        let is_filler = kept.iter().all(|character| *character == kept[0]) || kept.iter().all(|value| *value > 10);
        if kept.len() < CODE_CHARACTERS_MIN || is_filler {
            return None;
        }
        Some(Self(kept.iter().fold(0, |code, character| code * BASE + u64::from(*character))))
    }

    pub(crate) const fn packed(self) -> u64 {
        self.0
    }

    pub(crate) const fn of_packed(packed: u64) -> Option<Self> {
        if packed == 0 { None } else { Some(Self(packed)) }
    }

    /// Characters from the last to the first, and how many.
    fn characters(self) -> ([u8; CODE_CHARACTERS_MAX], usize) {
        let mut characters = [0; CODE_CHARACTERS_MAX];
        let (mut rest, mut count) = (self.0, 0);
        while rest > 0 && count < CODE_CHARACTERS_MAX {
            characters[count] = u8::try_from(rest % BASE).unwrap_or(0);
            rest /= BASE;
            count += 1;
        }
        (characters, count)
    }

    /// The number as a scanner may have seen it: one for all that look alike.
    #[must_use]
    pub fn scanned(self) -> u64 {
        let (characters, count) = self.characters();
        characters[..count].iter().rev().fold(0, |code, character| code * BASE + u64::from(look(*character)))
    }

    /// How close the two are. Symmetric.
    #[must_use]
    pub fn compare(self, other: Self) -> CodeLevel {
        if self == other {
            return CodeLevel::Same;
        }
        let ((left, left_count), (right, right_count)) = (self.characters(), other.characters());
        let (left, right) = (&left[..left_count], &right[..right_count]);
        if left_count == right_count && left.iter().zip(right).all(|(a, b)| look(*a) == look(*b)) {
            CodeLevel::Scanned
        } else if is_one_slip(left, right) {
            CodeLevel::Slip
        } else {
            CodeLevel::Different
        }
    }
}

/// 1 to 10 for digits, 11 to 36 for letters. Cyrillic capitals that look like Latin ones are taken for them.
fn character(letter: char) -> Option<u8> {
    let letter = match letter {
        'А' | 'а' => 'A',
        'В' | 'в' => 'B',
        'С' | 'с' => 'C',
        'Е' | 'е' => 'E',
        'Н' | 'н' => 'H',
        'К' | 'к' => 'K',
        'М' | 'м' => 'M',
        'О' | 'о' => 'O',
        'Р' | 'р' => 'P',
        'Т' | 'т' => 'T',
        'Х' | 'х' => 'X',
        'У' | 'у' => 'Y',
        other => other.to_ascii_uppercase(),
    };
    let digit = letter.to_digit(10).or(match letter as u32 {
        code @ 0x660..=0x669 => Some(code - 0x660),
        code @ 0x6f0..=0x6f9 => Some(code - 0x6f0),
        _ => None,
    });
    match (digit, letter) {
        (Some(digit), _) => u8::try_from(digit + 1).ok(),
        (None, 'A'..='Z') => u8::try_from(letter as u32 - 'A' as u32 + 11).ok(),
        _ => None,
    }
}

const fn letter(letter: u8) -> u8 {
    letter - b'A' + 11
}

const fn look(character: u8) -> u8 {
    const O: u8 = letter(b'O');
    const Q: u8 = letter(b'Q');
    const D: u8 = letter(b'D');
    const I: u8 = letter(b'I');
    const L: u8 = letter(b'L');
    const Z: u8 = letter(b'Z');
    const S: u8 = letter(b'S');
    const G: u8 = letter(b'G');
    const B: u8 = letter(b'B');
    match character {
        O | Q | D => 1,
        I | L => 2,
        Z => 3,
        S => 6,
        G => 7,
        B => 9,
        other => other,
    }
}

fn is_one_slip(left: &[u8], right: &[u8]) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    if short.len() == long.len() {
        let middle = short.len() - start - end.min(short.len() - start);
        middle <= 1 || (middle == 2 && short[start] == long[start + 1] && short[start + 1] == long[start])
    } else {
        start + end >= short.len()
    }
}

/// A telephone number without country code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Phone(u32);

impl Phone {
    /// Reads a number: its last nine digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        const TEXT_MAX: usize = 64;
        let digits: Vec<u32> = text
            .chars()
            .take(TEXT_MAX)
            .filter_map(character)
            .filter(|character| *character <= 10)
            .map(|character| u32::from(character) - 1)
            .collect();
        let kept = &digits[digits.len().saturating_sub(PHONE_DIGITS)..];
        if kept.len() < PHONE_DIGITS_MIN || kept.iter().all(|digit| *digit == kept[0]) {
            return None;
        }
        Some(Self(kept.iter().fold(0, |number, digit| number * 10 + digit)))
    }

    pub(crate) const fn packed(self) -> u32 {
        self.0
    }

    pub(crate) const fn of_packed(packed: u32) -> Option<Self> {
        if packed == 0 { None } else { Some(Self(packed)) }
    }

    /// How close the two are; nothing is taken for each other by scanners. Symmetric.
    #[must_use]
    pub fn compare(self, other: Self) -> CodeLevel {
        if self == other {
            return CodeLevel::Same;
        }
        let digits = |phone: Self| Code(u64::from(phone.0)).0.to_string().into_bytes();
        if is_one_slip(&digits(self), &digits(other)) { CodeLevel::Slip } else { CodeLevel::Different }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_close_two_numbers_are() {
        for (left, right, level) in [
            ("AA 9137429", "aa9137429", CodeLevel::Same),
            ("АА9137429", "AA9137429", CodeLevel::Same),
            ("C08893019", "CO8893O19", CodeLevel::Scanned),
            ("AA9137429", "AA9137428", CodeLevel::Slip),
            ("AA9137429", "AA9173429", CodeLevel::Slip),
            ("AA9137429", "AA913749", CodeLevel::Slip),
            ("AA9137429", "AA9237428", CodeLevel::Different),
            ("AA9137429", "C76664351", CodeLevel::Different),
        ] {
            let (left, right) = (Code::parse(left).unwrap(), Code::parse(right).unwrap());
            assert_eq!(left.compare(right), level);
            assert_eq!(right.compare(left), level);
        }
        for text in ["", "123", "000000", "UNKNOWN", "N/A", "-"] {
            assert!(Code::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn one_telephone_in_several_forms() {
        let phone = |text| Phone::parse(text).unwrap();
        assert!(phone("+994 50 857-01-61") == phone("0508570161"));
        assert_eq!(phone("0508570161").compare(phone("0508570162")), CodeLevel::Slip);
        assert_eq!(phone("0508570161").compare(phone("0557120954")), CodeLevel::Different);
        assert!(Phone::parse("12345").is_none());
    }
}
