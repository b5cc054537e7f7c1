//! The decision once more, as slowly and plainly as it can be said: no list is walked twice in one function, nothing is
//! skipped, numbers stand for truth.

use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::bucket::Bucket;
use holdfast_policies::access::decision::{Reason, Rule};
use holdfast_policies::access::grant::{Dead, Grant};
use holdfast_policies::access::policy::{Leaf, Node, Policy, Verdict};
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
    let rule = narrowest(world, part, action);
    let holds = |policy: &Policy| number(world, &tree(policy), subject, now) == 2;
    if let Some(required) = rule.and_then(|rule| rule.requires.as_ref())
        && !holds(required)
    {
        return false;
    }
    let granted = !counting(world, part, subject, action, now).is_empty();
    granted || rule.and_then(|rule| rule.opens.as_ref()).is_some_and(holds)
}

/// The grants by which somebody may.
fn counting<'a>(world: &'a World, part: &Scope, subject: u64, action: Action, now: i64) -> Vec<&'a Grant> {
    let sealed = narrowest(world, part, action).filter(|rule| rule.sealed);
    let own = world.grants.iter().filter(|(of, grant)| {
        *of == subject
            && sealed.is_none_or(|rule| world.parts(grant.id).all(|part| covers(&rule.scope, part)))
            && world.accepted[subject as usize] >= grant.terms
            && good(world, grant, part, action, now, 1)
    });
    own.map(|(_, grant)| grant).collect()
}

/// Those of them that bear as many uses, with all above them; for none, those whose uses nobody counts.
pub fn bearing(
    world: &World,
    (part, subject, action, now): (&Scope, u64, Action, i64),
    uses: u64,
) -> Vec<u64> {
    let bears = |id: &u64| {
        let (_, grant) = world.grant(*id).expect("a grant of a whole chain");
        let left = [grant.uses, grant.bucket.map(|bucket| level(&bucket, now))];
        left.iter().flatten().all(|left| uses > 0 && *left >= uses)
    };
    let counting = counting(world, part, subject, action, now)
        .into_iter()
        .map(|grant| grant.id);
    counting.filter(|id| world.chain(*id).iter().all(bears)).collect()
}

/// Whether a grant and all above it are good for this.
fn good(world: &World, grant: &Grant, part: &Scope, action: Action, now: i64, length: usize) -> bool {
    let own = !grant.revoked
        && grant.generation == world.generation
        && inside(grant.span, now)
        && now >= grant.suspended_until
        && grant.uses != Some(0)
        && grant.bucket.is_none_or(|bucket| level(&bucket, now) > 0)
        && allows(grant, part, action);
    let above = match grant.parent {
        None => true,
        Some(parent) => world.grant(parent.id).is_some_and(|(_, above)| {
            above.actions.bits() & (1 << Action::Grant as u8) != 0
                && good(world, above, part, action, now, length + 1)
        }),
    };
    own && above && length <= 8
}

/// What is in a bucket, one refill after the other.
fn level(bucket: &Bucket, now: i64) -> u64 {
    let mut level = bucket.level;
    let mut refill = bucket.since + bucket.per as i64;
    while refill <= now {
        level = (level + bucket.refill).min(bucket.capacity);
        refill += bucket.per as i64;
    }
    level
}

/// The narrowest rule about this.
fn narrowest<'a>(world: &'a World, part: &Scope, action: Action) -> Option<&'a Rule> {
    let about =
        |actions: Actions, scope: &Scope| actions.bits() & (1 << action as u8) != 0 && covers(scope, part);
    let mut rules: Vec<&Rule> = Vec::new();
    for (actions, rule) in &world.rules {
        if about(*actions, &rule.scope) {
            rules.push(rule);
        }
    }
    rules.sort_by_key(|rule| length(&rule.scope));
    rules.pop()
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
        (Scope::Cid(outer), Scope::Cid(part)) => outer.last() == part.last(),
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

/// What is wrong with the reason that is given; none if it is as it says.
pub fn belies(world: &World, asked: (&Scope, u64, Action, i64), reason: Reason) -> Option<&'static str> {
    let (part, subject, action, now) = asked;
    let of = |id: u64| world.grant(id).map(|(of, grant)| (*of, grant));
    let own = |id: u64| of(id).filter(|(of, grant)| *of == subject && allows(grant, part, action));
    let judged = |policy: Option<&Policy>, verdict: Verdict| {
        let Some(policy) = policy else {
            return Some("there is no such policy");
        };
        let truth = number(world, &tree(policy), subject, now);
        let told = match verdict.truth {
            Truth::False => 0,
            Truth::Unknown => 1,
            Truth::True => 2,
        };
        let decided = matches!(policy.nodes().get(verdict.node), Some(Node::Leaf(_)));
        (truth != told || !decided).then_some("the policy comes to something else")
    };
    let rule = narrowest(world, part, action);
    let wrong = |wrong: bool, why| wrong.then_some(why);
    match reason {
        Reason::Owner => wrong(subject != world.owner, "it is not the owner"),
        Reason::Frozen => wrong(!world.frozen, "it is not frozen"),
        Reason::Opened => wrong(
            rule.and_then(|rule| rule.opens.as_ref()).is_none(),
            "nothing opens",
        ),
        Reason::Required(verdict) => judged(rule.and_then(|rule| rule.requires.as_ref()), verdict),
        Reason::Closed(verdict) => judged(rule.and_then(|rule| rule.opens.as_ref()), verdict),
        Reason::Granted { grant } => {
            let good = own(grant).is_some_and(|(_, grant)| good(world, grant, part, action, now, 1));
            wrong(!good, "the grant is not good")
        }
        Reason::Dead { grant, at, why } => {
            let dead = own(grant).is_some() && world.chain(grant).contains(&at);
            let dead = dead && of(at).is_some_and(|(_, at)| is_dead(world, at, why, now));
            wrong(!dead, "the grant does not end so")
        }
        Reason::Orphaned { grant } => {
            let chain = world.chain(grant);
            let whole = chain.len() <= 8 && chain.iter().all(|id| of(*id).is_some());
            wrong(own(grant).is_none() || whole, "all of the chain is there")
        }
        Reason::Narrowed { grant, at } => {
            let narrow = own(grant).is_some() && at != grant && world.chain(grant).contains(&at);
            let gives_on = |above: &Grant| above.actions.bits() & (1 << Action::Grant as u8) != 0;
            let narrow = narrow && of(at).is_some_and(|(_, at)| !gives_on(at) || !allows(at, part, action));
            wrong(!narrow, "the one above is wide enough")
        }
        Reason::Terms { grant, version } => {
            let asks = own(grant).is_some_and(|(_, grant)| grant.terms == version);
            wrong(
                !asks || world.accepted[subject as usize] >= version,
                "the terms are accepted",
            )
        }
        Reason::Sealed { grant } => {
            let larger = |rule: &Rule| {
                own(grant).is_some() && world.parts(grant).any(|part| !covers(&rule.scope, part))
            };
            wrong(
                !rule.is_some_and(|rule| rule.sealed && larger(rule)),
                "nothing is sealed against it",
            )
        }
        Reason::Nothing => {
            let held = world
                .grants
                .iter()
                .any(|(of, grant)| *of == subject && allows(grant, part, action));
            wrong(
                held || rule.is_some_and(|rule| rule.opens.is_some()),
                "there is something",
            )
        }
    }
}

fn allows(grant: &Grant, part: &Scope, action: Action) -> bool {
    grant.actions.bits() & (1 << action as u8) != 0 && covers(&grant.scope, part)
}

/// Whether a grant does not count for this reason.
fn is_dead(world: &World, grant: &Grant, why: Dead, now: i64) -> bool {
    match why {
        Dead::Revoked => grant.revoked,
        Dead::Generation => grant.generation != world.generation,
        Dead::NotYet => now < grant.span.start,
        Dead::Over => grant.span.end.is_some_and(|end| end <= now),
        Dead::Suspended => now < grant.suspended_until,
        Dead::UsedUp => grant.uses == Some(0),
        Dead::Throttled => grant.bucket.is_some_and(|bucket| level(&bucket, now) == 0),
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
