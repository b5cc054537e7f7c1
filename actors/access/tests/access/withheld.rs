//! What others withhold, by a freeze or a suspension: nothing more of it is earned, and buying anew is no way round.

use holdfast_api::access::{Delay, READ, WithdrawParams, method};

use crate::desk::*;
use crate::refunds::{at, once, refundable, shared};
use crate::shop::*;

/// Somebody withholds what Alice has bought: by a freeze, or by suspending her grant until an epoch.
fn withhold(desk: &mut Desk, by: u64, (freeze, grant): (bool, u64), until: i64) {
    if freeze {
        desk.call::<method::Freeze>(by, &DATA).unwrap();
    } else {
        desk.suspend(by, ALICE, grant, until).unwrap();
    }
}

/// The owner opens what was withheld.
fn open(desk: &mut Desk, (freeze, grant): (bool, u64)) {
    if freeze {
        desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    } else {
        desk.suspend(OWNER, ALICE, grant, 0).unwrap();
    }
}

/// What Alice buys for ten epochs and 1 000.
fn bought() -> (Desk, u64, u64) {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    (desk, plan, grant)
}

/// The same, withheld from the fifth epoch on.
fn withheld(freeze: bool) -> (Desk, u64, u64) {
    let (mut desk, plan, grant) = bought();
    withhold(desk.at(NOW + 4), GUARDIAN, (freeze, grant), NOW + 1_000);
    (desk, plan, grant)
}

#[test]
fn a_freeze_and_a_suspension_stop_no_refund_and_cost_no_penalty() {
    for freeze in [true, false] {
        let (mut desk, plan, _) = withheld(freeze);
        desk.call::<method::Refund>(ALICE, &plan).unwrap();
        assert_eq!(shared(&mut desk), (600, 400));
        let fetch = WithdrawParams {
            asset: None,
            payee: None,
        };
        desk.call::<method::Withdraw>(ALICE, &fetch).unwrap();
    }
}

#[test]
fn nothing_is_earned_while_others_withhold_it() {
    for freeze in [true, false] {
        let (mut desk, plan, grant) = withheld(freeze);
        // Saying it again does not make it later.
        withhold(desk.at(NOW + 6), OWNER, (freeze, grant), NOW + 900);
        for (epoch, parts) in [(8, (400, 400)), (9, (500, 400)), (500, (600, 400))] {
            desk.at(NOW + epoch);
            desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
            assert_eq!(shared(&mut desk), parts, "after {epoch} epochs");
        }
        desk.refused::<method::Settle>(CAROL, &at(plan), 106);
    }
}

#[test]
fn what_was_withheld_for_a_while_comes_back_when_it_opens_again() {
    for freeze in [true, false] {
        let (mut desk, plan, grant) = withheld(freeze);
        open(desk.at(NOW + 6), (freeze, grant));
        desk.at(NOW + 7);
        desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
        assert_eq!(shared(&mut desk), (200, 500));
        // The penalty is for what the buyer gives up only.
        desk.call::<method::Refund>(ALICE, &plan).unwrap();
        assert_eq!(shared(&mut desk), (200 + 270, 500 + 30));
    }
}

#[test]
fn what_was_never_open_costs_nothing() {
    let (mut desk, plan, _) = bought();
    desk.call::<method::Freeze>(OWNER, &DATA).unwrap();
    desk.at(NOW + 9);
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.call::<method::Settle>(OWNER, &at(plan)).unwrap();
    desk.call::<method::Freeze>(OWNER, &DATA).unwrap();
    desk.at(NOW + 10);
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    assert_eq!(shared(&mut desk), (1_000, 0));
}

#[test]
fn what_is_withheld_after_the_end_takes_back_nothing_that_was_earned() {
    for freeze in [true, false] {
        for refund in [true, false] {
            let (mut desk, plan, grant) = bought();
            withhold(desk.at(NOW + 100), GUARDIAN, (freeze, grant), NOW + 1_000);
            desk.at(NOW + 110);
            if refund {
                desk.call::<method::Refund>(ALICE, &plan).unwrap();
            } else {
                desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
            }
            assert_eq!(
                shared(&mut desk),
                (0, 1_000),
                "frozen {freeze}, refunded {refund}"
            );
        }
    }
}

#[test]
fn of_what_is_withheld_across_the_end_only_what_lies_before_it_comes_back() {
    for freeze in [true, false] {
        let (mut desk, plan, grant) = bought();
        withhold(desk.at(NOW + 8), GUARDIAN, (freeze, grant), NOW + 1_000);
        open(desk.at(NOW + 300), (freeze, grant));
        desk.at(NOW + 400);
        desk.call::<method::Settle>(CAROL, &at(plan)).unwrap();
        assert_eq!(shared(&mut desk), (200, 800), "frozen {freeze}");
    }
}

#[test]
fn every_freeze_counts_by_the_epochs_that_lie_in_what_was_bought() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 1_000));
    let freeze = |desk: &mut Desk, from, to| {
        desk.at(NOW + from).call::<method::Freeze>(OWNER, &DATA).unwrap();
        desk.at(NOW + to).call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    };
    freeze(&mut desk, 0, 20);
    freeze(&mut desk, 25, 25);
    desk.at(NOW + 30).buys(ALICE, plan, 1).unwrap();
    freeze(&mut desk, 31, 32);
    freeze(&mut desk, 32, 34);
    freeze(&mut desk, 38, 45);
    freeze(&mut desk, 60, 90);
    desk.at(NOW + 99).call::<method::Freeze>(OWNER, &DATA).unwrap();
    desk.at(NOW + 100)
        .call::<method::Settle>(CAROL, &at(plan))
        .unwrap();
    assert_eq!(
        shared(&mut desk),
        (500, 500),
        "three epochs, and two before the end"
    );
}

#[test]
fn what_is_withheld_in_two_ways_comes_back_once() {
    for lifted in [false, true] {
        let (mut desk, plan, grant) = bought();
        withhold(desk.at(NOW + 1), GUARDIAN, (false, grant), NOW + 5);
        withhold(desk.at(NOW + 2), GUARDIAN, (true, grant), 0);
        if lifted {
            open(desk.at(NOW + 4), (false, grant));
        }
        open(desk.at(NOW + 6), (true, grant));
        desk.at(NOW + 10)
            .call::<method::Settle>(CAROL, &at(plan))
            .unwrap();
        assert_eq!(shared(&mut desk), (500, 500), "lifted {lifted}: from 1 to 6");
    }
}

#[test]
fn what_is_withheld_before_a_delayed_purchase_begins_is_not_withheld_from_it() {
    for freeze in [true, false] {
        let mut desk = Desk::new();
        desk.delay(Delay::Grant { action: READ }, 20);
        let plan = desk.sells(refundable(once(10), 1_000));
        let grant = desk.buys(ALICE, plan, 1).unwrap();
        withhold(desk.at(NOW + 1), GUARDIAN, (freeze, grant), NOW + 15);
        if freeze {
            open(desk.at(NOW + 15), (freeze, grant));
        }
        desk.at(NOW + 25)
            .call::<method::Settle>(CAROL, &at(plan))
            .unwrap();
        assert_eq!(shared(&mut desk), (0, 500), "frozen {freeze}");
    }
}

#[test]
fn what_was_over_before_all_was_revoked_is_earned_whatever_froze_between() {
    let (mut desk, plan, _) = bought();
    desk.at(NOW + 20).call::<method::Freeze>(OWNER, &DATA).unwrap();
    desk.at(NOW + 40).call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    desk.at(NOW + 50)
        .call::<method::Settle>(CAROL, &at(plan))
        .unwrap();
    assert_eq!(shared(&mut desk), (0, 1_000));
}

#[test]
fn a_suspension_that_outlasts_what_was_bought_costs_nothing() {
    for lifted in [false, true] {
        let (mut desk, plan, grant) = bought();
        withhold(&mut desk, OWNER, (false, grant), NOW + 50);
        if lifted {
            open(desk.at(NOW + 10), (false, grant));
        } else {
            desk.at(NOW + 50);
        }
        desk.call::<method::Settle>(OWNER, &at(plan)).unwrap();
        assert_eq!(shared(&mut desk), (1_000, 0));
    }
}

#[test]
fn what_was_withheld_when_all_was_revoked_is_not_earned_by_opening_later() {
    for freeze in [true, false] {
        let (mut desk, plan, grant) = withheld(freeze);
        desk.at(NOW + 8).call::<method::RevokeAll>(OWNER, &DATA).unwrap();
        desk.at(NOW + 9);
        if freeze {
            desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
        } else {
            desk.refused::<method::Suspend>(OWNER, &resting(ALICE, grant, 0), 77);
        }
        desk.at(NOW + 20)
            .call::<method::Settle>(CAROL, &at(plan))
            .unwrap();
        assert_eq!(shared(&mut desk), (600, 400));
    }
}

#[test]
fn what_is_withheld_of_a_trial_is_not_withheld_of_what_was_paid_for() {
    for freeze in [true, false] {
        for again in [true, false] {
            let mut desk = Desk::new();
            let plan = desk.sells(refundable(subscription(10, 9), 1_000));
            let grant = desk.buys(ALICE, plan, 0).unwrap();
            desk.renews(ALICE, plan, 1).unwrap();
            withhold(desk.at(NOW + 1), OWNER, (freeze, grant), NOW + 1_000);
            open(desk.at(NOW + 5), (freeze, grant));
            // One more, of which three epochs were paid for.
            let last = NOW + if again { 12 } else { 9 };
            withhold(desk.at(NOW + 8), OWNER, (freeze, grant), NOW + 1_000);
            open(desk.at(last), (freeze, grant));
            desk.at(NOW + 19)
                .call::<method::Settle>(CAROL, &at(plan))
                .unwrap();
            let parts = if again { (300, 700) } else { (0, 1_000) };
            assert_eq!(shared(&mut desk), parts, "frozen {freeze}, again {again}");
        }
    }
}

#[test]
fn buying_anew_ends_no_suspension() {
    let (mut desk, plan, _) = withheld(false);
    desk.call::<method::Refund>(ALICE, &plan).unwrap();
    let wanted = desk.wanted(ALICE, plan, 1);
    for epoch in [5, 999] {
        desk.at(NOW + epoch);
        assert_eq!(desk.prune(CAROL, 0, 10).pruned, 0);
        let message = desk.refused::<method::Buy>(ALICE, &wanted, 115);
        assert!(message.contains("until epoch 2000"), "{message}");
    }
    desk.at(NOW + 1_000);
    assert_eq!(desk.prune(CAROL, 0, 10).pruned, 1);
    desk.buys(ALICE, plan, 1).unwrap();
}

#[test]
fn what_was_revoked_can_be_bought_anew_though_it_was_suspended() {
    let (mut desk, plan, grant) = withheld(false);
    desk.revoke(OWNER, ALICE, grant).unwrap();
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!(shared(&mut desk), (1_000, 0));
}

#[test]
fn what_is_suspended_is_not_renewed() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 1_000));
    let grant = desk.buys(ALICE, plan, 1).unwrap();
    let wanted = desk.wanted(ALICE, plan, 1);
    desk.suspend(OWNER, ALICE, grant, NOW + 5).unwrap();
    desk.at(NOW + 4).0.value(atto(1_000));
    let message = desk.refused::<method::Renew>(ALICE, &wanted, 115);
    assert!(message.contains("until epoch 1005"), "{message}");
    assert_eq!(desk.quote(ALICE, plan, 1).unwrap_err().code.value(), 115);
    for epoch in [NOW + 5, NOW + 6] {
        desk.at(epoch).renews(ALICE, plan, 1).unwrap();
    }
}
