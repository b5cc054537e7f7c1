//! Tokens that are made and destroyed. EIP-20 says what is logged then, and leaves to the subject who may.

use alloy_primitives::U256;

use super::{Erc20Stage, SUPPLY, units};
use crate::Nobody;
use crate::answer::REVERTED;
use crate::conformance::{Cast, Refusal};

pub(super) fn new_tokens_come_from_0x0_and_raise_the_supply(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let mint = s.subject.mint(s.eth(&recipient), units(7));
    let made = [s.moved(Nobody, &recipient, units(7))];
    s.calldata(&maker, mint).emits(&made).ok();
    assert_eq!(s.balance(&recipient), units(7));
    assert_eq!(s.balance(&maker), units(SUPPLY));
    assert_eq!(s.supply(), units(SUPPLY + 7));
}

pub(super) fn destroyed_tokens_go_to_0x0_and_lower_the_supply(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    for (value, left) in [(7, SUPPLY - 7), (SUPPLY - 7, 0)] {
        let burn = s.subject.burn(units(value));
        let gone = [s.moved(&maker, Nobody, units(value))];
        s.calldata(&maker, burn).emits(&gone).ok();
        assert_eq!(s.balance(&maker), units(left));
        assert_eq!(s.supply(), units(left));
    }
}

pub(super) fn nobody_destroys_more_than_they_have(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    let burn = s.subject.burn(units(SUPPLY + 1));
    let answer = s.calldata(&maker, burn);
    let why = Refusal::Balance {
        holder: s.eth(&maker),
        has: units(SUPPLY),
        needs: units(SUPPLY + 1),
    };
    s.refused(answer, &why);
}

pub(super) fn nothing_is_made_for_0x0(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    let mint = s.subject.mint(s.eth(Nobody), units(7));
    let answer = s.calldata(&maker, mint);
    s.refused(answer, &Refusal::Receiver(s.eth(Nobody)));
}

pub(super) fn there_are_never_more_tokens_than_a_word_can_count(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let mint = s.subject.mint(s.eth(&recipient), U256::MAX - units(SUPPLY - 1));
    s.calldata(&maker, mint).refused(REVERTED);
    assert_eq!(s.supply(), units(SUPPLY));
}
