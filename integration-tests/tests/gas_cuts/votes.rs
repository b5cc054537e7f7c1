//! The token's votes, on both faces.

use alloy_primitives::U256;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::token::{PastVotesParams, method};
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::cuts::{Case, Scene};
use holdfast_integration_tests::votes::{Delegation, signed};

/// The last epoch that is over.
fn past(s: &Scene) -> ChainEpoch {
    s.w.network().epoch()
}

fn timepoint(s: &Scene) -> U256 {
    U256::try_from(past(s)).expect("an epoch")
}

/// By method numbers.
pub(crate) const BY_NUMBER: &[Case] = &[
    ("Delegate for the first time", |s| {
        s.call::<method::Delegate>(&s.bob.address())
    }),
    ("Delegate to another than before", |s| {
        s.call::<method::Delegate>(&s.bob.address()).by(&s.bob)
    }),
    ("Delegate to an address without actor", |s| {
        let new = s.w.account(holdfast_localnet::Kind::Bls, 600).address();
        s.call::<method::Delegate>(&new)
    }),
    ("DelegateOf", |s| s.call::<method::DelegateOf>(&s.bob.address())),
    ("Votes", |s| s.call::<method::Votes>(&s.carol.address())),
    ("PastVotes", |s| {
        let (account, epoch) = (s.carol.address(), past(s));
        s.call::<method::PastVotes>(&PastVotesParams { account, epoch })
    }),
    ("PastTotalSupply", |s| s.call::<method::PastTotalSupply>(&past(s))),
];

/// By selectors.
pub(crate) const BY_SELECTOR: &[Case] = &[
    ("delegate", |s| s.evm(&IToken::delegateCall(s.eth(&s.bob)))),
    ("delegateBySig", |s| {
        let terms = Delegation {
            delegatee: s.eth(&s.bob),
            nonce: U256::ZERO,
            expiry: U256::MAX,
        };
        s.evm(&signed(&terms, &s.w.told_domain(s.actor), &s.carol))
    }),
    ("delegates", |s| s.evm(&IToken::delegatesCall(s.eth(&s.bob)))),
    ("getVotes", |s| s.evm(&IToken::getVotesCall(s.eth(&s.carol)))),
    ("getPastVotes", |s| {
        let (account, timepoint) = (s.eth(&s.carol), timepoint(s));
        s.evm(&IToken::getPastVotesCall { account, timepoint })
    }),
    ("getPastTotalSupply", |s| {
        s.evm(&IToken::getPastTotalSupplyCall(timepoint(s)))
    }),
    ("clock", |s| s.evm(&IToken::clockCall {})),
    ("CLOCK_MODE", |s| s.evm(&IToken::CLOCK_MODECall {})),
];
