//! Somebody who calls back while it gets what the actor owes it.

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{Asset, Plan, Standard, WithdrawParams, method};
use holdfast_integration_tests::access::monthly;
use holdfast_integration_tests::{Answer, tokens};
use holdfast_localnet::{Kind, Wallet};

use super::stall::{DONE, NOT_CALLED, REFUSED, fetching};
use crate::support::Library;

/// A data set that is sold for something, of which three quarters go to somebody who calls back.
struct Till {
    library: Library,
    asset: Option<Asset>,
    greedy: Address,
    /// Gets a quarter.
    partner: Wallet,
}

impl Till {
    /// One has paid 40 that wait, and one 20 that are in escrow.
    #[track_caller]
    fn new(asset: impl FnOnce(&mut Library, &Wallet) -> Option<Asset>) -> Self {
        let mut library = Library::new();
        let [buyer, partner] = [1, 2].map(|n| library.w.account(Kind::Secp256k1, n));
        let asset = asset(&mut library, &buyer);
        let owner = library.owner.clone();
        let greedy = library.w.deploy(&owner, "Greedy");
        let splits = || [greedy, partner.address()];
        let waits = Plan {
            penalty_bps: None,
            ..monthly(asset.clone(), tokens(40), splits())
        };
        for plan in [waits, monthly(asset.clone(), tokens(20), splits())] {
            let plan = library.sells(&plan);
            library.buys(&buyer, plan).ok();
        }
        Self {
            library,
            asset,
            greedy,
            partner,
        }
    }

    /// Somebody fetches what waits for the greedy one, who was taught to fetch what waits for somebody meanwhile.
    #[track_caller]
    fn fetches_twice(&mut self, then: Address) -> Answer<TokenAmount> {
        self.library
            .teaches(self.greedy, fetching(self.asset.as_ref(), then));
        let (owner, access) = (self.library.owner.clone(), self.library.access);
        let params = WithdrawParams {
            asset: self.asset.clone(),
            payee: Some(self.greedy),
        };
        self.library.w.call::<method::Withdraw>(&owner, access, &params)
    }

    #[track_caller]
    fn require_covered(&self, owed: TokenAmount) {
        let token = self.asset.as_ref().map(|asset| asset.token);
        assert_eq!(self.library.owes(token), owed);
        self.library.require_covered(token, "the payee called back");
    }
}

fn our_token(library: &mut Library, buyer: &Wallet) -> Option<Asset> {
    let token = library.w.story_token(buyer);
    library.allows(buyer, token, tokens(60));
    let standard = Standard::Frc46 {};
    Some(Asset { token, standard })
}

#[test]
fn a_payee_who_calls_back_while_our_token_comes_is_paid_once() {
    let mut till = Till::new(our_token);
    let (greedy, token) = (till.greedy, till.asset.clone().expect("our token").token);
    assert_eq!(till.fetches_twice(greedy).ok(), tokens(30));
    assert_eq!(till.library.ended(greedy), REFUSED, "nothing waits any more");
    assert_eq!(till.library.w.balance(token, greedy), tokens(30));
    till.require_covered(tokens(30));
}

#[test]
fn a_payee_who_has_another_paid_meanwhile_gets_nothing() {
    let mut till = Till::new(our_token);
    let (greedy, partner, token) = (
        till.greedy,
        till.partner.address(),
        till.asset.clone().expect("ours").token,
    );
    let failure = till.fetches_twice(partner).refused(111);
    assert!(
        failure.why.contains("40000000000000000000 atto-tokens"),
        "{}",
        failure.why
    );
    for nobody in [greedy, partner] {
        assert_eq!(till.library.w.balance(token, nobody), tokens(0));
    }
    till.require_covered(tokens(60));
}

#[test]
fn a_payee_is_not_called_by_the_fil_that_it_gets() {
    let mut till = Till::new(|_, _| None);
    let greedy = till.greedy;
    assert_eq!(till.fetches_twice(greedy).ok(), tokens(30));
    assert_eq!(till.library.ended(greedy), NOT_CALLED);
    let network = till.library.w.network();
    assert_eq!(network.balance(&greedy).unwrap(), tokens(30));
    till.require_covered(tokens(30));
    // It could have: whoever sends FIL by calldata does call it.
    let (owner, fil) = (till.library.owner.clone(), TokenAmount::from_atto(1));
    till.library.w.calldata_with(&owner, greedy, fil, Vec::new()).ok();
    assert_ne!(till.library.ended(greedy), NOT_CALLED);
    assert_ne!(till.library.ended(greedy), DONE);
}
