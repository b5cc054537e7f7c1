//! Changes of accounts that belong together, and what they move between delegates.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TokenError;
use holdfast_policies::amount;
use holdfast_policies::votes::Shifts;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Edit, Hot, Tree};
use holdfast_runtime::evm::EthAddress;

use crate::account::Account;
use crate::events::Party;

/// The accounts, open for changes. They count with [`Ledger::finish`].
pub(crate) struct Ledger<'a, BS: Blockstore> {
    accounts: Edit<'a, BS, ActorID, Account, Hot>,
    moved: Moved,
}

/// What the changes of accounts moved between delegates.
#[must_use = "votes have to follow with `TokenState::follow`"]
#[derive(Default)]
pub(crate) struct Moved {
    /// Delegates and by how many votes.
    pub(crate) shifts: Shifts,
    /// Accounts of the ledger whose 0x form is the masked id.
    masked: Vec<ActorID>,
}

impl Moved {
    /// A delegate for an event, with what the ledger has seen of the 0x form.
    pub(crate) fn party(&self, delegate: ActorID) -> Party {
        let masked = self.masked.contains(&delegate);
        Party {
            id: delegate,
            eth: masked.then(|| EthAddress::from_id(delegate)),
        }
    }
}

impl<'a, BS: Blockstore> Ledger<'a, BS> {
    /// Opens the accounts.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the state is unreadable.
    pub(crate) fn open(accounts: &'a mut Tree<ActorID, Account>, store: &'a BS) -> Result<Self, ActorError> {
        let (accounts, moved) = (accounts.edit(store)?, Moved::default());
        Ok(Self { accounts, moved })
    }

    /// What somebody has, with the changes made so far.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn account(&mut self, holder: ActorID) -> Result<Account, ActorError> {
        Ok(self.accounts.get(&holder)?.cloned().unwrap_or_default())
    }

    /// Takes tokens from a holder; gives the account afterwards.
    ///
    /// # Errors
    /// [`TokenError::InsufficientBalance`].
    pub(crate) fn debit(&mut self, holder: ActorID, taken: &TokenAmount) -> Result<Account, ActorError> {
        let before = self.account(holder)?;
        let balance = spend(holder, &before.balance, taken)?;
        self.put(holder, &before, |account| account.balance = balance)
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
        let before = self.account_or_new(holder, is_masked)?;
        self.put(holder, &before, |account| account.balance += given)
    }

    /// Lets somebody vote with a holder's tokens, those to come too, or nobody; gives the account before. A holder without an
    /// account is asked as in [`Ledger::credit`].
    ///
    /// # Errors
    /// Those of `is_masked`.
    pub(crate) fn delegate(
        &mut self,
        holder: ActorID,
        to: Option<ActorID>,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<Account, ActorError> {
        let before = self.account_or_new(holder, is_masked)?;
        self.put(holder, &before, |account| account.delegate = to)?;
        Ok(before)
    }

    /// Stores what changed; gives what it moved between delegates.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub(crate) fn finish(self) -> Result<Moved, ActorError> {
        self.accounts.finish()?;
        Ok(self.moved)
    }

    /// A holder's account; one without is asked as in [`Ledger::credit`].
    ///
    /// # Errors
    /// Those of `is_masked`.
    pub(crate) fn account_or_new(
        &mut self,
        holder: ActorID,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<Account, ActorError> {
        if let Some(account) = self.accounts.get(&holder)? {
            return Ok(account.clone());
        }
        Ok(Account {
            masked: is_masked()?,
            ..Account::default()
        })
    }

    /// The one place where accounts change, so that votes always follow.
    fn put(
        &mut self,
        holder: ActorID,
        before: &Account,
        change: impl FnOnce(&mut Account),
    ) -> Result<Account, ActorError> {
        let mut after = before.clone();
        change(&mut after);
        let Moved { shifts, masked } = &mut self.moved;
        if let Some(delegate) = before.delegate {
            shifts.leave(delegate, before.balance.atto());
        }
        if let Some(delegate) = after.delegate {
            shifts.join(delegate, after.balance.atto());
        }
        if after.masked {
            masked.push(holder);
        }
        self.accounts.put(&holder, after.clone().unless_empty())?;
        Ok(after)
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
