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
use holdfast_runtime::scope::Clock;
use holdfast_runtime::state::{State, Version};

use crate::account::Account;
use crate::events::Party;
use crate::ledger::{Ledger, Moved, spend};
use crate::votes::{Changes, History, SupplyHistory, follow, number};

record! {
    /// The root block.
    pub struct TokenState {
        /// The layout's version.
        pub version: Version<1>,
        /// All tokens that exist, atto-tokens: the sum of the balances.
        pub supply: TokenAmount,
        /// Whether transfers, mints and new allowances are stopped.
        pub paused: bool,
        /// Holder to balance and delegate. No entry is empty.
        pub accounts: Tree<ActorID, Account>,
        /// (Holder, operator) to what the operator may spend, atto-tokens. No entry is zero.
        pub allowances: Tree<(ActorID, ActorID), TokenAmount, Cold>,
        /// Holder to the nonce of its next permit. No entry is zero.
        pub nonces: Tree<ActorID, u64, Cold>,
        /// The votes of delegates; null for a token that is not voting.
        pub votes: Option<History>,
        /// What seldom changes.
        pub settings: Link<Settings>,
    }
}

record! {
    /// Names, caps, roles, and the past of the supply.
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
        /// What the supply was; empty for a token that is not voting. Here and not in the root, where every transfer would
        /// pay for it.
        pub supply_history: SupplyHistory,
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

impl Settings {
    /// Writes down the supply of a voting token.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub(crate) fn remember_supply<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        supply: &TokenAmount,
    ) -> Result<(), ActorError> {
        self.supply_history
            .set(scope, number(scope.epoch()), supply.clone())
    }
}

impl TokenState {
    /// The state of a new token, with the accounts that it starts with.
    pub fn new(
        supply: TokenAmount,
        accounts: Tree<ActorID, Account>,
        votes: Option<History>,
        settings: Link<Settings>,
    ) -> Self {
        Self {
            version: Version,
            supply,
            paused: false,
            accounts,
            allowances: Tree::default(),
            nonces: Tree::default(),
            votes,
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

    /// Uses up a holder's nonce; gives it.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn use_nonce<BS: Blockstore>(&mut self, store: &BS, holder: ActorID) -> Result<u64, ActorError> {
        let used = self.nonces.change(store, &holder, |nonce| {
            Ok(Some(nonce.copied().unwrap_or_default().saturating_add(1)))
        })?;
        Ok(used.unwrap_or_default())
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
    pub(crate) fn move_tokens<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        (from, to): (ActorID, ActorID),
        moved: &TokenAmount,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<((Account, Account), Changes), ActorError> {
        let mut ledger = Ledger::open(&mut self.accounts, scope)?;
        if from == to {
            let holder = ledger.account_or_new(from, is_masked)?;
            spend(from, &holder.balance, moved)?;
            return Ok(((holder.clone(), holder), Changes::default()));
        }
        let accounts = (ledger.debit(from, moved)?, ledger.credit(to, moved, is_masked)?);
        let moved = ledger.finish()?;
        Ok((accounts, self.follow(scope, &moved)?))
    }

    /// Gives new tokens to a holder; gives the account afterwards. The supply is the caller's to raise. A holder without
    /// an account is asked by `is_masked` as in `move_tokens`.
    ///
    /// # Errors
    /// Those of `is_masked`; USR_ILLEGAL_STATE when a block is missing.
    pub fn credit<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        holder: ActorID,
        made: &TokenAmount,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<(Account, Changes), ActorError> {
        let mut ledger = Ledger::open(&mut self.accounts, scope)?;
        let account = ledger.credit(holder, made, is_masked)?;
        let moved = ledger.finish()?;
        Ok((account, self.follow(scope, &moved)?))
    }

    /// Destroys tokens; gives the account afterwards.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`].
    pub fn burn<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        holder: ActorID,
        burned: &TokenAmount,
    ) -> Result<(Account, Changes), ActorError> {
        let mut ledger = Ledger::open(&mut self.accounts, scope)?;
        let account = ledger.debit(holder, burned)?;
        let moved = ledger.finish()?;
        self.set_supply(scope, &self.supply - burned)?;
        Ok((account, self.follow(scope, &moved)?))
    }

    /// Lets somebody vote with a holder's tokens, or nobody; gives the holder and the delegate before. A holder without an
    /// account is asked by `is_masked` as in [`TokenState::move_tokens`].
    ///
    /// # Errors
    /// [`TokenError::NotVoting`]; those of `is_masked`.
    pub(crate) fn delegate<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        holder: ActorID,
        to: Option<ActorID>,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<((Party, Option<Party>), Changes), ActorError> {
        if self.votes.is_none() {
            return Err(TokenError::NotVoting.into());
        }
        let mut ledger = Ledger::open(&mut self.accounts, scope)?;
        let before = ledger.delegate(holder, to, is_masked)?;
        let moved = ledger.finish()?;
        let parties = (
            Party::holder(holder, &before),
            before.delegate.map(|id| moved.party(id)),
        );
        Ok((parties, self.follow(scope, &moved)?))
    }

    /// Lets votes follow what a ledger moved.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub(crate) fn follow<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        moved: &Moved,
    ) -> Result<Changes, ActorError> {
        match &mut self.votes {
            Some(history) => follow(history, scope, moved),
            None => Ok(Changes::default()),
        }
    }

    /// Sets the supply, and lets its history follow.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing or refused.
    pub fn set_supply<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        supply: TokenAmount,
    ) -> Result<(), ActorError> {
        if self.votes.is_some() && supply != self.supply {
            self.settings
                .update(scope, |settings| settings.remember_supply(scope, &supply))?;
        }
        self.supply = supply;
        Ok(())
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
