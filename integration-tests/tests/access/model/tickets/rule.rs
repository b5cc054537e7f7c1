//! How long a ticket counts, as slowly and plainly as it can be said.

use super::super::decision::Asked;
use super::super::library::{Grant, Library};
use super::super::terms::{Plan, Rule};
use super::{By, Ended, Ticket};

impl Library {
    /// Everything that ends a ticket now; nothing while it counts.
    pub(super) fn ended(&self, ticket: &Ticket) -> Vec<Ended> {
        let head = self.data_set(ticket.wanted.data_set).expect("its data set");
        let other_rules = head.policy_version != ticket.policy_version;
        let mut all = vec![
            (self.epoch >= ticket.expires, Ended::Expired),
            (head.is_frozen(), Ended::Frozen),
            (head.generation != ticket.generation, Ended::Generation),
        ];
        let asked = ticket.wanted.asked(ticket.subject, self.epoch);
        let rule = self.narrowest(asked);
        let refuses = |plan: Option<&Plan>| plan.is_some_and(|plan| self.number_then(plan, asked) == 0);
        match ticket.by {
            By::Owner => all.push((head.owner != ticket.subject, Ended::NotOwner)),
            By::Policy => {
                all.push((other_rules, Ended::Rules));
                let closed = refuses(rule.and_then(|rule| rule.opens.as_ref()));
                let missed = refuses(rule.and_then(|rule| rule.requires.as_ref()));
                all.push((!other_rules && (closed || missed), Ended::Refused));
            }
            By::Grant(id) => match self.grant(ticket.wanted.data_set, ticket.subject, id) {
                None => all.push((true, Ended::Gone(id))),
                Some(own) => {
                    all.push((other_rules && self.asks_more(ticket, own), Ended::Rules));
                    all.extend(self.ended_along(own));
                    let closed = refuses(rule.and_then(|rule| rule.requires.as_ref()));
                    all.push((closed, Ended::Refused));
                }
            },
        }
        let apply = all.into_iter().filter(|(applies, _)| *applies);
        apply.map(|(_, ended)| ended).collect()
    }

    /// As [`Library::number`], but for uses that were paid for: they may have been spent on the ticket itself.
    fn number_then(&self, plan: &Plan, asked: Asked) -> u8 {
        let is_spent = |leaf: &&Plan| match leaf {
            Plan::Paid(plan) => self.bought(*plan, asked).is_some_and(|grant| {
                let full = Grant {
                    uses: None,
                    ..grant.clone()
                };
                grant.uses == Some(0) && self.is_alive(&full, asked.now)
            }),
            _ => false,
        };
        // Nobody is known to be on a list.
        match plan {
            Plan::Not(inner) => 2 - self.number_then(inner, asked),
            Plan::Of(needed, inner) => {
                let mut numbers: Vec<u8> = inner.iter().map(|plan| self.number_then(plan, asked)).collect();
                numbers.sort_unstable();
                numbers[inner.len() - usize::from(*needed)]
            }
            leaf if is_spent(&leaf) => 1,
            leaf => self.number(leaf, asked),
        }
    }

    /// Whether the rule of now asks for something beside the grant, or is sealed against it or one above.
    fn asks_more(&self, ticket: &Ticket, own: &Grant) -> bool {
        let rule = self.narrowest(ticket.wanted.asked(ticket.subject, self.epoch));
        let larger = |rule: &Rule| self.chain(own).iter().any(|grant| !rule.part.covers(grant.part));
        rule.is_some_and(|rule| rule.requires.is_some() || (rule.sealed && larger(rule)))
    }

    /// What of a grant and of all above it ends a ticket. Uses were counted when it was issued.
    fn ended_along(&self, own: &Grant) -> Vec<(bool, Ended)> {
        let (chain, now) = (self.chain(own), self.epoch);
        let mut all = Vec::new();
        for grant in &chain {
            let over = grant.end.is_some_and(|end| end <= now);
            all.push((grant.revoked, Ended::Revoked(grant.id)));
            all.push((now < grant.suspended_until, Ended::Suspended(grant.id)));
            all.push((over, Ended::Over(grant.id)));
        }
        let gone = chain[chain.len() - 1].above;
        all.extend(gone.map(|(_, above)| (true, Ended::Gone(above))));
        all
    }

    /// The first epoch at which a yes, by a grant or by a rule, may be another answer although nobody changes anything, as far
    /// as anything was asked for it.
    pub(in super::super) fn holds_until(&self, asked: Asked, by: Option<u64>) -> Option<i64> {
        let head = self.data_set(asked.data_set).expect("a data set");
        if head.owner == asked.subject {
            return None;
        }
        let rule = self.narrowest(asked);
        let edges = |plan: Option<&Plan>| plan.map_or_else(Vec::new, |plan| self.edges(plan, asked));
        let mut ends = edges(rule.and_then(|rule| rule.requires.as_ref()));
        match by {
            None => ends.extend(edges(rule.and_then(|rule| rule.opens.as_ref()))),
            Some(id) => {
                let own = self.grant(asked.data_set, asked.subject, id).expect("its grant");
                ends.extend(self.chain(own).iter().filter_map(|grant| grant.end));
            }
        }
        ends.into_iter().min()
    }

    /// When a grant ends that counts, or begins to count that does not; none if it never does.
    fn turn(&self, grant: &Grant, now: i64) -> Option<i64> {
        let head = self.data_set(grant.data_set).expect("its data set");
        let over = grant.end.is_some_and(|end| end <= now);
        if self.is_alive(grant, now) {
            grant.end
        } else if grant.revoked || grant.generation != head.generation || over {
            None
        } else {
            let begins = grant.start.max(grant.suspended_until);
            (now < begins).then_some(if now < grant.start { grant.start } else { begins })
        }
    }

    /// When the windows of a policy open or close next. Its nodes are asked one after the other, as long as it matters what
    /// they answer.
    fn edges(&self, plan: &Plan, asked: Asked) -> Vec<i64> {
        match plan {
            Plan::Window(start, _) if asked.now < *start => vec![*start],
            Plan::Window(_, end) => end.filter(|end| asked.now < *end).into_iter().collect(),
            Plan::Paid(plan) => self
                .bought(*plan, asked)
                .filter(|grant| {
                    !self.is_alive(grant, asked.now) || self.number(&Plan::Paid(*plan), asked) > 0
                })
                .and_then(|grant| self.turn(grant, asked.now))
                .into_iter()
                .collect(),
            Plan::Not(inner) => self.edges(inner, asked),
            Plan::Of(needed, inner) => {
                let matters = |n: &usize| {
                    let before: Vec<u8> = inner[..*n].iter().map(|plan| self.number(plan, asked)).collect();
                    let of = |answer: u8| before.iter().filter(|number| **number == answer).count();
                    let needed = usize::from(*needed);
                    of(2) < needed && inner.len() - of(0) >= needed
                };
                let asked_for = (0..inner.len()).filter(matters);
                asked_for.flat_map(|n| self.edges(&inner[n], asked)).collect()
            }
            _ => Vec::new(),
        }
    }
}
