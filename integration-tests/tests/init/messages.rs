//! Random messages, and how each is written for a network.

use cid::Cid;
use cid::multihash::Multihash;
use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{CREATE_EXTERNAL, INVOKE_EVM, Kind, Network, ids};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::evm::{call_actor, initcodes};
use crate::pair::Fixtures;
use crate::support::{cbor, exec_params, fil, init};

/// Accounts of a kind that take part.
pub(crate) const ACCOUNTS: u32 = 3;

const PROPOSE: u64 = 2;
const CREATE_MINER: u64 = 2;

/// Who sends: a kind of key and its number.
pub(crate) type Sender = (Kind, u32);

/// A code to create an actor of.
#[derive(Clone, Debug)]
pub(crate) enum Code {
    /// The official actor with this position, from 0.
    Official(usize),
    /// Of no actor: version-1 CID with this codec, hash function and digest.
    Foreign(u64, u64, Vec<u8>),
}

/// Parameters for a constructor.
#[derive(Clone, Debug)]
pub(crate) enum Constructor {
    /// Of a multisig: signers, threshold, unlock duration, start epoch.
    Multisig(Vec<Party>, u64, i64, i64),
    /// Of a payment channel: from and to.
    Channel(Party, Party),
    /// Anything.
    Bytes(Vec<u8>),
}

/// An address in a constructor's parameters.
#[derive(Clone, Debug)]
pub(crate) enum Party {
    /// A funded account.
    Account(Sender),
    /// An account that does not exist yet.
    Newcomer(Kind, u32),
    /// Any id.
    Id(u64),
    /// The f2 address of nothing.
    Nowhere(u8),
}

/// `Exec`'s parameters, perhaps with something wrong.
#[derive(Clone, Debug)]
pub(crate) struct Exec {
    code: Code,
    constructor: Constructor,
    mangling: Option<(Index, Mangling)>,
}

/// What is done to good parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mangling {
    Flip(u8),
    Cut,
    Append(u8),
    Arity(u8),
    Indefinite,
}

/// One message.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// An account calls `Exec`.
    Exec(Sender, Exec, u64),
    /// A multisig does, by a proposal that is carried out at once.
    ExecByMultisig(Sender, Exec, u64),
    /// A contract does, perhaps read-only.
    ExecByContract(Sender, u64, Exec, u64),
    /// An account calls `Exec4`.
    Exec4(Sender, Exec, Vec<u8>),
    /// An account makes a contract.
    Deploy(Sender, Index, u64),
    /// A contract makes a contract, by CREATE or CREATE2.
    DeployByContract(Sender, bool, Index, u64),
    /// A contract is called, so that it may destroy itself.
    Poke(Sender, Index),
    /// FIL goes to somebody, who may not exist yet.
    Send(Sender, Party, u64),
    /// An account calls any official method number with any bytes.
    Raw(Sender, u64, Vec<u8>, u64),
    /// An account makes a miner through the power actor.
    CreateMiner(Sender),
}

/// A message before it gets nonce and gas.
pub(crate) struct Draft {
    pub(crate) from: Sender,
    pub(crate) to: Address,
    pub(crate) method: u64,
    pub(crate) params: Vec<u8>,
    pub(crate) value: TokenAmount,
}

impl Step {
    /// A name for the report.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Exec(..) => "Exec by an account",
            Self::ExecByMultisig(..) => "Exec by a multisig",
            Self::ExecByContract(..) => "Exec by a contract",
            Self::Exec4(..) => "Exec4 by an account",
            Self::Deploy(..) => "contract by an account",
            Self::DeployByContract(..) => "contract by a contract",
            Self::Poke(..) => "call of a contract",
            Self::Send(..) => "transfer",
            Self::Raw(..) => "any bytes",
            Self::CreateMiner(..) => "CreateMiner",
        }
    }

    /// The message for this network.
    pub(crate) fn draft(&self, net: &Network, at: &Fixtures) -> Draft {
        let account = |sender: &Sender| net.account(sender.0, sender.1).address();
        let (from, to, method, params, value) = match self {
            Self::Exec(from, exec, value) => (from, init(), 2, exec.bytes(net), amount(*value)),
            Self::ExecByMultisig(from, exec, value) => {
                let inner = RawBytes::new(exec.bytes(net));
                let proposal = cbor(&(init(), TokenAmount::from_atto(*value), 2u64, inner));
                (from, at.multisig, PROPOSE, proposal, amount(0))
            }
            Self::ExecByContract(from, method, exec, flags) => {
                let call = call_actor(&init(), *method, *flags, &exec.bytes(net));
                (from, at.caller, INVOKE_EVM, calldata(&call), amount(0))
            }
            Self::Exec4(from, exec, subaddress) => (from, init(), 3, exec.bytes4(net, subaddress), amount(0)),
            Self::Deploy(from, initcode, value) => {
                let bytes = calldata(initcode.get(&initcodes()).as_slice());
                (
                    from,
                    Address::new_id(ids::EAM),
                    CREATE_EXTERNAL,
                    bytes,
                    amount(*value),
                )
            }
            Self::DeployByContract(from, create2, initcode, value) => {
                let to = if *create2 { at.factory2 } else { at.factory };
                let bytes = calldata(initcode.get(&initcodes()).as_slice());
                (from, to, INVOKE_EVM, bytes, amount(*value))
            }
            Self::Poke(from, which) => (
                from,
                *which.get(&at.contracts(net)),
                INVOKE_EVM,
                Vec::new(),
                amount(0),
            ),
            Self::Send(from, to, value) => (from, to.address(net), 0, Vec::new(), amount(*value)),
            Self::Raw(from, method, bytes, value) => (from, init(), *method, bytes.clone(), amount(*value)),
            Self::CreateMiner(from) => {
                let me = account(from);
                let params = cbor(&(me, me, 13i64, BytesSer(b""), [(); 0]));
                (from, Address::new_id(ids::POWER), CREATE_MINER, params, fil(500))
            }
        };
        Draft {
            from: *from,
            to,
            method,
            params,
            value,
        }
    }
}

/// Calldata or initcode as parameters. A transaction without any has no parameters at all.
fn calldata(bytes: &[u8]) -> Vec<u8> {
    if bytes.is_empty() {
        Vec::new()
    } else {
        cbor(&BytesSer(bytes))
    }
}

/// The last number stands for more than anybody has.
fn amount(value: u64) -> TokenAmount {
    if value == u64::MAX {
        fil(50_000_000)
    } else {
        TokenAmount::from_atto(value)
    }
}

impl Code {
    fn cid(&self, net: &Network) -> Cid {
        match self {
            Self::Official(at) => net.bundle().actors[*at].1,
            Self::Foreign(codec, hash, digest) => Cid::new_v1(
                *codec,
                Multihash::wrap(*hash, digest).expect("a digest of at most 64 bytes"),
            ),
        }
    }
}

impl Party {
    fn address(&self, net: &Network) -> Address {
        match self {
            Self::Account((kind, index)) => net.account(*kind, *index).address(),
            Self::Newcomer(kind, index) => net.account(*kind, 100 + index).address(),
            Self::Id(id) => Address::new_id(*id),
            Self::Nowhere(n) => Address::new_actor(&[*n]),
        }
    }
}

impl Constructor {
    fn bytes(&self, net: &Network) -> Vec<u8> {
        match self {
            Self::Multisig(signers, threshold, unlock, start) => {
                let signers: Vec<Address> = signers.iter().map(|party| party.address(net)).collect();
                cbor(&(signers, *threshold, *unlock, *start))
            }
            Self::Channel(from, to) => cbor(&(from.address(net), to.address(net))),
            Self::Bytes(bytes) => bytes.clone(),
        }
    }
}

impl Exec {
    fn bytes(&self, net: &Network) -> Vec<u8> {
        let bytes = exec_params(self.code.cid(net), &self.constructor.bytes(net));
        self.mangled(bytes)
    }

    fn bytes4(&self, net: &Network, subaddress: &[u8]) -> Vec<u8> {
        let constructor = RawBytes::new(self.constructor.bytes(net));
        let bytes = cbor(&(
            self.code.cid(net),
            constructor,
            RawBytes::new(subaddress.to_vec()),
        ));
        self.mangled(bytes)
    }

    fn mangled(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        let Some((place, mangling)) = &self.mangling else {
            return bytes;
        };
        let at = place.index(bytes.len());
        match mangling {
            Mangling::Flip(mask) => bytes[at] ^= mask,
            Mangling::Cut => bytes.truncate(at),
            Mangling::Append(byte) => bytes.push(*byte),
            Mangling::Arity(head) => bytes[0] = *head,
            Mangling::Indefinite => {
                bytes[0] = 0x9f;
                bytes.push(0xff);
            }
        }
        bytes
    }
}

/// Any of the messages.
pub(crate) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (signer(), exec(), value()).prop_map(|(from, exec, value)| Step::Exec(from, exec, value)),
        3 => (signer(), exec(), value()).prop_map(|(from, exec, value)| Step::ExecByMultisig(from, exec, value)),
        2 => (anybody(), select(vec![2u64, 3, 1023, 1024, 5000, (1 << 24) - 1]), exec(), 0u64..2)
            .prop_map(|(from, method, exec, flags)| Step::ExecByContract(from, method, exec, flags)),
        2 => (signer(), exec(), vec(any::<u8>(), 0..60))
            .prop_map(|(from, exec, subaddress)| Step::Exec4(from, exec, subaddress)),
        3 => (anybody(), any::<Index>(), value()).prop_map(|(from, code, value)| Step::Deploy(from, code, value)),
        4 => (anybody(), any::<bool>(), any::<Index>(), value())
            .prop_map(|(from, create2, code, value)| Step::DeployByContract(from, create2, code, value)),
        2 => (anybody(), any::<Index>()).prop_map(|(from, which)| Step::Poke(from, which)),
        1 => (signer(), party(), value()).prop_map(|(from, to, value)| Step::Send(from, to, value)),
        3 => (signer(), method(), bytes(), value())
            .prop_map(|(from, method, bytes, value)| Step::Raw(from, method, bytes, value)),
        1 => (0..ACCOUNTS).prop_map(|index| Step::CreateMiner((Kind::Bls, index))),
    ]
}

fn signer() -> impl Strategy<Value = Sender> {
    (select(vec![Kind::Secp256k1, Kind::Bls]), 0..ACCOUNTS)
}

fn anybody() -> impl Strategy<Value = Sender> {
    (select(Kind::ALL.to_vec()), 0..ACCOUNTS)
}

fn exec() -> impl Strategy<Value = Exec> {
    let mangling = (any::<Index>(), mangling());
    (code_and_constructor(), proptest::option::weighted(0.2, mangling)).prop_map(
        |((code, constructor), mangling)| Exec {
            code,
            constructor,
            mangling,
        },
    )
}

fn code_and_constructor() -> impl Strategy<Value = (Code, Constructor)> {
    // Positions in the manifest from 0: 7 is the payment channel, 8 the multisig.
    prop_oneof![
        3 => (Just(Code::Official(8)), multisig()),
        3 => (Just(Code::Official(7)), channel()),
        2 => (code(), prop_oneof![multisig(), channel(), bytes().prop_map(Constructor::Bytes)]),
    ]
}

fn code() -> impl Strategy<Value = Code> {
    let foreign = (
        select(vec![0x55u64, 0x71, 0x51]),
        select(vec![0u64, 0x12, 0xb220]),
        vec(any::<u8>(), 0..64),
    );
    prop_oneof![
        3 => (0usize..16).prop_map(Code::Official),
        1 => foreign.prop_map(|(codec, hash, digest)| Code::Foreign(codec, hash, digest)),
    ]
}

fn multisig() -> impl Strategy<Value = Constructor> {
    (
        vec(party(), 0..4),
        select(vec![0u64, 1, 1, 1, 2, 3]),
        select(vec![0i64, 0, 0, 100, -1]),
        select(vec![0i64, 0, 50]),
    )
        .prop_map(|(signers, threshold, unlock, start)| {
            Constructor::Multisig(signers, threshold, unlock, start)
        })
}

fn channel() -> impl Strategy<Value = Constructor> {
    (party(), party()).prop_map(|(from, to)| Constructor::Channel(from, to))
}

fn party() -> impl Strategy<Value = Party> {
    prop_oneof![
        5 => anybody().prop_map(Party::Account),
        2 => (select(Kind::ALL.to_vec()), 0..5u32).prop_map(|(kind, index)| Party::Newcomer(kind, index)),
        1 => select(vec![0u64, 1, 2, 99, 100, 1000, 1001, 1002, 9_999_999]).prop_map(Party::Id),
        1 => any::<u8>().prop_map(Party::Nowhere),
    ]
}

fn mangling() -> impl Strategy<Value = Mangling> {
    prop_oneof![
        (1u8..=255).prop_map(Mangling::Flip),
        Just(Mangling::Cut),
        any::<u8>().prop_map(Mangling::Append),
        select(vec![0x80u8, 0x81, 0x82, 0x83, 0x84, 0xa1]).prop_map(Mangling::Arity),
        Just(Mangling::Indefinite),
    ]
}

fn value() -> impl Strategy<Value = u64> {
    prop_oneof![4 => Just(0u64), 4 => 1..1_000_000_000_000_000_000u64, 1 => Just(u64::MAX)]
}

/// Any number but those that we add: `Exec`, `ExecCanonical` and `InvokeEVM` by name.
fn method() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 1u64..6, 1 => 6u64..(1 << 24), 1 => (1u64 << 24)..(1 << 31)]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(Vec::new()),
        Just(vec![0xf6]),
        vec(any::<u8>(), 1..40),
        any::<String>().prop_map(|name| cbor(&(name,))),
    ]
}
