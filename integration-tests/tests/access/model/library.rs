//! Data sets in plain maps.

use std::collections::{BTreeMap, BTreeSet};

use holdfast_integration_tests::model::{Dice, Model, Outcome};

use super::cast::{CALLERS, Named, Who};
use super::delays::Delays;
use super::faces;
use super::operation::{Call, Operation};
use super::sales::{Bought, Plan};
use super::shelves::Shelves;
use super::terms::{Bucket, Part, Rule};
use super::tickets::Tickets;

/// The epoch of the model's clock in which a round's first message runs.
pub(super) const START: i64 = 1_000;

/// Everything that the actor keeps.
#[derive(Clone, Debug)]
pub(super) struct Library {
    /// The epoch in which the next message runs.
    pub(super) epoch: i64,
    /// Strangers who have got an actor.
    pub(super) met: BTreeSet<Who>,
    /// By number, from 1.
    pub(super) data_sets: Vec<DataSet>,
    /// By rising number.
    pub(super) grants: Vec<Grant>,
    pub(super) next_grant: u64,
    /// Data set and subject to the version, and when it was first.
    pub(super) accepted: BTreeMap<(u64, Who), (u64, i64)>,
    /// By number, from 1.
    pub(super) groups: Vec<(Who, BTreeSet<Who>)>,
    /// By number, from 1.
    pub(super) plans: Vec<Plan>,
    /// By plan and subject.
    pub(super) purchases: BTreeMap<(u64, Who), Bought>,
    /// What waits for somebody, attoFIL; never nothing.
    pub(super) balances: BTreeMap<Who, u128>,
    pub(super) shelves: Shelves,
    pub(super) tickets: Tickets,
    pub(super) delays: Delays,
    /// Those that were used, by signer.
    pub(super) nonces: BTreeSet<(Who, u64)>,
}

#[derive(Clone, Debug)]
pub(super) struct DataSet {
    pub(super) owner: Who,
    pub(super) guardian: Option<Who>,
    pub(super) offer: Option<(Who, bool)>,
    pub(super) generation: u64,
    /// When each generation before ended.
    pub(super) ended: Vec<i64>,
    pub(super) policy_version: u64,
    /// From when until when it was frozen; without an end it still is.
    pub(super) freezes: Vec<(i64, Option<i64>)>,
    pub(super) terms: u64,
    pub(super) required: u64,
    pub(super) hash: u8,
    pub(super) size: u64,
    pub(super) key_epoch: u64,
    /// In the order in which they were set.
    pub(super) rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) id: u64,
    pub(super) data_set: u64,
    pub(super) subject: Who,
    /// The one that it was made from, which may be gone.
    pub(super) above: Option<(Who, u64)>,
    /// With what they imply.
    pub(super) actions: u8,
    pub(super) part: Part,
    pub(super) start: i64,
    pub(super) end: Option<i64>,
    pub(super) uses: Option<u64>,
    pub(super) bucket: Option<Bucket>,
    pub(super) revocable: bool,
    pub(super) revoked: bool,
    /// By the subject itself.
    pub(super) renounced: bool,
    /// Whether money is in escrow for it.
    pub(super) escrowed: bool,
    /// Whether a delay held it up when it was made.
    pub(super) held_up: bool,
    pub(super) suspended_until: i64,
    /// From when until when it was suspended, one after the other.
    pub(super) rests: Vec<(i64, i64)>,
    pub(super) generation: u64,
    pub(super) terms: u64,
}

impl DataSet {
    pub(super) fn is_frozen(&self) -> bool {
        self.freezes.last().is_some_and(|(_, end)| end.is_none())
    }

    /// Makes the grants there are void.
    pub(super) fn raise(&mut self, now: i64) {
        self.generation += 1;
        self.ended.push(now);
    }
}

impl Library {
    pub(super) fn data_set(&self, number: u64) -> Option<&DataSet> {
        self.data_sets.get((number as usize).checked_sub(1)?)
    }

    /// One that is known to be there.
    pub(super) fn change(&mut self, number: u64) -> &mut DataSet {
        &mut self.data_sets[number as usize - 1]
    }

    pub(super) fn group(&self, number: u64) -> Option<&(Who, BTreeSet<Who>)> {
        self.groups.get((number as usize).checked_sub(1)?)
    }

    /// A grant as messages name it.
    pub(super) fn grant(&self, data_set: u64, subject: Who, id: u64) -> Option<&Grant> {
        let found = self.grants.iter().find(|grant| grant.id == id);
        found.filter(|grant| (grant.data_set, grant.subject) == (data_set, subject))
    }

    /// The grants of a subject by rising number.
    pub(super) fn held(&self, data_set: u64, subject: Who) -> impl Iterator<Item = &Grant> {
        let own = self.grants.iter();
        own.filter(move |grant| (grant.data_set, grant.subject) == (data_set, subject))
    }

    /// The grants from one up to the owner's, as far as they are there.
    pub(super) fn chain<'a>(&'a self, own: &'a Grant) -> Vec<&'a Grant> {
        let mut chain = vec![own];
        while let Some((_, above)) = chain[chain.len() - 1].above {
            let found = self.grants.iter().find(|grant| grant.id == above);
            let Some(found) = found else { break };
            chain.push(found);
        }
        chain
    }

    /// Whether there is an actor.
    pub(super) fn exists(&self, who: Who) -> bool {
        matches!(who, Who::Account(..)) || self.met.contains(&who)
    }

    /// Somebody accepts a version of the terms.
    pub(super) fn accepts(&mut self, data_set: u64, who: Who, version: u64) {
        let now = (version, self.epoch);
        let before = self.accepted.entry((data_set, who)).or_insert(now);
        if before.0 != version {
            *before = now;
        }
    }

    /// The version that somebody has accepted; 0 for none.
    pub(super) fn accepted_by(&self, data_set: u64, who: Who) -> u64 {
        self.accepted
            .get(&(data_set, who))
            .map_or(0, |(version, _)| *version)
    }

    /// Whether an address leads to an id. The machine does not ask whether an id has an actor.
    pub(super) fn resolves(&self, who: Who) -> bool {
        who == Who::Absent || self.exists(who)
    }

    /// Gives a stranger an actor.
    pub(super) fn meet(&mut self, named: Named) -> Who {
        if matches!(named.who, Who::Stranger(..)) {
            self.met.insert(named.who);
        }
        named.who
    }

    /// Whether neither it nor a ticket by it will ever count again.
    pub(super) fn is_dead_for_good(&self, grant: &Grant) -> bool {
        let head = self.data_set(grant.data_set).expect("its data set");
        let over = grant.end.is_some_and(|end| end <= self.epoch);
        let used_up = grant.uses == Some(0) && !self.tickets.need(grant.id, self.epoch);
        grant.revoked || grant.generation != head.generation || over || used_up
    }

    /// Whether one above is gone or dead for good.
    pub(super) fn is_broken(&self, grant: &Grant) -> bool {
        let chain = self.chain(grant);
        let gone = chain[chain.len() - 1].above.is_some();
        gone || chain[1..].iter().any(|above| self.is_dead_for_good(above))
    }

    /// Whether nobody misses it.
    pub(super) fn may_be_cleared(&self, grant: &Grant) -> bool {
        self.is_dead_for_good(grant) && !grant.escrowed && !self.holds_back(grant)
    }

    /// Whether it rests, and others have not ended it altogether.
    pub(super) fn holds_back(&self, grant: &Grant) -> bool {
        let head = self.data_set(grant.data_set).expect("its data set");
        let ended = grant.generation != head.generation || (grant.revoked && !grant.renounced);
        self.epoch < grant.suspended_until && !ended
    }
}

impl Model for Library {
    type Operation = Operation;
    /// The numbers that come back.
    type Answer = Vec<u64>;

    fn start(_: &mut Dice) -> Self {
        Self {
            epoch: START,
            met: BTreeSet::new(),
            data_sets: Vec::new(),
            grants: Vec::new(),
            next_grant: 1,
            accepted: BTreeMap::new(),
            groups: Vec::new(),
            plans: Vec::new(),
            purchases: BTreeMap::new(),
            balances: BTreeMap::new(),
            shelves: Shelves::default(),
            tickets: Tickets::default(),
            delays: Delays::default(),
            nonces: BTreeSet::new(),
        }
    }

    fn operation(&self, dice: &mut Dice) -> Operation {
        self.draw(dice)
    }

    fn can_be_sent(&self, operation: &Operation) -> bool {
        let Operation::Send {
            caller,
            call,
            selector,
            ..
        } = operation
        else {
            return true;
        };
        let can_be_named = |named: &Named| match named.who {
            Who::Absent => named.by_id,
            who => !named.by_id || self.exists(who),
        };
        // handle_filecoin_method calls no method below 2^24.
        let reserved = matches!(call, Call::Constructor) && is_wrapped(*caller);
        let signed = match call {
            Call::Carry(carried) => carried.can_be_signed(self),
            _ => true,
        };
        let said = selector.is_none() || faces::name(self, call) == *selector;
        CALLERS.contains(caller) && signed && said && call.named().iter().all(can_be_named) && !reserved
    }

    fn carry_out(&mut self, operation: &Operation) -> Outcome<Vec<u64>> {
        let outcome = match operation {
            Operation::Wait { .. } => Ok(Vec::new()),
            Operation::Send {
                caller, call, cut, ..
            } => self
                .reasons(*caller, call, *cut)
                .none()
                .map(|()| self.effect(*caller, call)),
        };
        self.epoch += operation.epochs() as i64;
        outcome
    }

    fn method(operation: &Operation) -> Option<&'static str> {
        match operation {
            Operation::Wait { .. } => None,
            Operation::Send { call, selector, .. } => Some(selector.unwrap_or(call.name())),
        }
    }
}

/// Whether somebody calls by `handle_filecoin_method` only.
pub(super) fn is_wrapped(who: Who) -> bool {
    matches!(who, Who::Account(holdfast_localnet::Kind::Eth, _))
}
