//! How a token comes to be.

use holdfast_api::token::{ConstructorParams, Token, method};
use holdfast_runtime::Runtime;
use holdfast_runtime::method::Method;
use holdfast_runtime::testing::Mock;
use holdfast_token::TokenActor;

use crate::desk::*;

#[test]
fn a_new_token_knows_its_name_symbol_decimals_and_supply() {
    let mut desk = Desk::new();
    assert_eq!(desk.call::<method::Name>(BOB, &()).unwrap(), "Harbour");
    assert_eq!(desk.call::<method::Symbol>(BOB, &()).unwrap(), "HBR");
    assert_eq!(desk.call::<method::Granularity>(BOB, &()).unwrap(), 1);
    assert_eq!(desk.sol::<method::decimals>(BOB, ()).unwrap(), 18);
    assert_eq!(desk.call::<method::TotalSupply>(BOB, &()).unwrap(), tokens(1_000));
    assert_eq!(desk.call::<method::SupplyCap>(BOB, &()).unwrap(), tokens(5_000));
    assert_eq!(desk.balance(ALICE), tokens(1_000));
}

#[test]
fn only_init_may_create_a_token() {
    let mut mock = Mock::new();
    mock.caller(OWNER);
    assert_eq!(
        code(mock.call::<Token, TokenActor, method::Constructor>(&usual())),
        18
    );
}

#[test]
fn a_token_without_owner_cap_and_first_tokens_is_one() {
    let mut desk = Desk(Mock::new());
    let params = ConstructorParams {
        owner: None,
        supply_cap: None,
        initial_holder: None,
        initial_supply: tokens(0),
        ..usual()
    };
    desk.create(params).unwrap();
    assert_eq!(desk.call::<method::SupplyCap>(BOB, &()).unwrap(), endless());
    assert_eq!(desk.call::<method::Roles>(BOB, &()).unwrap().owner, None);
}

#[test]
fn a_new_token_is_voting_or_not_as_its_constructor_says() {
    for voting in [true, false] {
        let mut desk = Desk(Mock::new());
        let params = ConstructorParams {
            owner: None,
            initial_holder: None,
            initial_supply: tokens(0),
            voting,
            ..usual()
        };
        desk.create(params).unwrap();
        assert_eq!(desk.call::<method::IsVoting>(BOB, &()).unwrap(), voting);
        assert_eq!(desk.sol::<method::IsVoting>(BOB, ()).unwrap(), voting);
    }
}

#[test]
fn names_and_symbols_have_a_length() {
    let long = |n: usize| "x".repeat(n);
    let refused = [
        ConstructorParams {
            name: String::new(),
            ..usual()
        },
        ConstructorParams {
            name: long(65),
            ..usual()
        },
        ConstructorParams {
            symbol: String::new(),
            ..usual()
        },
        ConstructorParams {
            symbol: long(17),
            ..usual()
        },
    ];
    for params in refused {
        assert_eq!(code(Desk(Mock::new()).create(params)), 78);
    }
}

#[test]
fn first_tokens_need_a_holder_and_keep_within_the_cap() {
    let homeless = ConstructorParams {
        initial_holder: None,
        ..usual()
    };
    assert_eq!(code(Desk(Mock::new()).create(homeless)), 83);
    let too_many = ConstructorParams {
        supply_cap: Some(tokens(999)),
        ..usual()
    };
    assert_eq!(code(Desk(Mock::new()).create(too_many)), 76);
    let negative = ConstructorParams {
        initial_supply: atto(0) - atto(1),
        ..usual()
    };
    assert_eq!(code(Desk(Mock::new()).create(negative)), 69);
}

#[test]
fn fil_sent_along_is_refused_by_every_method_but_the_constructor() {
    let mut desk = Desk::new();
    desk.0.caller(ALICE).value(tokens(1));
    let refused = desk
        .0
        .invoke::<Token, TokenActor>(method::Burn::NUMBER, None)
        .unwrap_err();
    assert_eq!(refused.error.code.value(), 26);
}

#[test]
fn the_first_holders_account_knows_its_0x_form() {
    let desk = Desk::new();
    let account = desk
        .state()
        .accounts
        .get(desk.0.store(), &ALICE)
        .unwrap()
        .unwrap();
    assert!(
        account.masked,
        "an actor without an f4 address has the masked form"
    );
}
