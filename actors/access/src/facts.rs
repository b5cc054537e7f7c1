//! What the decision asks: of the state, and of others.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{DataSetId, ListProof};
use holdfast_policies::access::action::Action;
use holdfast_policies::access::decision::{Answer, Facts, Rule, narrowest};
use holdfast_policies::access::grant::{Dead, Grant};
use holdfast_policies::access::policy::Leaf;
use holdfast_policies::access::scope::Scope;
use holdfast_policies::access::truth::Truth;
use holdfast_runtime::ActorError;
use holdfast_runtime::collections::Recorded;

use crate::convert;
use crate::data_set::DataSet;
use crate::state::{AccessState, Shelves};

/// Who can ask others. In a transaction nobody can: then what others would say is not known.
pub(crate) trait Others {
    /// What is known of whether a purchase whose uses are spent counts as paid.
    const SPENT: Truth = Truth::False;
    /// The answer of another actor to a question about a subject.
    fn ask(&mut self, leaf: &Leaf, subject: ActorID) -> Truth;
    /// Whether a proof shows that a subject is under a root.
    fn proves(&mut self, root: &[u8; 32], subject: ActorID, proof: &ListProof) -> bool;
}

/// Nobody is asked.
pub(crate) struct Silence;

impl Others for Silence {
    fn ask(&mut self, _: &Leaf, _: ActorID) -> Truth {
        Truth::Unknown
    }

    fn proves(&mut self, _: &[u8; 32], _: ActorID, _: &ListProof) -> bool {
        false
    }
}

/// Nobody is asked again about what a ticket was issued for. Its uses may have been the last ones.
pub(crate) struct AsThen;

impl Others for AsThen {
    const SPENT: Truth = Truth::Unknown;

    fn ask(&mut self, leaf: &Leaf, subject: ActorID) -> Truth {
        Silence.ask(leaf, subject)
    }

    fn proves(&mut self, root: &[u8; 32], subject: ActorID, proof: &ListProof) -> bool {
        Silence.proves(root, subject, proof)
    }
}

/// The facts about one data set.
pub(crate) struct Known<'a, BS, O> {
    state: &'a AccessState,
    store: &'a BS,
    data_set: DataSetId,
    head: &'a DataSet,
    proofs: &'a [ListProof],
    others: O,
    now: ChainEpoch,
    shelves: Option<Shelves>,
}

impl<'a, BS: Blockstore, O: Others> Known<'a, BS, O> {
    pub(crate) fn new(
        (state, store): (&'a AccessState, &'a BS),
        (data_set, head): (DataSetId, &'a DataSet),
        (proofs, now): (&'a [ListProof], ChainEpoch),
        others: O,
    ) -> Self {
        Self {
            state,
            store,
            data_set,
            head,
            proofs,
            others,
            now,
            shelves: None,
        }
    }

    fn shelves(&mut self) -> Result<&Shelves, ActorError> {
        let shelves = match self.shelves.take() {
            Some(shelves) => shelves,
            None => self.state.shelves(self.store)?,
        };
        Ok(self.shelves.insert(shelves))
    }

    /// Whether what somebody has bought by a plan of this data set counts now.
    fn has_paid(&mut self, plan: u64, subject: ActorID) -> Result<Answer, ActorError> {
        let market = self.state.market(self.store)?;
        let Some(bought) = market.purchase(self.store, plan, subject)? else {
            return Ok(Truth::False.into());
        };
        let held = self.state.held(self.store, self.data_set, subject)?;
        let Some(grant) = held.find(bought.grant) else {
            return Ok(Truth::False.into());
        };
        let (alive, terms) = (grant.alive(self.head.generation, self.now), grant.terms);
        Ok(match alive {
            // What somebody else bought for it counts when its subject accepts the terms.
            Ok(()) if terms > 0 && self.accepted(subject)? < terms => Truth::False.into(),
            Ok(()) => Answer {
                truth: Truth::True,
                until: grant.span.end,
            },
            Err(why) => Answer {
                truth: match why {
                    Dead::UsedUp | Dead::Throttled => O::SPENT,
                    _ => Truth::False,
                },
                until: grant.revives_at(why, self.now),
            },
        })
    }

    fn is_listed(&mut self, list: u64, subject: ActorID) -> Result<Truth, ActorError> {
        let (store, key) = (self.store, (self.data_set, list));
        let Some(root) = self.state.lists.get(store, &key)? else {
            return Ok(Truth::Unknown);
        };
        let root = root.read()?.root.0;
        let proof = self.proofs.iter().find(|proof| proof.list == list);
        // Without a proof nobody knows: a policy that turns a list around must not open for want of one.
        let proved = proof.is_some_and(|proof| self.others.proves(&root, subject, proof));
        Ok(if proved { Truth::True } else { Truth::Unknown })
    }
}

impl<BS: Blockstore, O: Others> Facts for Known<'_, BS, O> {
    type Error = ActorError;

    fn owner(&self) -> u64 {
        self.head.owner
    }

    fn generation(&self) -> u64 {
        self.head.generation
    }

    fn frozen(&self) -> bool {
        self.head.is_frozen()
    }

    fn rule(&mut self, scope: &Scope, action: Action) -> Result<Option<Rule>, ActorError> {
        if !self.head.has_rules {
            return Ok(None);
        }
        let (store, data_set) = (self.store, self.data_set);
        let Some(rules) = self.shelves()?.rules.get(store, &data_set)? else {
            return Ok(None);
        };
        let rules = rules.read()?.rules.into_iter();
        let rules = rules.map(|rule| {
            Ok((
                convert::actions(rule.actions)?,
                convert::scope(&rule.scope)?,
                rule,
            ))
        });
        let rules = rules.collect::<Result<Vec<_>, ActorError>>()?;
        let deciding = narrowest(rules, scope, action);
        deciding.map(|rule| convert::rule(&rule)).transpose()
    }

    fn grants(&mut self, subject: u64) -> Result<Vec<Grant>, ActorError> {
        Ok(self.state.held(self.store, self.data_set, subject)?.0)
    }

    fn accepted(&mut self, subject: u64) -> Result<u64, ActorError> {
        let (store, key) = (self.store, (self.data_set, subject));
        let accepted = self.shelves()?.accepted.get(store, &key)?;
        let accepted = accepted.as_ref().map(Recorded::read).transpose()?;
        Ok(accepted.map_or(0, |accepted| accepted.version))
    }

    fn ask(&mut self, leaf: &Leaf, subject: u64) -> Result<Answer, ActorError> {
        let truth = match leaf {
            Leaf::InGroup { group } => {
                let (store, key) = (self.store, (*group, subject));
                Truth::from(self.shelves()?.members.get(store, &key)?.is_some())
            }
            Leaf::AcceptedTerms => {
                let required = self.head.terms_required;
                Truth::from(required > 0 && self.accepted(subject)? >= required)
            }
            Leaf::Paid { plan } => return self.has_paid(*plan, subject),
            Leaf::AllowList { list } => self.is_listed(*list, subject)?,
            Leaf::Holder {
                token,
                least,
                held_for,
                ..
            } if *held_for > 0 => {
                let (store, key) = (self.store, (*token, subject));
                let seen = self.shelves()?.observed.get(store, &key)?;
                let seen = seen.map(|seen| seen.read()).transpose()?;
                let enough = seen.filter(|seen| seen.least.atto() >= least);
                let until = enough.map(|seen| seen.since.saturating_add_unsigned(*held_for));
                if until.is_none_or(|until| self.now < until) {
                    let truth = Truth::False;
                    return Ok(Answer { truth, until });
                }
                self.others.ask(leaf, subject)
            }
            other => self.others.ask(other, subject),
        };
        Ok(truth.into())
    }
}
