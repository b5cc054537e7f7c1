//! Grants: given, given on, taken back, used.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::library::{Grant, Library};
use super::super::operation::{At, Call, Given};
use super::super::terms::{GRANT, READ, Terms};

impl Library {
    pub(super) fn draw_terms_of_grant(&self, dice: &mut Dice) -> Terms {
        let now = self.epoch;
        let soon = |dice: &mut Dice| now + i64::from(dice.below(14)) - 1;
        Terms {
            actions: Self::mask(dice),
            part: Self::part(dice),
            start: dice.once_in(4).then(|| soon(dice)),
            end: dice.once_in(3).then(|| soon(dice) + i64::from(dice.below(30))),
            uses: dice.once_in(4).then(|| u64::from(dice.below(4))),
            rate: dice
                .once_in(5)
                .then(|| (u64::from(dice.below(3)), 1, u64::from(1 + dice.below(5)))),
            revocable: !dice.once_in(8),
            terms: u64::from(dice.below(2) * dice.below(2)),
        }
    }

    pub(super) fn draw_given(&self, dice: &mut Dice, many: u32) -> (Who, Given) {
        let data_set = self.some_data_set(dice);
        let by = Self::caller(dice, self.admins(data_set));
        let subjects = (0..many).map(|_| self.anybody(dice)).collect();
        let (mut terms, from) = (self.draw_terms_of_grant(dice), None);
        if !dice.once_in(8) {
            let last = self.data_set(data_set).map_or(0, |head| head.terms);
            terms.terms = terms.terms.min(last);
        }
        (
            by,
            Given {
                data_set,
                subjects,
                terms,
                from,
            },
        )
    }

    pub(in super::super) fn draw_grant(&self, dice: &mut Dice) -> (Who, Call) {
        let (by, given) = self.draw_given(dice, 1);
        (by, Call::Grant(given))
    }

    /// Few, or somebody more often than anybody can be given something.
    pub(super) fn draw_grant_many(&self, dice: &mut Dice) -> (Who, Call) {
        let many = dice.below(4);
        let (by, mut given) = self.draw_given(dice, many);
        if let Some(first) = given.subjects.first().copied().filter(|_| dice.once_in(4)) {
            given.subjects = vec![first; 10];
        }
        (by, Call::GrantMany(given))
    }

    pub(in super::super) fn draw_give_on(&self, dice: &mut Dice) -> (Who, Call) {
        let given_on: Vec<&Grant> = self
            .grants
            .iter()
            .filter(|grant| grant.actions & GRANT != 0)
            .collect();
        if given_on.is_empty() {
            return self.draw_grant(dice);
        }
        let above = dice.pick(&given_on);
        let (_, mut given) = self.draw_given(dice, 1);
        given.data_set = above.data_set;
        given.from = Some(above.id);
        if !dice.once_in(4) {
            given.terms.actions = dice.pick(&[above.actions, above.actions, READ | GRANT]);
            given.terms.part = above.part;
            given.terms.start = None;
            // For longer than the one above, once in a while.
            given.terms.end = above.end.filter(|_| dice.once_in(4)).map(|end| end + 1);
            given.terms.uses = above.uses;
        }
        (Self::caller(dice, [above.subject]), Call::Grant(given))
    }

    /// A grant, and somebody above it.
    pub(in super::super) fn draw_at(&self, dice: &mut Dice) -> (Who, At) {
        if self.grants.is_empty() || dice.once_in(20) {
            let (data_set, subject) = (self.some_data_set(dice), self.anybody(dice));
            let grant = self.next_grant;
            return (
                dice.pick(&CALLERS),
                At {
                    data_set,
                    subject,
                    grant,
                },
            );
        }
        let grant = dice.pick(&self.grants);
        self.draw_at_of(dice, &grant)
    }

    fn draw_at_of(&self, dice: &mut Dice, grant: &Grant) -> (Who, At) {
        let above = grant.above.map(|(who, _)| who);
        let able = self.admins(grant.data_set).into_iter().chain(above);
        let by = Self::caller(dice, able.chain([grant.subject]));
        let subject = self.name(dice, grant.subject);
        let at = At {
            data_set: grant.data_set,
            subject,
            grant: grant.id,
        };
        (by, at)
    }

    pub(super) fn draw_revoke(&self, dice: &mut Dice) -> (Who, Call) {
        let (by, at) = self.draw_at(dice);
        if dice.once_in(8) {
            let by = Self::caller(dice, self.owner(at.data_set));
            let data_set = at.data_set;
            return (by, Call::RevokeAll { data_set });
        }
        (by, Call::Revoke(at))
    }

    pub(super) fn draw_renounce(&self, dice: &mut Dice) -> (Who, Call) {
        let (_, at) = self.draw_at(dice);
        let by = Self::caller(dice, [at.subject.who]);
        let (data_set, grant) = (at.data_set, at.grant);
        (by, Call::Renounce { data_set, grant })
    }

    pub(super) fn draw_suspend(&self, dice: &mut Dice) -> (Who, Call) {
        let rests = |grant: &&Grant| self.epoch < grant.suspended_until;
        let resting: Vec<&Grant> = self.grants.iter().filter(rests).collect();
        let (by, at) = if resting.is_empty() || dice.once_in(2) {
            self.draw_at(dice)
        } else {
            let grant = dice.pick(&resting);
            self.draw_at_of(dice, grant)
        };
        let guardian = self.data_set(at.data_set).and_then(|head| head.guardian);
        let able = guardian.into_iter().chain(self.admins(at.data_set)).chain([by]);
        let by = Self::caller(dice, able);
        let longest = dice.weighted(&[(3, 12), (1, 80)]);
        let until = self.epoch + i64::from(dice.below(longest)) - 2;
        (by, Call::Suspend { at, until })
    }

    pub(super) fn draw_prune(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let limit = dice.weighted(&[(8, 200), (1, 0), (1, 201)]);
        (dice.pick(&CALLERS), Call::Prune { data_set, limit })
    }

    /// Mostly by a subject, where its grant is for; often by one to whom it was given on.
    pub(in super::super) fn draw_consume(&self, dice: &mut Dice) -> (Who, Call) {
        let uses = u64::from(1 + dice.below(2)) * u64::from(!dice.once_in(12));
        let given_on = dice.once_in(2) && self.grants.iter().any(|grant| grant.above.is_some());
        let alive = |grant: &&Grant| !self.is_dead_for_good(grant) && (!given_on || grant.above.is_some());
        let grants: Vec<&Grant> = self.grants.iter().filter(alive).collect();
        if grants.is_empty() || dice.once_in(4) {
            let data_set = self.some_data_set(dice);
            let action = dice.weighted(&[(8, READ), (2, 1), (1, GRANT), (1, READ | 1), (1, 32)]);
            let call = Call::ConsumeAccess {
                data_set,
                part: Self::part(dice),
                action,
                uses,
            };
            return (dice.pick(&CALLERS), call);
        }
        let grant = dice.pick(&grants);
        let call = Call::ConsumeAccess {
            data_set: grant.data_set,
            part: grant.part,
            action: 1 << (7 - (grant.actions & 7).max(1).leading_zeros()),
            uses,
        };
        (Self::caller(dice, [grant.subject]), call)
    }
}
