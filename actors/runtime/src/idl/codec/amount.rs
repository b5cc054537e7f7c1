//! Amounts in words: decimal digits with a unit, never a float.

use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;

use super::error::CodecError;

/// Units and how many decimals they have in atto.
const UNITS: [(&str, usize); 7] = [
    ("", 18),
    ("milli", 15),
    ("micro", 12),
    ("nano", 9),
    ("pico", 6),
    ("femto", 3),
    ("atto", 0),
];

/// Reads `5`, `1.5`, `10 nano`, `7 atto`, `5 FIL`, `2 nanoFIL`, `3 tokens`. A bare number is in whole tokens or FIL, which
/// have 18 decimals.
///
/// # Errors
/// When it is no decimal number, the unit is unknown, or it has a part smaller than an atto.
pub fn parse_amount(text: &str) -> Result<TokenAmount, CodecError> {
    let text = text.trim();
    let split = text
        .find(|c: char| c.is_alphabetic() || c.is_whitespace())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let decimals = decimals(text, unit.trim())?;
    let (negative, digits) = match number.strip_prefix('-') {
        Some(rest) => (true, rest.replace('_', "")),
        None => (false, number.replace('_', "")),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || digits.ends_with('.') || !all_digits(whole) || !all_digits(part) {
        return Err(CodecError::new(format!(
            "`{text}` is no amount: write decimal digits and a unit, e.g. \"1.5\", \"5 FIL\", \"10 nano\", \"7 atto\""
        )));
    }
    let part = part.trim_end_matches('0');
    if part.len() > decimals {
        return Err(CodecError::new(format!(
            "`{text}` has a part smaller than 1 atto, the smallest unit there is"
        )));
    }
    let digits = format!("{whole}{part:0<decimals$}");
    let atto = BigInt::parse_bytes(digits.as_bytes(), 10)
        .ok_or_else(|| CodecError::new(format!("`{text}` is no amount")))?;
    Ok(TokenAmount::from_atto(if negative { -atto } else { atto }))
}

fn decimals(text: &str, unit: &str) -> Result<usize, CodecError> {
    let lower = unit.to_lowercase();
    let name = ["fil", "tokens", "token"]
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .unwrap_or(&lower);
    let found = UNITS
        .iter()
        .find(|(prefix, _)| *prefix == name.trim_end_matches(['-', ' ']));
    found.map(|(_, decimals)| *decimals).ok_or_else(|| {
        CodecError::new(format!(
            "`{text}`: `{unit}` is no unit: there are FIL (or tokens), milli, micro, nano, pico, femto and atto"
        ))
    })
}

/// Writes an amount in whole tokens or FIL, exactly and without needless zeros: `5`, `1.5`, `0.000000000000000001`.
pub fn show_amount(amount: &TokenAmount) -> String {
    let (sign, digits) = (amount.atto().sign(), amount.atto().magnitude().to_string());
    let digits = format!("{digits:0>19}");
    let (whole, part) = digits.split_at(digits.len() - TokenAmount::DECIMALS);
    let part = part.trim_end_matches('0');
    let minus = if sign == Sign::Minus { "-" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{minus}{whole}{point}{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atto(text: &str) -> String {
        parse_amount(text).unwrap().atto().to_string()
    }

    #[test]
    fn a_bare_number_is_in_whole_tokens() {
        assert_eq!(atto("5"), "5000000000000000000");
        assert_eq!(atto("1.5"), "1500000000000000000");
        assert_eq!(atto("1_000"), "1000000000000000000000");
        assert_eq!(atto("-0.5"), "-500000000000000000");
    }

    #[test]
    fn units_are_read_with_and_without_fil() {
        assert_eq!(atto("5 FIL"), atto("5"));
        assert_eq!(atto("5fil"), atto("5"));
        assert_eq!(atto("3 tokens"), atto("3"));
        assert_eq!(atto("10 nano"), "10000000000");
        assert_eq!(atto("10 nanoFIL"), "10000000000");
        assert_eq!(atto("0.5 micro"), "500000000000");
        assert_eq!(atto("7 atto"), "7");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "", "FIL", "1e18", "1.", ".5", "1.2.3", "0x10", "5 apples", "--5", "٣",
        ] {
            assert!(parse_amount(text).is_err(), "{text}");
        }
        let error = parse_amount("0.5 atto").unwrap_err().to_string();
        assert!(error.contains("smaller than 1 atto"), "{error}");
    }

    #[test]
    fn amounts_are_shown_exactly() {
        for text in [
            "0",
            "5",
            "1.5",
            "-0.25",
            "0.000000000000000001",
            "123456789.000000000000000001",
        ] {
            assert_eq!(show_amount(&parse_amount(text).unwrap()), text);
        }
    }
}
