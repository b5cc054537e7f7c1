//! The small steps that methods are made of: what they read of the state, and what they change.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::{AccessError, DataSetId, GrantId};
use holdfast_policies::access::grant::{Grant, MAX_CHAIN, Parent};
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Edit, Hot, Recorded};

use crate::data_set::DataSet;
use crate::held::Held;
use crate::slot::Slot;
use crate::state::{AccessState, Content, Shelves};

impl AccessState {
    /// The head of a data set.
    ///
    /// # Errors
    /// [`AccessError::NoDataSet`].
    pub fn data_set<BS: Blockstore>(&self, store: &BS, data_set: DataSetId) -> Result<DataSet, ActorError> {
        self.data_sets
            .get(store, &data_set)?
            .ok_or_else(|| AccessError::NoDataSet { data_set }.into())
    }

    /// Changes the head of a data set.
    ///
    /// # Errors
    /// [`AccessError::NoDataSet`]; those of `change`.
    pub(crate) fn change_data_set<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        change: impl FnOnce(&mut DataSet) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        let mut edit = self.data_sets.edit(store)?;
        let mut head = edit
            .get(&data_set)?
            .cloned()
            .ok_or(AccessError::NoDataSet { data_set })?;
        let out = change(&mut head)?;
        edit.put(&data_set, Some(head))?;
        edit.finish()?;
        Ok(out)
    }

    /// A subject's grants in a data set.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn held<BS: Blockstore>(
        &self,
        store: &BS,
        data_set: DataSetId,
        subject: ActorID,
    ) -> Result<Held, ActorError> {
        let held = self.grants.get(store, &Slot::grants(data_set, subject))?;
        Ok(held.unwrap_or_default())
    }

    /// Changes one grant.
    ///
    /// # Errors
    /// [`AccessError::NoGrant`]; those of `change`.
    pub(crate) fn change_grant<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        (data_set, subject, grant): (DataSetId, ActorID, GrantId),
        change: impl FnOnce(&mut Grant) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        let slot = Slot::grants(data_set, subject);
        let mut edit = self.grants.edit(store)?;
        let mut held = edit.get(&slot)?.cloned().unwrap_or_default();
        let found = held.find_mut(grant).ok_or(AccessError::NoGrant {
            data_set,
            subject: Address::new_id(subject),
            grant,
        })?;
        let out = change(found)?;
        edit.put(&slot, Some(held))?;
        edit.finish()?;
        Ok(out)
    }

    /// Changes a grant and all above it.
    ///
    /// # Errors
    /// Those of `change`; [`AccessError::NoGrant`].
    pub(crate) fn change_chain<BS: Blockstore>(
        &mut self,
        store: &BS,
        (data_set, subject, grant): (DataSetId, ActorID, GrantId),
        mut change: impl FnMut(&mut Grant) -> Result<(), ActorError>,
    ) -> Result<(), ActorError> {
        let mut at = Some(Parent { subject, id: grant });
        for _ in 0..MAX_CHAIN {
            let Some(Parent { subject, id }) = at else { break };
            at = self.change_grant(store, (data_set, subject, id), |found| {
                change(found)?;
                Ok(found.parent)
            })?;
        }
        Ok(())
    }

    /// What data sets consist of, rules and groups.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the block is missing.
    pub fn shelves<BS: Blockstore>(&self, store: &BS) -> Result<Shelves, ActorError> {
        self.shelves.load(store)
    }
}

impl Shelves {
    /// What a data set consists of.
    ///
    /// # Errors
    /// [`AccessError::NoDataSet`].
    pub(crate) fn content<BS: Blockstore>(
        &self,
        store: &BS,
        data_set: DataSetId,
    ) -> Result<Content, ActorError> {
        let content = self.contents.get(store, &data_set)?;
        content.ok_or(AccessError::NoDataSet { data_set })?.read()
    }

    /// Changes what a data set consists of.
    ///
    /// # Errors
    /// [`AccessError::NoDataSet`].
    pub(crate) fn change_content<BS: Blockstore>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        change: impl FnOnce(&mut Content),
    ) -> Result<(), ActorError> {
        let mut content = self.content(store, data_set)?;
        change(&mut content);
        self.contents.set(store, data_set, Recorded::new(&content)?)
    }
}

/// The open tree of grants.
pub(crate) type Grants<'a, BS> = Edit<'a, BS, Slot, Held, Hot>;

/// Changes a subject's grants in an open tree. The index follows where a subject gets its first grant or loses its last.
///
/// # Errors
/// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn change_held<BS: Blockstore, T>(
    grants: &mut Grants<'_, BS>,
    data_set: DataSetId,
    subject: ActorID,
    change: impl FnOnce(&mut Vec<Grant>) -> Result<T, ActorError>,
) -> Result<T, ActorError> {
    let slot = Slot::grants(data_set, subject);
    let mut held = grants.get(&slot)?.cloned().unwrap_or_default();
    let before = held.0.is_empty();
    let out = change(&mut held.0)?;
    let after = held.0.is_empty();
    grants.put(&slot, held.unless_empty())?;
    if before != after {
        let index = (!after).then(Held::default);
        grants.put(&Slot::index(subject, data_set), index)?;
    }
    Ok(out)
}
