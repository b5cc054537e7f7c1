//! FRC-0046, by the method numbers and types of the `frc46_token` crate, which existing actors are written with. The
//! receiver hook has a suite of its own ([`receiver`](super::receiver)).

mod allowances;
mod burning;
mod moves;
mod reads;

use frc42_dispatch::method_hash;
use frc46_token::token::types::{
    BurnFromParams, BurnFromReturn, BurnParams, BurnReturn, DecreaseAllowanceParams, GetAllowanceParams,
    IncreaseAllowanceParams, RevokeAllowanceParams, TransferFromParams, TransferFromReturn, TransferParams,
    TransferReturn,
};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::Wallet;

use super::{Case, Stage, Subject, cases};
use crate::{Answer, Party};

/// A reason to refuse a message. FRC-0046 asks for the refusal and leaves its exit code open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frc46Refusal {
    /// A holder has less than is needed.
    Balance,
    /// An operator may spend less than is needed.
    Allowance,
    /// Somebody cannot be an operator.
    Operator,
    /// A number is no amount.
    Amount,
    /// The recipient did not accept the tokens.
    Hook,
}

/// A token whose maker holds all that there is, at least 1 000 times the granularity.
pub trait Frc46Subject: Subject {
    /// Name, symbol and granularity of an instance.
    fn metadata(&self) -> (&'static str, &'static str, u64);
    /// The exit code of a refusal.
    fn exit_code(&self, why: Frc46Refusal) -> u32;
}

/// Where the cases play.
pub type Frc46Stage = Stage<dyn Frc46Subject>;

/// The suite.
pub const CASES: &[Case<dyn Frc46Subject>] = cases![
    reads::the_name_symbol_and_granularity_are_told,
    reads::the_supply_is_what_the_maker_holds,
    reads::nobody_is_created_by_looking,
    allowances::an_increase_adds_to_the_allowance,
    allowances::a_decrease_lowers_the_allowance_at_most_to_zero,
    allowances::a_revocation_ends_the_allowance,
    allowances::an_allowance_is_for_one_operator_of_one_owner,
    allowances::an_allowance_needs_no_tokens,
    allowances::negative_changes_are_refused,
    burning::a_holder_burns_and_the_supply_is_lower,
    burning::nobody_burns_more_than_they_have,
    burning::an_operator_burns_on_an_allowance,
    burning::nobody_burns_more_than_they_are_allowed,
    burning::nobody_burns_more_than_the_owner_has,
    moves::a_transfer_moves_tokens_and_tells_both_balances,
    moves::a_transfer_of_nothing_is_one,
    moves::a_transfer_to_oneself_needs_the_balance_and_changes_nothing,
    moves::nobody_transfers_more_than_they_have,
    moves::negative_transfers_are_refused,
    moves::every_form_of_an_address_is_the_same_holder,
    moves::an_address_without_actor_gets_one_by_receiving,
    moves::an_operator_moves_tokens_and_has_less_left,
    moves::nobody_moves_more_than_they_are_allowed,
    moves::nobody_moves_more_than_the_owner_has,
    moves::nobody_is_their_own_operator,
];

impl<S: Frc46Subject + ?Sized> Stage<S> {
    /// An amount: so many times the granularity, of which every amount is a multiple.
    pub(super) fn amount(&self, n: u64) -> TokenAmount {
        let (_, _, granularity) = self.subject.metadata();
        TokenAmount::from_atto(granularity) * n
    }

    pub(super) fn supply(&self) -> TokenAmount {
        self.w.inquire(self.at, method_hash!("TotalSupply"), &())
    }

    pub(super) fn balance(&self, of: impl Party) -> TokenAmount {
        self.w.inquire(self.at, method_hash!("BalanceOf"), &of.address())
    }

    pub(super) fn allowance(&self, owner: impl Party, operator: impl Party) -> TokenAmount {
        let (owner, operator) = (owner.address(), operator.address());
        let params = GetAllowanceParams { owner, operator };
        self.w.inquire(self.at, method_hash!("Allowance"), &params)
    }

    #[track_caller]
    pub(super) fn transfer(
        &mut self,
        from: &Wallet,
        to: impl Party,
        amount: TokenAmount,
    ) -> Answer<TransferReturn> {
        let (to, operator_data) = (to.address(), RawBytes::default());
        let params = TransferParams {
            to,
            amount,
            operator_data,
        };
        self.w.invoke(from, self.at, method_hash!("Transfer"), &params)
    }

    #[track_caller]
    pub(super) fn transfer_from(
        &mut self,
        operator: &Wallet,
        from: impl Party,
        to: impl Party,
        amount: TokenAmount,
    ) -> Answer<TransferFromReturn> {
        let (from, to, operator_data) = (from.address(), to.address(), RawBytes::default());
        let params = TransferFromParams {
            from,
            to,
            amount,
            operator_data,
        };
        self.w
            .invoke(operator, self.at, method_hash!("TransferFrom"), &params)
    }

    #[track_caller]
    pub(super) fn increase(
        &mut self,
        from: &Wallet,
        operator: impl Party,
        increase: TokenAmount,
    ) -> Answer<TokenAmount> {
        let operator = operator.address();
        let params = IncreaseAllowanceParams { operator, increase };
        self.w
            .invoke(from, self.at, method_hash!("IncreaseAllowance"), &params)
    }

    #[track_caller]
    fn decrease(
        &mut self,
        from: &Wallet,
        operator: impl Party,
        decrease: TokenAmount,
    ) -> Answer<TokenAmount> {
        let operator = operator.address();
        let params = DecreaseAllowanceParams { operator, decrease };
        self.w
            .invoke(from, self.at, method_hash!("DecreaseAllowance"), &params)
    }

    #[track_caller]
    fn revoke(&mut self, from: &Wallet, operator: impl Party) -> Answer<()> {
        let operator = operator.address();
        let params = RevokeAllowanceParams { operator };
        self.w
            .invoke(from, self.at, method_hash!("RevokeAllowance"), &params)
    }

    #[track_caller]
    fn burn(&mut self, from: &Wallet, amount: TokenAmount) -> Answer<BurnReturn> {
        let params = BurnParams { amount };
        self.w.invoke(from, self.at, method_hash!("Burn"), &params)
    }

    #[track_caller]
    fn burn_from(
        &mut self,
        operator: &Wallet,
        owner: impl Party,
        amount: TokenAmount,
    ) -> Answer<BurnFromReturn> {
        let owner = owner.address();
        let params = BurnFromParams { owner, amount };
        self.w
            .invoke(operator, self.at, method_hash!("BurnFrom"), &params)
    }

    #[track_caller]
    pub(super) fn refused<T>(&self, answer: Answer<T>, why: Frc46Refusal) {
        answer.refused(self.subject.exit_code(why));
    }
}
