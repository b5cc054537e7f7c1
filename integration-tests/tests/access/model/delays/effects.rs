//! What delays change.

use super::super::cast::Who;
use super::super::library::Library;
use super::super::operation::Call;
use super::super::sales::Sale;
use super::{Announced, Announcement, Delaying, What};

impl Library {
    pub(in super::super) fn delay(&mut self, by: Who, call: &Delaying) {
        match call {
            Delaying::Set {
                data_set,
                what,
                length,
            } => {
                let (now, from) = (self.epoch, self.holds_from(*data_set, *what, *length));
                let set = self.delays.lengths.entry((*data_set, *what)).or_default();
                set.retain(|(from, _)| *from <= now);
                set.push((from, *length));
                // Buyers have seen when what they buy would begin.
                if let What::Grant(_) = what {
                    self.change(*data_set).policy_version += 1;
                }
            }
            Delaying::Schedule(announcement) => self.schedule(by, announcement),
            Delaying::Cancel(operation) => {
                let all = self.delays.announced.entry(operation.data_set).or_default();
                all.retain(|found| !found.is(operation.by, &operation.call));
            }
        }
    }

    /// What is over makes room.
    fn schedule(&mut self, by: Who, announcement: &Announcement) {
        let (call, now, ready) = (announcement.call.clone(), self.epoch, self.ready(announcement));
        let all = self.delays.announced.entry(announcement.data_set).or_default();
        all.retain(|found| now < found.window().end);
        let (call, since) = (*call, now);
        all.push(Announced {
            by,
            call,
            since,
            ready,
        });
    }

    /// Before a call is carried out: it was announced for this once. A new owner begins with nothing announced.
    pub(in super::super) fn use_up(&mut self, by: Who, call: &Call) {
        let Some(number) = call.data_set() else { return };
        if let Call::AcceptDataSet { .. } = call {
            self.delays.announced.remove(&number);
        }
        let (uses, now, closed) = (self.used_power(call).is_some(), self.epoch, self.closed(call));
        if let Some(all) = self.delays.announced.get_mut(&number).filter(|_| uses) {
            let used = |found: &Announced| {
                found.is(by, call) && found.window().contains(&now) && found.since >= closed
            };
            all.retain(|found| !used(found));
        }
    }

    /// A sale. What it sells begins when a grant that is made now would, is as long as without a delay, and is paid for from
    /// then on.
    pub(in super::super) fn delayed_sale(&mut self, by: Who, sale: &Sale) -> Vec<u64> {
        let made = self.sale(by, sale);
        let plan = match sale {
            Sale::Buy(wish) => Some(wish.plan),
            Sale::Share { .. } => None,
            _ => return made,
        };
        let grant = self.find(made[0]).clone();
        let delay = self.grant_delay(grant.data_set, grant.actions);
        let later = self.find(grant.id);
        (later.start, later.end) = (grant.start + delay, grant.end.map(|end| end + delay));
        later.held_up = delay > 0;
        let bought = plan.and_then(|plan| self.purchases.get_mut(&(plan, grant.subject)));
        if let Some(bought) = bought.filter(|bought| bought.escrow > 0) {
            bought.from += delay;
        }
        made
    }
}
