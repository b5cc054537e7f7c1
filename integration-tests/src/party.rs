//! Whoever a story talks about.

use fvm_shared::address::Address;
use holdfast_localnet::{EthAddress, Wallet};

/// Somebody or something with an address.
pub trait Party {
    /// The address, in whichever form it is known.
    fn address(&self) -> Address;
}

impl Party for Wallet {
    fn address(&self) -> Address {
        Wallet::address(self)
    }
}

impl Party for Address {
    fn address(&self) -> Address {
        *self
    }
}

impl Party for EthAddress {
    fn address(&self) -> Address {
        self.to_filecoin()
    }
}

impl<T: Party> Party for &T {
    fn address(&self) -> Address {
        T::address(self)
    }
}

/// 0x0: whom made tokens come from and destroyed ones go to.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

impl Party for Nobody {
    fn address(&self) -> Address {
        EthAddress([0; 20]).to_filecoin()
    }
}
