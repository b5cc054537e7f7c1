//! The decision once more, as slowly and plainly as it can be said: no list is walked twice in one function, nothing is
//! skipped, numbers stand for truth.

use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::decision::Rule;
use holdfast_policies::access::grant::Grant;
use holdfast_policies::access::policy::{Leaf, Node, Policy};
use holdfast_policies::access::scope::Scope;
use holdfast_policies::access::span::Span;
use holdfast_policies::access::truth::Truth;

use super::world::{Plan, World};

/// Whether a subject may.
pub fn may(world: &World, part: &Scope, subject: u64, action: Action, now: i64) -> bool {
    if world.frozen {
        return false;
    }
    if subject == world.owner {
        return true;
    }
    let about =
        |actions: Actions, scope: &Scope| actions.bits() & (1 << action as u8) != 0 && covers(scope, part);
    let mut rules: Vec<&Rule> = Vec::new();
    for (actions, rule) in &world.rules {
        if about(*actions, &rule.scope) {
            rules.push(rule);
        }
    }
    rules.sort_by_key(|rule| length(&rule.scope));
    let rule = rules.last();
    let holds = |policy: &Policy| number(world, &tree(policy), subject, now) == 2;
    if let Some(required) = rule.and_then(|rule| rule.requires.as_ref())
        && !holds(required)
    {
        return false;
    }
    let sealed = rule.filter(|rule| rule.sealed);
    let granted = world.grants.iter().any(|(of, grant)| {
        *of == subject
            && grant.actions.bits() & (1 << action as u8) != 0
            && sealed.is_none_or(|rule| covers(&rule.scope, &grant.scope))
            && world.accepted[subject as usize] >= grant.terms
            && good(world, grant, part, action, now, 1)
    });
    granted || rule.and_then(|rule| rule.opens.as_ref()).is_some_and(holds)
}

/// Whether a grant and all above it are good for this.
fn good(world: &World, grant: &Grant, part: &Scope, action: Action, now: i64, length: usize) -> bool {
    let own = !grant.revoked
        && grant.generation == world.generation
        && inside(grant.span, now)
        && now >= grant.suspended_until
        && grant.uses != Some(0)
        && grant.bucket.is_none_or(|bucket| {
            let mut level = bucket.level;
            let mut refill = bucket.since + bucket.per as i64;
            while refill <= now {
                level = (level + bucket.refill).min(bucket.capacity);
                refill += bucket.per as i64;
            }
            level > 0
        })
        && grant.actions.bits() & (1 << action as u8) != 0
        && covers(&grant.scope, part);
    let above = match grant.parent {
        None => true,
        Some(parent) => world.grant(parent.id).is_some_and(|(_, above)| {
            above.actions.bits() & (1 << Action::Grant as u8) != 0
                && good(world, above, part, action, now, length + 1)
        }),
    };
    own && above && length <= 8
}

fn inside(span: Span, now: i64) -> bool {
    (span.start..span.end.unwrap_or(i64::MAX)).contains(&now)
}

fn covers(outer: &Scope, part: &Scope) -> bool {
    match (outer, part) {
        (Scope::All, _) => true,
        (Scope::Path(outer), Scope::Path(part)) => {
            let (outer, part): (Vec<_>, Vec<_>) = (outer.split('/').collect(), part.split('/').collect());
            part.len() >= outer.len() && part[..outer.len()] == outer[..]
        }
        (Scope::Cid(outer), Scope::Cid(part)) => outer == part,
        _ => false,
    }
}

fn length(scope: &Scope) -> usize {
    match scope {
        Scope::All => 0,
        Scope::Path(path) => path.len(),
        Scope::Cid(_) => 1_000,
    }
}

/// The tree that a policy's list stands for.
pub fn tree(policy: &Policy) -> Plan {
    let mut nodes = policy.nodes().iter();
    let tree = next(&mut nodes);
    assert!(nodes.next().is_none(), "nothing is left");
    tree
}

fn next<'a>(nodes: &mut impl Iterator<Item = &'a Node>) -> Plan {
    match nodes.next().expect("a node") {
        Node::And(of) => Plan::Of(usize::from(*of), (0..*of).map(|_| next(nodes)).collect()),
        Node::Or(of) => Plan::Of(1, (0..*of).map(|_| next(nodes)).collect()),
        Node::AtLeast { needed, of } => {
            Plan::Of(usize::from(*needed), (0..*of).map(|_| next(nodes)).collect())
        }
        Node::Not => Plan::Not(Box::new(next(nodes))),
        Node::Leaf(Leaf::InGroup { group }) => Plan::Group(*group),
        Node::Leaf(Leaf::TimeWindow(span)) => Plan::Window(*span),
        Node::Leaf(Leaf::Caller { actor }) => Plan::Caller(*actor),
        Node::Leaf(other) => panic!("not in these worlds: {other:?}"),
    }
}

/// 0 for false, 1 for unknown, 2 for true. Of several, the one that as many as are needed reach.
pub fn number(world: &World, plan: &Plan, subject: u64, now: i64) -> u8 {
    match plan {
        Plan::Group(group) => match world.answer(&Leaf::InGroup { group: *group }, subject) {
            Truth::False => 0,
            Truth::Unknown => 1,
            Truth::True => 2,
        },
        Plan::Window(span) => 2 * u8::from(inside(*span, now)),
        Plan::Caller(actor) => 2 * u8::from(*actor == subject),
        Plan::Not(inner) => 2 - number(world, inner, subject, now),
        Plan::Of(needed, inner) => {
            let mut numbers: Vec<u8> = inner
                .iter()
                .map(|plan| number(world, plan, subject, now))
                .collect();
            numbers.sort_unstable();
            numbers[inner.len() - needed]
        }
    }
}
