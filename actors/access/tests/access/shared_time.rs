//! Time that is shared out of what was bought, where there is more to it than time.

use holdfast_api::access::{Plan, Rate, ShareTimeParams, method};

use crate::desk::*;
use crate::shop::*;

fn share(plan: u64, epochs: u64) -> ShareTimeParams {
    ShareTimeParams {
        plan,
        to: id(BOB),
        epochs,
    }
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
    desk.refused::<method::ShareTime>(ALICE, &share(plan, 2), 103);
    desk.uses(BOB, 2).unwrap();
    assert!(
        !desk.reads(ALICE) && !desk.reads(BOB),
        "three uses are three uses"
    );
}
