//! What all whom a policy asks may use together. Each of them keeps well within its own limit.

use alloy_primitives::U256;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessAnswer, Node, POLICY_GAS, READ, Reason, Scope, method};
use holdfast_integration_tests::access::question;
use holdfast_localnet::Kind;

use crate::support::Library;

/// What each may use: four of them together more than the policy has.
const EACH: u64 = 40_000_000;
/// What a message needs beside what it asks.
const ROOM: u64 = 10_000_000;

fn asked(actor: Address) -> Node {
    Node::External {
        actor,
        method: 77_777_777,
        gas: EACH,
    }
}

fn unknown(node: u64) -> Reason {
    Reason::Closed { node, unknown: true }
}

impl Library {
    /// Somebody who says yes or no, once some gas is used up.
    #[track_caller]
    pub(crate) fn opinion(&mut self, cost: U256, yes: bool) -> Address {
        let owner = self.owner.clone();
        self.w.deploy_with(&owner, "Opinion", &(cost, yes))
    }

    /// Somebody who uses up all that it gets.
    #[track_caller]
    pub(crate) fn glutton(&mut self) -> Address {
        self.opinion(U256::MAX, true)
    }

    /// What comes of a policy, and what the message costs.
    #[track_caller]
    fn decides(&mut self, nodes: Vec<Node>) -> (AccessAnswer, u64) {
        self.open(nodes);
        let reader = self.w.account(Kind::Secp256k1, 1);
        let question = question(self.w.id(&reader), READ, Scope::All {});
        let access = self.access;
        let answer = self.w.call::<method::HasAccess>(&reader, access, &question);
        let gas = answer.receipt.gas_used;
        (answer.ok(), gas)
    }

    /// A policy for which four say yes, each at this cost.
    #[track_caller]
    fn four(&mut self, cost: u64) -> Vec<Node> {
        let four = (0..4).map(|_| asked(self.opinion(U256::from(cost), true)));
        let four: Vec<Node> = four.collect();
        [vec![Node::And { of: 4 }], four].concat()
    }
}

#[test]
fn within_the_budget_of_a_policy_all_are_heard() {
    let mut library = Library::new();
    let nodes = library.four(20_000_000);
    let (answer, gas) = library.decides(nodes);
    assert!(answer.allowed && answer.reason == Reason::Opened {});
    assert!(gas > 80_000_000, "{gas} gas: they were not asked");
}

#[test]
fn who_is_asked_when_the_budget_is_used_up_is_not_known() {
    let mut library = Library::new();
    let nodes = library.four(30_000_000);
    for one in &nodes[1..] {
        let (answer, _) = library.decides(vec![one.clone()]);
        assert!(answer.allowed, "each alone has enough");
    }
    let (answer, gas) = library.decides(nodes);
    assert!(!answer.allowed);
    assert_eq!(answer.reason, unknown(4), "the last one comes too late");
    assert!(gas < POLICY_GAS + ROOM, "{gas} gas");
}

#[test]
fn even_a_cheap_yes_comes_too_late_when_the_budget_is_used_up() {
    let mut library = Library::new();
    let cheap = asked(library.opinion(U256::ZERO, true));
    let gluttons: Vec<Node> = (0..4).map(|_| asked(library.glutton())).collect();
    let (any, cheap) = (vec![Node::Or { of: 5 }], vec![cheap]);
    let (late, late_gas) = library.decides([any.clone(), gluttons.clone(), cheap.clone()].concat());
    assert_eq!((late.allowed, late.reason), (false, unknown(1)));
    assert!(
        (POLICY_GAS..POLICY_GAS + ROOM).contains(&late_gas),
        "{late_gas} gas"
    );
    let (early, early_gas) = library.decides([any, cheap, gluttons].concat());
    assert!(early.allowed && early_gas < ROOM, "{early_gas} gas");
}
