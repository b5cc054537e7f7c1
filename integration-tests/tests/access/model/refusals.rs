//! Everything that is wrong with a message.

use holdfast_integration_tests::model::Reasons;

use super::cast::{Named, Who};
use super::decision::Asked;
use super::effects::MOST;
use super::library::{DataSet, Grant, Library};
use super::operation::{At, Call, Given, Members, New, Seen};
use super::terms::{GRANT, Rule, Terms, closed, is_one};

/// USR_ILLEGAL_ARGUMENT: nothing is left of the parameters.
const ILLEGAL_ARGUMENT: u32 = 16;
/// USR_FORBIDDEN.
const FORBIDDEN: u32 = 18;
/// USR_SERIALIZATION.
const SERIALIZATION: u32 = 21;
const NO_DATA_SET: u32 = 64;
pub(super) const NOT_OWNER: u32 = 65;
const NOT_ADMIN: u32 = 66;
const NOT_OFFERED: u32 = 67;
const NOT_GUARDIAN: u32 = 68;
pub(super) const NOBODY: u32 = 69;
pub(super) const FROZEN: u32 = 70;
pub(super) const INVALID_SCOPE: u32 = 71;
pub(super) const INVALID_ACTIONS: u32 = 72;
const INVALID_SPAN: u32 = 73;
const INVALID_RATE: u32 = 74;
const WIDER_THAN_ABOVE: u32 = 75;
const NO_GRANT: u32 = 76;
pub(super) const DEAD_GRANT: u32 = 77;
pub(super) const TOO_MANY_GRANTS: u32 = 78;
const NOT_ABOVE: u32 = 79;
const NOT_REVOCABLE: u32 = 80;
const NO_RULE: u32 = 83;
pub(super) const INVALID_BATCH: u32 = 85;
pub(super) const INVALID_PAGE: u32 = 86;
pub(super) const OTHER_TERMS: u32 = 88;
pub(super) const NO_GROUP: u32 = 89;
const NOT_GROUP_OWNER: u32 = 90;
const ACCESS_DENIED: u32 = 91;
const NO_USES: u32 = 92;
pub(super) const OWNER_NEEDS_NONE: u32 = 93;
const OFFER_CHANGED: u32 = 155;
const NO_TERMS: u32 = 161;

/// The longest chain.
const CHAIN: usize = 8;
/// The most entries of a batch.
pub(super) const BATCH: std::ops::RangeInclusive<u64> = 1..=200;

/// The search for what is wrong with one call.
pub(super) struct Search<'a> {
    pub(super) library: &'a Library,
    pub(super) by: Who,
    found: Reasons,
}

impl Library {
    /// Everything that is wrong with a call.
    pub(super) fn reasons(&self, by: Who, call: &Call, cut: bool) -> Reasons {
        let found = Reasons::default();
        let library = self;
        let mut search = Search { library, by, found };
        match (call, cut) {
            (Call::Constructor, _) => search.add(true, FORBIDDEN),
            (_, true) => search.found = Reasons::from_iter([ILLEGAL_ARGUMENT, SERIALIZATION]),
            (_, false) => search.call(call),
        }
        search.found
    }
}

impl Search<'_> {
    pub(super) fn add(&mut self, applies: bool, code: u32) {
        self.found.add_if(applies, code);
    }

    pub(super) fn call(&mut self, call: &Call) {
        if let Some(number) = call.data_set() {
            match self.library.data_set(number) {
                None => self.add(true, NO_DATA_SET),
                Some(head) => self.known(call, number, head),
            }
        }
        match call {
            Call::CreateDataSet(new) => self.head(new),
            Call::CreateDataSets(all) => {
                self.add(!BATCH.contains(&(all.len() as u64)), INVALID_BATCH);
                all.iter().for_each(|new| self.head(new));
            }
            Call::SetGuardian { guardian: to, .. } | Call::OfferDataSet { to, .. } => {
                to.iter().for_each(|to| self.somebody(*to));
            }
            Call::SetRule { rule, .. } => self.rule(rule),
            Call::RemoveRule { actions, .. } => self.mask(*actions),
            Call::Grant(given) => self.terms(given),
            Call::GrantMany(given) => {
                self.add(!BATCH.contains(&(given.subjects.len() as u64)), INVALID_BATCH);
                self.terms(given);
            }
            Call::Revoke(at) | Call::Suspend { at, .. } => self.resolved(at.subject),
            Call::Prune { limit, .. } => self.add(!BATCH.contains(limit), INVALID_PAGE),
            Call::ConsumeAccess {
                part, action, uses, ..
            } => {
                self.add(!part.is_good(), INVALID_SCOPE);
                self.add(!is_one(*action), INVALID_ACTIONS);
                self.add(*uses == 0, NO_USES);
            }
            Call::Sale(sale) => self.sale(sale),
            Call::Shelf(shelf) => self.shelf(shelf),
            Call::Ticket(ticket) => self.ticket(ticket),
            Call::Delay(delay) => self.delay(delay),
            Call::Carry(carried) => self.carried(carried),
            Call::CancelNonce(nonce) => self.cancelled(*nonce),
            Call::AddMembers(members) => {
                self.group(members);
                members.members.iter().for_each(|named| self.somebody(*named));
            }
            Call::RemoveMembers(members) => {
                self.group(members);
                members.members.iter().for_each(|named| self.resolved(*named));
            }
            _ => {}
        }
    }

    /// What is wrong with a call about a data set that is there.
    fn known(&mut self, call: &Call, number: u64, head: &DataSet) {
        let by = self.by;
        self.held_up(call, number);
        match call {
            Call::SetGuardian { .. }
            | Call::OfferDataSet { .. }
            | Call::Unfreeze { .. }
            | Call::RevokeAll { .. } => self.add(head.owner != by, NOT_OWNER),
            Call::AcceptDataSet { seen, .. } => match head.offer {
                Some((to, _)) if to == by => {
                    let is = self.library.seen(number);
                    let longer = is.max_delay > seen.max_delay;
                    let max_delay = seen.max_delay;
                    self.add(longer || *seen != Seen { max_delay, ..is }, OFFER_CHANGED);
                }
                _ => self.add(true, NOT_OFFERED),
            },
            Call::Freeze { .. } => self.add(!is_guardian(head, by), NOT_GUARDIAN),
            Call::AcceptTerms { version, hash, .. } => {
                let other = *version == 0 || (*version, *hash) != (head.terms, head.hash);
                self.add(other, OTHER_TERMS);
            }
            Call::RemoveRule { part, actions, .. } => {
                self.admin(number, head);
                let is_it = |rule: &Rule| (rule.part, closed(rule.actions)) == (*part, closed(*actions));
                self.add(!head.rules.iter().any(is_it), NO_RULE);
            }
            Call::SetRule { rule, .. } => {
                self.admin(number, head);
                self.rule_of(rule, number);
            }
            Call::SetContent { .. } | Call::SetTerms { .. } | Call::SetAllowList { .. } | Call::Sale(_) => {
                self.admin(number, head)
            }
            Call::Shelf(shelf) => self.shelf_of(shelf, number, head),
            Call::Ticket(ticket) => self.ticket_of(ticket),
            Call::Delay(delay) => self.delay_of(delay, number, head),
            Call::Grant(given) | Call::GrantMany(given) => self.given(given, head),
            Call::Revoke(at) => self.revoked(at.data_set, at.subject.who, at.grant, head),
            Call::Renounce { data_set, grant } => self.revoked(*data_set, by, *grant, head),
            Call::Suspend { at, until } => {
                let grant = self.library.grant(at.data_set, at.subject.who, at.grant);
                let rests_until = grant.map_or(0, |grant| grant.suspended_until);
                let opens = self.library.epoch < rests_until && (*until).max(0) < rests_until;
                if opens || !is_guardian(head, by) {
                    self.admin(number, head);
                }
                self.meant(at);
                let void = grant.is_some_and(|grant| grant.generation != head.generation);
                self.add(void, DEAD_GRANT);
            }
            Call::ConsumeAccess {
                part, action, uses, ..
            } if part.is_good() && is_one(*action) => {
                let (part, action, now) = (*part, *action, self.library.epoch);
                self.used(
                    Asked {
                        data_set: number,
                        subject: by,
                        action,
                        part,
                        now,
                    },
                    *uses,
                );
            }
            _ => {}
        }
    }

    pub(super) fn admin(&mut self, number: u64, head: &DataSet) {
        let may = head.owner == self.by || self.library.administers(number, self.by);
        self.add(!may, NOT_ADMIN);
    }

    /// Somebody who gets something, and an actor if there is none.
    pub(super) fn somebody(&mut self, named: Named) {
        self.add(named.who == Who::Absent, NOBODY);
    }

    pub(super) fn resolved(&mut self, named: Named) {
        self.add(!self.library.resolves(named.who), NOBODY);
    }

    fn head(&mut self, (owner, guardian): &New) {
        owner
            .iter()
            .chain(guardian)
            .for_each(|named| self.somebody(*named));
    }

    pub(super) fn mask(&mut self, mask: u8) {
        self.add(closed(mask).is_none(), INVALID_ACTIONS);
    }

    fn group(&mut self, changed: &Members) {
        self.add(!BATCH.contains(&(changed.members.len() as u64)), INVALID_BATCH);
        match self.library.group(changed.group) {
            None => self.add(true, NO_GROUP),
            Some((owner, _)) => self.add(*owner != self.by, NOT_GROUP_OWNER),
        }
    }

    pub(super) fn terms(&mut self, given: &Given) {
        let (terms, now) = (&given.terms, self.library.epoch);
        given.subjects.iter().for_each(|named| self.somebody(*named));
        self.mask(terms.actions);
        self.add(!terms.part.is_good(), INVALID_SCOPE);
        let start = self
            .library
            .first_epoch(given.data_set, terms.actions, terms.start);
        self.add(
            terms.end.is_some_and(|end| end <= start || end <= now),
            INVALID_SPAN,
        );
        self.add(terms.uses == Some(0), NO_USES);
        let stuck = terms
            .rate
            .is_some_and(|(capacity, refill, period)| capacity * refill * period == 0);
        self.add(stuck, INVALID_RATE);
        let head = self.library.data_set(given.data_set);
        self.add(head.is_some_and(|head| terms.terms > head.terms), NO_TERMS);
    }

    /// What is wrong with a grant that was rightly given.
    pub(super) fn added(&mut self, given: &Given, head: &DataSet) {
        self.add(head.is_frozen(), FROZEN);
        let owns = given.subjects.iter().any(|named| named.who == head.owner);
        self.add(owns, OWNER_NEEDS_NONE);
        self.crowded(given);
    }

    pub(super) fn given(&mut self, given: &Given, head: &DataSet) {
        self.added(given, head);
        let Some(id) = given.from else {
            return self.admin(given.data_set, head);
        };
        let Some(above) = self.library.grant(given.data_set, self.by, id) else {
            return self.add(true, NO_GRANT);
        };
        let chain = self.library.chain(above).len();
        self.add(chain >= CHAIN, WIDER_THAN_ABOVE);
        let terms = &given.terms;
        let start = self
            .library
            .first_epoch(given.data_set, terms.actions, terms.start);
        let end = given.terms.end.or(above.end);
        self.add(end.is_some_and(|end| end <= start), INVALID_SPAN);
        self.add(self.is_wider(&given.terms, above), WIDER_THAN_ABOVE);
        let (data_set, subject, action, part, now) = (
            given.data_set,
            self.by,
            GRANT,
            given.terms.part,
            self.library.epoch,
        );
        let asked = Asked {
            data_set,
            subject,
            action,
            part,
            now,
        };
        let counts = self.library.counts(above, asked);
        self.add(part.is_good() && !counts, DEAD_GRANT);
    }

    fn is_wider(&self, terms: &Terms, above: &Grant) -> bool {
        let start = self
            .library
            .first_epoch(above.data_set, terms.actions, terms.start);
        let later = |end: i64| terms.end.is_some_and(|own| own > end);
        above.actions & GRANT == 0
            || closed(terms.actions).is_some_and(|actions| actions & !above.actions != 0)
            || !above.part.covers(terms.part)
            || start < above.start
            || above.end.is_some_and(|end| later(end) || end <= start)
            || above
                .uses
                .is_some_and(|left| terms.uses.is_none_or(|uses| uses > left))
    }

    /// Whether somebody has as many grants as anybody can have.
    fn crowded(&mut self, given: &Given) {
        for named in &given.subjects {
            let held = || self.library.held(given.data_set, named.who);
            let missed =
                |grant: &Grant| !self.library.may_be_cleared(grant) && !self.library.is_broken(grant);
            let dead = held().count() - held().filter(|grant| missed(grant)).count();
            let more = given
                .subjects
                .iter()
                .filter(|other| other.who == named.who)
                .count();
            self.add(held().count() - dead + more > MOST, TOO_MANY_GRANTS);
        }
    }

    fn meant(&mut self, at: &At) {
        let found = self.library.grant(at.data_set, at.subject.who, at.grant);
        self.add(found.is_none(), NO_GRANT);
    }

    /// Who holds a grant, and who is above it.
    pub(super) fn holders(&self, grant: &Grant) -> Vec<Who> {
        let chain = self.library.chain(grant);
        // Who gave a grant stays above it when its own is cleared away.
        let gone = chain[chain.len() - 1].above.map(|(who, _)| who);
        chain
            .iter()
            .map(|grant| grant.subject)
            .chain(gone)
            .take(CHAIN)
            .collect()
    }

    fn revoked(&mut self, data_set: u64, subject: Who, id: u64, head: &DataSet) {
        let Some(grant) = self.library.grant(data_set, subject, id) else {
            return self.add(true, NO_GRANT);
        };
        let waits = self.library.epoch < grant.start && head.guardian == Some(self.by);
        let may = waits
            || self.holders(grant).contains(&self.by)
            || head.owner == self.by
            || self.library.administers(data_set, self.by);
        self.add(!may, NOT_ABOVE);
        let for_good = !grant.revocable && !self.library.waits(grant);
        self.add(for_good && self.by != subject, NOT_REVOCABLE);
    }

    pub(super) fn used(&mut self, asked: Asked, uses: u64) {
        let Some(id) = self.library.entitled(asked, uses) else {
            return self.add(true, ACCESS_DENIED);
        };
        let own = id.and_then(|id| self.library.grants.iter().find(|grant| grant.id == id));
        for grant in own.map(|own| self.library.chain(own)).unwrap_or_default() {
            let left = grant.bucket.map(|bucket| bucket.level(asked.now));
            let short = |left: u64| left < uses;
            self.add(
                grant.uses.is_some_and(short) || left.is_some_and(short),
                DEAD_GRANT,
            );
        }
    }
}

pub(super) fn is_guardian(head: &DataSet, who: Who) -> bool {
    head.owner == who || head.guardian == Some(who)
}
