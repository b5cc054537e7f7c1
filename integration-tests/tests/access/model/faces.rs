//! Calls by selector, where one says the same.

use alloy_primitives::{Address as Eth, U256};
use alloy_sol_types::SolCall;
use holdfast_integration_tests::abi::IAccess;
use holdfast_localnet::Kind;

use super::cast::{Named, Who};
use super::library::Library;
use super::operation::{At, Call, Given};
use super::sales::{Sale, Wish};
use super::stage::Stage;

/// The selector's name in the method table, and the table's own where there is one.
pub(super) fn name(library: &Library, call: &Call) -> Option<&'static str> {
    let has_form = |named: &Named| {
        let known = matches!(
            named.who,
            Who::Absent | Who::Account(..) | Who::Stranger(Kind::Eth, _)
        );
        known || library.exists(named.who)
    };
    if !call.named().iter().all(has_form) {
        return None;
    }
    Some(match call {
        Call::AcceptDataSet { .. } => "acceptDataSet",
        Call::Freeze { .. } => "freeze",
        Call::Unfreeze { .. } => "unfreeze",
        Call::SetTerms { .. } => "setTerms",
        Call::AcceptTerms { .. } => "acceptTerms",
        Call::SetAllowList { .. } => "setAllowList",
        Call::Revoke(_) => "revoke",
        Call::RevokeAll { .. } => "revokeAll",
        Call::Renounce { .. } => "renounce",
        Call::CreateGroup => "createGroup",
        Call::AddMembers(_) => "addMembers",
        Call::RemoveMembers(_) => "removeMembers",
        Call::CreateDataSet((None, None)) => "createDataSet",
        Call::Grant(given) if is_plain(given) => "grant",
        Call::ConsumeAccess { .. } => "consumeAccess",
        Call::Sale(Sale::Buy(_)) => "buy",
        Call::Sale(Sale::Renew(_)) => "renew",
        Call::Sale(Sale::Refund { .. }) => "refund",
        Call::Sale(Sale::Settle { .. }) => "settle",
        Call::Sale(Sale::Share { .. }) => "shareTime",
        Call::Sale(Sale::Withdraw { payee: None }) => "withdraw",
        _ => return None,
    })
}

fn is_plain(given: &Given) -> bool {
    let terms = &given.terms;
    terms.uses.is_none() && terms.rate.is_none() && terms.revocable && terms.terms == 0
}

/// The calldata of a call that has a name.
pub(super) fn calldata(stage: &Stage, call: &Call) -> Vec<u8> {
    let eth = |named: Named| stage.eth(named);
    let all = |named: &[Named]| named.iter().copied().map(eth).collect();
    match call.clone() {
        Call::AcceptDataSet { data_set, seen } => IAccess::acceptDataSetCall {
            dataSet: data_set,
            keepGrants: seen.keep,
            generation: seen.generation,
            policyVersion: seen.policy_version,
            termsVersion: seen.terms,
            frozen: seen.frozen,
            maxDelay: seen.max_delay,
        }
        .abi_encode(),
        Call::Freeze { data_set } => IAccess::freezeCall(data_set).abi_encode(),
        Call::Unfreeze { data_set } => IAccess::unfreezeCall(data_set).abi_encode(),
        Call::SetTerms {
            data_set,
            hash,
            fresh,
        } => {
            let hash = [hash; 32].into();
            IAccess::setTermsCall {
                dataSet: data_set,
                hash,
                fresh,
            }
            .abi_encode()
        }
        Call::AcceptTerms {
            data_set,
            version,
            hash,
        } => {
            let hash = [hash; 32].into();
            IAccess::acceptTermsCall {
                dataSet: data_set,
                version,
                hash,
            }
            .abi_encode()
        }
        Call::SetAllowList { data_set, list, root } => {
            let root = [root; 32].into();
            IAccess::setAllowListCall {
                dataSet: data_set,
                list,
                root,
            }
            .abi_encode()
        }
        Call::Revoke(At {
            data_set,
            subject,
            grant,
        }) => {
            let subject = eth(subject);
            IAccess::revokeCall {
                dataSet: data_set,
                subject,
                grant,
            }
            .abi_encode()
        }
        Call::RevokeAll { data_set } => IAccess::revokeAllCall(data_set).abi_encode(),
        Call::Renounce { data_set, grant } => IAccess::renounceCall {
            dataSet: data_set,
            grant,
        }
        .abi_encode(),
        Call::CreateGroup => IAccess::createGroupCall {}.abi_encode(),
        Call::AddMembers(changed) => {
            let (group, members) = (changed.group, all(&changed.members));
            IAccess::addMembersCall { group, members }.abi_encode()
        }
        Call::RemoveMembers(changed) => {
            let (group, members) = (changed.group, all(&changed.members));
            IAccess::removeMembersCall { group, members }.abi_encode()
        }
        Call::CreateDataSet(_) => IAccess::createDataSetCall {}.abi_encode(),
        Call::Grant(given) => grant(stage, &given),
        Call::ConsumeAccess {
            data_set,
            part,
            action,
            uses,
        } => {
            let path = part.0.to_owned();
            IAccess::consumeAccessCall {
                dataSet: data_set,
                path,
                action,
                uses,
            }
            .abi_encode()
        }
        Call::Sale(sale) => of_sale(stage, sale),
        other => unreachable!("{other:?} has no selector"),
    }
}

fn grant(stage: &Stage, given: &Given) -> Vec<u8> {
    let epoch = |epoch: Option<i64>| epoch.map_or(0, |epoch| stage.chain_epoch(epoch) as u64);
    IAccess::grantCall {
        dataSet: given.data_set,
        subject: stage.eth(given.subjects[0]),
        actions: given.terms.actions,
        path: given.terms.part.0.to_owned(),
        start: epoch(given.terms.start),
        end: epoch(given.terms.end),
        from: given.from.unwrap_or(0),
    }
    .abi_encode()
}

fn of_sale(stage: &Stage, sale: Sale) -> Vec<u8> {
    let eth = |named: Named| stage.eth(named);
    match sale {
        Sale::Buy(wish) => {
            let (subject, referrer) = parties(stage, &wish);
            IAccess::buyCall {
                plan: wish.plan,
                subject,
                periods: wish.periods,
                maxPrice: U256::from(wish.max_price),
                policyVersion: wish.policy_version,
                termsHash: [wish.hash; 32].into(),
                referrer,
            }
            .abi_encode()
        }
        Sale::Renew(wish) => {
            let (subject, referrer) = parties(stage, &wish);
            IAccess::renewCall {
                plan: wish.plan,
                subject,
                periods: wish.periods,
                maxPrice: U256::from(wish.max_price),
                policyVersion: wish.policy_version,
                termsHash: [wish.hash; 32].into(),
                referrer,
            }
            .abi_encode()
        }
        Sale::Refund { plan } => IAccess::refundCall(plan).abi_encode(),
        Sale::Settle { plan, subject } => {
            let subject = eth(subject);
            IAccess::settleCall { plan, subject }.abi_encode()
        }
        Sale::Share { plan, to, epochs } => {
            let to = eth(to);
            IAccess::shareTimeCall { plan, to, epochs }.abi_encode()
        }
        Sale::Withdraw { .. } => IAccess::withdraw_0Call {}.abi_encode(),
        other => unreachable!("{other:?} has no selector"),
    }
}

/// Subject and referrer; 0x0 for nobody.
fn parties(stage: &Stage, wish: &Wish) -> (Eth, Eth) {
    let perhaps = |named: Option<Named>| named.map_or(Eth::ZERO, |named| stage.eth(named));
    (perhaps(wish.subject), perhaps(wish.referrer))
}

/// The numbers in what came back; none of a use that was counted without a grant.
pub(super) fn numbers(call: &Call, returned: &[u8]) -> Vec<u64> {
    let Some(last) = returned.last_chunk() else {
        return Vec::new();
    };
    let number = u64::from_be_bytes(*last);
    let none = number == 0 && matches!(call, Call::ConsumeAccess { .. });
    if none { Vec::new() } else { vec![number] }
}
