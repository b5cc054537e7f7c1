//! Allowing others to spend.

use alloy_primitives::U256;

use super::{Erc20Stage, SUPPLY, units};
use crate::Nobody;
use crate::conformance::{Cast, Refusal};

pub(super) fn an_approval_is_the_allowance_and_is_logged(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    let approved = [s.approved(&maker, &spender, units(7))];
    assert!(s.approve(&maker, &spender, units(7)).emits(&approved).ok());
    assert_eq!(s.allowance(&maker, &spender), units(7));
    assert_eq!(s.balance(&maker), units(SUPPLY));
    assert_eq!(s.balance(&spender), units(0));
}

pub(super) fn an_approval_replaces_the_one_before(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    s.approve(&maker, &spender, units(7)).ok();
    for value in [units(5), units(9), units(9), U256::MAX, units(1)] {
        let approved = [s.approved(&maker, &spender, value)];
        assert!(s.approve(&maker, &spender, value).emits(&approved).ok());
        assert_eq!(s.allowance(&maker, &spender), value);
    }
}

pub(super) fn an_approval_of_nothing_ends_the_one_before(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    s.approve(&maker, &spender, units(7)).ok();
    for _ in 0..2 {
        let approved = [s.approved(&maker, &spender, units(0))];
        assert!(s.approve(&maker, &spender, units(0)).emits(&approved).ok());
        assert_eq!(s.allowance(&maker, &spender), units(0));
    }
}

pub(super) fn an_approval_needs_no_tokens(s: &mut Erc20Stage) {
    let Cast {
        spender, stranger, ..
    } = s.cast.clone();
    assert!(s.approve(&stranger, &spender, units(SUPPLY + 1)).ok());
    assert_eq!(s.allowance(&stranger, &spender), units(SUPPLY + 1));
}

pub(super) fn an_approval_is_for_one_spender_of_one_owner(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        stranger,
    } = s.cast.clone();
    s.approve(&maker, &spender, units(7)).ok();
    s.approve(&maker, &stranger, units(8)).ok();
    s.approve(&recipient, &spender, units(9)).ok();
    let allowed = [
        (&maker, &spender, 7),
        (&maker, &stranger, 8),
        (&recipient, &spender, 9),
        (&recipient, &stranger, 0),
        (&spender, &maker, 0),
    ];
    for (owner, spender, value) in allowed {
        assert_eq!(
            s.allowance(owner, spender),
            units(value),
            "{owner:?}, {spender:?}"
        );
    }
}

pub(super) fn an_owner_may_approve_themselves(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    assert!(s.approve(&maker, &maker, units(7)).ok());
    assert_eq!(s.allowance(&maker, &maker), units(7));
}

pub(super) fn nothing_is_approved_for_0x0(s: &mut Erc20Stage) {
    let maker = s.cast.maker.clone();
    let answer = s.approve(&maker, Nobody, units(7));
    s.refused(answer, &Refusal::Spender(s.eth(Nobody)));
}
