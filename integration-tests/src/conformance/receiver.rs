//! The receiver hook of FRC-0046: who is told of tokens, when, and what a recipient that refuses does. And that the
//! ERC-20 face of the same token never calls it.

use alloy_sol_types::sol;
use frc42_dispatch::method_hash;
use frc46_token::receiver::{FRC46_TOKEN_TYPE, FRC46TokenReceived};
use frc46_token::token::types::{TransferFromParams, TransferFromReturn, TransferParams, TransferReturn};
use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{Call, Kind, Receipt, Wallet};
use holdfast_runtime::receiver::UniversalReceiverParams;

use super::erc20::IERC20Metadata::transferCall;
use super::{Case, Cast, Frc46Refusal, Frc46Subject, Stage, cases};
use crate::abi::word;
use crate::{Answer, Nobody, Party, World};

sol! {
    #![sol(all_derives)]
    "solidity/contracts/Frc46Holder.sol"
}
sol! {
    interface IForwarder {
        function setHeir(address heir) external;
    }
}

/// A token with both faces whose maker may make more of it.
pub trait ReceiverSubject: Frc46Subject {
    /// The message by which the maker makes tokens on the Filecoin side.
    fn mint(
        &self,
        w: &mut World,
        token: Address,
        maker: &Wallet,
        to: Address,
        amount: TokenAmount,
        operator_data: RawBytes,
    ) -> Answer<()>;
}

/// Where the cases play.
pub type ReceiverStage = Stage<dyn ReceiverSubject>;

/// The suite.
pub const CASES: &[Case<dyn ReceiverSubject>] = cases![
    a_recipient_is_told_of_a_transfer,
    a_recipient_is_told_of_an_operators_transfer,
    a_recipient_is_told_of_new_tokens,
    a_recipient_of_nothing_is_told,
    whoever_sends_to_themselves_is_told,
    a_recipient_that_refuses_gets_nothing,
    a_recipient_without_a_hook_gets_nothing,
    a_recipient_that_answers_nothing_receives,
    accounts_of_all_kinds_receive,
    a_hook_finds_the_tokens_there_and_may_pass_them_on,
    a_hook_that_calls_back_in_vain_refuses_the_transfer,
    the_ethereum_face_calls_no_hook,
];

/// How many hooks a message called.
fn hooks(receipt: &Receipt) -> usize {
    fn count(call: &Call) -> usize {
        let here = usize::from(call.method == method_hash!("Receive"));
        here + call.calls.iter().map(count).sum::<usize>()
    }
    count(receipt.trace.call.as_ref().expect("a trace"))
}

impl ReceiverStage {
    fn holder(&mut self) -> Address {
        let maker = self.cast.maker.clone();
        self.w.deploy(&maker, "Frc46Holder")
    }

    fn closed_holder(&mut self) -> Address {
        let (maker, holder) = (self.cast.maker.clone(), self.holder());
        let close = Frc46Holder::closeCall { closed_: true };
        self.w.evm(&maker, holder, close).ok();
        holder
    }

    fn forwarder(&mut self, heir: Address) -> Address {
        let maker = self.cast.maker.clone();
        let (forwarder, heir) = (self.w.deploy(&maker, "Forwarder"), self.eth(heir));
        self.w
            .evm(&maker, forwarder, IForwarder::setHeirCall { heir })
            .ok();
        forwarder
    }

    #[track_caller]
    fn mint(&mut self, to: Address, amount: TokenAmount, operator_data: RawBytes) -> Answer<()> {
        let maker = self.cast.maker.clone();
        self.subject
            .mint(&mut self.w, self.at, &maker, to, amount, operator_data)
    }

    /// Checks what a holder was told last, and that this token told it.
    #[track_caller]
    fn require_told(&self, holder: Address, expected: &FRC46TokenReceived) {
        let told = self.w.ask(holder, Frc46Holder::toldCall {});
        let told: UniversalReceiverParams = from_slice(&told).expect("parameters of the hook");
        assert_eq!(told.type_, FRC46_TOKEN_TYPE);
        let payload: FRC46TokenReceived = told.payload.deserialize().expect("an FRC-46 payload");
        assert_eq!(&payload, expected);
        let teller = self.w.ask(holder, Frc46Holder::tellerCall {});
        assert_eq!(teller, self.eth(self.at));
    }
}

/// What a recipient has to be told, by ids.
fn payload(
    s: &ReceiverStage,
    [from, to, operator]: [Address; 3],
    amount: u64,
    operator_data: &[u8],
) -> FRC46TokenReceived {
    let id = |address| s.w.id(address).id().expect("an id");
    FRC46TokenReceived {
        from: id(from),
        to: id(to),
        operator: id(operator),
        amount: s.amount(amount),
        operator_data: operator_data.to_vec().into(),
        token_data: RawBytes::default(),
    }
}

/// Data of an operator, a CBOR text as such data usually is.
const DATA: &[u8] = &[0x62, b'h', b'i'];

fn a_recipient_is_told_of_a_transfer(s: &mut ReceiverStage) {
    let (holder, maker) = (s.holder(), s.cast.maker.clone());
    let params = TransferParams {
        to: holder,
        amount: s.amount(7),
        operator_data: DATA.to_vec().into(),
    };
    let answer: Answer<TransferReturn> = s.w.invoke(&maker, s.at, method_hash!("Transfer"), &params);
    assert_eq!(hooks(&answer.receipt), 1);
    assert_eq!(answer.ok().to_balance, s.amount(7));
    let who = [maker.address(), holder, maker.address()];
    s.require_told(holder, &payload(s, who, 7, DATA));
}

fn a_recipient_is_told_of_an_operators_transfer(s: &mut ReceiverStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let holder = s.holder();
    s.increase(&maker, &recipient, s.amount(7)).ok();
    let params = TransferFromParams {
        from: maker.address(),
        to: holder,
        amount: s.amount(7),
        operator_data: DATA.to_vec().into(),
    };
    let answer: Answer<TransferFromReturn> =
        s.w.invoke(&recipient, s.at, method_hash!("TransferFrom"), &params);
    assert_eq!(hooks(&answer.receipt), 1);
    assert_eq!(answer.ok().allowance, s.amount(0));
    let who = [maker.address(), holder, recipient.address()];
    s.require_told(holder, &payload(s, who, 7, DATA));
}

fn a_recipient_is_told_of_new_tokens(s: &mut ReceiverStage) {
    let (holder, maker) = (s.holder(), s.cast.maker.clone());
    let answer = s.mint(holder, s.amount(7), DATA.to_vec().into());
    assert_eq!(hooks(&answer.receipt), 1);
    answer.ok();
    let who = [s.at, holder, maker.address()];
    s.require_told(holder, &payload(s, who, 7, DATA));
}

fn a_recipient_of_nothing_is_told(s: &mut ReceiverStage) {
    let (holder, maker) = (s.holder(), s.cast.maker.clone());
    s.transfer(&maker, holder, s.amount(0)).ok();
    let who = [maker.address(), holder, maker.address()];
    s.require_told(holder, &payload(s, who, 0, &[]));
}

fn whoever_sends_to_themselves_is_told(s: &mut ReceiverStage) {
    let (holder, maker) = (s.holder(), s.cast.maker.clone());
    s.transfer(&maker, holder, s.amount(7)).ok();
    let params = TransferParams {
        to: holder,
        amount: s.amount(3),
        operator_data: RawBytes::default(),
    };
    let call = Frc46Holder::callByIdCall {
        id: s.at.id().expect("an id"),
        method: method_hash!("Transfer"),
        params: to_vec(&params).expect("parameters that encode").into(),
    };
    let answer = s.w.evm(&maker, holder, call);
    assert_eq!(hooks(&answer.receipt), 1);
    answer.ok();
    assert_eq!(s.balance(holder), s.amount(7));
    s.require_told(holder, &payload(s, [holder; 3], 3, &[]));
}

fn a_recipient_that_refuses_gets_nothing(s: &mut ReceiverStage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let holder = s.closed_holder();
    s.increase(&maker, &recipient, s.amount(7)).ok();
    let answer = s.transfer(&maker, holder, s.amount(7));
    s.refused(answer, Frc46Refusal::Hook);
    let answer = s.transfer_from(&recipient, &maker, holder, s.amount(7));
    s.refused(answer, Frc46Refusal::Hook);
    let answer = s.mint(holder, s.amount(7), RawBytes::default());
    s.refused(answer, Frc46Refusal::Hook);
    assert_eq!(s.balance(holder), s.amount(0));
    assert_eq!(s.allowance(&maker, &recipient), s.amount(7));
}

fn a_recipient_without_a_hook_gets_nothing(s: &mut ReceiverStage) {
    let maker = s.cast.maker.clone();
    let purse = s.w.deploy(&maker, "Purse");
    let miner = s.w.network().miner();
    for to in [purse, miner] {
        let answer = s.transfer(&maker, to, s.amount(7));
        s.refused(answer, Frc46Refusal::Hook);
        assert_eq!(s.balance(to), s.amount(0));
    }
}

fn a_recipient_that_answers_nothing_receives(s: &mut ReceiverStage) {
    let maker = s.cast.maker.clone();
    let silent = s.w.deploy(&maker, "EmptyFallback");
    let told = s.transfer(&maker, silent, s.amount(7)).ok();
    assert_eq!(
        (told.to_balance, told.recipient_data),
        (s.amount(7), RawBytes::default())
    );
}

fn accounts_of_all_kinds_receive(s: &mut ReceiverStage) {
    let maker = s.cast.maker.clone();
    for kind in Kind::ALL {
        for number in [5, 500] {
            let account = s.w.account(kind, number);
            let answer = s.transfer(&maker, &account, s.amount(7));
            assert_eq!(hooks(&answer.receipt), 1, "{kind:?}");
            assert_eq!(answer.ok().to_balance, s.amount(7));
        }
    }
}

fn a_hook_finds_the_tokens_there_and_may_pass_them_on(s: &mut ReceiverStage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    let forwarder = s.forwarder(stranger.address());
    let all = s.supply();
    let told = s.transfer(&maker, forwarder, s.amount(7)).ok();
    assert_eq!(
        (told.from_balance, told.to_balance),
        (all - s.amount(7), s.amount(0))
    );
    assert_eq!(
        told.recipient_data.bytes(),
        [0x83, 1, 2, 3],
        "what the hook answered"
    );
    assert_eq!(s.balance(&stranger), s.amount(7));
}

fn a_hook_that_calls_back_in_vain_refuses_the_transfer(s: &mut ReceiverStage) {
    let maker = s.cast.maker.clone();
    let forwarder = s.forwarder(Nobody.address());
    let answer = s.transfer(&maker, forwarder, s.amount(7));
    s.refused(answer, Frc46Refusal::Hook);
    assert_eq!(s.balance(forwarder), s.amount(0));
}

fn the_ethereum_face_calls_no_hook(s: &mut ReceiverStage) {
    let (maker, holder) = (s.cast.maker.clone(), s.closed_holder());
    let (to, value) = (s.eth(holder), word(&s.amount(7)));
    let answer = s.call(&maker, transferCall { to, value });
    assert_eq!(hooks(&answer.receipt), 0);
    assert!(answer.ok());
    assert_eq!(s.balance(holder), s.amount(7));
}
