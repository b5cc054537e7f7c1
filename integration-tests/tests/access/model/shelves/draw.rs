//! Keys are rotated and sealed, logs anchored, grants committed to.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::library::Library;
use super::super::operation::Call;
use super::{Commit, Committed, Shelf};

impl Library {
    /// Any call that has to do with keys, logs or commitments.
    pub(in super::super) fn draw_shelf(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let head = self.data_set(data_set);
        let admin = Self::caller(dice, self.admins(data_set));
        let present = head.map_or(0, |head| head.key_epoch);
        let (by, call) = match dice.below(20) {
            0..=2 => {
                let key = dice.weighted(&[(1, 0), (8, 1), (8, 2)]);
                (dice.pick(&CALLERS), Shelf::SetReaderKey { key })
            }
            3..=5 if present == 0 && !dice.once_in(6) => (admin, Shelf::RotateKeys { data_set }),
            3..=5 => {
                let ready: Vec<Who> = self.shelves.readers.keys().copied().collect();
                let reader = |dice: &mut Dice| {
                    let named = if ready.is_empty() || dice.once_in(12) {
                        self.anybody(dice)
                    } else {
                        let who = dice.pick(&ready);
                        self.name(dice, who)
                    };
                    let present = self.shelves.readers.get(&named.who).copied();
                    let key = present.filter(|_| !dice.once_in(12));
                    (named, key.unwrap_or(1))
                };
                let readers = (0..dice.below(4)).map(|_| reader(dice)).collect();
                let call = Shelf::PutEnvelopes {
                    data_set,
                    key_epoch: dice.weighted(&[(12, present), (1, present + 1), (1, 0)]),
                    readers,
                    len: dice.weighted(&[(12, 80), (1, 0), (1, 2_048), (1, 2_049)]),
                };
                (admin, call)
            }
            6 => (admin, Shelf::RotateKeys { data_set }),
            7 => {
                let key_epoch = u64::from(dice.below(present as u32 + 1));
                let limit = dice.weighted(&[(8, 200), (1, 0), (1, 201)]);
                let call = Shelf::DropEnvelopes {
                    data_set,
                    key_epoch,
                    limit,
                };
                (admin, call)
            }
            8 | 9 => {
                let (gateway, allowed) = (self.anybody(dice), !dice.once_in(4));
                let call = Shelf::SetGateway {
                    data_set,
                    gateway,
                    allowed,
                };
                (admin, call)
            }
            10 | 11 => self.draw_log(dice),
            12..=14 => self.draw_commit(dice),
            15 => {
                let at = self.some_commitment(dice);
                let admins = self.admins(at.data_set);
                (Self::caller(dice, admins), Shelf::RevokeCommitted(at))
            }
            _ => {
                let at = self.some_commitment(dice);
                let (data_set, salt) = (at.data_set, at.salt);
                (Self::caller(dice, [at.subject]), Shelf::Reveal { data_set, salt })
            }
        };
        (by, Call::Shelf(call))
    }

    fn draw_log(&self, dice: &mut Dice) -> (Who, Shelf) {
        let all: Vec<((u64, Who), i64)> = self
            .shelves
            .gateways
            .iter()
            .map(|(at, (_, until))| (*at, *until))
            .collect();
        let ((data_set, gateway), until) = if all.is_empty() || dice.once_in(10) {
            ((self.some_data_set(dice), dice.pick(&CALLERS)), 0)
        } else {
            dice.pick(&all)
        };
        // Epochs before the first of the model are none of the chain's.
        let from = until.max(self.epoch - 5) - i64::from(dice.below(2));
        let call = Shelf::AnchorLog {
            data_set,
            count: dice.weighted(&[(10, 3), (1, 0)]),
            from,
            to: from + i64::from(dice.below(6)),
        };
        (Self::caller(dice, [gateway]), call)
    }

    fn some_commitment(&self, dice: &mut Dice) -> Committed {
        let all: Vec<Committed> = self.shelves.committed.keys().copied().collect();
        if all.is_empty() || dice.once_in(10) {
            return Committed {
                data_set: self.some_data_set(dice),
                subject: dice.pick(&CALLERS),
                salt: dice.below(3) as u8,
            };
        }
        dice.pick(&all)
    }

    /// Mostly new, and by those who could give a grant.
    fn draw_commit(&self, dice: &mut Dice) -> (Who, Shelf) {
        let (by, call) = if dice.once_in(2) {
            self.draw_give_on(dice)
        } else {
            self.draw_grant(dice)
        };
        let Call::Grant(given) = call else {
            unreachable!("a grant is drawn")
        };
        let at = Committed {
            data_set: given.data_set,
            subject: dice.pick(&CALLERS),
            salt: dice.below(3) as u8,
        };
        let (terms, from) = (given.terms, given.from);
        (by, Shelf::Commit(Commit { at, terms, from }))
    }
}
