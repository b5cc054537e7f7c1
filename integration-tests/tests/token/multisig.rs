//! The official multisig as an owner and minter, and the official payment channel as a bystander.

use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{MintParams, SetMinterParams, method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::{Council, Nobody, World, tokens};
use holdfast_localnet::Kind;
use holdfast_runtime::method::Method;
use serde::Serialize;

/// Two who own a token together.
struct Owners {
    w: World,
    council: Council,
    token: Address,
}

impl Owners {
    fn new() -> Self {
        let mut w = World::new();
        let council = Council::new(&mut w);
        let [first, _] = &council.members;
        let token = w.story_token(first);
        w.call::<method::TransferOwnership>(first, token, &council.address)
            .ok();
        council.decides::<method::AcceptOwnership>(&mut w, token, &());
        Self { w, council, token }
    }

    #[track_caller]
    fn decide<M: Method<Params: Serialize>>(&mut self, params: &M::Params) {
        self.council.decides::<M>(&mut self.w, self.token, params);
    }
}

#[test]
fn a_multisig_owns_a_token_and_mints() {
    let mut c = Owners::new();
    assert_eq!(c.w.ask(c.token, IToken::ownerCall {}), c.w.eth(c.council.address));
    c.decide::<method::SetMinter>(&SetMinterParams {
        minter: c.council.address,
        cap: tokens(50),
    });
    let carol = c.w.account(Kind::Eth, 0);
    let (to, operator_data) = (carol.address(), RawBytes::default());
    c.decide::<method::Mint>(&MintParams {
        to,
        amount: tokens(20),
        operator_data,
    });
    assert_eq!(c.w.balance(c.token, &carol), tokens(20));
    assert_eq!(
        c.w.view::<method::MinterCap>(c.token, &c.council.address),
        tokens(30)
    );
    let alone = MintParams {
        to,
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    c.w.call::<method::Mint>(&c.council.members[0], c.token, &alone)
        .refused(74);
}

#[test]
fn a_multisig_holds_and_spends_tokens() {
    let mut c = Owners::new();
    let [first, _] = c.council.members.clone();
    c.w.frc46(c.token)
        .transfer(&first, c.council.address, tokens(10))
        .ok();
    c.decide::<method::Burn>(&holdfast_api::token::BurnParams { amount: tokens(4) });
    assert_eq!(c.w.balance(c.token, c.council.address), tokens(6));
    assert_eq!(c.w.supply(c.token), tokens(996));
    c.decide::<method::RenounceOwnership>(&());
    assert_eq!(c.w.ask(c.token, IToken::ownerCall {}), c.w.eth(Nobody));
}

#[test]
fn a_payment_channel_works_beside_the_token_and_takes_no_frc46_tokens() {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let token = w.story_token(&alice);
    let params = to_vec(&(alice.address(), bob.address())).unwrap();
    let fil = TokenAmount::from_whole(3);
    let (channel, _) = w.run(&alice, |network| {
        network.exec(&alice, "paymentchannel", &params, fil.clone())
    });
    w.frc46(token)
        .transfer(&alice, channel.id_address, tokens(1))
        .refused(23);
    assert_eq!(w.network().balance(&channel.id_address).unwrap(), fil);
    const SETTLE: u64 = 3;
    let none = TokenAmount::default();
    let settled = w.send(&bob, channel.id_address, none, SETTLE, RawBytes::default());
    assert!(settled.is_ok(), "{}", settled.error);
}
