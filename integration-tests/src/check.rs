//! What holds after every message, whatever it was.

use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{Actor, Network, Receipt, ids};
use holdfast_runtime::testing::Violations;

use crate::registry::{NextVersions, broken};

/// All FIL there is, in whole FIL.
const ALL_FIL: u64 = 2_000_000_000;

/// Every actor before a message.
pub(crate) struct Before(Vec<Actor>);

impl Before {
    pub(crate) fn of(network: &Network) -> Self {
        Self(actors(network))
    }

    /// Checks the state after the message of `sender`.
    ///
    /// # Panics
    /// When something is broken, with everything that is.
    #[track_caller]
    pub(crate) fn check_after(
        self,
        network: &Network,
        next: NextVersions,
        sender: Option<ActorID>,
        receipt: &Receipt,
    ) {
        let after = actors(network);
        let mut findings = sound(network, next, &after);
        if !receipt.is_ok() {
            findings.extend(self.changes(&after, network, sender, receipt));
        }
        require_none("a message", &findings);
    }

    /// What a failed message changed and should not have. Mining itself moves rewards and runs cron.
    fn changes(
        &self,
        after: &[Actor],
        network: &Network,
        sender: Option<ActorID>,
        receipt: &Receipt,
    ) -> Vec<String> {
        let mut found = Vec::new();
        if !receipt.events.is_empty() {
            found.push("a_failure_emits_nothing: there are events".to_owned());
        }
        let miner = network.miner().id().ok();
        let may_change =
            |id: ActorID| (ids::REWARD..=ids::DATACAP).contains(&id) || id == ids::BURNT || Some(id) == miner;
        let (before, after) = (self.0.iter(), after.iter());
        if before.len() != after.len() {
            found.push("a_failure_creates_nobody: there are other actors".to_owned());
        }
        for (was, is) in before.zip(after).filter(|(was, _)| !may_change(was.id)) {
            let expected = if Some(was.id) == sender {
                after_gas(was, is, receipt)
            } else {
                was.clone()
            };
            if expected != *is {
                found.push(format!("a_failure_changes_nothing: {was:?} became {is:?}"));
            }
        }
        found
    }
}

/// The sender of a failed message: it has paid gas and used a nonce, and a 0x key is an account from its first message on.
fn after_gas(was: &Actor, is: &Actor, receipt: &Receipt) -> Actor {
    let costs = &receipt.costs;
    let mut expected = was.clone();
    expected.state.sequence = is.state.sequence;
    expected.state.balance -= &costs.base_fee_burn + &costs.over_estimation_burn + &costs.miner_tip;
    if was.name == "placeholder" {
        (expected.name, expected.state.code) = (is.name.clone(), is.state.code);
    }
    expected
}

/// Checks the state after something else than a message.
///
/// # Panics
/// When something is broken, with everything that is.
#[track_caller]
pub(crate) fn require_sound(what: &str, network: &Network, next: NextVersions) {
    require_none(what, &sound(network, next, &actors(network)));
}

#[track_caller]
fn require_none(what: &str, findings: &[String]) {
    assert!(findings.is_empty(), "after {what}:\n  {}", findings.join("\n  "));
}

/// What is broken in a state, whatever led to it.
fn sound(network: &Network, next: NextVersions, actors: &[Actor]) -> Vec<String> {
    let mut findings = invariants(network, next, actors);
    findings.extend(conservation(actors));
    findings
}

fn actors(network: &Network) -> Vec<Actor> {
    network
        .actors()
        .unwrap_or_else(|error| panic!("the state tree: {error}"))
}

fn invariants(network: &Network, next: NextVersions, actors: &[Actor]) -> Vec<String> {
    let mut found = Violations::new();
    for Actor { id, name, state } in actors {
        found.absorb(&format!("f0{id}"), broken(network, next, name, state));
    }
    found.list().to_vec()
}

fn conservation(actors: &[Actor]) -> Option<String> {
    let sum = actors
        .iter()
        .fold(TokenAmount::default(), |sum, actor| sum + &actor.state.balance);
    let all = TokenAmount::from_whole(ALL_FIL);
    (sum != all).then(|| format!("fil_is_conserved: {sum} FIL of {all} FIL"))
}

#[cfg(test)]
mod tests {
    use fvm_shared::state::ActorState;

    use super::*;

    fn with(fil: u64) -> Vec<Actor> {
        let balance = TokenAmount::from_whole(fil);
        let state = ActorState {
            code: Default::default(),
            state: Default::default(),
            sequence: 0,
            balance,
            delegated_address: None,
        };
        vec![Actor {
            id: 1,
            name: "init".to_owned(),
            state,
        }]
    }

    #[test]
    fn fil_that_appears_or_disappears_is_found() {
        assert_eq!(conservation(&with(ALL_FIL)), None);
        for fil in [ALL_FIL - 1, ALL_FIL + 1] {
            assert!(conservation(&with(fil)).unwrap().starts_with("fil_is_conserved"));
        }
    }
}
