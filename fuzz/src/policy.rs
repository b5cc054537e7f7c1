//! Any bytes as the nodes of a policy: what is none is refused, and what is one comes to what the reference says.

use holdfast_policies::access::policy::{Leaf, MAX_DEPTH, MAX_NODES, Node, Policy};
use holdfast_policies::access::truth::Truth;

/// Bytes of a node: what it is, and two numbers.
const NODE: usize = 3;

/// Reads nodes of three bytes each and looks at the policy that they are, if they are one.
///
/// # Panics
/// When a policy is refused, something else is taken for one, or it comes to something else than the reference says.
pub fn policy(data: &[u8]) {
    let nodes: Vec<Node> = data.chunks_exact(NODE).map(node).collect();
    let mut at = 0;
    let tree = tree(&nodes, &mut at, 1).filter(|_| at == nodes.len() && nodes.len() <= MAX_NODES);
    let policy = Policy::new(nodes.clone());
    assert_eq!(policy.is_ok(), tree.is_some(), "{nodes:?}: {policy:?}");
    let (Ok(policy), Some(tree)) = (policy, tree) else { return };
    let mut asked = Vec::new();
    let verdict = policy.evaluate(&mut |leaf| {
        asked.push(leaf.clone());
        answer(leaf)
    });
    assert_eq!(number(verdict.truth), value(&tree), "{nodes:?}: {verdict:?}");
    assert!(verdict.node < nodes.len(), "{nodes:?}: {verdict:?}");
    let leaves: Vec<&Leaf> = nodes.iter().filter_map(leaf_of).collect();
    let mut rest = leaves.into_iter();
    assert!(asked.iter().all(|leaf| rest.any(|other| other == leaf)), "{nodes:?}: asked in another order: {asked:?}");
    if let Some(last) = asked.last() {
        let without = policy.evaluate(&mut |leaf| if leaf == last { Truth::Unknown } else { answer(leaf) });
        let surer = without.truth != Truth::Unknown && without.truth != verdict.truth;
        assert!(!surer, "{nodes:?}: knowing less of {last:?} turns {:?} into {:?}", verdict.truth, without.truth);
    }
}

/// Writes nodes so that [`policy`] reads them; leaves are groups whose number says the answer.
pub fn write_policy(nodes: &[Node]) -> Vec<u8> {
    let bytes = nodes.iter().map(|node| match node {
        Node::And(of) => [0, *of, 0],
        Node::Or(of) => [1, *of, 0],
        Node::Not => [2, 0, 0],
        Node::AtLeast { needed, of } => [3, *of, *needed],
        Node::Leaf(Leaf::InGroup { group }) => [4, *group as u8, (*group >> 8) as u8],
        Node::Leaf(other) => panic!("not among those that are read: {other:?}"),
    });
    bytes.flatten().collect()
}

fn node(bytes: &[u8]) -> Node {
    let [kind, first, second] = bytes.try_into().unwrap_or_default();
    match kind % 5 {
        0 => Node::And(first),
        1 => Node::Or(first),
        2 => Node::Not,
        3 => Node::AtLeast { needed: second, of: first },
        _ => Node::Leaf(Leaf::InGroup { group: u64::from(first) | u64::from(second) << 8 }),
    }
}

fn leaf_of(node: &Node) -> Option<&Leaf> {
    match node {
        Node::Leaf(leaf) => Some(leaf),
        _ => None,
    }
}

/// The answer stands in the number of the group.
fn answer(leaf: &Leaf) -> Truth {
    match leaf {
        Leaf::InGroup { group } => match group % 3 {
            0 => Truth::False,
            1 => Truth::Unknown,
            _ => Truth::True,
        },
        other => panic!("not among those that are read: {other:?}"),
    }
}

/// A policy as a tree.
enum Tree {
    Leaf(u8),
    Not(Box<Self>),
    /// So many of these have to hold.
    Of(usize, Vec<Self>),
}

/// The tree that begins at a node, on so many levels; none if there is none.
fn tree(nodes: &[Node], at: &mut usize, level: usize) -> Option<Tree> {
    let node = nodes.get(*at).filter(|_| level <= MAX_DEPTH)?;
    *at += 1;
    let (needed, of) = match node {
        Node::Leaf(leaf) => return Some(Tree::Leaf(number(answer(leaf)))),
        Node::Not => return tree(nodes, at, level + 1).map(|inner| Tree::Not(Box::new(inner))),
        Node::And(of) => (*of, *of),
        Node::Or(of) => (1, *of),
        Node::AtLeast { needed, of } => (*needed, *of),
    };
    let inner: Option<Vec<Tree>> = (0..of).map(|_| tree(nodes, at, level + 1)).collect();
    ((1..=of).contains(&needed)).then(|| inner.map(|inner| Tree::Of(usize::from(needed), inner)))?
}

fn number(truth: Truth) -> u8 {
    match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    }
}

/// 0 for false, 1 for unknown, 2 for true. Of several, the one that as many as are needed reach.
fn value(tree: &Tree) -> u8 {
    match tree {
        Tree::Leaf(value) => *value,
        Tree::Not(inner) => 2 - value(inner),
        Tree::Of(needed, inner) => {
            let mut values: Vec<u8> = inner.iter().map(value).collect();
            values.sort_unstable();
            values[inner.len() - needed]
        }
    }
}
