//! A data set that is sold for a coin that calls back, and beside it for our token and for FIL.

use alloy_sol_types::{SolCall, sol};
use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{Asset, Plan, PlanId, PurchaseAt, Standard, WithdrawParams, method};
use holdfast_integration_tests::abi::word;
use holdfast_integration_tests::access::monthly;
use holdfast_integration_tests::model::wrapped;
use holdfast_integration_tests::{Party, tokens};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::Method;

use crate::market::{IFace, IMoney};
use crate::support::Library;

sol! {
    interface ICallsBack {
        function learn(address to, bytes data) external;
        function ended() external view returns (uint8);
    }
    interface IFalseCoin {
        function allow(address spender, uint256 value) external;
        function transfer(address to, uint256 value) external returns (bool);
    }
}

/// No call back has been made.
pub(super) const NOT_CALLED: u8 = 0;
/// How a call back ended, as the contracts tell it.
pub(super) const REFUSED: u8 = 1;
pub(super) const DONE: u8 = 2;

/// When a coin calls back: its movements are true but for those that it calls back instead of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Before,
    After,
    Instead,
}

/// A call that the coin is taught to make.
pub(super) struct Lesson {
    pub(super) what: &'static str,
    pub(super) data: Vec<u8>,
    /// Whether the coin would be moved by it once more.
    pub(super) moves_the_coin: bool,
}

/// The data set and its people. Somebody has bought for our token and for FIL, and all of that waits.
pub(super) struct Stall {
    pub(super) library: Library,
    pub(super) coin: Asset,
    /// It is sold for the coin, with refunds.
    pub(super) plan: PlanId,
    pub(super) ours: Asset,
    /// Has bought for the coin, as has the coin itself.
    pub(super) reader: Wallet,
    /// Has bought nothing yet.
    pub(super) buyer: Wallet,
    /// Gets a quarter of everything.
    pub(super) partner: Wallet,
}

impl Library {
    /// A call that is made back.
    #[track_caller]
    pub(super) fn teaches(&mut self, who: Address, data: Vec<u8>) {
        let (owner, to) = (self.owner.clone(), self.w.eth(self.access));
        let data = data.into();
        self.w.evm(&owner, who, ICallsBack::learnCall { to, data }).ok();
    }

    pub(super) fn ended(&self, who: Address) -> u8 {
        self.w.ask(who, ICallsBack::endedCall {})
    }
}

/// Calldata that fetches what waits for somebody, whoever sends it.
pub(super) fn fetching(asset: Option<&Asset>, payee: Address) -> Vec<u8> {
    let params = WithdrawParams {
        asset: asset.cloned(),
        payee: Some(payee),
    };
    wrapped(
        method::Withdraw::NUMBER,
        to_vec(&params).expect("parameters that encode"),
    )
}

impl Stall {
    #[track_caller]
    pub(super) fn new(when: When, stock: Option<u64>) -> Self {
        let mut library = Library::new();
        let owner = library.owner.clone();
        let [buyer, partner, other] = [1, 2, 3].map(|n| library.w.account(Kind::Secp256k1, n));
        let reader = library.w.account(Kind::Bls, 4);
        let splits = || [owner.address(), partner.address()];
        let coin = Asset {
            token: library.w.deploy_with(&owner, "FalseCoin", &u64::from(when as u8)),
            standard: Standard::Erc20 {},
        };
        let ours = Asset {
            token: library.w.story_token(&other),
            standard: Standard::Frc46 {},
        };
        // For the others it is sold without refunds, so that all of it waits.
        let kept = |asset, price| Plan {
            penalty_bps: None,
            ..monthly(asset, price, splits())
        };
        let plan = library.sells(&Plan {
            stock,
            ..monthly(Some(coin.clone()), tokens(4), splits())
        });
        library.allows(&other, ours.token, tokens(40));
        for (asset, price) in [
            (Some(ours.clone()), tokens(40)),
            (None, TokenAmount::from_whole(8)),
        ] {
            let plan = library.sells(&kept(asset, price));
            library.buys(&other, plan).ok();
        }
        let mut stall = Self {
            library,
            coin,
            plan,
            ours,
            reader,
            buyer,
            partner,
        };
        stall.has_customers();
        stall
    }

    /// One buys for the coin, and the coin for itself; some of what they have paid is earned.
    #[track_caller]
    fn has_customers(&mut self) {
        let (owner, token, plan) = (self.library.owner.clone(), self.coin.token, self.plan);
        let spender = self.library.w.eth(self.library.access);
        for who in [&self.reader, &self.buyer] {
            let (to, value) = (self.library.w.eth(who), word(&tokens(100)));
            let w = &mut self.library.w;
            w.evm(who, token, IMoney::mintCall { to, value }).ok();
            w.evm(who, token, IMoney::approveCall { spender, value }).ok();
        }
        let (to, value) = (self.library.w.eth(token), word(&tokens(100)));
        let w = &mut self.library.w;
        w.evm(&owner, token, IMoney::mintCall { to, value }).ok();
        w.evm(&owner, token, IFalseCoin::allowCall { spender, value })
            .ok();
        self.library.buys(&self.reader, plan).ok();
        let buys = self.library.wanted_by_calldata(token, plan).abi_encode();
        self.library.teaches(token, buys);
        let value = word(&TokenAmount::default());
        let nothing = IFalseCoin::transferCall { to, value };
        self.library.w.evm(&owner, token, nothing).ok();
        assert_eq!(self.library.ended(token), DONE, "the coin has bought");
        self.library.w.advance(100);
        let subject = self.reader.address();
        self.library
            .by::<method::Settle>(&owner, &PurchaseAt { plan, subject });
    }

    pub(super) fn fork(&self) -> Self {
        let Library { w, access, owner } = &self.library;
        let library = Library {
            w: w.fork(),
            access: *access,
            owner: owner.clone(),
        };
        Self {
            library,
            coin: self.coin.clone(),
            plan: self.plan,
            ours: self.ours.clone(),
            reader: self.reader.clone(),
            buyer: self.buyer.clone(),
            partner: self.partner.clone(),
        }
    }

    /// All that the coin is taught.
    pub(super) fn lessons(&self) -> [Lesson; 9] {
        let (owner, partner, plan) = (self.library.owner.address(), self.partner.address(), self.plan);
        let lesson = |what, data, moves_the_coin| Lesson {
            what,
            data,
            moves_the_coin,
        };
        let (coin, ours) = (Some(&self.coin), Some(&self.ours));
        [
            lesson("fetches the owner's coins", fetching(coin, owner), true),
            lesson("fetches the partner's coins", fetching(coin, partner), true),
            lesson("fetches the owner's tokens", fetching(ours, owner), false),
            lesson("fetches the owner's FIL", fetching(None, owner), false),
            lesson("buys for the buyer", self.purchase(&self.buyer), true),
            lesson("buys for the partner", self.purchase(&self.partner), true),
            lesson("renews for the reader", self.renewal(&self.reader), true),
            lesson("renews its own", self.renewal(self.coin.token), true),
            lesson(
                "gives its own back",
                IFace::refundCall { plan }.abi_encode(),
                false,
            ),
        ]
    }

    /// Calldata of the coin, that buys for somebody.
    fn purchase(&self, subject: impl Party) -> Vec<u8> {
        let subject = self.library.w.eth(subject);
        let wanted = self.library.wanted_by_calldata(self.coin.token, self.plan);
        IFace::buyCall { subject, ..wanted }.abi_encode()
    }

    /// Calldata of the coin, that renews what somebody has.
    fn renewal(&self, subject: impl Party) -> Vec<u8> {
        let subject = self.library.w.eth(subject);
        let wanted = self.library.wanted_by_calldata(self.coin.token, self.plan);
        IFace::renewCall {
            plan: wanted.plan,
            subject,
            periods: wanted.periods,
            maxPrice: wanted.maxPrice,
            policyVersion: wanted.policyVersion,
            termsHash: wanted.termsHash,
            referrer: wanted.referrer,
        }
        .abi_encode()
    }
}
