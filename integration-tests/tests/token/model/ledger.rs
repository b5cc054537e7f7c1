//! The token in plain maps.

use std::collections::{BTreeMap, BTreeSet};

use fvm_shared::bigint::BigInt;
use fvm_shared::econ::TokenAmount;
use holdfast_integration_tests::model::{Dice, Model, Outcome};
use holdfast_integration_tests::{endless, tokens};
use holdfast_localnet::Kind;

use super::cast::{Form, Route, Who};
use super::operation::{Named, Operation};

/// Seconds from one message to the next.
pub(super) const EPOCH: u64 = 30;
/// The epoch in which a round's first message runs, on the model's own clock.
pub(super) const START: u64 = 40_000;

/// A token.
#[derive(Clone, Debug)]
pub(super) struct Ledger {
    /// The epoch in which the next message runs.
    pub(super) epoch: u64,
    /// Strangers who have got an actor.
    pub(super) met: BTreeSet<Who>,
    pub(super) supply: TokenAmount,
    pub(super) cap: TokenAmount,
    pub(super) paused: bool,
    pub(super) balances: BTreeMap<Who, TokenAmount>,
    /// Holder and operator.
    pub(super) allowances: BTreeMap<(Who, Who), TokenAmount>,
    pub(super) nonces: BTreeMap<Who, u64>,
    pub(super) minters: BTreeMap<Who, TokenAmount>,
    /// Whether votes can be delegated.
    pub(super) voting: bool,
    /// Holder and whom they have delegated to.
    pub(super) delegates: BTreeMap<Who, Who>,
    /// Epochs in which something may have changed, and how they ended.
    past: BTreeMap<u64, Ended>,
    pub(super) owner: Option<Who>,
    pub(super) pending_owner: Option<Who>,
    pub(super) burner: Option<Who>,
    pub(super) pauser: Option<Who>,
}

/// How an epoch ended.
#[derive(Clone, Debug)]
struct Ended {
    votes: BTreeMap<Who, TokenAmount>,
    supply: TokenAmount,
}

/// Who calls, and which way the call goes.
#[derive(Clone, Copy)]
pub(super) struct By {
    pub(super) who: Who,
    pub(super) route: Route,
}

impl By {
    /// Whether it is an FRC-46 call: those have a receiver hook, and operators that are not the holder.
    pub(super) fn number(self) -> bool {
        self.route != Route::Calldata
    }
}

/// Whether a number is an amount.
pub(super) fn is_amount(number: &TokenAmount) -> bool {
    !number.is_negative() && *number <= endless()
}

/// The smallest amount.
pub(super) fn atto() -> TokenAmount {
    TokenAmount::from_atto(1)
}

/// Writes an entry; none for zero.
pub(super) fn put<K: Ord>(map: &mut BTreeMap<K, TokenAmount>, key: K, amount: TokenAmount) {
    if amount.is_zero() {
        map.remove(&key);
    } else {
        map.insert(key, amount);
    }
}

impl Ledger {
    pub(super) fn balance(&self, who: Who) -> TokenAmount {
        self.balances.get(&who).cloned().unwrap_or_default()
    }

    pub(super) fn allowance(&self, holder: Who, operator: Who) -> TokenAmount {
        self.allowances
            .get(&(holder, operator))
            .cloned()
            .unwrap_or_default()
    }

    pub(super) fn nonce(&self, who: Who) -> u64 {
        self.nonces.get(&who).copied().unwrap_or_default()
    }

    /// The second in which the next message runs.
    pub(super) fn now(&self) -> u64 {
        self.epoch * EPOCH
    }

    /// Everybody's votes: what those who have delegated to them hold.
    pub(super) fn votes(&self) -> BTreeMap<Who, TokenAmount> {
        let mut votes = BTreeMap::new();
        for (holder, delegate) in &self.delegates {
            let sum: &mut TokenAmount = votes.entry(*delegate).or_default();
            *sum += self.balance(*holder);
        }
        votes
    }

    /// The votes that somebody had, and what existed, at the end of an epoch.
    pub(super) fn past(&self, who: Who, epoch: u64) -> (TokenAmount, TokenAmount) {
        let ended = self.past.range(..=epoch).next_back().map(|(_, ended)| ended);
        let ended = ended.filter(|_| self.voting);
        let votes = ended.and_then(|ended| ended.votes.get(&who));
        let supply = ended.map(|ended| &ended.supply);
        (
            votes.cloned().unwrap_or_default(),
            supply.cloned().unwrap_or_default(),
        )
    }

    /// Ends so many epochs.
    fn end(&mut self, epochs: u64) {
        let (votes, supply) = (self.votes(), self.supply.clone());
        self.past.insert(self.epoch, Ended { votes, supply });
        self.epoch += epochs;
    }

    /// Whether there is an actor.
    pub(super) fn exists(&self, who: Who) -> bool {
        who.is_there() || self.met.contains(&who)
    }

    /// Whether an address leads to an id. The machine does not ask whether an id has an actor.
    pub(super) fn resolves(&self, who: Who) -> bool {
        who == Who::AbsentId || self.exists(who)
    }

    /// Gives a stranger an actor.
    pub(super) fn meet(&mut self, who: Who) {
        if matches!(who, Who::Stranger(..)) {
            self.met.insert(who);
        }
    }

    /// Whether somebody can be named like this now.
    pub(super) fn can_be_named(&self, named: Named, route: Route) -> bool {
        match named.form {
            Form::Id => self.resolves(named.who),
            Form::Robust => {
                named.who != Who::AbsentId && (route != Route::Calldata || named.who.has_0x_form())
            }
        }
    }

    fn carry_out_now(&mut self, operation: &Operation) -> Outcome<Vec<TokenAmount>> {
        let Operation::Send {
            caller,
            route,
            call,
            cut,
        } = operation
        else {
            return Ok(Vec::new());
        };
        let by = By {
            who: *caller,
            route: *route,
        };
        let reasons = if *cut {
            Self::reasons_of_a_cut(call)
        } else {
            self.reasons(by, call)
        };
        reasons.none()?;
        Ok(self.change(by, call))
    }
}

impl Model for Ledger {
    type Operation = Operation;
    /// The amounts that come back, in their order.
    type Answer = Vec<TokenAmount>;

    fn start(dice: &mut Dice) -> Self {
        let owner = Who::Account(Kind::Secp256k1, 0);
        let cap = dice.pick(&[endless(), tokens(2_000)]);
        let supply = tokens(1_000);
        let voting = !dice.once_in(6);
        let mut new = Self {
            epoch: START - 1,
            met: BTreeSet::new(),
            balances: BTreeMap::from([(owner, supply.clone())]),
            supply,
            cap,
            paused: false,
            allowances: BTreeMap::new(),
            nonces: BTreeMap::new(),
            minters: BTreeMap::new(),
            voting,
            delegates: BTreeMap::new(),
            past: BTreeMap::new(),
            owner: Some(owner),
            pending_owner: None,
            burner: None,
            pauser: None,
        };
        new.end(1);
        new
    }

    fn operation(&self, dice: &mut Dice) -> Operation {
        self.draw(dice)
    }

    fn can_be_sent(&self, operation: &Operation) -> bool {
        let Operation::Send {
            caller, route, call, ..
        } = operation
        else {
            return true;
        };
        caller.routes().contains(route)
            && call.is_open_to(*caller, *route)
            && call
                .named()
                .into_iter()
                .all(|named| self.can_be_named(named, *route))
            && (*route != Route::Calldata || call.amounts().into_iter().all(is_amount))
    }

    fn carry_out(&mut self, operation: &Operation) -> Outcome<Vec<TokenAmount>> {
        let outcome = self.carry_out_now(operation);
        self.end(operation.epochs());
        outcome
    }

    fn method(operation: &Operation) -> Option<&'static str> {
        match operation {
            Operation::Wait { .. } => None,
            Operation::Send { route, call, .. } => Some(call.name(*route)),
        }
    }
}

/// `percent` of an amount.
pub(super) fn part_down(amount: &TokenAmount, percent: u32) -> TokenAmount {
    TokenAmount::from_atto(amount.atto() * percent / BigInt::from(100))
}
