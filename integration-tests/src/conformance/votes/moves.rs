//! What moving, making and destroying tokens does to votes.

use super::{Erc20Stage, units};
use crate::Nobody;
use crate::conformance::{Cast, SUPPLY};

pub(super) fn a_transfer_moves_votes_between_delegates(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    s.delegate(&recipient, &spender).ok();
    let logs = [
        s.moved(&maker, &recipient, units(7)),
        s.recounted(&maker, SUPPLY, SUPPLY - 7),
        s.recounted(&spender, 0, 7),
    ];
    s.transfer(&maker, &recipient, units(7)).emits(&logs).ok();
    assert_eq!(s.votes(&maker), units(SUPPLY - 7));
    assert_eq!(s.votes(&spender), units(7));
    assert_eq!(s.votes(&recipient), units(0));
}

pub(super) fn a_transfer_within_one_delegate_moves_no_votes(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.delegate(&maker, &spender).ok();
    s.delegate(&recipient, &spender).ok();
    let logs = [s.moved(&maker, &recipient, units(7))];
    s.transfer(&maker, &recipient, units(7)).emits(&logs).ok();
    assert_eq!(s.votes(&spender), units(SUPPLY));
}

pub(super) fn a_transfer_to_somebody_who_has_not_delegated_ends_votes(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    let logs = [
        s.moved(&maker, &stranger, units(7)),
        s.recounted(&maker, SUPPLY, SUPPLY - 7),
    ];
    s.transfer(&maker, &stranger, units(7)).emits(&logs).ok();
    assert_eq!(s.votes(&maker), units(SUPPLY - 7));
    assert_eq!(s.votes(&stranger), units(0));
}

pub(super) fn a_transfer_from_somebody_who_has_not_delegated_makes_votes(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.delegate(&recipient, &recipient).ok();
    let logs = [
        s.moved(&maker, &recipient, units(7)),
        s.recounted(&recipient, 0, 7),
    ];
    s.transfer(&maker, &recipient, units(7)).emits(&logs).ok();
    assert_eq!(s.votes(&recipient), units(7));
    assert_eq!(s.votes(&maker), units(0));
}

pub(super) fn a_transfer_to_oneself_moves_no_votes(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    s.delegate(&maker, &maker).ok();
    let logs = [s.moved(&maker, &maker, units(7))];
    s.transfer(&maker, &maker, units(7)).emits(&logs).ok();
    assert_eq!(s.votes(&maker), units(SUPPLY));
}

pub(super) fn a_transfer_of_nothing_moves_no_votes(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    s.delegate(&recipient, &recipient).ok();
    let logs = [s.moved(&maker, &recipient, units(0))];
    s.transfer(&maker, &recipient, units(0)).emits(&logs).ok();
    assert_eq!(s.votes(&maker), units(SUPPLY));
}

pub(super) fn a_spender_moves_votes_as_a_holder_does(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.delegate(&maker, &maker).ok();
    s.delegate(&recipient, &recipient).ok();
    s.approve(&maker, &spender, units(7)).ok();
    let logs = [
        s.moved(&maker, &recipient, units(7)),
        s.recounted(&maker, SUPPLY, SUPPLY - 7),
        s.recounted(&recipient, 0, 7),
    ];
    s.spend(&spender, &maker, &recipient, units(7)).emits(&logs).ok();
}

pub(super) fn new_tokens_are_votes_of_their_holders_delegate(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    s.delegate(&recipient, &recipient).ok();
    for (to, votes) in [(&recipient, true), (&stranger, false)] {
        let mint = s.subject.mint(s.eth(to), units(7));
        let mut logs = vec![s.moved(Nobody, to, units(7))];
        logs.extend(votes.then(|| s.recounted(to, 0, 7)));
        s.calldata(&maker, mint).emits(&logs).ok();
    }
    assert_eq!(s.votes(&recipient), units(7));
    assert_eq!(s.votes(&stranger), units(0));
}

pub(super) fn destroyed_tokens_are_votes_no_more(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.delegate(&maker, &recipient).ok();
    let burn = s.subject.burn(units(7));
    let logs = [
        s.moved(&maker, Nobody, units(7)),
        s.recounted(&recipient, SUPPLY, SUPPLY - 7),
    ];
    s.calldata(&maker, burn).emits(&logs).ok();
    assert_eq!(s.votes(&recipient), units(SUPPLY - 7));
}
