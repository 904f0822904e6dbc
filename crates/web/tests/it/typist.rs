// SPDX-License-Identifier: Apache-2.0
//! An officer at the keyboard: reads the form of a page, changes what has to be changed, sends it with Enter, and counts
//! the pages and the keys that it took.

use std::collections::BTreeMap;

use crate::{browser::Browser, client::Answer};

/// A control of a form, in the order of the Tab key.
#[derive(Clone, Debug)]
struct Control {
    name: String,
    kind: Kind,
    /// What it holds; for radios and checkboxes, what is chosen.
    value: String,
    /// What can be chosen.
    options: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Hidden,
    Text,
    Radio,
    Checkbox,
    Select,
    File,
    /// A row of letters that a script makes: stops of the Tab key.
    Letters(usize),
}

/// An officer at the keyboard.
pub(crate) struct Typist<'a> {
    browser: &'a Browser,
    pub(crate) pages: usize,
    pub(crate) keys: usize,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!(" {name}=\""))?.1;
    let value = rest.split('"').next()?;
    Some(value.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"").replace("&amp;", "&"))
}

/// The controls of the form with the identifier `form`, radios of a name as one.
fn controls(page: &str) -> Vec<Control> {
    let form = page.split_once("<form id=\"form\"").expect("the page has a form").1;
    let form = form.split("</form>").next().unwrap();
    let mut controls: Vec<Control> = Vec::new();
    for tag in form.split('<').skip(1) {
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value").unwrap_or_default();
        let mut add = |kind, value: String| {
            controls.push(Control { name: name.clone(), kind, value, options: Vec::new() });
        };
        if tag.starts_with("input") {
            match attribute(tag, "type").as_deref() {
                Some("hidden") => add(Kind::Hidden, value),
                Some("file") => add(Kind::File, String::new()),
                Some(kind @ ("radio" | "checkbox")) => {
                    if controls.last().is_none_or(|last| last.name != name) {
                        let kind = if kind == "radio" { Kind::Radio } else { Kind::Checkbox };
                        controls.push(Control { name, kind, value: String::new(), options: Vec::new() });
                    }
                    let last = controls.last_mut().unwrap();
                    last.options.push(value.clone());
                    if tag.contains(" checked") {
                        last.value = value;
                    }
                }
                _ => add(Kind::Text, value),
            }
        } else if tag.starts_with("textarea") {
            let text = tag.split_once('>').map_or("", |(_, text)| text).trim().to_owned();
            add(Kind::Text, text);
        } else if tag.starts_with("select") {
            add(Kind::Select, String::new());
        } else if tag.starts_with("option") {
            let last = controls.last_mut().unwrap();
            last.options.push(value.clone());
            if tag.contains(" selected") {
                last.value = value;
            }
        } else if let Some(fields) = attribute(tag, "data-letters") {
            add(Kind::Letters(if fields.starts_with("own-") { 2 } else { 1 }), String::new());
        }
    }
    controls
}

impl Control {
    /// The keys that change it to a value, without the Tab that leads to it.
    fn keys(&self, value: &str) -> usize {
        match self.kind {
            _ if value == self.value => 0,
            // What is there is marked when Tab enters, so the first letter takes its place.
            Kind::Text => value.chars().count(),
            Kind::Radio => {
                let place = |value: &str| self.options.iter().position(|option| option == value);
                let to = place(value).unwrap_or_else(|| panic!("{value:?} cannot be chosen in {}", self.name));
                // Space takes the first; arrows go on from what is chosen.
                place(&self.value).map_or(to + 1, |from| to.abs_diff(from))
            }
            Kind::Checkbox => 1,
            // Letters of its name find an entry; three are enough in lists of a hundred.
            Kind::Select => 3,
            Kind::Hidden | Kind::File | Kind::Letters(_) => 0,
        }
    }
}

impl<'a> Typist<'a> {
    pub(crate) fn at(browser: &'a Browser) -> Self {
        Self { browser, pages: 0, keys: 0 }
    }

    /// Fills in the page at a path: only these fields, the rest stays as offered; sends it with the button of this value
    /// (the one that Enter presses if empty), and returns where it leads.
    pub(crate) async fn fill(&mut self, path: &str, fields: &[(&str, &str)], then: &str) -> String {
        let page = self.browser.get(path).await;
        assert_eq!(page.status.as_u16(), 200, "{path} {}", page.text());
        let answer = self.send(path, page.text(), fields, then).await;
        assert_eq!(answer.status.as_u16(), 303, "{path} {}", answer.text());
        answer.header("location").to_owned()
    }

    async fn send(&mut self, path: &str, page: &str, fields: &[(&str, &str)], then: &str) -> Answer {
        // Enter presses the first button that sends the form, wherever it stands in the page (HTML, section 4.10.21.2).
        let first =
            page.split("<button").skip(1).find(|button| button.split('>').next().unwrap().contains(" form=\"form\""));
        assert!(first.is_none_or(|button| !button.split('>').next().unwrap().contains("_language")), "{path}");
        let controls = controls(page);
        let fields: BTreeMap<&str, &str> = fields.iter().copied().collect();
        for name in fields.keys() {
            assert!(controls.iter().any(|control| control.name == *name), "{path} has no field {name}");
        }
        self.pages += 1;
        self.keys += self.count(&controls, &fields, then);
        let mut sent = Vec::new();
        for control in controls.iter().filter(|control| !control.name.is_empty() && control.name != "_csrf") {
            let value = fields.get(control.name.as_str()).copied().unwrap_or(&control.value);
            if !value.is_empty() || control.kind == Kind::Text {
                sent.push((control.name.as_str(), value));
            }
        }
        if !then.is_empty() {
            sent.push(("then", then));
        }
        let action = page.split_once("<form id=\"form\"").unwrap().1.split('>').next().unwrap().to_owned();
        let action = attribute(&action, "action").unwrap();
        self.browser.post(&action, &sent).await
    }

    /// The first field is ready to be typed in; Tab goes on to the last one that is changed; Enter sends.
    fn count(&self, controls: &[Control], fields: &BTreeMap<&str, &str>, then: &str) -> usize {
        let stops: Vec<&Control> = controls.iter().filter(|control| control.kind != Kind::Hidden).collect();
        let is_changed =
            |control: &&Control| fields.get(control.name.as_str()).is_some_and(|value| *value != control.value);
        let last = stops.iter().rposition(is_changed);
        let mut keys = 0;
        for (place, control) in stops.iter().enumerate().take(last.map_or(0, |last| last + 1)) {
            // Tab, or several where a script adds stops.
            keys += match control.kind {
                Kind::Letters(stops) => stops,
                _ => usize::from(place > 0),
            };
            keys += fields.get(control.name.as_str()).map_or(0, |value| control.keys(value));
        }
        // From a list, or to another button than the first, Tab leads on; Enter sends.
        let is_list = last.is_some_and(|last| stops[last].kind == Kind::Select);
        let to_button = if then.is_empty() && !is_list { 0 } else { stops.len() - last.map_or(0, |last| last + 1) + 1 };
        keys + to_button + 1
    }
}
