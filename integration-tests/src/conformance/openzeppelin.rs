//! OpenZeppelin's contracts as subjects.

use alloy_primitives::{Address as Eth, U256};
use alloy_sol_types::{SolCall, sol};
use fvm_shared::address::Address;
use holdfast_localnet::Wallet;

use super::{Erc20Subject, SUPPLY, Subject};
use crate::World;

sol! {
    /// What `Peer` adds to the standards.
    interface IPeer {
        function mint(address to, uint256 value) external;
        function burn(uint256 value) external;
    }
}

/// A contract that inherits `Peer` of `solidity/contracts/peers`, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenZeppelin(pub &'static str);

impl OpenZeppelin {
    /// ERC20.
    pub const ERC20: Self = Self("PeerERC20");
    /// ERC20Permit.
    pub const ERC20_PERMIT: Self = Self("PeerERC20Permit");
    /// ERC20Permit with ERC20Votes.
    pub const ERC20_VOTES: Self = Self("PeerERC20Votes");
}

impl Subject for OpenZeppelin {
    fn create(&self, w: &mut World, maker: &Wallet) -> Address {
        let contract = w.deploy(maker, self.0);
        let mint = self.mint(w.eth(maker), U256::from(SUPPLY));
        w.calldata(maker, contract, mint).ok();
        contract
    }
}

impl Erc20Subject for OpenZeppelin {
    fn metadata(&self) -> (&'static str, &'static str, u8) {
        ("Peer", "PEER", 18)
    }

    fn mint(&self, to: Eth, value: U256) -> Vec<u8> {
        IPeer::mintCall { to, value }.abi_encode()
    }

    fn burn(&self, value: U256) -> Vec<u8> {
        IPeer::burnCall { value }.abi_encode()
    }
}
