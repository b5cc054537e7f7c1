//! The decision as slowly and plainly as it can be said.

use super::cast::Who;
use super::library::{Grant, Library};
use super::terms::{ADMIN, GRANT, Part, Plan, Rule};

/// The most grants of a chain.
const CHAIN: usize = 8;

/// A question about a data set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) data_set: u64,
    pub(super) subject: Who,
    /// A mask of one action.
    pub(super) action: u8,
    pub(super) part: Part,
    pub(super) now: i64,
}

impl Library {
    /// Whether somebody may, and the grant that it comes by.
    pub(super) fn may(&self, asked: Asked) -> Option<Option<u64>> {
        self.may_by(asked, |_| true)
    }

    /// What somebody may use it by: rather a grant of which as many uses are left; for none, one of which nobody counts them.
    pub(super) fn entitled(&self, asked: Asked, uses: u64) -> Option<Option<u64>> {
        let enough = |left: u64| uses > 0 && left >= uses;
        let bears = |own: &Grant| {
            self.chain(own).iter().all(|grant| {
                let level = grant.bucket.map(|bucket| bucket.level(asked.now));
                grant.uses.is_none_or(enough) && level.is_none_or(enough)
            })
        };
        self.may_by(asked, bears)
    }

    /// Whether somebody may, rather by some of its grants than by others.
    fn may_by(&self, asked: Asked, by: impl Fn(&Grant) -> bool) -> Option<Option<u64>> {
        let head = self.data_set(asked.data_set)?;
        if head.is_frozen() {
            return None;
        }
        if asked.subject == head.owner {
            return Some(None);
        }
        let rule = self.narrowest(asked);
        let holds = |plan: &Plan| self.number(plan, asked) == 2;
        if !rule.and_then(|rule| rule.requires.as_ref()).is_none_or(holds) {
            return None;
        }
        let sealed = rule.filter(|rule| rule.sealed).map(|rule| rule.part);
        let within = |part: Part, own: &Grant| self.chain(own).iter().all(|grant| part.covers(grant.part));
        let counts =
            |grant: &&Grant| sealed.is_none_or(|part| within(part, grant)) && self.counts(grant, asked);
        let own = || self.held(asked.data_set, asked.subject).filter(counts);
        if let Some(grant) = own().find(|grant| by(grant)).or_else(|| own().next()) {
            return Some(Some(grant.id));
        }
        rule.and_then(|rule| rule.opens.as_ref())
            .is_some_and(holds)
            .then_some(None)
    }

    /// The rule that decides.
    pub(super) fn narrowest(&self, asked: Asked) -> Option<&Rule> {
        let about = |rule: &&Rule| {
            super::terms::closed(rule.actions).unwrap() & asked.action != 0 && rule.part.covers(asked.part)
        };
        let mut rules: Vec<&Rule> = self
            .data_set(asked.data_set)?
            .rules
            .iter()
            .filter(about)
            .collect();
        rules.sort_by_key(|rule| rule.part.0.len());
        rules.pop()
    }

    /// Whether somebody administers a whole data set by a grant.
    pub(super) fn administers(&self, data_set: u64, subject: Who) -> bool {
        let (action, part, now) = (ADMIN, Part::ALL, self.epoch);
        let asked = Asked {
            data_set,
            subject,
            action,
            part,
            now,
        };
        self.held(data_set, subject)
            .any(|grant| self.counts(grant, asked))
    }

    /// Whether a grant counts for this, with all above it.
    pub(super) fn counts(&self, own: &Grant, asked: Asked) -> bool {
        let chain = self.chain(own);
        let accepted = self.accepted_by(asked.data_set, asked.subject);
        let whole = chain[chain.len() - 1].above.is_none() && chain.len() <= CHAIN;
        let each = chain.iter().all(|grant| {
            let gives_on = grant.id == own.id || grant.actions & GRANT != 0;
            gives_on
                && grant.actions & asked.action != 0
                && grant.part.covers(asked.part)
                && self.is_alive(grant, asked.now)
        });
        whole && each && accepted >= own.terms
    }

    /// The grant that somebody bought last by a plan, if it is there.
    pub(super) fn bought(&self, plan: u64, asked: Asked) -> Option<&Grant> {
        let bought = self.purchases.get(&(plan, asked.subject))?;
        self.grant(asked.data_set, asked.subject, bought.grant)
    }

    pub(super) fn is_alive(&self, grant: &Grant, now: i64) -> bool {
        let head = self.data_set(grant.data_set).expect("its data set");
        !grant.revoked
            && grant.generation == head.generation
            && (grant.start..grant.end.unwrap_or(i64::MAX)).contains(&now)
            && now >= grant.suspended_until
            && grant.uses != Some(0)
            && grant.bucket.is_none_or(|bucket| bucket.level(now) > 0)
    }

    /// 0 for false, 1 for not known, 2 for true. Of several, the one that as many as are needed reach.
    pub(super) fn number(&self, plan: &Plan, asked: Asked) -> u8 {
        let known = |holds: bool| 2 * u8::from(holds);
        match plan {
            Plan::Group(group) => known(
                self.group(*group)
                    .is_some_and(|(_, members)| members.contains(&asked.subject)),
            ),
            Plan::Window(start, end) => known((*start..end.unwrap_or(i64::MAX)).contains(&asked.now)),
            Plan::Is(named) => known(named.who == asked.subject),
            Plan::Accepted => {
                let required = self.data_set(asked.data_set).expect("a data set").required;
                let accepted = self.accepted_by(asked.data_set, asked.subject);
                known(required > 0 && accepted >= required)
            }
            Plan::Listed(_) => 1,
            Plan::Paid(plan) => known(self.bought(*plan, asked).is_some_and(|grant| {
                let accepted = self.accepted_by(asked.data_set, asked.subject);
                self.is_alive(grant, asked.now) && accepted >= grant.terms
            })),
            Plan::Not(inner) => 2 - self.number(inner, asked),
            Plan::Of(needed, inner) => {
                let mut numbers: Vec<u8> = inner.iter().map(|plan| self.number(plan, asked)).collect();
                numbers.sort_unstable();
                numbers[inner.len() - usize::from(*needed)]
            }
        }
    }
}
