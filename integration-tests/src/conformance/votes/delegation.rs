//! Who votes for whose tokens.

use super::{Erc20Stage, units};
use crate::Nobody;
use crate::conformance::{Cast, SUPPLY};

pub(super) fn tokens_are_no_votes_before_they_are_delegated(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    assert_eq!(s.votes(&maker), units(0));
    s.require_delegate(&maker, Nobody);
}

pub(super) fn a_holder_who_delegates_to_themselves_has_votes(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    let logs = [
        s.redelegated(&maker, Nobody, &maker),
        s.recounted(&maker, 0, SUPPLY),
    ];
    s.delegate(&maker, &maker).emits(&logs).ok();
    s.require_delegate(&maker, &maker);
    assert_eq!(s.votes(&maker), units(SUPPLY));
    assert_eq!(s.balance(&maker), units(SUPPLY));
}

pub(super) fn a_holder_who_delegates_to_another_gives_them_votes(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    let logs = [
        s.redelegated(&maker, Nobody, &stranger),
        s.recounted(&stranger, 0, SUPPLY),
    ];
    s.delegate(&maker, &stranger).emits(&logs).ok();
    s.require_delegate(&maker, &stranger);
    s.require_delegate(&stranger, Nobody);
    assert_eq!(s.votes(&maker), units(0));
    assert_eq!(s.votes(&stranger), units(SUPPLY));
    assert_eq!(s.balance(&stranger), units(0));
}

pub(super) fn a_new_delegation_moves_the_votes(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.delegate(&maker, &recipient).ok();
    let logs = [
        s.redelegated(&maker, &recipient, &spender),
        s.recounted(&recipient, SUPPLY, 0),
        s.recounted(&spender, 0, SUPPLY),
    ];
    s.delegate(&maker, &spender).emits(&logs).ok();
    s.require_delegate(&maker, &spender);
    assert_eq!(s.votes(&recipient), units(0));
    assert_eq!(s.votes(&spender), units(SUPPLY));
}

pub(super) fn a_delegation_to_0x0_ends_the_one_before(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    s.delegate(&maker, &maker).ok();
    let logs = [
        s.redelegated(&maker, &maker, Nobody),
        s.recounted(&maker, SUPPLY, 0),
    ];
    s.delegate(&maker, Nobody).emits(&logs).ok();
    s.require_delegate(&maker, Nobody);
    assert_eq!(s.votes(&maker), units(0));
    assert_eq!(s.votes(Nobody), units(0));
}

pub(super) fn a_delegation_that_was_there_moves_nothing(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.delegate(&maker, &recipient).ok();
    let logs = [s.redelegated(&maker, &recipient, &recipient)];
    s.delegate(&maker, &recipient).emits(&logs).ok();
    assert_eq!(s.votes(&recipient), units(SUPPLY));
}

pub(super) fn whoever_has_nothing_delegates_what_comes_later(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    let logs = [s.redelegated(&stranger, Nobody, &recipient)];
    s.delegate(&stranger, &recipient).emits(&logs).ok();
    assert_eq!(s.votes(&recipient), units(0));
    s.transfer(&maker, &stranger, units(7)).ok();
    assert_eq!(s.votes(&recipient), units(7));
    assert_eq!(s.votes(&stranger), units(0));
}

pub(super) fn votes_of_several_holders_add_up(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.transfer(&maker, &recipient, units(7)).ok();
    s.delegate(&recipient, &spender).ok();
    let logs = [
        s.redelegated(&maker, Nobody, &spender),
        s.recounted(&spender, 7, SUPPLY),
    ];
    s.delegate(&maker, &spender).emits(&logs).ok();
    s.delegate(&recipient, Nobody).ok();
    assert_eq!(s.votes(&spender), units(SUPPLY - 7));
}

pub(super) fn delegated_votes_are_not_delegated_further(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.transfer(&maker, &recipient, units(7)).ok();
    s.delegate(&maker, &recipient).ok();
    s.delegate(&recipient, &spender).ok();
    assert_eq!(s.votes(&recipient), units(SUPPLY - 7));
    assert_eq!(s.votes(&spender), units(7));
}
