//! Data sets and groups: made, handed over, frozen.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::library::Library;
use super::super::operation::{Call, Members, New, Seen};

/// No more data sets than these are made.
const MANY: usize = 2;

impl Library {
    pub(super) fn draw_new(&self, dice: &mut Dice) -> New {
        let owner = dice.pick(&CALLERS);
        let owner = dice.once_in(3).then(|| self.name(dice, owner));
        (owner, self.some(dice))
    }

    /// Few, so that messages are about the same ones.
    pub(super) fn draw_create(&self, dice: &mut Dice) -> (Who, Call) {
        let by = dice.pick(&CALLERS);
        if self.data_sets.len() >= MANY {
            let nobody = self.name(dice, Who::Absent);
            let new = (Some(nobody), None);
            let call = if dice.once_in(2) {
                Call::CreateDataSet(new)
            } else {
                Call::CreateDataSets(vec![new])
            };
            return (by, call);
        }
        if dice.once_in(3) {
            let all = (0..dice.below(3)).map(|_| self.draw_new(dice));
            return (by, Call::CreateDataSets(all.collect()));
        }
        (by, Call::CreateDataSet(self.draw_new(dice)))
    }

    /// What only owner, guardian and the next owner do. A freeze ends soon, since little is possible in it.
    pub(super) fn draw_head(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let head = self.data_set(data_set);
        let owner = Self::caller(dice, self.owner(data_set));
        let frozen = head.is_some_and(|head| head.is_frozen());
        let offered = head.and_then(|head| head.offer).map(|(to, _)| to);
        if frozen && !dice.once_in(3) {
            return (owner, Call::Unfreeze { data_set });
        }
        if offered.is_some() && dice.once_in(2) {
            return (Self::caller(dice, offered), self.acceptance(dice, data_set));
        }
        match dice.below(9) {
            0 | 1 => {
                let able = head.and_then(|head| head.guardian).into_iter().chain([owner]);
                (Self::caller(dice, able), Call::Freeze { data_set })
            }
            2 => (owner, Call::Unfreeze { data_set }),
            3 | 4 => {
                let next = dice.pick(&CALLERS);
                let next = self.name(dice, next);
                let to = if dice.once_in(3) {
                    self.some(dice)
                } else {
                    Some(next)
                };
                let keep = !dice.once_in(3);
                (owner, Call::OfferDataSet { data_set, to, keep })
            }
            5 | 6 => (Self::caller(dice, offered), self.acceptance(dice, data_set)),
            7 => {
                let guardian = self.some(dice);
                (owner, Call::SetGuardian { data_set, guardian })
            }
            _ => {
                let size = u64::from(dice.below(100));
                let by = Self::caller(dice, self.admins(data_set));
                (by, Call::SetContent { data_set, size })
            }
        }
    }

    /// Taking a data set over as it is, and now and then as it is not.
    fn acceptance(&self, dice: &mut Dice, data_set: u64) -> Call {
        let there = self.data_set(data_set).is_some();
        let mut seen = if there {
            self.seen(data_set)
        } else {
            Seen::default()
        };
        if dice.once_in(6) {
            match dice.below(7) {
                0 => seen.keep = !seen.keep,
                1 => seen.generation += 1,
                2 => seen.policy_version += 1,
                3 => seen.terms += 1,
                4 => seen.frozen = !seen.frozen,
                5 => seen.max_delay += 1,
                _ => seen.max_delay = seen.max_delay.saturating_sub(1),
            }
        }
        Call::AcceptDataSet { data_set, seen }
    }

    pub(super) fn draw_group(&self, dice: &mut Dice) -> (Who, Call) {
        let groups = self.groups.len() as u32;
        if groups < 3 && dice.once_in(2) {
            return (dice.pick(&CALLERS), Call::CreateGroup);
        }
        let one_more = u32::from(dice.once_in(8));
        let group = u64::from(1 + dice.below(groups + one_more));
        let by = Self::caller(dice, self.group(group).map(|(owner, _)| *owner));
        let members = (0..dice.below(4)).map(|_| self.anybody(dice)).collect();
        let members = Members { group, members };
        let call = if dice.once_in(3) {
            Call::RemoveMembers(members)
        } else {
            Call::AddMembers(members)
        };
        (by, call)
    }
}
