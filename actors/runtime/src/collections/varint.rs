//! Unsigned LEB128 in its shortest form: actor ids take three bytes for years to come.

/// Appends a number.
pub(super) fn put(value: u64, out: &mut Vec<u8>) {
    let mut rest = value;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// Takes a number from the front; none if there is none, or not in its shortest form.
pub(super) fn take(bytes: &mut &[u8]) -> Option<u64> {
    let last = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let (head, rest) = bytes.split_at_checked(last.checked_add(1)?)?;
    if head.len() > 1 && head.last() == Some(&0) {
        return None;
    }
    let mut value: u64 = 0;
    for byte in head.iter().rev() {
        value = value.checked_mul(128)?.checked_add(u64::from(byte & 0x7f))?;
    }
    *bytes = rest;
    Some(value)
}
