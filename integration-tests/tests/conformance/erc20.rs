//! EIP-20.

use holdfast_integration_tests::conformance::{
    Cast, Erc20Subject, HoldfastToken, OpenZeppelin, check, erc20,
};

use crate::faults::caught;

fn conforms(subject: &'static dyn Erc20Subject) {
    check(erc20::CASES, subject, Cast::ethereum);
    check(erc20::CASES, subject, Cast::mixed);
}

#[test]
fn our_token_is_an_erc20() {
    conforms(&HoldfastToken);
}

#[test]
fn openzeppelins_tokens_are() {
    for peer in [
        &OpenZeppelin::ERC20,
        &OpenZeppelin::ERC20_PERMIT,
        &OpenZeppelin::ERC20_VOTES,
    ] {
        conforms(peer);
    }
}

#[test]
fn contracts_with_a_fault_are_not() {
    caught::<dyn Erc20Subject>(
        erc20::CASES,
        &[
            (
                &OpenZeppelin("ApprovesOnTop"),
                "an_approval_replaces_the_one_before",
            ),
            (
                &OpenZeppelin("ApprovesSilently"),
                "an_approval_is_the_allowance_and_is_logged",
            ),
            (
                &OpenZeppelin("MovesNothingSilently"),
                "a_transfer_of_nothing_is_one_and_is_logged",
            ),
            (
                &OpenZeppelin("SpendsFreely"),
                "nobody_spends_more_than_they_are_allowed",
            ),
            (
                &OpenZeppelin("SpendsForEver"),
                "a_spender_moves_what_is_allowed_and_has_less_left",
            ),
            (
                &OpenZeppelin("SpendsItsOwn"),
                "an_owner_who_spends_by_allowance_needs_one",
            ),
            (&OpenZeppelin("EndsTheEndless"), "an_endless_allowance_stays"),
            (
                &OpenZeppelin("BoastsToItself"),
                "nobody_transfers_more_than_they_have_to_themselves",
            ),
            (&OpenZeppelin("BurnsForNobody"), "nothing_is_transferred_to_0x0"),
            (
                &OpenZeppelin("TakesAFee"),
                "a_transfer_moves_tokens_and_is_logged",
            ),
            (
                &OpenZeppelin("MovesAndSaysNo"),
                "a_transfer_of_everything_leaves_nothing",
            ),
            (
                &OpenZeppelin("CountsTheBurnt"),
                "destroyed_tokens_go_to_0x0_and_lower_the_supply",
            ),
        ],
    );
}
