//! Faults that other systems had, each by a sentence that has to hold here. `policies` is `policies/tests/access`.
//!
//! | fault | that it is not here is said by |
//! |---|---|
//! | an expired approval is still valid on one path | `an_expired_grant_is_valid_on_no_path`, `uses_are_counted_until_none_is_left` in `uses` |
//! | the last epoch differs between functions | `everything_ends_at_the_same_epoch`, `a_grant_counts_from_its_start_to_its_end` in `grants` |
//! | the last epoch differs between systems | `everything_ends_at_the_same_epoch`: the rule is in the docs of the interface |
//! | the origin is believed | `whoever_started_a_message_has_no_say_in_what_its_callees_may`, `who_carries_a_message_lends_it_nothing` in `carried` |
//! | a walk without bounds | `every_walk_is_bounded_and_says_where_to_go_on` in `pages`, `a_page_of_readers_is_bounded_by_those_looked_at_and_may_be_empty` in `keys`, `grants_from_a_revoked_one_take_no_room` in `chains` |
//! | a deny list that fails opens | `a_deny_list_that_cannot_be_read_opens_nothing`, `what_is_not_known_is_not_known_when_it_is_turned_around` in `policies::policies` |
//! | an empty "or" is true | `an_empty_alternative_is_no_policy`, `a_policy_without_conditions_is_refused_when_it_is_written` in `policies::policies` |
//! | a payment or a signature is good twice, or elsewhere | `one_payment_buys_once`, `a_message_is_for_one_method_and_one_data_set` in `carried`, `a_message_is_for_one_chain_one_actor_and_one_version` in `typed` |
//! | a nonce that every node keeps for itself | `nonces_have_no_order_and_are_used_once` in `carried` |
//! | a freeze stops revoking; a revocation counts a block late | `a_freeze_stops_no_way_out`, `a_revocation_is_felt_in_its_own_epoch_on_every_path`, `a_freeze_and_a_suspension_stop_no_refund_and_cost_no_penalty` in `withheld` |
//! | a revocation can be replaced | `a_revocation_cannot_be_taken_back_by_any_method`, `what_came_from_a_pruned_grant_stays_dead` in `enumeration` |
//! | a delay is bypassed; a grant cannot be cancelled | `every_method_is_held_up_or_known_not_to_be` in `held_up`, `every_way_of_granting_is_delayed`, `a_commitment_opens_no_sooner_than_a_grant_would_that_is_given_when_it_is_revealed` and `the_guardian_can_cancel_a_grant_until_it_begins` in `delays` |
//! | delegation in circles; nobody is left who administers | `a_grant_is_made_from_an_earlier_one_so_no_circle_closes`, `somebody_administers_when_no_admin_is_left` |
//! | a child wider than its parent | `a_child_wider_than_its_parent_is_refused`, `terms_go_along_with_what_is_given_on` in `terms`, `what_is_narrower_above_is_narrower_below` in `policies::edges` |
//! | rights kept or lost with the owner | `a_data_set_changes_hands_in_two_steps_and_its_grants_end` in `data_sets`, `a_new_owner_does_not_revive_what_was_void` in `chains` |
//! | one payee gets what is owed to others | `what_is_owed_is_fetched_once_and_by_nobody_else` in `sales`, `what_a_token_does_not_hand_over_is_still_owed` in `money` |
//! | price or terms change under a purchase | `a_price_that_rose_meanwhile_is_refused_and_not_charged` and `a_renewal_is_never_under_other_terms_than_what_was_bought` in `sales`, `in_whatever_order_things_happen_a_buyer_gets_what_it_named_or_pays_nothing` in `meanwhile` |
//! | a release cannot be proved | `a_release_can_be_proved_from_an_anchored_log` in `receipts` |

use std::fs;
use std::path::Path;

use holdfast_api::access::{
    ADMIN, AccessError, GRANT, GrantTerms, Node, PlanKind, READ, Reason, Scope, WRITE, method,
};
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::EthAddress;

use crate::commitments::{SALT, commit, reveal};
use crate::desk::*;
use crate::ethereum::{CONTRACT, bind, can, sol};
use crate::passes::user;
use crate::shared_time::share;
use crate::shop::*;
use crate::tickets::{counts, issue};

/// Where the tests of the table are.
const FOLDERS: [&str; 2] = ["tests/access", "../../policies/tests/access"];

#[test]
fn every_test_that_the_table_names_is_there() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = FOLDERS
        .iter()
        .flat_map(|folder| fs::read_dir(here.join(folder)).unwrap());
    let sources: Vec<String> = files
        .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let table = include_str!("faults.rs")
        .lines()
        .filter(|line| line.starts_with("//! | "));
    let names = table.flat_map(|line| line.split('`').skip(1).step_by(2));
    // Names of tests are sentences, those of files one word.
    let names: Vec<&str> = names.filter(|name| name.matches('_').count() > 1).collect();
    assert!(names.len() > 30, "{names:?}");
    for name in names {
        let test = format!("#[test]\nfn {name}()");
        assert!(sources.iter().any(|source| source.contains(&test)), "{name}");
    }
}

/// The function that is bound.
const FUNCTION: [u8; 4] = [1, 2, 3, 4];

#[test]
fn an_expired_grant_is_valid_on_no_path() {
    let mut desk = Desk::new();
    let short = GrantTerms {
        end: Some(NOW + 1),
        ..terms(ADMIN)
    };
    let grant = desk.grant(ALICE, short);
    sol::<method::bindFunction>(&mut desk, CONTRACT, bind(DATA)).unwrap();
    assert!(can(&mut desk, ALICE, CONTRACT, FUNCTION) && user(&mut desk, ALICE, grant) != EthAddress::ZERO);
    desk.at(NOW + 1);
    assert!(!desk.reads(ALICE));
    assert!(!can(&mut desk, ALICE, CONTRACT, FUNCTION));
    assert_eq!(user(&mut desk, ALICE, grant), EthAddress::ZERO);
    let administers = desk.give(ALICE, BOB, terms(READ), None).unwrap_err();
    assert_eq!(administers.code.value(), 66);
    let later = GrantTerms {
        end: Some(NOW + 2),
        ..terms(READ)
    };
    let given_on = desk.give(ALICE, BOB, later, Some(grant)).unwrap_err();
    assert_eq!(given_on.code.value(), 77);
    assert_eq!(desk.uses(ALICE, 1).unwrap_err().code.value(), 91);
    assert_eq!(issue(&mut desk, ALICE, 10, 0).unwrap_err().code.value(), 91);
}

#[test]
fn everything_ends_at_the_same_epoch() {
    for (now, holds) in [(NOW + 9, true), (NOW + 10, false), (NOW + 11, false)] {
        let mut desk = Desk::new();
        let ends = GrantTerms {
            end: Some(NOW + 10),
            ..terms(READ)
        };
        desk.grant(ALICE, ends);
        let plan = desk.sells(plan(PlanKind::Once { epochs: Some(10) }, 100));
        desk.buys(BOB, plan, 1).unwrap();
        let ticket = issue(&mut desk, ALICE, 10, 0).unwrap();
        let window = Node::TimeWindow {
            start: NOW,
            end: Some(NOW + 10),
        };
        desk.rule(None, Some(vec![window]));
        sol::<method::bindFunction>(&mut desk, CONTRACT, bind(DATA)).unwrap();
        desk.at(now);
        assert_eq!(counts(&mut desk, ticket), holds, "a ticket at {now}");
        for (who, what) in [(ALICE, "a grant"), (BOB, "a purchase"), (CAROL, "a window")] {
            assert_eq!(desk.reads(who), holds, "{what} at {now}");
            assert_eq!(desk.uses(who, 1).is_ok(), holds, "{what} at {now}");
            let calls = can(&mut desk, who, CONTRACT, FUNCTION);
            assert_eq!(calls, holds, "{what} at {now}");
        }
    }
}

#[test]
fn whoever_started_a_message_has_no_say_in_what_its_callees_may() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    // The owner started this message: only the immediate caller counts.
    assert_eq!(desk.0.message().origin, OWNER);
    let error = desk.give(BOB, CAROL, terms(READ), None).unwrap_err();
    let expected = AccessError::NotAdmin {
        data_set: DATA,
        caller: id(BOB),
    };
    assert_eq!(error, expected.into());
}

#[test]
fn a_deny_list_that_cannot_be_read_opens_nothing() {
    let mut desk = Desk::new();
    // A list that nobody has set: whether Alice is on it is not known, and turned around it is no better known.
    desk.rule(None, Some(vec![Node::Not {}, Node::AllowList { list: 1 }]));
    let unknown = Reason::Closed {
        node: 1,
        unknown: true,
    };
    assert_eq!(desk.reason(ALICE), unknown);
}

#[test]
fn an_empty_alternative_is_no_policy() {
    let mut desk = Desk::new();
    let rule = holdfast_api::access::Rule {
        scope: Scope::All {},
        actions: READ,
        requires: None,
        opens: Some(vec![Node::Or { of: 0 }]),
        sealed: false,
    };
    assert_eq!(desk.set_rule(rule).unwrap_err().code.value(), 81);
}

#[test]
fn a_freeze_stops_no_way_out() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ));
    let bob = desk.grant(BOB, terms(READ));
    let carol = desk.grant(CAROL, terms(READ));
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    assert_eq!(
        desk.give(OWNER, BOB, terms(READ), None).unwrap_err().code.value(),
        70
    );
    desk.revoke(OWNER, ALICE, alice).unwrap();
    desk.renounce(BOB, bob).unwrap();
    desk.suspend(GUARDIAN, CAROL, carol, NOW + 9).unwrap();
    assert!(desk.grant_info(ALICE, alice).revoked && desk.grant_info(BOB, bob).revoked);
    assert_eq!(desk.grant_info(CAROL, carol).suspended_until, NOW + 9);
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.at(NOW + 9);
    assert!(!desk.reads(ALICE) && !desk.reads(BOB) && !desk.reads(CAROL));
    let (grant, at, why) = (carol, carol, "generation".to_owned());
    assert_eq!(desk.reason(CAROL), Reason::Dead { grant, at, why });
}

#[test]
fn one_payment_buys_once() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::PerUse { uses: 1 }, 100));
    let wanted = desk.wanted(ALICE, plan, 1);
    desk.pay::<method::Buy>(ALICE, 100, &wanted).unwrap();
    desk.uses(ALICE, 1).unwrap();
    assert_eq!(desk.uses(ALICE, 1).unwrap_err().code.value(), 91);
    // The same words buy once more only for the same money once more.
    desk.refused::<method::Buy>(ALICE, &wanted, 102);
    assert_eq!(desk.uses(ALICE, 1).unwrap_err().code.value(), 91);
    desk.pay::<method::Buy>(ALICE, 100, &wanted).unwrap();
    desk.uses(ALICE, 1).unwrap();
    assert_eq!((desk.waits(TREASURY), desk.waits(SECOND)), (140, 60));
}

#[test]
fn a_revocation_is_felt_in_its_own_epoch_on_every_path() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(ADMIN));
    let bob = desk.give_on((ALICE, alice), BOB, terms(ADMIN));
    let tickets = [ALICE, BOB].map(|who| issue(&mut desk, who, 10, 0).unwrap());
    sol::<method::bindFunction>(&mut desk, CONTRACT, bind(DATA)).unwrap();
    desk.revoke(OWNER, ALICE, alice).unwrap();
    for ((who, grant), ticket) in [(ALICE, alice), (BOB, bob)].into_iter().zip(tickets) {
        assert!(!desk.reads(who) && !counts(&mut desk, ticket));
        assert!(desk.uses(who, 1).is_err() && issue(&mut desk, who, 10, 0).is_err());
        assert!(!can(&mut desk, who, CONTRACT, FUNCTION));
        assert_eq!(user(&mut desk, who, grant), EthAddress::ZERO);
        let administers = desk.give(who, CAROL, terms(READ), None).unwrap_err();
        assert_eq!(administers.code.value(), 66);
    }
    let given_on = desk.give(ALICE, CAROL, terms(READ), Some(alice)).unwrap_err();
    assert_eq!(given_on.code.value(), 77);
}

/// What Alice has lost: a grant that she could give on, and a subscription.
struct Lost {
    given: u64,
    bought: u64,
    plan: u64,
}

/// A desk where both are revoked.
fn revoked() -> (Desk, Lost) {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 100));
    let lost = Lost {
        given: desk.grant(ALICE, terms(READ | GRANT)),
        bought: desk.buys(ALICE, plan, 1).unwrap(),
        plan,
    };
    commit(&mut desk, ALICE, terms(READ), Some(lost.given)).unwrap();
    for grant in [lost.given, lost.bought] {
        desk.revoke(OWNER, ALICE, grant).unwrap();
    }
    (desk, lost)
}

type Attempt = fn(&mut Desk, &Lost);

/// What could be thought to open what was revoked.
const ATTEMPTS: [(&str, Attempt); 9] = [
    ("a suspension that is lifted", |desk, lost| suspend(desk, lost, 0)),
    ("a suspension to the past", |desk, lost| {
        suspend(desk, lost, NOW - 1)
    }),
    ("a suspension that is over", |desk, lost| {
        suspend(desk, lost, NOW + 3);
        desk.at(NOW + 3);
    }),
    ("a freeze that ends", |desk, _| {
        desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
        desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    }),
    ("a handover that keeps grants", |desk, _| {
        desk.hand_over(BOB, true)
    }),
    ("a renewal", |desk, lost| {
        let wanted = desk.wanted_unquoted(lost.plan, 1);
        desk.0.value(atto(100));
        desk.refused::<method::Renew>(ALICE, &wanted, 103);
    }),
    ("a commitment to herself", |desk, _| {
        let refused = reveal(desk, ALICE, SALT).unwrap_err();
        assert_eq!(refused.code.value(), 77);
    }),
    ("another revocation", |desk, lost| {
        desk.revoke(OWNER, ALICE, lost.given).unwrap();
        desk.revoke(OWNER, ALICE, lost.bought).unwrap();
    }),
    ("time that is shared", |desk, lost| {
        desk.refused::<method::ShareTime>(ALICE, &share(lost.plan, 1), 77);
    }),
];

/// Both grants of Alice rest until an epoch.
fn suspend(desk: &mut Desk, lost: &Lost, until: i64) {
    for grant in [lost.given, lost.bought] {
        desk.suspend(OWNER, ALICE, grant, until).unwrap();
    }
}

#[test]
fn a_revocation_cannot_be_taken_back_by_any_method() {
    for (what, attempt) in ATTEMPTS {
        let (mut desk, lost) = revoked();
        attempt(&mut desk, &lost);
        assert!(!desk.reads(ALICE), "{what}");
        for grant in [lost.given, lost.bought] {
            assert!(desk.grant_info(ALICE, grant).revoked, "{what}");
        }
    }
}

#[test]
fn what_was_revoked_is_bought_anew_as_another_grant() {
    let (mut desk, lost) = revoked();
    let grant = desk.buys(ALICE, lost.plan, 1).unwrap();
    assert!(grant > lost.bought);
    assert_eq!(desk.reason(ALICE), Reason::Granted { grant });
    desk.revoke(OWNER, ALICE, grant).unwrap();
    assert!(!desk.reads(ALICE), "the first one is still revoked");
}

#[test]
fn a_grant_is_made_from_an_earlier_one_so_no_circle_closes() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ | GRANT));
    let back = desk.give_on((BOB, bob), ALICE, terms(READ | GRANT));
    assert!(alice < bob && bob < back);
    desk.revoke(OWNER, ALICE, alice).unwrap();
    assert!(
        !desk.reads(ALICE),
        "what comes back from below ends with what is above"
    );
}

#[test]
fn somebody_administers_when_no_admin_is_left() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(ADMIN));
    let bob = desk.grant(BOB, terms(ADMIN));
    // They take each other's power in one epoch, and nothing is stuck.
    desk.revoke(ALICE, BOB, bob).unwrap();
    assert!(desk.revoke(BOB, ALICE, alice).is_err());
    desk.renounce(ALICE, alice).unwrap();
    desk.grant(CAROL, terms(ADMIN));
    desk.give(CAROL, BOB, terms(READ), None).unwrap();
}

#[test]
fn a_child_wider_than_its_parent_is_refused() {
    let mut desk = Desk::new();
    let folder = GrantTerms {
        scope: path("a"),
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, folder);
    let refused = desk.give(ALICE, BOB, terms(READ), Some(alice)).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    let more = GrantTerms {
        scope: path("a/b"),
        ..terms(READ | WRITE)
    };
    let refused = desk.give(ALICE, BOB, more, Some(alice)).unwrap_err();
    assert_eq!(refused.code.value(), 75);
    let within = GrantTerms {
        scope: path("a/b"),
        ..terms(READ)
    };
    desk.give_on((ALICE, alice), BOB, within);
}
