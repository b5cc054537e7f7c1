//! Which public keys of X25519 can be sealed to.

/// The u-coordinates of small order, little-endian: 0, 1, the two of order 8, then p - 1, and p and p + 1, which are 0 and 1
/// written in another way. Bernstein lists them (<https://cr.yp.to/ecdh.html#validate>); his others have the top bit set, which
/// RFC 7748 §5 has every receiver clear.
const SMALL_ORDER: [[u8; 32]; 7] = [
    [0; 32],
    ends(1, 0, 0),
    [
        224, 235, 122, 124, 59, 65, 184, 174, 22, 86, 227, 250, 241, 159, 196, 106, 218, 9, 141, 235, 156,
        50, 177, 253, 134, 98, 5, 22, 95, 73, 184, 0,
    ],
    [
        95, 156, 149, 188, 163, 80, 140, 36, 177, 208, 177, 85, 156, 131, 239, 91, 4, 68, 92, 196, 88, 28,
        142, 134, 216, 34, 78, 221, 208, 159, 17, 87,
    ],
    ends(0xec, 0xff, 0x7f),
    ends(0xed, 0xff, 0x7f),
    ends(0xee, 0xff, 0x7f),
];

/// A first byte, thirty times the same, a last byte.
const fn ends(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut bytes = [middle; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
}

/// Whether a key is a point of small order: whoever seals to one shares a secret with everybody, because it is zero whatever
/// the own key is (RFC 7748 §6.1).
pub fn is_small_order(key: &[u8; 32]) -> bool {
    let mut point = *key;
    point[31] &= 0x7f;
    SMALL_ORDER.contains(&point)
}
