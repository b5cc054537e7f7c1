//! The cast on a chain: where everybody is, and how a call is sent.

use alloy_primitives::Address as Eth;
use fvm_shared::address::Address;
use holdfast_api::access::Access;
use holdfast_integration_tests::World;
use holdfast_integration_tests::bundle::CALIBRATION;
use holdfast_integration_tests::model::{
    Chain, Outcome, by_calldata, by_number, cut_params, unwrapped, wrapped,
};
use holdfast_localnet::{EthAddress, Kind, Options, Wallet};
use holdfast_runtime::method::{Interface, InterfaceInfo};

use super::cast::{Named, Who};
use super::library::{Library, START, is_wrapped};
use super::operation::{Call, Operation};
use super::wire;
use super::{compare, faces};

/// The first of the keys that the network has never seen.
const STRANGERS: u32 = 900;
/// An id far above those that are given.
const ABSENT: u64 = 999_999;

/// A network with the actor, before there are data sets.
pub(super) struct Set {
    w: World,
    access: Address,
    interface: InterfaceInfo,
}

/// A round's network.
pub(super) struct Stage {
    pub(super) w: World,
    pub(super) access: Address,
    interface: InterfaceInfo,
    /// The epoch in which the model's clock shows [`START`].
    start: i64,
}

impl Set {
    pub(super) fn new() -> Self {
        let tracing = false;
        let mut w = World::with(&Options {
            tracing,
            ..Options::new(CALIBRATION.bundle.clone())
        });
        let maker = w.account(Kind::Secp256k1, 9);
        let access = w.create_access(&maker);
        let interface = Access::describe();
        Self { w, access, interface }
    }

    /// A network of its own for a round that starts with `model`.
    pub(super) fn stage(&self, model: &Library) -> Stage {
        assert_eq!(model.epoch, START);
        let w = self.w.fork();
        let start = w.network().epoch() + 1;
        let (access, interface) = (self.access, self.interface.clone());
        Stage {
            w,
            access,
            interface,
            start,
        }
    }
}

impl Stage {
    pub(super) fn wallet(&self, who: Who) -> Option<Wallet> {
        match who {
            Who::Account(kind, number) => Some(self.w.account(kind, number)),
            Who::Stranger(kind, number) => Some(self.w.account(kind, STRANGERS + number)),
            Who::Absent => None,
        }
    }

    /// Where somebody is, by f1, f3 or f410; by f0 who has no key.
    pub(super) fn place(&self, who: Who) -> Address {
        let wallet = self.wallet(who);
        wallet.map_or(Address::new_id(ABSENT), |wallet| wallet.address())
    }

    /// The address that a call names somebody by.
    pub(super) fn address(&self, named: Named) -> Address {
        if named.by_id {
            Address::new_id(self.id(named.who))
        } else {
            self.place(named.who)
        }
    }

    /// The 0x form of somebody who has one.
    pub(super) fn eth(&self, named: Named) -> Eth {
        match named.who {
            Who::Absent => Eth::new(EthAddress::from_id(ABSENT).0),
            _ => self.w.eth(self.address(named)),
        }
    }

    /// The id of somebody who has one.
    pub(super) fn id(&self, who: Who) -> u64 {
        match who {
            Who::Absent => ABSENT,
            who => self.w.id(self.place(who)).id().expect("an id"),
        }
    }

    /// An epoch of the model's clock as one of the chain.
    pub(super) fn chain_epoch(&self, epoch: i64) -> i64 {
        self.start + epoch - START
    }

    /// An epoch of the chain as one of the model's clock.
    pub(super) fn model_epoch(&self, epoch: i64) -> i64 {
        epoch - self.start + START
    }

    fn by_selector(&mut self, caller: Who, call: &Call, cut: bool) -> Outcome<Vec<u64>> {
        let mut data = faces::calldata(self, call);
        if cut {
            // A word, since the last byte of a text may be its padding, which nobody needs; or a part of the selector.
            let words = data.len().saturating_sub(4) / 32;
            data.truncate(if words == 0 { 3 } else { 4 + 32 * (words - 1) });
        }
        let (wallet, value) = (self.wallet(caller).expect("a caller"), wire::value(call));
        let answer = self.w.calldata_with(&wallet, self.access, value, data);
        let returned = by_calldata(&self.interface, &answer.receipt)?;
        Ok(faces::numbers(call, &returned))
    }

    fn call(&mut self, caller: Who, call: &Call, cut: bool) -> Outcome<Vec<u64>> {
        let (number, mut params) = wire::message(self, call);
        if cut {
            params = cut_params(params);
        }
        let value = wire::value(call);
        let wallet = self.wallet(caller).expect("a caller");
        if is_wrapped(caller) {
            let data = wrapped(number, params);
            let answer = self.w.calldata_with(&wallet, self.access, value, data);
            let returned = by_calldata(&self.interface, &answer.receipt)?;
            return Ok(wire::numbers(call, &unwrapped(&returned)));
        }
        let receipt = self.w.send(&wallet, self.access, value, number, params.into());
        Ok(wire::numbers(call, &by_number(&receipt)?))
    }
}

impl Chain<Library> for Stage {
    fn send(&mut self, operation: &Operation) -> Outcome<Vec<u64>> {
        match operation {
            Operation::Wait { epochs } => {
                self.w.advance(*epochs);
                Ok(Vec::new())
            }
            Operation::Send {
                caller,
                call,
                cut,
                selector: None,
            } => self.call(*caller, call, *cut),
            Operation::Send {
                caller, call, cut, ..
            } => self.by_selector(*caller, call, *cut),
        }
    }

    fn differences(&self, model: &Library, operation: &Operation) -> Vec<String> {
        compare::differences(self, model, operation)
    }
}
