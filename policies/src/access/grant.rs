//! What somebody was given, and what they may give on.

use super::action::{Action, Actions};
use super::bucket::Bucket;
use super::scope::Scope;
use super::span::Span;

/// The most grants from the owner's own to the one that is used, both included.
pub const MAX_CHAIN: usize = 8;

/// A grant, as far as it decides something. The default one allows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Its number: unique, and greater than that of the grant it was made from.
    pub id: u64,
    /// The grant it was made from; none if the owner or an admin made it.
    pub parent: Option<Parent>,
    /// What it allows.
    pub actions: Actions,
    /// Where.
    pub scope: Scope,
    /// When.
    pub span: Span,
    /// How often; none if it is not counted.
    pub uses: Option<u64>,
    /// How fast; none if it does not matter.
    pub bucket: Option<Bucket>,
    /// Whether those above can take it back.
    pub revocable: bool,
    /// Taken back, for good.
    pub revoked: bool,
    /// Its subject gave it back, rather than others taking it.
    pub renounced: bool,
    /// Money for it is in escrow: until that is shared out, the grant stays where it can be looked at.
    pub escrowed: bool,
    /// A delay held it up when it was made: until it begins it can be taken back, whatever else was said.
    pub held_up: bool,
    /// It does not count before this epoch.
    pub suspended_until: i64,
    /// When its suspension was set or changed last.
    pub suspended_from: i64,
    /// For how many epochs of what was paid for it had been suspended until then, while the data set was not frozen anyway.
    pub rested: u64,
    /// The first epoch that was paid for, if a trial comes before it; 0 if none does.
    pub paid_from: i64,
    /// The data set's generation in which it was made.
    pub generation: u64,
    /// The version of the terms that its subject has to have accepted; 0 for none.
    pub terms: u64,
    /// Tickets that it was counted for may still count before this epoch.
    pub ticketed_until: i64,
}

/// Where a parent is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Whose it is.
    pub subject: u64,
    /// Its number.
    pub id: u64,
}

/// Why a grant does not count now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dead {
    /// It was taken back.
    Revoked,
    /// All grants of its generation were.
    Generation,
    /// It has not begun.
    NotYet,
    /// It is over.
    Over,
    /// It is suspended.
    Suspended,
    /// Its uses are spent.
    UsedUp,
    /// Its bucket is empty.
    Throttled,
}

/// Why a grant cannot be made from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wider {
    /// The one above cannot be given on.
    NoGrantAction,
    /// More is allowed than above: these actions are.
    Actions(Actions),
    /// Another part of the data set than above: this one.
    Scope(Scope),
    /// At other times than above: those.
    Span(Span),
    /// More uses than are left above: so many.
    Uses(u64),
    /// There are so many above already as a chain may have.
    Chain(usize),
}

impl Grant {
    /// Whether it counts, by itself.
    ///
    /// # Errors
    /// [`Dead`].
    pub fn alive(&self, generation: u64, now: i64) -> Result<(), Dead> {
        let metered = |left: u64| left == 0;
        if self.revoked {
            Err(Dead::Revoked)
        } else if self.generation != generation {
            Err(Dead::Generation)
        } else if now < self.span.start {
            Err(Dead::NotYet)
        } else if self.span.is_over(now) {
            Err(Dead::Over)
        } else if now < self.suspended_until {
            Err(Dead::Suspended)
        } else if self.uses.is_some_and(metered) {
            Err(Dead::UsedUp)
        } else if self.bucket.is_some_and(|bucket| bucket.at(now).level == 0) {
            Err(Dead::Throttled)
        } else {
            Ok(())
        }
    }

    /// Whether so many uses are left of it, by itself; for none, whether nobody counts them.
    ///
    /// # Errors
    /// [`Dead::UsedUp`], [`Dead::Throttled`].
    pub fn bears(&self, uses: u64, now: i64) -> Result<(), Dead> {
        let short = |left: u64| uses == 0 || left < uses;
        if self.uses.is_some_and(short) {
            Err(Dead::UsedUp)
        } else if self.bucket.is_some_and(|bucket| short(bucket.at(now).level)) {
            Err(Dead::Throttled)
        } else {
            Ok(())
        }
    }

    /// When it counts again by itself; none if it never does.
    pub fn revives_at(&self, why: Dead, now: i64) -> Option<i64> {
        match why {
            Dead::NotYet => Some(self.span.start),
            Dead::Suspended => Some(self.suspended_until),
            Dead::Throttled => self.bucket.map(|bucket| bucket.next_refill(now)),
            Dead::Revoked | Dead::Generation | Dead::Over | Dead::UsedUp => None,
        }
    }

    /// Whether it will never count again, whatever happens, nor any ticket by it. Uses that are spent on a ticket let it count
    /// on until the ticket ends.
    pub fn is_dead_for_good(&self, generation: u64, now: i64) -> bool {
        let used_up = self.uses == Some(0) && now >= self.ticketed_until;
        self.revoked || self.generation != generation || self.span.is_over(now) || used_up
    }

    /// Whether nobody misses it any more. One that rests stays, or its subject would only have to give it back to get another
    /// one that does not.
    pub fn may_be_cleared(&self, generation: u64, now: i64) -> bool {
        self.is_dead_for_good(generation, now) && !self.escrowed && !self.holds_back(generation, now)
    }

    /// Whether those above can take it back at an epoch.
    pub fn can_be_revoked(&self, now: i64) -> bool {
        self.revocable || (self.held_up && now < self.span.start)
    }

    /// Whether it is suspended, and was not taken away altogether.
    pub fn holds_back(&self, generation: u64, now: i64) -> bool {
        now < self.suspended_until && !self.was_taken(generation)
    }

    /// Of what was paid for the epochs before an epoch in which its last suspension held: what lies before its start or after its
    /// end withholds nothing.
    pub fn rests(&self, epoch: i64) -> Span {
        let start = self.suspended_from.max(self.span.start).max(self.paid_from);
        let until = self.suspended_until.min(self.span.end.unwrap_or(i64::MAX));
        let end = Some(until.min(epoch).max(start));
        Span { start, end }
    }

    /// Lets it rest until an epoch, or no longer. `rested` is for how many epochs it did until now.
    pub fn suspend(&mut self, until: i64, now: i64, rested: u64) {
        self.rested = rested;
        (self.suspended_from, self.suspended_until) = (now, until);
    }

    /// Money was put in for the epochs from one on: what it rested before is settled, or was not paid for.
    pub fn pay(&mut self, from: i64, now: i64) {
        self.rested = 0;
        self.suspended_from = self.suspended_from.max(self.suspended_until);
        self.paid_from = if from > now { from } else { 0 };
    }

    /// Whether others took back what its subject had: not its time, its uses or the subject itself.
    pub fn was_taken(&self, generation: u64) -> bool {
        self.generation != generation || (self.revoked && !self.renounced)
    }

    /// Whether it allows an action in a part.
    pub fn allows(&self, action: Action, part: &Scope) -> bool {
        self.actions.contains(action) && self.scope.covers(part)
    }

    /// Whether another one can be made from it.
    ///
    /// # Errors
    /// [`Wider`], with what is allowed here.
    pub fn require_within(&self, child: &Self) -> Result<(), Wider> {
        if !self.actions.contains(Action::Grant) {
            return Err(Wider::NoGrantAction);
        }
        if !child.actions.is_within(self.actions) {
            return Err(Wider::Actions(self.actions));
        }
        if !self.scope.covers(&child.scope) {
            return Err(Wider::Scope(self.scope.clone()));
        }
        if !child.span.is_within(self.span) {
            return Err(Wider::Span(self.span));
        }
        match (self.uses, child.uses) {
            (Some(left), Some(wanted)) if wanted <= left => Ok(()),
            (Some(left), _) => Err(Wider::Uses(left)),
            (None, _) => Ok(()),
        }
    }
}
