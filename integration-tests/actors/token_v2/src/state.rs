//! What a token keeps since its second version: it also counts its transfers.

use core::ops::{Deref, DerefMut};

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Link, Tree};
use holdfast_runtime::record;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::state::{State, Version, decode};

use crate::account::Account;
use crate::state_v1;
pub use crate::state_v1::{Settings, max_amount, require_amount};
use crate::votes::{Changes, History};

record! {
    /// The root block: what is new, then what there was.
    pub struct TokenState {
        /// The layout's version.
        pub version: Version<2>,
        /// How many transfers there were since this version.
        pub moves: u64,
        /// Everything that the first version had.
        pub first: state_v1::TokenState,
    }
}

impl State for TokenState {
    const VERSION: Option<u64> = Some(2);

    /// The first version did not count its transfers.
    fn upgrade<BS: Blockstore>(store: &BS, _version: u64, block: &[u8]) -> Result<Self, ActorError> {
        Ok(Self::after(decode(store, block)?))
    }
}

impl Deref for TokenState {
    type Target = state_v1::TokenState;
    fn deref(&self) -> &Self::Target {
        &self.first
    }
}

impl DerefMut for TokenState {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.first
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
        Self::after(state_v1::TokenState::new(supply, accounts, votes, settings))
    }

    fn after(first: state_v1::TokenState) -> Self {
        Self {
            version: Version,
            moves: 0,
            first,
        }
    }

    /// All tokens that exist, atto-tokens, when nothing else of the state is wanted.
    pub fn into_supply(self) -> TokenAmount {
        self.first.supply
    }

    /// Moves tokens as the first version does, and counts that.
    ///
    /// # Errors
    /// As that of the first version.
    pub(crate) fn move_tokens<S: Blockstore + Clock>(
        &mut self,
        scope: &S,
        parties: (ActorID, ActorID),
        moved: &TokenAmount,
        is_masked: impl FnOnce() -> Result<bool, ActorError>,
    ) -> Result<((Account, Account), Changes), ActorError> {
        self.moves += 1;
        self.first.move_tokens(scope, parties, moved, is_masked)
    }
}
