//! Out of gas at every charge point of every method.
//!
//! An actor enters by a table of [`Case`]s: for each line of its method table one message that succeeds. [`require_cuts`] runs it once,
//! learns from the trace how much gas had been charged after each charge, and sends it again from the same state with gas
//! limits that end just below each of these points. Every such message has to fail, and the world finds whatever it changed.
//!
//! A message that is short of gas ends with exit code 7, and has used all that it had. The one other end is that of a method that makes a
//! limited call: it refuses before the call, with the code 19, when the callee could not have all of its limit
//! (`holdfast_runtime::send::require_gas`). No other end is allowed: a method that keeps gas for itself, and goes on when its callee had
//! too little, is found by that.

use cid::Cid;
use fvm_ipld_encoding::{BytesDe, CBOR, DAG_CBOR, from_slice};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use holdfast_localnet::{Call, INVOKE_EVM, Kind, Receipt, Wallet};
use holdfast_runtime::evm::face::{HANDLE_FILECOIN_METHOD, SUPPORTS_INTERFACE};
use holdfast_runtime::method::{InterfaceInfo, Method};
use serde::Serialize;

use crate::message::Message;
use crate::{Party, World};

/// Set to 1, every charge point is cut at.
pub const EVERY_CUT_VARIABLE: &str = "EVERY_GAS_CUT";
/// Otherwise at most so many of a message, evenly spread.
const MOST_CUTS: usize = 60;
/// The exit code of a method that asks for a higher gas limit, and that of its Ethereum face.
const ASKS_FOR_GAS: [u32; 2] = [19, 33];
/// What it says then.
const ASKED: &str = "raise the gas limit";

/// What the messages of an actor start from.
pub struct Scene {
    /// The network.
    pub w: World,
    /// The actor.
    pub actor: Address,
    /// An f1 account, which sends unless another one is said.
    pub alice: Wallet,
    /// An f3 account.
    pub bob: Wallet,
    /// A 0x account.
    pub carol: Wallet,
}

/// A message that calls a method.
pub struct Sent {
    from: Wallet,
    message: Message,
    gas_limit: Option<u64>,
    refused: Option<u32>,
}

/// A method, by the first word of a sentence, and a message that calls it. What has to happen before is done in the scene.
pub type Case = (&'static str, fn(&mut Scene) -> Sent);

/// Which of an actor's two faces is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// By method numbers.
    Filecoin,
    /// By selectors.
    Ethereum,
}

/// A method as a message reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    name: &'static str,
    /// For people: the name, with the types of overloaded methods.
    signature: String,
    number: u64,
    selector: Option<u32>,
}

impl Scene {
    /// A network with the three people, who are the first of their kinds, and an actor.
    pub fn new(w: World, actor: Address) -> Self {
        let [alice, bob, carol] = [Kind::Secp256k1, Kind::Bls, Kind::Eth].map(|kind| w.account(kind, 0));
        Self {
            w,
            actor,
            alice,
            bob,
            carol,
        }
    }

    /// The 0x form of somebody.
    pub fn eth(&self, party: impl Party) -> alloy_primitives::Address {
        self.w.eth(party)
    }

    /// A call of the actor by a method's number.
    pub fn call<M: Method<Params: Serialize>>(&self, params: &M::Params) -> Sent {
        self.sent(Message::call(self.actor, M::NUMBER, params))
    }

    /// A call of the actor by calldata.
    pub fn evm(&self, call: &impl alloy_sol_types::SolCall) -> Sent {
        self.sent(Message::evm(self.actor, call))
    }

    /// Any message.
    pub fn sent(&self, message: Message) -> Sent {
        Sent {
            from: self.alice.clone(),
            message,
            gas_limit: None,
            refused: None,
        }
    }

    fn fork(&self) -> Self {
        let (alice, bob, carol) = (self.alice.clone(), self.bob.clone(), self.carol.clone());
        Self {
            w: self.w.fork(),
            actor: self.actor,
            alice,
            bob,
            carol,
        }
    }
}

impl Sent {
    /// The same by another account.
    #[must_use]
    pub fn by(self, from: &Wallet) -> Self {
        Self {
            from: from.clone(),
            ..self
        }
    }

    /// The same with FIL, attoFIL.
    #[must_use]
    pub fn with_value(mut self, value: TokenAmount) -> Self {
        self.message.value = value;
        self
    }

    /// The same with a gas limit of its own, where a method asks for more than it uses.
    #[must_use]
    pub fn with_gas_limit(self, gas: u64) -> Self {
        Self {
            gas_limit: Some(gas),
            ..self
        }
    }

    /// The same where no message can succeed: it is refused with this code, so there is nothing to cut.
    #[must_use]
    pub fn refused(self, code: u32) -> Self {
        Self {
            refused: Some(code),
            ..self
        }
    }
}

/// Cuts every method of one face of an actor, which has this name in the bundle.
///
/// # Panics
/// When a method has no case, a case does not call its method, or a message that is short of gas ends in another way
/// than by the rule, or changes anything.
#[track_caller]
pub fn require_cuts(face: Face, interface: &InterfaceInfo, code: &str, scene: &Scene, cases: &[&[Case]]) {
    let code = scene.w.network().bundle().code(code).expect("the actor's code");
    let wholes: Vec<Whole> = cases
        .iter()
        .copied()
        .flatten()
        .map(|case| Whole::run(case, scene))
        .collect();
    let entries = face.entries(interface);
    let called: Vec<&Entry> = wholes.iter().map(|whole| whole.entry(&entries, &code)).collect();
    let missing = entries.iter().filter(|entry| !called.contains(entry));
    let missing: Vec<&str> = missing.map(|entry| entry.signature.as_str()).collect();
    assert!(
        missing.is_empty(),
        "no message is prepared for {}: {}",
        interface.name,
        missing.join(", ")
    );
    wholes
        .iter()
        .filter(|whole| whole.sent.refused.is_none())
        .for_each(Whole::cut);
}

impl Face {
    /// The methods.
    fn entries(self, interface: &InterfaceInfo) -> Vec<Entry> {
        let methods = interface.methods.iter();
        if self == Self::Filecoin {
            let numbers = methods.filter_map(|method| Some(Entry::number(method.name, method.number?)));
            return numbers.collect();
        }
        // These two are the face's own.
        let own = [
            ("supportsInterface", SUPPORTS_INTERFACE),
            ("handle_filecoin_method", HANDLE_FILECOIN_METHOD),
        ];
        let own = own.map(|(name, selector)| Entry::selector(name, String::new(), selector));
        let listed = methods
            .filter_map(|method| method.solidity.as_ref())
            .map(|solidity| {
                let types: Vec<&str> = solidity.args.iter().map(|(kind, _)| kind.as_str()).collect();
                Entry::selector(solidity.name, format!("({})", types.join(",")), solidity.selector)
            });
        listed.chain(own).collect()
    }
}

impl Entry {
    fn number(name: &'static str, number: u64) -> Self {
        Self {
            name,
            signature: name.to_owned(),
            number,
            selector: None,
        }
    }

    fn selector(name: &'static str, arguments: String, selector: u32) -> Self {
        Self {
            name,
            signature: format!("{name}{arguments}"),
            number: INVOKE_EVM,
            selector: Some(selector),
        }
    }
}

/// A message that has run whole.
struct Whole {
    name: &'static str,
    /// Where it started.
    start: World,
    sent: Sent,
    message: fvm_shared::message::Message,
    receipt: Receipt,
}

impl Whole {
    #[track_caller]
    fn run((name, prepare): &Case, scene: &Scene) -> Self {
        let mut scene = scene.fork();
        let sent = prepare(&mut scene);
        let Message {
            to,
            value,
            method,
            params,
        } = sent.message.clone();
        let message = scene.w.network().message(&sent.from, to, value, method, params);
        let mut message = message.unwrap_or_else(|error| panic!("{name}: {error}"));
        message.gas_limit = sent.gas_limit.unwrap_or(message.gas_limit);
        let receipt = scene.w.fork().send_message(&sent.from, message.clone());
        let ends = receipt.exit_code.value();
        assert_eq!(ends, sent.refused.unwrap_or(0), "{name}: {}", receipt.error);
        Self {
            name,
            start: scene.w,
            sent,
            message,
            receipt,
        }
    }

    /// The method of its name that it called at an actor with this code.
    #[track_caller]
    fn entry<'a>(&self, entries: &'a [Entry], code: &Cid) -> &'a Entry {
        let method = self.name.split_whitespace().next();
        let mut named = entries.iter().filter(|entry| Some(entry.name) == method);
        let called = named.find(|entry| self.calls(code, entry));
        called.unwrap_or_else(|| {
            panic!(
                "the message for `{}` calls it nowhere: {}",
                self.name, self.receipt.trace
            )
        })
    }

    fn calls(&self, code: &Cid, entry: &Entry) -> bool {
        let is_it = |call: &Call| {
            call.invoked.is_some_and(|(_, invoked)| invoked == *code)
                && call.method == entry.number
                && entry
                    .selector
                    .is_none_or(|selector| selector_of(call) == Some(selector))
        };
        let call = self.receipt.trace.call.as_ref();
        call.is_some_and(|call| call.find(&is_it).is_some())
    }

    /// Runs it again with too little gas, for each point.
    #[track_caller]
    fn cut(&self) {
        // The first point is the inclusion of the message, below which no pool takes a limit.
        let points = &self.receipt.trace.charge_points()[1..];
        let cuts = if every_cut() {
            points.len()
        } else {
            points.len().min(MOST_CUTS)
        };
        // Up to the last one: a message that lacks a single gas fails as the others do.
        let chosen = (1..=cuts).map(|n| points[n * points.len() / cuts - 1]);
        let (name, needs) = (self.name, self.receipt.gas_used);
        let of = points.len();
        println!("{name}: {needs} gas, cut at {cuts} of {of} points");
        let found: Vec<String> = chosen.filter_map(|point| self.difference(point - 1)).collect();
        assert!(
            found.is_empty(),
            "{name}, which needs {needs} gas:\n  {}",
            found.join("\n  ")
        );
    }

    /// How the message did not end by the rule with too small a limit.
    fn difference(&self, gas_limit: u64) -> Option<String> {
        let message = fvm_shared::message::Message {
            gas_limit,
            ..self.message.clone()
        };
        let receipt = self.start.fork().send_message(&self.sent.from, message);
        let (code, used) = (receipt.exit_code.value(), receipt.gas_used);
        let out_of_gas = receipt.exit_code == ExitCode::SYS_OUT_OF_GAS && used == gas_limit;
        let asks = ASKS_FOR_GAS.contains(&code) && receipt.error.contains(ASKED);
        (!out_of_gas && !asks).then(|| {
            format!(
                "with {gas_limit} gas: exit {code}, {used} gas used: {}",
                receipt.error
            )
        })
    }
}

fn every_cut() -> bool {
    std::env::var(EVERY_CUT_VARIABLE).is_ok_and(|value| value == "1")
}

/// The selector in a call's calldata, which is a CBOR byte string from a wallet and raw from a contract.
fn selector_of(call: &Call) -> Option<u32> {
    let params = call.params.as_ref()?;
    let calldata = match params.codec {
        CBOR | DAG_CBOR => from_slice::<BytesDe>(&params.data).ok()?.0,
        _ => params.data.clone(),
    };
    calldata.first_chunk().map(|head| u32::from_be_bytes(*head))
}
