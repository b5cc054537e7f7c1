//! How a price is shared and given back, over all amounts.

use holdfast_policies::access::sale::{
    BPS, MAX_PENALTY, Parts, Spent, parts_down, refund_down, split_down, split_more_down, unshared, worth_up,
};
use num_bigint::BigInt;
use num_traits::Zero;
use proptest::prelude::*;

fn amount() -> impl Strategy<Value = BigInt> {
    prop_oneof![
        (0u64..100).prop_map(BigInt::from),
        any::<u128>().prop_map(BigInt::from)
    ]
}

/// Shares that come to the whole.
fn shares() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(0..=BPS, 0..7).prop_map(|mut cuts| {
        cuts.sort_unstable();
        cuts.push(BPS);
        let before = std::iter::once(0).chain(cuts.clone());
        cuts.iter()
            .zip(before)
            .map(|(cut, before)| cut - before)
            .collect()
    })
}

fn spent() -> impl Strategy<Value = Spent> {
    (1u64..1_000_000, 0u64..1_000_000, 0u64..1_000_000).prop_map(|(of, used, withheld)| {
        let used = used % (of + 1);
        let withheld = withheld % (of - used + 1);
        Spent { used, withheld, of }
    })
}

proptest! {
    #[test]
    fn the_parts_come_to_the_price(amount in amount(), referrer in 0..=BPS, shares in shares()) {
        let (brought, parts) = split_down(&amount, referrer, &shares);
        let sum: BigInt = parts.iter().sum();
        prop_assert_eq!(&sum + &brought, amount.clone());
        prop_assert!(brought.clone() * BPS <= amount.clone() * referrer);
        let rest = amount - brought;
        for (place, (part, bps)) in parts.iter().zip(&shares).enumerate() {
            let exact = rest.clone() * bps;
            let rounded = part.clone() * BPS;
            prop_assert!(place == 0 || rounded <= exact, "only the first gets what divisions leave");
            prop_assert!(rounded.clone() + BPS > exact, "a part is short by less than one");
        }
    }

    #[test]
    fn sharing_often_gives_nobody_more_or_less(
        steps in prop::collection::vec(amount(), 1..9), referrer in 0..=BPS, shares in shares(),
    ) {
        let (mut all, mut sums) = (BigInt::zero(), vec![BigInt::zero(); shares.len() + 1]);
        for step in steps {
            let before = all.clone();
            all += step;
            let (brought, parts) = split_more_down(&before, &all, referrer, &shares);
            for (sum, part) in sums.iter_mut().zip(parts.into_iter().chain([brought])) {
                prop_assert!(part >= BigInt::zero(), "nothing is taken back");
                *sum += part;
            }
            let given: BigInt = sums.iter().sum();
            prop_assert_eq!(&given + unshared(&all, referrer, &shares), all.clone());
        }
        sums[0] += unshared(&all, referrer, &shares);
        let (brought, parts) = split_down(&all, referrer, &shares);
        let at_once: Vec<BigInt> = parts.into_iter().chain([brought]).collect();
        prop_assert_eq!(sums, at_once);
    }

    #[test]
    fn what_is_earned_and_what_comes_back_are_parts_of_the_deposit(
        deposit in amount(), spent in spent(), penalty in 0..=MAX_PENALTY,
    ) {
        let now = parts_down(&deposit, &Parts::default(), spent);
        prop_assert!(now.earned.clone() * spent.of <= deposit.clone() * spent.used);
        prop_assert!(now.returned.clone() * spent.of <= deposit.clone() * spent.withheld);
        let end = refund_down(&deposit, &now, spent, penalty);
        prop_assert_eq!(&end.earned + &end.returned, deposit.clone());
        prop_assert!(end.earned >= now.earned && end.returned >= now.returned);
        let back = end.returned - &now.returned;
        prop_assert!(back.clone() * BPS * spent.of <= deposit.clone() * spent.left() * (BPS - penalty));
        prop_assert!(back <= worth_up(&deposit, spent.left(), spent.of));
    }

    #[test]
    fn asking_often_changes_nothing(
        deposit in amount(), end in 2i64..1_000, steps in prop::collection::vec((1i64..50, any::<bool>()), 1..20),
    ) {
        let (mut now, mut withheld, mut parts) = (0, 0, Parts::default());
        for (step, withholds) in steps {
            now += step;
            withheld += if withholds { step as u64 } else { 0 };
            let spent = Spent::of_time(0, end, now, withheld);
            let at_once = parts_down(&deposit, &Parts::default(), spent);
            parts = parts_down(&deposit, &parts, spent);
            if now <= end {
                prop_assert_eq!(&parts, &at_once, "at {}", now);
            }
            prop_assert!(&parts.earned + &parts.returned <= deposit.clone());
        }
    }

    #[test]
    fn nothing_is_taken_back_even_if_more_is_withheld_than_there_is(
        deposit in amount(), all in prop::collection::vec(spent(), 1..9),
    ) {
        let mut before = Parts::default();
        for spent in all {
            let parts = parts_down(&deposit, &before, spent);
            prop_assert!(parts.earned >= before.earned && parts.returned >= before.returned);
            prop_assert!(&parts.earned + &parts.returned <= deposit.clone());
            before = parts;
        }
    }
}

#[test]
fn nothing_of_a_time_is_used_before_it_begins_and_all_of_it_at_its_end() {
    let used = |now| Spent::of_time(100, 110, now, 0).used;
    assert_eq!([99, 100, 101, 109, 110, 111].map(used), [0, 0, 1, 9, 10, 10]);
    assert_eq!(Spent::of_time(100, 110, 109, 0).left(), 1);
}

#[test]
fn what_was_withheld_is_not_used() {
    let of = |now, withheld| {
        let Spent { used, withheld, .. } = Spent::of_time(100, 110, now, withheld);
        (used, withheld)
    };
    assert_eq!(of(104, 3), (1, 3));
    assert_eq!(of(104, 9), (0, 4), "no more than there was");
    assert_eq!(of(99, 9), (0, 0), "before it begins nothing is");
    assert_eq!(of(200, 3), (7, 3));
}

#[test]
fn uses_are_used_once() {
    assert_eq!(
        Spent::of_uses(3, 4),
        Spent {
            used: 1,
            withheld: 0,
            of: 4
        }
    );
    assert_eq!(Spent::of_uses(0, 4).left(), 0);
}

#[test]
fn a_deposit_for_nothing_is_earned() {
    let (deposit, nothing) = (BigInt::from(7), Spent::of_uses(0, 0));
    for parts in [
        parts_down(&deposit, &Parts::default(), nothing),
        refund_down(&deposit, &Parts::default(), nothing, 0),
    ] {
        assert_eq!((parts.earned, parts.returned), (deposit.clone(), BigInt::zero()));
    }
}
