//! Time that was bought and is given to somebody.

use holdfast_api::access::{GRANT, Plan, READ, Rate, Scope, ShareTimeParams, method};

use crate::desk::*;
use crate::refunds::{once, refundable, shared};
use crate::shop::*;

/// Alice gives Bob so much.
pub fn share(plan: u64, epochs: u64) -> ShareTimeParams {
    ShareTimeParams {
        plan,
        to: id(BOB),
        epochs,
    }
}

#[test]
fn time_that_is_shared_is_missing_at_the_end() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        ..plan(once(10), 1_000)
    });
    desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 2)
        .call::<method::ShareTime>(ALICE, &share(plan, 3))
        .unwrap();
    for (reader, end) in [(BOB, 5), (ALICE, 7)] {
        let around = [end - 1, end, end + 1].map(|epoch| desk.at(NOW + epoch).reads(reader));
        assert_eq!(around, [true, false, false], "{reader}");
    }
}

#[test]
fn time_that_is_shared_is_not_refunded() {
    let mut desk = Desk::new();
    let sold = Plan {
        shareable: true,
        ..refundable(once(10), 1_000)
    };
    let plan = desk.sells(sold);
    desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 2)
        .call::<method::ShareTime>(ALICE, &share(plan, 3))
        .unwrap();
    assert_eq!(
        shared(&mut desk),
        (0, 500),
        "two epochs are used and three given away"
    );
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(shared(&mut desk), (450, 550));
    assert!(desk.reads(BOB), "what was given away stays");
}

#[test]
fn who_shares_keeps_an_epoch_at_least() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        ..plan(once(10), 1_000)
    });
    desk.buys(ALICE, plan, 1).unwrap();
    for epochs in [0, 10, u64::MAX] {
        desk.refused::<method::ShareTime>(ALICE, &share(plan, epochs), 109);
    }
    desk.call::<method::ShareTime>(ALICE, &share(plan, 9)).unwrap();
    assert!(desk.reads(ALICE));
    assert!(!desk.at(NOW + 1).reads(ALICE));
}

#[test]
fn only_time_that_somebody_has_is_shared_and_only_where_the_plan_lets_it() {
    let mut desk = Desk::new();
    let fixed = desk.sells(plan(once(10), 1_000));
    let plan = desk.sells(Plan {
        shareable: true,
        ..plan(once(10), 1_000)
    });
    desk.refused::<method::ShareTime>(ALICE, &share(plan, 1), 103);
    desk.buys(ALICE, fixed, 1).unwrap();
    desk.refused::<method::ShareTime>(ALICE, &share(fixed, 1), 109);
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    let owner = ShareTimeParams {
        to: id(OWNER),
        ..share(plan, 1)
    };
    desk.refused::<method::ShareTime>(ALICE, &owner, 93);
    desk.call::<method::Freeze>(OWNER, &DATA).unwrap();
    desk.refused::<method::ShareTime>(ALICE, &share(plan, 1), 70);
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    desk.refused::<method::ShareTime>(ALICE, &share(plan, 1), 77);
}

#[test]
fn shared_time_allows_what_the_plan_sold_and_cannot_be_given_on() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        ..plan(once(10), 1_000)
    });
    desk.buys(ALICE, plan, 1).unwrap();
    desk.call::<method::ShareTime>(ALICE, &share(plan, 3)).unwrap();
    assert!(!desk.ask(BOB, GRANT, Scope::All {}).allowed);
    assert!(desk.ask(BOB, READ, path("images")).allowed);
}

#[test]
fn time_that_is_shared_during_a_trial_is_worth_what_was_paid_for_it() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        penalty_bps: Some(0),
        ..plan(subscription(10, 90), 1_000)
    });
    desk.buys(ALICE, plan, 0).unwrap();
    desk.renews(ALICE, plan, 1).unwrap();
    desk.call::<method::ShareTime>(ALICE, &share(plan, 9)).unwrap();
    // Nine of ten epochs that were paid for are gone, whatever was free before them.
    assert_eq!(desk.call::<method::Refund>(ALICE, &plan).unwrap(), atto(100));
    assert_eq!(desk.waits(TREASURY) + desk.waits(SECOND), 900);
}

#[test]
fn shared_time_multiplies_no_rate() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        rate: Some(Rate {
            capacity: 3,
            refill: 1,
            period: 100,
        }),
        ..plan(subscription(10, 0), 1_000)
    });
    desk.buys(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 1).unwrap();
    desk.call::<method::ShareTime>(ALICE, &share(plan, 2)).unwrap();
    let message = desk.refused::<method::ShareTime>(ALICE, &share(plan, 2), 77);
    assert!(message.contains("throttled"), "{message}");
    desk.uses(BOB, 2).unwrap();
    assert!(
        !desk.reads(ALICE) && !desk.reads(BOB),
        "three uses are three uses"
    );
}
