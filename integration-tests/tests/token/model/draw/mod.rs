//! Which operations are worth trying: mostly those that succeed, each refusal often enough.

mod rights;
mod roles;
mod tokens;

use fvm_shared::econ::TokenAmount;
use holdfast_integration_tests::endless;
use holdfast_integration_tests::model::Dice;
use holdfast_localnet::Kind;

use super::cast::{BYSTANDERS, CALLERS, Form, NOBODIES, Route, Who};
use super::ledger::{By, Ledger, atto, part_down};
use super::operation::{Call, Named, Operation};

/// Draws one kind of call.
type Draw = fn(&Ledger, &mut Dice) -> (By, Call);

/// Kinds of calls, and how often each is drawn.
const CALLS: [(u32, Draw); 20] = [
    (14, Ledger::transfer),
    (12, Ledger::transfer_from),
    (5, Ledger::batch_transfer),
    (5, Ledger::transfer_and_call),
    (4, Ledger::transfer_from_and_call),
    (9, Ledger::allowance_change),
    (4, Ledger::approve_and_call),
    (6, Ledger::permit),
    (7, Ledger::delegate),
    (5, Ledger::delegate_by_sig),
    (8, Ledger::mint),
    (4, Ledger::batch_mint),
    (4, Ledger::burn),
    (5, Ledger::burn_from),
    (4, Ledger::burn_by_role),
    (5, Ledger::set_minter),
    (4, Ledger::set_role),
    (5, Ledger::pause_or_not),
    (7, Ledger::change_owner_or_cap),
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
        let cut = dice.once_in(25);
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
}
