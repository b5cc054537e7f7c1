//! What the token keeps of a holder, in as few bytes as it can be: every write of a leaf pays for all accounts in it.

use fvm_shared::ActorID;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::collections::{Packed, take};
use holdfast_runtime::record;

record! {
    /// What the token keeps of a holder, or of somebody who has delegated the votes of tokens to come.
    pub struct Account {
        /// Atto-tokens.
        pub balance: TokenAmount,
        /// Who votes with them; null while nobody is asked to.
        pub delegate: Option<ActorID>,
        /// Whether the holder's 0x form is known to be the masked id: an actor without an f4 address never gets one.
        pub masked: bool,
    }
}

/// In the first byte: whether the 0x form is the masked id.
const MASKED: u8 = 0x80;
/// In the first byte: whether delegates follow.
const DELEGATED: u8 = 0x40;
/// In the first byte: how many bytes the balance has. An amount of tokens has at most 32.
const LENGTH: u8 = 0x3f;
/// How many shares the votes are split into; 0 means that one delegate has all of them.
const WHOLE: u8 = 0;

impl Account {
    /// The account itself, unless nothing is in it: then there is none.
    pub fn unless_empty(self) -> Option<Self> {
        (!self.balance.is_zero() || self.delegate.is_some()).then_some(self)
    }
}

impl Default for Account {
    fn default() -> Self {
        let balance = TokenAmount::default();
        Self {
            balance,
            delegate: None,
            masked: false,
        }
    }
}

impl Packed for Account {
    /// Length and flags, the balance, then the delegates: the number of shares and, while the votes are not split, one id.
    fn pack(&self, out: &mut Vec<u8>) {
        let (_, magnitude) = self.balance.atto().to_bytes_be();
        let magnitude = if self.balance.is_zero() {
            &[]
        } else {
            &magnitude[..]
        };
        let delegated = if self.delegate.is_some() { DELEGATED } else { 0 };
        let masked = if self.masked { MASKED } else { 0 };
        out.push(masked | delegated | (magnitude.len() as u8 & LENGTH));
        out.extend_from_slice(magnitude);
        if let Some(delegate) = self.delegate {
            out.push(WHOLE);
            delegate.pack(out);
        }
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let first = byte(bytes)?;
        let magnitude = take(usize::from(first & LENGTH), bytes)?;
        let balance = TokenAmount::from_atto(BigInt::from_bytes_be(Sign::Plus, magnitude));
        let delegate = if first & DELEGATED == 0 {
            None
        } else {
            Some(
                byte(bytes)
                    .filter(|shares| *shares == WHOLE)
                    .and_then(|_| u64::unpack(bytes))?,
            )
        };
        let masked = first & MASKED != 0;
        Some(Self {
            balance,
            delegate,
            masked,
        })
    }

    fn skip(bytes: &mut &[u8]) -> Option<()> {
        let first = byte(bytes)?;
        take(usize::from(first & LENGTH), bytes)?;
        if first & DELEGATED != 0 {
            byte(bytes).and_then(|_| u64::skip(bytes))?;
        }
        Some(())
    }
}

fn byte(bytes: &mut &[u8]) -> Option<u8> {
    take(1, bytes)?.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_comes_back_from_its_bytes() {
        let largest = TokenAmount::from_atto(holdfast_policies::amount::max_amount());
        for balance in [
            TokenAmount::default(),
            TokenAmount::from_atto(1),
            TokenAmount::from_whole(1_000),
            largest,
        ] {
            for delegate in [None, Some(0), Some(1_234), Some(u64::MAX)] {
                let (balance, masked) = (balance.clone(), delegate.is_some());
                let account = Account {
                    balance,
                    delegate,
                    masked,
                };
                let mut bytes = Vec::new();
                account.pack(&mut bytes);
                bytes.push(7);
                let mut rest = &bytes[..];
                assert_eq!(Account::unpack(&mut rest), Some(account));
                assert_eq!(rest, [7]);
            }
        }
    }

    #[test]
    fn a_holder_of_a_thousand_tokens_takes_ten_bytes() {
        let mut bytes = Vec::new();
        let balance = TokenAmount::from_whole(1_000);
        let account = Account {
            balance,
            ..Account::default()
        };
        account.pack(&mut bytes);
        assert_eq!(bytes.len(), 10);
    }

    #[test]
    fn votes_in_shares_are_not_known_yet() {
        assert_eq!(Account::unpack(&mut &[DELEGATED, 2, 5, 6][..]), None);
    }
}
