//! What is wrong with a call that has to do with selling.

use super::super::cast::{Named, Who};
use super::super::effects::{MOST, PRESENTS};
use super::super::library::DataSet;
use super::super::refusals::{
    DEAD_GRANT, FROZEN, INVALID_ACTIONS, INVALID_SCOPE, OTHER_TERMS, OWNER_NEEDS_NONE, Search,
    TOO_MANY_GRANTS,
};
use super::super::terms::closed;
use super::{Money, Offer, Plan, Sale, Sort, Wish};

const NO_PLAN: u32 = 95;
const INVALID_PLAN: u32 = 96;
const PLAN_CLOSED: u32 = 97;
const SOLD_OUT: u32 = 98;
const BOUGHT_ENOUGH: u32 = 99;
const TOO_DEAR: u32 = 100;
const OTHER_VERSION: u32 = 101;
const INEXACT_PAYMENT: u32 = 102;
const NOT_BOUGHT: u32 = 103;
const ALREADY_BOUGHT: u32 = 104;
const WORSE_TERMS: u32 = 105;
const NOTHING_IN_ESCROW: u32 = 106;
const NO_TRIAL: u32 = 107;
const INVALID_PERIODS: u32 = 108;
const NOT_SHAREABLE: u32 = 109;
const NOTHING_WAITS: u32 = 110;
const NOT_FOR_OTHERS: u32 = 114;
const RESTING: u32 = 115;
const FREE_RENEWAL: u32 = 116;
const NOT_BROUGHT_BY_OTHERS: u32 = 159;
const NO_ROOM_FOR_PRESENTS: u32 = 160;
const CHEAPER_FOR_OTHERS: u32 = 163;

/// What cannot be sold: Grant and Admin.
const NOT_FOR_SALE: u8 = 24;
const WHOLE: u64 = 10_000;
/// The most that may be kept back, bps.
const PENALTY: u64 = 2_000;
/// The longest time that is paid at once, epochs.
const LONGEST: u64 = 10_512_000;

impl Search<'_> {
    pub(in super::super) fn sale(&mut self, sale: &Sale) {
        match sale {
            Sale::Create(offer) => self.offer(offer),
            Sale::Change {
                data_set,
                plan,
                money,
                ..
            } => {
                self.money(money);
                let of = self.library.plan_of(*plan).map(|plan| plan.offer.data_set);
                self.add(of != Some(*data_set), NO_PLAN);
            }
            Sale::Buy(wish) => self.wish(wish, false),
            Sale::Renew(wish) => self.wish(wish, true),
            Sale::Refund { plan } => self.escrow(*plan, self.by),
            Sale::Settle { plan, subject } => {
                self.resolved(*subject);
                self.escrow(*plan, subject.who);
            }
            Sale::Share { plan, to, epochs } => self.share(*plan, *to, *epochs),
            Sale::Withdraw { payee } => {
                payee.iter().for_each(|payee| self.resolved(*payee));
                let payee = payee.map_or(self.by, |named| named.who);
                self.add(!self.library.balances.contains_key(&payee), NOTHING_WAITS);
            }
        }
    }

    fn offer(&mut self, offer: &Offer) {
        self.add(!offer.part.is_good(), INVALID_SCOPE);
        self.add(offer.actions & NOT_FOR_SALE != 0, INVALID_PLAN);
        self.add(closed(offer.actions).is_none(), INVALID_ACTIONS);
        let empty = match offer.kind {
            Sort::Once(epochs) => epochs == Some(0),
            Sort::Uses(uses) => uses == 0,
            Sort::Periods(period, _) => period == 0,
        };
        let for_good = offer.kind == Sort::Once(None) && offer.penalty.is_some();
        let endless = matches!(offer.kind, Sort::Once(None) | Sort::Uses(_)) && offer.shareable;
        let harsh = offer.penalty.is_some_and(|bps| bps > PENALTY);
        self.add(empty || for_good || endless || harsh, INVALID_PLAN);
        self.money(&offer.money);
    }

    fn money(&mut self, money: &Money) {
        let sum: u64 = money.splits.iter().map(|(_, bps)| bps).sum();
        self.add(sum != WHOLE || money.referrer_bps > WHOLE, INVALID_PLAN);
        money.splits.iter().for_each(|(to, _)| self.somebody(*to));
    }

    fn wish(&mut self, wish: &Wish, renews: bool) {
        let named = wish.subject.iter().chain(&wish.referrer);
        named.for_each(|named| self.somebody(*named));
        let Some(plan) = self.library.plan_of(wish.plan) else {
            return self.add(true, NO_PLAN);
        };
        let subject = wish.subject.map_or(self.by, |named| named.who);
        let bill = self.library.bill(wish, subject);
        let head = self.library.data_set(plan.offer.data_set).expect("its data set");
        self.periods(wish, plan, subject);
        self.add(head.is_frozen(), FROZEN);
        self.add(plan.seller != head.owner, PLAN_CLOSED);
        self.add(wish.policy_version != head.policy_version, OTHER_VERSION);
        self.add(wish.hash != head.hash, OTHER_TERMS);
        self.add(bill.price > wish.max_price, TOO_DEAR);
        self.add(bill.price != wish.pays, INEXACT_PAYMENT);
        if renews {
            self.renewal(wish, plan, (subject, head));
        } else {
            self.purchase(wish, plan, (subject, head));
        }
    }

    fn periods(&mut self, wish: &Wish, plan: &Plan, subject: Who) {
        let tried = || {
            let before = self.library.purchases.get(&(wish.plan, subject));
            before.is_some_and(|before| before.tried)
        };
        match plan.offer.kind {
            Sort::Periods(_, trial) if wish.periods == 0 => self.add(trial == 0 || tried(), NO_TRIAL),
            Sort::Periods(period, _) => self.add(wish.periods > LONGEST / period, INVALID_PERIODS),
            _ => self.add(wish.periods != 1, INVALID_PERIODS),
        }
    }

    fn purchase(&mut self, wish: &Wish, plan: &Plan, (subject, head): (Who, &DataSet)) {
        let before = self.library.purchases.get(&(wish.plan, subject));
        let goes_on = self.library.bill(wish, subject).goes_on.is_some();
        self.add(subject == head.owner, OWNER_NEEDS_NONE);
        let free = self.library.bill(wish, subject).price == 0;
        let present = subject != self.by;
        self.add(free && present, NOT_FOR_OTHERS);
        self.add(wish.referrer.is_some() && present, NOT_BROUGHT_BY_OTHERS);
        self.add(goes_on, ALREADY_BOUGHT);
        let held = before.and_then(|it| self.library.grant(plan.offer.data_set, subject, it.grant));
        self.add(held.is_some_and(|held| self.library.holds_back(held)), RESTING);
        self.add(!plan.open, PLAN_CLOSED);
        self.add(plan.offer.stock == Some(0), SOLD_OUT);
        let count = before.map_or(0, |before| before.count);
        self.add(plan.offer.each > 0 && count >= plan.offer.each, BOUGHT_ENOUGH);
        // What was bought before is closed first, and misses nobody then.
        let closed = before
            .filter(|before| before.escrow > 0)
            .map(|before| before.grant);
        let most = if present { PRESENTS } else { MOST };
        self.one_more((plan.offer.data_set, subject), most, closed);
    }

    fn one_more(&mut self, (data_set, subject): (u64, Who), most: usize, closed: Option<u64>) {
        let held = || self.library.held(data_set, subject);
        let cleared = held().filter(|grant| {
            let over = closed == Some(grant.id) && self.library.is_dead_for_good(grant);
            over || self.library.may_be_cleared(grant) || self.library.is_broken(grant)
        });
        let full = held().count() - cleared.count() >= most;
        let code = if most < MOST {
            NO_ROOM_FOR_PRESENTS
        } else {
            TOO_MANY_GRANTS
        };
        self.add(full, code);
    }

    fn renewal(&mut self, wish: &Wish, plan: &Plan, (subject, head): (Who, &DataSet)) {
        let before = self.library.purchases.get(&(wish.plan, subject));
        let goes_on = self.library.bill(wish, subject).goes_on.is_some();
        let Some(before) = before.filter(|_| goes_on) else {
            return self.add(true, NOT_BOUGHT);
        };
        self.add(wish.periods == 0, NO_TRIAL);
        let bill = self.library.bill(wish, subject);
        self.add(wish.periods > 0 && bill.price == 0, FREE_RENEWAL);
        let held = self.library.grant(plan.offer.data_set, subject, before.grant);
        self.add(held.is_some_and(|held| self.library.holds_back(held)), RESTING);
        self.add(matches!(plan.offer.kind, Sort::Once(_)), ALREADY_BOUGHT);
        self.add(!plan.open && plan.shares != before.splits.1, PLAN_CLOSED);
        let stretches = subject != self.by && before.escrow > 0 && plan.offer.money.price < before.price;
        self.add(stretches, CHEAPER_FOR_OTHERS);
        let worse = plan.offer.money.price > before.price || head.terms != before.terms;
        self.add(worse, WORSE_TERMS);
    }

    fn escrow(&mut self, plan: u64, subject: Who) {
        self.add(self.library.plan_of(plan).is_none(), NO_PLAN);
        match self.library.purchases.get(&(plan, subject)) {
            None => self.add(true, NOT_BOUGHT),
            Some(bought) => self.add(bought.escrow == 0, NOTHING_IN_ESCROW),
        }
    }

    fn share(&mut self, number: u64, to: Named, epochs: u64) {
        self.somebody(to);
        let Some(plan) = self.library.plan_of(number) else {
            return self.add(true, NO_PLAN);
        };
        let data_set = plan.offer.data_set;
        let head = self.library.data_set(data_set).expect("its data set");
        self.add(head.is_frozen(), FROZEN);
        self.add(to.who == head.owner, OWNER_NEEDS_NONE);
        self.one_more((data_set, to.who), PRESENTS, None);
        let now = self.library.epoch;
        let bought = self.library.purchases.get(&(number, self.by));
        let own = bought.and_then(|bought| self.library.grant(data_set, self.by, bought.grant));
        let Some(own) = own else {
            return self.add(true, NOT_BOUGHT);
        };
        if !self.library.is_alive(own, now) {
            return self.add(true, DEAD_GRANT);
        }
        let left = own.end.map(|end| (end - now) as u64);
        let some = left.is_some_and(|left| (1..left).contains(&epochs));
        self.add(!plan.offer.shareable || !some, NOT_SHAREABLE);
    }
}
