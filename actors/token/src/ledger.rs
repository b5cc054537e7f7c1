//! Changes of accounts that belong together.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TokenError;
use holdfast_policies::amount;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Edit, Hot, Tree};

use crate::account::Account;

/// The accounts, open for changes. They count with [`Ledger::finish`].
pub(crate) struct Ledger<'a, BS: Blockstore>(Edit<'a, BS, ActorID, Account, Hot>);

impl<'a, BS: Blockstore> Ledger<'a, BS> {
    /// Opens the accounts.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the state is unreadable.
    pub(crate) fn open(accounts: &'a mut Tree<ActorID, Account>, store: &'a BS) -> Result<Self, ActorError> {
        accounts.edit(store).map(Self)
    }

    /// What somebody has, with the changes made so far.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn account(&mut self, holder: ActorID) -> Result<Account, ActorError> {
        Ok(self.0.get(&holder)?.cloned().unwrap_or_default())
    }

    /// Takes tokens from a holder; gives the account afterwards.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`].
    pub(crate) fn debit(&mut self, holder: ActorID, taken: &TokenAmount) -> Result<Account, ActorError> {
        let mut account = self.account(holder)?;
        account.balance = spend(holder, &account.balance, taken)?;
        self.put(holder, account)
    }

    /// Gives tokens to a holder; gives the account afterwards. A holder without an account is asked by `is_masked` whether
    /// their 0x form is the masked id.
    ///
    /// # Errors
    /// Those of `is_masked`.
    pub(crate) fn credit(
        &mut self,
        holder: ActorID,
        given: &TokenAmount,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<Account, ActorError> {
        let mut account = match self.0.get(&holder)? {
            Some(account) => account.clone(),
            None => Account {
                masked: is_masked()?,
                ..Account::default()
            },
        };
        account.balance += given;
        self.put(holder, account)
    }

    /// Stores what changed.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub(crate) fn finish(self) -> Result<(), ActorError> {
        self.0.finish()
    }

    fn put(&mut self, holder: ActorID, account: Account) -> Result<Account, ActorError> {
        self.0.put(&holder, account.clone().unless_empty())?;
        Ok(account)
    }
}

/// What a holder has left after spending.
///
/// # Errors
/// [`TokenError::InsufficientBalance`].
pub(crate) fn spend(
    holder: ActorID,
    balance: &TokenAmount,
    spent: &TokenAmount,
) -> Result<TokenAmount, ActorError> {
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
