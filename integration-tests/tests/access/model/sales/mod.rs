//! Selling: plans, what was bought, and what waits for somebody. All in FIL.

mod chain;
mod draw;
mod effects;
mod escrow;
mod refusals;

pub(super) use chain::{differences, message, numbers, value};

use super::cast::{Named, Who};
use super::terms::Part;

/// A call that has to do with selling.
#[derive(Clone, Debug)]
pub(super) enum Sale {
    Create(Offer),
    Change {
        data_set: u64,
        plan: u64,
        open: bool,
        stock: Option<u64>,
        money: Money,
    },
    Buy(Wish),
    Renew(Wish),
    Refund {
        plan: u64,
    },
    Settle {
        plan: u64,
        subject: Named,
    },
    Share {
        plan: u64,
        to: Named,
        epochs: u64,
    },
    Withdraw {
        payee: Option<Named>,
    },
}

/// What a plan costs, and who gets it.
#[derive(Clone, Debug)]
pub(super) struct Money {
    pub(super) price: u128,
    pub(super) referrer_bps: u64,
    pub(super) splits: Vec<(Named, u64)>,
}

/// A plan as it is made.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) data_set: u64,
    pub(super) part: Part,
    pub(super) actions: u8,
    pub(super) kind: Sort,
    pub(super) money: Money,
    pub(super) stock: Option<u64>,
    pub(super) each: u64,
    pub(super) shareable: bool,
    pub(super) penalty: Option<u64>,
}

/// What is sold: for some epochs or for good; uses; a period and a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Once(Option<u64>),
    Uses(u64),
    Periods(u64, u64),
}

/// What somebody wants to buy or to renew, and pays.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) plan: u64,
    pub(super) subject: Option<Named>,
    pub(super) periods: u64,
    pub(super) max_price: u128,
    pub(super) policy_version: u64,
    pub(super) hash: u8,
    pub(super) referrer: Option<Named>,
    /// FIL that comes along.
    pub(super) pays: u128,
}

/// A plan that is there.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) offer: Offer,
    pub(super) seller: Who,
    pub(super) open: bool,
    pub(super) sold: u64,
    /// How often its splits have changed.
    pub(super) shares: u64,
}

/// What somebody has bought.
#[derive(Clone, Debug)]
pub(super) struct Bought {
    pub(super) grant: u64,
    pub(super) price: u128,
    pub(super) terms: u64,
    pub(super) count: u64,
    pub(super) tried: bool,
    /// And its part, bps.
    pub(super) referrer: Option<(Who, u64)>,
    /// The splits of when it was bought, and how often they had changed.
    pub(super) splits: (Vec<(Named, u64)>, u64),
    pub(super) escrow: u128,
    /// What was in escrow when money was put in last.
    pub(super) deposit: u128,
    /// Of that.
    pub(super) earned: u128,
    pub(super) from: i64,
    /// What was earned of all that was put in, until nothing was left to earn.
    pub(super) shared: u128,
    pub(super) uses: u64,
}

impl Sale {
    /// The method's name in the table.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Create(_) => "CreatePlan",
            Self::Change { .. } => "ChangePlan",
            Self::Buy(_) => "Buy",
            Self::Renew(_) => "Renew",
            Self::Refund { .. } => "Refund",
            Self::Settle { .. } => "Settle",
            Self::Share { .. } => "ShareTime",
            Self::Withdraw { .. } => "Withdraw",
        }
    }

    /// Everybody whom it names.
    pub(super) fn named(&self) -> Vec<Named> {
        let all = |money: &Money| money.splits.iter().map(|(to, _)| *to).collect();
        match self {
            Self::Create(offer) => all(&offer.money),
            Self::Change { money, .. } => all(money),
            Self::Buy(wish) | Self::Renew(wish) => {
                wish.subject.iter().chain(&wish.referrer).copied().collect()
            }
            Self::Refund { .. } => Vec::new(),
            Self::Settle { subject: named, .. } | Self::Share { to: named, .. } => vec![*named],
            Self::Withdraw { payee } => payee.iter().copied().collect(),
        }
    }

    /// The data set that it is about, as far as the call says so.
    pub(super) fn data_set(&self) -> Option<u64> {
        match self {
            Self::Create(offer) => Some(offer.data_set),
            Self::Change { data_set, .. } => Some(*data_set),
            _ => None,
        }
    }
}
