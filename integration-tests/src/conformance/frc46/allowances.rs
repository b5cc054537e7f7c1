//! Allowing others to spend.

use super::{Frc46Refusal, Frc46Stage};
use crate::conformance::Cast;

pub(super) fn an_increase_adds_to_the_allowance(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    for (increase, allowance) in [(5, 5), (7, 12), (0, 12)] {
        let told = s.increase(&maker, &recipient, s.amount(increase)).ok();
        assert_eq!(told, s.amount(allowance));
        assert_eq!(s.allowance(&maker, &recipient), s.amount(allowance));
    }
}

pub(super) fn a_decrease_lowers_the_allowance_at_most_to_zero(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(5)).ok();
    for (decrease, allowance) in [(2, 3), (0, 3), (4, 0), (1, 0)] {
        let told = s.decrease(&maker, &recipient, s.amount(decrease)).ok();
        assert_eq!(told, s.amount(allowance));
        assert_eq!(s.allowance(&maker, &recipient), s.amount(allowance));
    }
}

pub(super) fn a_revocation_ends_the_allowance(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(5)).ok();
    for _ in 0..2 {
        s.revoke(&maker, &recipient).ok();
        assert_eq!(s.allowance(&maker, &recipient), s.amount(0));
    }
}

pub(super) fn an_allowance_is_for_one_operator_of_one_owner(s: &mut Frc46Stage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(5)).ok();
    s.increase(&maker, &stranger, s.amount(6)).ok();
    s.increase(&stranger, &recipient, s.amount(7)).ok();
    s.revoke(&maker, &recipient).ok();
    let allowed = [
        (&maker, &recipient, 0),
        (&maker, &stranger, 6),
        (&stranger, &recipient, 7),
        (&recipient, &maker, 0),
    ];
    for (owner, operator, amount) in allowed {
        let found = s.allowance(owner, operator);
        assert_eq!(found, s.amount(amount), "{owner:?}, {operator:?}");
    }
}

pub(super) fn an_allowance_needs_no_tokens(s: &mut Frc46Stage) {
    let Cast {
        recipient, stranger, ..
    } = s.cast.clone();
    let told = s.increase(&stranger, &recipient, s.amount(5)).ok();
    assert_eq!(told, s.amount(5));
}

pub(super) fn negative_changes_are_refused(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(5)).ok();
    let raised = s.increase(&maker, &recipient, -s.amount(1));
    s.refused(raised, Frc46Refusal::Amount);
    let lowered = s.decrease(&maker, &recipient, -s.amount(1));
    s.refused(lowered, Frc46Refusal::Amount);
}
