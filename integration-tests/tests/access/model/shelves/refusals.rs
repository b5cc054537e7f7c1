//! What is wrong with a call that has to do with keys, logs and commitments.

use super::super::library::{DataSet, Grant};
use super::super::refusals::{BATCH, FROZEN, INVALID_BATCH, INVALID_PAGE, Search};
use super::{Commit, Committed, Shelf};

const OTHER_READER_KEY: u32 = 117;
const SMALL_ORDER_KEY: u32 = 120;
const NOT_KEY_EPOCH: u32 = 121;
const INVALID_ENVELOPE: u32 = 122;
const NO_READER_KEY: u32 = 123;
const KEYS_IN_USE: u32 = 124;
const NOT_GATEWAY: u32 = 125;
const EMPTY_LOG: u32 = 126;
const INVALID_LOG_SPAN: u32 = 127;
const LOG_OVERLAPS: u32 = 128;
const COMMITMENT_TAKEN: u32 = 135;
const NO_COMMITMENT: u32 = 136;
const OLD_COMMITMENT: u32 = 137;
const NOT_ABOVE_COMMITMENT: u32 = 138;
const COMMITTED_FOR_GOOD: u32 = 139;

/// The longest envelope, bytes.
const ENVELOPE: std::ops::RangeInclusive<u16> = 1..=2_048;

impl Search<'_> {
    /// What is wrong with it whatever it is about.
    pub(in super::super) fn shelf(&mut self, call: &Shelf) {
        match call {
            Shelf::SetReaderKey { key } => self.add(*key == 0, SMALL_ORDER_KEY),
            Shelf::PutEnvelopes { readers, len, .. } => {
                self.add(readers.is_empty(), INVALID_BATCH);
                self.add(!readers.is_empty() && !ENVELOPE.contains(len), INVALID_ENVELOPE);
                for (reader, key) in readers {
                    self.resolved(*reader);
                    let present = self.library.shelves.readers.get(&reader.who);
                    self.add(present.is_none(), NO_READER_KEY);
                    self.add(present.is_some_and(|present| present != key), OTHER_READER_KEY);
                }
            }
            Shelf::DropEnvelopes { limit, .. } => self.add(!BATCH.contains(limit), INVALID_PAGE),
            Shelf::SetGateway { gateway, allowed, .. } => {
                if *allowed {
                    self.somebody(*gateway);
                } else {
                    self.resolved(*gateway);
                }
            }
            Shelf::AnchorLog { count, from, to, .. } => {
                self.add(*count == 0, EMPTY_LOG);
                self.add(from >= to || *to > self.library.epoch, INVALID_LOG_SPAN);
            }
            Shelf::Commit(commit) => self.terms(&commit.given()),
            _ => {}
        }
    }

    /// What is wrong with it in a data set that is there.
    pub(in super::super) fn shelf_of(&mut self, call: &Shelf, number: u64, head: &DataSet) {
        match call {
            Shelf::RotateKeys { .. } | Shelf::SetGateway { .. } => self.admin(number, head),
            Shelf::PutEnvelopes { key_epoch, .. } => {
                self.admin(number, head);
                self.add(head.is_frozen(), FROZEN);
                self.add(*key_epoch != head.key_epoch || *key_epoch == 0, NOT_KEY_EPOCH);
            }
            Shelf::DropEnvelopes { key_epoch, .. } => {
                self.admin(number, head);
                self.add(*key_epoch >= head.key_epoch, KEYS_IN_USE);
            }
            Shelf::AnchorLog { from, .. } => {
                let gateway = self.library.shelves.gateways.get(&(number, self.by));
                let until = gateway.filter(|(allowed, _)| *allowed).map(|(_, until)| *until);
                self.add(until.is_none(), NOT_GATEWAY);
                self.add(until.is_some_and(|until| *from < until), LOG_OVERLAPS);
            }
            Shelf::Commit(commit) => self.commit(commit, head),
            Shelf::RevokeCommitted(at) => self.revoked_committed(*at, head),
            Shelf::Reveal { salt, .. } => self.revealed(number, *salt, head),
            Shelf::SetReaderKey { .. } => {}
        }
    }

    fn commit(&mut self, commit: &Commit, head: &DataSet) {
        self.given(&commit.given(), head);
        let taken = self.library.shelves.committed.contains_key(&commit.at);
        self.add(taken, COMMITMENT_TAKEN);
    }

    fn revealed(&mut self, data_set: u64, salt: u8, head: &DataSet) {
        let subject = self.by;
        let at = Committed {
            data_set,
            subject,
            salt,
        };
        let Some(waits) = self.library.shelves.committed.get(&at) else {
            return self.add(true, NO_COMMITMENT);
        };
        self.add(waits.generation != head.generation, OLD_COMMITMENT);
        let given = waits.given(at);
        self.terms(&given);
        // Who gave it is asked nothing any more but for the grant that it is made from.
        self.by = waits.by;
        if waits.from.is_some() {
            self.given(&given, head);
        } else {
            self.added(&given, head);
        }
        self.by = subject;
    }

    fn revoked_committed(&mut self, at: Committed, head: &DataSet) {
        let Some(waits) = self.library.shelves.committed.get(&at) else {
            return self.add(true, NO_COMMITMENT);
        };
        let over = waits.terms.end.is_some_and(|end| end <= self.library.epoch);
        let own = waits
            .from
            .and_then(|id| self.library.grant(at.data_set, waits.by, id));
        let dead = |own: &Grant| self.library.is_dead_for_good(own) || self.library.is_broken(own);
        let cut = waits.from.is_some() && own.is_none_or(dead);
        if over || cut || waits.generation != head.generation {
            return;
        }
        let holders = own.map(|own| self.holders(own)).unwrap_or_default();
        let made = waits.from.is_some() && waits.by == self.by;
        let not_begun = waits.terms.start.is_some_and(|start| self.library.epoch < start);
        let may = made
            || (not_begun && head.guardian == Some(self.by))
            || holders.contains(&self.by)
            || head.owner == self.by
            || self.library.administers(at.data_set, self.by);
        self.add(!may, NOT_ABOVE_COMMITMENT);
        let held_up = waits.held_up && not_begun;
        self.add(!waits.terms.revocable && !held_up, COMMITTED_FOR_GOOD);
    }
}
