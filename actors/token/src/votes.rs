//! The histories of votes and supply (ERC-5805). Their rules are [`holdfast_policies::votes`].

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::bigint::BigInt;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TokenError;
use holdfast_policies::votes::{Place, past_epoch, shifted, votes_at};
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::{Cold, Tree};
use holdfast_runtime::scope::Clock;

use crate::events::Party;
use crate::ledger::Moved;

/// (Delegate, epoch) to the votes from the end of that epoch on, atto-tokens. It only grows; an epoch has one entry, of how it
/// ended.
pub type History = Tree<(ActorID, u64), TokenAmount, Cold>;
/// Epoch to the supply from the end of that epoch on, atto-tokens. It grows as a [`History`] does.
pub type SupplyHistory = Tree<u64, TokenAmount, Cold>;

/// A delegate whose votes changed.
pub(crate) struct Change {
    pub(crate) delegate: Party,
    /// Atto-tokens.
    pub(crate) before: TokenAmount,
    /// Atto-tokens.
    pub(crate) after: TokenAmount,
}

/// What a message changed about votes.
#[must_use = "changes of votes have to be told with `events::votes_changed`"]
#[derive(Default)]
pub struct Changes(pub(crate) Vec<Change>);

/// Writes down what has moved between delegates.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing or refused.
pub(crate) fn follow<S: Blockstore + Clock>(
    history: &mut History,
    scope: &S,
    moved: &Moved,
) -> Result<Changes, ActorError> {
    let mut shifts = moved.shifts.net().peekable();
    if shifts.peek().is_none() {
        return Ok(Changes::default());
    }
    let now = number(scope.epoch());
    let mut history = history.edit(scope)?;
    let mut changes = Vec::new();
    for (delegate, by) in shifts {
        let before = votes_at((delegate, now), |place| history.floor(&place).map(exact))?;
        let after = shifted(&before, by).ok_or_else(|| {
            ActorError::illegal_state(format!("the votes of f0{delegate} would fall below zero"))
        })?;
        let (before, after) = (TokenAmount::from_atto(before), TokenAmount::from_atto(after));
        history.put(&(delegate, now), Some(after.clone()))?;
        let delegate = moved.party(delegate);
        changes.push(Change {
            delegate,
            before,
            after,
        });
    }
    history.finish()?;
    Ok(Changes(changes))
}

/// A delegate's votes at the end of an epoch, atto-tokens; the latest for the largest number.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn of<BS: Blockstore>(
    history: &History,
    store: &BS,
    delegate: ActorID,
    epoch: u64,
) -> Result<TokenAmount, ActorError> {
    let votes = votes_at((delegate, epoch), |place| history.floor(store, &place).map(exact))?;
    Ok(TokenAmount::from_atto(votes))
}

/// The supply at the end of an epoch, atto-tokens; the latest for the largest number.
///
/// # Errors
/// USR_ILLEGAL_STATE when a block is missing.
pub(crate) fn supply_at<BS: Blockstore>(
    history: &SupplyHistory,
    store: &BS,
    epoch: u64,
) -> Result<TokenAmount, ActorError> {
    let last = history.floor(store, &epoch)?;
    Ok(last.map(|(_, supply)| supply).unwrap_or_default())
}

/// A checkpoint as the policy counts.
fn exact(checkpoint: Option<(Place, TokenAmount)>) -> Option<(Place, BigInt)> {
    checkpoint.map(|(place, votes)| (place, votes.atto().clone()))
}

/// The epoch of a timepoint that is over.
///
/// # Errors
/// [`TokenError::FutureLookup`].
pub(crate) fn require_past(timepoint: &BigInt, clock: ChainEpoch) -> Result<u64, ActorError> {
    past_epoch(timepoint, number(clock)).ok_or_else(|| {
        let timepoint = TokenAmount::from_atto(timepoint.clone());
        TokenError::FutureLookup { timepoint, clock }.into()
    })
}

/// Epochs of the chain are never negative.
pub(crate) fn number(epoch: ChainEpoch) -> u64 {
    u64::try_from(epoch).unwrap_or_default()
}
