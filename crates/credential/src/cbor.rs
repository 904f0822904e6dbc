// SPDX-License-Identifier: Apache-2.0
//! A small strict CBOR (RFC 8949): integers, byte and text strings, arrays, maps, tags, booleans and null.
//!
//! The writer gives the deterministic encoding of section 4.2.1. The reader refuses everything that could make one
//! message mean two things or cost more than its size: indefinite lengths, numbers not in their shortest form,
//! duplicate keys, floats, deep nesting, long lists and bytes after the end.

mod read;
mod write;

pub use read::CborError;
pub(crate) use read::decode;
pub(crate) use write::encode;

/// A CBOR data item. It may hold personal values, so only tests can print it.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Value {
    /// An integer from −2⁶⁴ to 2⁶⁴−1 (major types 0 and 1).
    Integer(i128),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text string.
    Text(String),
    /// A list.
    Array(Vec<Value>),
    /// Pairs of key and value; no key twice.
    Map(Vec<(Value, Value)>),
    /// A tagged item.
    Tag(u64, Box<Value>),
    /// True or false.
    Bool(bool),
    /// Nothing.
    Null,
}

impl Value {
    /// A text item.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// An integer item.
    pub(crate) fn integer(value: impl Into<i128>) -> Self {
        Self::Integer(value.into())
    }

    /// The value of an integer key in a map; `None` if there is none or this is no map.
    pub(crate) fn get(&self, key: i128) -> Option<&Self> {
        self.find(&Self::Integer(key))
    }

    /// The value of a text key in a map.
    pub(crate) fn get_text(&self, key: &str) -> Option<&Self> {
        self.find(&Self::text(key))
    }

    fn find(&self, key: &Self) -> Option<&Self> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(crate) fn as_integer<T: TryFrom<i128>>(&self) -> Option<T> {
        match self {
            Self::Integer(value) => T::try_from(*value).ok(),
            _ => None,
        }
    }
}
