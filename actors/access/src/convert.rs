//! Between the words of the interface and those of the policies.

use cid::Cid;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{self as api, AccessError, GrantInfo, GrantRef, POLICY_GAS, Rate};
use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::decision::{self, Reason};
use holdfast_policies::access::grant::{Dead, Grant};
use holdfast_policies::access::policy::{
    Leaf, MAX_GAS, MAX_HELD_FOR, NoLeaf, NoPolicy, Node, Policy, Standard, Verdict,
};
use holdfast_policies::access::scope::{MAX_SCOPE_BYTES, MAX_SCOPE_DEPTH, NoScope, Scope};
use holdfast_policies::access::span::Span;
use holdfast_policies::access::truth::Truth;
use holdfast_runtime::ActorError;
use holdfast_runtime::foreign_cid::ForeignCid;

const _: () = assert!(MAX_GAS == POLICY_GAS, "no node has more gas than its policy");

/// A part of a data set.
///
/// # Errors
/// [`AccessError::InvalidScope`].
pub(crate) fn scope(part: &api::Scope) -> Result<Scope, ActorError> {
    let (checked, text) = match part {
        api::Scope::All {} => return Ok(Scope::All),
        api::Scope::Path { path } if path.is_empty() => {
            let why = "it is empty: say the whole data set".to_owned();
            let scope = String::new();
            return Err(AccessError::InvalidScope { scope, why }.into());
        }
        api::Scope::Path { path } => (Scope::path(path), path.clone()),
        api::Scope::Content { cid } => (Scope::cid(cid.0.to_bytes()), cid.0.to_string()),
    };
    checked.map_err(|no| {
        let (scope, why) = (text, no_scope(&no));
        AccessError::InvalidScope { scope, why }.into()
    })
}

fn no_scope(no: &NoScope) -> String {
    match no {
        NoScope::TooLong(bytes) => format!("it has {bytes} bytes where {MAX_SCOPE_BYTES} are allowed"),
        NoScope::TooDeep(names) => format!("it has {names} names where {MAX_SCOPE_DEPTH} are allowed"),
        NoScope::NotPlain(_) => "a name in it is empty, `.` or `..`".to_owned(),
    }
}

fn scope_of(part: &Scope) -> api::Scope {
    match part {
        Scope::All => api::Scope::All {},
        Scope::Path(path) => api::Scope::Path { path: path.clone() },
        Scope::Cid(cid) => Cid::try_from(&cid[..]).map_or(api::Scope::All {}, |cid| api::Scope::Content {
            cid: ForeignCid(cid),
        }),
    }
}

/// A mask of actions, with what they imply.
///
/// # Errors
/// [`AccessError::InvalidActions`].
pub(crate) fn actions(mask: u8) -> Result<Actions, ActorError> {
    let why = "bits 0 to 4 stand for Relay, Read, Write, Grant and Admin, and one at least is needed";
    Actions::of_bits(mask).ok_or_else(|| AccessError::InvalidActions { mask, why }.into())
}

/// The one action of a mask.
///
/// # Errors
/// [`AccessError::InvalidActions`].
pub(crate) fn action(mask: u8) -> Result<Action, ActorError> {
    let why = "exactly one of bits 0 to 4 is meant: Relay, Read, Write, Grant or Admin";
    let one = (mask.count_ones() == 1)
        .then(|| mask.trailing_zeros())
        .and_then(|bit| Action::of_bit(u8::try_from(bit).ok()?));
    one.ok_or_else(|| AccessError::InvalidActions { mask, why }.into())
}

/// A grant for those who ask.
pub(crate) fn info(grant: &Grant) -> GrantInfo {
    GrantInfo {
        grant: grant.id,
        from: grant.parent.map(|parent| GrantRef {
            subject: parent.subject,
            grant: parent.id,
        }),
        actions: grant.actions.bits(),
        scope: scope_of(&grant.scope),
        start: grant.span.start,
        end: grant.span.end,
        uses_left: grant.uses,
        rate: grant.bucket.map(|bucket| Rate {
            capacity: bucket.capacity,
            refill: bucket.refill,
            period: bucket.per,
        }),
        revocable: grant.revocable,
        held_up: grant.held_up,
        revoked: grant.revoked,
        suspended_until: grant.suspended_until,
        generation: grant.generation,
        terms: grant.terms,
    }
}

/// The part at a path of the Ethereum face.
pub(crate) fn part(path: String) -> api::Scope {
    if path.is_empty() {
        return api::Scope::All {};
    }
    api::Scope::Path { path }
}

/// The CID in some bytes.
///
/// # Errors
/// [`AccessError::InvalidScope`].
pub(crate) fn cid(bytes: &[u8]) -> Result<ForeignCid, ActorError> {
    ForeignCid::from_bytes(bytes).map_err(|no| {
        let (scope, why) = (format!("of {} bytes", bytes.len()), format!("it is no CID: {no}"));
        AccessError::InvalidScope { scope, why }.into()
    })
}

/// A number of the Ethereum face, where 0 stands for none.
pub(crate) fn unless_zero(number: u64) -> Option<u64> {
    Some(number).filter(|number| *number != 0)
}

/// An epoch of the Ethereum face. One beyond all time is the last one.
pub(crate) fn epoch(epoch: u64) -> i64 {
    i64::try_from(epoch).unwrap_or(i64::MAX)
}

/// An epoch for the Ethereum face; 0 for none.
pub(crate) fn unsigned(epoch: Option<i64>) -> u64 {
    epoch.and_then(|epoch| u64::try_from(epoch).ok()).unwrap_or(0)
}

/// An answer for the Ethereum face.
pub(crate) fn solidity_answer(answer: api::AccessAnswer) -> api::SolidityAnswer {
    let grant_id = match answer.reason {
        api::Reason::Granted { grant }
        | api::Reason::Dead { grant, .. }
        | api::Reason::Orphaned { grant }
        | api::Reason::Narrowed { grant, .. }
        | api::Reason::TermsNotAccepted { grant, .. }
        | api::Reason::Sealed { grant } => grant,
        _ => 0,
    };
    api::SolidityAnswer {
        allowed: answer.allowed,
        reason: answer.reason.number(),
        grant_id,
        valid_until: unsigned(answer.valid_until),
        policy_version: answer.policy_version,
        key_epoch: answer.key_epoch,
        epoch: unsigned(Some(answer.epoch)),
    }
}

/// Nodes with ids for addresses.
///
/// # Errors
/// Those of `id`.
pub(crate) fn resolved(
    nodes: Vec<api::Node>,
    id: &mut impl FnMut(Address) -> Result<ActorID, ActorError>,
) -> Result<Vec<api::Node>, ActorError> {
    let mut at = |address| id(address).map(Address::new_id);
    let nodes = nodes.into_iter().map(|mut node| {
        match &mut node {
            api::Node::Holder { token: actor, .. }
            | api::Node::Reputation { actor, .. }
            | api::Node::DaoMember { dao: actor }
            | api::Node::Caller { actor }
            | api::Node::External { actor, .. } => *actor = at(*actor)?,
            _ => {}
        }
        Ok(node)
    });
    nodes.collect()
}

/// A policy; `which` is what errors call it.
///
/// # Errors
/// [`AccessError::InvalidPolicy`].
pub(crate) fn policy(which: &'static str, nodes: &[api::Node]) -> Result<Policy, ActorError> {
    let invalid = |why: String| AccessError::InvalidPolicy { which, why };
    let nodes = nodes.iter().map(node).collect::<Option<Vec<_>>>();
    let nodes = nodes.ok_or_else(|| invalid("a node names an address that is no id".to_owned()))?;
    Policy::new(nodes).map_err(|no| invalid(no_policy(no)).into())
}

fn no_policy(no: NoPolicy) -> String {
    match no {
        NoPolicy::Size(nodes) => format!("it has {nodes} nodes where 1 to 32 are allowed"),
        NoPolicy::Childless(at) => {
            format!("node {at} has no children, and would hold for everybody or nobody")
        }
        NoPolicy::Threshold(at) => format!("node {at} needs none of its children or more than it has"),
        NoPolicy::TooDeep(at) => format!("node {at} lies deeper than 4 levels"),
        NoPolicy::Unfinished => "it ends before all nodes have their children".to_owned(),
        NoPolicy::Surplus(at) => format!("node {at} belongs to nothing"),
        NoPolicy::Leaf(at, no) => format!("node {at} {}", no_leaf(no)),
    }
}

fn no_leaf(no: NoLeaf) -> String {
    match no {
        NoLeaf::Nothing => "asks for less than 1, which everybody has".to_owned(),
        NoLeaf::HeldFor(epochs) => {
            format!("asks for tokens held for {epochs} epochs where {MAX_HELD_FOR} are allowed")
        }
        NoLeaf::NoTime(Span { start, end }) => {
            let end = end.unwrap_or(start);
            format!("is a window from epoch {start} to {end}, in which there is no epoch")
        }
        NoLeaf::Gas(gas) => format!("may use {gas} gas, which lies outside 1 to {POLICY_GAS}"),
    }
}

fn node(node: &api::Node) -> Option<Node> {
    let id = |address: &Address| address.id().ok();
    Some(match node {
        api::Node::And { of } => Node::And(*of),
        api::Node::Or { of } => Node::Or(*of),
        api::Node::Not {} => Node::Not,
        api::Node::AtLeast { needed, of } => Node::AtLeast {
            needed: *needed,
            of: *of,
        },
        api::Node::Holder {
            token,
            standard,
            least,
            held_for,
        } => Node::Leaf(Leaf::Holder {
            token: id(token)?,
            standard: match standard {
                api::Standard::Erc20 {} => Standard::Erc20,
                api::Standard::Frc46 {} => Standard::Frc46,
                api::Standard::Frc53 {} => Standard::Frc53,
            },
            least: least.atto().clone(),
            held_for: *held_for,
        }),
        api::Node::Reputation { actor, least } => Node::Leaf(Leaf::Reputation {
            actor: id(actor)?,
            least: *least,
        }),
        api::Node::DaoMember { dao } => Node::Leaf(Leaf::DaoMember { dao: id(dao)? }),
        api::Node::InGroup { group } => Node::Leaf(Leaf::InGroup { group: *group }),
        api::Node::TimeWindow { start, end } => {
            let (start, end) = (*start, *end);
            Node::Leaf(Leaf::TimeWindow(Span { start, end }))
        }
        api::Node::AcceptedTerms {} => Node::Leaf(Leaf::AcceptedTerms),
        api::Node::Caller { actor } => Node::Leaf(Leaf::Caller { actor: id(actor)? }),
        api::Node::AllowList { list } => Node::Leaf(Leaf::AllowList { list: *list }),
        api::Node::External { actor, method, gas } => Node::Leaf(Leaf::External {
            actor: id(actor)?,
            method: *method,
            gas: *gas,
        }),
        api::Node::Paid { plan } => Node::Leaf(Leaf::Paid { plan: *plan }),
    })
}

/// A rule for deciding.
///
/// # Errors
/// As [`policy`] and [`scope`].
pub(crate) fn rule(rule: &api::Rule) -> Result<decision::Rule, ActorError> {
    let requires = rule.requires.as_deref().map(|nodes| policy("is required", nodes));
    let opens = rule.opens.as_deref().map(|nodes| policy("opens", nodes));
    Ok(decision::Rule {
        scope: scope(&rule.scope)?,
        requires: requires.transpose()?,
        opens: opens.transpose()?,
        sealed: rule.sealed,
    })
}

/// A reason for those who ask.
pub(crate) fn reason(reason: Reason) -> api::Reason {
    let refused = |verdict: Verdict| (verdict.node as u64, verdict.truth == Truth::Unknown);
    match reason {
        Reason::Owner => api::Reason::Owner {},
        Reason::Granted { grant } => api::Reason::Granted { grant },
        Reason::Opened => api::Reason::Opened {},
        Reason::Frozen => api::Reason::Frozen {},
        Reason::Required(verdict) => {
            let (node, unknown) = refused(verdict);
            api::Reason::NotRequired { node, unknown }
        }
        Reason::Closed(verdict) => {
            let (node, unknown) = refused(verdict);
            api::Reason::Closed { node, unknown }
        }
        Reason::Dead { grant, at, why } => {
            let why = dead(why).to_owned();
            api::Reason::Dead { grant, at, why }
        }
        Reason::Orphaned { grant } => api::Reason::Orphaned { grant },
        Reason::Narrowed { grant, at } => api::Reason::Narrowed { grant, at },
        Reason::Terms { grant, version } => api::Reason::TermsNotAccepted { grant, version },
        Reason::Sealed { grant } => api::Reason::Sealed { grant },
        Reason::Nothing => api::Reason::Nothing {},
    }
}

/// Why a grant does not count, in a word.
pub(crate) fn dead(why: Dead) -> &'static str {
    match why {
        Dead::Revoked => "revoked",
        Dead::Generation => "generation",
        Dead::NotYet => "not yet",
        Dead::Over => "over",
        Dead::Suspended => "suspended",
        Dead::UsedUp => "used up",
        Dead::Throttled => "throttled",
    }
}
