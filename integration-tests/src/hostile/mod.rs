//! Hostile counterparties: what becomes of a story's message when whoever is called means no good.
//!
//! [`World::twins`] forks a story's network, brings the hostile actors into it by an upgrade of its bundle, creates one of
//! each through Init, and sends the story's message once to each. [`table::HOSTILES`] says for each how the message
//! has to end; the world checks, as after every message, all invariants, and that a failure changed nothing.
//!
//! The actors are small WASM modules written by hand, [`actors/hostile`](../../actors/hostile). What a callee can be
//! made to look like, by `fvm` 4.8.4 (`call_manager/default.rs`, `syscalls/vm.rs`), and is here made to look like by real means:
//!
//! | exit code | how a callee comes to it |
//! |---|---|
//! | 16 and above | it exits with it |
//! | 4 | a trap: an unreachable instruction, a full stack, memory out of bounds |
//! | 7 | it uses up the gas limit of the call; without one, the whole message is out of gas and no caller sees it |
//! | 9 | it exits with a code of 1 to 15 |
//! | 11 | it returns a block that does not exist |
//! | 10 | it exits with a block that does not exist: a fatal error, which ends the whole message and takes all of its gas |
//!
//! Exit 5 would take a module without `invoke`, which `holdfast bundle verify` refuses. No callee looks like 1, 2, 3, 6 or 8.

mod stage;
pub mod table;

use fvm_shared::address::Address;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_localnet::{Call, INVOKE_EVM, Outcome, Receipt};
use holdfast_runtime::method::{CONSTRUCTOR, Method};
use serde::Serialize;

pub use stage::Newborn;
pub use table::{Asks, Ends, Hostile};

use crate::World;
use crate::world::cbor;

/// A call that a hostile actor makes of whoever calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// What it tries by that.
    pub what: &'static str,
    /// The method's number.
    method: u64,
    /// CBOR, or nothing.
    params: Vec<u8>,
}

impl Lesson {
    /// A call of a method by its number.
    pub fn new<M: Method<Params: Serialize>>(what: &'static str, params: &M::Params) -> Self {
        Self {
            what,
            method: M::NUMBER,
            params: cbor(params).to_vec(),
        }
    }

    /// As the actors learn it.
    fn bytes(&self) -> Vec<u8> {
        [self.method.to_le_bytes().as_slice(), &self.params].concat()
    }
}

/// A story's message to one hostile actor, and the network afterwards.
pub struct Twin {
    /// Who was called.
    pub hostile: &'static Hostile,
    /// Its id address.
    pub address: Address,
    /// What it was taught.
    pub lesson: Option<Lesson>,
    /// The network after the message.
    pub world: World,
    /// The message's receipt.
    pub receipt: Receipt,
}

impl World {
    /// Sends a story's message to every hostile actor, each time on a fork of this network, and checks how it ends.
    /// Actors that call back do so once for each lesson.
    ///
    /// # Panics
    /// When a message ends in another way than the table says, with all that do, or a check of the world fails.
    #[track_caller]
    pub fn twins<R: Into<Receipt>>(
        &self,
        asks: Asks,
        lessons: impl Fn(&World, Address) -> Vec<Lesson>,
        message: impl Fn(&mut World, Address) -> R,
    ) -> Vec<Twin> {
        let mut twins = Vec::new();
        let stage = self.with_hostile_actors();
        for (hostile, address) in stage.actors {
            for lesson in hostile.lessons(|| lessons(&stage.world, address)) {
                let mut world = stage.world.fork();
                println!("{}", name(hostile, lesson.as_ref()));
                if let Some(lesson) = &lesson {
                    world.teach(address, lesson);
                }
                let receipt: Receipt = message(&mut world, address).into();
                twins.push(Twin {
                    hostile,
                    address,
                    lesson,
                    world,
                    receipt,
                });
            }
        }
        require_ends(&twins, asks);
        twins
    }

    /// Sends a story's message that creates an actor once for every hostile one that misbehaves in its constructor.
    ///
    /// # Panics
    /// As [`World::twins`].
    #[track_caller]
    pub fn births<R: Into<Receipt>>(
        &self,
        lesson: &Lesson,
        message: impl Fn(&mut World, &Newborn) -> R,
    ) -> Vec<Twin> {
        let mut twins = Vec::new();
        let stage = self.with_hostile_code();
        for (hostile, newborn) in stage.newborns() {
            for lesson in hostile.lessons(|| vec![lesson.clone()]) {
                let mut world = stage.fork();
                println!("{}", name(hostile, lesson.as_ref()));
                let receipt: Receipt = message(&mut world, &newborn.taught(lesson.as_ref())).into();
                let address = born(&receipt);
                twins.push(Twin {
                    hostile,
                    address,
                    lesson,
                    world,
                    receipt,
                });
            }
        }
        require_ends(&twins, Asks::Birth);
        twins
    }
}

impl Twin {
    /// Whether the message succeeded and the hostile actor had the gas and the right to do this on the way.
    pub fn has_done(&self, what: &str) -> bool {
        let heard = self.receipt.is_ok() && self.hostile.is_heard();
        heard && self.lesson.as_ref().is_some_and(|lesson| lesson.what == what)
    }

    /// Who was called, and what it was taught.
    pub fn name(&self) -> String {
        name(self.hostile, self.lesson.as_ref())
    }

    /// What is not as the table says.
    fn difference(&self, asks: Asks) -> Option<String> {
        let call = self.receipt.trace.call.as_ref().expect("a trace");
        let is_it = |call: &Call| invoked(call) == Some(self.address);
        let looks = call.find(&is_it).map(looks);
        let ends = self.receipt.exit_code.value();
        let expected = self.hostile.ends(asks).code(call.method == INVOKE_EVM);
        if (looks, ends) == (Some(self.hostile.looks), expected) {
            return None;
        }
        Some(format!(
            "{}: it looks like {looks:?} and the message ends with {ends}, not {} and {expected}: {}",
            self.name(),
            self.hostile.looks,
            self.receipt.error
        ))
    }
}

#[track_caller]
fn require_ends(twins: &[Twin], asks: Asks) {
    let found: Vec<String> = twins.iter().filter_map(|twin| twin.difference(asks)).collect();
    assert!(found.is_empty(), "{asks:?}:\n  {}", found.join("\n  "));
}

/// Whose code ran.
fn invoked(call: &Call) -> Option<Address> {
    call.invoked.map(|(id, _)| Address::new_id(id))
}

/// The actor whose constructor ran first.
#[track_caller]
fn born(receipt: &Receipt) -> Address {
    let call = receipt.trace.call.as_ref();
    let constructor = call.and_then(|call| call.find(&|call| call.method == CONSTRUCTOR));
    constructor
        .and_then(invoked)
        .unwrap_or_else(|| panic!("no constructor was called: {}", receipt.error))
}

fn name(hostile: &Hostile, lesson: Option<&Lesson>) -> String {
    lesson.map_or(hostile.name.to_owned(), |lesson| {
        format!("{} ({})", hostile.name, lesson.what)
    })
}

/// The exit code that the caller sees, or would see.
fn looks(call: &Call) -> u32 {
    match &call.outcome {
        Outcome::Exit(code) => code.value(),
        // So the machine writes a fatal error into a trace.
        Outcome::Error(ErrorNumber::Forbidden, why) if why == "fatal" => {
            ExitCode::SYS_ASSERTION_FAILED.value()
        }
        other => panic!("the callee did not run: {other:?}"),
    }
}
