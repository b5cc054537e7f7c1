//! A policy names an actor by its address: another one of the same code opens nothing.

use alloy_primitives::U256;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{Asset, Node, Standard};
use holdfast_integration_tests::access::monthly;
use holdfast_integration_tests::tokens;
use holdfast_localnet::{Kind, Wallet};

use crate::gates::{IPeer, holder};
use crate::support::Library;

/// Holds by one token or by its twin.
struct Holders {
    library: Library,
    ours: Wallet,
    others: Wallet,
}

impl Holders {
    fn new() -> Self {
        let library = Library::new();
        let ours = library.w.account(Kind::Secp256k1, 1);
        let others = library.w.account(Kind::Bls, 2);
        Self {
            library,
            ours,
            others,
        }
    }

    /// Two tokens of ours, of which each has all of one.
    #[track_caller]
    fn tokens(&mut self) -> [Address; 2] {
        [self.ours.clone(), self.others.clone()].map(|holder| self.library.w.story_token(&holder))
    }

    /// Two contracts of the same code, of which each has made so much for its own holder.
    #[track_caller]
    fn contracts(&mut self, name: &str, value: U256) -> [Address; 2] {
        [self.ours.clone(), self.others.clone()].map(|holder| {
            let w = &mut self.library.w;
            let contract = w.deploy(&holder, name);
            let to = w.eth(&holder);
            w.evm(&holder, contract, IPeer::mintCall { to, value }).ok();
            contract
        })
    }

    /// Whichever of the two is named lets in its own holder alone.
    #[track_caller]
    fn require_told_apart(&mut self, [ours, others]: [Address; 2], policy: impl Fn(Address) -> Vec<Node>) {
        self.library.open(policy(ours));
        assert_eq!(self.who_reads(), (true, false));
        self.library.open(policy(others));
        assert_eq!(self.who_reads(), (false, true));
    }

    fn who_reads(&self) -> (bool, bool) {
        let reads = |who: &Wallet| self.library.reads(who);
        (reads(&self.ours), reads(&self.others))
    }
}

#[test]
fn who_holds_the_twin_of_our_token_is_not_let_in() {
    let mut holders = Holders::new();
    let both = holders.tokens();
    for standard in [Standard::Frc46 {}, Standard::Erc20 {}] {
        holders.require_told_apart(both, |token| holder(token, standard.clone(), 10));
    }
}

#[test]
fn who_holds_the_twin_of_openzeppelins_token_is_not_let_in() {
    let mut holders = Holders::new();
    let value = U256::from(10u64) * U256::from(10u64).pow(U256::from(18));
    let both = holders.contracts("PeerERC20", value);
    holders.require_told_apart(both, |token| holder(token, Standard::Erc20 {}, 10));
}

#[test]
fn who_holds_an_nft_of_the_twin_is_not_let_in() {
    let mut holders = Holders::new();
    let both = holders.contracts("Passes", U256::from(7));
    holders.require_told_apart(both, |token| {
        vec![Node::Holder {
            token,
            standard: Standard::Erc20 {},
            least: TokenAmount::from_atto(1),
            held_for: 0,
        }]
    });
}

#[test]
fn what_the_twin_of_a_named_actor_says_does_not_count() {
    let mut library = Library::new();
    let reader = library.w.account(Kind::Bls, 1);
    let [yes, no] = [true, false].map(|yes| library.opinion(U256::ZERO, yes));
    for (actor, opens) in [(yes, true), (no, false)] {
        let (method, gas) = (77_777_777, 20_000_000);
        library.open(vec![Node::External { actor, method, gas }]);
        assert_eq!(library.reads(&reader), opens);
    }
}

#[test]
fn tokens_of_the_twin_buy_nothing() {
    let mut holders = Holders::new();
    let both = holders.tokens();
    let [ours, others] = [holders.ours.clone(), holders.others.clone()];
    let library = &mut holders.library;
    let splits = [library.owner.address(), ours.address()];
    let (token, standard) = (both[0], Standard::Frc46 {});
    let asset = Asset { token, standard };
    let plan = library.sells(&monthly(Some(asset), tokens(4), splits));
    library.allows(&ours, both[0], tokens(4));
    library.allows(&others, both[1], tokens(4));
    library.buys(&others, plan).refused(111);
    library.buys(&ours, plan).ok();
    assert_eq!(holders.who_reads(), (true, false));
}
