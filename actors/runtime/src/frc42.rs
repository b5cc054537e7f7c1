//! Method numbers by FRC-0042: the name decides the number.
#![allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time, where a panic is an error"
)]
#![allow(clippy::panic, reason = "the same")]

/// The lowest number that the convention gives out; lower ones are reserved for built-in methods.
pub const FIRST_METHOD: u64 = 1 << 24;

/// The number of the method `name` by [FRC-0042](https://github.com/filecoin-project/FIPs/blob/master/FRCs/frc-0042.md):
/// of the blake2b-512 hash of `1|name`, the first big-endian 32-bit word that is at least 2^24.
///
/// # Panics
/// At compile time, when the name is not an upper-case letter or `_` followed by letters, digits and `_`.
pub const fn method_number(name: &str) -> u64 {
    assert_name(name.as_bytes());
    let digest = blake2b_512(b"1|", name.as_bytes());
    let mut i = 0;
    while i < 64 {
        let word = u32::from_be_bytes([digest[i], digest[i + 1], digest[i + 2], digest[i + 3]]) as u64;
        if word >= FIRST_METHOD {
            return word;
        }
        i += 4;
    }
    panic!("no word of the hash of the method's name is large enough: choose another name")
}

const fn assert_name(name: &[u8]) {
    assert!(!name.is_empty(), "a method's name is empty");
    assert!(
        name[0].is_ascii_uppercase() || name[0] == b'_',
        "a method's name starts with an upper-case letter"
    );
    let mut i = 0;
    while i < name.len() {
        assert!(
            name[i].is_ascii_alphanumeric() || name[i] == b'_',
            "a method's name has letters, digits and _ only"
        );
        i += 1;
    }
}

const IV: [u64; 8] = [
    0x6a09e667f3bcc908,
    0xbb67ae8584caa73b,
    0x3c6ef372fe94f82b,
    0xa54ff53a5f1d36f1,
    0x510e527fade682d1,
    0x9b05688c2b3e6c1f,
    0x1f83d9abfb41bd6b,
    0x5be0cd19137e2179,
];

const SIGMA: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The positions that the eight mixing steps of a round work on (RFC 7693, section 3.2).
const LANES: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// blake2b-512 (RFC 7693) of `head ‖ tail`, for inputs of one block (up to 128 bytes), at compile time.
const fn blake2b_512(head: &[u8], tail: &[u8]) -> [u8; 64] {
    let len = head.len() + tail.len();
    assert!(len <= 128, "a method's name is longer than 126 bytes");
    let mut m = [0u64; 16];
    let mut i = 0;
    while i < len {
        let byte = if i < head.len() {
            head[i]
        } else {
            tail[i - head.len()]
        };
        m[i / 8] |= (byte as u64) << (8 * (i % 8));
        i += 1;
    }

    let mut h = IV;
    h[0] ^= 0x0101_0040;
    let mut v = [0u64; 16];
    let mut i = 0;
    while i < 8 {
        v[i] = h[i];
        v[i + 8] = IV[i];
        i += 1;
    }
    v[12] ^= len as u64;
    v[14] = !v[14];

    let mut round = 0;
    while round < 12 {
        let s = SIGMA[round % 10];
        let mut step = 0;
        while step < 8 {
            v = mix(v, LANES[step], m[s[2 * step]], m[s[2 * step + 1]]);
            step += 1;
        }
        round += 1;
    }

    let mut out = [0u8; 64];
    let mut i = 0;
    while i < 64 {
        out[i] = ((h[i / 8] ^ v[i / 8] ^ v[i / 8 + 8]) >> (8 * (i % 8))) as u8;
        i += 1;
    }
    out
}

const fn mix(mut v: [u64; 16], [a, b, c, d]: [usize; 4], x: u64, y: u64) -> [u64; 16] {
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
    v[d] = (v[d] ^ v[a]).rotate_right(32);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(24);
    v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
    v[d] = (v[d] ^ v[a]).rotate_right(16);
    v[c] = v[c].wrapping_add(v[d]);
    v[b] = (v[b] ^ v[c]).rotate_right(63);
    v
}
