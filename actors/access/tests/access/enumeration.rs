//! Who has what: by data set, by subject, and without the dead.

use holdfast_api::access::{
    GRANT, GrantAt, GrantTerms, ListDataSetsParams, ListGrantsParams, PruneReturn, PurchaseAt, READ, Reason,
    method,
};

use holdfast_runtime::evm::EthAddress;

use crate::desk::*;
use crate::ethereum::sol;
use crate::shop::*;

fn grants(desk: &mut Desk, start: u64, limit: u64) -> (Vec<(u64, usize)>, Option<u64>) {
    let params = ListGrantsParams {
        data_set: DATA,
        start,
        limit,
    };
    let page = desk.call::<method::ListGrants>(CAROL, &params).unwrap();
    let subjects = page.subjects.iter();
    (
        subjects
            .map(|found| (found.subject, found.grants.len()))
            .collect(),
        page.next,
    )
}

fn data_sets(desk: &mut Desk, subject: u64, start: u64, limit: u64) -> (Vec<u64>, Option<u64>) {
    let params = ListDataSetsParams {
        subject: id(subject),
        start,
        limit,
    };
    let page = desk.call::<method::ListDataSets>(CAROL, &params).unwrap();
    (page.data_sets, page.next)
}

#[test]
fn grants_are_listed_by_data_set_page_by_page() {
    let mut desk = Desk::new();
    for subject in [BOB, ALICE, BOB, CAROL] {
        desk.grant(subject, terms(READ));
    }
    assert_eq!(grants(&mut desk, 0, 2), (vec![(ALICE, 1), (BOB, 2)], Some(CAROL)));
    assert_eq!(grants(&mut desk, CAROL, 2), (vec![(CAROL, 1)], None));
    let params = ListGrantsParams {
        data_set: DATA,
        start: 0,
        limit: 1_001,
    };
    desk.refused::<method::ListGrants>(CAROL, &params, 86);
}

#[test]
fn data_sets_are_listed_by_subject_page_by_page() {
    let mut desk = Desk::new();
    desk.call::<method::CreateDataSets>(OWNER, &vec![plain(), plain()])
        .unwrap();
    for data_set in [3, 1, 2] {
        let params = holdfast_api::access::GrantParams {
            data_set,
            subject: id(ALICE),
            terms: terms(READ),
            from: None,
        };
        desk.call::<method::Grant>(OWNER, &params).unwrap();
    }
    assert_eq!(data_sets(&mut desk, ALICE, 0, 2), (vec![1, 2], Some(3)));
    assert_eq!(data_sets(&mut desk, ALICE, 3, 2), (vec![3], None));
    assert_eq!(data_sets(&mut desk, BOB, 0, 2), (vec![], None));
}

#[test]
fn who_has_no_actor_has_nothing() {
    let mut desk = Desk::new();
    let subject = EthAddress([9; 20]).to_filecoin().unwrap();
    let (start, limit, grant) = (0, 10, 1);
    let page = ListDataSetsParams {
        subject,
        start,
        limit,
    };
    let page = desk.call::<method::ListDataSets>(BOB, &page).unwrap();
    assert_eq!((page.data_sets, page.next), (vec![], None));
    let data_set = DATA;
    let at = GrantAt {
        data_set,
        subject,
        grant,
    };
    assert_eq!(sol::<method::passOf>(&mut desk, BOB, at).unwrap(), atto(0));
    let plan = desk.sells(plan(subscription(10, 0), 1));
    let message = desk.refused::<method::GetPurchase>(BOB, &PurchaseAt { plan, subject }, 103);
    assert!(message.contains(&subject.to_string()), "{message}");
}

#[test]
fn pruning_clears_away_what_is_dead_for_good_and_nothing_else() {
    let mut desk = Desk::new();
    let revoked = desk.grant(ALICE, terms(READ));
    desk.revoke(OWNER, ALICE, revoked).unwrap();
    let short = GrantTerms {
        end: Some(NOW + 5),
        ..terms(READ)
    };
    desk.grant(BOB, short);
    desk.grant(BOB, terms(READ));
    let later = GrantTerms {
        start: Some(NOW + 9),
        ..terms(READ)
    };
    desk.grant(CAROL, later);
    assert_eq!(
        desk.prune(CAROL, 0, 200),
        PruneReturn {
            pruned: 1,
            next: None
        }
    );
    assert_eq!(data_sets(&mut desk, ALICE, 0, 10).0, [0u64; 0]);
    desk.at(NOW + 5);
    assert_eq!(
        desk.prune(CAROL, 0, 1),
        PruneReturn {
            pruned: 1,
            next: Some(CAROL)
        }
    );
    assert_eq!(grants(&mut desk, 0, 10).0, [(BOB, 1), (CAROL, 1)]);
    assert_eq!(desk.prune(CAROL, 0, 200).pruned, 0);
}

#[test]
fn what_came_from_a_pruned_grant_stays_dead() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ | GRANT));
    let bob = desk.give_on((ALICE, alice), BOB, terms(READ));
    desk.revoke(OWNER, ALICE, alice).unwrap();
    assert_eq!(desk.prune(CAROL, 0, 1).pruned, 1, "the page ends before Bob");
    assert_eq!(desk.reason(BOB), Reason::Orphaned { grant: bob });
    desk.grant(ALICE, terms(READ | GRANT));
    assert_eq!(
        desk.reason(BOB),
        Reason::Orphaned { grant: bob },
        "numbers are never used again"
    );
}

#[test]
fn what_came_from_dead_grants_is_cleared_away_with_them() {
    let mut desk = Desk::new();
    let passes_on = |end| GrantTerms {
        end,
        ..terms(READ | GRANT)
    };
    let alice = desk.grant(ALICE, passes_on(Some(NOW + 5)));
    let bob = desk.give_on((ALICE, alice), BOB, passes_on(None));
    desk.give_on((BOB, bob), CAROL, terms(READ));
    let carol = desk.grant(CAROL, terms(READ));
    assert_eq!(desk.prune(OWNER, 0, 200).pruned, 0, "all count");
    desk.revoke(ALICE, BOB, bob).unwrap();
    assert_eq!(
        desk.prune(OWNER, 0, 200).pruned,
        2,
        "Bob's, and what Carol had of it"
    );
    assert_eq!(grants(&mut desk, 0, 10).0, [(ALICE, 1), (CAROL, 1)]);
    assert_eq!(desk.reason(CAROL), Reason::Granted { grant: carol });
}
