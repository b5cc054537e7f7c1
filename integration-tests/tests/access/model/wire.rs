//! Calls as bytes, and numbers from bytes.

use fvm_ipld_encoding::{from_slice, to_vec};
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    self as api, AcceptTermsParams, ConsumeAccessParams, CreateDataSetParams, GrantAt, GrantManyParams,
    GrantParams, GrantTerms, MembersParams, Node, OfferDataSetParams, OfferedDataSet, PruneParams,
    PruneReturn, Rate, RemoveRuleParams, RenounceParams, Scope, SetAllowListParams, SetContentParams,
    SetGuardianParams, SetRuleParams, SetTermsParams, SuspendParams, method,
};
use holdfast_integration_tests::access::data_set;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;
use serde::Serialize;

use super::cast::Named;
use super::operation::{At, Call, Members, New, Seen};
use super::stage::Stage;
use super::terms::{Part, Plan, Rule, Terms};
use super::{delays, sales, shelves, signed, tickets};

/// What the next owner of a data set has seen of it.
pub(super) fn offered(data_set: u64, seen: &Seen) -> OfferedDataSet {
    OfferedDataSet {
        data_set,
        keep_grants: seen.keep,
        generation: seen.generation,
        policy_version: seen.policy_version,
        terms_version: seen.terms,
        frozen: seen.frozen,
        max_delay: seen.max_delay,
    }
}

/// The number of a call's method and its parameters; none for a method that takes none.
pub(super) fn message(stage: &Stage, call: &Call) -> (u64, Vec<u8>) {
    let at = |named: &Option<Named>| named.map(|named| stage.address(named));
    match call.clone() {
        Call::Constructor => bare::<method::Constructor>(),
        Call::CreateGroup => bare::<method::CreateGroup>(),
        Call::Sale(sale) => sales::message(stage, &sale),
        Call::Shelf(shelf) => shelves::message(stage, &shelf),
        Call::Ticket(ticket) => tickets::message(&ticket),
        Call::Delay(delay) => delays::message(stage, &delay),
        Call::Carry(carried) => signed::message(stage, &carried),
        Call::CancelNonce(nonce) => to::<method::CancelNonce>(&nonce),
        Call::CreateDataSet(new) => to::<method::CreateDataSet>(&fresh(stage, &new)),
        Call::CreateDataSets(all) => {
            let all: Vec<_> = all.iter().map(|new| fresh(stage, new)).collect();
            to::<method::CreateDataSets>(&all)
        }
        Call::SetContent {
            data_set,
            size: metadata_size,
        } => to::<method::SetContent>(&SetContentParams {
            data_set,
            content: Vec::new(),
            metadata: None,
            metadata_size,
        }),
        Call::SetGuardian { data_set, guardian } => {
            let guardian = at(&guardian);
            to::<method::SetGuardian>(&SetGuardianParams { data_set, guardian })
        }
        Call::OfferDataSet {
            data_set,
            to: whom,
            keep: keep_grants,
        } => to::<method::OfferDataSet>(&OfferDataSetParams {
            data_set,
            to: at(&whom),
            keep_grants,
        }),
        Call::AcceptDataSet { data_set, seen } => to::<method::AcceptDataSet>(&offered(data_set, &seen)),
        Call::Freeze { data_set } => to::<method::Freeze>(&data_set),
        Call::Unfreeze { data_set } => to::<method::Unfreeze>(&data_set),
        Call::RevokeAll { data_set } => to::<method::RevokeAll>(&data_set),
        Call::SetTerms {
            data_set,
            hash,
            fresh,
        } => to::<method::SetTerms>(&SetTermsParams {
            data_set,
            hash: bytes(hash),
            fresh,
        }),
        Call::AcceptTerms {
            data_set,
            version,
            hash,
        } => to::<method::AcceptTerms>(&AcceptTermsParams {
            data_set,
            version,
            hash: bytes(hash),
        }),
        Call::SetRule { data_set, rule } => {
            let rule = rule_of(stage, &rule);
            to::<method::SetRule>(&SetRuleParams { data_set, rule })
        }
        Call::RemoveRule {
            data_set,
            part,
            actions,
        } => to::<method::RemoveRule>(&RemoveRuleParams {
            data_set,
            scope: scope(part),
            actions,
        }),
        Call::SetAllowList { data_set, list, root } => to::<method::SetAllowList>(&SetAllowListParams {
            data_set,
            list,
            root: bytes(root),
        }),
        other => about_grants(stage, &other),
    }
}

fn about_grants(stage: &Stage, call: &Call) -> (u64, Vec<u8>) {
    match call.clone() {
        Call::Grant(given) => to::<method::Grant>(&GrantParams {
            data_set: given.data_set,
            subject: stage.address(given.subjects[0]),
            terms: terms_of(stage, &given.terms),
            from: given.from,
        }),
        Call::GrantMany(given) => to::<method::GrantMany>(&GrantManyParams {
            data_set: given.data_set,
            subjects: given.subjects.iter().map(|named| stage.address(*named)).collect(),
            terms: terms_of(stage, &given.terms),
            from: given.from,
        }),
        Call::Revoke(At {
            data_set,
            subject,
            grant,
        }) => to::<method::Revoke>(&GrantAt {
            data_set,
            subject: stage.address(subject),
            grant,
        }),
        Call::Renounce { data_set, grant } => to::<method::Renounce>(&RenounceParams { data_set, grant }),
        Call::Suspend { at, until } => to::<method::Suspend>(&SuspendParams {
            data_set: at.data_set,
            subject: stage.address(at.subject),
            grant: at.grant,
            until: stage.chain_epoch(until),
        }),
        Call::Prune { data_set, limit } => {
            let start = 0;
            to::<method::Prune>(&PruneParams {
                data_set,
                start,
                limit,
            })
        }
        Call::ConsumeAccess {
            data_set,
            part,
            action,
            uses,
        } => to::<method::ConsumeAccess>(&ConsumeAccessParams {
            data_set,
            scope: scope(part),
            action,
            uses,
            proofs: Vec::new(),
        }),
        Call::AddMembers(members) => to::<method::AddMembers>(&members_of(stage, &members)),
        Call::RemoveMembers(members) => to::<method::RemoveMembers>(&members_of(stage, &members)),
        other => unreachable!("{other:?} is about no grants"),
    }
}

/// FIL that goes along.
pub(super) fn value(call: &Call) -> TokenAmount {
    match call {
        Call::Sale(sale) => sales::value(sale),
        _ => TokenAmount::default(),
    }
}

/// The numbers in what a call returned.
pub(super) fn numbers(call: &Call, returned: &[u8]) -> Vec<u64> {
    let read = || from_slice::<u64>(returned).expect("a number");
    match call {
        Call::CreateDataSet(_)
        | Call::CreateDataSets(_)
        | Call::SetTerms { .. }
        | Call::SetRule { .. }
        | Call::RemoveRule { .. }
        | Call::SetAllowList { .. }
        | Call::Grant(_)
        | Call::GrantMany(_)
        | Call::RevokeAll { .. }
        | Call::CreateGroup => vec![read()],
        Call::Sale(sale) => sales::numbers(sale, returned),
        Call::Shelf(shelf) => shelves::numbers(shelf, returned),
        Call::Ticket(_) => tickets::numbers(returned),
        Call::Delay(delay) => delays::numbers(delay, returned),
        Call::Carry(_) => signed::numbers(returned),
        Call::Prune { .. } => {
            let back: PruneReturn = from_slice(returned).expect("a page");
            assert_eq!(back.next, None, "few subjects");
            vec![back.pruned]
        }
        Call::ConsumeAccess { .. } => {
            let grant: Option<u64> = from_slice(returned).expect("a grant or none");
            grant.into_iter().collect()
        }
        _ => {
            assert!(returned.is_empty(), "{call:?} gave {returned:02x?}");
            Vec::new()
        }
    }
}

/// A method's number and its parameters.
pub(super) fn to<M: Method<Params: Serialize>>(params: &M::Params) -> (u64, Vec<u8>) {
    (M::NUMBER, to_vec(params).expect("parameters that encode"))
}

fn bare<M: Method>() -> (u64, Vec<u8>) {
    (M::NUMBER, Vec::new())
}

pub(super) fn bytes(number: u8) -> Bytes32 {
    Bytes32([number; 32])
}

pub(super) fn scope(part: Part) -> Scope {
    if part == Part::ALL {
        return Scope::All {};
    }
    let path = part.0.to_owned();
    Scope::Path { path }
}

fn fresh(stage: &Stage, (owner, guardian): &New) -> CreateDataSetParams {
    let at = |named: &Option<Named>| named.map(|named| stage.address(named));
    CreateDataSetParams {
        owner: at(owner),
        guardian: at(guardian),
        ..data_set()
    }
}

fn members_of(stage: &Stage, Members { group, members }: &Members) -> MembersParams {
    let members = members.iter().map(|named| stage.address(*named)).collect();
    MembersParams {
        group: *group,
        members,
    }
}

pub(super) fn terms_of(stage: &Stage, terms: &Terms) -> GrantTerms {
    let epoch = |epoch: i64| stage.chain_epoch(epoch);
    GrantTerms {
        actions: terms.actions,
        scope: scope(terms.part),
        start: terms.start.map(epoch),
        end: terms.end.map(epoch),
        uses: terms.uses,
        rate: terms.rate.map(|(capacity, refill, period)| Rate {
            capacity,
            refill,
            period,
        }),
        revocable: terms.revocable,
        terms: terms.terms,
    }
}

fn rule_of(stage: &Stage, rule: &Rule) -> api::Rule {
    let plan = |plan: &Option<Plan>| {
        plan.as_ref().map(|plan| {
            let mut out = Vec::new();
            nodes(stage, plan, &mut out);
            out
        })
    };
    api::Rule {
        scope: scope(rule.part),
        actions: rule.actions,
        requires: plan(&rule.requires),
        opens: plan(&rule.opens),
        sealed: rule.sealed,
    }
}

fn nodes(stage: &Stage, plan: &Plan, out: &mut Vec<Node>) {
    let inner: &[Plan] = match plan {
        Plan::Not(inner) => std::slice::from_ref(inner),
        Plan::Of(_, inner) => inner,
        _ => &[],
    };
    out.push(match plan {
        Plan::Group(group) => Node::InGroup { group: *group },
        Plan::Window(start, end) => Node::TimeWindow {
            start: stage.chain_epoch(*start),
            end: end.map(|end| stage.chain_epoch(end)),
        },
        Plan::Is(named) => Node::Caller {
            actor: stage.address(*named),
        },
        Plan::Accepted => Node::AcceptedTerms {},
        Plan::Listed(list) => Node::AllowList { list: *list },
        Plan::Paid(plan) => Node::Paid { plan: *plan },
        Plan::Not(_) => Node::Not {},
        Plan::Of(needed, of) => match (*needed, of.len() as u8) {
            (1, of) => Node::Or { of },
            (needed, of) if needed == of => Node::And { of },
            (needed, of) => Node::AtLeast { needed, of },
        },
    });
    inner.iter().for_each(|plan| nodes(stage, plan, out));
}
