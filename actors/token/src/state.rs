//! The layout of a token's state, and the small steps that methods are made of.
//!
//! The root holds what every transfer touches and nothing else: bytes written decide what a message costs. Names and
//! roles lie behind a link, allowances and nonces behind links that do not exist before they are needed.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TokenError;
use holdfast_policies::{allowance, amount};
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Link, Map, Root, TopMap};
use holdfast_runtime::state::{State, Version};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

/// The root block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
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
    pub allowances: Option<Root<(ActorID, ActorID), TokenAmount>>,
    /// Holder to the nonce of its next permit. No entry is zero.
    pub nonces: Option<Root<ActorID, u64>>,
    /// What seldom changes.
    pub settings: Link<Settings>,
}

/// Names, caps and roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
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
        let Some(root) = &self.allowances else {
            return Ok(TokenAmount::default());
        };
        Ok(Map::load(store, root)?
            .get(&(holder, operator))?
            .unwrap_or_default())
    }

    /// The nonce of a holder's next permit.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn nonce<BS: Blockstore>(&self, store: &BS, holder: ActorID) -> Result<u64, ActorError> {
        let Some(root) = &self.nonces else { return Ok(0) };
        Ok(Map::load(store, root)?.get(&holder)?.unwrap_or_default())
    }

    /// Sets an allowance. Zero takes the entry away.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn set_allowance<BS: Blockstore>(
        &mut self,
        store: &BS,
        (holder, operator): (ActorID, ActorID),
        value: TokenAmount,
    ) -> Result<(), ActorError> {
        let mut allowances = Map::load_or_empty(store, self.allowances.as_ref())?;
        if value.is_zero() {
            allowances.delete(&(holder, operator))?;
        } else {
            allowances.set(&(holder, operator), value)?;
        }
        self.allowances = allowances.flush_unless_empty()?;
        Ok(())
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
        let allowance = self.allowance(store, holder, operator)?;
        let Some(left) =
            allowance::spend_allowance(allowance.atto(), spent.atto()).map(TokenAmount::from_atto)
        else {
            let operator = Address::new_id(operator);
            return Err(TokenError::InsufficientAllowance {
                operator,
                allowance,
                needed: spent.clone(),
            }
            .into());
        };
        if left != allowance {
            self.set_allowance(store, (holder, operator), left.clone())?;
        }
        Ok(left)
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
        let (before, left) = self.after_spending(store, from, moved)?;
        if from == to {
            return Ok((before.clone(), before));
        }
        let received = self.balance(store, to)? + moved;
        if !moved.is_zero() {
            self.balances
                .update(store, [(from, non_zero(&left)), (to, non_zero(&received))])?;
        }
        Ok((left, received))
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
        let (_, left) = self.after_spending(store, holder, burned)?;
        self.balances.update(store, [(holder, non_zero(&left))])?;
        self.supply -= burned;
        Ok(left)
    }

    fn after_spending<BS: Blockstore>(
        &self,
        store: &BS,
        holder: ActorID,
        spent: &TokenAmount,
    ) -> Result<(TokenAmount, TokenAmount), ActorError> {
        let balance = self.balance(store, holder)?;
        match amount::spend(balance.atto(), spent.atto()) {
            Some(left) => Ok((balance, TokenAmount::from_atto(left))),
            None => {
                let holder = Address::new_id(holder);
                Err(TokenError::InsufficientBalance {
                    holder,
                    balance,
                    needed: spent.clone(),
                }
                .into())
            }
        }
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
