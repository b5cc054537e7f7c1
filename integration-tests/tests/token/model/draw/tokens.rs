//! Tokens that move, are made and are destroyed.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{MAX_BATCH, MAX_OPERATOR_DATA};
use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Route, Who};
use super::super::ledger::{By, Ledger, part_down};
use super::super::operation::{Batch, Call, Named};

impl Ledger {
    fn data(dice: &mut Dice) -> usize {
        dice.weighted(&[
            (20, 0),
            (2, 1),
            (1, MAX_OPERATOR_DATA),
            (1, MAX_OPERATOR_DATA + 1),
        ])
    }

    pub(super) fn holders(&self) -> impl Iterator<Item = Who> {
        self.balances.keys().copied()
    }

    pub(super) fn transfer(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let amount = self.amount(dice, by.route, &self.balance(by.who));
        let to = self.anybody(dice, by.route);
        (
            by,
            Call::Transfer {
                to,
                amount,
                data: Self::data(dice),
            },
        )
    }

    /// Somebody who spends on allowances.
    fn operator(&self, dice: &mut Dice) -> By {
        self.caller(dice, self.allowances.keys().map(|(_, operator)| *operator))
    }

    /// The holder whom an operator spends from, mostly with an allowance, and how much.
    fn spending(&self, dice: &mut Dice, by: By) -> (Named, TokenAmount) {
        let holders = self.allowances.keys().filter(|(_, operator)| *operator == by.who);
        let holder = self.one_of(dice, by.route, holders.map(|(holder, _)| *holder));
        let (balance, allowance) = (self.balance(holder.who), self.allowance(holder.who, by.who));
        let both = balance.clone().min(allowance.clone());
        let all = dice.weighted(&[(3, both), (1, balance), (1, allowance)]);
        (holder, self.amount(dice, by.route, &all))
    }

    pub(super) fn transfer_from(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.operator(dice);
        let (from, amount) = self.spending(dice, by);
        let (to, data) = (self.anybody(dice, by.route), Self::data(dice));
        (
            by,
            Call::TransferFrom {
                from,
                to,
                amount,
                data,
            },
        )
    }

    pub(super) fn burn_from(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.operator(dice);
        let (holder, amount) = self.spending(dice, by);
        (by, Call::BurnFrom { holder, amount })
    }

    pub(super) fn burn(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let amount = self.amount(dice, by.route, &self.balance(by.who));
        (by, Call::Burn { amount })
    }

    pub(super) fn burn_by_role(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.burner);
        let holder = self.one_of(dice, by.route, self.holders());
        let amount = self.amount(dice, by.route, &self.balance(holder.who));
        (by, Call::BurnByRole { holder, amount })
    }

    pub(super) fn mint(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.minters.keys().copied());
        let own = self.minters.get(&by.who).cloned().unwrap_or_default();
        let all = dice.pick(&[own, &self.cap - &self.supply]);
        let amount = self.amount(dice, by.route, &all);
        let to = self.anybody(dice, by.route);
        (
            by,
            Call::Mint {
                to,
                amount,
                data: Self::data(dice),
            },
        )
    }

    /// Few entries mostly; none and one too many at times.
    fn batch(&self, dice: &mut Dice, by: By, all: &TokenAmount) -> Batch {
        let count = dice.weighted(&[(1, 0), (6, 1), (6, 2), (6, 3), (6, 5), (1, MAX_BATCH + 1)]);
        let share = part_down(all, 100 / count.clamp(1, 100) as u32);
        let entry = |dice: &mut Dice| {
            let to = if count > 5 || !dice.once_in(6) {
                let who = dice.pick(&CALLERS);
                self.name(dice, by.route, who)
            } else {
                self.anybody(dice, by.route)
            };
            (to, self.amount(dice, by.route, &share))
        };
        let entries: Vec<(Named, TokenAmount)> = (0..count).map(|_| entry(dice)).collect();
        let uneven = by.route == Route::Calldata && dice.once_in(10) && !entries.is_empty();
        Batch {
            entries,
            data: Self::data(dice),
            uneven,
        }
    }

    pub(super) fn batch_transfer(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let batch = self.batch(dice, by, &self.balance(by.who));
        (by, Call::BatchTransfer(batch))
    }

    pub(super) fn batch_mint(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.minters.keys().copied());
        let own = self.minters.get(&by.who).cloned().unwrap_or_default();
        let batch = self.batch(dice, by, &own.min(&self.cap - &self.supply));
        (by, Call::BatchMint(batch))
    }

    /// A caller of calldata, mostly one of the able.
    fn caller_by_calldata(&self, dice: &mut Dice, able: impl IntoIterator<Item = Who>) -> By {
        let by = self.caller(dice, able);
        if by.who.routes().contains(&Route::Calldata) {
            let route = Route::Calldata;
            return By { route, ..by };
        }
        Self::caller_by(dice, Route::Calldata)
    }

    /// The length of data for a callback.
    pub(super) fn callback_data(dice: &mut Dice) -> Option<usize> {
        dice.pick(&[None, None, Some(0), Some(5), Some(100)])
    }

    pub(super) fn transfer_and_call(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller_by_calldata(dice, self.holders());
        let amount = self.amount(dice, by.route, &self.balance(by.who));
        let to = self.one_of(dice, by.route, [Who::Shop]);
        let data = Self::callback_data(dice);
        (by, Call::TransferAndCall { to, amount, data })
    }

    pub(super) fn transfer_from_and_call(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller_by_calldata(dice, self.allowances.keys().map(|(_, operator)| *operator));
        let (from, amount) = self.spending(dice, by);
        let to = self.one_of(dice, by.route, [Who::Shop]);
        let data = Self::callback_data(dice);
        (
            by,
            Call::TransferFromAndCall {
                from,
                to,
                amount,
                data,
            },
        )
    }
}
