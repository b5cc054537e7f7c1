//! Who ends a suspension sooner.

use holdfast_api::access::{ADMIN, Power, method};

use crate::desk::*;
use crate::held_up::{DELAY, desk};

#[test]
fn a_guardian_cannot_end_the_suspension_of_its_own_grant() {
    let mut desk = Desk::new();
    let grant = desk.grant(GUARDIAN, terms(ADMIN));
    desk.suspend(GUARDIAN, GUARDIAN, grant, NOW + 5).unwrap();
    desk.refused::<method::Suspend>(GUARDIAN, &resting(GUARDIAN, grant, 0), 66);
    desk.suspend(GUARDIAN, GUARDIAN, grant, NOW + 9).unwrap();
    desk.suspend(OWNER, GUARDIAN, grant, 0).unwrap();
}

#[test]
fn ending_a_suspension_sooner_is_opening_by_whatever_name() {
    let mut desk = desk(Some(Power::Unfreeze {}));
    let long = NOW + 1_000_000;
    let sooner = resting(ALICE, 1, long - 1);
    desk.refused::<method::Suspend>(OWNER, &sooner, 146);
    desk.refused::<method::Suspend>(GUARDIAN, &sooner, 66);
    desk.suspend(GUARDIAN, ALICE, 1, long).unwrap();
    desk.refused::<method::Suspend>(BOB, &sooner, 66);
    desk.schedule::<method::Suspend>(OWNER, &sooner).unwrap();
    desk.at(NOW + DELAY);
    desk.call::<method::Suspend>(OWNER, &sooner).unwrap();
    desk.at(long - 1);
    desk.suspend(OWNER, ALICE, 1, 0).unwrap();
}
