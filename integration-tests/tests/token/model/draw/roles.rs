//! What the owner and those whom it has named may do.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Route};
use super::super::ledger::{By, Ledger, atto, is_amount, part_down};
use super::super::operation::Call;

impl Ledger {
    pub(super) fn set_minter(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.owner);
        let minter = self.one_of(dice, by.route, CALLERS);
        let cap = self.amount(dice, by.route, &self.cap);
        (by, Call::SetMinter { minter, cap })
    }

    pub(super) fn set_role(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.owner);
        let role = if dice.once_in(6) {
            None
        } else {
            Some(self.one_of(dice, by.route, CALLERS))
        };
        let call = if dice.once_in(2) {
            Call::SetPauser(role)
        } else {
            Call::SetBurner(role)
        };
        (by, call)
    }

    /// A pause is ended soon, since little is possible in it.
    pub(super) fn pause_or_not(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.pauser.into_iter().chain(self.owner));
        let (sensible, other) = if self.paused {
            (Call::Unpause, Call::Pause)
        } else {
            (Call::Pause, Call::Unpause)
        };
        let call = if dice.once_in(if self.paused { 5 } else { 2 }) {
            other
        } else {
            sensible
        };
        (by, call)
    }

    pub(super) fn change_owner_or_cap(&self, dice: &mut Dice) -> (By, Call) {
        match dice.below(7) {
            0 => self.lower_supply_cap(dice),
            1..=3 => self.offer_ownership(dice),
            _ => self.change_owner(dice),
        }
    }

    fn lower_supply_cap(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.owner);
        let (supply, cap) = (&self.supply, &self.cap);
        let mut caps = vec![
            cap - atto(),
            cap.clone(),
            supply + part_down(&(cap - supply), 50),
            supply - atto(),
            supply.clone(),
            cap + atto(),
        ];
        caps.retain(|cap| by.number() || is_amount(cap));
        (
            by,
            Call::LowerSupplyCap {
                cap: dice.pick(&caps),
            },
        )
    }

    fn offer_ownership(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.owner);
        let to = self.one_of(dice, by.route, CALLERS);
        (by, Call::TransferOwnership { to })
    }

    fn change_owner(&self, dice: &mut Dice) -> (By, Call) {
        if dice.once_in(6) {
            return (self.caller(dice, self.owner), Call::RenounceOwnership);
        }
        (self.caller(dice, self.pending_owner), Call::AcceptOwnership)
    }

    pub(super) fn constructor(&self, dice: &mut Dice) -> (By, Call) {
        (Self::caller_by(dice, Route::Number), Call::Constructor)
    }
}
