//! What is bought for somebody else, and what cannot be.

use holdfast_api::access::{BuyParams, PlanKind, method};

use crate::desk::*;
use crate::shop::*;

fn for_bob(desk: &mut Desk, plan: u64, periods: u64) -> BuyParams {
    BuyParams {
        subject: Some(id(BOB)),
        referrer: Some(id(CAROL)),
        ..desk.wanted(BOB, plan, periods)
    }
}

#[test]
fn nobody_takes_the_trial_of_somebody_else() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 4), 100));
    let trial = for_bob(&mut desk, plan, 0);
    desk.refused::<method::Buy>(CAROL, &trial, 114);
    desk.buys(BOB, plan, 0).unwrap();
}

#[test]
fn what_costs_nothing_is_taken_by_its_subject_alone() {
    let mut desk = Desk::new();
    let mut free = plan(PlanKind::Once { epochs: Some(10) }, 0);
    free.each = 1;
    let plan = desk.sells(free);
    let gift = for_bob(&mut desk, plan, 1);
    desk.refused::<method::Buy>(CAROL, &gift, 114);
    desk.buys(BOB, plan, 1).unwrap();
}
