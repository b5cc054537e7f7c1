//! What changes on the shelves.

use super::super::cast::Who;
use super::super::library::Library;
use super::super::operation::Given;
use super::super::terms::Terms;
use super::{Commit, Committed, Shelf, Waiting};

impl Library {
    pub(in super::super) fn shelf(&mut self, by: Who, call: &Shelf) -> Vec<u64> {
        match call {
            Shelf::SetReaderKey { key } => drop(self.shelves.readers.insert(by, *key)),
            Shelf::RotateKeys { data_set } => {
                let head = self.change(*data_set);
                head.key_epoch += 1;
                return vec![head.key_epoch];
            }
            Shelf::PutEnvelopes {
                data_set,
                key_epoch,
                readers,
                len,
            } => {
                for (named, key) in readers {
                    let at = (*data_set, *key_epoch, named.who);
                    self.shelves.envelopes.insert(at, (*key, *len));
                }
            }
            Shelf::DropEnvelopes {
                data_set, key_epoch, ..
            } => {
                let gone = (*data_set, *key_epoch);
                self.shelves
                    .envelopes
                    .retain(|(of, epoch, _), _| (*of, *epoch) != gone);
            }
            Shelf::SetGateway {
                data_set,
                gateway,
                allowed,
            } => {
                let at = (*data_set, self.meet(*gateway));
                let until = self.shelves.gateways.get(&at).map_or(0, |(_, until)| *until);
                self.shelves.gateways.insert(at, (*allowed, until));
            }
            Shelf::AnchorLog {
                data_set, from, to, ..
            } => {
                self.shelves.gateways.insert((*data_set, by), (true, *to));
                let logs = self.shelves.logs.entry(*data_set).or_default();
                logs.push((by, *from, *to));
                return vec![logs.len() as u64];
            }
            Shelf::Commit(commit) => self.commit(by, commit),
            Shelf::RevokeCommitted(at) => drop(self.shelves.committed.remove(at)),
            Shelf::Reveal { data_set, salt } => {
                let (data_set, salt) = (*data_set, *salt);
                let at = Committed {
                    data_set,
                    subject: by,
                    salt,
                };
                let waits = self.shelves.committed.remove(&at).expect("a commitment");
                let given = self.give(waits.by, &waits.given(at));
                self.find(given[0]).held_up |= waits.held_up;
                return given;
            }
        }
        Vec::new()
    }

    fn commit(&mut self, by: Who, Commit { at, terms, from }: &Commit) {
        self.tell_next_owner(at.data_set, *from, terms);
        let above = from.map(|id| self.find(id).end);
        let terms = Terms {
            start: Some(self.first_epoch(at.data_set, terms.actions, terms.start)),
            end: terms.end.or(above.flatten()),
            ..terms.clone()
        };
        let held_up = self.grant_delay(at.data_set, terms.actions) > 0;
        let waits = Waiting {
            by,
            held_up,
            from: *from,
            terms,
            generation: self.change(at.data_set).generation,
        };
        self.shelves.committed.insert(*at, waits);
    }
}

impl Commit {
    /// The grant, to nobody who is named.
    pub(super) fn given(&self) -> Given {
        Given {
            data_set: self.at.data_set,
            subjects: Vec::new(),
            terms: self.terms.clone(),
            from: self.from,
        }
    }
}

impl Waiting {
    /// The grant as its maker would give it now.
    pub(super) fn given(&self, at: Committed) -> Given {
        let (who, by_id) = (at.subject, true);
        Given {
            data_set: at.data_set,
            subjects: vec![super::Named { who, by_id }],
            terms: self.terms.clone(),
            from: self.from,
        }
    }
}
