//! What can be sold, and who sells it.

use fvm_shared::bigint::BigInt;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{ADMIN, ChangePlanParams, GRANT, PlanKind, READ, Rate, Split, method};

use crate::desk::*;
use crate::shop::*;

#[test]
fn a_closed_plan_is_not_sold_and_is_still_renewed() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.change_plan(plan, |p| p.open = false);
    let p = desk.wanted_unquoted(plan, 1);
    desk.0.value(atto(50));
    desk.refused::<method::Buy>(BOB, &p, 97);
    desk.renews(ALICE, plan, 1).unwrap();
}

#[test]
fn who_closes_a_plan_and_shares_otherwise_ends_renewals_for_those_before() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!((desk.waits(TREASURY), desk.waits(SECOND)), (700, 300));
    desk.hand_over(CAROL, true);
    let mut closed = desk.unchanged(plan);
    closed.open = false;
    closed.splits = vec![Split {
        to: id(CAROL),
        bps: 10_000,
    }];
    desk.call::<method::ChangePlan>(CAROL, &closed).unwrap();
    let p = desk.wanted_unquoted(plan, 1);
    desk.0.value(atto(1_000));
    desk.refused::<method::Renew>(ALICE, &p, 97);
    assert_eq!(desk.quote(ALICE, plan, 1).unwrap_err().code.value(), 97);
    // Open, it is renewed as it was bought.
    let open = ChangePlanParams { open: true, ..closed };
    desk.call::<method::ChangePlan>(CAROL, &open).unwrap();
    desk.renews(ALICE, plan, 1).unwrap();
    assert_eq!((desk.waits(TREASURY), desk.waits(SECOND)), (1_400, 600));
}

#[test]
fn the_plans_of_an_earlier_owner_are_not_sold_before_the_new_one_takes_them_over() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 50));
    desk.hand_over(BOB, true);
    let p = desk.wanted_unquoted(plan, 1);
    desk.0.value(atto(50));
    desk.refused::<method::Buy>(ALICE, &p, 97);
    let mut change = desk.unchanged(plan);
    change.splits = vec![Split {
        to: id(BOB),
        bps: 10_000,
    }];
    desk.call::<method::ChangePlan>(BOB, &change).unwrap();
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!((desk.waits(BOB), desk.waits(TREASURY)), (50, 0));
}

#[test]
fn a_frozen_data_set_sells_nothing() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    desk.buys(BOB, plan, 1).unwrap();
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    let p = desk.wanted_unquoted(plan, 1);
    for _ in 0..2 {
        desk.0.value(atto(50));
        desk.refused::<method::Buy>(ALICE, &p, 70);
    }
    desk.0.value(atto(50));
    desk.refused::<method::Renew>(BOB, &p, 70);
}

#[test]
fn only_owner_and_admins_make_and_change_plans() {
    let mut desk = Desk::new();
    let wanted = plan(PlanKind::Once { epochs: None }, 1);
    desk.refused::<method::CreatePlan>(ALICE, &wanted, 66);
    let made = desk.sells(wanted.clone());
    let change = desk.unchanged(made);
    desk.refused::<method::ChangePlan>(ALICE, &change, 66);
    desk.grant(ALICE, terms(ADMIN));
    desk.call::<method::ChangePlan>(ALICE, &change).unwrap();
    desk.call::<method::CreatePlan>(ALICE, &wanted).unwrap();
    let other = desk.call::<method::CreateDataSet>(OWNER, &plain()).unwrap();
    let elsewhere = ChangePlanParams {
        data_set: other,
        ..change.clone()
    };
    desk.refused::<method::ChangePlan>(OWNER, &elsewhere, 95);
    let none = ChangePlanParams { plan: 9, ..change };
    desk.refused::<method::ChangePlan>(OWNER, &none, 95);
}

#[test]
fn the_owner_buys_nothing_of_its_own() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 1));
    let p = desk.wanted_unquoted(plan, 1);
    desk.0.value(atto(1));
    desk.refused::<method::Buy>(OWNER, &p, 93);
}

#[test]
fn a_plan_that_could_not_be_is_refused_with_what_is_wrong() {
    let mut desk = Desk::new();
    let once = || plan(PlanKind::Once { epochs: Some(10) }, 1);
    let split = |bps| Split {
        to: id(TREASURY),
        bps,
    };
    let mut wrong = |what: &str, change: &dyn Fn(&mut holdfast_api::access::Plan)| {
        let mut plan = once();
        change(&mut plan);
        let why = desk.refused::<method::CreatePlan>(OWNER, &plan, 96);
        assert!(why.contains(what), "{why}");
    };
    wrong("Grant and Admin", &|p| p.actions = READ | GRANT);
    wrong("Grant and Admin", &|p| p.actions = ADMIN);
    wrong("0 epochs lies outside 1 to 10512000", &|p| {
        p.kind = PlanKind::Once { epochs: Some(0) }
    });
    wrong("10512001 epochs lies outside", &|p| {
        p.kind = subscription(10_512_001, 0)
    });
    wrong("a trial of 10512001", &|p| p.kind = subscription(10, 10_512_001));
    wrong("a period of 0", &|p| p.kind = subscription(0, 1));
    wrong("0 uses", &|p| p.kind = PlanKind::PerUse { uses: 0 });
    wrong("for good", &|p| {
        (p.kind, p.penalty_bps) = (PlanKind::Once { epochs: None }, Some(0));
    });
    wrong("has an end", &|p| {
        (p.kind, p.shareable) = (PlanKind::Once { epochs: None }, true)
    });
    wrong("has an end", &|p| {
        (p.kind, p.shareable) = (PlanKind::PerUse { uses: 1 }, true)
    });
    wrong("2001 bps exceeds the limit of 2000", &|p| {
        p.penalty_bps = Some(2_001)
    });
    wrong("-1 atto lies outside", &|p| p.price = TokenAmount::from_atto(-1));
    wrong("0 splits lie outside 1 to 8", &|p| p.splits.clear());
    wrong("9 splits lie outside 1 to 8", &|p| p.splits = vec![split(1); 9]);
    wrong("come to 9999 bps", &|p| p.splits = vec![split(9_999)]);
    wrong("10001 bps exceeds", &|p| p.referrer_bps = 10_001);
    let mut none = once();
    none.actions = 0;
    desk.refused::<method::CreatePlan>(OWNER, &none, 72);
    let mut still = once();
    still.rate = Some(Rate {
        capacity: 0,
        refill: 1,
        period: 1,
    });
    desk.refused::<method::CreatePlan>(OWNER, &still, 74);
    let mut nowhere = once();
    nowhere.scope = path("a//b");
    desk.refused::<method::CreatePlan>(OWNER, &nowhere, 71);
}

#[test]
fn periods_outside_what_is_sold_at_once_are_refused() {
    let mut desk = Desk::new();
    let once = desk.sells(plan(PlanKind::Once { epochs: Some(10) }, 1));
    let monthly = desk.sells(plan(subscription(5_000_000, 0), 1));
    for (plan, periods) in [(once, 0), (once, 2), (monthly, 3)] {
        let p = desk.wanted_unquoted(plan, periods);
        desk.refused::<method::Buy>(ALICE, &p, 108);
    }
}

#[test]
fn no_price_of_several_periods_is_more_than_an_amount() {
    let mut desk = Desk::new();
    let mut dear = plan(subscription(10, 0), 1);
    dear.price = TokenAmount::from_atto(BigInt::from(1) << 255);
    let plan = desk.sells(dear);
    desk.quote(ALICE, plan, 1).unwrap();
    let why = desk.quote(ALICE, plan, 2).unwrap_err();
    assert_eq!(why.code.value(), 108);
    assert!(why.message.contains("1 to 1"), "{why}");
}

#[test]
fn nothing_has_a_price_that_is_not_sold() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 100));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.call::<method::Freeze>(OWNER, &DATA).unwrap();
    for subject in [ALICE, BOB] {
        assert_eq!(desk.quote(subject, plan, 1).unwrap_err().code.value(), 70);
    }
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    desk.hand_over(CAROL, true);
    for subject in [ALICE, BOB] {
        assert_eq!(desk.quote(subject, plan, 1).unwrap_err().code.value(), 97);
    }
}

#[test]
fn the_actor_itself_is_no_payee() {
    let mut desk = Desk::new();
    let mut own = plan(subscription(10, 0), 100);
    own.splits[1].to = id(5_000);
    desk.refused::<method::CreatePlan>(OWNER, &own, 69);
}
