//! Votes that follow tokens (ERC-5805): what a change of balances moves between delegates, and what a history of checkpoints
//! says of a past epoch.
//!
//! A token counts as votes of whomever its holder has delegated to, and as nobody's until then. A delegate's history is a list
//! of checkpoints, each an epoch and the votes since then. Only the last change of an epoch is kept, and an epoch is told once
//! it is over: within it votes may still move, and nobody votes twice with the same tokens.

use std::collections::BTreeMap;

use num_bigint::{BigInt, Sign};
use num_traits::{ToPrimitive, Zero};

/// A delegate's id and an epoch: where in all histories a checkpoint stands. Checkpoints of one delegate stand together, in
/// the order of their epochs, and there is one place for every epoch.
pub type Place = (u64, u64);

/// The epoch to look up for a timepoint; none if the epoch of the clock, or a later one, is meant, which is not over yet.
pub fn past_epoch(timepoint: &BigInt, clock: u64) -> Option<u64> {
    timepoint.to_u64().filter(|epoch| *epoch < clock)
}

/// A delegate's votes at the end of an epoch: those of its last checkpoint until then. `last` gives the last checkpoint in
/// all histories at or before a place.
///
/// # Errors
/// Those of `last`.
pub fn votes_at<E>(
    (delegate, epoch): Place,
    last: impl FnOnce(Place) -> Result<Option<(Place, BigInt)>, E>,
) -> Result<BigInt, E> {
    let found = last((delegate, epoch))?;
    let own = found.filter(|((of, _), _)| *of == delegate);
    Ok(own.map_or_else(BigInt::zero, |(_, votes)| votes))
}

/// What the changes of one message move: delegate to how many votes more, or fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shifts(BTreeMap<u64, BigInt>);

impl Shifts {
    /// An account counted for a delegate, with so many of its tokens, and no longer does.
    pub fn leave(&mut self, delegate: u64, tokens: &BigInt) {
        *self.0.entry(delegate).or_default() -= tokens;
    }

    /// An account counts for a delegate now, with so many of its tokens.
    pub fn join(&mut self, delegate: u64, tokens: &BigInt) {
        *self.0.entry(delegate).or_default() += tokens;
    }

    /// Delegates whose votes are others in the end, and by how many: first those who lose, then those who win, each by id.
    pub fn net(&self) -> impl Iterator<Item = (u64, &BigInt)> {
        let of = move |sign| {
            let all = self.0.iter().filter(move |(_, by)| by.sign() == sign);
            all.map(|(delegate, by)| (*delegate, by))
        };
        of(Sign::Minus).chain(of(Sign::Plus))
    }
}

/// A delegate's votes after a shift; none if they would fall below zero, which histories that were kept never do.
pub fn shifted(votes: &BigInt, by: &BigInt) -> Option<BigInt> {
    Some(votes + by).filter(|after| after.sign() != Sign::Minus)
}
