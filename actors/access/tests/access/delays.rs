//! Delays: set, and what they do to grants.

use holdfast_api::access::events::DelaySet;
use holdfast_api::access::{
    ADMIN, Delay, DelayInfo, GRANT, GrantManyParams, GrantTerms, PendingDelay, PlanKind, Power, PurchaseAt,
    READ, RELAY, SetDelayParams, SetTermsParams, ShareTimeParams, WRITE, method,
};

use crate::commitments::{SALT, at, commit, reveal};
use crate::desk::*;
use crate::shop::{atto, plan};

/// 5 days.
const SETBACK: i64 = 14_400;
/// 10 years.
const LONGEST: i64 = 10_512_000;

fn grants(action: u8) -> Delay {
    Delay::Grant { action }
}

fn set(what: Delay, delay: i64) -> SetDelayParams {
    SetDelayParams {
        data_set: DATA,
        what,
        delay,
    }
}

/// A desk where reading begins ten epochs after it was granted.
fn delayed() -> Desk {
    let mut desk = Desk::new();
    desk.delay(grants(READ), 10);
    desk
}

/// When somebody may read, of the epochs around a beginning.
fn reads_around(desk: &mut Desk, subject: u64, start: i64) -> [bool; 3] {
    [start - 1, start, start + 1].map(|epoch| desk.at(epoch).reads(subject))
}

#[test]
fn a_grant_begins_when_the_delay_of_its_action_is_over() {
    let mut desk = delayed();
    desk.grant(ALICE, terms(READ));
    desk.grant(BOB, terms(RELAY));
    assert!(
        desk.ask(BOB, RELAY, terms(RELAY).scope).allowed,
        "relaying is not delayed"
    );
    assert_eq!(reads_around(&mut desk, ALICE, NOW + 10), [false, true, true]);
}

#[test]
fn of_several_actions_the_greatest_delay_counts_and_so_do_those_that_are_implied() {
    let mut desk = delayed();
    desk.delay(grants(RELAY), 3);
    desk.delay(grants(GRANT), 20);
    desk.grant(ALICE, terms(WRITE));
    desk.grant(BOB, terms(READ | GRANT));
    desk.grant(CAROL, terms(ADMIN));
    assert_eq!(reads_around(&mut desk, ALICE, NOW + 10), [false, true, true]);
    assert_eq!(reads_around(&mut desk, BOB, NOW + 20), [false, true, true]);
    assert_eq!(reads_around(&mut desk, CAROL, NOW + 20), [false, true, true]);
    let mut desk = delayed();
    desk.grant(CAROL, terms(ADMIN));
    assert_eq!(reads_around(&mut desk, CAROL, NOW + 10), [false, true, true]);
}

#[test]
fn a_beginning_that_was_asked_for_is_moved_if_it_is_too_soon() {
    let mut desk = delayed();
    for (subject, asked, begins) in [(ALICE, 9, 10), (BOB, -9, 10), (CAROL, 11, 11)] {
        let start = Some(NOW + asked);
        desk.at(NOW).grant(subject, GrantTerms { start, ..terms(READ) });
        assert_eq!(
            reads_around(&mut desk, subject, NOW + begins),
            [false, true, true]
        );
    }
}

#[test]
fn a_grant_that_would_be_over_before_it_begins_is_refused() {
    let mut desk = delayed();
    let until = |end| GrantTerms {
        end: Some(end),
        ..terms(READ)
    };
    let refused = desk.give(OWNER, ALICE, until(NOW + 10), None).unwrap_err();
    assert_eq!(refused.code.value(), 73);
    assert!(desk.give(OWNER, ALICE, until(NOW + 11), None).is_ok());
}

#[test]
fn every_way_of_granting_is_delayed() {
    let mut desk = Desk::new();
    let above = desk.grant(ALICE, terms(READ | GRANT));
    desk.grant(CAROL, terms(ADMIN));
    desk.delay(grants(READ), 10);
    desk.give_on((ALICE, above), BOB, terms(READ));
    assert_eq!(reads_around(&mut desk, BOB, NOW + 10), [false, true, true]);
    let many = GrantManyParams {
        data_set: DATA,
        subjects: vec![id(105), id(106)],
        terms: terms(READ),
        from: None,
    };
    desk.call::<method::GrantMany>(CAROL, &many).unwrap();
    for subject in [105, 106] {
        assert_eq!(reads_around(&mut desk, subject, NOW + 21), [false, true, true]);
    }
}

#[test]
fn a_commitment_opens_no_sooner_than_a_grant_would_that_is_given_when_it_is_revealed() {
    for revealed in [0, 5, 10, 11] {
        let mut desk = Desk::new();
        commit(&mut desk, OWNER, terms(READ), None).unwrap();
        desk.delay(grants(READ), 10);
        reveal(desk.at(NOW + revealed), ALICE, SALT).unwrap();
        let start = NOW + revealed + 10;
        assert_eq!(reads_around(&mut desk, ALICE, start), [false, true, true]);
    }
}

#[test]
fn what_a_delay_held_up_stays_so_when_it_is_revealed_and_the_delay_is_gone() {
    let for_good = GrantTerms {
        revocable: false,
        ..terms(READ)
    };
    let gone = 20_000;
    let begins = gone - 1 + gone;
    let held_up = || {
        let mut desk = Desk::new();
        desk.delay(grants(READ), gone);
        desk.delay(grants(READ), 0);
        let commitment = commit(desk.at(NOW + gone - 1), OWNER, for_good.clone(), None).unwrap();
        desk.at(NOW + gone);
        (desk, commitment)
    };
    for revealed in [false, true] {
        for (epoch, refused) in [(begins - 1, 0), (begins, 1), (begins + 1, 1)] {
            let (mut desk, commitment) = held_up();
            let revoked = if revealed {
                let grant = reveal(&mut desk, ALICE, SALT).unwrap();
                assert_eq!(desk.grant_info(ALICE, grant).start, NOW + begins);
                desk.at(NOW + epoch).revoke(OWNER, ALICE, grant)
            } else {
                let commitment = at(commitment);
                desk.at(NOW + epoch);
                desk.call::<method::RevokeCommitted>(OWNER, &commitment)
            };
            let expected = refused * if revealed { 80 } else { 139 };
            assert_eq!(code(revoked), expected, "revealed {revealed}, at {epoch}");
        }
    }
}

#[test]
fn the_guardian_can_cancel_a_commitment_until_it_begins() {
    for (epoch, expected) in [(9, 0), (10, 138), (11, 138)] {
        let mut desk = delayed();
        let commitment = at(commit(&mut desk, OWNER, terms(READ), None).unwrap());
        desk.at(NOW + epoch);
        let revoked = desk.call::<method::RevokeCommitted>(GUARDIAN, &commitment);
        assert_eq!(code(revoked), expected, "at {epoch}");
    }
}

#[test]
fn the_guardian_can_cancel_a_grant_until_it_begins() {
    let mut desk = delayed();
    let (alice, bob) = (desk.grant(ALICE, terms(READ)), desk.grant(BOB, terms(READ)));
    assert_eq!(desk.revoke(CAROL, ALICE, alice).unwrap_err().code.value(), 79);
    desk.at(NOW + 9).revoke(GUARDIAN, ALICE, alice).unwrap();
    assert!(!desk.at(NOW + 10).reads(ALICE) && desk.reads(BOB));
    for epoch in [NOW + 10, NOW + 11] {
        assert_eq!(code(desk.at(epoch).revoke(GUARDIAN, BOB, bob)), 79, "at {epoch}");
    }
}

#[test]
fn what_is_given_for_good_can_be_stopped_until_it_begins() {
    let for_good = || GrantTerms {
        revocable: false,
        start: Some(NOW + 10),
        ..terms(READ)
    };
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, for_good());
    let refused = desk.revoke(OWNER, ALICE, grant).unwrap_err();
    assert_eq!(refused.code.value(), 80, "nothing is held up in this data set");
    let mut desk = delayed();
    let (alice, bob) = (desk.grant(ALICE, for_good()), desk.grant(BOB, for_good()));
    desk.at(NOW + 9).revoke(GUARDIAN, ALICE, alice).unwrap();
    for epoch in [NOW + 10, NOW + 11] {
        assert_eq!(code(desk.at(epoch).revoke(OWNER, BOB, bob)), 80, "at {epoch}");
    }
    assert!(desk.reads(BOB) && !desk.reads(ALICE));
}

#[test]
fn what_is_given_for_good_without_a_delay_is_held_up_by_none_that_is_set_later() {
    let for_good = GrantTerms {
        revocable: false,
        start: Some(NOW + 50),
        ..terms(READ)
    };
    let power = Power::Terms {};
    for (what, delay) in [
        (Delay::Power { power }, 0),
        (
            Delay::Power {
                power: Power::Terms {},
            },
            10,
        ),
        (grants(WRITE), 10),
        (grants(READ), 10),
    ] {
        let mut desk = Desk::new();
        let grant = desk.grant(ALICE, for_good.clone());
        desk.delay(what, delay);
        let refused = desk.revoke(OWNER, ALICE, grant).unwrap_err();
        assert_eq!(refused.code.value(), 80);
    }
}

#[test]
fn a_delay_grows_at_once_and_shrinks_after_five_days() {
    let mut desk = delayed();
    desk.delay(grants(READ), 30);
    let set = |delay, from, policy_version| DelaySet {
        data_set: DATA,
        what: grants(READ),
        delay,
        from,
        policy_version,
    };
    desk.told(set(30, NOW, 2));
    desk.delay(grants(READ), 20);
    let from = NOW + SETBACK;
    desk.told(set(20, from, 3));
    let shown = |desk: &mut Desk| desk.call::<method::GetDelays>(BOB, &DATA).unwrap();
    let info = |delay, pending| {
        vec![DelayInfo {
            what: grants(READ),
            delay,
            pending,
        }]
    };
    let pending = Some(PendingDelay { delay: 20, from });
    assert_eq!(shown(desk.at(from - 1)), info(30, pending));
    desk.grant(ALICE, terms(READ));
    assert_eq!(shown(desk.at(from)), info(20, None));
    desk.grant(BOB, terms(READ));
    assert_eq!(shown(desk.at(from + 1)), info(20, None));
    desk.grant(CAROL, terms(READ));
    for (reader, start) in [(BOB, from + 20), (CAROL, from + 21), (ALICE, from + 29)] {
        assert_eq!(reads_around(&mut desk, reader, start), [false, true, true]);
    }
}

#[test]
fn a_delay_that_is_gone_is_shown_no_longer() {
    let mut desk = delayed();
    desk.delay(grants(READ), 0);
    desk.at(NOW + SETBACK);
    assert_eq!(desk.call::<method::GetDelays>(BOB, &DATA).unwrap(), vec![]);
    desk.delay(grants(RELAY), 0);
    desk.grant(ALICE, terms(READ));
    assert!(desk.reads(ALICE));
}

#[test]
fn a_data_set_without_delays_shows_none() {
    let mut desk = Desk::new();
    assert_eq!(desk.call::<method::GetDelays>(BOB, &DATA).unwrap(), vec![]);
    desk.refused::<method::GetDelays>(BOB, &7, 64);
}

#[test]
fn only_the_owner_sets_delays_within_their_bounds() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(ADMIN));
    desk.refused::<method::SetDelay>(ALICE, &set(grants(READ), 10), 65);
    for delay in [-1, LONGEST + 1] {
        let message = desk.refused::<method::SetDelay>(OWNER, &set(grants(READ), delay), 140);
        assert!(message.contains(&delay.to_string()), "{message}");
    }
    desk.delay(grants(READ), LONGEST);
    for action in [0, READ | RELAY, 32] {
        desk.refused::<method::SetDelay>(OWNER, &set(grants(action), 10), 72);
    }
}

#[test]
fn a_new_owner_keeps_the_delays() {
    let mut desk = delayed();
    desk.hand_over(BOB, true);
    desk.give(BOB, ALICE, terms(READ), None).unwrap();
    assert_eq!(reads_around(&mut desk, ALICE, NOW + 10), [false, true, true]);
}

#[test]
fn delays_of_one_data_set_are_not_those_of_another() {
    let mut desk = delayed();
    let power = Power::Terms {};
    desk.delay(Delay::Power { power }, 10);
    let other = desk.call::<method::CreateDataSet>(OWNER, &plain()).unwrap();
    let elsewhere = SetTermsParams {
        data_set: other,
        ..wording(1, false)
    };
    desk.call::<method::SetTerms>(OWNER, &elsewhere).unwrap();
    desk.refused::<method::SetTerms>(OWNER, &wording(1, false), 146);
}

#[test]
fn what_is_bought_begins_no_sooner_than_a_grant_and_is_paid_for_from_then_on() {
    let mut desk = Desk::new();
    let mut once = plan(PlanKind::Once { epochs: Some(10) }, 1_000);
    (once.penalty_bps, once.shareable) = (Some(0), true);
    let once = desk.sells(once);
    desk.delay(Delay::Grant { action: READ }, 5);
    desk.buys(ALICE, once, 1).unwrap();
    assert!(!desk.at(NOW + 4).reads(ALICE));
    assert!(desk.at(NOW + 5).reads(ALICE));
    let settle = PurchaseAt {
        plan: once,
        subject: id(ALICE),
    };
    assert_eq!(desk.call::<method::Settle>(BOB, &settle).unwrap(), atto(0));
    let share = ShareTimeParams {
        plan: once,
        to: id(BOB),
        epochs: 4,
    };
    desk.call::<method::ShareTime>(ALICE, &share).unwrap();
    assert!(!desk.at(NOW + 9).reads(BOB));
    assert!(desk.at(NOW + 10).reads(BOB) && desk.reads(ALICE));
    assert!(!desk.at(NOW + 11).reads(ALICE) && desk.reads(BOB));
    assert!(!desk.at(NOW + 14).reads(BOB));
}

#[test]
fn a_buyer_agrees_to_the_delay_of_what_is_bought() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: Some(10) }, 1_000));
    let wanted = desk.wanted(ALICE, plan, 1);
    let power = Power::Rules {};
    desk.delay(Delay::Power { power }, 5);
    assert_eq!(
        desk.wanted(ALICE, plan, 1),
        wanted,
        "a power is no matter of hers"
    );
    desk.delay(grants(READ), LONGEST);
    desk.0.value(atto(1_000));
    desk.refused::<method::Buy>(ALICE, &wanted, 101);
    desk.buys(ALICE, plan, 1).unwrap();
}
