//! Tickets: an answer that is written down, so that others need not ask again. It never outlives what it came from.

use super::action::Action;
use super::decision::{Facts, Request, find, judge};
use super::grant::{Dead, Grant, MAX_CHAIN, Parent};
use super::policy::Policy;
use super::scope::Scope;
use super::truth::Truth;

/// The longest that a ticket counts, epochs: a day of 30 seconds each.
pub const MAX_TTL: u64 = 2_880;

/// What a ticket was issued by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The subject owned the data set.
    Owner,
    /// A grant of the subject.
    Grant(u64),
    /// A policy opened.
    Policy,
}

/// A ticket, as far as it decides something.
#[derive(Clone, Copy, Debug)]
pub struct Ticket<'a> {
    /// For whom.
    pub subject: u64,
    /// Where.
    pub scope: &'a Scope,
    /// What.
    pub action: Action,
    /// What it was issued by.
    pub by: By,
    /// The generation of the data set then.
    pub generation: u64,
    /// The version of the rules then.
    pub policy_version: u64,
    /// The first epoch at which it does not count.
    pub expires: i64,
}

/// Why a ticket does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its time is over.
    Expired,
    /// The data set is frozen.
    Frozen,
    /// All grants of its generation were taken back, and it with them.
    Generation,
    /// The subject owned the data set and does so no longer.
    NotOwner,
    /// The rules changed, and ask for something or open to others.
    Rules,
    /// The rules are the same, and refuse now by what this actor itself knows.
    Refused,
    /// A grant that it came by does not count.
    Dead {
        /// Which.
        at: u64,
        /// Why.
        why: Dead,
    },
    /// A grant that it came by is no longer there.
    Gone {
        /// Which.
        at: u64,
    },
}

/// The first epoch at which a ticket does not count: `ttl` epochs from now, and no later than the answer may change by itself.
pub fn expiry(now: i64, ttl: u64, valid_until: Option<i64>) -> i64 {
    let longest = now.saturating_add(i64::try_from(ttl).unwrap_or(i64::MAX));
    valid_until.map_or(longest, |until| until.min(longest))
}

/// Why a ticket does not count now; none if it does. `policy_version` is that of the rules now.
///
/// Rules are looked at again as far as the facts answer without asking anybody else: only what they refuse for certain ends a
/// ticket, so a balance elsewhere was as it was when the ticket was issued. Uses were counted then, so that those that are left do
/// not matter any more.
///
/// # Errors
/// Those of the facts.
pub fn ended<F: Facts>(
    facts: &mut F,
    ticket: &Ticket<'_>,
    policy_version: u64,
    now: i64,
) -> Result<Option<Ended>, F::Error> {
    if now >= ticket.expires {
        return Ok(Some(Ended::Expired));
    }
    if facts.frozen() {
        return Ok(Some(Ended::Frozen));
    }
    if ticket.generation != facts.generation() {
        return Ok(Some(Ended::Generation));
    }
    let same_rules = ticket.policy_version == policy_version;
    match ticket.by {
        By::Owner => Ok((facts.owner() != ticket.subject).then_some(Ended::NotOwner)),
        By::Policy if !same_rules => Ok(Some(Ended::Rules)),
        By::Policy => {
            let Some(rule) = facts.rule(ticket.scope, ticket.action)? else {
                return Ok(None);
            };
            let required = refused(facts, ticket, rule.requires.as_ref(), now)?;
            if required.is_some() {
                return Ok(required);
            }
            refused(facts, ticket, rule.opens.as_ref(), now)
        }
        By::Grant(id) => {
            let subject = ticket.subject;
            let Some(own) = find(facts, Parent { subject, id })? else {
                return Ok(Some(Ended::Gone { at: id }));
            };
            let rule = facts.rule(ticket.scope, ticket.action)?;
            let changed = rule.as_ref().filter(|_| !same_rules);
            if changed.is_some_and(|rule| rule.requires.is_some()) {
                return Ok(Some(Ended::Rules));
            }
            let sealed = changed.filter(|rule| rule.sealed).map(|rule| &rule.scope);
            if let Some(ended) = chain_ended(facts, (own, sealed), now)? {
                return Ok(Some(ended));
            }
            let requires = rule.as_ref().and_then(|rule| rule.requires.as_ref());
            refused(facts, ticket, requires, now)
        }
    }
}

/// Whether a policy is certain to refuse.
fn refused<F: Facts>(
    facts: &mut F,
    ticket: &Ticket<'_>,
    policy: Option<&Policy>,
    now: i64,
) -> Result<Option<Ended>, F::Error> {
    let Some(policy) = policy else { return Ok(None) };
    let request = Request {
        scope: ticket.scope,
        subject: ticket.subject,
        action: ticket.action,
        now,
        uses: 1,
    };
    let verdict = judge(facts, policy, request, &mut None)?;
    Ok((verdict.truth == Truth::False).then_some(Ended::Refused))
}

/// Why a grant, or one above it, does not count; that a part was sealed to them since is one reason.
fn chain_ended<F: Facts>(
    facts: &mut F,
    (own, sealed): (Grant, Option<&Scope>),
    now: i64,
) -> Result<Option<Ended>, F::Error> {
    let mut current = own;
    for _ in 0..MAX_CHAIN {
        let at = current.id;
        if sealed.is_some_and(|part| !part.covers(&current.scope)) {
            return Ok(Some(Ended::Rules));
        }
        match current.alive(facts.generation(), now) {
            Ok(()) | Err(Dead::UsedUp | Dead::Throttled) => {}
            Err(why) => return Ok(Some(Ended::Dead { at, why })),
        }
        let Some(parent) = current.parent else {
            return Ok(None);
        };
        match find(facts, parent)? {
            Some(above) => current = above,
            None => return Ok(Some(Ended::Gone { at: parent.id })),
        }
    }
    Ok(Some(Ended::Gone { at: current.id }))
}
