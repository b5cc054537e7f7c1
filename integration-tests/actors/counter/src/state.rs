//! What the counter keeps.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Array, Cold, Root, Tree};
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::state::{State, Version};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};

use crate::{ConstructorParams, CounterError, Raise};

/// The state's root block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct CounterState {
    /// The layout's version.
    pub version: Version<1>,
    /// Who may withdraw.
    pub owner: ActorID,
    /// The height that is never exceeded.
    pub limit: u64,
    /// Sum of all points.
    pub height: u64,
    /// FIL that was paid for points, attoFIL.
    pub cash: TokenAmount,
    /// A picture outside the chain.
    pub emblem: Option<ForeignCid>,
    /// Points by owner; nobody with none.
    pub points: Tree<u64, u64>,
    /// Names by owner.
    pub names: Tree<u64, String, Cold>,
    /// Given tokens by token, atto-tokens.
    pub gifts: Tree<u64, TokenAmount, Cold>,
    /// Every raise, oldest first.
    pub history: Root<u64, Raise>,
}

impl State for CounterState {
    const VERSION: Option<u64> = Some(1);
}

impl CounterState {
    /// The state of a new counter.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block cannot be stored.
    pub fn new<BS: Blockstore>(
        store: &BS,
        owner: ActorID,
        params: ConstructorParams,
    ) -> Result<Self, ActorError> {
        Ok(Self {
            version: Version,
            owner,
            limit: params.limit,
            height: 0,
            cash: TokenAmount::default(),
            emblem: params.emblem,
            points: Tree::default(),
            names: Tree::default(),
            gifts: Tree::default(),
            history: Array::empty(store).flush()?,
        })
    }

    /// Raises the counter for `who`.
    ///
    /// # Errors
    /// [`CounterError::Full`].
    pub fn raise<BS: Blockstore>(&mut self, store: &BS, who: ActorID, by: u64) -> Result<u64, ActorError> {
        let (height, limit) = (self.height, self.limit);
        let after = height.checked_add(by).filter(|after| *after <= limit);
        self.height = after.ok_or(CounterError::Full { height, by, limit })?;
        let points = self.points_of(store, who)?.saturating_add(by);
        self.set_points(store, &[(who, points)])?;
        let mut history = Array::load(store, &self.history)?;
        history.push(Raise { who, by })?;
        self.history = history.flush()?;
        Ok(self.height)
    }

    /// Moves points from one owner to another.
    ///
    /// # Errors
    /// [`CounterError::TooFewPoints`].
    pub fn give<BS: Blockstore>(
        &mut self,
        store: &BS,
        from: ActorID,
        to: ActorID,
        given: u64,
    ) -> Result<(), ActorError> {
        let points = self.points_of(store, from)?;
        let left = points
            .checked_sub(given)
            .ok_or_else(|| CounterError::TooFewPoints {
                who: Address::new_id(from),
                points,
                needed: given,
            })?;
        if from == to {
            return Ok(());
        }
        let more = self.points_of(store, to)?.saturating_add(given);
        self.set_points(store, &[(from, left), (to, more)])
    }

    /// How many points someone owns.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn points_of<BS: Blockstore>(&self, store: &BS, who: ActorID) -> Result<u64, ActorError> {
        Ok(self.points.get(store, &who)?.unwrap_or(0))
    }

    /// Who owns nothing is not listed.
    fn set_points<BS: Blockstore>(
        &mut self,
        store: &BS,
        owners: &[(ActorID, u64)],
    ) -> Result<(), ActorError> {
        let changes = owners
            .iter()
            .map(|(who, points)| (*who, (*points > 0).then_some(*points)));
        self.points.update(store, changes)
    }

    /// Gives `who` a name.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn set_name<BS: Blockstore>(
        &mut self,
        store: &BS,
        who: ActorID,
        name: String,
    ) -> Result<(), ActorError> {
        self.names.set(store, who, name)
    }

    /// Counts tokens that were given.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when a block is missing.
    pub fn take_gift<BS: Blockstore>(
        &mut self,
        store: &BS,
        token: ActorID,
        amount: &TokenAmount,
    ) -> Result<(), ActorError> {
        let sum =
            |now: Option<&TokenAmount>| Ok(Some(now.map_or_else(|| amount.clone(), |now| now + amount)));
        self.gifts.change(store, &token, sum).map(drop)
    }
}
