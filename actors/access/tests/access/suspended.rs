//! Who ends a suspension sooner.

use holdfast_api::access::{ADMIN, Power, SuspendParams, method};

use crate::desk::*;
use crate::held_up::{DELAY, desk, suspend};

#[test]
fn a_guardian_cannot_end_the_suspension_of_its_own_grant() {
    let mut desk = Desk::new();
    let grant = desk.grant(GUARDIAN, terms(ADMIN));
    let suspended = |until| SuspendParams {
        data_set: DATA,
        subject: id(GUARDIAN),
        grant,
        until,
    };
    desk.call::<method::Suspend>(GUARDIAN, &suspended(NOW + 5))
        .unwrap();
    desk.refused::<method::Suspend>(GUARDIAN, &suspended(0), 66);
    desk.call::<method::Suspend>(GUARDIAN, &suspended(NOW + 9))
        .unwrap();
    desk.call::<method::Suspend>(OWNER, &suspended(0)).unwrap();
}

#[test]
fn ending_a_suspension_sooner_is_opening_by_whatever_name() {
    let mut desk = desk(Some(Power::Unfreeze {}));
    let long = NOW + 1_000_000;
    desk.refused::<method::Suspend>(OWNER, &suspend(long - 1), 146);
    desk.refused::<method::Suspend>(GUARDIAN, &suspend(long - 1), 66);
    desk.call::<method::Suspend>(GUARDIAN, &suspend(long)).unwrap();
    desk.refused::<method::Suspend>(BOB, &suspend(long - 1), 66);
    desk.schedule::<method::Suspend>(OWNER, &suspend(long - 1))
        .unwrap();
    desk.at(NOW + DELAY);
    desk.call::<method::Suspend>(OWNER, &suspend(long - 1)).unwrap();
    desk.at(long - 1);
    desk.call::<method::Suspend>(OWNER, &suspend(0)).unwrap();
}
