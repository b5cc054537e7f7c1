//! Who can receive tokens and allowances, in any form of address, and who cannot.

use fvm_shared::address::Address;
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::{Nobody, Party, World, tokens};
use holdfast_localnet::{EthAddress, Kind, Wallet, ids};

const ABSENT: u64 = 999_999;

fn story() -> (World, Wallet, Address) {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    (w, alice, token)
}

fn f410(address: EthAddress) -> Address {
    Address::new_delegated(ids::EAM, &address.0).unwrap()
}

fn reserved(first: u8, last: u8) -> EthAddress {
    let mut bytes = [0; 20];
    (bytes[0], bytes[19]) = (first, last);
    EthAddress(bytes)
}

#[test]
fn an_address_without_actor_gets_one_by_receiving() {
    let (mut w, alice, token) = story();
    let kinds = [
        (Kind::Secp256k1, "account"),
        (Kind::Bls, "account"),
        (Kind::Eth, "placeholder"),
    ];
    for (kind, name) in kinds {
        let new = w.account(kind, 500);
        assert_eq!(w.network().resolve(&new.address()).unwrap(), None);
        w.frc46(token).transfer(&alice, &new, tokens(7)).ok();
        assert_eq!(w.network().code_name(&new.address()).unwrap(), name);
        assert_eq!(w.balance(token, &new), tokens(7));
    }
    let new = w.account(Kind::Eth, 501);
    w.erc20(token).transfer(&alice, &new, tokens(7)).ok();
    assert_eq!(w.balance(token, &new), tokens(7));
}

#[test]
fn every_form_of_an_address_is_the_same_holder() {
    let (mut w, alice, token) = story();
    let carol = w.account(Kind::Eth, 0);
    let id = w.id(&carol);
    w.frc46(token).transfer(&alice, id, tokens(1)).ok();
    w.frc46(token).transfer(&alice, &carol, tokens(1)).ok();
    let masked = alloy_primitives::Address::new(EthAddress::from_id(id.id().unwrap()).0);
    let call = IToken::transferCall {
        to: masked,
        value: holdfast_integration_tests::abi::word(&tokens(1)),
    };
    let moved = w.moved(token, &alice, &carol, &tokens(1));
    w.evm(&alice, token, call).emits(&[moved]).ok();
    assert_eq!(w.balance(token, &carol), tokens(3));
    let robust = w.network().robust_address(token.id().unwrap()).unwrap().unwrap();
    w.frc46(robust).transfer(&alice, &carol, tokens(1)).ok();
    assert_eq!(w.balance(token, id), tokens(4));
}

#[test]
fn frc46_refuses_recipients_that_cannot_be() {
    let (mut w, alice, token) = story();
    let robust = w.network().robust_address(token.id().unwrap()).unwrap().unwrap();
    let refused = [
        ("reserved by the EVM", f410(reserved(0, 0))),
        ("its 0x form is 0x0", w.id(f410(reserved(0, 0)))),
        ("reserved by the EVM", f410(reserved(0, 1))),
        ("reserved by the EVM", f410(reserved(0xfe, 3))),
        ("masked form of an id", f410(EthAddress::from_id(100))),
        (
            "namespace other than f410",
            Address::new_delegated(32, &[7; 20]).unwrap(),
        ),
        ("no actor", Address::new_id(ABSENT)),
        ("no actor", Address::new_actor(b"nobody was created here")),
        ("the token itself", token),
        ("the token itself", robust),
    ];
    for (why, to) in refused {
        let failure = w.frc46(token).transfer(&alice, to, tokens(1)).refused(66);
        assert!(failure.why.contains(why), "{to}: {}", failure.why);
    }
}

#[test]
fn erc20_refuses_recipients_and_spenders_that_cannot_be() {
    let (mut w, alice, token) = story();
    let nobody = [
        reserved(0, 0),
        reserved(0, 1),
        reserved(0xfe, 3),
        EthAddress::from_id(ABSENT),
    ];
    let form = |eth: EthAddress| alloy_primitives::Address::new(eth.0);
    let value = alloy_primitives::U256::from(1);
    for eth in nobody {
        let call = IToken::transferCall { to: form(eth), value };
        w.evm(&alice, token, call)
            .reverts(IToken::ERC20InvalidReceiver(form(eth)));
        let call = IToken::approveCall {
            spender: form(eth),
            value,
        };
        w.evm(&alice, token, call)
            .reverts(IToken::ERC20InvalidSpender(form(eth)));
    }
    let itself = w.eth(token);
    let call = IToken::transferCall { to: itself, value };
    w.evm(&alice, token, call)
        .reverts(IToken::ERC20InvalidReceiver(itself));
}

/// Every network has an actor at 0x0 from its genesis on; the log of a movement shows 0x0 for nobody.
#[test]
fn the_actor_at_0x0_moves_nothing_and_is_allowed_nothing_by_its_id_either() {
    let (mut w, alice, token) = story();
    let at_0x0 = w.id(Nobody);
    w.frc46(token).transfer(&alice, at_0x0, tokens(1)).refused(66);
    w.frc46(token)
        .transfer_from(&alice, at_0x0, &alice, tokens(0))
        .refused(68);
    w.frc46(token).burn_from(&alice, at_0x0, tokens(0)).refused(68);
    let masked = alloy_primitives::Address::new(EthAddress::from_id(at_0x0.id().unwrap()).0);
    let value = alloy_primitives::U256::from(1);
    let to_it = IToken::transferCall { to: masked, value };
    w.evm(&alice, token, to_it)
        .reverts(IToken::ERC20InvalidReceiver(w.eth(Nobody)));
    for from in [masked, w.eth(Nobody)] {
        let (to, value) = (w.eth(&alice), alloy_primitives::U256::ZERO);
        let from_it = IToken::transferFromCall { from, to, value };
        w.evm(&alice, token, from_it)
            .reverts(IToken::ERC20InvalidSender(w.eth(Nobody)));
    }
    assert_eq!(w.balance(token, at_0x0), tokens(0));
    for whole in [0, 1] {
        w.frc46(token)
            .increase_allowance(&alice, at_0x0, tokens(whole))
            .refused(67);
        let (spender, value) = (masked, alloy_primitives::U256::from(whole));
        w.evm(&alice, token, IToken::approveCall { spender, value })
            .reverts(IToken::ERC20InvalidSpender(w.eth(Nobody)));
    }
}

#[test]
fn allowances_create_and_refuse_operators_as_transfers_do() {
    let (mut w, alice, token) = story();
    let new = w.account(Kind::Bls, 500);
    w.frc46(token).increase_allowance(&alice, &new, tokens(1)).ok();
    assert_eq!(w.allowance(token, &alice, &new), tokens(1));
    for operator in [
        Address::new_id(ABSENT),
        f410(reserved(0, 0)),
        f410(EthAddress::from_id(100)),
    ] {
        w.frc46(token)
            .increase_allowance(&alice, operator, tokens(1))
            .refused(67);
    }
}

#[test]
fn nobody_is_created_by_looking_or_by_taking_a_right_away() {
    let (mut w, alice, token) = story();
    let absent = w.account(Kind::Eth, 500);
    assert_eq!(w.balance(token, &absent), tokens(0));
    assert_eq!(w.allowance(token, &alice, &absent), tokens(0));
    w.frc46(token).revoke_allowance(&alice, &absent).ok();
    w.frc46(token).decrease_allowance(&alice, &absent, tokens(1)).ok();
    assert_eq!(w.network().resolve(&Party::address(&absent)).unwrap(), None);
}
