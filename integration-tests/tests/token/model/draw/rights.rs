//! Allowances and votes, by call and by signature.

use holdfast_integration_tests::model::Dice;
use holdfast_localnet::Kind;

use super::super::cast::{CALLERS, Form, Route, Who};
use super::super::ledger::{By, Ledger};
use super::super::operation::{Call, Flaw, Named, Signed};

/// Keys that sign.
const SIGNERS: [Who; 2] = [Who::Account(Kind::Eth, 0), Who::Account(Kind::Eth, 1)];

impl Ledger {
    pub(super) fn allowance_change(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let operator = self.one_of(dice, by.route, CALLERS);
        let now = self.allowance(by.who, operator.who);
        let all = dice.pick(&[self.balance(by.who), now]);
        let amount = self.amount(dice, by.route, &all);
        let call = match by.route {
            Route::Calldata => Call::Approve { operator, amount },
            _ => match dice.weighted(&[(4, 0), (2, 1), (2, 2)]) {
                0 => Call::IncreaseAllowance { operator, by: amount },
                1 => Call::DecreaseAllowance { operator, by: amount },
                _ => Call::RevokeAllowance { operator },
            },
        };
        (by, call)
    }

    pub(super) fn approve_and_call(&self, dice: &mut Dice) -> (By, Call) {
        let by = Self::caller_by(dice, Route::Calldata);
        let operator = self.one_of(dice, by.route, [Who::Shop]);
        let amount = self.amount(dice, by.route, &self.balance(by.who));
        let data = Self::callback_data(dice);
        (
            by,
            Call::ApproveAndCall {
                operator,
                amount,
                data,
            },
        )
    }

    fn signer(dice: &mut Dice) -> Who {
        let stranger = Who::Stranger(Kind::Eth, dice.below(2));
        if dice.once_in(8) {
            stranger
        } else {
            dice.pick(&SIGNERS)
        }
    }

    /// A signature, mostly a good one.
    fn signed(&self, dice: &mut Dice, by: Who) -> Signed {
        let right = self.nonce(by);
        Signed {
            by,
            nonce: if dice.once_in(10) { right + 1 } else { right },
            until: self.now() + dice.weighted(&[(6, 0), (3, 1), (3, 600)]) - u64::from(dice.once_in(10)),
            flaw: dice.weighted(&[
                (30, None),
                (1, Some(Flaw::HighS)),
                (1, Some(Flaw::LowV)),
                (1, Some(Flaw::OtherTerms)),
                (1, Some(Flaw::OtherToken)),
            ]),
        }
    }

    pub(super) fn permit(&self, dice: &mut Dice) -> (By, Call) {
        let by = Self::caller_by(dice, Route::Calldata);
        let signed = Self::signer(dice);
        let signed = self.signed(dice, signed);
        let robust = Named {
            who: signed.by,
            form: Form::Robust,
        };
        let owner = if dice.once_in(8) {
            self.one_of(dice, by.route, SIGNERS)
        } else {
            robust
        };
        let spender = self.one_of(dice, by.route, CALLERS);
        let value = self.amount(dice, by.route, &self.balance(owner.who));
        (
            by,
            Call::Permit {
                owner,
                spender,
                value,
                signed,
            },
        )
    }

    pub(super) fn delegate(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let to = self.delegatee(dice, by.route);
        (by, Call::Delegate { to })
    }

    pub(super) fn delegate_by_sig(&self, dice: &mut Dice) -> (By, Call) {
        let by = Self::caller_by(dice, Route::Calldata);
        let signer = Self::signer(dice);
        let (to, signed) = (self.delegatee(dice, by.route), self.signed(dice, signer));
        (by, Call::DelegateBySig { to, signed })
    }

    fn delegatee(&self, dice: &mut Dice, route: Route) -> Named {
        let nobody = [Who::Zero];
        if dice.once_in(6) {
            self.one_of(dice, route, nobody)
        } else {
            self.one_of(dice, route, CALLERS)
        }
    }
}
