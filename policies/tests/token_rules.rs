//! The rules of a token, over all numbers.

use holdfast_policies::allowance::{is_endless, lower, raise, spend_allowance};
use holdfast_policies::amount::{is_amount, max_amount, spend};
use holdfast_policies::supply::{may_become_cap, mint, use_minter_cap};
use num_bigint::{BigInt, Sign};
use num_traits::Zero;
use proptest::prelude::*;

fn amount() -> impl Strategy<Value = BigInt> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..=32)
            .prop_map(|bytes| BigInt::from_bytes_be(Sign::Plus, &bytes)),
        Just(max_amount()),
        (0u64..100).prop_map(BigInt::from),
    ]
}

proptest! {
    #[test]
    fn spending_and_what_is_left_make_up_what_was_held(held in amount(), spent in amount()) {
        match spend(&held, &spent) {
            Some(left) => prop_assert_eq!(left + spent, held),
            None => prop_assert!(spent > held),
        }
    }

    #[test]
    fn an_endless_allowance_is_never_used_up(spent in amount()) {
        prop_assert_eq!(spend_allowance(&max_amount(), &spent), Some(max_amount()));
    }

    #[test]
    fn any_other_allowance_is_spent_to_the_last_unit(allowance in amount(), spent in amount()) {
        prop_assume!(!is_endless(&allowance));
        prop_assert_eq!(spend_allowance(&allowance, &spent), spend(&allowance, &spent));
    }

    #[test]
    fn raised_and_lowered_allowances_are_amounts(allowance in amount(), by in amount()) {
        let raised = raise(&allowance, &by);
        prop_assert!(is_amount(&raised) && raised >= allowance);
        let lowered = lower(&allowance, &by);
        prop_assert!(is_amount(&lowered) && lowered <= allowance);
        prop_assert_eq!(lowered.is_zero(), by >= allowance);
    }

    #[test]
    fn a_mint_ends_at_the_cap(supply in amount(), minted in amount(), cap in amount()) {
        match mint(&supply, &minted, &cap) {
            Some(after) => prop_assert!(after == &supply + &minted && after <= cap),
            None => prop_assert!(&supply + &minted > cap),
        }
    }

    #[test]
    fn a_minters_cap_is_always_used_up(minted in amount()) {
        prop_assert_eq!(use_minter_cap(&max_amount(), &minted), Some(max_amount() - minted));
    }

    #[test]
    fn a_cap_falls_but_not_below_the_supply(new in amount(), old in amount(), supply in amount()) {
        prop_assert_eq!(may_become_cap(&new, &old, &supply), supply <= new && new <= old);
        prop_assert!(!may_become_cap(&(&old + 1), &old, &supply));
    }
}

#[test]
fn the_largest_amount_is_one_and_the_next_is_none() {
    assert!(is_amount(&max_amount()));
    assert!(!is_amount(&(max_amount() + 1)));
    assert!(!is_amount(&BigInt::from(-1)));
}
