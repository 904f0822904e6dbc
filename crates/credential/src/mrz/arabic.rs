// SPDX-License-Identifier: Apache-2.0
//! Arabic script (ICAO Doc 9303-3 section 6, table C): Arabic, Persian, Dari, Pashto and Urdu letters. Letters without
//! a Latin twin begin with the escape X, so that the name in its own script can be found again from the zone.

/// What table C says of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// These Latin letters.
    Letters(&'static str),
    /// Teh marbuta: XTA, but XAH at the end of a name part.
    TehMarbuta,
    /// Shadda: the letter before it twice.
    Double,
    /// Vowel signs, tatweel and letters that are not encoded.
    NotEncoded,
}

/// The form of a character in the table.
pub(super) fn table(character: char) -> Option<Form> {
    let letters = match character {
        'ء' => "XE",
        'آ' => "XAA",
        'أ' => "XAE",
        'ؤ' => "U",
        'إ' => "I",
        'ئ' => "XI",
        'ا' => "A",
        'ب' => "B",
        'ة' => return Some(Form::TehMarbuta),
        'ت' => "T",
        'ث' => "XTH",
        'ج' => "J",
        'ح' => "XH",
        'خ' => "XKH",
        'د' => "D",
        'ذ' => "XDH",
        'ر' => "R",
        'ز' => "Z",
        'س' => "S",
        'ش' => "XSH",
        'ص' => "XSS",
        'ض' => "XDZ",
        'ط' => "XTT",
        'ظ' => "XZZ",
        'ع' => "E",
        'غ' => "G",
        'ف' => "F",
        'ق' => "Q",
        'ك' => "K",
        'ل' => "L",
        'م' => "M",
        'ن' => "N",
        'ه' => "H",
        'و' => "W",
        'ى' => "XAY",
        'ي' => "Y",
        '\u{0671}' => "XXA",
        'ٹ' => "XXT",
        'ټ' => "XRT",
        'پ' => "P",
        'ځ' => "XKE",
        'څ' => "XXH",
        'چ' => "XC",
        'ڈ' => "XXD",
        'ډ' => "XDR",
        'ڑ' => "XXR",
        'ړ' => "XRR",
        'ږ' => "XRX",
        'ژ' => "XJ",
        'ښ' => "XXS",
        'ک' => "XKK",
        'ګ' => "XXK",
        'ڭ' => "XNG",
        'گ' => "XGG",
        'ں' => "XNN",
        'ڼ' => "XXN",
        'ھ' => "XDO",
        '\u{06C0}' => "XYH",
        'ہ' => "XXG",
        '\u{06C2}' => "XGE",
        'ۃ' => "XTG",
        'ی' => "XYA",
        'ۍ' => "XXY",
        'ې' => "Y",
        'ے' => "XYB",
        'ۓ' => "XBE",
        '\u{0651}' => return Some(Form::Double),
        // Tatweel, vowel signs, sukun, superscript alef, and the four letters that the table lists without a form.
        '\u{0640}' | '\u{064B}'..='\u{0650}' | '\u{0652}' | '\u{0670}' | 'ڜ' | 'ڢ' | 'ڧ' | 'ڨ' => {
            return Some(Form::NotEncoded);
        }
        _ => return None,
    };
    Some(Form::Letters(letters))
}

/// Whether a character is written above, below or between letters: it does not end a name part.
pub(super) fn is_sign(character: char) -> bool {
    matches!(character, '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0670}')
}
