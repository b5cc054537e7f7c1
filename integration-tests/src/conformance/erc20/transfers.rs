//! Moving one's own tokens.

use alloy_primitives::U256;
use holdfast_localnet::Kind;

use super::{Erc20Stage, SUPPLY, units};
use crate::Nobody;
use crate::conformance::{Cast, Refusal};

pub(super) fn a_transfer_moves_tokens_and_is_logged(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let moved = [s.moved(&maker, &recipient, units(7))];
    assert!(s.transfer(&maker, &recipient, units(7)).emits(&moved).ok());
    assert_eq!(s.balance(&maker), units(SUPPLY - 7));
    assert_eq!(s.balance(&recipient), units(7));
    assert_eq!(s.supply(), units(SUPPLY));
}

pub(super) fn a_transfer_of_everything_leaves_nothing(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let moved = [s.moved(&maker, &recipient, units(SUPPLY))];
    assert!(s.transfer(&maker, &recipient, units(SUPPLY)).emits(&moved).ok());
    assert_eq!(s.balance(&maker), units(0));
    assert_eq!(s.balance(&recipient), units(SUPPLY));
}

pub(super) fn a_transfer_of_nothing_is_one_and_is_logged(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    for (from, to) in [(&maker, &stranger), (&stranger, &maker)] {
        let moved = [s.moved(from, to, units(0))];
        assert!(s.transfer(from, to, units(0)).emits(&moved).ok());
    }
    assert_eq!(s.balance(&maker), units(SUPPLY));
    assert_eq!(s.balance(&stranger), units(0));
}

pub(super) fn a_transfer_to_oneself_changes_nothing_and_is_logged(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    let moved = [s.moved(&maker, &maker, units(SUPPLY))];
    assert!(s.transfer(&maker, &maker, units(SUPPLY)).emits(&moved).ok());
    assert_eq!(s.balance(&maker), units(SUPPLY));
    assert_eq!(s.supply(), units(SUPPLY));
}

pub(super) fn a_transfer_reaches_an_address_that_has_never_been_used(s: &mut Erc20Stage) {
    let (maker, unused) = (s.cast.maker.clone(), s.w.account(Kind::Eth, 500));
    let moved = [s.moved(&maker, &unused, units(7))];
    assert!(s.transfer(&maker, &unused, units(7)).emits(&moved).ok());
    assert_eq!(s.balance(&unused), units(7));
}

pub(super) fn nobody_transfers_more_than_they_have(s: &mut Erc20Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    for (from, to, has, needs) in [
        (&maker, &stranger, SUPPLY, units(SUPPLY + 1)),
        (&maker, &stranger, SUPPLY, U256::MAX),
        (&stranger, &maker, 0, units(1)),
    ] {
        let answer = s.transfer(from, to, needs);
        let (holder, has) = (s.eth(from), units(has));
        s.refused(answer, &Refusal::Balance { holder, has, needs });
    }
}

pub(super) fn nobody_transfers_more_than_they_have_to_themselves(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    let answer = s.transfer(&maker, &maker, units(SUPPLY + 1));
    let why = Refusal::Balance {
        holder: s.eth(&maker),
        has: units(SUPPLY),
        needs: units(SUPPLY + 1),
    };
    s.refused(answer, &why);
}

pub(super) fn nothing_is_transferred_to_0x0(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    for value in [units(7), units(0)] {
        let answer = s.transfer(&maker, Nobody, value);
        s.refused(answer, &Refusal::Receiver(s.eth(Nobody)));
    }
}
