//! Amounts in messages, without the floats that the big-integer library prints with.

use core::fmt::{self, Debug, Display, Formatter};

use cid::Cid;
use fvm_shared::address::Address;
use fvm_shared::bigint::Sign;
use fvm_shared::econ::TokenAmount;

/// Digits after the point: an amount counts parts of 10^-18.
const PLACES: usize = 18;

/// An amount as text: `{}` in whole units ("1.5"), `{:?}` in attos.
#[derive(Clone, Copy)]
pub struct Decimal<'a>(pub &'a TokenAmount);

impl Decimal<'_> {
    /// The decimal digits of the attos, at least `width` of them.
    fn digits(&self, width: usize) -> Vec<u8> {
        let (_, mut number) = self.0.atto().to_bytes_be();
        let mut digits = Vec::with_capacity(80);
        while digits.len() < width || number.iter().any(|byte| *byte != 0) {
            digits.push(b'0'.saturating_add(divide_by_ten(&mut number)));
        }
        digits.reverse();
        digits
    }

    fn sign(&self) -> &'static str {
        if self.0.atto().sign() == Sign::Minus {
            "-"
        } else {
            ""
        }
    }
}

/// Divides a big-endian number; gives the remainder.
fn divide_by_ten(number: &mut [u8]) -> u8 {
    let mut rest: u16 = 0;
    for byte in number {
        let part = (rest << 8) | u16::from(*byte);
        *byte = (part / 10) as u8;
        rest = part % 10;
    }
    rest as u8
}

impl Display for Decimal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let digits = self.digits(PLACES + 1);
        let (whole, part) = digits.split_at(digits.len().saturating_sub(PLACES));
        let kept = part
            .iter()
            .rposition(|digit| *digit != b'0')
            .map_or(0, |last| last.saturating_add(1));
        f.write_str(self.sign())?;
        whole
            .iter()
            .try_for_each(|digit| write!(f, "{}", char::from(*digit)))?;
        if kept > 0 {
            f.write_str(".")?;
        }
        part.iter()
            .take(kept)
            .try_for_each(|digit| write!(f, "{}", char::from(*digit)))
    }
}

impl Debug for Decimal<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign())?;
        self.digits(1)
            .iter()
            .try_for_each(|digit| write!(f, "{}", char::from(*digit)))
    }
}

/// How a value of an error is written into its sentence.
pub trait Shown {
    /// What is written.
    type As<'a>: Display + Debug
    where
        Self: 'a;
    /// The value as it is written.
    fn shown(&self) -> Self::As<'_>;
}

impl Shown for TokenAmount {
    type As<'a> = Decimal<'a>;
    fn shown(&self) -> Decimal<'_> {
        Decimal(self)
    }
}

macro_rules! as_they_are {
    ($($ty:ty),+ $(,)?) => {$(
        impl Shown for $ty {
            type As<'a> = &'a $ty;
            fn shown(&self) -> &$ty {
                self
            }
        }
    )+};
}

as_they_are!(
    bool,
    u8,
    u32,
    u64,
    i64,
    usize,
    String,
    &'static str,
    Address,
    Cid,
    crate::evm::EthAddress,
    crate::evm::Bytes32
);

#[cfg(test)]
mod tests {
    use super::*;
    use fvm_shared::bigint::BigInt;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn amounts_read_as_the_chain_s_library_writes_them(bytes: [u8; 32], negative: bool, shift in 0u32..256) {
            let sign = if negative { Sign::Minus } else { Sign::Plus };
            let amount = TokenAmount::from_atto(BigInt::from_bytes_be(sign, &bytes) >> shift);
            let library = amount.to_string();
            prop_assert_eq!(Decimal(&amount).to_string(), library.strip_suffix(".0").unwrap_or(&library));
            prop_assert_eq!(format!("{:?}", Decimal(&amount)), amount.atto().to_string());
        }
    }

    #[test]
    fn whole_amounts_have_no_point() {
        assert_eq!(Decimal(&TokenAmount::from_whole(12)).to_string(), "12");
        assert_eq!(Decimal(&TokenAmount::from_whole(0)).to_string(), "0");
        assert_eq!(
            Decimal(&TokenAmount::from_atto(-1)).to_string(),
            "-0.000000000000000001"
        );
    }
}
