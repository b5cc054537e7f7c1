//! What is wrong with a rule.

use super::refusals::{INVALID_SCOPE, NO_GROUP, NOBODY, Search};
use super::terms::{Plan, Rule};

const INVALID_POLICY: u32 = 81;
const EMPTY_RULE: u32 = 84;
const NO_PLAN: u32 = 95;
const OTHER_PLAN: u32 = 158;

impl Search<'_> {
    /// Wherever it is.
    pub(super) fn rule(&mut self, rule: &Rule) {
        self.add(!rule.part.is_good(), INVALID_SCOPE);
        self.mask(rule.actions);
        let plans: Vec<&Plan> = rule.requires.iter().chain(&rule.opens).collect();
        self.add(plans.is_empty() && !rule.sealed, EMPTY_RULE);
        for plan in plans {
            self.add(!plan.is_good(), INVALID_POLICY);
            let named = plan.named();
            self.add(named.iter().any(|named| !self.library.exists(named.who)), NOBODY);
        }
    }

    /// In a data set that is there.
    pub(super) fn rule_of(&mut self, rule: &Rule, data_set: u64) {
        let policies = [&rule.requires, &rule.opens].into_iter().flatten();
        policies
            .flat_map(Plan::leaves)
            .for_each(|leaf| self.named(leaf, data_set));
    }

    /// A rule asks only for groups that are there, and for plans of its data set.
    fn named(&mut self, leaf: &Plan, data_set: u64) {
        match leaf {
            Plan::Group(group) => self.add(self.library.group(*group).is_none(), NO_GROUP),
            Plan::Paid(number) => {
                let plan = self.library.plan_of(*number);
                self.add(plan.is_none(), NO_PLAN);
                let other = plan.is_some_and(|plan| plan.offer.data_set != data_set);
                self.add(other, OTHER_PLAN);
            }
            _ => {}
        }
    }
}
