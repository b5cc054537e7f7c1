//! Moving the tokens of somebody who has allowed it.

use alloy_primitives::U256;

use super::{Erc20Stage, SUPPLY, units};
use crate::Nobody;
use crate::answer::REVERTED;
use crate::conformance::{Cast, Refusal};

pub(super) fn a_spender_moves_what_is_allowed_and_has_less_left(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    s.approve(&maker, &spender, units(10)).ok();
    for (value, left) in [(7, 3), (3, 0)] {
        let moved = [s.moved(&maker, &recipient, units(value))];
        assert!(
            s.spend(&spender, &maker, &recipient, units(value))
                .emits(&moved)
                .ok()
        );
        assert_eq!(s.allowance(&maker, &spender), units(left));
    }
    assert_eq!(s.balance(&maker), units(SUPPLY - 10));
    assert_eq!(s.balance(&recipient), units(10));
    assert_eq!(s.balance(&spender), units(0));
}

pub(super) fn a_spender_may_take_everything_for_themselves(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    s.approve(&maker, &spender, units(SUPPLY)).ok();
    assert!(s.spend(&spender, &maker, &spender, units(SUPPLY)).ok());
    assert_eq!(s.balance(&maker), units(0));
    assert_eq!(s.balance(&spender), units(SUPPLY));
}

pub(super) fn a_spender_moves_nothing_without_an_allowance(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    let moved = [s.moved(&maker, &recipient, units(0))];
    assert!(s.spend(&spender, &maker, &recipient, units(0)).emits(&moved).ok());
}

pub(super) fn an_endless_allowance_stays(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    s.approve(&maker, &spender, U256::MAX).ok();
    assert!(s.spend(&spender, &maker, &spender, units(7)).ok());
    assert_eq!(s.allowance(&maker, &spender), U256::MAX);
}

pub(super) fn the_largest_finite_allowance_is_spent(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    let finite = U256::MAX - units(1);
    s.approve(&maker, &spender, finite).ok();
    assert!(s.spend(&spender, &maker, &spender, units(7)).ok());
    assert_eq!(s.allowance(&maker, &spender), finite - units(7));
}

pub(super) fn nobody_spends_more_than_they_are_allowed(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        stranger,
    } = s.cast.clone();
    s.approve(&maker, &spender, units(7)).ok();
    for (who, has, needs) in [
        (&spender, 7, units(8)),
        (&spender, 7, U256::MAX),
        (&stranger, 0, units(1)),
    ] {
        let answer = s.spend(who, &maker, &recipient, needs);
        let (spender, has) = (s.eth(who), units(has));
        s.refused(answer, &Refusal::Allowance { spender, has, needs });
    }
    assert_eq!(s.allowance(&maker, &spender), units(7));
}

pub(super) fn nobody_spends_more_than_the_owner_has(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    for allowed in [units(SUPPLY + 1), U256::MAX] {
        s.approve(&maker, &spender, allowed).ok();
        let answer = s.spend(&spender, &maker, &recipient, units(SUPPLY + 1));
        let why = Refusal::Balance {
            holder: s.eth(&maker),
            has: units(SUPPLY),
            needs: units(SUPPLY + 1),
        };
        s.refused(answer, &why);
        assert_eq!(s.allowance(&maker, &spender), allowed);
    }
}

pub(super) fn an_owner_who_spends_by_allowance_needs_one(s: &mut Erc20Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let answer = s.spend(&maker, &maker, &recipient, units(7));
    let why = Refusal::Allowance {
        spender: s.eth(&maker),
        has: units(0),
        needs: units(7),
    };
    s.refused(answer, &why);
    s.approve(&maker, &maker, units(7)).ok();
    assert!(s.spend(&maker, &maker, &recipient, units(7)).ok());
    assert_eq!(s.allowance(&maker, &maker), units(0));
}

pub(super) fn an_allowance_is_no_right_to_approve(s: &mut Erc20Stage) {
    let Cast {
        maker,
        spender,
        stranger,
        ..
    } = s.cast.clone();
    s.approve(&maker, &spender, units(7)).ok();
    s.approve(&spender, &stranger, units(7)).ok();
    let answer = s.spend(&stranger, &maker, &stranger, units(7));
    let why = Refusal::Allowance {
        spender: s.eth(&stranger),
        has: units(0),
        needs: units(7),
    };
    s.refused(answer, &why);
}

pub(super) fn nothing_is_spent_towards_0x0(s: &mut Erc20Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    s.approve(&maker, &spender, units(7)).ok();
    let answer = s.spend(&spender, &maker, Nobody, units(7));
    s.refused(answer, &Refusal::Receiver(s.eth(Nobody)));
}

/// Why is left open: tokens differ in what they look at first.
pub(super) fn nothing_is_spent_from_0x0(s: &mut Erc20Stage) {
    let Cast {
        spender, recipient, ..
    } = s.cast.clone();
    for value in [units(7), units(0)] {
        s.spend(&spender, Nobody, &recipient, value).refused(REVERTED);
    }
}
