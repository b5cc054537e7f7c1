//! A strict double of the machine for unit tests.
//!
//! What an actor will send and emit is said beforehand and in order; anything else, and anything left over, fails
//! the test. A failed call rolls its state back, as the machine does. [`Mock::unwatched`] lets everything pass instead,
//! for tests with random messages.

mod machine;
mod unwatched;
mod written;

pub use written::Written;

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use cid::Cid;
use fvm_ipld_blockstore::MemoryBlockstore;
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::ActorEvent;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::owed;
use crate::dispatch::{Abort, Dispatch, invoke};
use crate::error::ActorError;
use crate::event::Event;
use crate::evm::{Args, method_selector};
use crate::method::{INVOKE_EVM, Method, SolidityMethod};
use crate::runtime::{Message, Network};
use crate::send::{Answer, Call, SendError};

/// Blocks in memory; clones share them.
type Store = Rc<MemoryBlockstore>;

/// What the machine answers to an expected send.
pub type Reply = Result<Answer, SendError>;

/// An effect that the test expects, in order.
#[derive(Clone, Debug)]
enum Expected {
    Send {
        call: Box<Call>,
        read_only: bool,
        reply: Reply,
        creates: Option<(Address, ActorID)>,
    },
    Event(ActorEvent),
}

/// The double. See the module's page.
#[derive(Clone)]
pub struct Mock {
    message: Message,
    network: Network,
    balance: TokenAmount,
    actors: BTreeMap<ActorID, Actor>,
    manifest: Vec<Cid>,
    addresses: RefCell<BTreeMap<Vec<u8>, ActorID>>,
    root: Cid,
    store: Store,
    gas: u64,
    signatures: Vec<(Address, Vec<u8>, Vec<u8>)>,
    expected: RefCell<VecDeque<Expected>>,
    created: Vec<(ActorID, Cid, Option<Address>)>,
    watched: bool,
    emitted: Vec<ActorEvent>,
}

/// What a call can change.
struct Reachable {
    root: Cid,
    balance: TokenAmount,
    actors: BTreeMap<ActorID, Actor>,
    addresses: BTreeMap<Vec<u8>, ActorID>,
    created: usize,
    emitted: usize,
}

/// An actor as the double knows it.
#[derive(Clone, Debug)]
struct Actor {
    code: Cid,
    delegated: Option<Address>,
}

/// The actor under test.
pub const RECEIVER: ActorID = 5000;

impl Mock {
    /// A machine at epoch 1000 of a network with chain id 314159, with accounts 100 to 109 and the actor under
    /// test at 5000, called by 100.
    pub fn new() -> Self {
        let store: Store = Rc::default();
        let code = |n: u8| Cid::new_v1(0x55, multihash(&[n]));
        let mut mock = Self {
            message: Message {
                caller: 100,
                origin: 100,
                receiver: RECEIVER,
                value: TokenAmount::default(),
                method: 0,
                read_only: false,
            },
            network: Network {
                epoch: 1000,
                timestamp: 1_700_000_000,
                chain_id: 314_159,
                base_fee: TokenAmount::from_atto(100),
            },
            balance: TokenAmount::default(),
            actors: BTreeMap::new(),
            manifest: (1..=17).map(code).collect(),
            addresses: RefCell::default(),
            root: Cid::default(),
            store,
            gas: 10_000_000_000,
            signatures: Vec::new(),
            expected: RefCell::default(),
            created: Vec::new(),
            watched: true,
            emitted: Vec::new(),
        };
        (0..=10)
            .chain(99..=109)
            .for_each(|id| mock.add_actor(id, 4, None));
        mock.add_actor(RECEIVER, 17, None);
        mock
    }

    /// Adds an actor of a type by its position in the manifest, with its f4 address if it has one.
    pub fn add_actor(&mut self, id: ActorID, kind: u32, delegated: Option<Address>) {
        let code = self.manifest[kind as usize - 1];
        self.actors.insert(id, Actor { code, delegated });
        if let Some(address) = delegated {
            self.name_actor(address, id);
        }
    }

    /// Lets an f1, f2, f3 or f4 address resolve to an id.
    pub fn name_actor(&mut self, address: Address, id: ActorID) {
        self.addresses.borrow_mut().insert(address.to_bytes(), id);
    }

    /// The next calls come from `id`.
    pub fn caller(&mut self, id: ActorID) -> &mut Self {
        self.message.caller = id;
        self
    }

    /// The next call brings FIL, attoFIL. It is in the balance already, as on the machine.
    pub fn value(&mut self, value: TokenAmount) -> &mut Self {
        self.balance += &value;
        self.message.value = value;
        self
    }

    /// The next calls may change nothing.
    pub fn read_only(&mut self, read_only: bool) -> &mut Self {
        self.message.read_only = read_only;
        self
    }

    /// Moves time.
    pub fn epoch(&mut self, epoch: ChainEpoch, timestamp: u64) -> &mut Self {
        self.network.epoch = epoch;
        self.network.timestamp = timestamp;
        self
    }

    /// Sets the gas that is left.
    pub fn gas(&mut self, gas: u64) -> &mut Self {
        self.gas = gas;
        self
    }

    /// Makes one signature good.
    pub fn accept_signature(&mut self, signer: Address, text: &[u8], signature: &[u8]) {
        self.signatures.push((signer, text.to_vec(), signature.to_vec()));
    }

    /// The actor will send this and get `reply`.
    pub fn expect_send(&mut self, call: Call, reply: Reply) -> &mut Self {
        self.expect(Expected::Send {
            call: Box::new(call),
            read_only: false,
            reply,
            creates: None,
        })
    }

    /// The actor will send this read-only and get `reply`.
    pub fn expect_ask(&mut self, call: Call, reply: Reply) -> &mut Self {
        self.expect(Expected::Send {
            call: Box::new(call),
            read_only: true,
            reply,
            creates: None,
        })
    }

    /// The actor will create the account behind `address`, by a bare send, and it will get the id `id`.
    pub fn expect_creation(&mut self, address: Address, id: ActorID) -> &mut Self {
        let call = Box::new(Call::new(address, crate::send::METHOD_SEND));
        self.expect(Expected::Send {
            call,
            read_only: false,
            reply: Ok(Answer(None)),
            creates: Some((address, id)),
        })
    }

    /// The actor will emit this.
    ///
    /// # Panics
    /// When the event does not encode.
    pub fn expect_event(&mut self, event: impl Event) -> &mut Self {
        match event.to_actor_event() {
            Ok(event) => self.expect(Expected::Event(event)),
            Err(e) => panic!("the expected event does not encode: {e}"),
        }
    }

    fn expect(&mut self, expected: Expected) -> &mut Self {
        self.expected.borrow_mut().push_back(expected);
        self
    }

    /// Calls a method by its number, with its types.
    ///
    /// # Errors
    /// The abort of the call; the state is then what it was.
    ///
    /// # Panics
    /// When the sends and events are not those expected.
    #[track_caller]
    pub fn call<I: Dispatch<A>, A, M>(&mut self, params: &M::Params) -> Result<M::Return, ActorError>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        let block = match IpldBlock::serialize_cbor(params) {
            Ok(block) => block,
            Err(e) => panic!("parameters do not encode: {e}"),
        };
        let returned = self
            .invoke::<I, A>(M::NUMBER, block)
            .map_err(|abort| abort.error)?;
        let bytes = returned.map_or_else(|| vec![0xf6], |block| block.data);
        Ok(fvm_ipld_encoding::from_slice(&bytes)
            .unwrap_or_else(|e| panic!("the return value does not decode: {e}")))
    }

    /// Calls a method by its Solidity selector, as a wallet does.
    ///
    /// # Errors
    /// The abort of the call with its revert data.
    ///
    /// # Panics
    /// When the sends and events are not those expected.
    #[track_caller]
    pub fn call_solidity<I: Dispatch<A>, A, M>(&mut self, params: M::Params) -> Result<M::Return, Abort>
    where
        M: SolidityMethod,
    {
        let mut calldata = method_selector(M::SOLIDITY, <M::Params as Args>::TYPES)
            .to_be_bytes()
            .to_vec();
        calldata.extend(params.encode(self));
        let params = IpldBlock::serialize_cbor(&fvm_ipld_encoding::BytesSer(&calldata)).unwrap_or_default();
        let returned = self
            .invoke::<I, A>(INVOKE_EVM, params)?
            .map(|block| block.data)
            .unwrap_or_default();
        let fvm_ipld_encoding::BytesDe(bytes) = fvm_ipld_encoding::from_slice(&returned)
            .unwrap_or_else(|e| panic!("the face returned no byte string: {e}"));
        Ok(M::Return::decode(&bytes).unwrap_or_else(|e| panic!("the result does not decode: {e}")))
    }

    /// Calls a method with raw parameters.
    ///
    /// # Errors
    /// The abort of the call; the state is then what it was.
    ///
    /// # Panics
    /// When the sends and events are not those expected.
    #[track_caller]
    pub fn invoke<I: Dispatch<A>, A>(
        &mut self,
        method: u64,
        params: Option<IpldBlock>,
    ) -> Result<Option<IpldBlock>, Abort> {
        let before = self.reachable();
        owed::take();
        self.message.method = method;
        let result = invoke::<I, A, Self>(self, params);
        let owed = owed::take();
        if result.is_err() {
            self.roll_back(before);
            self.balance -= &self.message.value;
        }
        self.message.value = TokenAmount::default();
        let left: Vec<Expected> = self.expected.borrow_mut().drain(..).collect();
        assert!(
            left.is_empty(),
            "expected but never done: {left:#?}\nthe call gave {result:?}"
        );
        assert!(
            result.is_err() || owed.is_empty(),
            "the call succeeded, but {}",
            owed.join("; ")
        );
        result
    }

    /// What a failing call leaves as it was.
    fn reachable(&self) -> Reachable {
        Reachable {
            root: self.root,
            balance: self.balance.clone(),
            actors: self.actors.clone(),
            addresses: self.addresses.borrow().clone(),
            created: self.created.len(),
            emitted: self.emitted.len(),
        }
    }

    fn roll_back(&mut self, to: Reachable) {
        self.root = to.root;
        self.balance = to.balance;
        self.actors = to.actors;
        *self.addresses.borrow_mut() = to.addresses;
        self.created.truncate(to.created);
        self.emitted.truncate(to.emitted);
    }

    /// The actors created so far: id, code, f4 address.
    pub fn created(&self) -> &[(ActorID, Cid, Option<Address>)] {
        &self.created
    }

    fn next_expected(&self, did: &dyn core::fmt::Debug) -> Expected {
        match self.expected.borrow_mut().pop_front() {
            Some(expected) => expected,
            None => panic!("not expected: {did:#?}"),
        }
    }

    fn answer(&self, call: &Call, read_only: bool) -> (Reply, Option<(Address, ActorID)>) {
        if !self.watched && self.expected.borrow().is_empty() {
            return (Ok(Answer(None)), self.born(&call.to));
        }
        match self.next_expected(call) {
            Expected::Send {
                call: wanted,
                read_only: flag,
                reply,
                creates,
            } => {
                assert_eq!((&*wanted, flag), (call, read_only), "another send was expected");
                (reply, creates)
            }
            Expected::Event(event) => panic!("expected the event {event:#?}\nbut the actor sent {call:#?}"),
        }
    }
}

impl Default for Mock {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let left = self.expected.borrow();
        assert!(
            left.is_empty() || std::thread::panicking(),
            "expected but never done: {left:#?}"
        );
    }
}

fn multihash(data: &[u8]) -> cid::multihash::Multihash<64> {
    use multihash_codetable::{Code, MultihashDigest};
    Code::Blake2b256.digest(data)
}
