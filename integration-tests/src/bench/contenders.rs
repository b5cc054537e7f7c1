//! Who is measured.

use alloy_sol_types::{SolCall, sol};
use fvm_ipld_encoding::{BytesSer, to_vec};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init::ExecParams;
use holdfast_api::init::method::Exec;
use holdfast_localnet::{CREATE_EXTERNAL, Network, Wallet, ids};
use holdfast_runtime::method::Method;
use holdfast_token::state::TokenState;
use ipld_core::ipld::Ipld;

use super::bulk::credit_all;
use crate::TokenParams;
use crate::conformance::{Erc20Subject, HoldfastToken, OpenZeppelin};
use crate::gas::{BALANCE, word};
use crate::message::Message;
use crate::solidity::initcode;

sol! {
    /// What a `Crowd` adds to its peer.
    interface ICrowd {
        function crowd(uint64[] ids, uint256 value) external;
    }
}

/// What a contender may have beyond ERC-20.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feature {
    /// ERC-20 itself.
    Erc20,
    /// ERC-2612.
    Permit,
    /// ERC-5805.
    Votes,
    /// Many transfers in one message.
    Batch,
}

/// Holders that one message makes.
const CHUNK: usize = 200;
/// The place of the storage in the state of the official EVM actor.
const STORAGE: usize = 2;

/// A token that is measured.
pub(super) trait Contender: Erc20Subject + Sync {
    /// What the tables call it.
    fn name(&self) -> &'static str;
    /// Whether it has a feature.
    fn has(&self, feature: Feature) -> bool;
    /// The message that creates an instance.
    fn creation(&self, network: &Network, maker: &Wallet) -> Message;
    /// Gives what every holder has to actors of these ids, by whatever way is fast. The token has no other holders then.
    fn crowd(&self, network: &mut Network, token: Address, maker: &Wallet, holders: &[ActorID]);
}

/// All of them, ours first.
pub(super) const CONTENDERS: &[&dyn Contender] = &[
    &HoldfastToken,
    &OpenZeppelin::ERC20,
    &OpenZeppelin::ERC20_PERMIT,
    &OpenZeppelin::ERC20_VOTES,
];

impl Contender for HoldfastToken {
    fn name(&self) -> &'static str {
        "Holdfast token"
    }

    fn has(&self, _: Feature) -> bool {
        true
    }

    fn creation(&self, network: &Network, maker: &Wallet) -> Message {
        let code = network.bundle().code("holdfast_token").expect("the token's code");
        let params = TokenParams {
            initial_holder: None,
            initial_supply: TokenAmount::default(),
            ..self.params(maker)
        };
        let constructor_params = to_vec(&params).expect("parameters that encode").into();
        let exec = ExecParams {
            code_cid: code,
            constructor_params,
        };
        Message::call(Address::new_id(ids::INIT), Exec::NUMBER, &exec)
    }

    fn crowd(&self, network: &mut Network, token: Address, _: &Wallet, holders: &[ActorID]) {
        let mut state: TokenState = network.state(&token).expect("the token's state");
        credit_all(&mut state, network, holders);
        network.set_state(&token, &state).expect("a token with holders");
    }
}

impl Contender for OpenZeppelin {
    fn name(&self) -> &'static str {
        match self.0 {
            "PeerERC20" => "OpenZeppelin ERC20",
            "PeerERC20Permit" => "OpenZeppelin ERC20Permit",
            "PeerERC20Votes" => "OpenZeppelin ERC20Votes",
            other => other,
        }
    }

    fn has(&self, feature: Feature) -> bool {
        match feature {
            Feature::Erc20 => true,
            Feature::Permit => *self != Self::ERC20,
            Feature::Votes => *self == Self::ERC20_VOTES,
            Feature::Batch => false,
        }
    }

    fn creation(&self, _: &Network, _: &Wallet) -> Message {
        Message::call(
            Address::new_id(ids::EAM),
            CREATE_EXTERNAL,
            &BytesSer(&initcode(self.0)),
        )
    }

    fn crowd(&self, network: &mut Network, token: Address, maker: &Wallet, holders: &[ActorID]) {
        let calls = holders.chunks(CHUNK).map(|ids| {
            let (ids, value) = (ids.to_vec(), word(BALANCE));
            ICrowd::crowdCall { ids, value }.abi_encode()
        });
        adopt_crowd(network, token, maker, &self.0.replacen("Peer", "Crowd", 1), calls);
    }
}

/// Many entries are made by calls of a contract that inherits the peer and has a loop; the peer then gets its storage.
pub(super) fn adopt_crowd(
    network: &mut Network,
    peer: Address,
    maker: &Wallet,
    crowd: &str,
    calls: impl Iterator<Item = Vec<u8>>,
) {
    let none = TokenAmount::default();
    let made = network.deploy_evm(maker, &initcode(crowd), none.clone());
    let (made, _) = made.unwrap_or_else(|error| panic!("no crowd: {error}"));
    for data in calls {
        let called = network.call_evm(maker, made.eth_address, none.clone(), &data);
        let (receipt, _) = called.unwrap_or_else(|error| panic!("no crowd: {error}"));
        assert!(receipt.is_ok(), "{}", receipt.error);
    }
    let list = |address: Address| match network.state(&address) {
        Ok(Ipld::List(list)) => list,
        other => panic!("the state of a contract is no list: {other:?}"),
    };
    let mut state = list(peer);
    state[STORAGE] = list(made.eth_address.to_filecoin()).swap_remove(STORAGE);
    network
        .set_state(&peer, &Ipld::List(state))
        .expect("a contract with entries");
}
