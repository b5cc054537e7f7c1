//! What is kept of a data set where every question about it reads it.

use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_runtime::collections::{Packed, take};
use holdfast_runtime::record;

record! {
    /// The head of a data set.
    pub struct DataSet {
        /// Who owns it.
        pub owner: ActorID,
        /// Whom it is offered to, and whether grants would stay good.
        pub offer: Option<Offer>,
        /// Who may freeze it.
        pub guardian: Option<ActorID>,
        /// Grants of other generations are void.
        pub generation: u64,
        /// How often rules have changed.
        pub policy_version: u64,
        /// How often keys have changed.
        pub key_epoch: u64,
        /// The version of the terms; 0 for none.
        pub terms_version: u64,
        /// The version that has to be accepted; 0 for none.
        pub terms_required: u64,
        /// Since when it opens to nobody; none if it may open.
        pub frozen_at: Option<ChainEpoch>,
        /// For how many epochs it had been frozen before.
        pub frozen: u64,
        /// Whether there are rules.
        pub has_rules: bool,
        /// Whether there are, or were, delays.
        pub has_delays: bool,
    }
}

record! {
    /// A data set that is offered.
    pub struct Offer {
        /// To whom.
        pub to: ActorID,
        /// Whether grants stay good.
        pub keep_grants: bool,
    }
}

record! {
    /// How the grants of a generation ended, all at once.
    pub struct Ended {
        /// The first epoch at which they did not count.
        pub at: ChainEpoch,
    }
}

record! {
    /// A freeze that is over.
    pub struct Freeze {
        /// The first epoch after it.
        pub until: u64,
        /// For how many epochs the data set had been frozen before.
        pub before: u64,
    }
}

mod flag {
    pub(super) const OFFERED: u8 = 1;
    pub(super) const KEEPS: u8 = 1 << 1;
    pub(super) const GUARDED: u8 = 1 << 2;
    pub(super) const FROZEN: u8 = 1 << 3;
    pub(super) const RULES: u8 = 1 << 4;
    /// Terms or keys are in use.
    pub(super) const MORE: u8 = 1 << 5;
    pub(super) const DELAYS: u8 = 1 << 6;
    /// It was frozen before.
    pub(super) const THAWED: u8 = 1 << 7;
}

impl DataSet {
    /// A new one.
    pub(crate) fn new(owner: ActorID, guardian: Option<ActorID>) -> Self {
        Self {
            owner,
            offer: None,
            guardian,
            generation: 0,
            policy_version: 0,
            key_epoch: 0,
            terms_version: 0,
            terms_required: 0,
            frozen_at: None,
            frozen: 0,
            has_rules: false,
            has_delays: false,
        }
    }

    /// Whether it opens to nobody.
    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen_at.is_some()
    }

    fn more(&self) -> [u64; 3] {
        [self.key_epoch, self.terms_version, self.terms_required]
    }

    /// For how many epochs it had been frozen at an epoch, since it was made.
    pub(crate) fn frozen_until(&self, epoch: ChainEpoch) -> u64 {
        let now = self.frozen_at.map_or(0, |since| epoch.saturating_sub(since));
        self.frozen.saturating_add(u64::try_from(now).unwrap_or(0))
    }

    /// Closes it. One that is closed again has been closed all the time.
    pub(crate) fn freeze(&mut self, now: ChainEpoch) {
        self.frozen_at = self.frozen_at.or(Some(now));
    }

    /// Opens it again; gives the freeze that is over, if any epoch was in it, and its first epoch.
    pub(crate) fn unfreeze(&mut self, now: ChainEpoch) -> Option<(u64, Freeze)> {
        let (before, after) = (self.frozen, self.frozen_until(now));
        let since = self.frozen_at.take()?;
        self.frozen = after;
        let (since, until) = (u64::try_from(since).ok()?, u64::try_from(now).ok()?);
        (since < until).then_some((since, Freeze { until, before }))
    }

    /// Makes the grants there are void from an epoch on; gives their generation and how it ended.
    pub(crate) fn raise_generation(&mut self, now: ChainEpoch) -> (u64, Ended) {
        let ended = self.generation;
        self.generation = ended.saturating_add(1);
        (ended, Ended { at: now })
    }
}

impl Packed for DataSet {
    fn pack(&self, out: &mut Vec<u8>) {
        let flags = [
            (flag::OFFERED, self.offer.is_some()),
            (
                flag::KEEPS,
                self.offer.as_ref().is_some_and(|offer| offer.keep_grants),
            ),
            (flag::GUARDED, self.guardian.is_some()),
            (flag::FROZEN, self.is_frozen()),
            (flag::RULES, self.has_rules),
            (flag::MORE, self.more() != [0; 3]),
            (flag::DELAYS, self.has_delays),
            (flag::THAWED, self.frozen != 0),
        ];
        let flags = flags.iter().filter(|(_, set)| *set);
        out.push(flags.fold(0, |all, (flag, _)| all | flag));
        [self.owner, self.generation, self.policy_version]
            .iter()
            .for_each(|number| number.pack(out));
        if let Some(since) = self.frozen_at {
            u64::try_from(since).unwrap_or(0).pack(out);
        }
        if self.frozen != 0 {
            self.frozen.pack(out);
        }
        let offered = self.offer.as_ref().map(|offer| offer.to);
        offered
            .iter()
            .chain(&self.guardian)
            .for_each(|number| number.pack(out));
        if self.more() != [0; 3] {
            self.more().iter().for_each(|number| number.pack(out));
        }
    }

    fn unpack(bytes: &mut &[u8]) -> Option<Self> {
        let flags = *take(1, bytes)?.first()?;
        let has = |flag: u8| flags & flag != 0;
        let (owner, generation, policy_version) =
            (u64::unpack(bytes)?, u64::unpack(bytes)?, u64::unpack(bytes)?);
        let frozen_at = if has(flag::FROZEN) {
            Some(i64::try_from(u64::unpack(bytes)?).ok()?)
        } else {
            None
        };
        let frozen = if has(flag::THAWED) { u64::unpack(bytes)? } else { 0 };
        let keep_grants = has(flag::KEEPS);
        let offer = if has(flag::OFFERED) {
            let to = u64::unpack(bytes)?;
            Some(Offer { to, keep_grants })
        } else {
            None
        };
        let guardian = if has(flag::GUARDED) {
            Some(u64::unpack(bytes)?)
        } else {
            None
        };
        let mut more = [0; 3];
        if has(flag::MORE) {
            for number in &mut more {
                *number = u64::unpack(bytes)?;
            }
        }
        let [key_epoch, terms_version, terms_required] = more;
        Some(Self {
            owner,
            offer,
            guardian,
            generation,
            policy_version,
            key_epoch,
            terms_version,
            terms_required,
            frozen_at,
            frozen,
            has_rules: has(flag::RULES),
            has_delays: has(flag::DELAYS),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_take_no_byte_of_the_head() {
        let packed = |has_delays| {
            let head = DataSet {
                has_delays,
                ..DataSet::new(7, Some(8))
            };
            let mut out = Vec::new();
            head.pack(&mut out);
            assert_eq!(DataSet::unpack(&mut &out[..]), Some(head));
            out
        };
        assert_eq!(packed(true).len(), packed(false).len());
        assert_ne!(packed(true), packed(false));
    }
}
