//! EIP-20, with the errors of ERC-6093: what every wallet and exchange relies on.

mod approvals;
mod contracts;
mod reads;
mod spending;
mod supply;
mod transfers;

use alloy_primitives::{Address as Eth, U256};
use alloy_sol_types::sol;
use fvm_shared::event::StampedEvent;
use holdfast_localnet::Wallet;

use super::stage::refused;
use super::{Case, Refusal, Stage, Subject, cases};
use crate::{Answer, Party};

sol! {
    #![sol(all_derives)]
    "solidity/contracts/IERC20.sol"
}
use IERC20Metadata::{
    allowanceCall, approveCall, balanceOfCall, totalSupplyCall, transferCall, transferFromCall,
};

/// A token whose maker may make more of it and holds the first [`SUPPLY`]. Amounts are in its smallest unit.
pub trait Erc20Subject: Subject {
    /// Name, symbol and decimals of an instance.
    fn metadata(&self) -> (&'static str, &'static str, u8);
    /// Calldata by which the maker makes tokens.
    fn mint(&self, to: Eth, value: U256) -> Vec<u8>;
    /// Calldata by which a holder destroys some of their own.
    fn burn(&self, value: U256) -> Vec<u8>;
    /// The revert data of a refusal: the usual error, unless the subject has errors of its own.
    fn revert_data(&self, why: &Refusal) -> Vec<u8> {
        why.usual_error()
    }
}

/// What the maker holds at the start.
pub const SUPPLY: u64 = 1_000;

/// Where the cases play.
pub type Erc20Stage = Stage<dyn Erc20Subject>;

/// The suite.
pub const CASES: &[Case<dyn Erc20Subject>] = cases![
    reads::the_name_symbol_and_decimals_are_told,
    reads::the_supply_and_a_balance_are_told,
    reads::a_stranger_has_nothing_and_may_spend_nothing,
    transfers::a_transfer_moves_tokens_and_is_logged,
    transfers::a_transfer_of_everything_leaves_nothing,
    transfers::a_transfer_of_nothing_is_one_and_is_logged,
    transfers::a_transfer_to_oneself_changes_nothing_and_is_logged,
    transfers::a_transfer_reaches_an_address_that_has_never_been_used,
    transfers::nobody_transfers_more_than_they_have,
    transfers::nobody_transfers_more_than_they_have_to_themselves,
    transfers::nothing_is_transferred_to_0x0,
    approvals::an_approval_is_the_allowance_and_is_logged,
    approvals::an_approval_replaces_the_one_before,
    approvals::an_approval_of_nothing_ends_the_one_before,
    approvals::an_approval_needs_no_tokens,
    approvals::an_approval_is_for_one_spender_of_one_owner,
    approvals::an_owner_may_approve_themselves,
    approvals::nothing_is_approved_for_0x0,
    spending::a_spender_moves_what_is_allowed_and_has_less_left,
    spending::a_spender_may_take_everything_for_themselves,
    spending::a_spender_moves_nothing_without_an_allowance,
    spending::an_endless_allowance_stays,
    spending::the_largest_finite_allowance_is_spent,
    spending::nobody_spends_more_than_they_are_allowed,
    spending::nobody_spends_more_than_the_owner_has,
    spending::an_owner_who_spends_by_allowance_needs_one,
    spending::an_allowance_is_no_right_to_approve,
    spending::nothing_is_spent_towards_0x0,
    spending::nothing_is_spent_from_0x0,
    supply::new_tokens_come_from_0x0_and_raise_the_supply,
    supply::destroyed_tokens_go_to_0x0_and_lower_the_supply,
    supply::nobody_destroys_more_than_they_have,
    supply::nothing_is_made_for_0x0,
    supply::there_are_never_more_tokens_than_a_word_can_count,
    contracts::a_contract_pays_collects_and_approves,
    contracts::a_contract_cannot_change_anything_by_asking,
];

impl Erc20Stage {
    pub(super) fn supply(&self) -> U256 {
        self.ask(totalSupplyCall {})
    }

    pub(super) fn balance(&self, of: impl Party) -> U256 {
        let account = self.eth(of);
        self.ask(balanceOfCall { account })
    }

    pub(super) fn allowance(&self, owner: impl Party, spender: impl Party) -> U256 {
        let (owner, spender) = (self.eth(owner), self.eth(spender));
        self.ask(allowanceCall { owner, spender })
    }

    #[track_caller]
    pub(super) fn transfer(&mut self, from: &Wallet, to: impl Party, value: U256) -> Answer<bool> {
        let to = self.eth(to);
        self.call(from, transferCall { to, value })
    }

    #[track_caller]
    pub(super) fn approve(&mut self, owner: &Wallet, spender: impl Party, value: U256) -> Answer<bool> {
        let spender = self.eth(spender);
        self.call(owner, approveCall { spender, value })
    }

    #[track_caller]
    pub(super) fn spend(
        &mut self,
        spender: &Wallet,
        from: impl Party,
        to: impl Party,
        value: U256,
    ) -> Answer<bool> {
        let (from, to) = (self.eth(from), self.eth(to));
        self.call(spender, transferFromCall { from, to, value })
    }

    pub(super) fn moved(&self, from: impl Party, to: impl Party, value: U256) -> StampedEvent {
        let (from, to) = (self.eth(from), self.eth(to));
        self.log(&IERC20Metadata::Transfer { from, to, value })
    }

    pub(super) fn approved(&self, owner: impl Party, spender: impl Party, value: U256) -> StampedEvent {
        let (owner, spender) = (self.eth(owner), self.eth(spender));
        self.log(&IERC20Metadata::Approval {
            owner,
            spender,
            value,
        })
    }

    #[track_caller]
    pub(super) fn refused<T>(&self, answer: Answer<T>, why: &Refusal) {
        refused(answer, &self.subject.revert_data(why), why);
    }
}

/// An amount in the smallest unit.
pub(super) fn units(n: u64) -> U256 {
    U256::from(n)
}
