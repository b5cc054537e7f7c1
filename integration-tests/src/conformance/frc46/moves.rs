//! Moving tokens, one's own or on an allowance.

use holdfast_localnet::Kind;

use super::{Frc46Refusal, Frc46Stage};
use crate::conformance::Cast;

pub(super) fn a_transfer_moves_tokens_and_tells_both_balances(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let all = s.supply();
    for (amount, sum) in [(7, 7), (3, 10)] {
        let told = s.transfer(&maker, &recipient, s.amount(amount)).ok();
        assert_eq!(
            (&told.from_balance, &told.to_balance),
            (&(&all - s.amount(sum)), &s.amount(sum))
        );
        assert_eq!(s.balance(&maker), told.from_balance);
        assert_eq!(s.balance(&recipient), told.to_balance);
    }
    let told = s.transfer(&maker, &recipient, &all - s.amount(10)).ok();
    assert_eq!((told.from_balance, told.to_balance), (s.amount(0), all.clone()));
    assert_eq!(s.supply(), all);
}

pub(super) fn a_transfer_of_nothing_is_one(s: &mut Frc46Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    let all = s.supply();
    let told = s.transfer(&maker, &stranger, s.amount(0)).ok();
    assert_eq!((&told.from_balance, told.to_balance), (&all, s.amount(0)));
    let told = s.transfer(&stranger, &maker, s.amount(0)).ok();
    assert_eq!((told.from_balance, told.to_balance), (s.amount(0), all));
}

pub(super) fn a_transfer_to_oneself_needs_the_balance_and_changes_nothing(s: &mut Frc46Stage) {
    let maker = s.cast.maker.clone();
    let all = s.supply();
    let told = s.transfer(&maker, &maker, all.clone()).ok();
    assert_eq!((&told.from_balance, &told.to_balance), (&all, &all));
    assert_eq!(s.balance(&maker), all);
    let answer = s.transfer(&maker, &maker, all + s.amount(1));
    s.refused(answer, Frc46Refusal::Balance);
}

pub(super) fn nobody_transfers_more_than_they_have(s: &mut Frc46Stage) {
    let Cast { maker, stranger, .. } = s.cast.clone();
    let more = s.supply() + s.amount(1);
    let answer = s.transfer(&maker, &stranger, more);
    s.refused(answer, Frc46Refusal::Balance);
    let answer = s.transfer(&stranger, &maker, s.amount(1));
    s.refused(answer, Frc46Refusal::Balance);
}

pub(super) fn negative_transfers_are_refused(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(5)).ok();
    let answer = s.transfer(&maker, &recipient, -s.amount(1));
    s.refused(answer, Frc46Refusal::Amount);
    let answer = s.transfer_from(&recipient, &maker, &recipient, -s.amount(1));
    s.refused(answer, Frc46Refusal::Amount);
}

pub(super) fn every_form_of_an_address_is_the_same_holder(s: &mut Frc46Stage) {
    let Cast { maker, spender, .. } = s.cast.clone();
    let id = s.w.id(&spender);
    s.transfer(&maker, id, s.amount(3)).ok();
    let told = s.transfer(&maker, &spender, s.amount(4)).ok();
    assert_eq!(told.to_balance, s.amount(7));
    assert_eq!((s.balance(id), s.balance(&spender)), (s.amount(7), s.amount(7)));
}

pub(super) fn an_address_without_actor_gets_one_by_receiving(s: &mut Frc46Stage) {
    let maker = s.cast.maker.clone();
    for kind in Kind::ALL {
        let new = s.w.account(kind, 500);
        let told = s.transfer(&maker, &new, s.amount(7)).ok();
        assert_eq!(told.to_balance, s.amount(7));
        assert_eq!(s.balance(s.w.id(&new)), s.amount(7));
    }
}

pub(super) fn an_operator_moves_tokens_and_has_less_left(s: &mut Frc46Stage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    let all = s.supply();
    s.increase(&maker, &recipient, s.amount(10)).ok();
    for (amount, sum) in [(7, 7), (0, 7), (3, 10)] {
        let told = s
            .transfer_from(&recipient, &maker, &stranger, s.amount(amount))
            .ok();
        assert_eq!(
            (told.from_balance, told.to_balance),
            (&all - s.amount(sum), s.amount(sum))
        );
        assert_eq!(told.allowance, s.amount(10 - sum));
        assert_eq!(s.allowance(&maker, &recipient), told.allowance);
    }
}

pub(super) fn nobody_moves_more_than_they_are_allowed(s: &mut Frc46Stage) {
    let Cast {
        maker,
        recipient,
        stranger,
        ..
    } = s.cast.clone();
    s.increase(&maker, &recipient, s.amount(10)).ok();
    for (operator, amount) in [(&recipient, 11), (&stranger, 1)] {
        let answer = s.transfer_from(operator, &maker, operator, s.amount(amount));
        s.refused(answer, Frc46Refusal::Allowance);
    }
}

pub(super) fn nobody_moves_more_than_the_owner_has(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let more = s.supply() + s.amount(1);
    s.increase(&maker, &recipient, more.clone()).ok();
    let answer = s.transfer_from(&recipient, &maker, &recipient, more.clone());
    s.refused(answer, Frc46Refusal::Balance);
    assert_eq!(s.allowance(&maker, &recipient), more);
}

pub(super) fn nobody_is_their_own_operator(s: &mut Frc46Stage) {
    let Cast { maker, recipient, .. } = s.cast.clone();
    let answer = s.transfer_from(&maker, &maker, &recipient, s.amount(1));
    s.refused(answer, Frc46Refusal::Operator);
}
