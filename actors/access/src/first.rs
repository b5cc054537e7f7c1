//! The first state: nothing is there.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Link, Tree};
use holdfast_runtime::state::Version;

use crate::state::{AccessState, Annex, Bindings, Commitments, Guards, Keys, Logs, Market, Shelves, Tickets};

impl AccessState {
    /// The first state of an actor with an id.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when the store refuses a block.
    pub fn new<BS: Blockstore>(store: &BS, own: ActorID) -> Result<Self, ActorError> {
        let shelves = Shelves {
            contents: Tree::default(),
            rules: Tree::default(),
            accepted: Tree::default(),
            observed: Tree::default(),
            next_group: 1,
            groups: Tree::default(),
            members: Tree::default(),
            market: Link::store(store, &Market::new())?,
            annex: Link::store(store, &Annex::new(store)?)?,
        };
        Ok(Self {
            version: Version,
            next_data_set: 1,
            next_grant: 1,
            youngest: own,
            grants: Tree::default(),
            data_sets: Tree::default(),
            lists: Tree::default(),
            shelves: Link::store(store, &shelves)?,
        })
    }
}

impl Market {
    fn new() -> Self {
        Self {
            next_plan: 1,
            plans: Tree::default(),
            shares: Tree::default(),
            sold: Tree::default(),
            purchases: Tree::default(),
            ended: Tree::default(),
            freezes: Tree::default(),
            balances: Tree::default(),
        }
    }
}

impl Annex {
    fn new<BS: Blockstore>(store: &BS) -> Result<Self, ActorError> {
        let bindings = Bindings {
            functions: Tree::default(),
            services: Tree::default(),
            used: Tree::default(),
        };
        let guards = Guards {
            delays: Tree::default(),
            operations: Tree::default(),
        };
        Ok(Self {
            bindings: Link::store(store, &bindings)?,
            guards: Link::store(store, &guards)?,
            nonces: Tree::default(),
            keys: Link::store(store, &Keys::new())?,
            logs: Link::store(store, &Logs::new())?,
            tickets: Link::store(store, &Tickets::new())?,
            commitments: Link::store(store, &Commitments::new())?,
        })
    }
}
