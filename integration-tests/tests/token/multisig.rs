//! The official multisig as an owner and minter, and the official payment channel as a bystander.

use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{MintParams, SetMinterParams, method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::{Nobody, World, tokens};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::Method;
use serde::Serialize;

const PROPOSE: u64 = 2;
const APPROVE: u64 = 3;

struct Council {
    w: World,
    members: [Wallet; 2],
    address: Address,
    token: Address,
}

/// A multisig of two, both of whom have to agree, that owns a token.
fn council() -> Council {
    let mut w = World::new();
    let members = [w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0)];
    let signers = members.each_ref().map(Wallet::address);
    let params = to_vec(&(signers, 2u64, 0i64, 0i64)).unwrap();
    let none = TokenAmount::default();
    let (made, _) = w.run(&members[0], |network| {
        network.exec(&members[0], "multisig", &params, none)
    });
    let address = made.id_address;
    let token = w.story_token(&members[0]);
    w.call::<method::TransferOwnership>(&members[0], token, &address)
        .ok();
    let mut council = Council {
        w,
        members,
        address,
        token,
    };
    council.decide::<method::AcceptOwnership>(&());
    council
}

impl Council {
    /// One proposes a call of the token, the other approves it, and it runs.
    fn decide<M: Method<Params: Serialize>>(&mut self, params: &M::Params) {
        let inner = if size_of::<M::Params>() == 0 {
            Vec::new()
        } else {
            to_vec(params).unwrap()
        };
        let inner = RawBytes::new(inner);
        let [first, second] = self.members.clone();
        let none = TokenAmount::default();
        let proposal = to_vec(&(self.token, none.clone(), M::NUMBER, inner)).unwrap();
        let proposed = self
            .w
            .send(&first, self.address, none.clone(), PROPOSE, proposal.into());
        let (id, applied, ..): (i64, bool, u32, RawBytes) = proposed.ok("Propose").unwrap().decode().unwrap();
        assert!(!applied, "one signature is not enough");
        let approval = to_vec(&(id, RawBytes::default())).unwrap();
        let approved = self.w.send(&second, self.address, none, APPROVE, approval.into());
        let (applied, code, _): (bool, u32, RawBytes) = approved.ok("Approve").unwrap().decode().unwrap();
        assert!(applied && code == 0, "the call ended with {code}");
    }
}

#[test]
fn a_multisig_owns_a_token_and_mints() {
    let mut c = council();
    assert_eq!(c.w.ask(c.token, IToken::ownerCall {}), c.w.eth(c.address));
    c.decide::<method::SetMinter>(&SetMinterParams {
        minter: c.address,
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
    assert_eq!(c.w.view::<method::MinterCap>(c.token, &c.address), tokens(30));
    let alone = MintParams {
        to,
        amount: tokens(1),
        operator_data: RawBytes::default(),
    };
    c.w.call::<method::Mint>(&c.members[0], c.token, &alone)
        .refused(74);
}

#[test]
fn a_multisig_holds_and_spends_tokens() {
    let mut c = council();
    let [first, _] = c.members.clone();
    c.w.frc46(c.token).transfer(&first, c.address, tokens(10)).ok();
    c.decide::<method::Burn>(&holdfast_api::token::BurnParams { amount: tokens(4) });
    assert_eq!(c.w.balance(c.token, c.address), tokens(6));
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
