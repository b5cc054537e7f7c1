//! What tickets change.

use super::super::cast::Who;
use super::super::decision::Asked;
use super::super::library::Library;
use super::{By, Ticket, Ticketing, Wanted};

impl Library {
    pub(in super::super) fn ticket(&mut self, by: Who, call: &Ticketing) -> Vec<u64> {
        match call {
            Ticketing::Issue(wanted) => self.issue(by, wanted),
            Ticketing::Prune { limit } => {
                let oldest = self.tickets.kept.iter().take(*limit as usize);
                let over = oldest.filter(|(_, ticket)| ticket.expires <= self.epoch);
                let over: Vec<u64> = over.map(|(number, _)| *number).collect();
                self.tickets.kept.retain(|number, _| !over.contains(number));
                vec![over.len() as u64]
            }
        }
    }

    fn issue(&mut self, subject: Who, wanted: &Wanted) -> Vec<u64> {
        let (asked, issued) = (wanted.asked(subject, self.epoch), self.epoch);
        let longest = issued + wanted.ttl as i64;
        let id = self.entitled(asked, wanted.uses).expect("access");
        let expires = self
            .holds_until(asked, id)
            .map_or(longest, |until| until.min(longest));
        let yes = |now: i64| self.may(Asked { now, ..asked }).is_some();
        assert!(
            (issued..expires).all(yes),
            "what a ticket says holds until it ends"
        );
        let head = self.data_set(wanted.data_set).expect("a data set");
        let (owner, generation, policy_version) = (head.owner, head.generation, head.policy_version);
        let own = id.and_then(|id| self.grant(wanted.data_set, subject, id));
        let chain = own.map(|own| self.chain(own)).unwrap_or_default();
        let counted = chain.iter().filter(|grant| grant.uses.is_some());
        let ticket = Ticket {
            subject,
            wanted: wanted.clone(),
            by: match id {
                Some(id) => By::Grant(id),
                None if owner == subject => By::Owner,
                None => By::Policy,
            },
            counted: counted.map(|grant| grant.id).collect(),
            generation,
            policy_version,
            issued,
            expires,
        };
        self.consume(asked, wanted.uses);
        self.tickets.issued += 1;
        self.tickets.kept.insert(self.tickets.issued, ticket);
        vec![self.tickets.issued]
    }
}
