//! How a price is shared and given back, over all amounts.

use holdfast_policies::access::sale::{
    BPS, MAX_PENALTY, Unused, earned_down, earned_until, refund_down, split_down, worth_up,
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

fn unused() -> impl Strategy<Value = Unused> {
    (1u64..1_000_000).prop_flat_map(|of| (0..=of).prop_map(move |left| Unused { left, of }))
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
    fn what_is_earned_and_what_comes_back_never_exceed_the_escrow(
        escrow in amount(), unused in unused(), penalty in 0..=MAX_PENALTY,
    ) {
        let (earned, back) = (earned_down(&escrow, unused), refund_down(&escrow, unused, penalty));
        prop_assert!(earned >= BigInt::zero() && back >= BigInt::zero());
        prop_assert!(earned + &back <= escrow.clone());
        prop_assert!(back.clone() * BPS * unused.of <= escrow.clone() * unused.left * (BPS - penalty));
        prop_assert!(back <= worth_up(&escrow, unused));
    }

    #[test]
    fn earning_bit_by_bit_is_never_more_than_at_once(escrow in amount(), end in 2i64..1_000, steps in prop::collection::vec(1i64..50, 1..20)) {
        let (mut left, mut from, mut earned) = (escrow.clone(), 0, BigInt::zero());
        for step in steps {
            let now = (from + step).min(end);
            let part = earned_down(&left, Unused::of_time(from, end, now));
            earned += &part;
            left -= part;
            from = now;
            prop_assert!(earned <= earned_down(&escrow, Unused::of_time(0, end, now)), "at {}", now);
        }
    }
}

#[test]
fn nothing_of_a_time_is_used_before_it_begins_and_all_of_it_at_its_end() {
    let left = |now| Unused::of_time(100, 110, now);
    assert_eq!(left(99), Unused { left: 10, of: 10 });
    assert_eq!(left(100), Unused { left: 10, of: 10 });
    assert_eq!(left(101), Unused { left: 9, of: 10 });
    assert_eq!(left(109), Unused { left: 1, of: 10 });
    assert_eq!(left(110), Unused { left: 0, of: 10 });
    assert_eq!(left(111), Unused { left: 0, of: 10 });
}

#[test]
fn an_escrow_for_nothing_is_earned() {
    let escrow = BigInt::from(7);
    let nothing = Unused { left: 0, of: 0 };
    assert_eq!(earned_down(&escrow, nothing), escrow);
    assert!(refund_down(&escrow, nothing, 0).is_zero());
}

#[test]
fn time_is_earned_until_somebody_withholds_it() {
    assert_eq!(earned_until(10, []), 10);
    assert_eq!(earned_until(10, [7]), 7);
    assert_eq!(earned_until(10, [7, 4]), 4);
    assert_eq!(earned_until(10, [11]), 10, "nothing is earned before its time");
}
