//! Rules, lists and terms.

use holdfast_integration_tests::model::Dice;

use super::super::cast::{CALLERS, Who};
use super::super::library::Library;
use super::super::operation::Call;
use super::super::terms::{Part, Plan, Rule};

impl Library {
    fn plan(&self, dice: &mut Dice, depth: u32) -> Plan {
        let leaf = depth == 0 || dice.once_in(2);
        if leaf {
            let now = self.epoch;
            let soon = |dice: &mut Dice| now + i64::from(dice.below(20)) - 4;
            return match dice.below(8) {
                0 | 1 => Plan::Group(self.some_group(dice)),
                2 => {
                    let start = soon(dice);
                    let lasts = i64::from(dice.below(20));
                    Plan::Window(start, (!dice.once_in(3)).then_some(start + lasts))
                }
                3 => Plan::Is(self.anybody(dice)),
                4 => Plan::Accepted,
                5 | 6 => Plan::Paid(self.draw_sold(dice)),
                _ => Plan::Listed(u64::from(dice.below(2))),
            };
        }
        if dice.once_in(4) {
            return Plan::Not(Box::new(self.plan(dice, depth - 1)));
        }
        let inner: Vec<Plan> = (0..=dice.below(3)).map(|_| self.plan(dice, depth - 1)).collect();
        let needed = 1 + dice.below(inner.len() as u32) as u8;
        Plan::Of(needed, inner)
    }

    /// A group, which mostly is there.
    fn some_group(&self, dice: &mut Dice) -> u64 {
        let groups = self.groups.len() as u32;
        let none = u32::from(groups == 0 || dice.once_in(20));
        u64::from(1 + dice.below(groups + none))
    }

    /// A plan, which mostly is there.
    fn draw_sold(&self, dice: &mut Dice) -> u64 {
        let plans = self.plans.len() as u32;
        let none = u32::from(plans == 0 || dice.once_in(20));
        u64::from(1 + dice.below(plans + none))
    }

    /// A policy, or what is none.
    pub(super) fn draw_plan(&self, dice: &mut Dice) -> Plan {
        match dice.below(25) {
            0 => Plan::Of(1, Vec::new()),
            1 => Plan::Not(Box::new(self.plan(dice, 4))),
            _ => {
                let depth = dice.below(4);
                self.plan(dice, depth)
            }
        }
    }

    pub(super) fn draw_rule(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let by = Self::caller(dice, self.admins(data_set));
        if dice.once_in(7) {
            let (list, root) = (u64::from(dice.below(2)), dice.below(2) as u8);
            return (by, Call::SetAllowList { data_set, list, root });
        }
        let rule = Rule {
            part: Self::part(dice),
            actions: Self::mask(dice),
            requires: dice.once_in(4).then(|| self.draw_plan(dice)),
            opens: dice.once_in(2).then(|| self.draw_plan(dice)),
            sealed: dice.once_in(5),
        };
        (by, Call::SetRule { data_set, rule })
    }

    pub(super) fn draw_remove_rule(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let by = Self::caller(dice, self.admins(data_set));
        let rules = self.data_set(data_set).map(|head| &head.rules[..]);
        let rules: Vec<(Part, u8)> = rules
            .unwrap_or_default()
            .iter()
            .map(|rule| (rule.part, rule.actions))
            .collect();
        let (part, actions) = if rules.is_empty() || dice.once_in(6) {
            (Part::ALL, Self::mask(dice))
        } else {
            dice.pick(&rules)
        };
        (
            by,
            Call::RemoveRule {
                data_set,
                part,
                actions,
            },
        )
    }

    pub(super) fn draw_terms(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let by = Self::caller(dice, self.admins(data_set));
        let (hash, fresh) = (1 + dice.below(3) as u8, dice.once_in(2));
        (
            by,
            Call::SetTerms {
                data_set,
                hash,
                fresh,
            },
        )
    }

    pub(in super::super) fn draw_accept_terms(&self, dice: &mut Dice) -> (Who, Call) {
        let data_set = self.some_data_set(dice);
        let by = dice.pick(&CALLERS);
        let (version, hash) = self
            .data_set(data_set)
            .map_or((1, 1), |head| (head.terms, head.hash));
        let (version, hash) = dice.weighted(&[
            (8, (version, hash)),
            (1, (version + 1, hash)),
            (1, (version, hash + 1)),
        ]);
        (
            by,
            Call::AcceptTerms {
                data_set,
                version,
                hash,
            },
        )
    }
}
