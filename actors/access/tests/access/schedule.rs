//! How calls that are held up are announced, cancelled and made.

use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::events::{OperationCancelled, OperationScheduled};
use holdfast_api::access::{
    ADMIN, Delay, GrantTerms, MAX_OPERATIONS, OperationAt, OperationInfo, Power, READ, Rule, ScheduleParams,
    SetRuleParams, SetTermsParams, SuspendParams, method,
};
use holdfast_runtime::Runtime;
use holdfast_runtime::method::Method;
use holdfast_runtime::runtime::Hash;

use crate::desk::*;
use crate::held_up::*;

#[test]
fn the_world_is_told_what_is_announced() {
    let mut desk = desk(Some(Power::Terms {}));
    let operation = desk
        .schedule::<method::SetTerms>(OWNER, &terms_params(1))
        .unwrap();
    let params = RawBytes::serialize(terms_params(1)).unwrap();
    let text = (OWNER, method::SetTerms::NUMBER, &params, DATA);
    let text = fvm_ipld_encoding::to_vec(&text).unwrap();
    assert_eq!(operation.0, desk.0.hash(Hash::Blake2b256, &text));
    desk.told(OperationScheduled {
        data_set: DATA,
        operation,
        by: OWNER,
        method: method::SetTerms::NUMBER,
        params,
        ready: NOW + DELAY,
        expires: NOW + DELAY + WEEK,
    });
    let info = OperationInfo {
        operation,
        by: OWNER,
        method: method::SetTerms::NUMBER,
        ready: NOW + DELAY,
        expires: NOW + DELAY + WEEK,
    };
    let at = OperationAt {
        data_set: DATA,
        operation,
    };
    assert_eq!(desk.call::<method::GetOperation>(BOB, &at).unwrap(), info);
    assert_eq!(
        desk.call::<method::ListOperations>(BOB, &DATA).unwrap(),
        vec![info]
    );
    desk.refused::<method::ListOperations>(BOB, &7, 64);
}

#[test]
fn an_operation_can_be_put_off_but_not_brought_forward() {
    let case = case::<method::SetTerms>(Power::Terms {}, terms_params(1));
    let longest = 10_512_000;
    for (at, ready) in [
        (NOW - 1, NOW + DELAY),
        (NOW + DELAY + 1, NOW + DELAY + 1),
        (NOW + longest, NOW + longest),
    ] {
        for (epoch, code) in [(ready - 1, 147), (ready, 0), (ready + 1, 0)] {
            let mut desk = desk(Some(Power::Terms {}));
            desk.call::<method::Schedule>(OWNER, &announcement(&case, Some(at)))
                .unwrap();
            assert_eq!(done(desk.at(epoch), OWNER, &case), code, "at {epoch}");
        }
    }
    let mut desk = desk(Some(Power::Terms {}));
    let too_late = announcement(&case, Some(NOW + longest + 1));
    desk.refused::<method::Schedule>(OWNER, &too_late, 140);
}

#[test]
fn only_the_very_same_call_of_the_very_same_caller_was_announced() {
    let mut desk = desk(Some(Power::Terms {}));
    desk.call::<method::SetDelay>(
        OWNER,
        &set_delay(
            Delay::Power {
                power: Power::Content {},
            },
            DELAY,
        ),
    )
    .unwrap();
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.grant(BOB, terms(ADMIN));
    desk.schedule::<method::SetTerms>(BOB, &terms_params(1)).unwrap();
    desk.at(NOW + DELAY);
    desk.refused::<method::SetTerms>(OWNER, &terms_params(1), 146);
    desk.refused::<method::SetTerms>(BOB, &terms_params(2), 146);
    desk.refused::<method::SetContent>(BOB, &set_content(), 146);
    desk.call::<method::SetTerms>(BOB, &terms_params(1)).unwrap();
}

#[test]
fn nobody_announces_what_they_may_not_do() {
    for case in cases() {
        let mut desk = desk(Some(case.power.clone()));
        let refused = desk
            .call::<method::Schedule>(BOB, &announcement(&case, None))
            .unwrap_err();
        assert!(
            [65, 66].contains(&refused.code.value()),
            "{}: {refused}",
            case.name
        );
    }
}

#[test]
fn only_what_can_be_held_up_is_announced_and_only_with_its_own_parameters() {
    let mut desk = desk(Some(Power::Terms {}));
    let good = announcement(&case::<method::SetTerms>(Power::Terms {}, terms_params(1)), None);
    let schedule = |method, params: Vec<u8>| ScheduleParams {
        method,
        params: RawBytes::new(params),
        ..good.clone()
    };
    let number = method::SetTerms::NUMBER;
    let params = good.params.to_vec();
    for never in [method::Revoke::NUMBER, method::Grant::NUMBER, 0, 1] {
        desk.refused::<method::Schedule>(OWNER, &schedule(never, params.clone()), 141);
    }
    let longer = [&params[..], &[0]].concat();
    for nonsense in [
        Vec::new(),
        vec![0xf6],
        params[1..].to_vec(),
        longer,
        vec![0; 7_169],
    ] {
        desk.refused::<method::Schedule>(OWNER, &schedule(number, nonsense), 143);
    }
    let elsewhere = SetTermsParams {
        data_set: 2,
        ..terms_params(1)
    };
    let elsewhere = fvm_ipld_encoding::to_vec(&elsewhere).unwrap();
    desk.refused::<method::Schedule>(OWNER, &schedule(number, elsewhere.clone()), 143);
    let nowhere = ScheduleParams {
        data_set: 2,
        params: RawBytes::new(elsewhere),
        ..good.clone()
    };
    desk.refused::<method::Schedule>(OWNER, &nowhere, 64);
    desk.call::<method::Schedule>(OWNER, &good).unwrap();
}

#[test]
fn the_longest_parameters_fit_into_the_event() {
    let mut desk = desk(Some(Power::Rules {}));
    // Eighty nodes are no policy, but they can be announced: the call itself will be refused.
    let node = |_| holdfast_api::access::Node::Holder {
        token: id(u64::MAX >> 1),
        standard: holdfast_api::access::Standard::Erc20 {},
        least: fvm_shared::econ::TokenAmount::from_atto(fvm_shared::bigint::BigInt::from(1) << 255),
        held_for: u64::MAX,
    };
    let with = |nodes: usize| SetRuleParams {
        data_set: DATA,
        rule: Rule {
            requires: Some((0..nodes).map(node).collect()),
            ..rule()
        },
    };
    let length = |nodes| fvm_ipld_encoding::to_vec(&with(nodes)).unwrap().len();
    let most = (1..).find(|nodes| length(nodes + 1) > 7 << 10).unwrap();
    assert!(length(most) > 7_000);
    desk.schedule::<method::SetRule>(OWNER, &with(most)).unwrap();
    let refused = desk
        .schedule::<method::SetRule>(OWNER, &with(most + 1))
        .unwrap_err();
    assert_eq!(refused.code.value(), 143);
}

#[test]
fn the_same_is_announced_again_only_when_it_has_expired() {
    let expires = NOW + DELAY + WEEK;
    for again in [expires, expires + 1] {
        let mut desk = desk(Some(Power::Terms {}));
        let mut schedule = |epoch| {
            desk.at(epoch)
                .schedule::<method::SetTerms>(OWNER, &terms_params(1))
        };
        schedule(NOW).unwrap();
        assert_eq!(schedule(expires - 1).unwrap_err().code.value(), 144);
        schedule(again).unwrap();
        assert_eq!(desk.call::<method::ListOperations>(BOB, &DATA).unwrap().len(), 1);
        desk.at(again + DELAY);
        desk.call::<method::SetTerms>(OWNER, &terms_params(1)).unwrap();
    }
}

#[test]
fn at_most_sixty_four_operations_are_open_and_expired_ones_make_room() {
    let mut desk = desk(Some(Power::Terms {}));
    for hash in 0..MAX_OPERATIONS as u8 {
        desk.schedule::<method::SetTerms>(OWNER, &terms_params(hash))
            .unwrap();
    }
    let expires = NOW + DELAY + WEEK;
    let refused = desk
        .at(expires - 1)
        .schedule::<method::SetTerms>(OWNER, &terms_params(99));
    assert_eq!(refused.unwrap_err().code.value(), 145);
    desk.at(expires)
        .schedule::<method::SetTerms>(OWNER, &terms_params(99))
        .unwrap();
    assert_eq!(desk.call::<method::ListOperations>(BOB, &DATA).unwrap().len(), 1);
}

#[test]
fn the_owner_the_guardian_and_who_announced_it_cancel() {
    let mut desk = desk(Some(Power::Terms {}));
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.grant(BOB, terms(ADMIN));
    desk.grant(CAROL, terms(ADMIN));
    for by in [OWNER, GUARDIAN, BOB] {
        let operation = desk.schedule::<method::SetTerms>(BOB, &terms_params(1)).unwrap();
        let at = OperationAt {
            data_set: DATA,
            operation,
        };
        desk.refused::<method::Cancel>(CAROL, &at, 150);
        desk.call::<method::Cancel>(by, &at).unwrap();
        desk.told(OperationCancelled {
            data_set: DATA,
            operation,
            by,
        });
        desk.refused::<method::Cancel>(by, &at, 149);
        desk.refused::<method::GetOperation>(by, &at, 149);
    }
    desk.at(NOW + DELAY);
    desk.refused::<method::SetTerms>(BOB, &terms_params(1), 146);
}

#[test]
fn who_has_lost_the_power_does_nothing_that_they_announced() {
    let mut desk = desk(Some(Power::Terms {}));
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    let bob = desk.grant(BOB, terms(ADMIN));
    let until = GrantTerms {
        end: Some(NOW + DELAY),
        ..terms(ADMIN)
    };
    desk.grant(CAROL, until);
    for admin in [BOB, CAROL] {
        desk.schedule::<method::SetTerms>(admin, &terms_params(1))
            .unwrap();
    }
    desk.revoke(OWNER, BOB, bob).unwrap();
    desk.at(NOW + DELAY);
    for admin in [BOB, CAROL] {
        desk.refused::<method::SetTerms>(admin, &terms_params(1), 66);
    }
}

#[test]
fn nothing_that_was_announced_outlives_a_change_of_owner() {
    let mut desk = desk(Some(Power::Terms {}));
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.grant(CAROL, terms(ADMIN));
    for by in [OWNER, CAROL] {
        desk.schedule::<method::SetTerms>(by, &terms_params(1)).unwrap();
    }
    for (from, to) in [(OWNER, BOB), (BOB, OWNER)] {
        desk.call::<method::OfferDataSet>(from, &offer(Some(to), true))
            .unwrap();
        desk.takes_over(to);
    }
    assert_eq!(desk.call::<method::ListOperations>(BOB, &DATA).unwrap(), vec![]);
    desk.at(NOW + DELAY);
    for by in [OWNER, CAROL] {
        desk.refused::<method::SetTerms>(by, &terms_params(1), 146);
    }
}

#[test]
fn nobody_announces_an_opening_before_there_is_something_to_open() {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ));
    let power = Power::Unfreeze {};
    desk.delay(Delay::Power { power }, DELAY);
    let lifts = SuspendParams {
        data_set: DATA,
        subject: id(ALICE),
        grant: alice,
        until: 0,
    };
    let announce = |desk: &mut Desk| {
        [
            desk.schedule::<method::Unfreeze>(OWNER, &DATA).unwrap(),
            desk.schedule::<method::Suspend>(OWNER, &lifts).unwrap(),
        ]
    };
    let early = announce(&mut desk);
    desk.at(NOW + DELAY);
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    desk.suspend(GUARDIAN, ALICE, alice, NOW + 3 * DELAY).unwrap();
    desk.refused::<method::Unfreeze>(OWNER, &DATA, 146);
    desk.refused::<method::Suspend>(OWNER, &lifts, 146);
    for operation in early {
        let data_set = DATA;
        desk.call::<method::Cancel>(OWNER, &OperationAt { data_set, operation })
            .unwrap();
    }
    announce(&mut desk);
    for (epoch, expected) in [(2 * DELAY - 1, 147), (2 * DELAY, 0)] {
        desk.at(NOW + epoch);
        assert_eq!(code(desk.call::<method::Unfreeze>(OWNER, &DATA)), expected);
        assert_eq!(code(desk.call::<method::Suspend>(OWNER, &lifts)), expected);
    }
    assert!(desk.reads(ALICE));
}

#[test]
fn a_delay_is_not_cut_and_used_at_once() {
    let setback = 14_400;
    for (epoch, expected) in [(setback - 1, 146), (setback, 0), (setback + 1, 0)] {
        let mut desk = desk(Some(Power::Terms {}));
        let power = Power::Terms {};
        desk.delay(Delay::Power { power }, 0);
        desk.at(NOW + epoch);
        let done = desk.call::<method::SetTerms>(OWNER, &terms_params(1));
        assert_eq!(code(done), expected, "after {epoch} epochs");
    }
}

#[test]
fn what_is_ready_is_used_up_even_if_the_delay_is_gone() {
    let mut desk = desk(Some(Power::Terms {}));
    let power = Power::Terms {};
    desk.delay(Delay::Power { power: power.clone() }, 0);
    desk.at(NOW + 14_399);
    desk.schedule::<method::SetTerms>(OWNER, &terms_params(1))
        .unwrap();
    desk.at(NOW + 14_400);
    desk.call::<method::SetTerms>(OWNER, &terms_params(1)).unwrap();
    assert_eq!(
        desk.call::<method::ListOperations>(BOB, &DATA).unwrap().len(),
        1,
        "it was not ready"
    );
    desk.at(NOW + 14_399 + DELAY);
    desk.call::<method::SetTerms>(OWNER, &terms_params(1)).unwrap();
    assert_eq!(desk.call::<method::ListOperations>(BOB, &DATA).unwrap(), vec![]);
    desk.delay(Delay::Power { power }, DELAY);
    desk.refused::<method::SetTerms>(OWNER, &terms_params(1), 146);
}
