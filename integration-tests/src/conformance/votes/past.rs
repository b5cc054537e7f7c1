//! What the past says. Votes are counted at the end of an epoch, so only epochs that have ended are answered.

use alloy_primitives::U256;
use alloy_sol_types::SolCall;

use super::{Erc20Stage, at, getPastTotalSupplyCall, getPastVotesCall, units};
use crate::conformance::erc20::IERC20Metadata::transferCall;
use crate::conformance::{Cast, Refusal, SUPPLY};

pub(super) fn every_past_epoch_answers_with_the_votes_that_it_ended_with(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let mut told = vec![(s.epoch(), units(0), units(0))];
    s.delegate(&maker, &maker).ok();
    told.push((s.epoch(), units(SUPPLY), units(0)));
    s.delegate(&recipient, &recipient).ok();
    told.push((s.epoch(), units(SUPPLY), units(0)));
    for value in 1..=20 {
        s.w.advance(value % 4);
        told.push((s.epoch(), s.votes(&maker), s.votes(&recipient)));
        let (from, to) = if value % 3 == 0 {
            (&recipient, &maker)
        } else {
            (&maker, &recipient)
        };
        s.transfer(from, to, units(value)).ok();
        told.push((s.epoch(), s.votes(&maker), s.votes(&recipient)));
    }
    for (epoch, of_maker, of_recipient) in told {
        assert_eq!(s.past_votes(&maker, epoch), of_maker, "at epoch {epoch}");
        assert_eq!(s.past_votes(&recipient, epoch), of_recipient, "at epoch {epoch}");
        assert_eq!(s.past_supply(epoch), units(SUPPLY), "at epoch {epoch}");
    }
}

pub(super) fn every_past_epoch_answers_with_the_supply_that_it_ended_with(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    let mut told = vec![(s.epoch(), SUPPLY)];
    let to = s.eth(&stranger);
    for (calldata, supply) in [
        (s.subject.mint(to, units(5)), SUPPLY + 5),
        (s.subject.burn(units(9)), SUPPLY - 4),
        (s.subject.mint(to, units(0)), SUPPLY - 4),
        (s.subject.burn(units(SUPPLY - 9)), 5),
    ] {
        s.calldata(&maker, calldata).ok();
        s.w.advance(2);
        told.push((s.epoch(), supply));
    }
    for (epoch, supply) in told {
        assert_eq!(s.past_supply(epoch), units(supply), "at epoch {epoch}");
    }
}

pub(super) fn there_was_nothing_before_the_first_change(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    s.w.advance(3);
    assert_eq!(s.past_votes(&maker, 0), units(0));
    assert_eq!(s.past_supply(0), units(0));
    assert_eq!(s.past_votes(&stranger, s.epoch()), units(0));
}

pub(super) fn an_epoch_that_has_not_ended_is_not_answered(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    s.delegate(&maker, &maker).ok();
    let account = s.eth(&maker);
    let far = (U256::from(1) << 48) + units(1);
    for ahead in [
        units(0),
        units(1),
        units(1_000_000),
        far,
        U256::MAX - units(1_000),
    ] {
        let clock = at(s.epoch() + 1);
        let timepoint = clock + ahead;
        let why = Refusal::FutureLookup { timepoint, clock };
        let votes = s.call(&maker, getPastVotesCall { account, timepoint });
        s.refused(votes, &why);
        let (clock, timepoint) = (clock + units(1), timepoint + units(1));
        let why = Refusal::FutureLookup { timepoint, clock };
        let supply = s.call(&maker, getPastTotalSupplyCall { timepoint });
        s.refused(supply, &why);
    }
}

/// A message that asks for the epoch in which it runs is refused even after the change, and the epoch before stays as it was.
pub(super) fn a_change_is_not_seen_by_its_own_epoch(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    s.w.advance(2);
    let (account, now) = (s.eth(&maker), s.epoch() + 1);
    let transfer = transferCall {
        to: s.eth(&stranger),
        value: units(7),
    };
    let ask = |epoch| {
        let timepoint = at(epoch);
        getPastVotesCall { account, timepoint }.abi_encode()
    };
    let messages = [
        (&maker, transfer.abi_encode()),
        (&maker, ask(now)),
        (&maker, ask(now - 1)),
    ];
    let [moved, current, last] = s.together(messages);
    assert_eq!(s.epoch(), now);
    moved.ok();
    let (clock, timepoint) = (at(now), at(now));
    s.refused(current, &Refusal::FutureLookup { timepoint, clock });
    assert_eq!(last.ok(), units(SUPPLY).to_be_bytes_vec());
    assert_eq!(s.past_votes(&maker, now), units(SUPPLY - 7));
}

pub(super) fn the_changes_of_one_epoch_are_one(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    s.delegate(&recipient, &recipient).ok();
    s.w.advance(2);
    let before = s.epoch();
    let to = s.eth(&recipient);
    let transfer = |value| {
        let value = units(value);
        (&maker, transferCall { to, value }.abi_encode())
    };
    let mint = (&maker, s.subject.mint(to, units(50)));
    let burn = (&maker, s.subject.burn(units(20)));
    let answers = s.together([transfer(1), mint, transfer(10), burn, transfer(100)]);
    for answer in answers {
        answer.ok();
    }
    assert_eq!(s.epoch(), before + 1, "all ran in one epoch");
    s.w.advance(2);
    let counted = |s: &Erc20Stage, epoch| {
        let of = |who| s.past_votes(who, epoch);
        (of(&maker), of(&recipient), s.past_supply(epoch))
    };
    let was = (units(SUPPLY), units(0), units(SUPPLY));
    let is = (units(SUPPLY - 131), units(161), units(SUPPLY + 30));
    assert_eq!(counted(s, before), was);
    assert_eq!(counted(s, before + 1), is);
    assert_eq!(counted(s, before + 2), is);
}
