//! Values of an interface as JSON, and back: for commands, servers and tools that know a type by its [`Shape`](crate::schema::Shape) only.
//!
//! | shape | JSON |
//! |---|---|
//! | unit | `null` |
//! | bool | `true`, `false` |
//! | integers | a number, or its decimal digits as text |
//! | text | text |
//! | bytes | text `0x..` |
//! | address | text: `f..`, `t..` or `0x..` |
//! | amount | text: `"1.5"` whole tokens, or with a unit, `"10 nano"`, `"7 atto"`, `"5 FIL"` |
//! | link, foreign CID | text |
//! | optional | `null` or the value |
//! | list | an array |
//! | record | an object with the fields' names |
//!
//! No number is ever a float. A record that lacks a field is refused, except that an optional one is then null and
//! a byte string is then empty; so is one with a field that does not exist. Errors name the field, its type and what it is.

mod address;
mod amount;
mod by_number;
mod decode;
mod encode;
mod error;
mod event;
mod integer;
mod overload;
mod solidity;
mod strict;

pub use address::{eth_form, parse_address};
pub use amount::{parse_amount, show_amount};
pub use by_number::{calldata_by_number, results_by_number};
pub use decode::{decode, decode_any};
pub use encode::{encode, from_text};
pub use error::{CodecError, did_you_mean};
pub use event::event;
pub use overload::solidity_method;
pub use solidity::{call_of, calldata, results, revert, solidity_from_text};
pub use strict::parse_json;

/// Bytes from `0x` hex.
///
/// # Errors
/// When the text has no `0x`, an odd number of digits, or another character than a digit.
pub fn parse_hex(text: &str) -> Result<Vec<u8>, CodecError> {
    let Some(digits) = text.strip_prefix("0x") else {
        return Err(CodecError::new(format!(
            "`{text}` is no hex: it has to begin with 0x"
        )));
    };
    if !digits.len().is_multiple_of(2) {
        let count = digits.len();
        return Err(CodecError::new(format!(
            "0x and {count} digits are no bytes: each takes two digits"
        )));
    }
    let nibble = |digit: u8| {
        char::from(digit)
            .to_digit(16)
            .and_then(|n| u8::try_from(n).ok())
            .ok_or_else(|| {
                CodecError::new(format!(
                    "`{}` is no hex digit",
                    char::from(digit).escape_default()
                ))
            })
    };
    digits
        .as_bytes()
        .chunks_exact(2)
        .map(|pair| Ok((nibble(pair[0])? << 4) | nibble(pair[1])?))
        .collect()
}
