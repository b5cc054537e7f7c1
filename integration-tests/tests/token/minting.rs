//! Minters with caps, the supply cap, and the burner.

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::{BurnerSet, MinterSet, SupplyCapLowered};
use holdfast_api::token::{BurnByRoleParams, SetMinterParams, method};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::hostile::Asks;
use holdfast_integration_tests::reverts::exceeded_cap;
use holdfast_integration_tests::{Nobody, Party, TokenParams, World, cbor_event, endless, tokens};
use holdfast_localnet::{Kind, Wallet};

use crate::hostile;

fn set_minter(w: &mut World, owner: &Wallet, token: Address, minter: impl Party, cap: TokenAmount) {
    let id = w.id(&minter).id().unwrap();
    let set = cbor_event(
        token,
        &MinterSet {
            minter: id,
            cap: cap.clone(),
        },
    );
    let params = SetMinterParams {
        minter: minter.address(),
        cap,
    };
    w.call::<method::SetMinter>(owner, token, &params)
        .emits(&[set])
        .ok();
}

#[test]
fn a_minter_mints_up_to_its_cap_by_both_faces() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    set_minter(&mut w, &alice, token, &carol, tokens(100));
    let made = [w.moved(token, Nobody, &alice, &tokens(60))];
    w.erc20(token).mint(&carol, &alice, tokens(60)).emits(&made).ok();
    assert_eq!(w.view::<method::MinterCap>(token, &carol.address()), tokens(40));
    w.erc20(token)
        .mint(&carol, &alice, tokens(41))
        .reverts_saying("may mint");
    w.erc20(token).mint(&carol, &alice, tokens(40)).ok();
    w.erc20(token)
        .mint(&carol, &alice, tokens(1))
        .reverts_saying("is not the minter");
    assert_eq!(w.supply(token), tokens(1_100));

    let bob = w.account(Kind::Bls, 0);
    set_minter(&mut w, &alice, token, &bob, tokens(10));
    let minted = w.frc46(token).mint(&bob, &carol, tokens(4)).ok();
    assert_eq!((minted.balance, minted.supply), (tokens(4), tokens(1_104)));
    w.frc46(token).mint(&bob, &carol, tokens(7)).refused(75);
    hostile::receivers(Asks::Told, &w, token, &tokens(6), |w, to| {
        w.frc46(token).mint(&bob, to, tokens(6))
    });
    set_minter(&mut w, &alice, token, &bob, tokens(0));
    w.frc46(token).mint(&bob, &carol, tokens(1)).refused(74);
}

#[test]
fn not_even_the_owner_mints_without_a_cap() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    w.frc46(token).mint(&alice, &alice, tokens(1)).refused(74);
}

#[test]
fn the_supply_cap_binds_every_minter_and_only_falls() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let owner = Some(alice.address());
    let token = w.create_token(
        &alice,
        &TokenParams {
            name: "Capped".to_owned(),
            symbol: "CAP".to_owned(),
            owner,
            supply_cap: Some(tokens(1_200)),
            initial_holder: owner,
            initial_supply: tokens(1_000),
            voting: true,
        },
    );
    set_minter(&mut w, &alice, token, &alice, endless());
    w.frc46(token).mint(&alice, &alice, tokens(201)).refused(76);
    let exceeded = exceeded_cap(&tokens(1_201), &tokens(1_200));
    w.erc20(token).mint(&alice, &alice, tokens(201)).reverts(exceeded);
    let lowered = SupplyCapLowered { cap: tokens(1_100) };
    w.call::<method::LowerSupplyCap>(&alice, token, &tokens(1_100))
        .emits(&[cbor_event(token, &lowered)])
        .ok();
    w.frc46(token).mint(&alice, &alice, tokens(101)).refused(76);
    w.frc46(token).mint(&alice, &alice, tokens(100)).ok();
    for cap in [tokens(1_101), tokens(1_099)] {
        w.call::<method::LowerSupplyCap>(&alice, token, &cap).refused(77);
        let call = IToken::lowerSupplyCapCall(word(&cap));
        w.evm(&alice, token, call)
            .reverts(IToken::ERC20InvalidCap(word(&cap)));
    }
    assert_eq!(w.view::<method::SupplyCap>(token, &()), tokens(1_100));
    w.frc46(token).burn(&alice, tokens(1)).ok();
    w.frc46(token).mint(&alice, &alice, tokens(1)).ok();
}

#[test]
fn the_burner_burns_anybodys_tokens_and_nobody_else_does() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    let burn = BurnByRoleParams {
        holder: alice.address(),
        amount: tokens(10),
    };
    w.call::<method::BurnByRole>(&alice, token, &burn).refused(74);
    let named = |burner| [cbor_event(token, &BurnerSet { burner })];
    let burner = w.id(&carol).id().ok();
    w.call::<method::SetBurner>(&alice, token, &Some(carol.address()))
        .emits(&named(burner))
        .ok();
    let gone = [w.moved(token, &alice, Nobody, &tokens(10))];
    let call = IToken::burnByRoleCall {
        holder: w.eth(&alice),
        amount: word(&tokens(10)),
    };
    let left = w.evm(&carol, token, call).emits(&gone).ok();
    assert_eq!(left, word(&tokens(990)));
    w.evm(&alice, token, IToken::setBurnerCall(w.eth(Nobody)))
        .emits(&named(None))
        .ok();
    let call = IToken::burnByRoleCall {
        holder: w.eth(&alice),
        amount: word(&tokens(1)),
    };
    w.evm(&carol, token, call).reverts_saying("is not the burner");
}
