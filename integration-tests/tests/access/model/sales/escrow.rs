//! What becomes of what buyers have put in.

use super::super::cast::Who;
use super::super::library::{Grant, Library};
use super::Sort;
use super::effects::WHOLE;

/// `amount * part / whole`; nothing of nothing.
pub(super) fn down(amount: u128, part: u64, whole: u64) -> u128 {
    if whole == 0 {
        return 0;
    }
    amount * u128::from(part) / u128::from(whole)
}

/// The same rounded up.
pub(super) fn up(amount: u128, part: u64, whole: u64) -> u128 {
    if whole == 0 {
        return 0;
    }
    (amount * u128::from(part)).div_ceil(u128::from(whole))
}

/// What two times have in common.
fn common(one: (i64, i64), other: (i64, i64)) -> (i64, i64) {
    (one.0.max(other.0), one.1.min(other.1))
}

/// How many epochs a time has.
fn length((from, until): (i64, i64)) -> u64 {
    (until - from).max(0) as u64
}

impl Library {
    /// Puts money into an escrow, for the time from an epoch on.
    pub(super) fn put_in(&mut self, at: (u64, Who), price: u128, from: i64) {
        let bought = self.purchases.get_mut(&at).expect("a purchase");
        bought.escrow += price;
        (bought.deposit, bought.earned) = (bought.escrow, 0);
        bought.from = from;
    }

    /// Whose grant it is, if it is there.
    pub(super) fn grant_of(&self, at: (u64, Who)) -> Option<&Grant> {
        let data_set = self.plan_of(at.0)?.offer.data_set;
        self.grant(data_set, at.1, self.purchases.get(&at)?.grant)
    }

    /// Whether others took it, which had not been used up.
    fn was_taken(&self, at: (u64, Who)) -> bool {
        self.grant_of(at).is_none_or(|grant| {
            let head = self.data_set(grant.data_set).expect("its data set");
            let ended = grant.generation != head.generation;
            grant.uses != Some(0) && (ended || (grant.revoked && !grant.renounced))
        })
    }

    /// When it ended with all others, if others did not end it alone.
    fn ended_with_all(&self, at: (u64, Who)) -> Option<i64> {
        let alone = |grant: &&Grant| grant.revoked && !grant.renounced;
        let grant = self.grant_of(at).filter(|grant| !alone(grant))?;
        let head = self.data_set(grant.data_set).expect("its data set");
        head.ended.get(grant.generation as usize).copied()
    }

    /// In how many epochs of a time a data set was frozen.
    fn frozen(&self, data_set: u64, time: (i64, i64)) -> u64 {
        let freezes = self.data_set(data_set).expect("its data set").freezes.iter();
        let freezes = freezes.map(|(from, end)| common((*from, end.unwrap_or(time.1)), time));
        freezes.map(length).sum()
    }

    /// For how many epochs of what was paid for it was withheld until an epoch, by a freeze or by a suspension.
    fn withheld(&self, at: (u64, Who), until: i64) -> u64 {
        let (bought, grant) = (&self.purchases[&at], self.grant_of(at));
        let end = grant.and_then(|grant| grant.end).unwrap_or(until);
        let paid = (bought.from, end.min(until));
        let data_set = self.plan_of(at.0).expect("a plan").offer.data_set;
        let rests = grant.into_iter().flat_map(|grant| grant.rests.clone());
        let rests = rests.map(|rest| common(rest, paid));
        let rested = rests.map(|rest| length(rest) - self.frozen(data_set, rest));
        self.frozen(data_set, paid) + rested.sum::<u64>()
    }

    /// How much of a deposit is used, and how much was withheld, of how much, at an epoch.
    fn spent(&self, at: (u64, Who), now: i64) -> (u64, u64, u64) {
        let (bought, grant) = (&self.purchases[&at], self.grant_of(at));
        if matches!(self.plan_of(at.0).expect("a plan").offer.kind, Sort::Uses(_)) {
            let left = grant.and_then(|grant| grant.uses).unwrap_or(0);
            // Without refunds nobody keeps count of what uses were paid for.
            return (bought.uses.saturating_sub(left), 0, bought.uses);
        }
        let end = grant.and_then(|grant| grant.end).unwrap_or(now);
        let since = |until: i64| (until - bought.from).max(0) as u64;
        let over = since(now.min(end));
        let withheld = self.withheld(at, now).min(over);
        (over - withheld, withheld, since(end))
    }

    fn penalty(&self, at: (u64, Who)) -> u64 {
        let offer = &self.plan_of(at.0).expect("a plan").offer;
        let rests = self
            .grant_of(at)
            .is_some_and(|grant| self.epoch < grant.suspended_until);
        let head = self.data_set(offer.data_set).expect("its data set");
        if head.is_frozen() || rests {
            0
        } else {
            offer.penalty.unwrap_or(0)
        }
    }

    /// What of a deposit is earned and what goes back at an epoch, with what was before, and how much is left of how much.
    fn parts(&self, at: (u64, Who), now: i64) -> (u128, u128, (u64, u64)) {
        let bought = &self.purchases[&at];
        let (deposit, returned) = (bought.deposit, bought.deposit - bought.escrow - bought.earned);
        let (used, withheld, of) = self.spent(at, now);
        if of == 0 {
            return (deposit - returned, returned, (0, 0));
        }
        let earned = down(deposit, used, of).max(bought.earned).min(deposit - returned);
        let back = down(deposit, withheld, of).max(returned).min(deposit - earned);
        (earned, back, (of - used - withheld, of))
    }

    /// Empties an escrow; gives what of it is the sellers' and what the subject's.
    pub(super) fn give_back(&mut self, at: (u64, Who)) -> (u128, u128) {
        let (taken, then) = (self.was_taken(at), self.ended_with_all(at));
        let bought = self.purchases[&at].clone();
        let (all, left) = match (taken, then) {
            (true, None) => (bought.deposit - bought.earned, 1),
            (taken, then) => {
                let penalty = if taken { 0 } else { self.penalty(at) };
                let then = then.filter(|_| taken).unwrap_or(self.epoch);
                let (earned, back, (left, of)) = self.parts(at, then);
                let unspent = down(bought.deposit, left, of).min(bought.deposit - earned - back);
                (back + unspent - up(unspent, penalty, WHOLE as u64), left)
            }
        };
        let moved = self.moved(at, (bought.deposit - all, all));
        self.share_earned(at, moved.0);
        let plan = &mut self.plans[at.0 as usize - 1];
        if left > 0 {
            plan.sold -= 1;
            plan.offer.stock = plan.offer.stock.map(|stock| stock + 1);
        }
        let now = self.epoch;
        let grant = self.find(bought.grant);
        grant.escrowed = false;
        if grant.end.is_none_or(|end| now < end) {
            grant.renounced |= !grant.revoked;
            grant.revoked = true;
        }
        moved
    }

    /// Takes out of an escrow what became of it; gives what is new of it.
    fn moved(&mut self, at: (u64, Who), (earned, back): (u128, u128)) -> (u128, u128) {
        let bought = self.purchases.get_mut(&at).expect("a purchase");
        let before = (bought.earned, bought.deposit - bought.escrow - bought.earned);
        let moved = (earned - before.0, back - before.1);
        bought.earned = earned;
        bought.escrow -= moved.0 + moved.1;
        self.owe(at.1, moved.1);
        moved
    }

    /// Takes out of an escrow what was spent until now.
    pub(super) fn move_spent(&mut self, at: (u64, Who)) -> (u128, u128) {
        let (earned, back, _) = self.parts(at, self.epoch);
        self.moved(at, (earned, back))
    }

    pub(super) fn settle(&mut self, at: (u64, Who)) -> u128 {
        let now = self.epoch;
        let over = |grant: &Grant| grant.revoked || grant.end.is_some_and(|end| end <= now);
        if self.was_taken(at) || self.grant_of(at).is_some_and(over) {
            return self.give_back(at).0;
        }
        let (earned, _) = self.move_spent(at);
        self.share_earned(at, earned);
        let bought = self.purchases[&at].clone();
        if bought.escrow == 0 {
            self.find(bought.grant).escrowed = false;
        }
        earned
    }
}
