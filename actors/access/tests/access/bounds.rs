//! What a rule, a question or a data set cannot say: each bound with its own words.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    HasAccessParams, ListProof, MAX_METADATA, MAX_PROOF, MAX_PROOFS, Node, POLICY_GAS, READ, Rule, Scope,
    SetContentParams, SetRuleParams, SolidityCidQuestion, Standard, method,
};
use holdfast_policies::access::policy::MAX_HELD_FOR;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::schema::Schema;

use crate::desk::*;
use crate::ethereum::sol;
use crate::shop::*;

fn requires(nodes: Vec<Node>) -> SetRuleParams {
    let rule = Rule {
        scope: Scope::All {},
        actions: READ,
        requires: Some(nodes),
        opens: None,
        sealed: false,
    };
    SetRuleParams { data_set: DATA, rule }
}

fn holder(least: TokenAmount, held_for: u64) -> Node {
    Node::Holder {
        token: id(CAROL),
        standard: Standard::Erc20 {},
        least,
        held_for,
    }
}

fn reputation(least: u64) -> Node {
    let actor = id(CAROL);
    Node::Reputation { actor, least }
}

fn external(gas: u64) -> Node {
    Node::External {
        actor: id(CAROL),
        method: 1 << 24,
        gas,
    }
}

fn window(start: i64, end: Option<i64>) -> Node {
    Node::TimeWindow { start, end }
}

#[test]
fn a_node_that_holds_for_everybody_or_for_nobody_is_none() {
    let mut desk = Desk::new();
    let none = [
        (holder(atto(0), 0), "node 1 asks for less than 1"),
        (holder(-atto(1), 0), "node 1 asks for less than 1"),
        (reputation(0), "node 1 asks for less than 1"),
        (
            holder(atto(1), MAX_HELD_FOR + 1),
            "held for 10512001 epochs where 10512000 are allowed",
        ),
        (window(7, Some(7)), "a window from epoch 7 to 7"),
        (window(7, Some(6)), "a window from epoch 7 to 6"),
        (external(0), "0 gas, which lies outside 1 to 100000000"),
        (external(POLICY_GAS + 1), "100000001 gas"),
    ];
    for (node, why) in none {
        let nodes = requires(vec![Node::Not {}, node]);
        let message = desk.refused::<method::SetRule>(OWNER, &nodes, 81);
        assert!(message.contains(why), "{message}");
    }
    for node in [
        holder(atto(1), MAX_HELD_FOR),
        reputation(1),
        window(7, Some(8)),
        window(7, None),
        external(1),
        external(POLICY_GAS),
    ] {
        desk.call::<method::SetRule>(OWNER, &requires(vec![node]))
            .unwrap();
    }
}

#[test]
fn a_rule_names_no_group_and_no_plan_that_is_not_there() {
    let mut desk = Desk::new();
    desk.call::<method::CreateDataSet>(BOB, &plain()).unwrap();
    let group = desk.call::<method::CreateGroup>(CAROL, &()).unwrap();
    let (own, other) = (plan(once(), 5), plan(once(), 5));
    let own = desk.sells(own);
    let other = desk
        .call::<method::CreatePlan>(BOB, &holdfast_api::access::Plan { data_set: 2, ..other })
        .unwrap();
    let none = [
        (Node::InGroup { group: group + 1 }, 89),
        (Node::InGroup { group: 0 }, 89),
        (Node::Paid { plan: other + 1 }, 95),
        (Node::Paid { plan: other }, 158),
    ];
    for (node, code) in none {
        for opens in [true, false] {
            let mut p = requires(vec![Node::Not {}, node.clone()]);
            if opens {
                core::mem::swap(&mut p.rule.requires, &mut p.rule.opens);
            }
            desk.refused::<method::SetRule>(OWNER, &p, code);
        }
    }
    for node in [Node::InGroup { group }, Node::Paid { plan: own }] {
        desk.call::<method::SetRule>(OWNER, &requires(vec![node]))
            .unwrap();
    }
}

fn once() -> holdfast_api::access::PlanKind {
    holdfast_api::access::PlanKind::Once { epochs: None }
}

#[test]
fn metadata_is_no_larger_than_readers_can_expect() {
    let mut desk = Desk::new();
    let content = |metadata_size| SetContentParams {
        data_set: DATA,
        content: Vec::new(),
        metadata: Some(ForeignCid::sample()),
        metadata_size,
    };
    desk.call::<method::SetContent>(OWNER, &content(MAX_METADATA))
        .unwrap();
    let message = desk.refused::<method::SetContent>(OWNER, &content(MAX_METADATA + 1), 156);
    assert!(message.contains("16777217 bytes of metadata"), "{message}");
    let mut made = plain();
    made.metadata_size = MAX_METADATA + 1;
    desk.refused::<method::CreateDataSet>(OWNER, &made, 156);
}

#[test]
fn a_question_comes_with_no_more_proofs_than_a_policy_has_nodes() {
    let mut desk = Desk::new();
    let with = |proofs: Vec<ListProof>| HasAccessParams {
        data_set: DATA,
        scope: Scope::All {},
        subject: id(ALICE),
        action: READ,
        proofs,
    };
    let proof = |bytes: usize| ListProof {
        list: 1,
        path: RawBytes::new(vec![7; bytes]),
    };
    let longest = MAX_PROOF * 32;
    desk.call::<method::HasAccess>(BOB, &with(vec![proof(longest); MAX_PROOFS]))
        .unwrap();
    desk.refused::<method::HasAccess>(BOB, &with(vec![proof(0); MAX_PROOFS + 1]), 157);
    for bytes in [longest + 32, 31, 33] {
        desk.refused::<method::HasAccess>(BOB, &with(vec![proof(bytes)]), 131);
    }
}

#[test]
fn a_part_can_be_asked_about_by_its_cid_from_solidity() {
    let mut desk = Desk::new();
    let cid = ForeignCid::sample();
    let part = Scope::Content { cid };
    desk.grant(
        ALICE,
        holdfast_api::access::GrantTerms {
            scope: part,
            ..terms(READ)
        },
    );
    let question = |subject, cid: Vec<u8>| SolidityCidQuestion {
        data_set: DATA,
        cid: RawBytes::new(cid),
        subject: id(subject),
        action: READ,
    };
    let mut ask = |subject| {
        let p = question(subject, cid.0.to_bytes());
        sol::<method::hasAccessToCid>(&mut desk, BOB, p).unwrap().allowed
    };
    assert!(ask(ALICE) && !ask(BOB) && ask(OWNER));
    let none = question(ALICE, vec![1, 2, 3]);
    let refused = sol::<method::hasAccessToCid>(&mut desk, BOB, none).unwrap_err();
    let why = refused.error.message;
    assert!(why.contains("it is no CID"), "{why}");
}
