//! What selling changes.

use super::super::cast::Who;
use super::super::effects::{MOST, PRESENTS};
use super::super::library::{Grant, Library};
use super::super::terms::closed;
use super::escrow::up;
use super::{Bought, Money, Offer, Plan, Sale, Sort, Wish};

/// The whole, bps.
pub(super) const WHOLE: u128 = 10_000;

/// What a purchase or a renewal comes to.
pub(super) struct Bill {
    /// The grant that goes on.
    pub(super) goes_on: Option<Grant>,
    pub(super) price: u128,
    pub(super) end: Option<i64>,
}

impl Bought {
    /// Everybody's part of an amount, rounded down.
    fn parts_of(&self, amount: u128) -> Vec<(Who, u128)> {
        let part = |of: u128, bps: u64| of * u128::from(bps) / WHOLE;
        let brought = part(amount, self.referrer.map_or(0, |(_, bps)| bps));
        let rest = amount - brought;
        let parts = self.splits.0.iter().map(|(to, bps)| (to.who, part(rest, *bps)));
        parts
            .chain(self.referrer.map(|(who, _)| (who, brought)))
            .collect()
    }

    /// What divisions have left of what was earned.
    pub(super) fn unshared(&self) -> u128 {
        let parts = self.parts_of(self.shared);
        self.shared - parts.iter().map(|(_, part)| part).sum::<u128>()
    }
}

impl Library {
    pub(in super::super) fn plan_of(&self, number: u64) -> Option<&Plan> {
        self.plans.get((number as usize).checked_sub(1)?)
    }

    /// What it comes to, for a plan that is there.
    pub(super) fn bill(&self, wish: &Wish, subject: Who) -> Bill {
        let offer = &self.plan_of(wish.plan).expect("a plan").offer;
        let before = self.purchases.get(&(wish.plan, subject));
        let held = before.and_then(|before| self.grant(offer.data_set, subject, before.grant));
        let goes_on = held.filter(|grant| !self.is_dead_for_good(grant)).cloned();
        let start = goes_on
            .as_ref()
            .map_or(self.epoch, |grant| grant.end.unwrap_or(self.epoch));
        let lasts = match offer.kind {
            Sort::Once(epochs) => epochs,
            Sort::Uses(_) => None,
            Sort::Periods(_, trial) if wish.periods == 0 => Some(trial),
            Sort::Periods(period, _) => Some(period * wish.periods),
        };
        Bill {
            goes_on,
            price: offer.money.price * u128::from(wish.periods),
            end: lasts.map(|epochs| start + epochs as i64),
        }
    }

    pub(in super::super) fn sale(&mut self, by: Who, sale: &Sale) -> Vec<u64> {
        match sale {
            Sale::Create(offer) => self.create_plan(offer),
            Sale::Change {
                data_set,
                plan,
                open,
                stock,
                money,
            } => {
                let seller = self.change(*data_set).owner;
                self.change(*data_set).policy_version += 1;
                let money = self.meet_all(money);
                let plan = &mut self.plans[*plan as usize - 1];
                let shares = |money: &Money| {
                    money
                        .splits
                        .iter()
                        .map(|(to, bps)| (to.who, *bps))
                        .collect::<Vec<_>>()
                };
                plan.shares += u64::from(shares(&plan.offer.money) != shares(&money));
                (plan.open, plan.seller, plan.offer.stock, plan.offer.money) = (*open, seller, *stock, money);
                Vec::new()
            }
            Sale::Buy(wish) => self.buy(by, wish),
            Sale::Renew(wish) => self.renew(by, wish),
            Sale::Refund { plan } => vec![self.give_back((*plan, by)).1 as u64],
            Sale::Settle { plan, subject } => vec![self.settle((*plan, subject.who)) as u64],
            Sale::Share { plan, to, epochs } => {
                let to = self.meet(*to);
                self.share((*plan, by), to, *epochs)
            }
            Sale::Withdraw { payee } => {
                let payee = payee.map_or(by, |named| named.who);
                vec![self.balances.remove(&payee).expect("something waits") as u64]
            }
        }
    }

    fn meet_all(&mut self, money: &Money) -> Money {
        for (to, _) in &money.splits {
            self.meet(*to);
        }
        money.clone()
    }

    fn create_plan(&mut self, offer: &Offer) -> Vec<u64> {
        let money = self.meet_all(&offer.money);
        let head = self.change(offer.data_set);
        head.policy_version += 1;
        let seller = head.owner;
        let actions = closed(offer.actions).expect("a mask");
        let offer = Offer {
            actions,
            money,
            ..offer.clone()
        };
        let (open, sold, shares) = (true, 0, 0);
        self.plans.push(Plan {
            offer,
            seller,
            open,
            sold,
            shares,
        });
        vec![self.plans.len() as u64]
    }

    fn buy(&mut self, by: Who, wish: &Wish) -> Vec<u64> {
        let subject = wish.subject.map_or(by, |named| self.meet(named));
        let referrer = wish.referrer.map(|named| self.meet(named));
        let at = (wish.plan, subject);
        let bill = self.bill(wish, subject);
        let offer = self.plan_of(wish.plan).expect("a plan").offer.clone();
        let shares = self.plan_of(wish.plan).expect("a plan").shares;
        let head = self.change(offer.data_set).clone();
        if subject == by && head.terms > 0 {
            self.accepts(offer.data_set, subject, head.terms);
        }
        let before = self.purchases.get(&at).cloned();
        if before.as_ref().is_some_and(|before| before.escrow > 0) {
            self.give_back(at);
        }
        let uses = match offer.kind {
            Sort::Uses(uses) => Some(uses),
            _ => None,
        };
        let escrowed = offer.penalty.is_some() && bill.price > 0;
        let most = if subject == by { MOST } else { PRESENTS };
        let grant = self.new_grant(
            most,
            Grant {
                id: 0,
                data_set: offer.data_set,
                subject,
                above: None,
                actions: offer.actions,
                part: offer.part,
                start: self.epoch,
                end: bill.end,
                uses,
                bucket: None,
                revocable: true,
                revoked: false,
                renounced: false,
                escrowed,
                held_up: false,
                suspended_until: 0,
                rests: Vec::new(),
                generation: head.generation,
                terms: head.terms,
            },
        );
        let bought = Bought {
            grant,
            price: offer.money.price,
            terms: head.terms,
            count: before.as_ref().map_or(0, |before| before.count) + 1,
            tried: wish.periods == 0 || before.is_some_and(|before| before.tried),
            referrer: referrer.map(|who| (who, offer.money.referrer_bps)),
            splits: (offer.money.splits.clone(), shares),
            escrow: 0,
            deposit: 0,
            earned: 0,
            from: 0,
            shared: 0,
            uses: uses.unwrap_or(0),
        };
        self.purchases.insert(at, bought);
        if escrowed {
            self.put_in(at, bill.price, self.epoch);
        }
        let plan = &mut self.plans[wish.plan as usize - 1];
        plan.sold += 1;
        plan.offer.stock = plan.offer.stock.map(|stock| stock - 1);
        if !escrowed {
            self.shared_out(at, bill.price);
        }
        vec![grant]
    }

    fn renew(&mut self, by: Who, wish: &Wish) -> Vec<u64> {
        let subject = wish.subject.map_or(by, |named| self.meet(named));
        if let Some(named) = wish.referrer {
            self.meet(named);
        }
        let at = (wish.plan, subject);
        let bill = self.bill(wish, subject);
        let grant = bill.goes_on.expect("a grant that goes on");
        let offer = self.plan_of(wish.plan).expect("a plan").offer.clone();
        let terms = self.change(offer.data_set).terms;
        if subject == by && terms > 0 {
            self.accepts(offer.data_set, subject, terms);
        }
        let (earned, _) = self.move_spent(at);
        let refundable = offer.penalty.is_some() && bill.price > 0;
        let more = match offer.kind {
            Sort::Uses(uses) => Some(grant.uses.unwrap_or(0) + uses),
            _ => None,
        };
        if refundable {
            let (bought, now) = (&self.purchases[&at], self.epoch);
            let end = grant.end.unwrap_or(now);
            let from = if bought.escrow == 0 {
                end
            } else {
                bought.from.max(now.min(end))
            };
            self.put_in(at, bill.price, from);
            self.purchases.get_mut(&at).expect("a purchase").uses = more.unwrap_or(0);
        }
        let escrow = self.purchases[&at].escrow;
        let own = self.find(grant.id);
        own.uses = more.or(own.uses);
        own.end = bill.end.or(own.end);
        own.escrowed = escrow > 0;
        self.share_earned(at, earned);
        let at_once = if refundable { 0 } else { bill.price };
        self.shared_out(at, at_once);
        vec![grant.id]
    }

    fn share(&mut self, at: (u64, Who), to: Who, epochs: u64) -> Vec<u64> {
        let (earned, _) = self.move_spent(at);
        let own = self.grant_of(at).expect("a grant").clone();
        let (now, end) = (self.epoch, own.end.expect("an end"));
        let bought = self.purchases.get_mut(&at).expect("a purchase");
        let from = now.max(bought.from);
        let worth = up(bought.escrow, epochs, (end - from) as u64);
        bought.escrow -= worth;
        let escrowed = bought.escrow > 0;
        self.put_in(at, 0, from);
        let shortened = self.find(own.id);
        (shortened.end, shortened.escrowed) = (Some(end - epochs as i64), escrowed);
        self.share_earned(at, earned + worth);
        vec![self.new_grant(
            PRESENTS,
            Grant {
                subject: to,
                start: now,
                end: Some(now + epochs as i64),
                suspended_until: 0,
                rests: Vec::new(),
                escrowed: false,
                held_up: false,
                ..own
            },
        )]
    }

    /// Among the referrer and those who share the price; what divisions leave is the first one's.
    pub(super) fn shared_out(&mut self, at: (u64, Who), amount: u128) {
        let bought = &self.purchases[&at];
        let parts = bought.parts_of(amount);
        let left = amount - parts.iter().map(|(_, part)| part).sum::<u128>();
        let first = bought.splits.0[0].0.who;
        for (who, part) in parts {
            self.owe(who, part);
        }
        self.owe(first, left);
    }

    /// What was earned little by little: everybody's part of all of it, rounded down; what divisions leave when nothing is left
    /// to earn.
    pub(super) fn share_earned(&mut self, at: (u64, Who), amount: u128) {
        let bought = self.purchases.get_mut(&at).expect("a purchase");
        let before = bought.parts_of(bought.shared);
        bought.shared += amount;
        let after = bought.parts_of(bought.shared);
        let mut all: Vec<(Who, u128)> = before
            .iter()
            .zip(after)
            .map(|((who, before), (_, after))| (*who, after - before))
            .collect();
        if bought.escrow == 0 {
            all.push((bought.splits.0[0].0.who, bought.unshared()));
            bought.shared = 0;
        }
        for (who, part) in all {
            self.owe(who, part);
        }
    }

    pub(super) fn owe(&mut self, to: Who, amount: u128) {
        if amount > 0 {
            *self.balances.entry(to).or_default() += amount;
        }
    }

    /// A grant with the next number, for which a subject with so many loses dead ones.
    pub(in super::super) fn new_grant(&mut self, most: usize, grant: Grant) -> u64 {
        let at = (grant.data_set, grant.subject);
        if self.held(at.0, at.1).count() >= most {
            self.clear(at.0, at.1);
        }
        if self.held(at.0, at.1).count() >= most {
            let broken: Vec<u64> = self
                .held(at.0, at.1)
                .filter(|held| self.is_broken(held))
                .map(|held| held.id)
                .collect();
            self.grants.retain(|held| !broken.contains(&held.id));
        }
        let id = self.next_grant;
        self.next_grant += 1;
        self.grants.push(Grant { id, ..grant });
        id
    }
}
