//! The token by its selectors.

use alloy_primitives::{Address as Eth, U256};
use holdfast_api::token::{Token, TransferParams, method};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::cuts::{Case, Face, Scene, require_cuts};
use holdfast_integration_tests::permit::{Permit, domain, signed};
use holdfast_integration_tests::tokens;
use holdfast_runtime::method::{Interface, Method};

use crate::support::{TOKEN, cbor, token};
use crate::votes;

#[test]
fn no_solidity_method_of_the_token_leaves_anything_behind() {
    let all = [
        VIEWS,
        MOVEMENTS,
        CALLBACKS,
        ALLOWANCES,
        SUPPLY,
        ROLES,
        votes::BY_SELECTOR,
    ];
    require_cuts(Face::Ethereum, &Token::describe(), TOKEN, &token(), &all);
}

const VIEWS: &[Case] = &[
    ("name", |s| s.evm(&IToken::nameCall {})),
    ("symbol", |s| s.evm(&IToken::symbolCall {})),
    ("decimals", |s| s.evm(&IToken::decimalsCall {})),
    ("totalSupply", |s| s.evm(&IToken::totalSupplyCall {})),
    ("balanceOf", |s| s.evm(&IToken::balanceOfCall(s.eth(&s.bob)))),
    ("allowance", |s| {
        let (owner, operator) = (s.eth(&s.bob), s.eth(&s.alice));
        s.evm(&IToken::allowanceCall { owner, operator })
    }),
    ("nonces", |s| s.evm(&IToken::noncesCall(s.eth(&s.carol)))),
    ("DOMAIN_SEPARATOR", |s| s.evm(&IToken::DOMAIN_SEPARATORCall {})),
    ("eip712Domain", |s| s.evm(&IToken::eip712DomainCall {})),
    ("isVoting", |s| s.evm(&IToken::isVotingCall {})),
    ("paused", |s| s.evm(&IToken::pausedCall {})),
    ("cap", |s| s.evm(&IToken::capCall {})),
    ("minterCap", |s| s.evm(&IToken::minterCapCall(s.eth(&s.alice)))),
    ("owner", |s| s.evm(&IToken::ownerCall {})),
    ("pendingOwner", |s| s.evm(&IToken::pendingOwnerCall {})),
    ("supportsInterface", |s| {
        s.evm(&IToken::supportsInterfaceCall {
            interfaceId: [1; 4].into(),
        })
    }),
];

const MOVEMENTS: &[Case] = &[
    ("transfer", |s| {
        let (to, value) = (s.eth(&s.bob), word(&tokens(1)));
        s.evm(&IToken::transferCall { to, value }).by(&s.carol)
    }),
    ("transferFrom", |s| {
        let (from, to, value) = (s.eth(&s.bob), s.eth(&s.carol), word(&tokens(1)));
        s.evm(&IToken::transferFromCall { from, to, value })
    }),
    ("handle_filecoin_method", |s| {
        let (to, amount, operator_data) = (s.bob.address(), tokens(1), Default::default());
        let params = cbor(&TransferParams {
            to,
            amount,
            operator_data,
        })
        .into();
        let (method, codec) = (method::Transfer::NUMBER, 0x51);
        s.evm(&IToken::handle_filecoin_methodCall {
            method,
            codec,
            params,
        })
    }),
    ("batchTransfer", |s| {
        let (recipients, values) = batch(s);
        s.evm(&IToken::batchTransferCall { recipients, values })
    }),
];

/// For Bob and Carol.
fn batch(s: &Scene) -> (Vec<Eth>, Vec<U256>) {
    (vec![s.eth(&s.bob), s.eth(&s.carol)], vec![word(&tokens(1)); 2])
}

/// A shop that takes tokens by ERC-1363.
fn shop(s: &mut Scene) -> Eth {
    let shop = s.w.deploy(&s.alice, "Shop");
    s.eth(shop)
}

const CALLBACKS: &[Case] = &[
    ("transferAndCall", |s| {
        let (to, value) = (shop(s), word(&tokens(1)));
        s.evm(&IToken::transferAndCall_0Call { to, value })
    }),
    ("transferAndCall with data", |s| {
        let (to, value, data) = (shop(s), word(&tokens(1)), b"a loaf".into());
        s.evm(&IToken::transferAndCall_1Call { to, value, data })
    }),
    ("transferFromAndCall", |s| {
        let (from, to, value) = (s.eth(&s.bob), shop(s), word(&tokens(1)));
        s.evm(&IToken::transferFromAndCall_0Call { from, to, value })
    }),
    ("transferFromAndCall with data", |s| {
        let (from, to, value, data) = (s.eth(&s.bob), shop(s), word(&tokens(1)), b"tea".into());
        s.evm(&IToken::transferFromAndCall_1Call {
            from,
            to,
            value,
            data,
        })
    }),
    ("approveAndCall", |s| {
        let (spender, value) = (shop(s), word(&tokens(1)));
        s.evm(&IToken::approveAndCall_0Call { spender, value })
    }),
    ("approveAndCall with data", |s| {
        let (spender, value, data) = (shop(s), word(&tokens(1)), b"milk".into());
        s.evm(&IToken::approveAndCall_1Call { spender, value, data })
    }),
];

const ALLOWANCES: &[Case] = &[
    ("approve", |s| {
        let (spender, value) = (s.eth(&s.carol), word(&tokens(1)));
        s.evm(&IToken::approveCall { spender, value })
    }),
    ("permit", |s| {
        let permit = Permit {
            owner: s.eth(&s.carol),
            spender: s.eth(&s.bob),
            value: word(&tokens(1)),
            nonce: U256::ZERO,
            deadline: U256::MAX,
        };
        let here = domain("Story", s.w.network().profile().chain_id, s.eth(s.actor));
        s.evm(&signed(&permit, &here, &s.carol))
    }),
];

const SUPPLY: &[Case] = &[
    ("batchMint", |s| {
        let (recipients, values) = batch(s);
        s.evm(&IToken::batchMintCall { recipients, values })
    }),
    ("mint", |s| {
        let (to, value) = (s.eth(&s.bob), word(&tokens(1)));
        s.evm(&IToken::mintCall { to, value })
    }),
    ("burn", |s| {
        s.evm(&IToken::burnCall {
            amount: word(&tokens(1)),
        })
    }),
    ("burnFrom", |s| {
        let (owner, value) = (s.eth(&s.bob), word(&tokens(1)));
        s.evm(&IToken::burnFromCall { owner, value })
    }),
    ("burnByRole", |s| {
        let (holder, amount) = (s.eth(&s.bob), word(&tokens(1)));
        s.evm(&IToken::burnByRoleCall { holder, amount })
    }),
    ("lowerSupplyCap", |s| {
        s.evm(&IToken::lowerSupplyCapCall(word(&tokens(2_000))))
    }),
];

const ROLES: &[Case] = &[
    ("setMinter", |s| {
        let (minter, cap) = (s.eth(&s.bob), word(&tokens(1)));
        s.evm(&IToken::setMinterCall { minter, cap })
    }),
    ("setBurner", |s| s.evm(&IToken::setBurnerCall(s.eth(&s.bob)))),
    ("setPauser", |s| s.evm(&IToken::setPauserCall(s.eth(&s.bob)))),
    ("pause", |s| s.evm(&IToken::pauseCall {})),
    ("unpause", |s| {
        s.w.evm(&s.alice, s.actor, IToken::pauseCall {}).ok();
        s.evm(&IToken::unpauseCall {})
    }),
    ("transferOwnership", |s| {
        s.evm(&IToken::transferOwnershipCall(s.eth(&s.carol)))
    }),
    ("acceptOwnership", |s| {
        let offer = IToken::transferOwnershipCall(s.eth(&s.carol));
        s.w.evm(&s.alice, s.actor, offer).ok();
        s.evm(&IToken::acceptOwnershipCall {}).by(&s.carol)
    }),
    ("renounceOwnership", |s| s.evm(&IToken::renounceOwnershipCall {})),
];
