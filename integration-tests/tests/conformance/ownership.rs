//! Ownable2Step.

use holdfast_integration_tests::conformance::{Cast, HoldfastToken, OpenZeppelin, Subject, check, ownership};

use crate::faults::caught;

#[test]
fn our_token_is_handed_over_in_two_steps() {
    check::<dyn Subject>(ownership::CASES, &HoldfastToken, Cast::ethereum);
    check::<dyn Subject>(ownership::CASES, &HoldfastToken, Cast::mixed);
}

#[test]
fn openzeppelins_is() {
    check::<dyn Subject>(ownership::CASES, &OpenZeppelin::ERC20, Cast::mixed);
}

#[test]
fn contracts_with_a_fault_are_not() {
    caught::<dyn Subject>(
        ownership::CASES,
        &[
            (
                &OpenZeppelin("HandsOverAtOnce"),
                "an_offer_changes_nothing_yet_and_is_logged",
            ),
            (
                &OpenZeppelin("HandsOverToAnybody"),
                "nobody_else_takes_what_was_offered",
            ),
            (
                &OpenZeppelin("RenouncesByHalf"),
                "a_renounced_ownership_is_gone_for_good",
            ),
        ],
    );
}
