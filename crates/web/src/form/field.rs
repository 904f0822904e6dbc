// SPDX-License-Identifier: Apache-2.0
//! The fields that a page shows, with everything decided and translated; `templates/part.html` draws them.

use super::{Errors, FormData};

/// How a field is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One line.
    Line,
    /// One line for an e-mail address.
    Email,
    /// One line for a telephone number.
    Phone,
    /// One line of digits.
    Digits,
    /// One line that is not shown.
    Password,
    /// Several lines.
    Area,
    /// One of a few, all shown.
    Radios,
    /// Any number of a few.
    Checkboxes,
    /// One of many.
    Select,
    /// A file; a photo may be taken on the spot.
    Photo,
    /// A file.
    File,
}

/// Characters of a choice that stands beside two others.
const CHOICE_SHORT: usize = 20;

/// One that can be chosen.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) value: String,
    /// What is shown.
    pub(crate) text: String,
    /// An explanation below it.
    pub(crate) hint: Option<String>,
}

impl Choice {
    /// A choice without explanation.
    pub(crate) fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: text.into(), hint: None }
    }

    /// Explains it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Name, and identifier in the page.
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) kind: Kind,
    pub(crate) hint: Option<String>,
    /// What it holds; for checkboxes, what is ticked.
    pub(crate) values: Vec<String>,
    pub(crate) error: Option<String>,
    pub(crate) choices: Vec<Choice>,
    /// What the browser may fill in (HTML, section 4.10.18.7.1).
    pub(crate) autocomplete: &'static str,
    /// Direction of what is typed, when it is not that of the page: `ltr` for numbers and Latin names, `rtl`, `auto`.
    pub(crate) direction: Option<&'static str>,
    /// Language of what is typed, when it is not that of the page.
    pub(crate) language: Option<&'static str>,
    /// Class of its width, such as `govuk-input--width-10`.
    pub(crate) width: &'static str,
    /// Lines of an area.
    pub(crate) rows: u8,
}

impl Field {
    fn new(kind: Kind, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            hint: None,
            values: Vec::new(),
            error: None,
            choices: Vec::new(),
            autocomplete: "off",
            direction: None,
            language: None,
            width: "",
            rows: 5,
        }
    }

    /// One line.
    pub(crate) fn line(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("auto"), ..Self::new(Kind::Line, name, label) }
    }

    /// One line for a number, a code or a Latin name.
    pub(crate) fn latin(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("ltr"), ..Self::new(Kind::Line, name, label) }
    }

    /// One line for an e-mail address.
    pub(crate) fn email(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("ltr"), ..Self::new(Kind::Email, name, label) }
    }

    /// One line for a telephone number.
    pub(crate) fn phone(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("ltr"), ..Self::new(Kind::Phone, name, label) }
    }

    /// One line of digits, such as a PIN that is shown.
    pub(crate) fn digits(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("ltr"), ..Self::new(Kind::Digits, name, label) }
    }

    /// One line that is not shown.
    pub(crate) fn password(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("ltr"), ..Self::new(Kind::Password, name, label) }
    }

    /// Several lines.
    pub(crate) fn area(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self { direction: Some("auto"), ..Self::new(Kind::Area, name, label) }
    }

    /// One of a few, all shown.
    pub(crate) fn radios(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new(Kind::Radios, name, label) }
    }

    /// Any number of a few.
    pub(crate) fn checkboxes(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new(Kind::Checkboxes, name, label) }
    }

    /// One of many.
    pub(crate) fn select(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new(Kind::Select, name, label) }
    }

    /// A photo, chosen or taken on the spot.
    pub(crate) fn photo(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::Photo, name, label)
    }

    /// A file.
    pub(crate) fn file(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(Kind::File, name, label)
    }

    /// Explains it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Shows a value.
    pub(crate) fn value(mut self, value: impl Into<String>) -> Self {
        self.values = vec![value.into()];
        self
    }

    /// Shows what was typed and what is wrong with it. A password is never shown again.
    pub(crate) fn typed(mut self, form: &FormData, errors: &Errors) -> Self {
        if self.kind != Kind::Password {
            let typed: Vec<String> = form.all(&self.name).map(str::to_owned).collect();
            if !typed.is_empty() {
                self.values = typed;
            }
        }
        self.error = errors.of_field(&self.name);
        self
    }

    /// As it was typed, if the form was sent.
    pub(crate) fn again(self, form: Option<&FormData>, errors: &Errors) -> Self {
        match form {
            Some(form) => self.typed(form, errors),
            None => self,
        }
    }

    /// Lets the browser fill it in.
    pub(crate) fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// The language of what is typed, with its direction.
    pub(crate) fn in_language(mut self, tag: &'static str, direction: &'static str) -> Self {
        (self.language, self.direction) = (Some(tag), Some(direction));
        self
    }

    /// How wide it is: class of govuk-frontend, such as `govuk-input--width-10`.
    pub(crate) fn width(mut self, class: &'static str) -> Self {
        self.width = class;
        self
    }

    /// Lines of an area.
    pub(crate) fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    // What the template asks.

    pub(crate) fn first(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    pub(crate) fn holds(&self, value: &str) -> bool {
        self.values.iter().any(|held| held == value)
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        kind == match self.kind {
            Kind::Line | Kind::Email | Kind::Phone | Kind::Digits | Kind::Password => "input",
            Kind::Area => "area",
            Kind::Radios => "radios",
            Kind::Checkboxes => "checkboxes",
            Kind::Select => "select",
            Kind::Photo | Kind::File => "file",
        }
    }

    pub(crate) fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Email => "email",
            Kind::Phone => "tel",
            Kind::Password => "password",
            _ => "text",
        }
    }

    /// Whether its choices stand beside each other: few, short, and without explanations.
    pub(crate) fn is_on_one_line(&self) -> bool {
        let is_short = |choice: &Choice| choice.hint.is_none() && choice.text.chars().count() <= CHOICE_SHORT;
        self.choices.len() < 3 || (self.choices.len() == 3 && self.choices.iter().all(is_short))
    }

    pub(crate) fn is_digits(&self) -> bool {
        self.kind == Kind::Digits
    }

    pub(crate) fn is_photo(&self) -> bool {
        self.kind == Kind::Photo
    }

    /// What describes it to a screen reader: hint and error.
    pub(crate) fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// A date in three boxes; each may be typed in Western, Arabic-Indic or Persian digits.
#[derive(Clone, Debug)]
pub(crate) struct DateField {
    /// Name; the boxes are called `NAME-day`, `NAME-month` and `NAME-year`.
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) day: String,
    pub(crate) month: String,
    pub(crate) year: String,
}

impl DateField {
    /// An empty one.
    pub(crate) fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        let empty = String::new;
        Self {
            name: name.into(),
            label: label.into(),
            hint: None,
            error: None,
            day: empty(),
            month: empty(),
            year: empty(),
        }
    }

    /// Explains it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Shows what was typed and what is wrong with it.
    pub(crate) fn typed(mut self, form: &FormData, errors: &Errors) -> Self {
        let part = |part: &str| form.text(&format!("{}-{part}", self.name)).to_owned();
        (self.day, self.month, self.year) = (part("day"), part("month"), part("year"));
        self.error = errors.of_field(&self.name);
        self
    }

    /// The date that was typed, as day, month and year; `None` for a part that is empty or no number.
    pub(crate) fn parts(form: &FormData, name: &str) -> [Option<i16>; 3] {
        ["day", "month", "year"].map(|part| western_digits(form.text(&format!("{name}-{part}"))).parse().ok())
    }

    /// The whole date that was typed; `None` when a part is missing or there is no such day.
    pub(crate) fn date(form: &FormData, name: &str) -> Option<domain::time::Date> {
        let [Some(day), Some(month), Some(year)] = Self::parts(form, name) else { return None };
        domain::time::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// A number with its Arabic-Indic (U+0660) and Persian (U+06F0) digits in their Western form.
pub(crate) fn western_digits(text: &str) -> String {
    let western = |letter: char| match letter {
        '\u{0660}'..='\u{0669}' => char::from_digit(letter as u32 - 0x0660, 10).unwrap_or(letter),
        '\u{06F0}'..='\u{06F9}' => char::from_digit(letter as u32 - 0x06F0, 10).unwrap_or(letter),
        other => other,
    };
    text.chars().map(western).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_reader_are_understood() {
        assert_eq!(western_digits("١٩٨٤ ۱۹۸۴ 1984"), "1984 1984 1984");
    }

    #[test]
    fn a_field_points_to_its_hint_and_its_error() {
        let mut errors = Errors::default();
        errors.add("name", "Fill this in");
        let field = Field::line("name", "Name").hint("as in the document").typed(&FormData::default(), &errors);
        assert_eq!(field.described_by(), "name-hint name-error");
    }
}
