//! What is a policy, and what it comes to.

use holdfast_policies::access::policy::{
    Leaf, MAX_DEPTH, MAX_GAS, MAX_HELD_FOR, MAX_NODES, NoLeaf, NoPolicy, Node, Policy, Standard,
};
use holdfast_policies::access::span::Span;
use holdfast_policies::access::truth::Truth;

use Truth::{False, True, Unknown};

/// A question whose answer the test knows by its number.
fn leaf(group: u64) -> Node {
    Node::Leaf(Leaf::InGroup { group })
}

/// The verdict when group n is answered with the n-th truth; and how many questions were asked.
fn judge(nodes: Vec<Node>, answers: &[Truth]) -> (Truth, usize, usize) {
    let mut asked = 0;
    let verdict = Policy::new(nodes).unwrap().evaluate(&mut |leaf| {
        asked += 1;
        match leaf {
            Leaf::InGroup { group } => answers[*group as usize],
            _ => Unknown,
        }
    });
    (verdict.truth, verdict.node, asked)
}

fn all(of: u8) -> Vec<Node> {
    std::iter::once(Node::And(of))
        .chain((0..u64::from(of)).map(leaf))
        .collect()
}

#[test]
fn a_policy_without_conditions_is_refused_when_it_is_written() {
    assert_eq!(Policy::new(vec![]), Err(NoPolicy::Size(0)));
    assert_eq!(Policy::new(vec![Node::Or(0)]), Err(NoPolicy::Childless(0)));
    assert_eq!(
        Policy::new(vec![Node::Not, Node::And(0)]),
        Err(NoPolicy::Childless(1))
    );
    assert_eq!(
        Policy::new(vec![Node::AtLeast { needed: 0, of: 0 }]),
        Err(NoPolicy::Childless(0))
    );
}

#[test]
fn a_question_that_everybody_or_nobody_passes_is_refused_when_it_is_written() {
    let holder = |least: i64, held_for| Leaf::Holder {
        token: 7,
        standard: Standard::Frc46,
        least: least.into(),
        held_for,
    };
    let window = |start, end| Leaf::TimeWindow(Span { start, end });
    let external = |gas| Leaf::External {
        actor: 7,
        method: 1 << 24,
        gas,
    };
    let empty = Span {
        start: 5,
        end: Some(5),
    };
    for (leaf, why) in [
        (holder(1, MAX_HELD_FOR), None),
        (holder(0, 0), Some(NoLeaf::Nothing)),
        (holder(-1, 0), Some(NoLeaf::Nothing)),
        (
            holder(1, MAX_HELD_FOR + 1),
            Some(NoLeaf::HeldFor(MAX_HELD_FOR + 1)),
        ),
        (window(5, None), None),
        (window(5, Some(6)), None),
        (window(5, Some(5)), Some(NoLeaf::NoTime(empty))),
        (external(1), None),
        (external(MAX_GAS), None),
        (external(0), Some(NoLeaf::Gas(0))),
        (external(MAX_GAS + 1), Some(NoLeaf::Gas(MAX_GAS + 1))),
    ] {
        let policy = Policy::new(vec![Node::Not, Node::Leaf(leaf)]);
        assert_eq!(policy.err(), why.map(|why| NoPolicy::Leaf(1, why)));
    }
}

#[test]
fn a_threshold_lies_between_one_and_all() {
    for (needed, fits) in [(0, false), (1, true), (2, true), (3, false)] {
        let policy = Policy::new(vec![Node::AtLeast { needed, of: 2 }, leaf(0), leaf(1)]);
        assert_eq!(policy.is_ok(), fits, "{needed} of 2");
    }
}

#[test]
fn a_policy_has_at_most_32_nodes_and_4_levels() {
    assert!(Policy::new(all(MAX_NODES as u8 - 1)).is_ok());
    assert_eq!(Policy::new(all(MAX_NODES as u8)), Err(NoPolicy::Size(33)));
    let nested = |depth: usize| {
        let mut nodes = vec![Node::Not; depth - 1];
        nodes.push(leaf(0));
        Policy::new(nodes)
    };
    assert!(nested(MAX_DEPTH).is_ok());
    assert_eq!(nested(MAX_DEPTH + 1), Err(NoPolicy::TooDeep(MAX_DEPTH)));
}

#[test]
fn a_policy_ends_where_its_first_node_does() {
    assert_eq!(
        Policy::new(vec![Node::And(2), leaf(0)]),
        Err(NoPolicy::Unfinished)
    );
    assert_eq!(Policy::new(vec![Node::Not]), Err(NoPolicy::Unfinished));
    assert_eq!(Policy::new(vec![leaf(0), leaf(1)]), Err(NoPolicy::Surplus(1)));
    assert_eq!(
        Policy::new(vec![Node::Or(1), leaf(0), leaf(1)]),
        Err(NoPolicy::Surplus(2))
    );
}

#[test]
fn what_is_not_known_is_not_known_when_it_is_turned_around() {
    assert_eq!(judge(vec![Node::Not, leaf(0)], &[Unknown]), (Unknown, 1, 1));
    assert_eq!(judge(vec![Node::Not, leaf(0)], &[False]), (True, 1, 1));
    assert_eq!(judge(vec![Node::Not, leaf(0)], &[True]), (False, 1, 1));
}

#[test]
fn a_deny_list_that_cannot_be_read_denies() {
    let nodes = vec![Node::And(2), leaf(0), Node::Not, leaf(1)];
    assert_eq!(judge(nodes.clone(), &[True, Unknown]), (Unknown, 3, 2));
    assert_eq!(judge(nodes, &[True, False]).0, True);
}

#[test]
fn two_of_three_hold_when_one_is_not_known() {
    let nodes = |needed| vec![Node::AtLeast { needed, of: 3 }, leaf(0), leaf(1), leaf(2)];
    assert_eq!(judge(nodes(2), &[True, Unknown, True]).0, True);
    assert_eq!(judge(nodes(2), &[True, Unknown, False]).0, Unknown);
    assert_eq!(judge(nodes(2), &[False, Unknown, False]).0, False);
}

#[test]
fn nothing_is_asked_whose_answer_cannot_matter() {
    assert_eq!(judge(all(3), &[False, True, True]), (False, 1, 1));
    assert_eq!(
        judge(vec![Node::Or(3), leaf(0), leaf(1), leaf(2)], &[True, True, True]).2,
        1
    );
    assert_eq!(
        judge(all(3), &[Unknown, True, False]),
        (False, 3, 3),
        "false is surer than unknown"
    );
    let nested = vec![Node::Or(2), leaf(0), Node::And(2), leaf(1), leaf(2)];
    assert_eq!(judge(nested, &[True, False, False]), (True, 1, 1));
}

#[test]
fn the_node_that_refused_is_named() {
    assert_eq!(judge(all(3), &[True, False, True]), (False, 2, 2));
    assert_eq!(
        judge(vec![Node::And(2), leaf(0), Node::Or(1), leaf(1)], &[True, False]),
        (False, 3, 2)
    );
    assert_eq!(judge(all(3), &[True, Unknown, True]), (Unknown, 2, 3));
}
