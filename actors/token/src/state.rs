//! The layout of a token's state, and the small steps that methods are made of.
//!
//! The root holds what every transfer touches and nothing else: bytes written decide what a message costs. Names and
//! roles lie behind a link, allowances and nonces behind links of their own once there are more than three.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TokenError;
use holdfast_policies::{allowance, amount};
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Cold, Link, Tree};
use holdfast_runtime::record;
use holdfast_runtime::state::{State, Version};

use crate::account::Account;
use crate::ledger::{Ledger, spend};

record! {
    /// The root block.
    pub struct TokenState {
        /// The layout's version.
        pub version: Version<1>,
        /// All tokens that exist, atto-tokens: the sum of the balances.
        pub supply: TokenAmount,
        /// Whether transfers, mints and new allowances are stopped.
        pub paused: bool,
        /// Whether holders can delegate votes.
        pub voting: bool,
        /// Holder to balance and delegate. No entry is empty.
        pub accounts: Tree<ActorID, Account>,
        /// (Holder, operator) to what the operator may spend, atto-tokens. No entry is zero.
        pub allowances: Tree<(ActorID, ActorID), TokenAmount, Cold>,
        /// Holder to the nonce of its next permit. No entry is zero.
        pub nonces: Tree<ActorID, u64, Cold>,
        /// (Delegate, epoch) to the votes since the end of that epoch, atto-tokens.
        pub checkpoints: Tree<(ActorID, u64), TokenAmount, Cold>,
        /// Epoch to the supply since the end of that epoch, atto-tokens.
        pub supply_checkpoints: Tree<u64, TokenAmount, Cold>,
        /// What seldom changes.
        pub settings: Link<Settings>,
    }
}

record! {
    /// Names, caps and roles.
    pub struct Settings {
        /// The name.
        pub name: String,
        /// The ticker symbol.
        pub symbol: String,
        /// The most tokens that may ever exist, atto-tokens.
        pub supply_cap: TokenAmount,
        /// Who manages the token.
        pub owner: Option<ActorID>,
        /// Whom the ownership is offered to.
        pub pending_owner: Option<ActorID>,
        /// Who may destroy any holder's tokens.
        pub burner: Option<ActorID>,
        /// Who may pause.
        pub pauser: Option<ActorID>,
        /// Minter to what it may still mint, atto-tokens. No entry is zero.
        pub minters: Tree<ActorID, TokenAmount, Cold>,
    }
}

impl State for TokenState {
    const VERSION: Option<u64> = Some(1);
}

/// The largest amount as attoTokens.
pub fn max_amount() -> TokenAmount {
    TokenAmount::from_atto(amount::max_amount())
}

/// Refuses numbers that are no amounts.
///
/// # Errors
/// [`TokenError::InvalidAmount`].
pub fn require_amount(number: &TokenAmount) -> Result<(), ActorError> {
    if amount::is_amount(number.atto()) {
        return Ok(());
    }
    Err(TokenError::InvalidAmount {
        amount: number.clone(),
    }
    .into())
}

impl TokenState {
    /// The state of a new token, with the accounts that it starts with.
    pub fn new(
        supply: TokenAmount,
        voting: bool,
        accounts: Tree<ActorID, Account>,
        settings: Link<Settings>,
    ) -> Self {
        Self {
            version: Version,
            supply,
            paused: false,
            voting,
            accounts,
            allowances: Tree::default(),
            nonces: Tree::default(),
            checkpoints: Tree::default(),
            supply_checkpoints: Tree::default(),
            settings,
        }
    }

    /// All tokens that exist, atto-tokens, when nothing else of the state is wanted.
    pub fn into_supply(self) -> TokenAmount {
        self.supply
    }

    /// A holder's balance, atto-tokens.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn balance<BS: Blockstore>(&self, store: &BS, holder: ActorID) -> Result<TokenAmount, ActorError> {
        let account = self.accounts.get(store, &holder)?;
        Ok(account.map(|account| account.balance).unwrap_or_default())
    }

    /// What an operator may spend of a holder's tokens, atto-tokens.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn allowance<BS: Blockstore>(
        &self,
        store: &BS,
        holder: ActorID,
        operator: ActorID,
    ) -> Result<TokenAmount, ActorError> {
        Ok(self
            .allowances
            .get(store, &(holder, operator))?
            .unwrap_or_default())
    }

    /// The nonce of a holder's next permit.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn nonce<BS: Blockstore>(&self, store: &BS, holder: ActorID) -> Result<u64, ActorError> {
        Ok(self.nonces.get(store, &holder)?.unwrap_or_default())
    }

    /// Changes an allowance, from what it is to what `change` makes of it; gives the new one. Zero takes the
    /// entry away.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub fn change_allowance<BS: Blockstore>(
        &mut self,
        store: &BS,
        pair: (ActorID, ActorID),
        change: impl FnOnce(&TokenAmount) -> Result<TokenAmount, ActorError>,
    ) -> Result<TokenAmount, ActorError> {
        let mut after = TokenAmount::default();
        self.allowances.change(store, &pair, |now| {
            after = change(&now.cloned().unwrap_or_default())?;
            Ok(non_zero(&after))
        })?;
        Ok(after)
    }

    /// Spends an allowance; gives what is left of it.
    ///
    /// # Errors
    /// [`TokenError::InsufficientAllowance`].
    pub fn spend_allowance<BS: Blockstore>(
        &mut self,
        store: &BS,
        (holder, operator): (ActorID, ActorID),
        spent: &TokenAmount,
    ) -> Result<TokenAmount, ActorError> {
        self.change_allowance(store, (holder, operator), |allowance| {
            allowance::spend_allowance(allowance.atto(), spent.atto())
                .map(TokenAmount::from_atto)
                .ok_or_else(|| {
                    let (operator, allowance) = (Address::new_id(operator), allowance.clone());
                    TokenError::InsufficientAllowance {
                        operator,
                        allowance,
                        needed: spent.clone(),
                    }
                    .into()
                })
        })
    }

    /// Moves tokens; gives the two accounts afterwards. Moving to oneself needs the balance and changes nothing. A
    /// recipient without an account is asked by `is_masked` whether their 0x form is the masked id.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`]; those of `is_masked`.
    pub fn move_tokens<BS: Blockstore>(
        &mut self,
        store: &BS,
        (from, to): (ActorID, ActorID),
        moved: &TokenAmount,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<(Account, Account), ActorError> {
        let mut ledger = Ledger::open(&mut self.accounts, store)?;
        if from == to {
            let holder = ledger.account(from)?;
            spend(from, &holder.balance, moved)?;
            return Ok((holder.clone(), holder));
        }
        let moved = (ledger.debit(from, moved)?, ledger.credit(to, moved, is_masked)?);
        ledger.finish()?;
        Ok(moved)
    }

    /// Gives new tokens to a holder; gives the account afterwards. The supply is the caller's to raise. A holder without
    /// an account is asked by `is_masked` as in [`TokenState::move_tokens`].
    ///
    /// # Errors
    /// Those of `is_masked`; USR_ILLEGAL_STATE when a block is missing.
    pub fn credit<BS: Blockstore>(
        &mut self,
        store: &BS,
        holder: ActorID,
        made: &TokenAmount,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<Account, ActorError> {
        let mut ledger = Ledger::open(&mut self.accounts, store)?;
        let account = ledger.credit(holder, made, is_masked)?;
        ledger.finish()?;
        Ok(account)
    }

    /// Destroys tokens; gives the account afterwards.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`].
    pub fn burn<BS: Blockstore>(
        &mut self,
        store: &BS,
        holder: ActorID,
        burned: &TokenAmount,
    ) -> Result<Account, ActorError> {
        let mut ledger = Ledger::open(&mut self.accounts, store)?;
        let account = ledger.debit(holder, burned)?;
        ledger.finish()?;
        self.supply -= burned;
        Ok(account)
    }

    /// Refuses what a pause stops.
    ///
    /// # Errors
    /// [`TokenError::Paused`].
    pub fn require_not_paused(&self) -> Result<(), ActorError> {
        if self.paused {
            Err(TokenError::Paused.into())
        } else {
            Ok(())
        }
    }
}

fn non_zero(amount: &TokenAmount) -> Option<TokenAmount> {
    (!amount.is_zero()).then(|| amount.clone())
}
