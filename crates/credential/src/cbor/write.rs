// SPDX-License-Identifier: Apache-2.0
//! Writing deterministic CBOR (RFC 8949 section 4.2.1): shortest heads, definite lengths, keys in order of their bytes.

use super::Value;

/// The deterministic encoding of an item.
pub(crate) fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Integer(number) if *number >= 0 => head(0, argument(*number), out),
        Value::Integer(number) => head(1, argument(-1 - *number), out),
        Value::Bytes(bytes) => {
            head(2, bytes.len() as u64, out);
            out.extend_from_slice(bytes);
        }
        Value::Text(text) => {
            head(3, text.len() as u64, out);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(items) => {
            head(4, items.len() as u64, out);
            items.iter().for_each(|item| write(item, out));
        }
        Value::Map(pairs) => {
            head(5, pairs.len() as u64, out);
            let mut encoded: Vec<_> = pairs.iter().map(|(key, value)| (encode(key), value)).collect();
            encoded.sort_by(|(left, _), (right, _)| left.cmp(right));
            for (key, value) in encoded {
                out.extend_from_slice(&key);
                write(value, out);
            }
        }
        Value::Tag(tag, item) => {
            head(6, *tag, out);
            write(item, out);
        }
        Value::Bool(truth) => out.push(0xf4 + u8::from(*truth)),
        Value::Null => out.push(0xf6),
    }
}

fn argument(number: i128) -> u64 {
    u64::try_from(number).expect("only integers that CBOR can hold are built in this crate")
}

fn head(major: u8, argument: u64, out: &mut Vec<u8>) {
    let bytes = argument.to_be_bytes();
    let (info, length) = match argument {
        0..24 => (argument as u8, 0),
        24..=0xff => (24, 1),
        0x100..=0xffff => (25, 2),
        0x1_0000..=0xffff_ffff => (26, 4),
        _ => (27, 8),
    };
    out.push(major << 5 | info);
    out.extend_from_slice(&bytes[bytes.len() - length..]);
}
