// SPDX-License-Identifier: Apache-2.0
//! Which cards were suspended or revoked: a Token Status List (IETF OAuth draft) as a signed CBOR Web Token.
//!
//! The whole list is carried by the checker, so that nobody learns whose card is checked.

mod list;
mod token;

pub use list::{LIST_CAPACITY, Status, StatusList, StatusListError};
pub use token::{
    STATUS_TOKEN_BYTES_MAX, SignedStatusToken, StatusToken, StatusTokenClaims, TokenError, decode_token, encode_token,
};
