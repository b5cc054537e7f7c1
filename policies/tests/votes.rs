//! Votes over random lives of a token, beside a plain model that remembers every epoch.

use std::collections::BTreeMap;
use std::convert::Infallible;

use holdfast_policies::votes::{Place, Shifts, past_epoch, shifted, votes_at};
use num_bigint::BigInt;
use num_traits::Zero;
use proptest::prelude::*;

/// Accounts and delegates are the same people.
const PEOPLE: u64 = 5;

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    Delegate { holder: u64, to: Option<u64> },
    Move { from: u64, to: u64, tokens: u8 },
    Mint { to: u64, tokens: u8 },
    Burn { from: u64, tokens: u8 },
    Wait { epochs: u8 },
}

fn person() -> impl Strategy<Value = u64> {
    0..PEOPLE
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (person(), prop::option::of(person())).prop_map(|(holder, to)| Act::Delegate { holder, to }),
        (person(), person(), any::<u8>()).prop_map(|(from, to, tokens)| Act::Move { from, to, tokens }),
        (person(), any::<u8>()).prop_map(|(to, tokens)| Act::Mint { to, tokens }),
        (person(), any::<u8>()).prop_map(|(from, tokens)| Act::Burn { from, tokens }),
        (1u8..4).prop_map(|epochs| Act::Wait { epochs }),
    ]
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Account {
    balance: BigInt,
    delegate: Option<u64>,
}

/// A token that keeps votes by the policy, and, beside it, what everybody's votes were at the end of every epoch.
#[derive(Default)]
struct Life {
    epoch: u64,
    accounts: BTreeMap<u64, Account>,
    checkpoints: BTreeMap<Place, BigInt>,
    remembered: Vec<BTreeMap<u64, BigInt>>,
}

impl Life {
    fn run(acts: &[Act]) -> Self {
        let mut life = Self::default();
        acts.iter().for_each(|act| life.act(act));
        life
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Delegate { holder, to } => self.change(&[*holder], |accounts| accounts[0].delegate = *to),
            Act::Move { from, to, tokens } if from != to => self.change(&[*from, *to], |accounts| {
                let moved = BigInt::from(*tokens).min(accounts[0].balance.clone());
                accounts[0].balance -= &moved;
                accounts[1].balance += moved;
            }),
            Act::Move { .. } => {}
            Act::Mint { to, tokens } => self.change(&[*to], |accounts| accounts[0].balance += *tokens),
            Act::Burn { from, tokens } => self.change(&[*from], |accounts| {
                let burned = BigInt::from(*tokens).min(accounts[0].balance.clone());
                accounts[0].balance -= burned;
            }),
            Act::Wait { epochs } => (0..*epochs).for_each(|_| self.wait()),
        }
    }

    fn change(&mut self, ids: &[u64], change: impl FnOnce(&mut [Account])) {
        let mut accounts: Vec<Account> = ids
            .iter()
            .map(|id| self.accounts.get(id).cloned().unwrap_or_default())
            .collect();
        let mut shifts = Shifts::default();
        for account in &accounts {
            account
                .delegate
                .iter()
                .for_each(|delegate| shifts.leave(*delegate, &account.balance));
        }
        change(&mut accounts);
        for account in &accounts {
            account
                .delegate
                .iter()
                .for_each(|delegate| shifts.join(*delegate, &account.balance));
        }
        for (delegate, by) in shifts.net() {
            let votes = shifted(&self.votes(delegate, self.epoch), by).expect("votes never fall below zero");
            self.checkpoints.insert((delegate, self.epoch), votes);
        }
        self.accounts.extend(ids.iter().copied().zip(accounts));
    }

    fn wait(&mut self) {
        self.remembered.push(self.delegated());
        self.epoch += 1;
    }

    /// What the history says.
    fn votes(&self, delegate: u64, epoch: u64) -> BigInt {
        let last = |place| {
            let found = self.checkpoints.range(..=place).next_back();
            Ok::<_, Infallible>(found.map(|(place, votes)| (*place, votes.clone())))
        };
        votes_at((delegate, epoch), last).unwrap_or_else(|never| match never {})
    }

    /// The votes of everybody, counted anew.
    fn delegated(&self) -> BTreeMap<u64, BigInt> {
        let mut votes = BTreeMap::new();
        for account in self.accounts.values() {
            if let Some(delegate) = account.delegate {
                *votes.entry(delegate).or_default() += &account.balance;
            }
        }
        votes
    }
}

proptest! {
    #[test]
    fn every_past_epoch_is_remembered(acts in prop::collection::vec(act(), 0..60)) {
        let life = Life::run(&acts);
        for (epoch, votes) in (0..).zip(&life.remembered) {
            for delegate in 0..PEOPLE {
                let expected = votes.get(&delegate).cloned().unwrap_or_default();
                prop_assert_eq!(life.votes(delegate, epoch), expected, "{} at {}", delegate, epoch);
            }
        }
    }

    #[test]
    fn the_latest_votes_are_the_delegated_balances(acts in prop::collection::vec(act(), 0..60)) {
        let life = Life::run(&acts);
        for delegate in 0..PEOPLE {
            let expected = life.delegated().remove(&delegate).unwrap_or_default();
            prop_assert_eq!(life.votes(delegate, life.epoch), expected);
        }
    }

    #[test]
    fn who_never_delegates_leaves_no_checkpoint(acts in prop::collection::vec(act(), 0..60)) {
        let undelegated: Vec<Act> =
            acts.into_iter().filter(|act| !matches!(act, Act::Delegate { .. })).collect();
        prop_assert!(Life::run(&undelegated).checkpoints.is_empty());
    }

    #[test]
    fn a_message_moves_only_what_differs_in_the_end(tokens in any::<u64>(), delegate in person()) {
        let mut shifts = Shifts::default();
        shifts.leave(delegate, &tokens.into());
        shifts.join(delegate, &tokens.into());
        prop_assert_eq!(shifts.net().count(), 0);
    }

    #[test]
    fn a_timepoint_is_past_when_its_epoch_is_over(timepoint in any::<u128>(), clock in 0u64..1 << 40) {
        let past = past_epoch(&BigInt::from(timepoint), clock);
        prop_assert_eq!(past.is_some(), timepoint < u128::from(clock));
        prop_assert_eq!(past_epoch(&clock.into(), clock), None);
        prop_assert_eq!(past_epoch(&clock.into(), clock + 1), Some(clock));
    }

    #[test]
    fn votes_never_fall_below_zero(votes in any::<u64>(), by in any::<i64>()) {
        let after = i128::from(votes) + i128::from(by);
        prop_assert_eq!(shifted(&votes.into(), &by.into()), (after >= 0).then(|| after.into()));
    }
}

#[test]
fn those_who_lose_come_before_those_who_win() {
    let mut shifts = Shifts::default();
    shifts.join(1, &5.into());
    shifts.leave(2, &3.into());
    shifts.leave(3, &BigInt::zero());
    let order: Vec<(u64, BigInt)> = shifts
        .net()
        .map(|(delegate, by)| (delegate, by.clone()))
        .collect();
    assert_eq!(order, [(2, (-3).into()), (1, 5.into())]);
}

#[test]
fn a_neighbours_checkpoint_answers_for_nobody_else() {
    let last = |_| Ok::<_, Infallible>(Some(((6, 90), BigInt::from(7))));
    assert_eq!(votes_at((7, 100), last), Ok(BigInt::zero()));
    assert_eq!(votes_at((6, 100), last), Ok(BigInt::from(7)));
}
