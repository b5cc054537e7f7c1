//! What comes back of what others took away.

use holdfast_api::access::method;

use crate::desk::*;
use crate::refunds::{at, once, refundable, shared};
use crate::shop::*;

type Taking = fn(&mut Desk, u64);

/// What waits for buyer and sellers when something is taken away after three of ten epochs, and told later.
fn taken(take: Taking, by_settling: bool) -> (u64, u64) {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 3);
    take(&mut desk, grant);
    desk.at(NOW + 500);
    if by_settling {
        desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
    } else {
        desk.call::<method::Refund>(ALICE, &plan).unwrap();
    }
    shared(&mut desk)
}

#[test]
fn what_is_revoked_comes_back_whole() {
    for by_settling in [false, true] {
        let revoke: Taking = |desk, grant| desk.revoke(OWNER, ALICE, grant).unwrap();
        assert_eq!(taken(revoke, by_settling), (1_000, 0));
    }
}

#[test]
fn what_ends_with_all_others_is_earned_until_then_and_not_longer() {
    let takings: [Taking; 2] = [
        |desk, _| {
            desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
        },
        |desk, _| desk.hand_over(BOB, false),
    ];
    for take in takings {
        for by_settling in [false, true] {
            assert_eq!(taken(take, by_settling), (700, 300));
        }
    }
}

#[test]
fn what_was_over_before_all_were_revoked_is_earned() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 20).call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
    assert_eq!(shared(&mut desk), (0, 1_000));
}

#[test]
fn what_ended_with_all_others_ended_then_whatever_ends_later() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    for epoch in [NOW + 1, NOW + 9] {
        desk.at(epoch).call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    }
    desk.hand_over(BOB, false);
    desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
    assert_eq!(shared(&mut desk), (900, 100));
}

#[test]
fn what_ended_with_all_others_is_not_taken_once_more_to_give_back_what_was_earned() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 3).hand_over(BOB, false);
    let told = desk.0.emitted().len();
    desk.at(NOW + 4).revoke(BOB, ALICE, grant).unwrap();
    assert_eq!(desk.0.emitted().len(), told, "it changes and tells nothing");
    desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
    assert_eq!(shared(&mut desk), (700, 300));
}

#[test]
fn the_referrers_part_is_the_one_of_the_purchase() {
    let mut desk = Desk::new();
    let mut brought = refundable(once(10), 1_000);
    brought.referrer_bps = 1_000;
    let plan = desk.sells(brought);
    let wanted = holdfast_api::access::BuyParams {
        referrer: Some(id(BOB)),
        ..desk.wanted(ALICE, plan, 1)
    };
    desk.pay::<method::Buy>(ALICE, 1_000, &wanted).unwrap();
    desk.change_plan(plan, |p| p.referrer_bps = 0);
    desk.at(NOW + 10)
        .call::<method::Settle>(CAROL, &at(plan))
        .unwrap();
    assert_eq!(desk.waits(BOB), 100);
}

#[test]
fn who_had_a_share_of_the_price_has_it_still() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(subscription(10, 0), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    let to_carol = |p: &mut holdfast_api::access::ChangePlanParams| {
        p.splits = vec![holdfast_api::access::Split {
            to: id(CAROL),
            bps: 10_000,
        }];
    };
    for _ in 0..2 {
        desk.change_plan(plan, to_carol);
        desk.change_plan(plan, |p| p.splits[0].to = id(BOB));
    }
    desk.renews(ALICE, plan, 1).unwrap();
    desk.at(NOW + 20)
        .call::<method::Settle>(CAROL, &at(plan))
        .unwrap();
    assert_eq!(shared(&mut desk), (0, 2_000));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 30)
        .call::<method::Settle>(CAROL, &at(plan))
        .unwrap();
    assert_eq!((desk.waits(BOB), desk.waits(CAROL)), (1_000, 0));
}
