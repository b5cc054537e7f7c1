//! What an actor can ask of the machine that it runs on.

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::crypto::signature::{SECP_PUB_LEN, SECP_SIG_LEN, Signature};
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::ActorEvent;

use crate::caller::Birth;
use crate::error::ActorError;
use crate::scope::Scope;
use crate::send::{Answer, Call, SendError};
use crate::state::{self, State};

/// The message that is being executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The immediate caller.
    pub caller: ActorID,
    /// The account whose message started it all. Never a reason to trust a call.
    pub origin: ActorID,
    /// This actor.
    pub receiver: ActorID,
    /// FIL that came along, attoFIL. It is in the balance already.
    pub value: TokenAmount,
    /// The method number called.
    pub method: u64,
    /// Whether nothing may be changed.
    pub read_only: bool,
}

/// The network and the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// The epoch of the tipset that is being executed.
    pub epoch: ChainEpoch,
    /// Its time, seconds since 1970.
    pub timestamp: u64,
    /// The EIP-155 chain id.
    pub chain_id: u64,
    /// attoFIL per unit of gas.
    pub base_fee: TokenAmount,
}

/// A hash function that the machine computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA2-256.
    Sha256,
    /// Keccak-256, as Ethereum uses it.
    Keccak256,
    /// blake2b with 32 bytes.
    Blake2b256,
}

/// The machine: the FVM on the chain, [`Mock`](crate::testing::Mock) in unit tests.
///
/// What has an effect takes `&mut self`; a view gets `&self` and so cannot have one.
pub trait Runtime {
    /// The blocks that this actor can reach. Clones share them.
    type Store: Blockstore + Clone;

    /// The message that is being executed.
    fn message(&self) -> &Message;
    /// The network and the moment.
    fn network(&self) -> Network;
    /// The actor's own balance, attoFIL, with the message's value in it.
    fn balance(&self) -> TokenAmount;
    /// The id behind an address; none if the address has no actor. An id address is returned as it is,
    /// whether or not the actor exists.
    fn resolve(&self, address: &Address) -> Option<ActorID>;
    /// The f4 address of an actor, if it has one.
    fn delegated_address(&self, id: ActorID) -> Option<Address>;
    /// The code of an actor; none if there is no such actor.
    fn code_cid(&self, id: ActorID) -> Option<Cid>;
    /// The position of a code in the manifest, from 1; none if it is not there.
    fn type_of_code(&self, code: &Cid) -> Option<u32>;
    /// The code at a position of the manifest, from 1; none if the manifest ends before it.
    fn code_of_type(&self, kind: u32) -> Option<Cid>;
    /// The head of the actor's state.
    fn root(&self) -> Cid;
    /// Sets the head of the actor's state. Use [`Runtime::transaction`].
    ///
    /// # Errors
    /// USR_READ_ONLY in a read-only call.
    fn set_root(&mut self, root: &Cid) -> Result<(), ActorError>;
    /// The actor's blocks.
    fn store(&self) -> &Self::Store;
    /// Sends a message. What the callee does is committed even if this actor then ignores its failure.
    ///
    /// # Errors
    /// [`SendError`]: both channels of failure, and answers that are larger than the call allows.
    fn send(&mut self, call: &Call) -> Result<Answer, SendError>;
    /// Sends a message that may change nothing.
    ///
    /// # Errors
    /// As [`Runtime::send`].
    fn ask(&self, call: &Call) -> Result<Answer, SendError>;
    /// Emits an event. Use [`Event`](crate::event::Event) to make one.
    ///
    /// # Errors
    /// USR_READ_ONLY in a read-only call.
    fn emit(&mut self, event: &ActorEvent) -> Result<(), ActorError>;
    /// Hashes with the machine's own function.
    fn hash(&self, function: Hash, data: &[u8]) -> [u8; 32];
    /// Whether `signature` by the key address `signer` covers `text`.
    fn verify_signature(&self, signature: &Signature, signer: &Address, text: &[u8]) -> bool;
    /// The secp256k1 public key that signed `hash`; none if there is none.
    fn recover_public_key(
        &self,
        hash: &[u8; 32],
        signature: &[u8; SECP_SIG_LEN],
    ) -> Option<[u8; SECP_PUB_LEN]>;
    /// Randomness of the beacon for an epoch that is not in the future.
    fn randomness(&self, epoch: ChainEpoch) -> Option<[u8; 32]>;
    /// Gas left to this call.
    fn gas_left(&self) -> u64;
    /// Init only: the f2 address for the next new actor of this message.
    fn next_actor_address(&mut self) -> Address;
    /// Init only: puts an actor without state into the tree.
    ///
    /// # Errors
    /// USR_FORBIDDEN when the machine refuses it.
    fn create_actor(&mut self, id: ActorID, code: &Cid, delegated: Option<Address>)
    -> Result<(), ActorError>;

    /// Reads the actor's state, of whatever version it is.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the block is missing or unreadable.
    fn state<S: State>(&self) -> Result<S, ActorError>
    where
        Self: Sized,
    {
        state::decode(self.store(), &state::get(self.store(), &self.root())?)
    }

    /// What a transaction would see beside the state.
    fn scope(&self) -> Scope<'_, Self>
    where
        Self: Sized,
    {
        Scope::new(self)
    }

    /// Writes the actor's first state. For constructors: the proof shows that Init, or the system at genesis, calls.
    ///
    /// # Errors
    /// As [`Runtime::set_root`].
    fn create<S: State>(&mut self, _birth: impl Birth, state: &S) -> Result<(), ActorError>
    where
        Self: Sized,
    {
        let root = state::put(self.store(), &state::encode(state)?)?;
        self.set_root(&root)
    }

    /// The only way to change state: loads it, lets `change` work on it, saves it if it changed.
    ///
    /// Nothing can be sent meanwhile, since the runtime itself is lent to the transaction; what must be
    /// sent afterwards comes out of it as a `#[must_use]` value such as [`Payout`](crate::payout::Payout).
    ///
    /// # Errors
    /// Those of `change`, in which case nothing is saved.
    fn transaction<S: State, T>(
        &mut self,
        change: impl FnOnce(&mut S, &Scope<'_, Self>) -> Result<T, ActorError>,
    ) -> Result<T, ActorError>
    where
        Self: Sized,
    {
        let before = state::get(self.store(), &self.root())?;
        let mut state: S = state::decode(self.store(), &before)?;
        let out = change(&mut state, &self.scope())?;
        let after = state::encode(&state)?;
        if after == before {
            return Ok(out);
        }
        let root = state::put(self.store(), &after)?;
        self.set_root(&root)?;
        Ok(out)
    }
}
