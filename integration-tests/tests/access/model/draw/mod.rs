//! Which messages are worth trying: mostly those that succeed, each refusal often enough.

mod grants;
mod heads;
mod rules;

use holdfast_integration_tests::model::Dice;
use holdfast_localnet::Kind;

use super::cast::{CALLERS, Named, Who};
use super::faces;
use super::library::{Library, is_wrapped};
use super::operation::{Call, Operation};
use super::terms::{ADMIN, GRANT, Part, READ};

/// Draws one kind of call, and who makes it.
type Draw = fn(&Library, &mut Dice) -> (Who, Call);

/// Kinds of calls, and how often each is drawn. A new method is a line here.
const CALLS: [(u32, Draw); 20] = [
    (4, Library::draw_create),
    (22, Library::draw_grant),
    (14, Library::draw_give_on),
    (5, Library::draw_grant_many),
    (9, Library::draw_revoke),
    (3, Library::draw_renounce),
    (4, Library::draw_suspend),
    (3, Library::draw_prune),
    (12, Library::draw_consume),
    (9, Library::draw_rule),
    (4, Library::draw_remove_rule),
    (5, Library::draw_terms),
    (5, Library::draw_accept_terms),
    (13, Library::draw_head),
    (5, Library::draw_group),
    (30, Library::draw_sale),
    (20, Library::draw_shelf),
    (14, Library::draw_ticket),
    (10, Library::draw_carry),
    (1, |_, dice| (Library::by_number(dice), Call::Constructor)),
];

impl Library {
    /// One operation.
    pub(super) fn draw(&self, dice: &mut Dice) -> Operation {
        if dice.once_in(12) {
            let epochs = u64::from(1 + dice.below(12));
            return Operation::Wait { epochs };
        }
        if let Some(epochs) = self.draw_long_wait(dice) {
            return Operation::Wait { epochs };
        }
        let drawn = if self.data_sets.is_empty() {
            self.draw_create(dice)
        } else if dice.once_in(if self.is_something_over() { 3 } else { 12 }) {
            self.draw_delay(dice)
        } else {
            self.draw_any(dice)
        };
        let (caller, call) = self.announced_first(dice, drawn);
        let (cut, by_selector) = (dice.once_in(30), is_wrapped(caller) && !dice.once_in(3));
        let selector = faces::name(self, &call).filter(|_| by_selector);
        Operation::Send {
            caller,
            call,
            cut,
            selector,
        }
    }

    /// What a delay may hold up, or not.
    pub(super) fn draw_any(&self, dice: &mut Dice) -> (Who, Call) {
        dice.weighted(&CALLS)(self, dice)
    }

    /// One of those who can, mostly; else anybody.
    pub(super) fn caller(dice: &mut Dice, able: impl IntoIterator<Item = Who>) -> Who {
        let able: Vec<Who> = able.into_iter().filter(|who| CALLERS.contains(who)).collect();
        if able.is_empty() || dice.once_in(6) {
            return dice.pick(&CALLERS);
        }
        dice.pick(&able)
    }

    fn by_number(dice: &mut Dice) -> Who {
        dice.pick(&CALLERS[..3])
    }

    /// A data set; one that is not there once in a while.
    pub(super) fn some_data_set(&self, dice: &mut Dice) -> u64 {
        let all = self.data_sets.len() as u32;
        if dice.once_in(30) {
            return u64::from(all) + 1;
        }
        u64::from(dice.below(all)) + 1
    }

    pub(super) fn owner(&self, data_set: u64) -> Option<Who> {
        self.data_set(data_set).map(|head| head.owner)
    }

    /// Owner and admins.
    pub(super) fn admins(&self, data_set: u64) -> Vec<Who> {
        let admins = CALLERS.into_iter().filter(|who| self.administers(data_set, *who));
        self.owner(data_set).into_iter().chain(admins).collect()
    }

    pub(super) fn name(&self, dice: &mut Dice, who: Who) -> Named {
        let by_id = who == Who::Absent || (self.exists(who) && dice.once_in(2));
        Named { who, by_id }
    }

    pub(super) fn anybody(&self, dice: &mut Dice) -> Named {
        let who = match dice.weighted(&[(16, 0), (3, 1), (1, 2)]) {
            0 => dice.pick(&CALLERS),
            1 => Who::Stranger(dice.pick(&[Kind::Secp256k1, Kind::Bls, Kind::Eth]), dice.below(2)),
            _ => Who::Absent,
        };
        self.name(dice, who)
    }

    fn some(&self, dice: &mut Dice) -> Option<Named> {
        (!dice.once_in(3)).then(|| self.anybody(dice))
    }

    pub(super) fn part(dice: &mut Dice) -> Part {
        if dice.once_in(40) {
            return Part::BAD;
        }
        dice.weighted(&[
            (8, Part::ALL),
            (4, Part::GOOD[1]),
            (2, Part::GOOD[2]),
            (1, Part::GOOD[3]),
            (1, Part::GOOD[4]),
        ])
    }

    pub(super) fn mask(dice: &mut Dice) -> u8 {
        dice.weighted(&[
            (8, READ),
            (6, READ | GRANT),
            (2, 1),
            (2, 4),
            (3, 4 | GRANT),
            (3, ADMIN),
            (1, 0),
            (1, 33),
        ])
    }
}
