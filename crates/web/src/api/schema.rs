// SPDX-License-Identifier: Apache-2.0
//! What the shapes on the wire look like, as JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1).
//!
//! A shape and its schema come from one declaration, so that they cannot part: `wire!` declares a shape of this interface,
//! `describe!` describes a value of the domain and does not compile if a field is forgotten or has another type.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The schemas that have a name of their own.
#[derive(Debug, Default)]
pub(crate) struct Components(BTreeMap<String, Value>);

impl Components {
    /// A reference to a named schema, made when it is first asked for.
    pub(crate) fn named(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.0.contains_key(name) {
            // Its name stands before it is made, so that a shape may hold itself.
            self.0.insert(name.to_owned(), Value::Null);
            let schema = make(self);
            self.0.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    /// All of them, by name.
    pub(crate) fn into_map(self) -> Map<String, Value> {
        self.0.into_iter().collect()
    }
}

/// A value whose form on the wire is known.
pub(crate) trait Described {
    /// Whether a field with such a value may be left out.
    const MAY_LACK: bool = false;

    /// Its schema; one with a name goes into the components and is referred to.
    fn schema(components: &mut Components) -> Value;
}

/// Whether fields that are not named are let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Others {
    /// They are refused: in what a client sends a misspelt field must not be lost silently.
    Refused,
    /// They are to be ignored: in answers, which may grow.
    Ignored,
}

/// An object as it grows.
pub(crate) struct Object {
    properties: Map<String, Value>,
    required: Vec<Value>,
    others: Others,
    text: String,
}

impl Object {
    /// An object without fields; `text` says what it is.
    pub(crate) fn new(others: Others, text: &[&str]) -> Self {
        Self { properties: Map::new(), required: Vec::new(), others, text: sentence(text) }
    }

    /// Adds a field.
    pub(crate) fn field<T: Described>(
        mut self,
        components: &mut Components,
        name: &str,
        text: &[&str],
        has_default: Default,
    ) -> Self {
        let mut schema = T::schema(components);
        if !text.is_empty() {
            schema["description"] = sentence(text).into();
        }
        self.properties.insert(name.to_owned(), schema);
        let may_lack = self.others == Others::Refused && (T::MAY_LACK || has_default == Default::Given);
        if !may_lack {
            self.required.push(name.into());
        }
        self
    }

    /// The schema.
    pub(crate) fn done(self) -> Value {
        let mut schema = json!({ "type": "object", "properties": self.properties });
        if !self.text.is_empty() {
            schema["description"] = self.text.into();
        }
        if !self.required.is_empty() {
            schema["required"] = self.required.into();
        }
        if self.others == Others::Refused {
            schema["additionalProperties"] = false.into();
        }
        schema
    }
}

/// Whether a field that was left out has a value all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Default {
    /// It has.
    Given,
    /// It has none of its own.
    None,
}

/// The lines of a comment as one text.
fn sentence(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Declares shapes of this interface. What is `asked` of a client refuses unknown fields; what is `told` may grow.
macro_rules! wire {
    ($($(#[doc = $doc:literal])* $kind:ident $name:ident { $($(#[doc = $text:literal])* $field:ident: $type:ty $(= $default:ident)?),* $(,)? })+) => {$(
        $crate::api::schema::wire_struct! {
            $kind $(#[doc = $doc])* $name { $($(#[doc = $text])* $field: $type $(= $default)?,)* }
        }

        impl $crate::api::schema::Described for $name {
            fn schema(components: &mut $crate::api::schema::Components) -> serde_json::Value {
                components.named(stringify!($name), |_components| {
                    let others = $crate::api::schema::wire_others!($kind);
                    let object = $crate::api::schema::Object::new(others, &[$($doc),*]);
                    $(let object = object.field::<$type>(
                        _components,
                        stringify!($field),
                        &[$($text),*],
                        $crate::api::schema::wire_default!($($default)?),
                    );)*
                    object.done()
                })
            }
        }
    )+};
}

macro_rules! wire_struct {
    (asked $(#[doc = $doc:literal])* $name:ident { $($(#[doc = $text:literal])* $field:ident: $type:ty $(= $default:ident)?,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[doc = $text])* $(#[serde($default)])? pub $field: $type,)* }
    };
    (told $(#[doc = $doc:literal])* $name:ident { $($(#[doc = $text:literal])* $field:ident: $type:ty $(= $default:ident)?,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
        pub struct $name { $($(#[doc = $text])* $(#[serde($default)])? pub $field: $type,)* }
    };
}

macro_rules! wire_others {
    (asked) => {
        $crate::api::schema::Others::Refused
    };
    (told) => {
        $crate::api::schema::Others::Ignored
    };
}

macro_rules! wire_default {
    () => {
        $crate::api::schema::Default::None
    };
    (default) => {
        $crate::api::schema::Default::Given
    };
}

/// Describes structs of the domain. Each field is named with its type: a missing or a wrong one does not compile. A field
/// that the domain fills in when it is left out is followed by `= default`.
macro_rules! describe {
    ($($(#[doc = $doc:literal])* $name:ident = $type:path { $($(#[doc = $text:literal])* $field:ident: $field_type:ty $(= $default:ident)?),+ $(,)? })+) => {$(
        impl $crate::api::schema::Described for $type {
            fn schema(components: &mut $crate::api::schema::Components) -> serde_json::Value {
                fn every_field(value: &$type) {
                    let $type { $($field),+ } = value;
                    $(let _: &$field_type = $field;)+
                }
                let _: fn(&$type) = every_field;
                components.named(stringify!($name), |components| {
                    let object =
                        $crate::api::schema::Object::new($crate::api::schema::Others::Refused, &[$($doc),*]);
                    $(let object = object.field::<$field_type>(
                        components,
                        stringify!($field),
                        &[$($text),*],
                        $crate::api::schema::wire_default!($($default)?),
                    );)+
                    object.done()
                })
            }
        }
    )+};
}

pub(crate) use {describe, wire, wire_default, wire_others, wire_struct};
