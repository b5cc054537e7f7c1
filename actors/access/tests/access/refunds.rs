//! What comes back of what was paid, and what is earned.

use fvm_shared::event::ActorEvent;
use holdfast_api::access::events::{Refunded, Settled};
use holdfast_api::access::{Plan, PlanKind, PurchaseAt, method};
use holdfast_runtime::event::Event;

use crate::desk::*;
use crate::shared_time::share;
use crate::shop::*;

/// A plan that gives back what is unused, less a tenth.
pub fn refundable(kind: PlanKind, price: u64) -> Plan {
    Plan {
        penalty_bps: Some(1_000),
        ..plan(kind, price)
    }
}

pub fn once(epochs: u64) -> PlanKind {
    PlanKind::Once { epochs: Some(epochs) }
}

pub fn at(plan: u64) -> PurchaseAt {
    PurchaseAt {
        plan,
        subject: id(ALICE),
    }
}

/// What waits for the buyer, and for both that share the price.
pub fn shared(desk: &mut Desk) -> (u64, u64) {
    let sellers = desk.waits(TREASURY) + desk.waits(SECOND);
    (desk.waits(ALICE), sellers)
}

#[test]
fn what_is_unused_comes_back_less_the_penalty_and_the_grant_ends() {
    for (used, back) in [(0, 900), (1, 810), (5, 450), (9, 90)] {
        let mut desk = Desk::new();
        let plan = desk.sells(refundable(once(10), 1_000));
        desk.buys(ALICE, plan, 1).unwrap();
        assert_eq!(shared(&mut desk), (0, 0), "all of it is in escrow");
        desk.at(NOW + used);
        let amount = desk.call::<method::Refund>(ALICE, &plan).unwrap();
        assert_eq!(amount, atto(back), "after {used} epochs");
        assert_eq!(shared(&mut desk), (back, 1_000 - back));
        assert!(!desk.reads(ALICE));
        desk.refused::<method::Refund>(ALICE, &plan, 106);
    }
}

#[test]
fn at_the_end_nothing_comes_back() {
    for late in [10, 11] {
        let mut desk = Desk::new();
        let plan = desk.sells(refundable(once(10), 1_000));
        desk.buys(ALICE, plan, 1).unwrap();
        desk.at(NOW + late);
        assert_eq!(desk.call::<method::Refund>(ALICE, &plan).unwrap(), atto(0));
        assert_eq!(shared(&mut desk), (0, 1_000));
    }
}

#[test]
fn what_is_earned_is_shared_out_epoch_by_epoch() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!(desk.call::<method::Settle>(CAROL, &at(plan)).unwrap(), atto(0));
    assert_eq!(
        desk.at(NOW + 3).call::<method::Settle>(CAROL, &at(plan)).unwrap(),
        atto(300)
    );
    assert_eq!(desk.call::<method::Settle>(CAROL, &at(plan)).unwrap(), atto(0));
    desk.at(NOW + 5);
    assert_eq!(desk.call::<method::Refund>(ALICE, &plan).unwrap(), atto(450));
    assert_eq!(shared(&mut desk), (450, 550));
}

#[test]
fn all_is_earned_at_the_end() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(7), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 6).call::<method::Settle>(CAROL, &at(plan)).unwrap();
    desk.at(NOW + 7).call::<method::Settle>(CAROL, &at(plan)).unwrap();
    assert_eq!(shared(&mut desk), (0, 1_000));
    desk.refused::<method::Settle>(CAROL, &at(plan), 106);
}

#[test]
fn uses_come_back_by_number() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(PlanKind::PerUse { uses: 4 }, 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 1).unwrap();
    assert_eq!(desk.call::<method::Settle>(CAROL, &at(plan)).unwrap(), atto(250));
    desk.renews(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 1).unwrap();
    // Six uses of seven are left, for 1 750.
    assert_eq!(desk.call::<method::Refund>(ALICE, &plan).unwrap(), atto(1_350));
    assert_eq!(shared(&mut desk), (1_350, 650));
}

#[test]
fn what_was_settled_before_it_was_taken_away_stays_earned() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 3).call::<method::Settle>(OWNER, &at(plan)).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(shared(&mut desk), (700, 300));
}

#[test]
fn what_was_used_to_its_end_is_taken_from_nobody() {
    for (late, back) in [(9, 1_000), (10, 0), (11, 0)] {
        let mut desk = Desk::new();
        let plan = desk.sells(refundable(once(10), 1_000));
        let grant = desk.buys(ALICE, plan, 1).unwrap();
        desk.at(NOW + late).revoke(OWNER, ALICE, grant).unwrap();
        desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
        assert_eq!(shared(&mut desk), (back, 1_000 - back), "after {late} epochs");
    }
}

#[test]
fn who_gives_its_grant_back_itself_gets_what_a_refund_gives() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 5).renounce(ALICE, grant).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(shared(&mut desk), (450, 550));
}

#[test]
fn what_was_given_back_is_settled_by_anyone() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(PlanKind::PerUse { uses: 4 }, 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 1).unwrap();
    desk.renounce(ALICE, grant).unwrap();
    // Uses that nobody can make any more would never be earned.
    desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
    assert_eq!(shared(&mut desk), (675, 325));
}

#[test]
fn settling_often_earns_as_much_as_settling_once() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        penalty_bps: Some(0),
        ..plan(once(1_000), 50)
    });
    desk.buys(ALICE, plan, 1).unwrap();
    for epoch in (19..949).step_by(10) {
        desk.at(NOW + epoch)
            .call::<method::Settle>(ALICE, &at(plan))
            .unwrap();
    }
    desk.at(NOW + 949).call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(shared(&mut desk), (2, 48));
}

#[test]
fn what_comes_back_can_be_sold_again() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        stock: Some(1),
        ..refundable(once(10), 1_000)
    });
    for _ in 0..3 {
        desk.buys(ALICE, plan, 1).unwrap();
        assert_eq!(desk.unchanged(plan).stock, Some(0));
        desk.call::<method::Refund>(ALICE, &plan).unwrap();
    }
    desk.buys(BOB, plan, 1).unwrap();
    desk.change_plan(plan, |p| p.stock = Some(2));
    desk.call::<method::Refund>(BOB, &plan).unwrap();
    assert_eq!(desk.unchanged(plan).stock, Some(3));
    desk.buys(BOB, plan, 1).unwrap();
    desk.at(NOW + 30).buys(BOB, plan, 1).unwrap();
    assert_eq!(
        desk.unchanged(plan).stock,
        Some(1),
        "what was used up does not come back"
    );
}

#[test]
fn pruning_takes_no_grant_whose_money_is_in_escrow() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    assert_eq!(desk.prune(OWNER, 0, 10).pruned, 0);
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(desk.prune(OWNER, 0, 10).pruned, 1);
}

#[test]
fn a_renewal_leaves_what_was_earned_earned() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(subscription(10, 0), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 5).renews(ALICE, plan, 1).unwrap();
    assert_eq!(shared(&mut desk), (0, 500));
    // 1 500 for fifteen epochs; five are used.
    desk.at(NOW + 10).call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(shared(&mut desk), (900, 1_100));
}

#[test]
fn what_is_paid_during_a_trial_is_for_the_time_after_it() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(subscription(10, 4), 1_000));
    desk.buys(ALICE, plan, 0).unwrap();
    desk.at(NOW + 1).renews(ALICE, plan, 1).unwrap();
    assert_eq!(
        desk.at(NOW + 4).call::<method::Settle>(CAROL, &at(plan)).unwrap(),
        atto(0)
    );
    assert_eq!(
        desk.at(NOW + 5).call::<method::Settle>(CAROL, &at(plan)).unwrap(),
        atto(100)
    );
}

#[test]
fn buying_again_settles_what_was_left_of_the_last_purchase() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    desk.at(NOW + 20).buys(ALICE, plan, 1).unwrap();
    assert_eq!(shared(&mut desk), (0, 1_000));
    assert!(desk.reads(ALICE));
    let second = desk.grant_info(ALICE, grant + 1).grant;
    desk.revoke(OWNER, ALICE, second).unwrap();
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!(shared(&mut desk), (1_000, 1_000));
}

#[test]
fn without_refunds_there_is_nothing_in_escrow() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(once(10), 1_000));
    desk.refused::<method::Refund>(ALICE, &plan, 103);
    desk.buys(ALICE, plan, 1).unwrap();
    desk.refused::<method::Refund>(ALICE, &plan, 106);
    desk.refused::<method::Settle>(ALICE, &at(plan), 106);
}

/// What left Alice's escrow by what the last call told: for those who share the price, and for her.
fn told(desk: &mut Desk, plan: u64, before: usize) -> (u64, u64) {
    let (data_set, subject) = (DATA, ALICE);
    let new = desk.0.emitted()[before..].to_vec();
    let found = |event: &dyn Fn(u64) -> ActorEvent| {
        (1..=2_000)
            .find(|amount| new.contains(&event(*amount)))
            .unwrap_or(0)
    };
    let settled = |amount| {
        let amount = atto(amount);
        Settled {
            data_set,
            subject,
            plan,
            amount,
        }
        .to_actor_event()
        .unwrap()
    };
    let refunded = |amount| {
        let amount = atto(amount);
        Refunded {
            data_set,
            subject,
            plan,
            amount,
        }
        .to_actor_event()
        .unwrap()
    };
    (found(&settled), found(&refunded))
}

#[test]
fn whatever_leaves_an_escrow_is_told() {
    type Step = fn(&mut Desk, u64);
    let steps: [(i64, Step, (u64, u64)); 6] = [
        (0, |desk, plan| drop(desk.buys(ALICE, plan, 1)), (0, 0)),
        (2, |desk, plan| drop(desk.renews(ALICE, plan, 1)), (200, 0)),
        (
            4,
            |desk, plan| drop(desk.call::<method::ShareTime>(ALICE, &share(plan, 8))),
            (1_000, 0),
        ),
        (
            5,
            |desk, plan| drop(desk.call::<method::Settle>(CAROL, &at(plan))),
            (100, 0),
        ),
        (20, |desk, plan| drop(desk.buys(ALICE, plan, 1)), (700, 0)),
        (
            25,
            |desk, plan| drop(desk.call::<method::Refund>(ALICE, &plan)),
            (550, 450),
        ),
    ];
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        ..refundable(subscription(10, 0), 1_000)
    });
    for (epoch, step, left) in steps {
        let before = desk.0.emitted().len();
        step(desk.at(NOW + epoch), plan);
        assert_eq!(told(&mut desk, plan, before), left, "after {epoch} epochs");
    }
}
