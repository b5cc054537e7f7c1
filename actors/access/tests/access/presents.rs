//! What is bought for somebody else, and what cannot be.

use holdfast_api::access::{BuyParams, MAX_PRESENTS, Plan, PlanKind, PurchaseAt, READ, method};

use crate::desk::*;
use crate::refunds::{at, refundable, shared};
use crate::shared_time::share;
use crate::shop::*;

fn for_bob(desk: &mut Desk, plan: u64, periods: u64) -> BuyParams {
    BuyParams {
        subject: Some(id(BOB)),
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
fn nobody_names_who_brought_somebody_else() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 100));
    let mut gift = for_bob(&mut desk, plan, 1);
    gift.referrer = Some(id(CAROL));
    let message = desk.refused::<method::Buy>(CAROL, &gift, 159);
    assert!(message.contains("only who is to have it names one"), "{message}");
    gift.referrer = None;
    desk.pay::<method::Buy>(CAROL, 100, &gift).unwrap();
}

#[test]
fn presents_leave_room_for_what_their_subject_wants() {
    let mut desk = Desk::new();
    let shared = Plan {
        shareable: true,
        ..plan(PlanKind::Once { epochs: Some(100) }, 1)
    };
    let shared = desk.sells(shared);
    desk.buys(CAROL, shared, 1).unwrap();
    let plans: Vec<u64> = (0..MAX_PRESENTS)
        .map(|_| desk.sells(plan(subscription(10, 0), 1)))
        .collect();
    for plan in &plans {
        let gift = for_bob(&mut desk, *plan, 1);
        desk.pay::<method::Buy>(CAROL, 1, &gift).unwrap();
    }
    let one_more = desk.sells(plan(subscription(10, 0), 1));
    let gift = for_bob(&mut desk, one_more, 1);
    desk.0.value(atto(1));
    let message = desk.refused::<method::Buy>(CAROL, &gift, 160);
    assert!(message.contains("has 8 grants or more"), "{message}");
    desk.refused::<method::ShareTime>(CAROL, &share(shared, 1), 160);
    desk.buys(BOB, one_more, 1).unwrap();
    desk.grant(BOB, terms(READ));
    desk.at(NOW + 10)
        .call::<method::ShareTime>(CAROL, &share(shared, 1))
        .unwrap();
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

#[test]
fn nobody_stretches_for_less_what_somebody_has_in_escrow() {
    let mut desk = Desk::new();
    let dear = desk.sells(refundable(subscription(10, 0), 1_000));
    desk.buys(BOB, dear, 1).unwrap();
    desk.at(NOW + 5).change_plan(dear, |plan| plan.price = atto(999));
    let gift = for_bob(&mut desk, dear, 1);
    desk.0.value(atto(999));
    let message = desk.refused::<method::Renew>(CAROL, &gift, 163);
    assert!(
        message.contains("costs 999 atto a time and was bought for 1000"),
        "{message}"
    );
    desk.renews(BOB, dear, 1).unwrap();
    let plain = desk.sells(plan(subscription(10, 0), 1_000));
    desk.buys(BOB, plain, 1).unwrap();
    desk.change_plan(plain, |plan| plan.price = atto(1));
    let gift = for_bob(&mut desk, plain, 1);
    desk.pay::<method::Renew>(CAROL, 1, &gift).unwrap();
}
