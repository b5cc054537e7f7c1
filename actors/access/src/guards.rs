//! The steps on delays, scheduled operations and nonces.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{AccessError, DataSetId, Delay, Power};
use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::delay::{Length, greatest};
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Recorded;

use crate::data_set::DataSet;
use crate::state::{AccessState, Annex, DelayRecord, Delays, Guards, Operation, Operations};

impl AccessState {
    /// Delays and scheduled operations.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn guards<BS: Blockstore>(&self, store: &BS) -> Result<Guards, ActorError> {
        self.annex(store)?.guards.load(store)
    }

    /// How much later than it is made a grant of these actions begins, epochs.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn grant_delay<BS: Blockstore>(
        &self,
        store: &BS,
        (data_set, head): (DataSetId, &DataSet),
        actions: Actions,
        now: ChainEpoch,
    ) -> Result<ChainEpoch, ActorError> {
        if !head.has_delays {
            return Ok(0);
        }
        let delays = self.guards(store)?.delays(store, data_set)?;
        Ok(delays.of_grant(actions, now))
    }

    /// The longest that any delay of a data set is now or will be, epochs.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn longest_delay<BS: Blockstore>(
        &self,
        store: &BS,
        (data_set, head): (DataSetId, &DataSet),
        now: ChainEpoch,
    ) -> Result<u64, ActorError> {
        if !head.has_delays {
            return Ok(0);
        }
        let delays = self.guards(store)?.delays(store, data_set)?.delays;
        let lengths = delays.iter().map(|delay| delay.length().at(now).max(delay.after));
        Ok(u64::try_from(lengths.max().unwrap_or(0)).unwrap_or(0))
    }

    /// Changes delays or scheduled operations.
    ///
    /// # Errors
    /// Those of `change`; USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn change_guards<BS: Blockstore, T>(
        &mut self,
        store: &BS,
        change: impl FnOnce(&mut Guards) -> Result<T, ActorError>,
    ) -> Result<T, ActorError> {
        self.change_annex(store, |annex| annex.guards.update(store, change))
    }
}

impl Guards {
    /// The delays of a data set.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn delays<BS: Blockstore>(
        &self,
        store: &BS,
        data_set: DataSetId,
    ) -> Result<Delays, ActorError> {
        let delays = self.delays.get(store, &data_set)?;
        let delays = delays.as_ref().map(Recorded::read).transpose()?;
        Ok(delays.unwrap_or(Delays { delays: Vec::new() }))
    }

    /// Writes the delays of a data set.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn set_delays<BS: Blockstore>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        delays: &Delays,
    ) -> Result<(), ActorError> {
        let some = (!delays.delays.is_empty()).then(|| Recorded::new(delays));
        self.delays.update(store, [(data_set, some.transpose()?)])
    }

    /// The operations that are scheduled in a data set.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn operations<BS: Blockstore>(
        &self,
        store: &BS,
        data_set: DataSetId,
    ) -> Result<Vec<Operation>, ActorError> {
        let operations = self.operations.get(store, &data_set)?;
        let operations = operations.as_ref().map(Recorded::read).transpose()?;
        Ok(operations.map(|all| all.operations).unwrap_or_default())
    }

    /// Writes the operations that are scheduled in a data set.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn set_operations<BS: Blockstore>(
        &mut self,
        store: &BS,
        data_set: DataSetId,
        operations: Vec<Operation>,
    ) -> Result<(), ActorError> {
        let some = (!operations.is_empty()).then(|| Recorded::new(&Operations { operations }));
        self.operations.update(store, [(data_set, some.transpose()?)])
    }
}

impl DelayRecord {
    /// How long it is, and will be.
    pub(crate) fn length(&self) -> Length {
        Length {
            before: self.before,
            after: self.after,
            from: self.from,
        }
    }
}

impl Delays {
    /// A delay.
    fn length(&self, what: &Delay) -> Length {
        let found = self.delays.iter().find(|delay| delay.what == *what);
        found.map(DelayRecord::length).unwrap_or_default()
    }

    /// How long a power is held up at an epoch.
    pub(crate) fn of_power(&self, power: Power, now: ChainEpoch) -> ChainEpoch {
        self.length(&Delay::Power { power }).at(now)
    }

    /// How long a grant of actions is held up at an epoch.
    pub(crate) fn of_grant(&self, actions: Actions, now: ChainEpoch) -> ChainEpoch {
        greatest(actions, |action| self.length(&grant_delay(action)).at(now))
    }

    /// Sets a delay at an epoch; gives the first epoch at which it has its length.
    pub(crate) fn set(&mut self, what: Delay, length: ChainEpoch, now: ChainEpoch) -> ChainEpoch {
        let Length { before, after, from } = self.length(&what).set(length, now);
        let set = DelayRecord {
            what,
            before,
            after,
            from,
        };
        match self.delays.iter_mut().find(|delay| delay.what == set.what) {
            Some(delay) => *delay = set,
            None => self.delays.push(set),
        }
        self.delays
            .retain(|delay| delay.after > 0 || delay.length().is_pending(now));
        from
    }
}

fn grant_delay(action: Action) -> Delay {
    let action = action.bit();
    Delay::Grant { action }
}

impl Annex {
    /// Whether a nonce was used.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub(crate) fn is_nonce_used<BS: Blockstore>(
        &self,
        store: &BS,
        signer: ActorID,
        nonce: u64,
    ) -> Result<bool, ActorError> {
        let (word, bit) = place(nonce);
        let used = self.nonces.get(store, &(signer, word))?.unwrap_or(0);
        Ok(used & bit != 0)
    }

    /// Uses a nonce up.
    ///
    /// # Errors
    /// [`AccessError::NonceUsed`].
    pub(crate) fn use_nonce<BS: Blockstore>(
        &mut self,
        store: &BS,
        signer: ActorID,
        nonce: u64,
    ) -> Result<(), ActorError> {
        let (word, bit) = place(nonce);
        self.nonces.change(store, &(signer, word), |used| {
            let used = used.copied().unwrap_or(0);
            if used & bit != 0 {
                let signer = Address::new_id(signer);
                return Err(AccessError::NonceUsed { signer, nonce }.into());
            }
            Ok(Some(used | bit))
        })?;
        Ok(())
    }
}

/// The word of nonces that a nonce is in, and its bit there.
fn place(nonce: u64) -> (u64, u64) {
    (nonce / 64, 1 << (nonce % 64))
}
