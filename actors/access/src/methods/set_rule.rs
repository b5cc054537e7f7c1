//! Sets rules, and takes them away.

use fvm_ipld_blockstore::Blockstore;
use holdfast_api::access::events::{RuleRemoved, RuleSet};
use holdfast_api::access::{
    AccessError, DataSetId, MAX_RULES, MAX_RULES_BYTES, Node, RemoveRuleParams, Rule, SetRuleParams, method,
};
use holdfast_policies::access::scope::Scope as Part;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Scope;
use holdfast_runtime::{ActorError, Runtime};

use crate::AccessActor;
use crate::admit::admit;
use crate::convert;
use crate::people::existing;
use crate::state::{AccessState, Rules, Shelves};

impl Handle<method::SetRule> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SetRuleParams) -> Result<u64, ActorError> {
        let (data_set, rule) = (p.data_set, checked(rt, p.rule.clone())?);
        let part = convert::scope(&rule.scope)?;
        let policy_version = rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::SetRule, R>(st, scope, caller, &p)?;
            require_known(&st.shelves(scope)?, scope, &p)?;
            change(st, scope, data_set, |rules| {
                rules.retain(|other| !is_for(other, &part, rule.actions));
                if rules.len() >= MAX_RULES {
                    return Err(AccessError::TooManyRules { max: MAX_RULES }.into());
                }
                rules.push(rule);
                Ok(())
            })
        })?;
        RuleSet {
            data_set,
            policy_version,
        }
        .emit(rt)?;
        Ok(policy_version)
    }
}

impl Handle<method::RemoveRule> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: RemoveRuleParams) -> Result<u64, ActorError> {
        let data_set = p.data_set;
        let (part, actions) = (convert::scope(&p.scope)?, convert::actions(p.actions)?.bits());
        let policy_version = rt.transaction(|st: &mut AccessState, scope| {
            admit::<method::RemoveRule, R>(st, scope, caller, &p)?;
            change(st, scope, data_set, |rules| {
                let before = rules.len();
                rules.retain(|other| !is_for(other, &part, actions));
                if rules.len() == before {
                    return Err(AccessError::NoRule { data_set }.into());
                }
                Ok(())
            })
        })?;
        RuleRemoved {
            data_set,
            policy_version,
        }
        .emit(rt)?;
        Ok(policy_version)
    }
}

/// A rule with ids for addresses and with the actions that its own imply.
///
/// # Errors
/// When a policy, the part or the actions are none, or the rule says nothing.
fn checked<R: Runtime>(rt: &R, rule: Rule) -> Result<Rule, ActorError> {
    let mut id = |address| existing(rt, &address);
    let requires = rule.requires.map(|nodes| convert::resolved(nodes, &mut id));
    let opens = rule.opens.map(|nodes| convert::resolved(nodes, &mut id));
    let rule = Rule {
        actions: convert::actions(rule.actions)?.bits(),
        requires: requires.transpose()?,
        opens: opens.transpose()?,
        ..rule
    };
    if rule.requires.is_none() && rule.opens.is_none() && !rule.sealed {
        return Err(AccessError::EmptyRule.into());
    }
    convert::rule(&rule)?;
    Ok(rule)
}

/// Refuses a group or a plan that is not there: whoever made it later would decide what the rule says, and turned around it would
/// open to everybody until then.
///
/// # Errors
/// [`AccessError::NoGroup`], [`AccessError::NoPlan`], [`AccessError::OtherPlan`].
fn require_known<BS: Blockstore>(shelves: &Shelves, store: &BS, p: &SetRuleParams) -> Result<(), ActorError> {
    let data_set = p.data_set;
    let nodes = [&p.rule.requires, &p.rule.opens].into_iter().flatten().flatten();
    for node in nodes {
        match *node {
            Node::InGroup { group } if shelves.groups.get(store, &group)?.is_none() => {
                return Err(AccessError::NoGroup { group }.into());
            }
            Node::Paid { plan } => {
                let market = shelves.market.load(store)?;
                if market.plan(store, plan)?.plan.data_set != data_set {
                    return Err(AccessError::OtherPlan { plan, data_set }.into());
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a rule is for a part, by whatever name, and for these actions.
fn is_for(rule: &Rule, part: &Part, actions: u8) -> bool {
    let same = |own: Part| own.covers(part) && part.covers(&own);
    rule.actions == actions && convert::scope(&rule.scope).is_ok_and(same)
}

/// Changes the rules of a data set; gives their new version.
fn change<R: Runtime>(
    st: &mut AccessState,
    store: &Scope<'_, R>,
    data_set: DataSetId,
    change: impl FnOnce(&mut Vec<Rule>) -> Result<(), ActorError>,
) -> Result<u64, ActorError> {
    let has_rules = st.shelves.update(store, |shelves| {
        let rules = shelves.rules.get(store, &data_set)?;
        let rules = rules.as_ref().map(Recorded::read).transpose()?;
        let mut rules = rules.map(|rules| rules.rules).unwrap_or_default();
        change(&mut rules)?;
        let has_rules = !rules.is_empty();
        let rules = has_rules.then(|| Recorded::new(&Rules { rules })).transpose()?;
        let (len, max) = (rules.as_ref().map_or(0, Recorded::size), MAX_RULES_BYTES);
        if len > max {
            return Err(AccessError::RulesTooLong { len, max }.into());
        }
        shelves.rules.update(store, [(data_set, rules)])?;
        Ok(has_rules)
    })?;
    new_version(st, store, data_set, |head| head.has_rules = has_rules)
}

/// Raises the version of a data set's rules; gives the new one.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(super) fn new_version<R: Runtime>(
    st: &mut AccessState,
    store: &Scope<'_, R>,
    data_set: DataSetId,
    change: impl FnOnce(&mut crate::data_set::DataSet),
) -> Result<u64, ActorError> {
    st.change_data_set(store, data_set, |head| {
        change(head);
        head.policy_version = head.policy_version.saturating_add(1);
        Ok(head.policy_version)
    })
}
