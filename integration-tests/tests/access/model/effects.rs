//! What a message changes and gives back.

use std::collections::BTreeSet;

use super::cast::Who;
use super::decision::Asked;
use super::library::{DataSet, Grant, Library};
use super::operation::{Call, Given, New};
use super::terms::{Bucket, Rule, Terms, closed};

/// The most grants of a subject in a data set.
pub(super) const MOST: usize = 16;
/// So many leave room for one that others pay for or share.
pub(super) const PRESENTS: usize = 8;

impl Library {
    /// Carries out a call that nothing is wrong with.
    pub(super) fn effect(&mut self, by: Who, call: &Call) -> Vec<u64> {
        self.use_up(by, call);
        match call {
            Call::CreateDataSet(new) => self.create(by, std::slice::from_ref(new)),
            Call::CreateDataSets(all) => self.create(by, all),
            Call::Grant(given) | Call::GrantMany(given) => {
                self.tell_next_owner(given.data_set, given.from, &given.terms);
                self.give(by, given)
            }
            Call::SetRule { data_set, rule } => self.set_rule(*data_set, rule),
            Call::RemoveRule {
                data_set,
                part,
                actions,
            } => {
                let head = self.change(*data_set);
                head.rules
                    .retain(|rule| (rule.part, closed(rule.actions)) != (*part, closed(*actions)));
                head.policy_version += 1;
                vec![head.policy_version]
            }
            Call::SetAllowList { data_set, .. } => {
                let head = self.change(*data_set);
                head.policy_version += 1;
                vec![head.policy_version]
            }
            Call::Prune { data_set, .. } => self.prune(*data_set),
            Call::ConsumeAccess {
                data_set,
                part,
                action,
                uses,
            } => {
                let (data_set, part, action, now) = (*data_set, *part, *action, self.epoch);
                let asked = Asked {
                    data_set,
                    subject: by,
                    action,
                    part,
                    now,
                };
                self.consume(asked, *uses)
            }
            Call::CreateGroup => {
                self.groups.push((by, BTreeSet::new()));
                vec![self.groups.len() as u64]
            }
            Call::Sale(sale) => self.delayed_sale(by, sale),
            Call::Shelf(shelf) => self.shelf(by, shelf),
            Call::Ticket(ticket) => self.ticket(by, ticket),
            Call::Carry(carried) => self.carry(carried),
            Call::CancelNonce(nonce) => {
                self.nonces.insert((by, *nonce));
                Vec::new()
            }
            other => self.small_effect(by, other),
        }
    }

    /// What gives nothing back, or one number.
    fn small_effect(&mut self, by: Who, call: &Call) -> Vec<u64> {
        match call {
            Call::SetContent { data_set, size } => self.change(*data_set).size = *size,
            Call::SetGuardian { data_set, guardian } => {
                self.change(*data_set).guardian = guardian.map(|guardian| self.meet(guardian));
            }
            Call::OfferDataSet { data_set, to, keep } => {
                self.change(*data_set).offer = to.map(|to| (self.meet(to), *keep));
            }
            Call::AcceptDataSet { data_set, .. } => {
                let now = self.epoch;
                let head = self.change(*data_set);
                let (_, keep) = head.offer.take().expect("an offer");
                if !keep {
                    head.raise(now);
                }
                (head.owner, head.guardian) = (by, None);
            }
            Call::Freeze { data_set } => {
                let now = self.epoch;
                let head = self.change(*data_set);
                if !head.is_frozen() {
                    head.freezes.push((now, None));
                }
            }
            Call::Unfreeze { data_set } => {
                let now = self.epoch;
                if let Some((_, end)) = self.change(*data_set).freezes.last_mut() {
                    end.get_or_insert(now);
                }
            }
            Call::SetTerms {
                data_set,
                hash,
                fresh,
            } => {
                let head = self.change(*data_set);
                (head.terms, head.hash) = (head.terms + 1, *hash);
                if *fresh || head.required == 0 {
                    head.required = head.terms;
                    head.policy_version += 1;
                }
                return vec![head.terms];
            }
            Call::AcceptTerms {
                data_set, version, ..
            } => self.accepts(*data_set, by, *version),
            Call::Delay(delay) => self.delay(by, delay),
            Call::Revoke(at) => self.revoke(by, at.grant),
            Call::Renounce { grant, .. } => self.revoke(by, *grant),
            Call::RevokeAll { data_set } => {
                let now = self.epoch;
                let head = self.change(*data_set);
                head.raise(now);
                return vec![head.generation];
            }
            Call::Suspend { at, until } => {
                let now = self.epoch;
                let grant = self.find(at.grant);
                if let Some((_, end)) = grant.rests.last_mut() {
                    *end = now.min(*end);
                }
                grant.rests.push((now, now.max(*until)));
                grant.suspended_until = (*until).max(0);
            }
            Call::AddMembers(changed) => {
                let members: Vec<Who> = changed.members.iter().map(|named| self.meet(*named)).collect();
                self.groups[changed.group as usize - 1].1.extend(members);
            }
            Call::RemoveMembers(changed) => {
                let gone: Vec<Who> = changed.members.iter().map(|named| named.who).collect();
                self.groups[changed.group as usize - 1]
                    .1
                    .retain(|member| !gone.contains(member));
            }
            other => unreachable!("{other:?} has its own effects"),
        }
        Vec::new()
    }

    fn revoke(&mut self, by: Who, grant: u64) {
        let now = self.epoch;
        let generations: Vec<u64> = self.data_sets.iter().map(|head| head.generation).collect();
        let grant = self.find(grant);
        let void = grant.generation != generations[grant.data_set as usize - 1];
        let over = grant.end.is_some_and(|end| end <= now);
        if grant.escrowed && (over || void) {
            return;
        }
        grant.renounced |= !grant.revoked && by == grant.subject;
        grant.revoked = true;
    }

    pub(super) fn find(&mut self, id: u64) -> &mut Grant {
        let found = self.grants.iter_mut().find(|grant| grant.id == id);
        found.expect("a grant")
    }

    fn create(&mut self, by: Who, all: &[New]) -> Vec<u64> {
        let first = self.data_sets.len() as u64 + 1;
        for (owner, guardian) in all {
            let owner = owner.map_or(by, |owner| self.meet(owner));
            let guardian = guardian.map(|guardian| self.meet(guardian));
            self.data_sets.push(DataSet {
                owner,
                guardian,
                offer: None,
                generation: 0,
                ended: Vec::new(),
                policy_version: 0,
                freezes: Vec::new(),
                terms: 0,
                required: 0,
                hash: 0,
                size: 0,
                key_epoch: 0,
                rules: Vec::new(),
            });
        }
        vec![first]
    }

    fn set_rule(&mut self, data_set: u64, rule: &Rule) -> Vec<u64> {
        let named: Vec<_> = rule.requires.iter().chain(&rule.opens).collect();
        assert!(named.iter().all(|plan| plan.is_good()));
        let head = self.change(data_set);
        head.rules
            .retain(|other| (other.part, closed(other.actions)) != (rule.part, closed(rule.actions)));
        head.rules.push(rule.clone());
        head.policy_version += 1;
        vec![head.policy_version]
    }

    /// What the owner or an admin gives for good binds the next owner, who notices by the version.
    pub(super) fn tell_next_owner(&mut self, data_set: u64, from: Option<u64>, terms: &Terms) {
        if from.is_none() && !terms.revocable {
            self.change(data_set).policy_version += 1;
        }
    }

    pub(super) fn give(&mut self, by: Who, given: &Given) -> Vec<u64> {
        let (first, terms, now) = (self.next_grant, &given.terms, self.epoch);
        let start = self.first_epoch(given.data_set, terms.actions, terms.start);
        let held_up = self.grant_delay(given.data_set, terms.actions) > 0;
        let above = given.from.map(|id| self.find(id).clone());
        let generation = self.change(given.data_set).generation;
        for named in &given.subjects {
            let subject = self.meet(*named);
            self.new_grant(
                MOST,
                Grant {
                    id: 0,
                    data_set: given.data_set,
                    subject,
                    above: given.from.map(|id| (by, id)),
                    actions: closed(terms.actions).expect("a mask"),
                    part: terms.part,
                    start,
                    end: terms.end.or(above.as_ref().and_then(|above| above.end)),
                    uses: terms.uses,
                    bucket: terms.rate.map(|rate| Bucket::full(rate, now)),
                    revocable: terms.revocable,
                    revoked: false,
                    renounced: false,
                    escrowed: false,
                    held_up,
                    suspended_until: 0,
                    rests: Vec::new(),
                    generation,
                    terms: terms.terms.max(above.as_ref().map_or(0, |above| above.terms)),
                },
            );
        }
        assert!(above.is_none_or(|above| above.subject == by));
        vec![first]
    }

    /// Removes the grants of a subject that nobody misses.
    pub(super) fn clear(&mut self, data_set: u64, subject: Who) {
        let all = self.clone();
        let meant = |grant: &Grant| (grant.data_set, grant.subject) == (data_set, subject);
        self.grants
            .retain(|grant| !meant(grant) || !all.may_be_cleared(grant));
    }

    fn prune(&mut self, data_set: u64) -> Vec<u64> {
        let (before, all) = (self.grants.len(), self.clone());
        let gone = |grant: &Grant| all.may_be_cleared(grant) || all.is_broken(grant);
        self.grants
            .retain(|grant| grant.data_set != data_set || !gone(grant));
        vec![(before - self.grants.len()) as u64]
    }

    pub(super) fn consume(&mut self, asked: Asked, uses: u64) -> Vec<u64> {
        let id = self.entitled(asked, uses).expect("access");
        let own = id.and_then(|id| self.grants.iter().find(|grant| grant.id == id));
        let chain = own.map(|own| self.chain(own)).unwrap_or_default();
        let ids: Vec<u64> = chain.iter().map(|grant| grant.id).collect();
        for id in ids {
            let grant = self.find(id);
            grant.uses = grant.uses.map(|left| left - uses);
            if let Some(bucket) = &mut grant.bucket {
                bucket.take(uses, asked.now);
            }
        }
        id.into_iter().collect()
    }
}
