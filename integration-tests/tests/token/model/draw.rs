//! Which operations are worth trying: mostly those that succeed, each refusal often enough.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::MAX_OPERATOR_DATA;
use holdfast_integration_tests::endless;
use holdfast_integration_tests::model::Dice;
use holdfast_localnet::Kind;

use super::cast::{BYSTANDERS, CALLERS, Form, NOBODIES, Route, Who};
use super::ledger::{By, Ledger, atto, part_down};
use super::operation::{Call, Flaw, Named, Operation, Permit};

/// Draws one kind of call.
type Draw = fn(&Ledger, &mut Dice) -> (By, Call);

/// Kinds of calls, and how often each is drawn.
const CALLS: [(u32, Draw); 15] = [
    (14, Ledger::transfer),
    (12, Ledger::transfer_from),
    (9, Ledger::allowance_change),
    (6, Ledger::permit),
    (8, Ledger::mint),
    (4, Ledger::burn),
    (5, Ledger::burn_from),
    (4, Ledger::burn_by_role),
    (5, Ledger::set_minter),
    (4, Ledger::set_role),
    (5, Ledger::pause_or_not),
    (1, Ledger::lower_supply_cap),
    (3, Ledger::offer_ownership),
    (3, Ledger::change_owner),
    (1, Ledger::constructor),
];

impl Ledger {
    /// One operation.
    pub(super) fn draw(&self, dice: &mut Dice) -> Operation {
        if dice.once_in(15) {
            let epochs = u64::from(1 + dice.below(20));
            return Operation::Wait { epochs };
        }
        let draw = dice.weighted(&CALLS);
        let (By { who, route }, call) = draw(self, dice);
        let cut = dice.once_in(40);
        Operation::Send {
            caller: who,
            route,
            call,
            cut,
        }
    }

    /// Somebody who calls: mostly one of those who can succeed.
    fn caller(&self, dice: &mut Dice, able: impl IntoIterator<Item = Who>) -> By {
        let able: Vec<Who> = able.into_iter().filter(|who| CALLERS.contains(who)).collect();
        let who = if able.is_empty() || dice.once_in(5) {
            dice.pick(&CALLERS)
        } else {
            dice.pick(&able)
        };
        let route = dice.pick(who.routes());
        By { who, route }
    }

    /// Somebody who can call this way.
    fn caller_by(dice: &mut Dice, route: Route) -> By {
        let open = CALLERS.into_iter().filter(|who| who.routes().contains(&route));
        let who = dice.pick(&open.collect::<Vec<_>>());
        By { who, route }
    }

    /// Anybody at all.
    fn anybody(&self, dice: &mut Dice, route: Route) -> Named {
        let who = match dice.weighted(&[(9, 0), (4, 1), (3, 2), (2, 3)]) {
            0 => dice.pick(&CALLERS),
            1 => self.stranger(dice),
            2 => dice.pick(&BYSTANDERS),
            _ => dice.pick(&NOBODIES),
        };
        self.name(dice, route, who)
    }

    /// One of the list mostly, else anybody.
    fn one_of(&self, dice: &mut Dice, route: Route, list: impl IntoIterator<Item = Who>) -> Named {
        let list: Vec<Who> = list.into_iter().collect();
        if list.is_empty() || dice.once_in(5) {
            return self.anybody(dice, route);
        }
        let who = dice.pick(&list);
        self.name(dice, route, who)
    }

    /// A way to name somebody; an account if there is none on this route.
    fn name(&self, dice: &mut Dice, route: Route, who: Who) -> Named {
        let forms = [Form::Robust, Form::Id].map(|form| Named { who, form });
        let possible: Vec<Named> = forms
            .into_iter()
            .filter(|named| self.can_be_named(*named, route))
            .collect();
        if possible.is_empty() {
            let who = Who::Account(Kind::Eth, 0);
            return Named {
                who,
                form: Form::Robust,
            };
        }
        dice.pick(&possible)
    }

    /// A key without an actor, or one that has been a stranger.
    fn stranger(&self, dice: &mut Dice) -> Who {
        let kind = dice.pick(&[Kind::Eth, Kind::Secp256k1, Kind::Bls]);
        let met = self
            .met
            .iter()
            .filter(|who| matches!(who, Who::Stranger(k, _) if *k == kind));
        let met = met.count() as u32;
        let number = if dice.once_in(3) { dice.below(met + 1) } else { met };
        Who::Stranger(kind, number)
    }

    /// An amount: often some of `all`, sometimes its edges, sometimes none that is one.
    fn amount(&self, dice: &mut Dice, route: Route, all: &TokenAmount) -> TokenAmount {
        let wrong = if route == Route::Calldata { 0 } else { 1 };
        match dice.weighted(&[
            (1, 0),
            (2, 1),
            (10, 2),
            (3, 3),
            (1, 4),
            (1, 5),
            (wrong, 6),
            (wrong, 7),
        ]) {
            0 => TokenAmount::default(),
            1 => atto(),
            2 => part_down(all, dice.below(100)),
            3 => all.clone(),
            4 => (all + atto()).min(endless()),
            5 => endless(),
            6 => endless() + atto(),
            _ => -atto(),
        }
    }

    fn data(dice: &mut Dice) -> usize {
        dice.weighted(&[
            (20, 0),
            (2, 1),
            (1, MAX_OPERATOR_DATA),
            (1, MAX_OPERATOR_DATA + 1),
        ])
    }

    fn holders(&self) -> impl Iterator<Item = Who> {
        self.balances.keys().copied()
    }

    fn transfer(&self, dice: &mut Dice) -> (By, Call) {
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

    /// An operator and the holder whom it spends from, mostly with an allowance, and how much.
    fn spending(&self, dice: &mut Dice) -> (By, Named, TokenAmount) {
        let by = self.caller(dice, self.allowances.keys().map(|(_, operator)| *operator));
        let holders = self.allowances.keys().filter(|(_, operator)| *operator == by.who);
        let holder = self.one_of(dice, by.route, holders.map(|(holder, _)| *holder));
        let (balance, allowance) = (self.balance(holder.who), self.allowance(holder.who, by.who));
        let both = balance.clone().min(allowance.clone());
        let all = dice.weighted(&[(3, both), (1, balance), (1, allowance)]);
        (by, holder, self.amount(dice, by.route, &all))
    }

    fn transfer_from(&self, dice: &mut Dice) -> (By, Call) {
        let (by, from, amount) = self.spending(dice);
        let to = self.anybody(dice, by.route);
        (
            by,
            Call::TransferFrom {
                from,
                to,
                amount,
                data: Self::data(dice),
            },
        )
    }

    fn burn_from(&self, dice: &mut Dice) -> (By, Call) {
        let (by, holder, amount) = self.spending(dice);
        (by, Call::BurnFrom { holder, amount })
    }

    fn burn(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let amount = self.amount(dice, by.route, &self.balance(by.who));
        (by, Call::Burn { amount })
    }

    fn burn_by_role(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.burner);
        let holder = self.one_of(dice, by.route, self.holders());
        let amount = self.amount(dice, by.route, &self.balance(holder.who));
        (by, Call::BurnByRole { holder, amount })
    }

    fn mint(&self, dice: &mut Dice) -> (By, Call) {
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

    fn allowance_change(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.holders());
        let operator = self.one_of(dice, by.route, CALLERS);
        let now = self.allowance(by.who, operator.who);
        let all = dice.pick(&[self.balance(by.who), now]);
        let amount = self.amount(dice, by.route, &all);
        let call = match by.route {
            Route::Calldata => Call::Approve { operator, amount },
            _ => match dice.weighted(&[(4, 0), (2, 1), (1, 2)]) {
                0 => Call::IncreaseAllowance { operator, by: amount },
                1 => Call::DecreaseAllowance { operator, by: amount },
                _ => Call::RevokeAllowance { operator },
            },
        };
        (by, call)
    }

    fn permit(&self, dice: &mut Dice) -> (By, Call) {
        let by = Self::caller_by(dice, Route::Calldata);
        let signers = [0, 1].map(|number| Who::Account(Kind::Eth, number));
        let signer = if dice.once_in(8) {
            Who::Stranger(Kind::Eth, dice.below(2))
        } else {
            dice.pick(&signers)
        };
        let robust = Named {
            who: signer,
            form: Form::Robust,
        };
        let owner = if dice.once_in(8) {
            self.one_of(dice, by.route, signers)
        } else {
            robust
        };
        let right = self.nonce(owner.who);
        let permit = Permit {
            owner,
            spender: self.one_of(dice, by.route, CALLERS),
            value: self.amount(dice, by.route, &self.balance(owner.who)),
            nonce: if dice.once_in(10) { right + 1 } else { right },
            deadline: self.now + dice.weighted(&[(6, 0), (3, 1), (3, 600)]) - u64::from(dice.once_in(10)),
            signer,
            flaw: dice.weighted(&[
                (30, None),
                (1, Some(Flaw::HighS)),
                (1, Some(Flaw::LowV)),
                (1, Some(Flaw::OtherValue)),
                (1, Some(Flaw::OtherToken)),
            ]),
        };
        (by, Call::Permit(permit))
    }

    fn set_minter(&self, dice: &mut Dice) -> (By, Call) {
        let by = self.caller(dice, self.owner);
        let minter = self.one_of(dice, by.route, CALLERS);
        let cap = self.amount(dice, by.route, &self.cap);
        (by, Call::SetMinter { minter, cap })
    }

    fn set_role(&self, dice: &mut Dice) -> (By, Call) {
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
    fn pause_or_not(&self, dice: &mut Dice) -> (By, Call) {
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
        caps.retain(|cap| by.number() || super::ledger::is_amount(cap));
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

    fn constructor(&self, dice: &mut Dice) -> (By, Call) {
        (Self::caller_by(dice, Route::Number), Call::Constructor)
    }
}
