// SPDX-License-Identifier: Apache-2.0
//! Reading CBOR from outside, strictly and in bounded memory.

use super::Value;

/// Nesting allowed below the outermost item. A card has three levels: message, claims, status reference.
const DEPTH_MAX: usize = 8;
/// Entries allowed in one list or map. A card's largest map has thirteen.
const ENTRIES_MAX: u64 = 64;

/// Why bytes are no acceptable CBOR item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// The bytes end inside an item.
    #[error("the data ends too early")]
    Truncated,
    /// There are bytes after the item.
    #[error("there are bytes after the end")]
    TrailingBytes,
    /// A length is not given in advance.
    #[error("an indefinite length")]
    IndefiniteLength,
    /// A number or length takes more bytes than it needs.
    #[error("a number is not in its shortest form")]
    NotShortest,
    /// Deeper than any card.
    #[error("the data is nested too deeply")]
    TooDeep,
    /// A list or map longer than any in a card.
    #[error("a list or map has too many entries")]
    TooManyEntries,
    /// The same key twice in one map.
    #[error("a key appears twice")]
    DuplicateKey,
    /// A text string that is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
    /// A float, an undefined or an unassigned value.
    #[error("an unsupported kind of value")]
    Unsupported,
}

/// The one item that these bytes hold.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value, CborError> {
    let mut reader = Reader { rest: bytes };
    let value = reader.item(DEPTH_MAX)?;
    if reader.rest.is_empty() { Ok(value) } else { Err(CborError::TrailingBytes) }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn item(&mut self, depth_left: usize) -> Result<Value, CborError> {
        let initial = self.take(1)?[0];
        let (major, info) = (initial >> 5, initial & 0x1f);
        if major == 7 {
            return match info {
                20 | 21 => Ok(Value::Bool(info == 21)),
                22 => Ok(Value::Null),
                31 => Err(CborError::IndefiniteLength),
                _ => Err(CborError::Unsupported),
            };
        }
        let argument = self.argument(info)?;
        let below = || depth_left.checked_sub(1).ok_or(CborError::TooDeep);
        match major {
            0 => Ok(Value::Integer(argument.into())),
            1 => Ok(Value::Integer(-1 - i128::from(argument))),
            2 => Ok(Value::Bytes(self.string(argument)?.to_vec())),
            3 => {
                let text = std::str::from_utf8(self.string(argument)?).map_err(|_| CborError::NotUtf8)?;
                Ok(Value::text(text))
            }
            4 => self.array(argument, below()?),
            5 => self.map(argument, below()?),
            _ => Ok(Value::Tag(argument, Box::new(self.item(below()?)?))),
        }
    }

    fn array(&mut self, count: u64, depth_left: usize) -> Result<Value, CborError> {
        if count > ENTRIES_MAX {
            return Err(CborError::TooManyEntries);
        }
        (0..count).map(|_| self.item(depth_left)).collect::<Result<_, _>>().map(Value::Array)
    }

    fn map(&mut self, count: u64, depth_left: usize) -> Result<Value, CborError> {
        if count > ENTRIES_MAX {
            return Err(CborError::TooManyEntries);
        }
        let mut pairs: Vec<(Value, Value)> = Vec::new();
        for _ in 0..count {
            let key = self.item(depth_left)?;
            if pairs.iter().any(|(known, _)| *known == key) {
                return Err(CborError::DuplicateKey);
            }
            pairs.push((key, self.item(depth_left)?));
        }
        Ok(Value::Map(pairs))
    }

    fn argument(&mut self, info: u8) -> Result<u64, CborError> {
        let (length, least) = match info {
            0..24 => return Ok(info.into()),
            24 => (1, 24),
            25 => (2, 0x100),
            26 => (4, 0x1_0000),
            27 => (8, 0x1_0000_0000),
            31 => return Err(CborError::IndefiniteLength),
            _ => return Err(CborError::Unsupported),
        };
        let argument = self.take(length)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        if argument < least { Err(CborError::NotShortest) } else { Ok(argument) }
    }

    fn string(&mut self, length: u64) -> Result<&'a [u8], CborError> {
        self.take(usize::try_from(length).map_err(|_| CborError::Truncated)?)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], CborError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cbor::encode;

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(|number| Value::Integer(number.into())),
            any::<Vec<u8>>().prop_map(Value::Bytes),
            any::<String>().prop_map(Value::Text),
            any::<bool>().prop_map(Value::Bool),
            Just(Value::Null),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
                prop::collection::btree_map(any::<i16>(), inner.clone(), 0..6).prop_map(|map| {
                    Value::Map(map.into_iter().map(|(key, value)| (Value::Integer(key.into()), value)).collect())
                }),
                (any::<u64>(), inner).prop_map(|(tag, value)| Value::Tag(tag, Box::new(value))),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_to_the_same_bytes(value in values()) {
            let bytes = encode(&value);
            let read = decode(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(encode(&read), bytes);
        }

        #[test]
        fn random_bytes_never_panic(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }

    #[test]
    fn ambiguous_and_oversized_data_is_refused() {
        let nested = |open: u8| [vec![open; 10_000], vec![0]].concat();
        for (bytes, error) in [
            (vec![], CborError::Truncated),
            (vec![0x42, 1], CborError::Truncated),
            (vec![0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], CborError::Truncated),
            (vec![0, 0], CborError::TrailingBytes),
            (vec![0x9f, 0xff], CborError::IndefiniteLength),
            (vec![0xbf, 0xff], CborError::IndefiniteLength),
            (vec![0x5f, 0x41, 0, 0xff], CborError::IndefiniteLength),
            (vec![0x18, 23], CborError::NotShortest),
            (vec![0x19, 0, 255], CborError::NotShortest),
            (vec![0x9b, 0, 0, 0, 1, 0, 0, 0, 0], CborError::TooManyEntries),
            (vec![0xb8, 65], CborError::TooManyEntries),
            (vec![0xa2, 1, 0, 1, 0], CborError::DuplicateKey),
            (vec![0x61, 0xff], CborError::NotUtf8),
            (vec![0xf9, 0, 0], CborError::Unsupported),
            (vec![0xf7], CborError::Unsupported),
            (nested(0x81), CborError::TooDeep),
            (nested(0xc1), CborError::TooDeep),
        ] {
            assert_eq!(decode(&bytes).err(), Some(error), "{:02x?}", &bytes[..bytes.len().min(10)]);
        }
    }
}
