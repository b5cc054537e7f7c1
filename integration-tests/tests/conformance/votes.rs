//! Votes: ERC-5805 and ERC-6372.

use holdfast_integration_tests::conformance::{
    Cast, Erc20Subject, HoldfastToken, OpenZeppelin, check, votes,
};

use crate::faults::caught;

#[test]
fn our_token_counts_votes() {
    check::<dyn Erc20Subject>(votes::CASES, &HoldfastToken, Cast::ethereum);
    check::<dyn Erc20Subject>(votes::CASES, &HoldfastToken, Cast::mixed);
}

#[test]
fn openzeppelins_token_counts_votes() {
    check::<dyn Erc20Subject>(votes::CASES, &OpenZeppelin::ERC20_VOTES, Cast::ethereum);
    check::<dyn Erc20Subject>(votes::CASES, &OpenZeppelin::ERC20_VOTES, Cast::mixed);
}

#[test]
fn contracts_with_a_fault_do_not() {
    caught::<dyn Erc20Subject>(
        votes::CASES,
        &[
            (
                &OpenZeppelin("TellsTheRunningEpoch"),
                "a_change_is_not_seen_by_its_own_epoch",
            ),
            (
                &OpenZeppelin("TellsTodaysSupply"),
                "every_past_epoch_answers_with_the_supply_that_it_ended_with",
            ),
            (
                &OpenZeppelin("KeepsVotes"),
                "a_transfer_moves_votes_between_delegates",
            ),
            (
                &OpenZeppelin("KeepsVotesFromNobody"),
                "a_delegation_to_0x0_ends_the_one_before",
            ),
            (
                &OpenZeppelin("VotesForItself"),
                "a_transfer_to_oneself_moves_no_votes",
            ),
            (
                &OpenZeppelin("TakesOldSignatures"),
                "a_signed_delegation_is_used_once",
            ),
            (
                &OpenZeppelin("TakesOldSignatures"),
                "a_signed_delegation_ends_with_its_expiry",
            ),
            (
                &OpenZeppelin("VotesUndelegated"),
                "tokens_are_no_votes_before_they_are_delegated",
            ),
        ],
    );
}
