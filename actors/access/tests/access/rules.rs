//! Rules: which decides, what they require, whom they open to, what they seal.

use cid::Cid;
use cid::multihash::Multihash;
use fvm_shared::bigint::BigInt;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    ADMIN, GRANT, GrantTerms, MAX_RULES, Node, Plan, READ, RELAY, Reason, RemoveRuleParams, Rule, Scope,
    SetRuleParams, Standard, WRITE, method,
};
use holdfast_runtime::foreign_cid::ForeignCid;

use crate::desk::*;
use crate::shop::*;

fn caller(actor: u64) -> Vec<Node> {
    vec![Node::Caller { actor: id(actor) }]
}

fn opens(scope: Scope, nodes: Vec<Node>) -> Rule {
    Rule {
        scope,
        actions: READ,
        requires: None,
        opens: Some(nodes),
        sealed: false,
    }
}

#[test]
fn a_rule_opens_to_those_it_names() {
    let mut desk = Desk::new();
    assert_eq!(desk.set_rule(opens(Scope::All {}, caller(ALICE))).unwrap(), 1);
    assert!(desk.reads(ALICE) && !desk.reads(BOB));
    assert!(!desk.ask(ALICE, WRITE, Scope::All {}).allowed);
    assert_eq!(desk.ask(ALICE, READ, Scope::All {}).policy_version, 1);
}

#[test]
fn the_narrowest_rule_decides() {
    let mut desk = Desk::new();
    desk.set_rule(opens(Scope::All {}, caller(ALICE))).unwrap();
    desk.set_rule(opens(path("a/b"), caller(BOB))).unwrap();
    let mut may = |subject, part| desk.ask(subject, READ, path(part)).allowed;
    assert!(may(ALICE, "a") && !may(BOB, "a"));
    assert!(!may(ALICE, "a/b/c") && may(BOB, "a/b/c"));
}

#[test]
fn what_is_required_binds_those_with_grants_but_not_the_owner() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.rule(Some(caller(BOB)), None);
    let required = Reason::NotRequired {
        node: 0,
        unknown: false,
    };
    assert_eq!(desk.reason(ALICE), required);
    assert_eq!(
        desk.reason(BOB),
        Reason::Nothing {},
        "it is required and does not open"
    );
    assert!(desk.reads(OWNER));
}

#[test]
fn a_sealed_part_is_closed_to_grants_for_more() {
    let mut desk = Desk::new();
    let all = desk.grant(ALICE, terms(READ));
    let rule = Rule {
        opens: None,
        sealed: true,
        ..opens(path("secret"), Vec::new())
    };
    desk.set_rule(rule).unwrap();
    let sealed = desk.ask(ALICE, READ, path("secret/1")).reason;
    assert_eq!(sealed, Reason::Sealed { grant: all });
    assert!(desk.ask(ALICE, READ, path("open/1")).allowed);
    let scope = path("secret");
    desk.grant(ALICE, GrantTerms { scope, ..terms(READ) });
    assert!(desk.ask(ALICE, READ, path("secret/1")).allowed);
}

#[test]
fn a_sealed_part_is_closed_to_what_came_from_grants_for_more() {
    let mut desk = Desk::new();
    let all = desk.grant(ALICE, terms(READ | GRANT));
    let of = |part| GrantTerms {
        scope: path(part),
        ..terms(READ | GRANT)
    };
    let before = desk.give_on((ALICE, all), BOB, of("secret/1"));
    let seal = Rule {
        opens: None,
        sealed: true,
        ..opens(path("secret"), Vec::new())
    };
    desk.set_rule(seal).unwrap();
    let after = desk.give_on((ALICE, all), ALICE, of("secret"));
    for (who, grant) in [(BOB, before), (ALICE, after)] {
        let sealed = desk.ask(who, READ, path("secret/1")).reason;
        assert_eq!(sealed, Reason::Sealed { grant });
    }
    let within = desk.grant(CAROL, of("secret"));
    let given_on = desk.give_on((CAROL, within), BOB, of("secret/1"));
    let granted = desk.ask(BOB, READ, path("secret/1")).reason;
    assert_eq!(granted, Reason::Granted { grant: given_on });
}

#[test]
fn a_block_is_sealed_by_whatever_cid_it_is_named() {
    let mut desk = Desk::new();
    let all = desk.grant(ALICE, terms(READ));
    let hash = Multihash::<64>::wrap(0x12, &[7; 32]).unwrap();
    let part = |cid| Scope::Content { cid: ForeignCid(cid) };
    let (old, dag, raw) = (
        part(Cid::new_v0(hash).unwrap()),
        part(Cid::new_v1(0x70, hash)),
        part(Cid::new_v1(0x55, hash)),
    );
    let other = part(Cid::new_v1(0x70, Multihash::wrap(0x12, &[8; 32]).unwrap()));
    let seal = Rule {
        opens: None,
        sealed: true,
        ..opens(dag.clone(), Vec::new())
    };
    desk.set_rule(seal).unwrap();
    for named in [old, dag.clone(), raw.clone()] {
        assert_eq!(desk.ask(ALICE, READ, named).reason, Reason::Sealed { grant: all });
    }
    assert!(desk.ask(ALICE, READ, other).allowed);
    let remove = RemoveRuleParams {
        data_set: DATA,
        scope: raw.clone(),
        actions: READ,
    };
    desk.call::<method::RemoveRule>(OWNER, &remove).unwrap();
    assert!(desk.ask(ALICE, READ, dag).allowed);
}

#[test]
fn a_time_window_opens_and_closes() {
    let mut desk = Desk::new();
    let window = Node::TimeWindow {
        start: NOW + 2,
        end: Some(NOW + 4),
    };
    desk.rule(None, Some(vec![window]));
    let open = (NOW..NOW + 6).filter(|epoch| desk.at(*epoch).reads(BOB));
    assert_eq!(open.collect::<Vec<_>>(), [NOW + 2, NOW + 3]);
    assert_eq!(
        desk.at(NOW + 3).ask(BOB, READ, Scope::All {}).valid_until,
        Some(NOW + 4)
    );
}

#[test]
fn an_answer_by_a_purchase_holds_until_the_purchase_ends() {
    let mut desk = Desk::new();
    let part = path("part");
    let plan = desk.sells(Plan {
        scope: part,
        ..plan(subscription(10, 0), 1_000)
    });
    desk.rule(None, Some(vec![Node::Paid { plan }]));
    let until = |desk: &mut Desk| desk.ask(ALICE, READ, Scope::All {}).valid_until;
    assert_eq!(until(&mut desk), None);
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!(until(&mut desk), Some(NOW + 10));
    desk.suspend(OWNER, ALICE, grant, NOW + 5).unwrap();
    assert_eq!(until(&mut desk), Some(NOW + 5));
    assert!(!desk.reads(ALICE) && desk.at(NOW + 5).reads(ALICE));
    assert!(!desk.at(NOW + 10).reads(ALICE));
}

#[test]
fn a_rule_takes_the_place_of_one_for_the_same_part_and_actions() {
    let mut desk = Desk::new();
    desk.set_rule(opens(Scope::All {}, caller(ALICE))).unwrap();
    assert_eq!(desk.set_rule(opens(Scope::All {}, caller(BOB))).unwrap(), 2);
    assert!(!desk.reads(ALICE) && desk.reads(BOB));
    assert_eq!(desk.call::<method::ListRules>(BOB, &DATA).unwrap().len(), 1);
    let remove = RemoveRuleParams {
        data_set: DATA,
        scope: Scope::All {},
        actions: READ | RELAY,
    };
    desk.refused::<method::RemoveRule>(BOB, &remove, 66);
    assert_eq!(desk.call::<method::RemoveRule>(OWNER, &remove).unwrap(), 3);
    assert!(!desk.reads(BOB));
    desk.refused::<method::RemoveRule>(OWNER, &remove, 83);
}

#[test]
fn of_two_rules_for_one_part_that_share_an_action_the_one_that_was_set_last_decides() {
    let mut desk = Desk::new();
    let about = |actions, who| Rule {
        actions,
        ..opens(Scope::All {}, caller(who))
    };
    desk.set_rule(about(READ, ALICE)).unwrap();
    desk.set_rule(about(WRITE, BOB)).unwrap();
    let may = |desk: &mut Desk, who, action| desk.ask(who, action, Scope::All {}).allowed;
    assert!(!may(&mut desk, ALICE, READ) && may(&mut desk, BOB, READ) && may(&mut desk, BOB, WRITE));
    desk.set_rule(about(READ, ALICE)).unwrap();
    assert!(may(&mut desk, ALICE, READ) && !may(&mut desk, BOB, READ) && may(&mut desk, BOB, WRITE));
}

#[test]
fn a_policy_that_is_none_is_refused_when_it_is_written() {
    let mut desk = Desk::new();
    let not = |nodes: Vec<Node>| SetRuleParams {
        data_set: DATA,
        rule: opens(Scope::All {}, nodes),
    };
    let message = desk.refused::<method::SetRule>(OWNER, &not(vec![Node::Or { of: 0 }]), 81);
    assert!(
        message.contains("the policy that opens is none: node 0 has no children"),
        "{message}"
    );
    desk.refused::<method::SetRule>(OWNER, &not(vec![]), 81);
    desk.refused::<method::SetRule>(OWNER, &not(vec![Node::Not {}]), 81);
    desk.refused::<method::SetRule>(OWNER, &not(caller(9_999)), 69);
    let nothing = SetRuleParams {
        data_set: DATA,
        rule: Rule {
            opens: None,
            ..opens(Scope::All {}, Vec::new())
        },
    };
    desk.refused::<method::SetRule>(OWNER, &nothing, 84);
}

#[test]
fn a_data_set_has_at_most_32_rules() {
    let mut desk = Desk::new();
    for number in 0..MAX_RULES {
        desk.set_rule(opens(path(&number.to_string()), caller(ALICE)))
            .unwrap();
    }
    let one_more = desk.set_rule(opens(path("more"), caller(ALICE))).unwrap_err();
    assert_eq!(one_more.code.value(), 82);
    desk.set_rule(opens(path("7"), caller(BOB))).unwrap();
}

#[test]
fn rules_are_no_burden_for_those_who_have_data_sets_beside() {
    let mut desk = Desk::new();
    // Of the most nodes, with numbers as long as they can be.
    let dear = |name: &str| {
        let holder = Node::Holder {
            token: id(CAROL),
            standard: Standard::Frc46 {},
            least: TokenAmount::from_atto((BigInt::from(1) << 256) - 1),
            held_for: 1_000,
        };
        let mut nodes = vec![Node::And { of: 31 }];
        nodes.resize(32, holder);
        opens(path(name), nodes)
    };
    desk.0.add_actor(CAROL, 17, None);
    let fits = (0..MAX_RULES).take_while(|number| desk.set_rule(dear(&number.to_string())).is_ok());
    let fits = fits.count();
    assert!((8..MAX_RULES).contains(&fits), "{fits}");
    let refused = desk.set_rule(dear("one more")).unwrap_err();
    assert_eq!(refused.code.value(), 165);
    assert!(refused.message.contains("the limit of 32768"), "{refused}");
    desk.set_rule(opens(path("0"), caller(ALICE))).unwrap();
}

#[test]
fn admins_set_rules_even_when_the_rules_are_against_them() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(ADMIN));
    let shut = Rule {
        actions: ADMIN,
        requires: Some(caller(BOB)),
        ..opens(Scope::All {}, caller(BOB))
    };
    desk.set_rule(shut).unwrap();
    assert!(!desk.reads(ALICE));
    let params = SetRuleParams {
        data_set: DATA,
        rule: opens(Scope::All {}, caller(ALICE)),
    };
    desk.call::<method::SetRule>(ALICE, &params).unwrap();
}
