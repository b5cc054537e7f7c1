//! Selling: made, bought, given up, shared out.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::library::Library;
use super::super::operation::Call;
use super::super::terms::READ;
use super::{Money, Offer, Sale, Sort, Wish};

impl Library {
    /// Any call that has to do with selling.
    pub(in super::super) fn draw_sale(&self, dice: &mut Dice) -> (Who, Call) {
        let (by, sale) = if self.plans.is_empty() {
            self.draw_offer(dice)
        } else {
            match dice.below(20) {
                0..=2 => self.draw_offer(dice),
                3 => self.draw_change(dice),
                4..=8 => self.draw_buy(dice),
                9..=11 => self.draw_renew(dice),
                12 | 13 => self.draw_bought(dice, |_, _, plan, _| Sale::Refund { plan }),
                14 | 15 => self.draw_bought(dice, |library, dice, plan, subject| Sale::Settle {
                    plan,
                    subject: library.name(dice, subject),
                }),
                16 | 17 => self.draw_share(dice),
                _ => self.draw_withdraw(dice),
            }
        };
        (by, Call::Sale(sale))
    }

    fn draw_money(&self, dice: &mut Dice) -> Money {
        let first = dice.pick(&[0, 3_333, 10_000]);
        let rest = dice.weighted(&[(12, 10_000 - first), (1, 9_000)]);
        let mut splits = vec![(self.anybody(dice), rest)];
        if first > 0 {
            splits.push((self.anybody(dice), first));
        }
        Money {
            price: dice.pick(&[0, 7, 1_000, 99_999]),
            referrer_bps: dice.weighted(&[(4, 0), (4, 777), (1, 10_001)]),
            splits,
        }
    }

    fn draw_offer(&self, dice: &mut Dice) -> (Who, Sale) {
        let data_set = self.some_data_set(dice);
        let by = Self::caller(dice, self.admins(data_set));
        let many = dice.weighted(&[(1, 0), (2, 1), (4, 6), (8, 30)]);
        let kind = match dice.below(6) {
            0 => Sort::Once((!dice.once_in(3)).then_some(many)),
            1 | 2 => Sort::Uses(many),
            _ => Sort::Periods(many, u64::from(dice.below(2) * dice.below(5))),
        };
        let any = Self::mask(dice);
        let offer = Offer {
            data_set,
            part: Self::part(dice),
            actions: dice.weighted(&[(12, READ), (2, 4), (1, any)]),
            kind,
            money: self.draw_money(dice),
            stock: dice.once_in(4).then(|| u64::from(dice.below(3))),
            each: u64::from(dice.below(2) * dice.below(3)),
            shareable: matches!(kind, Sort::Periods(..)) || dice.once_in(8),
            penalty: dice.weighted(&[(3, None), (3, Some(0)), (5, Some(1_234)), (1, Some(2_001))]),
        };
        (by, Sale::Create(offer))
    }

    fn some_plan(&self, dice: &mut Dice) -> u64 {
        let all = self.plans.len() as u32;
        u64::from(dice.below(all) + 1 + u32::from(dice.once_in(30)))
    }

    fn draw_change(&self, dice: &mut Dice) -> (Who, Sale) {
        let plan = self.some_plan(dice);
        let of = self.plan_of(plan).map(|plan| plan.offer.data_set);
        let data_set = of
            .filter(|_| !dice.once_in(15))
            .unwrap_or_else(|| self.some_data_set(dice));
        let by = Self::caller(dice, self.admins(data_set));
        let sale = Sale::Change {
            data_set,
            plan,
            open: !dice.once_in(4),
            stock: dice.once_in(4).then(|| u64::from(dice.below(3))),
            money: self.draw_money(dice),
        };
        (by, sale)
    }

    /// A wish that goes with what the plan says now, mostly.
    fn draw_wish(&self, dice: &mut Dice, plan: u64, periods: u64, subject: Option<Who>) -> Wish {
        let sold = self.plan_of(plan);
        let price = sold.map_or(0, |sold| sold.offer.money.price) * u128::from(periods);
        let head = sold.and_then(|sold| self.data_set(sold.offer.data_set));
        let off = |dice: &mut Dice| u64::from(dice.once_in(25));
        let rarely = if subject.is_some() { 12 } else { 3 };
        let referrer = dice.once_in(rarely).then(|| self.anybody(dice));
        Wish {
            plan,
            subject: subject.map(|who| self.name(dice, who)),
            periods,
            max_price: price.saturating_sub(u128::from(off(dice))),
            policy_version: head.map_or(0, |head| head.policy_version) + off(dice),
            hash: head.map_or(0, |head| head.hash) + off(dice) as u8,
            referrer,
            pays: price + u128::from(off(dice)),
        }
    }

    fn draw_buy(&self, dice: &mut Dice) -> (Who, Sale) {
        let plan = self.some_plan(dice);
        let by_period = self
            .plan_of(plan)
            .is_some_and(|plan| matches!(plan.offer.kind, Sort::Periods(..)));
        let periods = if by_period {
            u64::from(dice.below(3))
        } else {
            dice.weighted(&[(15, 1), (1, 0)])
        };
        let periods = dice.weighted(&[(30, periods), (1, 10_512_001)]);
        let subject = dice.once_in(4).then(|| self.anybody(dice).who);
        (
            dice.pick(&CALLERS),
            Sale::Buy(self.draw_wish(dice, plan, periods, subject)),
        )
    }

    /// Somebody who has bought something, mostly.
    fn draw_buyer(&self, dice: &mut Dice) -> (u64, Who) {
        let all: Vec<(u64, Who)> = self.purchases.keys().copied().collect();
        if all.is_empty() || dice.once_in(12) {
            return (self.some_plan(dice), dice.pick(&CALLERS));
        }
        dice.pick(&all)
    }

    /// What goes on, with an end if it has to have one, mostly; and the epochs that are left.
    fn draw_going_on(&self, dice: &mut Dice, with_end: bool) -> (u64, Who, u32) {
        let left = |(plan, subject): (u64, Who)| {
            let data_set = self.plan_of(plan)?.offer.data_set;
            let grant = self.grant(data_set, subject, self.purchases[&(plan, subject)].grant)?;
            let left = grant.end.map_or(0, |end| (end - self.epoch).max(0) as u32);
            let fits = !self.is_dead_for_good(grant) && (!with_end || left > 1);
            fits.then_some((plan, subject, left))
        };
        let all: Vec<(u64, Who, u32)> = self.purchases.keys().filter_map(|at| left(*at)).collect();
        if all.is_empty() || dice.once_in(10) {
            let (plan, subject) = self.draw_buyer(dice);
            return (plan, subject, 1);
        }
        dice.pick(&all)
    }

    fn draw_share(&self, dice: &mut Dice) -> (Who, Sale) {
        let (plan, subject, left) = self.draw_going_on(dice, true);
        let sale = Sale::Share {
            plan,
            to: self.anybody(dice),
            epochs: u64::from(dice.below(left + 1)),
        };
        (Self::caller(dice, [subject]), sale)
    }

    fn draw_renew(&self, dice: &mut Dice) -> (Who, Sale) {
        let (plan, subject, _) = self.draw_going_on(dice, false);
        let periods = dice.weighted(&[(12, 1), (2, 2), (1, 0)]);
        let by = dice.pick(&CALLERS);
        let subject = (by != subject || dice.once_in(2)).then_some(subject);
        (by, Sale::Renew(self.draw_wish(dice, plan, periods, subject)))
    }

    fn draw_bought(&self, dice: &mut Dice, sale: fn(&Self, &mut Dice, u64, Who) -> Sale) -> (Who, Sale) {
        let (plan, subject) = self.draw_buyer(dice);
        (Self::caller(dice, [subject]), sale(self, dice, plan, subject))
    }

    fn draw_withdraw(&self, dice: &mut Dice) -> (Who, Sale) {
        let all: Vec<Who> = self.balances.keys().copied().collect();
        if all.is_empty() || dice.once_in(3) {
            let payee = dice.once_in(2).then(|| self.anybody(dice));
            return (dice.pick(&CALLERS), Sale::Withdraw { payee });
        }
        let payee = dice.pick(&all);
        if dice.once_in(3) {
            return (Self::caller(dice, [payee]), Sale::Withdraw { payee: None });
        }
        let payee = Some(self.name(dice, payee));
        (dice.pick(&CALLERS), Sale::Withdraw { payee })
    }
}
