//! Delays: set, and what they hold up announced, made and cancelled.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::library::Library;
use super::super::operation::Call;
use super::rule::power;
use super::{Announced, Announcement, Delaying, Operation, Power, What};

/// Nobody waits for longer.
const PATIENCE: i64 = 21_000;

impl Library {
    /// Any call that has to do with delays.
    pub(in super::super) fn draw_delay(&self, dice: &mut Dice) -> (Who, Call) {
        let announced = self.all_announced();
        match dice.below(12) {
            0 | 1 => self.draw_set_delay(dice),
            2 | 3 if !announced.is_empty() => self.draw_cancel(dice),
            2..=5 => self.draw_schedule(dice),
            _ if announced.is_empty() => self.draw_schedule(dice),
            _ => {
                let open = |found: &&Announced| found.window().contains(&self.epoch);
                let open: Vec<&Announced> = announced.iter().copied().filter(open).collect();
                let some = if open.is_empty() || dice.once_in(6) {
                    announced
                } else {
                    open
                };
                let found = dice.pick(&some);
                (found.by, found.call.clone())
            }
        }
    }

    /// Whether something that was announced is over, as it is until something else is announced.
    pub(in super::super) fn is_something_over(&self) -> bool {
        let mut announced = self.all_announced().into_iter();
        announced.any(|found| found.window().end <= self.epoch)
    }

    fn all_announced(&self) -> Vec<&Announced> {
        self.delays.announced.values().flatten().collect()
    }

    fn draw_set_delay(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let by = Self::caller(dice, self.owner(data_set));
        let what = if dice.once_in(3) {
            What::Grant(dice.weighted(&[(2, 1), (4, 2), (2, 4), (3, 8), (3, 16), (1, 3)]))
        } else {
            let any = dice.pick(&Power::ALL);
            What::Power(dice.weighted(&[(4, any), (1, Power::Unfreeze)]))
        };
        let short = i64::from(1 + dice.below(8));
        let length = dice.weighted(&[(12, short), (6, 0), (1, 20_000), (1, -1), (1, 10_512_001)]);
        let call = Delaying::Set {
            data_set,
            what,
            length,
        };
        (by, Call::Delay(call))
    }

    /// Mostly what is held up; where nothing is, a delay.
    fn draw_schedule(&self, dice: &mut Dice) -> (Who, Call) {
        let mut any = (0..40).map(|_| self.draw_any(dice));
        let can_be = |(_, call): &(Who, Call)| {
            let delay = power(call).zip(call.data_set());
            delay.is_some_and(|(power, number)| self.length(number, What::Power(power)) > 0)
        };
        let held_up = any.find(can_be);
        match held_up {
            _ if dice.once_in(10) => {
                let call = self.draw_not_held_up(dice);
                let by = Self::caller(dice, call.data_set().and_then(|number| self.owner(number)));
                (by, self.announcing(dice, call))
            }
            Some((by, call)) => (by, self.announcing(dice, call)),
            None => self.draw_set_delay(dice),
        }
    }

    fn draw_not_held_up(&self, dice: &mut Dice) -> Call {
        let data_set = self.some_data_set(dice);
        if dice.once_in(2) {
            Call::Freeze { data_set }
        } else {
            Call::SetContent { data_set, size: 1 }
        }
    }

    fn announcing(&self, dice: &mut Dice, call: Call) -> Call {
        let elsewhere = dice.once_in(20).then(|| self.some_data_set(dice));
        let later = self.epoch + i64::from(dice.below(20));
        let never = self.epoch + 10_512_001;
        Call::Delay(Delaying::Schedule(Announcement {
            data_set: elsewhere.or(call.data_set()).unwrap_or(1),
            call: Box::new(call),
            at: dice.weighted(&[(10, None), (3, Some(later)), (1, Some(never))]),
            cut: dice.once_in(20),
        }))
    }

    /// What is held up is announced, mostly.
    pub(in super::super) fn announced_first(&self, dice: &mut Dice, (by, call): (Who, Call)) -> (Who, Call) {
        let held_up = self.used_power(&call).zip(call.data_set());
        let new = held_up.is_some_and(|(power, number)| {
            self.length(number, What::Power(power)) > 0 && self.announced(number, by, &call).is_none()
        });
        if new && !dice.once_in(3) {
            return (by, self.announcing(dice, call));
        }
        (by, call)
    }

    fn draw_cancel(&self, dice: &mut Dice) -> (Who, Call) {
        let announced = self.all_announced();
        let (by, call) = if dice.once_in(8) {
            (dice.pick(&CALLERS), self.draw_not_held_up(dice))
        } else {
            let found = dice.pick(&announced);
            (found.by, found.call.clone())
        };
        let number = call.data_set().expect("a data set");
        let head = self.data_set(number);
        let able = head
            .into_iter()
            .flat_map(|head| [Some(head.owner), head.guardian]);
        let able: Vec<Who> = able.flatten().chain([by]).collect();
        let elsewhere = dice.once_in(12).then(|| self.some_data_set(dice));
        let operation = Operation {
            data_set: elsewhere.unwrap_or(number),
            by,
            call: Box::new(call),
        };
        (Self::caller(dice, able), Call::Delay(Delaying::Cancel(operation)))
    }

    /// Until a delay is shorter or what was announced is over, or just before; once in a while.
    pub(in super::super) fn draw_long_wait(&self, dice: &mut Dice) -> Option<u64> {
        let cuts = self.delays.lengths.values().flatten().map(|(from, _)| *from);
        let ends = self.all_announced().into_iter().map(|found| found.window().end);
        let soon = |edge: &i64| (2..PATIENCE).contains(&(edge - self.epoch));
        let edges: Vec<i64> = cuts.chain(ends).filter(soon).collect();
        if edges.is_empty() || !dice.once_in(200) {
            return None;
        }
        let edge = dice.pick(&edges) - i64::from(dice.below(2));
        Some((edge - self.epoch) as u64)
    }
}
