//! Votes of token holders: ERC-5805 with the clock of ERC-6372, as Governor contracts rely on them. On Filecoin a block
//! number is an epoch.
//!
//! The subject is a token ([`Erc20Subject`]). Nonces are told by `nonces` and the domain of signatures by
//! `eip712Domain` (ERC-5267), as OpenZeppelin's and ours do.

mod clock;
mod delegation;
mod moves;
mod past;
mod signatures;

use alloy_primitives::U256;
use alloy_sol_types::sol;
use fvm_shared::event::StampedEvent;
use holdfast_localnet::Wallet;

use super::erc20::{Erc20Stage, units};
use super::{Case, Erc20Subject, cases};
use crate::{Answer, Party};

sol! {
    #![sol(all_derives)]
    /// ERC-5805, with the errors that OpenZeppelin gives it.
    interface IVotes {
        error ERC5805FutureLookup(uint256 timepoint, uint48 clock);
        error VotesExpiredSignature(uint256 expiry);

        event DelegateChanged(address indexed delegator, address indexed fromDelegate, address indexed toDelegate);
        event DelegateVotesChanged(address indexed delegate, uint256 previousVotes, uint256 newVotes);

        function getVotes(address account) external view returns (uint256);
        function getPastVotes(address account, uint256 timepoint) external view returns (uint256);
        function getPastTotalSupply(uint256 timepoint) external view returns (uint256);
        function delegates(address account) external view returns (address);
        function delegate(address delegatee) external;
        function delegateBySig(address delegatee, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s) external;
        function nonces(address owner) external view returns (uint256);
    }

    /// ERC-6372.
    interface IERC6372 {
        function clock() external view returns (uint48);
        function CLOCK_MODE() external view returns (string memory);
    }
}
use IVotes::{delegateCall, delegatesCall, getPastTotalSupplyCall, getPastVotesCall, getVotesCall};

/// The suite.
pub const CASES: &[Case<dyn Erc20Subject>] = cases![
    clock::the_clock_is_the_epoch,
    delegation::tokens_are_no_votes_before_they_are_delegated,
    delegation::a_holder_who_delegates_to_themselves_has_votes,
    delegation::a_holder_who_delegates_to_another_gives_them_votes,
    delegation::a_new_delegation_moves_the_votes,
    delegation::a_delegation_to_0x0_ends_the_one_before,
    delegation::a_delegation_that_was_there_moves_nothing,
    delegation::whoever_has_nothing_delegates_what_comes_later,
    delegation::votes_of_several_holders_add_up,
    delegation::delegated_votes_are_not_delegated_further,
    moves::a_transfer_moves_votes_between_delegates,
    moves::a_transfer_within_one_delegate_moves_no_votes,
    moves::a_transfer_to_somebody_who_has_not_delegated_ends_votes,
    moves::a_transfer_from_somebody_who_has_not_delegated_makes_votes,
    moves::a_transfer_to_oneself_moves_no_votes,
    moves::a_transfer_of_nothing_moves_no_votes,
    moves::a_spender_moves_votes_as_a_holder_does,
    moves::new_tokens_are_votes_of_their_holders_delegate,
    moves::destroyed_tokens_are_votes_no_more,
    past::every_past_epoch_answers_with_the_votes_that_it_ended_with,
    past::every_past_epoch_answers_with_the_supply_that_it_ended_with,
    past::there_was_nothing_before_the_first_change,
    past::an_epoch_that_has_not_ended_is_not_answered,
    past::a_change_is_not_seen_by_its_own_epoch,
    past::the_changes_of_one_epoch_are_one,
    signatures::a_signed_delegation_is_the_signers,
    signatures::a_signed_delegation_is_used_once,
    signatures::a_signed_delegation_waits_for_its_nonce,
    signatures::a_signed_delegation_ends_with_its_expiry,
    signatures::changed_terms_do_not_delegate_for_the_signer,
    signatures::a_signature_for_another_token_or_chain_does_not_count,
    signatures::a_signature_delegates_for_nobody_else,
    signatures::malformed_signatures_are_refused,
];

impl Erc20Stage {
    fn votes(&self, of: impl Party) -> U256 {
        let account = self.eth(of);
        self.ask(getVotesCall { account })
    }

    fn past_votes(&self, of: impl Party, epoch: i64) -> U256 {
        let account = self.eth(of);
        let timepoint = at(epoch);
        self.ask(getPastVotesCall { account, timepoint })
    }

    fn past_supply(&self, epoch: i64) -> U256 {
        let timepoint = at(epoch);
        self.ask(getPastTotalSupplyCall { timepoint })
    }

    #[track_caller]
    fn delegate(&mut self, from: &Wallet, to: impl Party) -> Answer<()> {
        let delegatee = self.eth(to);
        self.call(from, delegateCall { delegatee }).map(|_| ())
    }

    #[track_caller]
    fn require_delegate(&self, of: impl Party, expected: impl Party) {
        let account = self.eth(of);
        assert_eq!(self.ask(delegatesCall { account }), self.eth(expected));
    }

    /// The log of a delegation: whose, from whom, to whom.
    fn redelegated(&self, delegator: impl Party, from: impl Party, to: impl Party) -> StampedEvent {
        let (delegator, from, to) = (self.eth(delegator), self.eth(from), self.eth(to));
        self.log(&IVotes::DelegateChanged {
            delegator,
            fromDelegate: from,
            toDelegate: to,
        })
    }

    /// The log of votes that changed.
    fn recounted(&self, delegate: impl Party, before: u64, after: u64) -> StampedEvent {
        let delegate = self.eth(delegate);
        self.log(&IVotes::DelegateVotesChanged {
            delegate,
            previousVotes: units(before),
            newVotes: units(after),
        })
    }

    /// The epoch in which the last message ran.
    fn epoch(&self) -> i64 {
        self.w.network().epoch()
    }
}

/// An epoch as a point in time of ERC-6372.
fn at(epoch: i64) -> U256 {
    U256::from(u64::try_from(epoch).expect("an epoch from 0 on"))
}
