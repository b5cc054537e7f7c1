//! Bytes as text.

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use zeroize::Zeroizing;

/// 0x and lower-case digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    format!("0x{}", HEXLOWER.encode(bytes))
}

/// The same for secrets: the text is wiped when it is dropped.
pub(crate) fn secret_hex(bytes: &[u8; 32]) -> Zeroizing<String> {
    let mut digits = Zeroizing::new([0_u8; 64]);
    HEXLOWER.encode_mut(bytes, digits.as_mut());
    let mut text = Zeroizing::new(String::with_capacity(66));
    text.push_str("0x");
    digits.iter().for_each(|digit| text.push(char::from(*digit)));
    text
}

/// 32 bytes of 0x and 64 digits; the reason when it is something else. The bytes are wiped when they are dropped.
pub(crate) fn parse_32(text: &str) -> Result<Zeroizing<[u8; 32]>, String> {
    let digits = text
        .strip_prefix("0x")
        .ok_or_else(|| "it begins with 0x".to_owned())?;
    if digits.len() != 64 {
        return Err(format!("it has 64 digits, not {}", digits.len()));
    }
    let mut bytes = Zeroizing::new([0; 32]);
    match HEXLOWER_PERMISSIVE.decode_mut(digits.as_bytes(), bytes.as_mut()) {
        Ok(_) => Ok(bytes),
        Err(_) => Err("a digit is 0 to 9 or a to f".to_owned()),
    }
}
