//! Who gets what of a price that is earned little by little.

use holdfast_api::access::{PlanKind, Split, method};

use crate::desk::*;
use crate::refunds::{at, once, refundable};
use crate::shop::*;

/// A plan that is shared with a referrer and two payees, and what of it each of them has in the end.
fn earned(kind: PlanKind, price: u64, every: usize) -> [u64; 3] {
    let mut desk = Desk::new();
    let mut shared = refundable(kind.clone(), price);
    shared.referrer_bps = 2_000;
    shared.splits = vec![
        Split {
            to: id(TREASURY),
            bps: 5_000,
        },
        Split {
            to: id(SECOND),
            bps: 5_000,
        },
    ];
    let plan = desk.sells(shared);
    let mut wanted = desk.wanted(ALICE, plan, 1);
    wanted.referrer = Some(id(CAROL));
    desk.0.value(atto(price));
    desk.call::<method::Buy>(ALICE, &wanted).unwrap();
    let uses = matches!(kind, PlanKind::PerUse { .. });
    for epoch in 1..=100 {
        desk.at(NOW + epoch);
        if uses {
            desk.uses(ALICE, 1).unwrap();
        }
        if (epoch as usize).is_multiple_of(every) {
            desk.call::<method::Settle>(SECOND, &at(plan)).unwrap();
        }
    }
    [CAROL, TREASURY, SECOND].map(|payee| desk.waits(payee))
}

#[test]
fn settling_often_shares_as_settling_once() {
    for kind in [once(100), PlanKind::PerUse { uses: 100 }] {
        for (price, parts) in [(100, [20, 40, 40]), (7, [1, 3, 3]), (199, [39, 80, 80])] {
            for every in [1, 3, 50, 100] {
                let mut found = earned(kind.clone(), price, every);
                if every == 3 {
                    // The last epoch is not settled: one atto or so is not earned yet.
                    let left = parts.iter().zip(&found).map(|(part, found)| part - found);
                    assert!(left.sum::<u64>() <= 6, "{found:?} of {parts:?}");
                    found = parts;
                }
                assert_eq!(found, parts, "{price} atto, settled every {every} epochs");
            }
        }
    }
}

#[test]
fn what_divisions_leave_waits_until_a_purchase_is_over() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(once(10), 10));
    desk.buys(ALICE, plan, 1).unwrap();
    let mut after = |epoch| {
        desk.at(NOW + epoch)
            .call::<method::Settle>(CAROL, &at(plan))
            .unwrap();
        (desk.waits(TREASURY), desk.waits(SECOND))
    };
    // 70 and 30 of a hundred of one atto more each epoch.
    assert_eq!(
        [1, 2, 4, 9, 10].map(&mut after),
        [(0, 0), (1, 0), (2, 1), (6, 2), (7, 3)]
    );
}

#[test]
fn a_renewal_goes_on_sharing_what_divisions_left() {
    let mut desk = Desk::new();
    let plan = desk.sells(refundable(subscription(1, 0), 1));
    desk.buys(ALICE, plan, 1).unwrap();
    for epoch in 0..9 {
        desk.at(NOW + epoch).renews(ALICE, plan, 1).unwrap();
    }
    desk.at(NOW + 10)
        .call::<method::Settle>(CAROL, &at(plan))
        .unwrap();
    assert_eq!((desk.waits(TREASURY), desk.waits(SECOND)), (7, 3));
}
