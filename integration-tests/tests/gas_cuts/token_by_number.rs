//! The token by its method numbers.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::init;
use holdfast_api::token::{
    BatchEntry, BatchParams, BurnByRoleParams, BurnFromParams, BurnParams, ConstructorParams,
    DecreaseAllowanceParams, GetAllowanceParams, IncreaseAllowanceParams, ListHoldersParams, MintParams,
    RevokeAllowanceParams, SetMinterParams, Token, TransferFromParams, TransferParams, method,
};
use holdfast_integration_tests::cuts::{Case, Face, Scene, Sent, require_cuts};
use holdfast_integration_tests::{Message, tokens};
use holdfast_localnet::{Kind, ids};
use holdfast_runtime::method::{Interface, Method};

use crate::support::{TOKEN, cbor, token};
use crate::votes;

alloy_sol_types::sol! {
    function setHeir(address heir) external;
}

#[test]
fn no_filecoin_method_of_the_token_leaves_anything_behind() {
    let all = [VIEWS, MOVEMENTS, ALLOWANCES, SUPPLY, ROLES, votes::BY_NUMBER];
    require_cuts(Face::Filecoin, &Token::describe(), TOKEN, &token(), &all);
}

const VIEWS: &[Case] = &[
    ("Name", |s| s.call::<method::Name>(&())),
    ("Symbol", |s| s.call::<method::Symbol>(&())),
    ("Granularity", |s| s.call::<method::Granularity>(&())),
    ("TotalSupply", |s| s.call::<method::TotalSupply>(&())),
    ("BalanceOf", |s| s.call::<method::BalanceOf>(&s.bob.address())),
    ("Allowance", |s| {
        let (owner, operator) = (s.bob.address(), s.alice.address());
        s.call::<method::Allowance>(&GetAllowanceParams { owner, operator })
    }),
    ("IsVoting", |s| s.call::<method::IsVoting>(&())),
    ("IsPaused", |s| s.call::<method::IsPaused>(&())),
    ("SupplyCap", |s| s.call::<method::SupplyCap>(&())),
    ("MinterCap", |s| s.call::<method::MinterCap>(&s.alice.address())),
    ("Roles", |s| s.call::<method::Roles>(&())),
    ("ListHolders", |s| {
        s.call::<method::ListHolders>(&ListHoldersParams {
            start: None,
            limit: 10,
        })
    }),
];

fn transfer(s: &Scene, to: Address) -> Sent {
    let (amount, operator_data) = (tokens(1), RawBytes::default());
    s.call::<method::Transfer>(&TransferParams {
        to,
        amount,
        operator_data,
    })
}

/// For Bob and for an address without actor.
fn batch(s: &Scene) -> BatchParams {
    let to = [s.bob.address(), s.w.account(Kind::Eth, 600).address()];
    let amount = tokens(1);
    let entries = to
        .map(|to| BatchEntry {
            to,
            amount: amount.clone(),
        })
        .to_vec();
    BatchParams {
        entries,
        operator_data: RawBytes::default(),
    }
}

const MOVEMENTS: &[Case] = &[
    ("Transfer", |s| transfer(s, s.bob.address())),
    ("Transfer to an address without actor", |s| {
        transfer(s, s.w.account(Kind::Eth, 600).address())
    }),
    ("Transfer to a contract that passes the tokens on", |s| {
        let forwarder = s.w.deploy(&s.alice, "Forwarder");
        let heir = s.w.eth(&s.carol);
        s.w.evm(&s.alice, forwarder, setHeirCall { heir }).ok();
        transfer(s, forwarder)
    }),
    ("TransferFrom", |s| {
        let (from, to) = (s.bob.address(), s.carol.address());
        let (amount, operator_data) = (tokens(1), RawBytes::default());
        s.call::<method::TransferFrom>(&TransferFromParams {
            from,
            to,
            amount,
            operator_data,
        })
    }),
    ("BatchTransfer", |s| s.call::<method::BatchTransfer>(&batch(s))),
];

const ALLOWANCES: &[Case] = &[
    ("IncreaseAllowance", |s| {
        let (operator, increase) = (s.carol.address(), tokens(1));
        s.call::<method::IncreaseAllowance>(&IncreaseAllowanceParams { operator, increase })
    }),
    ("DecreaseAllowance", |s| {
        let (operator, decrease) = (s.alice.address(), tokens(1));
        s.call::<method::DecreaseAllowance>(&DecreaseAllowanceParams { operator, decrease })
            .by(&s.bob)
    }),
    ("RevokeAllowance", |s| {
        let operator = s.alice.address();
        s.call::<method::RevokeAllowance>(&RevokeAllowanceParams { operator })
            .by(&s.bob)
    }),
];

const SUPPLY: &[Case] = &[
    ("BatchMint", |s| s.call::<method::BatchMint>(&batch(s))),
    ("Mint", |s| {
        let (to, amount, operator_data) = (s.bob.address(), tokens(1), RawBytes::default());
        s.call::<method::Mint>(&MintParams {
            to,
            amount,
            operator_data,
        })
    }),
    ("Burn", |s| {
        s.call::<method::Burn>(&BurnParams { amount: tokens(1) })
    }),
    ("BurnFrom", |s| {
        let (owner, amount) = (s.bob.address(), tokens(1));
        s.call::<method::BurnFrom>(&BurnFromParams { owner, amount })
    }),
    ("BurnByRole", |s| {
        let (holder, amount) = (s.bob.address(), tokens(1));
        s.call::<method::BurnByRole>(&BurnByRoleParams { holder, amount })
    }),
    ("LowerSupplyCap", |s| {
        s.call::<method::LowerSupplyCap>(&tokens(2_000))
    }),
];

const ROLES: &[Case] = &[
    ("Constructor", |s| {
        let params = ConstructorParams {
            name: "Cut".to_owned(),
            symbol: "CUT".to_owned(),
            owner: Some(s.alice.address()),
            supply_cap: None,
            initial_holder: Some(s.carol.address()),
            initial_supply: tokens(1_000),
            voting: true,
        };
        let code_cid = s.w.network().bundle().code(TOKEN).expect("the token's code");
        let params = init::ExecParams {
            code_cid,
            constructor_params: cbor(&params).into(),
        };
        s.sent(Message::call(
            Address::new_id(ids::INIT),
            init::method::Exec::NUMBER,
            &params,
        ))
    }),
    ("SetMinter", |s| {
        let (minter, cap) = (s.bob.address(), tokens(1));
        s.call::<method::SetMinter>(&SetMinterParams { minter, cap })
    }),
    ("SetBurner", |s| {
        s.call::<method::SetBurner>(&Some(s.bob.address()))
    }),
    ("SetPauser", |s| {
        s.call::<method::SetPauser>(&Some(s.bob.address()))
    }),
    ("Pause", |s| s.call::<method::Pause>(&())),
    ("Unpause", |s| {
        s.w.call::<method::Pause>(&s.alice, s.actor, &()).ok();
        s.call::<method::Unpause>(&())
    }),
    ("TransferOwnership", |s| {
        s.call::<method::TransferOwnership>(&s.bob.address())
    }),
    ("AcceptOwnership", |s| {
        let to = s.bob.address();
        s.w.call::<method::TransferOwnership>(&s.alice, s.actor, &to).ok();
        s.call::<method::AcceptOwnership>(&()).by(&s.bob)
    }),
    ("RenounceOwnership", |s| s.call::<method::RenounceOwnership>(&())),
];
