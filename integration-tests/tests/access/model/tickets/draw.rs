//! Tickets: taken for what somebody has, and cleared away.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::decision::Asked;
use super::super::library::{Grant, Library};
use super::super::operation::Call;
use super::super::terms::{Part, READ};
use super::{Ticketing, Wanted};

impl Library {
    /// Any call that has to do with tickets.
    pub(in super::super) fn draw_ticket(&self, dice: &mut Dice) -> (Who, Call) {
        if dice.once_in(5) {
            let some = u64::from(1 + dice.below(3));
            let limit = dice.weighted(&[(8, 200), (4, some), (1, 0), (1, 201)]);
            return (dice.pick(&CALLERS), Call::Ticket(Ticketing::Prune { limit }));
        }
        if let Some(data_set) = self.used_up_for_tickets().filter(|_| dice.once_in(3)) {
            let limit = 200;
            return (dice.pick(&CALLERS), Call::Prune { data_set, limit });
        }
        let (by, asked) = self.draw_asked(dice);
        let all = self.uses_left(asked).unwrap_or(1);
        let soon = u64::from(1 + dice.below(40));
        let wanted = Wanted {
            data_set: asked.data_set,
            part: asked.part,
            action: asked.action,
            ttl: dice.weighted(&[(12, soon), (6, 2_880), (1, 0), (1, 2_881)]),
            uses: dice.weighted(&[(4, 0), (6, 1), (2, 2), (4, all)]),
        };
        (by, Call::Ticket(Ticketing::Issue(wanted)))
    }

    /// A data set in which a grant is used up by tickets that still count: nobody may clear it away.
    fn used_up_for_tickets(&self) -> Option<u64> {
        let counting = self.tickets.kept.values();
        let counting = counting.filter(|ticket| self.epoch < ticket.expires);
        let counted: Vec<u64> = counting.flat_map(|ticket| ticket.counted.clone()).collect();
        let used_up = |grant: &&Grant| grant.uses == Some(0) && counted.contains(&grant.id);
        self.grants.iter().find(used_up).map(|grant| grant.data_set)
    }

    /// How many uses are left of the grant that an answer comes by, and of those above it.
    fn uses_left(&self, asked: Asked) -> Option<u64> {
        let own = self.grant(asked.data_set, asked.subject, self.may(asked)??)?;
        self.chain(own).iter().filter_map(|grant| grant.uses).min()
    }

    /// Mostly what somebody has a grant for; what a rule opens once in a while.
    fn draw_asked(&self, dice: &mut Dice) -> (Who, Asked) {
        let open = self.opened();
        if dice.once_in(3) && !open.is_empty() {
            let asked = dice.pick(&open);
            return (asked.subject, asked);
        }
        let (subject, call) = self.draw_consume(dice);
        let Call::ConsumeAccess {
            data_set,
            part,
            action,
            ..
        } = call
        else {
            unreachable!("a use is drawn")
        };
        let now = self.epoch;
        let asked = Asked {
            data_set,
            subject,
            action,
            part,
            now,
        };
        (subject, asked)
    }

    /// What rules let callers read without a grant.
    fn opened(&self) -> Vec<Asked> {
        let (numbers, action, now) = (1..=self.data_sets.len() as u64, READ, self.epoch);
        let all = numbers.flat_map(|data_set| Part::GOOD.map(|part| (data_set, part)));
        let all = all.flat_map(|(data_set, part)| {
            CALLERS.map(|subject| Asked {
                data_set,
                subject,
                action,
                part,
                now,
            })
        });
        let owns = |asked: &Asked| self.owner(asked.data_set) == Some(asked.subject);
        all.filter(|asked| self.may(*asked) == Some(None) && !owns(asked))
            .collect()
    }
}
