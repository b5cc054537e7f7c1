//! Destroying tokens, one's own or on an allowance.

use super::{Frc46Refusal, Frc46Stage};
use crate::conformance::Cast;

pub(super) fn a_holder_burns_and_the_supply_is_lower(s: &mut Frc46Stage) {
    let maker = s.cast.maker.clone();
    let all = s.supply();
    for (burnt, sum) in [(7, 7), (0, 7), (3, 10)] {
        let told = s.burn(&maker, s.amount(burnt)).ok();
        assert_eq!(told.balance, &all - s.amount(sum));
        assert_eq!(s.balance(&maker), told.balance);
        assert_eq!(s.supply(), told.balance);
    }
}

pub(super) fn nobody_burns_more_than_they_have(s: &mut Frc46Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    let more = s.supply() + s.amount(1);
    let answer = s.burn(&maker, more);
    s.refused(answer, Frc46Refusal::Balance);
    let answer = s.burn(&stranger, s.amount(1));
    s.refused(answer, Frc46Refusal::Balance);
    let answer = s.burn(&maker, -s.amount(1));
    s.refused(answer, Frc46Refusal::Amount);
}

pub(super) fn an_operator_burns_on_an_allowance(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let all = s.supply();
    s.increase(&maker, &recipient, s.amount(10)).ok();
    for (burnt, sum) in [(7, 7), (3, 10)] {
        let told = s.burn_from(&recipient, &maker, s.amount(burnt)).ok();
        assert_eq!(told.balance, &all - s.amount(sum));
        assert_eq!(told.allowance, s.amount(10 - sum));
        assert_eq!(s.allowance(&maker, &recipient), told.allowance);
        assert_eq!(s.supply(), told.balance);
    }
}

pub(super) fn nobody_burns_more_than_they_are_allowed(s: &mut Frc46Stage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(10)).ok();
    for (operator, amount) in [(&recipient, 11), (&stranger, 1)] {
        let answer = s.burn_from(operator, &maker, s.amount(amount));
        s.refused(answer, Frc46Refusal::Allowance);
    }
}

pub(super) fn nobody_burns_more_than_the_owner_has(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let more = s.supply() + s.amount(1);
    s.increase(&maker, &recipient, more.clone()).ok();
    let answer = s.burn_from(&recipient, &maker, more.clone());
    s.refused(answer, Frc46Refusal::Balance);
    assert_eq!(s.allowance(&maker, &recipient), more);
}
