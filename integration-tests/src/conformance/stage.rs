//! Where a case plays: a world of its own with one instance in it, and the people of the case.

use alloy_primitives::Address as Eth;
use alloy_sol_types::{SolCall, SolEvent};
use fvm_shared::address::Address;
use fvm_shared::event::StampedEvent;
use holdfast_localnet::{Kind, Wallet};

use super::Refusal;
use crate::answer::REVERTED;
use crate::{Answer, EvmCall, Party, World, log};

/// What a suite judges: an actor or contract by whichever author.
pub trait Subject {
    /// Makes an instance, which `maker` pays for and manages. Gives any address of it.
    fn create(&self, w: &mut World, maker: &Wallet) -> Address;
}

/// Who plays in a case.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Makes the instance, manages it, and holds everything at the start.
    pub maker: Wallet,
    /// Receives.
    pub recipient: Wallet,
    /// Spends what others allow.
    pub spender: Wallet,
    /// Has nothing to do with it.
    pub stranger: Wallet,
}

impl Cast {
    /// All of the Ethereum kind.
    pub fn ethereum(w: &World) -> Self {
        Self::of(w, [Kind::Eth; 4])
    }

    /// All of the Filecoin kinds.
    pub fn native(w: &World) -> Self {
        Self::of(w, [Kind::Secp256k1, Kind::Bls, Kind::Secp256k1, Kind::Bls])
    }

    /// Of all kinds.
    pub fn mixed(w: &World) -> Self {
        Self::of(w, [Kind::Secp256k1, Kind::Bls, Kind::Eth, Kind::Secp256k1])
    }

    fn of(w: &World, [maker, recipient, spender, stranger]: [Kind; 4]) -> Self {
        Self {
            maker: w.account(maker, 0),
            recipient: w.account(recipient, 1),
            spender: w.account(spender, 2),
            stranger: w.account(stranger, 3),
        }
    }
}

/// A world with one instance of a subject.
pub struct Stage<S: ?Sized + 'static> {
    /// The world.
    pub w: World,
    /// Whose instance it is.
    pub subject: &'static S,
    /// The instance, by its id.
    pub at: Address,
    /// Who plays.
    pub cast: Cast,
}

impl<S: Subject + ?Sized> Stage<S> {
    /// A new world with a new instance.
    pub fn new(subject: &'static S, cast: fn(&World) -> Cast) -> Self {
        let mut w = World::new();
        let cast = cast(&w);
        let at = subject.create(&mut w, &cast.maker);
        let at = w.id(at);
        Self { w, subject, at, cast }
    }

    /// The same stage once more.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self {
            w: self.w.fork(),
            subject: self.subject,
            at: self.at,
            cast: self.cast.clone(),
        }
    }

    /// The 0x form of somebody, of 0x0 by [`Nobody`](crate::Nobody).
    pub fn eth(&self, party: impl Party) -> Eth {
        self.w.eth(party)
    }

    /// Asks a view.
    #[track_caller]
    pub fn ask<C: SolCall>(&self, call: C) -> C::Return {
        self.w.ask(self.at, call)
    }

    /// Calls a method.
    #[track_caller]
    pub fn call<C: SolCall>(&mut self, from: &Wallet, call: C) -> EvmCall<C> {
        self.w.evm(from, self.at, call)
    }

    /// Sends calldata.
    #[track_caller]
    pub fn calldata(&mut self, from: &Wallet, data: Vec<u8>) -> Answer<Vec<u8>> {
        self.w.calldata(from, self.at, data)
    }

    /// Sends calldata of several people in one tipset. Those of BLS keys run first, as on every node.
    #[track_caller]
    pub fn together<const N: usize>(&mut self, messages: [(&Wallet, Vec<u8>); N]) -> [Answer<Vec<u8>>; N] {
        let to = self.at;
        self.w.together(messages.map(|(from, data)| (from, to, data)))
    }

    /// A log of the instance.
    pub fn log(&self, event: &impl SolEvent) -> StampedEvent {
        log(self.at, event)
    }
}

/// Checks that a message was refused for this reason, in the words of the subject's `revert_data`.
#[track_caller]
pub(crate) fn refused<T>(answer: Answer<T>, revert_data: &[u8], why: &Refusal) {
    let failure = answer.refused(REVERTED);
    assert!(
        failure.revert == revert_data,
        "expected {why:?}, {revert_data:02x?}; the revert data is {:02x?}: {}",
        failure.revert,
        failure.why
    );
}
