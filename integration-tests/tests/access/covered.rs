//! What the actor owes in a token it has, to the last atto-token, after every message of a sale.

use alloy_primitives::U256;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{Asset, PlanId, PurchaseAt, Standard, method};
use holdfast_integration_tests::access::{DATA, monthly};
use holdfast_integration_tests::tokens;
use holdfast_localnet::{Kind, Wallet};

use crate::gates::IPeer;
use crate::market::IMoney;
use crate::support::Library;

/// A data set that is sold for a token, to two who have enough of it.
struct Sale {
    library: Library,
    asset: Asset,
    plan: PlanId,
    first: Wallet,
    second: Wallet,
    /// Gets a quarter.
    partner: Wallet,
}

/// No round number, so that something is left of every division.
fn price() -> TokenAmount {
    tokens(40) + TokenAmount::from_atto(7)
}

impl Sale {
    fn new(token: impl FnOnce(&mut Library, [&Wallet; 2]) -> Asset) -> Self {
        let mut library = Library::new();
        let [first, second, partner] = [1, 2, 3].map(|n| library.w.account(Kind::Secp256k1, n));
        let asset = token(&mut library, [&first, &second]);
        let splits = [library.owner.address(), partner.address()];
        let plan = library.sells(&monthly(Some(asset.clone()), price(), splits));
        Self {
            library,
            asset,
            plan,
            first,
            second,
            partner,
        }
    }

    fn advances(&mut self) {
        self.library.w.advance(99);
    }

    #[track_caller]
    fn fetches(&mut self, who: &Wallet) {
        self.library.fetches(who, Some(self.asset.clone())).ok();
    }

    #[track_caller]
    fn gives_back(&mut self, who: &Wallet) {
        self.library.by::<method::Refund>(who, &self.plan);
    }

    #[track_caller]
    fn is_settled(&mut self, who: &Wallet) {
        let (plan, subject) = (self.plan, who.address());
        let owner = self.library.owner.clone();
        self.library
            .by::<method::Settle>(&owner, &PurchaseAt { plan, subject });
    }
}

/// A message of a sale, and who sends it.
type Step = (&'static str, fn(&mut Sale, [&Wallet; 4]));

/// By the two buyers, the owner and the partner.
const STEPS: &[Step] = &[
    ("the first buys", |s, [first, ..]| {
        s.library.buys(first, s.plan).ok();
    }),
    ("the second buys", |s, [_, second, ..]| {
        s.library.buys(second, s.plan).ok();
    }),
    ("the first is settled", |s, [first, ..]| s.is_settled(first)),
    ("the first renews", |s, [first, ..]| {
        s.library.renews(first, s.plan).ok();
    }),
    ("the owner fetches", |s, [_, _, owner, _]| s.fetches(owner)),
    ("the first gives back", |s, [first, ..]| s.gives_back(first)),
    ("the first fetches", |s, [first, ..]| s.fetches(first)),
    ("the first buys again", |s, [first, ..]| {
        s.library.buys(first, s.plan).ok();
    }),
    ("all is taken back", |s, [_, _, owner, _]| {
        s.library.by::<method::RevokeAll>(owner, &DATA);
    }),
    ("the second gives back", |s, [_, second, ..]| s.gives_back(second)),
    ("the first is settled again", |s, [first, ..]| s.is_settled(first)),
    ("the second fetches", |s, [_, second, ..]| s.fetches(second)),
    ("the first fetches again", |s, [first, ..]| s.fetches(first)),
    ("the partner fetches", |s, [.., partner]| s.fetches(partner)),
    ("the owner fetches the rest", |s, [_, _, owner, _]| {
        s.fetches(owner)
    }),
];

#[track_caller]
fn require_covered_all_along(mut sale: Sale) {
    let token = Some(sale.asset.token);
    let all = [&sale.first, &sale.second, &sale.library.owner, &sale.partner].map(Wallet::clone);
    let before = all
        .each_ref()
        .map(|who| sale.library.holding(sale.asset.token, who));
    for (number, (what, step)) in STEPS.iter().enumerate() {
        step(&mut sale, all.each_ref());
        sale.library.require_covered(token, what);
        let is_last = number + 1 == STEPS.len();
        assert_eq!(sale.library.owes(token).is_zero(), is_last, "{what}");
        sale.advances();
    }
    let after = all
        .each_ref()
        .map(|who| sale.library.holding(sale.asset.token, who));
    assert_eq!(
        before.iter().sum::<TokenAmount>(),
        after.iter().sum(),
        "nothing is lost"
    );
}

fn ours(standard: Standard) -> impl FnOnce(&mut Library, [&Wallet; 2]) -> Asset {
    |library, [first, second]| {
        let token = library.w.story_token(first);
        library.w.erc20(token).transfer(first, second, tokens(500)).ok();
        for buyer in [first, second] {
            library.allows(buyer, token, tokens(500));
        }
        Asset { token, standard }
    }
}

fn openzeppelins(library: &mut Library, buyers: [&Wallet; 2]) -> Asset {
    let maker = buyers[0];
    let token: Address = library.w.deploy(maker, "PeerERC20");
    let value = U256::from(500u64) * U256::from(10u64).pow(U256::from(18));
    for buyer in buyers {
        let (to, spender) = (library.w.eth(buyer), library.w.eth(library.access));
        library.w.evm(maker, token, IPeer::mintCall { to, value }).ok();
        let approve = IMoney::approveCall { spender, value };
        library.w.evm(buyer, token, approve).ok();
    }
    let standard = Standard::Erc20 {};
    Asset { token, standard }
}

#[test]
fn what_is_owed_in_our_token_is_there_after_every_message() {
    for standard in [Standard::Frc46 {}, Standard::Erc20 {}] {
        require_covered_all_along(Sale::new(ours(standard)));
    }
}

#[test]
fn what_is_owed_in_openzeppelins_token_is_there_after_every_message() {
    require_covered_all_along(Sale::new(openzeppelins));
}
