//! The cast on a chain: where everybody is, and how a call is sent.

use std::collections::BTreeMap;

use alloy_sol_types::{SolCall, SolEvent, sol};
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::Token;
use holdfast_integration_tests::bundle::CALIBRATION;
use holdfast_integration_tests::model::{
    Chain, Outcome, by_calldata, by_exit_code, by_number, cut_params, unwrapped, wrapped,
};
use holdfast_integration_tests::{TokenParams, World};
use holdfast_localnet::{EthAddress, Kind, Options, Receipt, Wallet, ids};
use holdfast_runtime::method::{Interface, InterfaceInfo};

use super::cast::{Form, Route, Who};
use super::ledger::{EPOCH, Ledger, START};
use super::operation::{Call, Named, Operation};
use super::wire;
use crate::contracts::Frc46Holder;

sol! {
    interface Proxy {
        function pass(address to, bytes data) external returns (bytes);
    }
}

/// The multisig's Propose.
const PROPOSE: u64 = 2;
/// The first of the keys that the network has never seen.
const STRANGERS: u32 = 900;
/// An id far above those that are given.
const ABSENT: u64 = 999_999;
pub(super) const TOKEN_NAME: &str = "Model";

/// A network with the whole cast, before there is a token.
pub(super) struct Set {
    w: World,
    places: BTreeMap<Who, Address>,
    interface: InterfaceInfo,
}

/// A round's network, with its token.
pub(super) struct Stage {
    pub(super) w: World,
    pub(super) token: Address,
    places: BTreeMap<Who, Address>,
    interface: InterfaceInfo,
    /// The epoch in which the model's clock shows [`START`].
    start: u64,
}

impl Set {
    pub(super) fn new() -> Self {
        let tracing = false;
        let mut w = World::with(&Options {
            tracing,
            ..Options::new(CALIBRATION.bundle.clone())
        });
        let signer = signer(&w);
        let multisig = to_vec(&([signer.address()], 1u64, 0i64, 0i64)).unwrap();
        let channel = to_vec(&(signer.address(), signer.address())).unwrap();
        let mut places = BTreeMap::from([
            (Who::Multisig, exec(&mut w, &signer, "multisig", &multisig)),
            (Who::Channel, exec(&mut w, &signer, "paymentchannel", &channel)),
            (Who::OtherToken, w.story_token(&signer)),
            (Who::Miner, w.network().miner()),
        ]);
        for (who, contract) in [
            (Who::Holder, "Frc46Holder"),
            (Who::Closed, "Frc46Holder"),
            (Who::Proxy, "Proxy"),
            (Who::Purse, "Purse"),
            (Who::EmptyFallback, "EmptyFallback"),
            (Who::Shop, "Shop"),
        ] {
            places.insert(who, w.deploy(&signer, contract));
        }
        let closed = places[&Who::Closed];
        w.evm(&signer, closed, Frc46Holder::closeCall { closed_: true })
            .ok();
        for who in [Who::Multisig, Who::Channel, Who::OtherToken, Who::Miner] {
            places.insert(who, robust(&w, places[&who]));
        }
        let interface = Token::describe();
        Self { w, places, interface }
    }

    /// A network of its own for a round that starts with `model`.
    pub(super) fn stage(&self, model: &Ledger) -> Stage {
        let mut w = self.w.fork();
        let owner = w.account(Kind::Secp256k1, 0);
        let params = TokenParams {
            name: TOKEN_NAME.to_owned(),
            symbol: "MDL".to_owned(),
            owner: Some(owner.address()),
            supply_cap: Some(model.cap.clone()),
            initial_holder: Some(owner.address()),
            initial_supply: model.supply.clone(),
            voting: model.voting,
        };
        let token = w.create_token(&owner, &params);
        let mut places = self.places.clone();
        places.insert(Who::Token, robust(&w, token));
        let start = next_epoch(&w);
        let interface = self.interface.clone();
        Stage {
            w,
            token,
            places,
            interface,
            start,
        }
    }
}

/// Who signs for the multisig and calls the contracts.
fn signer(w: &World) -> Wallet {
    w.account(Kind::Secp256k1, 9)
}

fn next_epoch(w: &World) -> u64 {
    w.network().epoch() as u64 + 1
}

fn exec(w: &mut World, from: &Wallet, actor: &str, params: &[u8]) -> Address {
    let none = TokenAmount::default();
    let (created, _) = w.run(from, |network| network.exec(from, actor, params, none));
    created.id_address
}

fn robust(w: &World, id: Address) -> Address {
    let found = w.network().robust_address(id.id().unwrap()).unwrap();
    found.expect("an actor that Init knows")
}

fn f410(bytes: [u8; 20]) -> Address {
    Address::new_delegated(ids::EAM, &bytes).unwrap()
}

impl Stage {
    /// Where somebody is, by f1, f2, f3 or f4; by f0 whoever has only an id.
    pub(super) fn place(&self, who: Who) -> Address {
        match who {
            Who::Account(kind, number) => self.w.account(kind, number).address(),
            Who::Stranger(kind, number) => self.w.account(kind, STRANGERS + number).address(),
            Who::Zero => f410([0; 20]),
            Who::Precompile => f410(core::array::from_fn(|i| u8::from(i == 19))),
            Who::MaskedId => f410(EthAddress::from_id(100).0),
            Who::ForeignNamespace => Address::new_delegated(32, &[7; 20]).unwrap(),
            Who::AbsentId => Address::new_id(ABSENT),
            Who::AbsentActor => Address::new_actor(b"nobody was created here"),
            placed => self.places[&placed],
        }
    }

    /// The address that a call by number names somebody by.
    pub(super) fn address(&self, named: Named) -> Address {
        match named.form {
            Form::Id if named.who != Who::AbsentId => self.w.id(self.place(named.who)),
            _ => self.place(named.who),
        }
    }

    /// The address that calldata names somebody by.
    pub(super) fn eth(&self, named: Named) -> alloy_primitives::Address {
        let form = EthAddress::from_filecoin(&self.address(named));
        alloy_primitives::Address::new(form.expect("a 0x form").0)
    }

    /// The key of an account.
    pub(super) fn wallet(&self, who: Who) -> Wallet {
        match who {
            Who::Account(kind, number) => self.w.account(kind, number),
            Who::Stranger(kind, number) => self.w.account(kind, STRANGERS + number),
            other => panic!("{other:?} has no key"),
        }
    }

    /// A second of the model's clock as Unix time.
    pub(super) fn unix(&self, second: u64) -> u64 {
        let start = self.w.network().profile().timestamp(self.start as i64);
        start + second - START * EPOCH
    }

    /// The epoch of the model's clock in which the next message runs.
    pub(super) fn epoch(&self) -> u64 {
        next_epoch(&self.w) - self.start + START
    }

    /// An epoch of the model's clock as one of the chain.
    pub(super) fn chain_epoch(&self, epoch: u64) -> i64 {
        (self.start + epoch - START) as i64
    }

    fn call(&mut self, caller: Who, route: Route, call: &Call, cut: bool) -> Outcome<Vec<TokenAmount>> {
        let bytes = match (route, cut) {
            (Route::Calldata, false) => wire::calldata(self, call),
            (Route::Calldata, true) => wire::cut_calldata(wire::calldata(self, call)),
            (Route::Number | Route::Wrapped, false) => wire::params(self, call),
            (Route::Number | Route::Wrapped, true) => cut_params(wire::params(self, call)),
        };
        match route {
            Route::Number => {
                let returned = self.send_number(caller, wire::number(call), bytes)?;
                Ok(wire::amounts(call, &returned))
            }
            Route::Calldata => {
                let returned = self.send_calldata(caller, bytes)?;
                Ok(wire::results(call, &returned))
            }
            Route::Wrapped => {
                let returned = self.send_calldata(caller, wrapped(wire::number(call), bytes))?;
                Ok(wire::amounts(call, &unwrapped(&returned)))
            }
        }
    }

    fn send_number(&mut self, caller: Who, number: u64, params: Vec<u8>) -> Outcome<Vec<u8>> {
        let (token, none) = (self.token, TokenAmount::default());
        match caller {
            Who::Multisig => {
                let proposal = to_vec(&(token, none.clone(), number, RawBytes::new(params))).unwrap();
                let (signer, at) = (signer(&self.w), self.place(caller));
                let receipt = self.w.send(&signer, at, none, PROPOSE, proposal.into());
                let answer = receipt.ok("Propose").unwrap().decode().unwrap();
                let (_, applied, code, returned): (i64, bool, u32, RawBytes) = answer;
                assert!(applied, "one signature is enough");
                by_exit_code(code, &returned)
            }
            Who::Holder => {
                let call = Frc46Holder::callByIdCall {
                    id: token.id().unwrap(),
                    method: number,
                    params: params.into(),
                };
                let (signer, at) = (signer(&self.w), self.place(caller));
                let answer = self.w.evm(&signer, at, call);
                let called = called(&answer.receipt);
                answer.ok();
                let code: u64 = called
                    .exitCode
                    .try_into()
                    .expect("an exit code, no error of the machine");
                by_exit_code(code as u32, &called.data)
            }
            account => {
                let wallet = self.wallet(account);
                by_number(&self.w.send(&wallet, token, none, number, params.into()))
            }
        }
    }

    fn send_calldata(&mut self, caller: Who, data: Vec<u8>) -> Outcome<Vec<u8>> {
        if caller != Who::Proxy {
            let wallet = self.wallet(caller);
            let answer = self.w.calldata(&wallet, self.token, data);
            return by_calldata(&self.interface, &answer.receipt);
        }
        let pass = Proxy::passCall {
            to: self.w.eth(self.token),
            data: data.into(),
        };
        let (signer, at) = (signer(&self.w), self.place(caller));
        let answer = self.w.calldata(&signer, at, pass.abi_encode());
        let passed = by_calldata(&self.interface, &answer.receipt)?;
        Ok(Proxy::passCall::abi_decode_returns_validate(&passed)
            .unwrap()
            .to_vec())
    }
}

/// What the contract tells of the call that it made.
fn called(receipt: &Receipt) -> Frc46Holder::Called {
    let entries = &receipt
        .events
        .last()
        .expect("the contract's own event")
        .event
        .entries;
    let data = entries
        .iter()
        .find(|entry| entry.key == "d")
        .expect("an event with data");
    let (exit_code, codec, data) = Frc46Holder::Called::abi_decode_data_validate(&data.value).unwrap();
    Frc46Holder::Called {
        exitCode: exit_code,
        codec,
        data,
    }
}

impl Chain<Ledger> for Stage {
    fn send(&mut self, operation: &Operation) -> Outcome<Vec<TokenAmount>> {
        match operation {
            Operation::Wait { epochs } => {
                self.w.advance(*epochs);
                Ok(Vec::new())
            }
            Operation::Send {
                caller,
                route,
                call,
                cut,
            } => self.call(*caller, *route, call, *cut),
        }
    }

    fn differences(&self, model: &Ledger, operation: &Operation) -> Vec<String> {
        super::compare::differences(self, model, operation)
    }
}
