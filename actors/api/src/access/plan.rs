//! Plans, by which access is sold, and what was bought.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::{choice, record};

use super::data_set::DataSetId;
use super::grant::{GrantId, Rate};
use super::scope::{Scope, Standard};

/// The number of a plan: unique in the whole actor.
pub type PlanId = u64;
/// The most that share a plan's price, beside the referrer.
pub const MAX_SPLITS: usize = 8;
/// The longest time that one purchase or renewal pays for, epochs: ten years.
pub const MAX_PAID_EPOCHS: u64 = 10_512_000;

choice! {
    /// What a plan sells.
    pub enum PlanKind {
        /// Access once, for some epochs or for good.
        0 Once {
            /// How long, epochs; null for good.
            epochs: Option<u64>,
        },
        /// Uses, which are counted; a renewal adds as many.
        1 PerUse {
            /// How many.
            uses: u64,
        },
        /// Access for a period, which renewals extend.
        2 Subscription {
            /// How long a price lasts, epochs.
            period: u64,
            /// How long each subject may try it without paying, once, epochs; 0 for not.
            trial: u64,
        },
    }
}

record! {
    /// A token that prices are paid in.
    pub struct Asset {
        /// The token.
        pub token: Address,
        /// How it is moved: ERC-20 by calldata or FRC-46 by number. Others are refused.
        pub standard: Standard,
    }
}

record! {
    /// Somebody who gets a part of every price.
    pub struct Split {
        /// Who, in any address form.
        pub to: Address,
        /// Of what is left after the referrer, bps. All splits of a plan come to 10 000.
        pub bps: u64,
    }
}

record! {
    /// A plan. What it sells and how money comes back never changes; price, stock, referrer's part and splits may.
    pub struct Plan {
        /// The data set.
        pub data_set: DataSetId,
        /// The part of it.
        pub scope: Scope,
        /// What is allowed, as a mask of Relay, Read and Write: who administers or gives on is not for sale.
        pub actions: u8,
        /// How fast; null if it does not matter.
        pub rate: Option<Rate>,
        /// For how long, or how often.
        pub kind: PlanKind,
        /// What is paid in; null for FIL.
        pub asset: Option<Asset>,
        /// For a period, or once: attoFIL or atto-tokens; 0 gives it away.
        pub price: TokenAmount,
        /// How many can still be sold, trials too, renewals apart; null for any number.
        pub stock: Option<u64>,
        /// How often one subject may buy it, a trial too, renewals apart; 0 for any number.
        pub each: u64,
        /// Whether a buyer may give a part of its time to somebody else.
        pub shareable: bool,
        /// Kept back of what is unused when a buyer gives it up, bps, at most 2 000; null sells without refunds.
        pub penalty_bps: Option<u64>,
        /// The part of who brought the buyer, bps of the price.
        pub referrer_bps: u64,
        /// Who shares the rest, 1 to 8; what divisions leave goes to the first.
        pub splits: Vec<Split>,
    }
}

record! {
    /// A plan as it stands.
    pub struct PlanInfo {
        /// The plan, with ids for addresses.
        pub plan: Plan,
        /// The data set's owner when it was made or last changed: under another one it is not sold.
        pub seller: ActorID,
        /// Whether it is sold now. Renewals do not depend on it, unless its shares have changed since; refunds and settling never do.
        pub open: bool,
        /// How often it was sold, renewals apart.
        pub sold: u64,
        /// How often the shares of its price have changed. Purchases keep those that they were made under.
        pub shares: u64,
    }
}

record! {
    /// What may change in a plan.
    pub struct ChangePlanParams {
        /// The plan's data set.
        pub data_set: DataSetId,
        /// The plan.
        pub plan: PlanId,
        /// Whether it is sold. Closed, it renews what was bought under its present shares.
        pub open: bool,
        /// For a period, or once.
        pub price: TokenAmount,
        /// How many can still be sold; null for any number.
        pub stock: Option<u64>,
        /// The referrer's part, bps.
        pub referrer_bps: u64,
        /// Who shares the rest.
        pub splits: Vec<Split>,
    }
}

record! {
    /// Something that is bought or renewed, on the terms that the buyer has seen. If they are others by the time that the message
    /// is carried out, it is refused and nothing is charged.
    pub struct BuyParams {
        /// The plan.
        pub plan: PlanId,
        /// For whom, in any address form; the caller if null.
        pub subject: Option<Address>,
        /// How many periods of a subscription, at least 1; 0 takes the trial. 1 for other plans.
        pub periods: u64,
        /// The most that may be charged, attoFIL or atto-tokens.
        pub max_price: TokenAmount,
        /// The version of the data set's rules and plans.
        pub policy_version: u64,
        /// The hash of the data set's terms; zeros for none. Who buys or renews for itself accepts them by it.
        pub terms_hash: Bytes32,
        /// Who brought the buyer, for a part of this and of every renewal; null for nobody. Only who buys for itself names one, and
        /// renewals name nobody anew.
        pub referrer: Option<Address>,
    }
}

record! {
    /// What something would cost now.
    pub struct QuoteParams {
        /// The plan.
        pub plan: PlanId,
        /// For whom, in any address form.
        pub subject: Address,
        /// How many periods; 0 for the trial.
        pub periods: u64,
    }
}

record! {
    /// What is charged, and what has to be named for it.
    pub struct QuoteReturn {
        /// What is charged now: attoFIL or atto-tokens.
        pub price: TokenAmount,
        /// In what; null for FIL.
        pub asset: Option<Asset>,
        /// Whether it is a renewal: then `Renew` is the method, else `Buy`.
        pub renewal: bool,
        /// The first epoch after what is bought; null for good, or where uses are counted.
        pub end: Option<ChainEpoch>,
        /// To be named in `BuyParams`.
        pub policy_version: u64,
        /// To be named in `BuyParams`.
        pub terms_hash: Bytes32,
    }
}

record! {
    /// Somebody who bought.
    #[solidity]
    pub struct PurchaseAt {
        /// The plan.
        pub plan: PlanId,
        /// Who, in any address form.
        pub subject: Address,
    }
}

record! {
    /// What somebody bought.
    pub struct Purchase {
        /// The subject's grant.
        pub grant: GrantId,
        /// The price of a period, or of once, when it was bought: renewals never cost more.
        pub price: TokenAmount,
        /// The version of the terms that it was bought under: renewals are under the same.
        pub terms: u64,
        /// How often the subject has bought, renewals apart.
        pub count: u64,
        /// Whether the trial was taken.
        pub tried: bool,
        /// Who brought the buyer; null for nobody.
        pub referrer: Option<ActorID>,
        /// The referrer's part of all that is paid, bps, as it was when it was bought.
        pub referrer_bps: u64,
        /// The version of the plan's shares by which all that is paid for it is shared out.
        pub shares: u64,
        /// What of the price can still be given back: attoFIL or atto-tokens.
        pub escrow: TokenAmount,
        /// What was in escrow when money was put in last.
        pub deposit: TokenAmount,
        /// What of the deposit has been earned; the rest of what is no longer in escrow went back, since it was withheld.
        pub earned: TokenAmount,
        /// The epoch from which the deposit is earned, evenly until the end but for what is withheld.
        pub from: ChainEpoch,
        /// All that was earned as long as something was in escrow: by it each payee's part of it is rounded down.
        pub shared: TokenAmount,
        /// The uses that the deposit is for, where they are counted.
        pub uses: u64,
    }
}

record! {
    /// Time that is given to somebody.
    #[solidity]
    pub struct ShareTimeParams {
        /// The plan that the caller has bought.
        pub plan: PlanId,
        /// To whom, in any address form.
        pub to: Address,
        /// How much of the time that is left, epochs, at least 1.
        pub epochs: u64,
    }
}

record! {
    /// Money to fetch.
    pub struct WithdrawParams {
        /// In what; null for FIL.
        pub asset: Option<Asset>,
        /// Whose, in any address form; the caller's if null. It goes to nobody else.
        pub payee: Option<Address>,
    }
}

record! {
    /// Money that waits.
    pub struct BalanceParams {
        /// The token; null for FIL.
        pub token: Option<Address>,
        /// Whose, in any address form.
        pub payee: Address,
    }
}
