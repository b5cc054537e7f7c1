//! Reading: actors, state, calls that change nothing, gas estimates, sums over the whole tree.

use cid::Cid;
use fvm::gas::price_list_by_network_version;
use fvm::state_tree::StateTree;
use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::from_slice;
use fvm_shared::ActorID;
use fvm_shared::address::{Address, Payload, Protocol};
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use fvm_shared::state::ActorState;
use serde::de::DeserializeOwned;

use crate::base_fee::BLOCK_GAS_LIMIT;
use crate::error::{Error, Result};
use crate::genesis::exec;
use crate::message::{Signature, SignedMessage, message_cid};
use crate::network::Network;
use crate::receipt::Receipt;
use crate::store::MemStore;

/// An actor of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: ActorID,
    /// Name of its code in the bundle.
    pub name: String,
    /// Code, head, nonce, balance, delegated address.
    pub state: ActorState,
}

impl Network {
    /// The actor at an address, if there is one.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn actor(&self, address: &Address) -> Result<Option<ActorState>> {
        self.tree()?.get_actor_by_address(address).map_err(exec)
    }

    /// The id behind an address, if it has one.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn resolve(&self, address: &Address) -> Result<Option<ActorID>> {
        self.tree()?.lookup_id(address).map_err(exec)
    }

    /// Balance in attoFIL; zero for an address without actor.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn balance(&self, address: &Address) -> Result<TokenAmount> {
        Ok(self
            .actor(address)?
            .map_or(TokenAmount::from_atto(0), |actor| actor.balance))
    }

    /// Name, in the bundle, of the code at an address.
    ///
    /// # Errors
    /// When there is no actor.
    pub fn code_name(&self, address: &Address) -> Result<&str> {
        let actor = self.actor(address)?.ok_or(Error::NoActor(*address))?;
        Ok(self.bundle.name(&actor.code).unwrap_or("unknown"))
    }

    /// State of an actor, decoded from its head.
    ///
    /// # Errors
    /// When there is no actor, or its state is not of this type.
    pub fn state<T: DeserializeOwned>(&self, address: &Address) -> Result<T> {
        let actor = self.actor(address)?.ok_or(Error::NoActor(*address))?;
        self.block(&actor.state)
    }

    /// A block decoded from CBOR.
    ///
    /// # Errors
    /// When it is missing or not of this type.
    pub fn block<T: DeserializeOwned>(&self, cid: &Cid) -> Result<T> {
        from_slice(&self.raw_block(cid)?).map_err(|e| Error::codec(format!("block {cid}"), e))
    }

    /// The bytes of a block.
    ///
    /// # Errors
    /// When it is missing.
    pub fn raw_block(&self, cid: &Cid) -> Result<Vec<u8>> {
        self.store
            .get(cid)
            .map_err(Error::Machine)?
            .ok_or(Error::MissingBlock(*cid))
    }

    /// Every actor of the tree, by id.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn actors(&self) -> Result<Vec<Actor>> {
        let mut all = Vec::new();
        let tree: StateTree<MemStore> = self.tree()?;
        tree.for_each(|address, state| {
            let name = self.bundle.name(&state.code).unwrap_or("unknown").to_owned();
            all.push(Actor {
                id: address.id()?,
                name,
                state: state.clone(),
            });
            Ok(())
        })
        .map_err(Error::Machine)?;
        all.sort_by_key(|actor| actor.id);
        Ok(all)
    }

    /// Sum of all balances in the tree. On a network from [`Network::start`] it is 2 000 000 000 FIL for ever.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn total_fil(&self) -> Result<TokenAmount> {
        Ok(self
            .actors()?
            .into_iter()
            .fold(TokenAmount::from_atto(0), |sum, actor| sum + actor.state.balance))
    }

    /// Run a message in the next epoch on a state that is thrown away. Any actor may be the sender; nonce and
    /// gas price do not matter; a gas limit of 0 is the block gas limit.
    ///
    /// # Errors
    /// When the machine fails. A failing message is a receipt.
    pub fn call(&self, mut message: Message) -> Result<Receipt> {
        if message.gas_limit == 0 {
            message.gas_limit = BLOCK_GAS_LIMIT;
        }
        let cid = message_cid(&message)?;
        let mut vm = self.vm_at(self.head.epoch + 1, self.head.base_fee.clone(), self.tracing)?;
        Ok(Receipt::new(cid, vm.implicit(message)?))
    }

    /// Run a message in the next epoch as the chain would, after the waiting messages of its sender, on a state that is
    /// thrown away: its nonce and fees are set so that it goes through, its gas limit is the block gas limit.
    /// `gas_used` is that of the whole message.
    ///
    /// # Errors
    /// When the machine fails. A failing message is a receipt.
    pub fn dry_run(&self, mut message: Message) -> Result<Receipt> {
        let mut vm = self.vm_at(self.head.epoch + 1, TokenAmount::from_atto(0), self.tracing)?;
        for waiting in self.waiting_of(&message.from)? {
            vm.explicit(waiting.message.clone(), waiting.chain_length()?)?;
        }
        message.sequence = self.next_nonce(&message.from)?;
        message.gas_limit = BLOCK_GAS_LIMIT;
        message.gas_fee_cap = TokenAmount::from_atto(0);
        message.gas_premium = TokenAmount::from_atto(0);
        let cid = message_cid(&message)?;
        let length = self.priced_length(&message)?;
        Ok(Receipt::new(cid, vm.explicit(message, length)?))
    }

    /// The gas limit a wallet should set: what the message uses, and a quarter more.
    ///
    /// # Errors
    /// [`Error::Failed`] when the message would fail.
    pub fn estimate_gas(&self, message: &Message) -> Result<u64> {
        let receipt = self.dry_run(message.clone())?.ok("gas estimate: the message")?;
        Ok(with_margin(receipt.gas_used))
    }

    /// The least gas limit of a message of `length` bytes on the chain.
    pub fn inclusion_gas(&self, length: usize) -> u64 {
        price_list_by_network_version(self.profile.version())
            .on_chain_message(length)
            .total()
            .round_up()
    }

    /// Length of the message when it is signed by its sender's kind of key, at realistic fees.
    fn priced_length(&self, message: &Message) -> Result<usize> {
        let mut priced = message.clone();
        (priced.gas_fee_cap, priced.gas_premium) = self.usual_fees();
        let signature = match message.from.protocol() {
            Protocol::BLS => Signature::Bls(vec![0; 96]),
            Protocol::Delegated => Signature::Delegated(vec![0; 65]),
            _ => Signature::Secp256k1(vec![0; 65]),
        };
        SignedMessage {
            message: priced,
            signature,
        }
        .chain_length()
    }

    /// The robust address (f1, f2, f3, f4) by which the Init actor knows an id, if any.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn robust_address(&self, id: ActorID) -> Result<Option<Address>> {
        let init: crate::genesis::InitState = self.state(&Address::new_id(crate::ids::INIT))?;
        let map: fvm_ipld_hamt::Hamt<_, ActorID> =
            fvm_ipld_hamt::Hamt::load_with_bit_width(&init.address_map, &self.store, 5)
                .map_err(Error::machine)?;
        let mut found = None;
        map.for_each(|key, value| {
            let address = Address::from_bytes(key)?;
            // An actor with both an f2 and an f410 address is known to people by the latter.
            if *value == id && (found.is_none() || matches!(address.payload(), Payload::Delegated(_))) {
                found = Some(address);
            }
            Ok(())
        })
        .map_err(Error::machine)?;
        Ok(found)
    }
}

/// A quarter more than `gas`, at most the block gas limit.
pub(crate) fn with_margin(gas: u64) -> u64 {
    (gas.saturating_mul(125) / 100).min(BLOCK_GAS_LIMIT)
}
