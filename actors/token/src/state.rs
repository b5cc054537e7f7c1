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
use holdfast_runtime::collections::{InlineMap, Link, TopMap};
use holdfast_runtime::record;
use holdfast_runtime::state::{State, Version};

record! {
    /// The root block.
    pub struct TokenState {
        /// The layout's version.
        pub version: Version<1>,
        /// All tokens that exist, atto-tokens: the sum of the balances.
        pub supply: TokenAmount,
        /// Whether transfers, mints and new allowances are stopped.
        pub paused: bool,
        /// Holder to balance, atto-tokens. No entry is zero.
        pub balances: TopMap<TokenAmount>,
        /// (Holder, operator) to what the operator may spend, atto-tokens. No entry is zero.
        pub allowances: InlineMap<(ActorID, ActorID), TokenAmount, 3>,
        /// Holder to the nonce of its next permit. No entry is zero.
        pub nonces: InlineMap<ActorID, u64, 3>,
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
        pub minters: TopMap<TokenAmount>,
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
    /// The state of a new token, with the balances that it starts with.
    pub fn new(supply: TokenAmount, balances: TopMap<TokenAmount>, settings: Link<Settings>) -> Self {
        Self {
            version: Version,
            supply,
            paused: false,
            balances,
            allowances: InlineMap::default(),
            nonces: InlineMap::default(),
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
        Ok(self.balances.get(store, holder)?.unwrap_or_default())
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

    /// Moves tokens; gives the two balances afterwards. Moving to oneself needs the balance and changes nothing.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`].
    pub fn move_tokens<BS: Blockstore>(
        &mut self,
        store: &BS,
        (from, to): (ActorID, ActorID),
        moved: &TokenAmount,
    ) -> Result<(TokenAmount, TokenAmount), ActorError> {
        let mut balances = self.balances.edit(store);
        let before = balances.get(from)?.unwrap_or_default();
        let left = spend(from, &before, moved)?;
        if from == to {
            return Ok((before.clone(), before));
        }
        let received = balances.get(to)?.unwrap_or_default() + moved;
        balances.put(from, non_zero(&left))?;
        balances.put(to, non_zero(&received))?;
        balances.finish()?;
        Ok((left, received))
    }

    /// Gives new tokens to a holder; gives the balance afterwards. The supply is the caller's to raise.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn credit<BS: Blockstore>(
        &mut self,
        store: &BS,
        holder: ActorID,
        made: &TokenAmount,
    ) -> Result<TokenAmount, ActorError> {
        let mut balances = self.balances.edit(store);
        let balance = balances.get(holder)?.unwrap_or_default() + made;
        balances.put(holder, non_zero(&balance))?;
        balances.finish()?;
        Ok(balance)
    }

    /// Destroys tokens; gives what the holder has left.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`].
    pub fn burn<BS: Blockstore>(
        &mut self,
        store: &BS,
        holder: ActorID,
        burned: &TokenAmount,
    ) -> Result<TokenAmount, ActorError> {
        let mut balances = self.balances.edit(store);
        let left = spend(holder, &balances.get(holder)?.unwrap_or_default(), burned)?;
        balances.put(holder, non_zero(&left))?;
        balances.finish()?;
        self.supply -= burned;
        Ok(left)
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

fn spend(holder: ActorID, balance: &TokenAmount, spent: &TokenAmount) -> Result<TokenAmount, ActorError> {
    amount::spend(balance.atto(), spent.atto())
        .map(TokenAmount::from_atto)
        .ok_or_else(|| {
            let (holder, balance) = (Address::new_id(holder), balance.clone());
            TokenError::InsufficientBalance {
                holder,
                balance,
                needed: spent.clone(),
            }
            .into()
        })
}
