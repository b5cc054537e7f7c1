//! What is bought for somebody else, and what cannot be.

use holdfast_api::access::{BuyParams, PlanKind, PurchaseAt, method};

use crate::desk::*;
use crate::refunds::{at, refundable, shared};
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

#[test]
fn nobody_stretches_for_nothing_what_somebody_has_in_escrow() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(subscription(10, 0), 1_000));
    desk.buys(BOB, plan, 1).unwrap();
    desk.at(NOW + 5).change_plan(plan, |plan| plan.price = atto(0));
    let gift = for_bob(&mut desk, plan, 1_000_000);
    desk.refused::<method::Renew>(CAROL, &gift, 116);
    let of_bob = PurchaseAt {
        subject: id(BOB),
        ..at(plan)
    };
    desk.at(NOW + 10).call::<method::Settle>(CAROL, &of_bob).unwrap();
    assert_eq!(shared(&mut desk), (0, 1_000));
}
