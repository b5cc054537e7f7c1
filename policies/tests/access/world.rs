//! Random data sets: few people, few folders, few epochs, so that everything meets everything.

use std::convert::Infallible;

use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::bucket::Bucket;
use holdfast_policies::access::decision::{Answer, Facts, Rule, narrowest};
use holdfast_policies::access::grant::{Grant, Parent};
use holdfast_policies::access::policy::{Leaf, Node, Policy};
use holdfast_policies::access::scope::Scope;
use holdfast_policies::access::span::Span;
use holdfast_policies::access::truth::Truth;
use proptest::prelude::*;

/// No epoch of a world is later.
pub const LAST: i64 = 12;
const PEOPLE: u64 = 5;
const QUESTIONS: u64 = 6;

/// A data set and what others say.
#[derive(Clone, Debug)]
pub struct World {
    pub owner: u64,
    pub generation: u64,
    pub frozen: bool,
    pub rules: Vec<(Actions, Rule)>,
    /// Subject and grant, by rising number.
    pub grants: Vec<(u64, Grant)>,
    pub accepted: Vec<u64>,
    /// What is answered about a group, by group and subject.
    pub answers: Vec<Truth>,
}

impl World {
    pub fn answer(&self, leaf: &Leaf, subject: u64) -> Truth {
        match leaf {
            Leaf::InGroup { group } => self.answers[(group * PEOPLE + subject) as usize],
            other => panic!("not in these worlds: {other:?}"),
        }
    }

    pub fn grant(&self, id: u64) -> Option<&(u64, Grant)> {
        self.grants.iter().find(|(_, grant)| grant.id == id)
    }

    /// Revokes the grant at a place; gives its number.
    pub fn revoke(&mut self, place: usize) -> Option<u64> {
        let (_, grant) = self.grants.get_mut(place)?;
        grant.revoked = true;
        Some(grant.id)
    }

    /// The parts of a grant and of all above it that are there.
    pub fn parts(&self, id: u64) -> impl Iterator<Item = &Scope> {
        let chain = self.chain(id).into_iter();
        chain
            .filter_map(|id| self.grant(id))
            .map(|(_, grant)| &grant.scope)
    }

    /// A grant and all above it.
    pub fn chain(&self, id: u64) -> Vec<u64> {
        let mut chain = vec![id];
        while let Some(parent) = self
            .grant(*chain.last().unwrap())
            .and_then(|(_, grant)| grant.parent)
        {
            chain.push(parent.id);
        }
        chain
    }
}

impl Facts for World {
    type Error = Infallible;

    fn owner(&self) -> u64 {
        self.owner
    }
    fn generation(&self) -> u64 {
        self.generation
    }
    fn frozen(&self) -> bool {
        self.frozen
    }
    fn rule(&mut self, scope: &Scope, action: Action) -> Result<Option<Rule>, Infallible> {
        let rules = self.rules.iter();
        let rules = rules.map(|(actions, rule)| (*actions, rule.scope.clone(), rule));
        Ok(narrowest(rules, scope, action).cloned())
    }
    fn grants(&mut self, subject: u64) -> Result<Vec<Grant>, Infallible> {
        let own = self.grants.iter().filter(|(of, _)| *of == subject);
        Ok(own.map(|(_, grant)| grant.clone()).collect())
    }
    fn accepted(&mut self, subject: u64) -> Result<u64, Infallible> {
        Ok(self.accepted[subject as usize])
    }
    fn ask(&mut self, leaf: &Leaf, subject: u64) -> Result<Answer, Infallible> {
        Ok(self.answer(leaf, subject).into())
    }
}

pub fn scope() -> impl Strategy<Value = Scope> {
    const PATHS: [&str; 6] = ["", "a", "a/b", "a/b/c", "a/bc", "d"];
    let path = prop::sample::select(&PATHS[..]).prop_map(|path| Scope::path(path).unwrap());
    // Two blocks, each by two names.
    const NAMES: [&[u8]; 2] = [&[], &[1, 0x55]];
    let cid = |(block, name): (u8, usize)| [NAMES[name], &[0x12, 0x20], &[block; 32]].concat();
    prop_oneof![8 => path, 1 => (0u8..2, 0usize..2).prop_map(cid).prop_map(Scope::Cid)]
}

pub fn action() -> impl Strategy<Value = Action> {
    prop::sample::select(&Action::ALL[..])
}

fn actions() -> impl Strategy<Value = Actions> {
    (1u8..32).prop_map(|bits| Actions::of_bits(bits).unwrap())
}

pub fn span() -> impl Strategy<Value = Span> {
    (0..LAST, prop::option::weighted(0.6, 0..LAST)).prop_map(|(start, end)| Span {
        start: start / 3,
        end,
    })
}

/// Who asks for what, where and when.
pub fn request() -> impl Strategy<Value = (Scope, u64, Action, i64)> {
    (scope(), 0..PEOPLE, action(), 0..LAST)
}

fn bucket() -> impl Strategy<Value = Bucket> {
    (1u64..4, 1u64..3, 1u64..4, 0u64..4, 0..LAST).prop_map(|(capacity, refill, per, level, since)| Bucket {
        level: level.min(capacity),
        since,
        ..Bucket::full(capacity, refill, per, 0).unwrap()
    })
}

prop_compose! {
    fn grant()(
        subject in 0..PEOPLE,
        above in prop::option::weighted(0.6, 0usize..12),
        actions in actions(),
        delegable in any::<bool>(),
        scope in scope(),
        span in span(),
        uses in prop::option::weighted(0.2, 0u64..3),
        bucket in prop::option::weighted(0.2, bucket()),
        revoked in prop::bool::weighted(0.1),
        suspended_until in prop_oneof![4 => Just(0), 1 => 0..LAST],
        generation in prop_oneof![6 => Just(1u64), 1 => 0u64..3],
        terms in prop_oneof![4 => Just(0u64), 1 => 0u64..3],
    ) -> (u64, Option<usize>, Grant) {
        let actions = if delegable { actions.with(Action::Grant) } else { actions };
        let grant = Grant {
            actions, scope, span, uses, bucket, revocable: true, revoked, suspended_until, generation, terms,
            ..Grant::default()
        };
        (subject, above, grant)
    }
}

/// Grants with parents that came before them; some parents are gone.
fn grants() -> impl Strategy<Value = Vec<(u64, Grant)>> {
    let made = prop::collection::vec((grant(), prop::bool::weighted(0.05)), 0..14);
    made.prop_map(|made| {
        let mut all: Vec<(u64, Grant)> = Vec::new();
        for (place, ((subject, above, grant), _)) in made.iter().enumerate() {
            let parent = above
                .and_then(|above| all.get(above))
                .map(|(subject, above)| Parent {
                    subject: *subject,
                    id: above.id,
                });
            let id = place as u64 + 1;
            all.push((
                *subject,
                Grant {
                    id,
                    parent,
                    ..grant.clone()
                },
            ));
        }
        let kept = all.into_iter().zip(made).filter(|(_, (_, gone))| !gone);
        kept.map(|(grant, _)| grant).collect()
    })
}

/// A policy as a tree, which the reference walks.
#[derive(Clone, Debug)]
pub enum Plan {
    Group(u64),
    Window(Span),
    Caller(u64),
    Not(Box<Plan>),
    Of(usize, Vec<Plan>),
}

impl Plan {
    /// The nodes of the policy.
    pub fn nodes(&self, out: &mut Vec<Node>) {
        match self {
            Self::Group(group) => out.push(Node::Leaf(Leaf::InGroup { group: *group })),
            Self::Window(span) => out.push(Node::Leaf(Leaf::TimeWindow(*span))),
            Self::Caller(actor) => out.push(Node::Leaf(Leaf::Caller { actor: *actor })),
            Self::Not(inner) => {
                out.push(Node::Not);
                inner.nodes(out);
            }
            Self::Of(needed, inner) => {
                let (needed, of) = (*needed as u8, inner.len() as u8);
                out.push(match needed {
                    1 => Node::Or(of),
                    _ if needed == of => Node::And(of),
                    _ => Node::AtLeast { needed, of },
                });
                inner.iter().for_each(|plan| plan.nodes(out));
            }
        }
    }

    pub fn policy(&self) -> Policy {
        let mut nodes = Vec::new();
        self.nodes(&mut nodes);
        Policy::new(nodes).unwrap()
    }
}

/// Trees that are no deeper than a policy may be.
pub fn plan() -> impl Strategy<Value = Plan> {
    let leaf = prop_oneof![
        4 => (0..QUESTIONS).prop_map(Plan::Group),
        1 => span().prop_filter("a window has an epoch", |span| !span.is_empty()).prop_map(Plan::Window),
        1 => (0..PEOPLE).prop_map(Plan::Caller),
    ];
    leaf.prop_recursive(3, 28, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|plan| Plan::Not(Box::new(plan))),
            prop::collection::vec(inner, 1..4)
                .prop_flat_map(|inner| (1..=inner.len(), Just(inner)))
                .prop_map(|(needed, inner)| Plan::Of(needed, inner)),
        ]
    })
}

fn rule() -> impl Strategy<Value = (Actions, Rule)> {
    let policy = || prop::option::of(plan().prop_map(|plan| plan.policy()));
    (actions(), scope(), policy(), policy(), prop::bool::weighted(0.2)).prop_map(
        |(actions, scope, requires, opens, sealed)| {
            (
                actions,
                Rule {
                    scope,
                    requires,
                    opens,
                    sealed,
                },
            )
        },
    )
}

pub fn truth() -> impl Strategy<Value = Truth> {
    prop_oneof![Just(Truth::False), Just(Truth::Unknown), Just(Truth::True)]
}

prop_compose! {
    pub fn world()(
        owner in 0..PEOPLE,
        frozen in prop::bool::weighted(0.05),
        rules in prop::collection::vec(rule(), 0..4),
        grants in grants(),
        accepted in prop::collection::vec(0u64..3, PEOPLE as usize),
        answers in prop::collection::vec(truth(), (PEOPLE * QUESTIONS) as usize),
    ) -> World {
        World { owner, generation: 1, frozen, rules, grants, accepted, answers }
    }
}
