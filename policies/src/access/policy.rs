//! Conditions that open a part of a data set: a tree of nodes, written as a list in which every node stands before its
//! children. So it has no cycles, and one pass checks it.

use num_bigint::{BigInt, Sign};

use super::span::Span;
use super::truth::Truth;

/// The most nodes of a policy.
pub const MAX_NODES: usize = 32;
/// The most nodes on the way from the first node to a leaf, both included.
pub const MAX_DEPTH: usize = 4;
/// The most epochs for which tokens can have to be held: ten years of 30 s epochs.
pub const MAX_HELD_FOR: u64 = 10_512_000;
/// The most gas that all whom a policy asks may use together.
pub const MAX_GAS: u64 = 100_000_000;

/// A node of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of the next so many nodes have to hold.
    And(u8),
    /// One of them has to.
    Or(u8),
    /// The next node must not.
    Not,
    /// At least `needed` of the next `of` nodes have to.
    AtLeast {
        /// How many, at least 1.
        needed: u8,
        /// Of how many.
        of: u8,
    },
    /// A question.
    Leaf(Leaf),
}

/// A question about the subject, the moment or the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Does the subject hold at least `least` of a token, and has it for `held_for` epochs?
    Holder {
        /// The token's actor.
        token: u64,
        /// How it is asked.
        standard: Standard,
        /// Atto-tokens, or NFTs.
        least: BigInt,
        /// Epochs; 0 asks for now only, which borrowed tokens satisfy.
        held_for: u64,
    },
    /// Has the subject a reputation of at least so much?
    Reputation {
        /// The actor that keeps reputations.
        actor: u64,
        /// Its score.
        least: u64,
    },
    /// Is the subject a member of a DAO?
    DaoMember {
        /// The DAO's actor.
        dao: u64,
    },
    /// Is the subject in a group of this actor?
    InGroup {
        /// The group's number.
        group: u64,
    },
    /// Is it time?
    TimeWindow(Span),
    /// Has the subject accepted the terms, in the version that is required or a later one?
    AcceptedTerms,
    /// Is the subject this actor?
    Caller {
        /// The actor.
        actor: u64,
    },
    /// Is the subject proved to be on a list?
    AllowList {
        /// The list's number in the data set.
        list: u64,
    },
    /// Has the subject bought a plan, and does what it bought count?
    Paid {
        /// The plan's number.
        plan: u64,
    },
    /// Does another actor say yes?
    External {
        /// The actor, by address and never by code: a twin with the same code opens nothing.
        actor: u64,
        /// The FRC-42 number of its view.
        method: u64,
        /// The gas that it may use.
        gas: u64,
    },
}

/// How a token is asked for a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// `balanceOf(address)` of ERC-20 and ERC-721, by calldata.
    Erc20,
    /// `BalanceOf` of FRC-46.
    Frc46,
    /// `BalanceOf` of FRC-53.
    Frc53,
}

/// A list of nodes that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(Vec<Node>);

/// Why a list of nodes is no policy. Positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPolicy {
    /// There is no node, or there are more than [`MAX_NODES`].
    Size(usize),
    /// The node at a position has no children, so that it would hold, or fail, for everybody.
    Childless(usize),
    /// The node at a position needs none of its children, or more than it has.
    Threshold(usize),
    /// The node at a position lies deeper than [`MAX_DEPTH`].
    TooDeep(usize),
    /// The list ends before the children of all nodes.
    Unfinished,
    /// The policy ends before the node at a position.
    Surplus(usize),
    /// The node at a position asks what holds for everybody, or for nobody.
    Leaf(usize, NoLeaf),
}

/// Why a question is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLeaf {
    /// Everybody has that much of a token, or that reputation.
    Nothing,
    /// Tokens would have to be held for so many epochs, more than [`MAX_HELD_FOR`].
    HeldFor(u64),
    /// The window has no epoch.
    NoTime(Span),
    /// So much gas is none, or more than [`MAX_GAS`].
    Gas(u64),
}

impl Leaf {
    /// # Errors
    /// [`NoLeaf`].
    fn check(&self) -> Result<(), NoLeaf> {
        match self {
            Self::Holder { least, .. } if least.sign() != Sign::Plus => Err(NoLeaf::Nothing),
            Self::Reputation { least: 0, .. } => Err(NoLeaf::Nothing),
            Self::Holder { held_for, .. } if *held_for > MAX_HELD_FOR => Err(NoLeaf::HeldFor(*held_for)),
            Self::TimeWindow(span) if span.is_empty() => Err(NoLeaf::NoTime(*span)),
            Self::External { gas, .. } if !(1..=MAX_GAS).contains(gas) => Err(NoLeaf::Gas(*gas)),
            _ => Ok(()),
        }
    }
}

/// What a policy comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it holds.
    pub truth: Truth,
    /// The node that decided, by its position.
    pub node: usize,
}

impl Node {
    /// How many children follow.
    fn children(&self) -> usize {
        match self {
            Self::And(of) | Self::Or(of) | Self::AtLeast { of, .. } => usize::from(*of),
            Self::Not => 1,
            Self::Leaf(_) => 0,
        }
    }
}

impl Policy {
    /// Checks nodes.
    ///
    /// # Errors
    /// [`NoPolicy`].
    pub fn new(nodes: Vec<Node>) -> Result<Self, NoPolicy> {
        if nodes.is_empty() || nodes.len() > MAX_NODES {
            return Err(NoPolicy::Size(nodes.len()));
        }
        // How many children are still to come of each node on the way to the present one.
        let mut open: Vec<usize> = Vec::new();
        for (position, node) in nodes.iter().enumerate() {
            if position > 0 && open.is_empty() {
                return Err(NoPolicy::Surplus(position));
            }
            if open.len() >= MAX_DEPTH {
                return Err(NoPolicy::TooDeep(position));
            }
            if let Some(left) = open.last_mut() {
                *left = left.saturating_sub(1);
            }
            check(node, position)?;
            open.push(node.children());
            while open.last() == Some(&0) {
                open.pop();
            }
        }
        if open.is_empty() {
            Ok(Self(nodes))
        } else {
            Err(NoPolicy::Unfinished)
        }
    }

    /// Its nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.0
    }

    /// Whether it holds. Questions are asked in their order, and none whose answer cannot matter.
    pub fn evaluate(&self, ask: &mut impl FnMut(&Leaf) -> Truth) -> Verdict {
        let mut at = 0;
        self.walk(&mut at, ask)
    }

    /// Evaluates the node at `at` and moves behind its children.
    fn walk(&self, at: &mut usize, ask: &mut impl FnMut(&Leaf) -> Truth) -> Verdict {
        let node = *at;
        *at = at.saturating_add(1);
        let (needed, of) = match self.0.get(node) {
            Some(Node::Leaf(leaf)) => {
                let truth = ask(leaf);
                return Verdict { truth, node };
            }
            Some(Node::Not) => {
                let inner = self.walk(at, ask);
                return Verdict {
                    truth: !inner.truth,
                    ..inner
                };
            }
            Some(Node::And(of)) => (usize::from(*of), usize::from(*of)),
            Some(Node::Or(of)) => (1, usize::from(*of)),
            Some(Node::AtLeast { needed, of }) => (usize::from(*needed), usize::from(*of)),
            None => {
                let truth = Truth::Unknown;
                return Verdict { truth, node };
            }
        };
        self.count(node, at, (needed, of), ask)
    }

    /// How many of the next `of` nodes hold, until it is clear whether `needed` of them do.
    fn count(
        &self,
        node: usize,
        at: &mut usize,
        (needed, of): (usize, usize),
        ask: &mut impl FnMut(&Leaf) -> Truth,
    ) -> Verdict {
        let (mut hold, mut may_hold) = (0usize, of);
        // Who is named: the last that failed, the first of whom nothing is known, the last that holds.
        let (mut failed, mut unknown, mut held) = (node, None, node);
        for _ in 0..of {
            if may_hold < needed || hold >= needed {
                self.skip(at);
                continue;
            }
            let child = self.walk(at, ask);
            match child.truth {
                Truth::True => (hold, held) = (hold.saturating_add(1), child.node),
                Truth::Unknown => unknown = unknown.or(Some(child.node)),
                Truth::False => (may_hold, failed) = (may_hold.saturating_sub(1), child.node),
            }
        }
        let truth = Truth::at_least(needed, hold, may_hold);
        let node = match truth {
            Truth::True => held,
            Truth::Unknown => unknown.unwrap_or(node),
            Truth::False => failed,
        };
        Verdict { truth, node }
    }

    /// Moves behind the node at `at` and its children.
    fn skip(&self, at: &mut usize) {
        let mut left = 1usize;
        while left > 0 {
            let children = self.0.get(*at).map_or(0, Node::children);
            left = left.saturating_sub(1).saturating_add(children);
            *at = at.saturating_add(1);
        }
    }
}

fn check(node: &Node, position: usize) -> Result<(), NoPolicy> {
    match node {
        Node::And(0) | Node::Or(0) | Node::AtLeast { of: 0, .. } => Err(NoPolicy::Childless(position)),
        Node::AtLeast { needed, of } if *needed == 0 || needed > of => Err(NoPolicy::Threshold(position)),
        Node::Leaf(leaf) => leaf.check().map_err(|no| NoPolicy::Leaf(position, no)),
        _ => Ok(()),
    }
}
