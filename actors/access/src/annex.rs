//! The steps on what has a link of its own: keys, logs, tickets, commitments, and what contracts let this actor decide.

use fvm_ipld_blockstore::Blockstore;
use holdfast_api::access::{AccessError, CommittedGrant, DataSetId, LogId, LogInfo};
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Recorded, Tree};
use holdfast_runtime::evm::Bytes32;

use crate::state::{AccessState, Annex, Bindings, Commitments, Keys, Logs, Tickets};

impl AccessState {
    /// What has a link of its own.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn annex<BS: Blockstore>(&self, store: &BS) -> Result<Annex, ActorError> {
        self.shelves(store)?.annex.load(store)
    }

    /// Changes something that has a link of its own.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_annex<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Annex) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.shelves
            .update(store, |shelves| shelves.annex.update(store, change))
    }

    /// Changes what contracts elsewhere let this actor decide.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_bindings<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Bindings) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.change_annex(store, |annex| annex.bindings.update(store, change))
    }

    /// Changes keys.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_keys<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Keys) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.change_annex(store, |annex| annex.keys.update(store, change))
    }

    /// Changes logs.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_logs<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Logs) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.change_annex(store, |annex| annex.logs.update(store, change))
    }

    /// Changes tickets.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_tickets<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Tickets) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.change_annex(store, |annex| annex.tickets.update(store, change))
    }

    /// Changes commitments.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_commitments<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Commitments) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.change_annex(store, |annex| annex.commitments.update(store, change))
    }
}

impl Keys {
    pub(crate) fn new() -> Self {
        Self {
            readers: Tree::default(),
            envelopes: Tree::default(),
        }
    }
}

impl Logs {
    pub(crate) fn new() -> Self {
        Self {
            gateways: Tree::default(),
            logs: Tree::default(),
        }
    }

    /// A log.
    ///
    /// # Errors
    /// [`AccessError::NoLog`].
    pub(crate) fn log<BS: Blockstore>(
        &self,
        store: &BS,
        data_set: DataSetId,
        log: LogId,
    ) -> Result<LogInfo, ActorError> {
        let found = self.logs.get(store, &(data_set, log))?;
        found.ok_or(AccessError::NoLog { data_set, log })?.read()
    }

    /// The number of a data set's next log.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn next_log<BS: Blockstore>(
        &self,
        store: &BS,
        data_set: DataSetId,
    ) -> Result<LogId, ActorError> {
        let last = self.logs.floor(store, &(data_set, LogId::MAX))?;
        let last = last.map(|(at, _)| at).filter(|(of, _)| *of == data_set);
        Ok(last.map_or(1, |(_, log)| log.saturating_add(1)))
    }
}

impl Tickets {
    pub(crate) fn new() -> Self {
        Self {
            next_ticket: 1,
            tickets: Tree::default(),
        }
    }
}

impl Commitments {
    pub(crate) fn new() -> Self {
        Self {
            commitments: Tree::default(),
        }
    }

    /// Takes a commitment out.
    ///
    /// # Errors
    /// [`AccessError::NoCommitment`].
    pub(crate) fn take<BS: Blockstore>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        commitment: Bytes32,
    ) -> Result<CommittedGrant, ActorError> {
        let at = (data_set, commitment);
        let taken = self.commitments.change(store, &at, |_| Ok(None))?;
        let taken = taken.as_ref().map(Recorded::read).transpose()?;
        taken.ok_or_else(|| AccessError::NoCommitment { data_set, commitment }.into())
    }
}
