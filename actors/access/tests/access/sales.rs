//! What buyers are charged, and what they get.

use holdfast_api::access::{
    AcceptTermsParams, BuyParams, GRANT, Node, Plan, PlanKind, QuoteParams, READ, Rate, Reason, Scope, WRITE,
    method,
};
use holdfast_runtime::evm::Bytes32;

use crate::desk::*;
use crate::shop::*;

#[test]
fn what_is_bought_once_opens_until_its_end() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: Some(10) }, 100));
    desk.buys(ALICE, plan, 1).unwrap();
    assert!(desk.reads(ALICE));
    assert!(desk.at(NOW + 9).reads(ALICE));
    assert!(!desk.at(NOW + 10).reads(ALICE));
    assert!(!desk.at(NOW + 11).reads(ALICE));
}

#[test]
fn the_price_is_shared_and_nothing_is_lost() {
    let mut desk = Desk::new();
    let mut plan = plan(PlanKind::Once { epochs: None }, 1_001);
    plan.referrer_bps = 1_000;
    let plan = desk.sells(plan);
    let p = BuyParams {
        referrer: Some(id(BOB)),
        ..desk.wanted(ALICE, plan, 1)
    };
    desk.pay::<method::Buy>(ALICE, 1_001, &p).unwrap();
    // 100 for who brought her; of the other 901 a third, rounded down, and the rest for the treasury.
    assert_eq!(desk.waits(BOB), 100);
    assert_eq!(desk.waits(SECOND), 270);
    assert_eq!(desk.waits(TREASURY), 631);
}

#[test]
fn without_a_referrer_its_part_is_shared_too() {
    let mut desk = Desk::new();
    let mut plan = plan(PlanKind::Once { epochs: None }, 1_000);
    plan.referrer_bps = 1_000;
    let plan = desk.sells(plan);
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!((desk.waits(SECOND), desk.waits(TREASURY)), (300, 700));
}

#[test]
fn the_quote_is_what_is_charged() {
    let mut desk = Desk::new();
    let kinds = [
        (PlanKind::Once { epochs: Some(10) }, 1),
        (PlanKind::PerUse { uses: 3 }, 1),
        (subscription(10, 0), 4),
    ];
    for (kind, periods) in kinds {
        let plan = desk.sells(plan(kind, 70));
        let quote = desk.quote(ALICE, plan, periods).unwrap();
        assert_eq!(quote.price, atto(70 * periods));
        let p = desk.wanted(ALICE, plan, periods);
        for wrong in [70 * periods - 1, 70 * periods + 1, 0] {
            desk.0.value(atto(wrong));
            desk.refused::<method::Buy>(ALICE, &p, 102);
        }
        let grant = desk.pay::<method::Buy>(ALICE, 70 * periods, &p).unwrap();
        let info = desk.grant_info(ALICE, grant);
        assert_eq!(info.end, quote.end, "{periods} periods");
    }
}

#[test]
fn a_price_that_rose_meanwhile_is_refused_and_not_charged() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 100));
    let seen = desk.wanted(ALICE, plan, 1);
    desk.change_plan(plan, |p| p.price = atto(101));
    desk.0.value(atto(101));
    desk.refused::<method::Buy>(ALICE, &seen, 101);
    let now = BuyParams {
        max_price: atto(100),
        ..desk.wanted(ALICE, plan, 1)
    };
    desk.0.value(atto(101));
    desk.refused::<method::Buy>(ALICE, &now, 100);
    assert!(!desk.reads(ALICE));
}

#[test]
fn terms_that_changed_meanwhile_are_refused_and_buying_accepts_the_present_ones() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 100));
    let seen = desk.wanted(ALICE, plan, 1);
    desk.set_terms(9, true);
    desk.0.value(atto(100));
    desk.refused::<method::Buy>(ALICE, &seen, 88);
    desk.buys(ALICE, plan, 1).unwrap();
    assert!(
        desk.reads(ALICE),
        "the terms are accepted: {:?}",
        desk.reason(ALICE)
    );
}

#[test]
fn a_present_opens_to_who_accepts_the_terms_itself() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 100));
    desk.set_terms(9, true);
    let p = BuyParams {
        subject: Some(id(BOB)),
        ..desk.wanted(BOB, plan, 1)
    };
    let grant = desk.pay::<method::Buy>(ALICE, 100, &p).unwrap();
    assert_eq!(desk.reason(BOB), Reason::TermsNotAccepted { grant, version: 1 });
}

#[test]
fn a_policy_opens_by_a_present_to_who_accepts_the_terms_or_pays_under_them_itself() {
    let (data_set, version, hash) = (DATA, 1, Bytes32([9; 32]));
    let accept = AcceptTermsParams {
        data_set,
        version,
        hash,
    };
    for renews in [true, false] {
        let mut desk = Desk::new();
        let plan = desk.sells(Plan {
            scope: path("samples"),
            ..plan(subscription(10, 0), 100)
        });
        desk.set_terms(9, true);
        desk.rule(None, Some(vec![Node::Paid { plan }]));
        let p = BuyParams {
            subject: Some(id(BOB)),
            ..desk.wanted(BOB, plan, 1)
        };
        desk.pay::<method::Buy>(ALICE, 100, &p).unwrap();
        desk.pay::<method::Renew>(ALICE, 100, &p).unwrap();
        let closed = Reason::Closed {
            node: 0,
            unknown: false,
        };
        assert_eq!(desk.reason(BOB), closed, "others accept nothing for Bob");
        if renews {
            desk.renews(BOB, plan, 1).unwrap();
        } else {
            desk.call::<method::AcceptTerms>(BOB, &accept).unwrap();
        }
        assert_eq!(desk.reason(BOB), Reason::Opened {});
    }
}

#[test]
fn a_subscription_goes_on_where_it_ends() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    desk.buys(ALICE, plan, 2).unwrap();
    desk.at(NOW + 19).renews(ALICE, plan, 1).unwrap();
    let around = [29, 30, 31].map(|epoch| desk.at(NOW + epoch).reads(ALICE));
    assert_eq!(around, [true, false, false]);
    let p = desk.wanted(ALICE, plan, 1);
    desk.0.value(atto(50));
    desk.refused::<method::Renew>(ALICE, &p, 103);
}

#[test]
fn a_renewal_is_never_dearer_than_what_was_bought() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.change_plan(plan, |p| p.price = atto(51));
    let p = desk.wanted(ALICE, plan, 1);
    desk.0.value(atto(51));
    let why = desk.refused::<method::Renew>(ALICE, &p, 105);
    assert!(why.contains("51 atto a time where 50 were paid"), "{why}");
    desk.change_plan(plan, |p| p.price = atto(49));
    desk.renews(ALICE, plan, 1).unwrap();
}

#[test]
fn a_renewal_is_never_under_other_terms_than_what_was_bought() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.set_terms(9, false);
    let p = desk.wanted(ALICE, plan, 1);
    desk.0.value(atto(50));
    desk.refused::<method::Renew>(ALICE, &p, 105);
}

#[test]
fn anyone_may_renew_for_somebody() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    desk.buys(ALICE, plan, 1).unwrap();
    let p = BuyParams {
        subject: Some(id(ALICE)),
        ..desk.wanted(ALICE, plan, 1)
    };
    desk.pay::<method::Renew>(CAROL, 50, &p).unwrap();
    assert!(desk.at(NOW + 19).reads(ALICE));
    assert!(!desk.reads(CAROL));
}

#[test]
fn a_subscription_is_tried_once_and_then_paid() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 3), 50));
    desk.buys(ALICE, plan, 0).unwrap();
    let around = [2, 3, 4].map(|epoch| desk.at(NOW + epoch).reads(ALICE));
    assert_eq!(around, [true, false, false]);
    let again = desk.wanted_unquoted(plan, 0);
    let why = desk.refused::<method::Buy>(ALICE, &again, 107);
    assert!(why.contains("has tried it already"), "{why}");
    desk.buys(ALICE, plan, 1).unwrap();
    let around = [13, 14, 15].map(|epoch| desk.at(NOW + epoch).reads(ALICE));
    assert_eq!(around, [true, false, false]);
}

#[test]
fn a_trial_goes_on_as_a_subscription() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 3), 50));
    desk.buys(ALICE, plan, 0).unwrap();
    desk.at(NOW + 1).renews(ALICE, plan, 1).unwrap();
    let around = [12, 13, 14].map(|epoch| desk.at(NOW + epoch).reads(ALICE));
    assert_eq!(around, [true, false, false]);
}

#[test]
fn a_plan_without_trial_is_not_tried() {
    let mut desk = Desk::new();
    let paid = desk.sells(plan(subscription(10, 0), 50));
    let none = desk.wanted_unquoted(paid, 0);
    desk.refused::<method::Buy>(ALICE, &none, 107);
    let tried = desk.sells(plan(subscription(10, 3), 50));
    desk.buys(ALICE, tried, 0).unwrap();
    let renewal = desk.wanted_unquoted(tried, 0);
    desk.refused::<method::Renew>(ALICE, &renewal, 107);
}

#[test]
fn uses_that_were_bought_are_counted_and_more_can_be_added() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::PerUse { uses: 2 }, 20));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 1).unwrap();
    desk.renews(ALICE, plan, 1).unwrap();
    desk.uses(ALICE, 3).unwrap();
    assert!(!desk.reads(ALICE));
}

#[test]
fn a_dispenser_gives_each_subject_so_much_and_no_more_than_there_is() {
    let mut desk = Desk::new();
    let mut free = plan(PlanKind::PerUse { uses: 1 }, 0);
    (free.stock, free.each) = (Some(3), 2);
    let free = desk.sells(free);
    for _ in 0..2 {
        desk.buys(ALICE, free, 1).unwrap();
        desk.uses(ALICE, 1).unwrap();
    }
    let more = desk.wanted_unquoted(free, 1);
    desk.refused::<method::Buy>(ALICE, &more, 99);
    desk.buys(BOB, free, 1).unwrap();
    desk.refused::<method::Buy>(CAROL, &more, 98);
}

#[test]
fn what_costs_nothing_is_not_renewed() {
    for kind in [PlanKind::PerUse { uses: 5 }, subscription(10, 0)] {
        let mut desk = Desk::new();
        let dispenser = desk.sells(Plan {
            stock: Some(2),
            each: 2,
            ..plan(kind, 0)
        });
        let grant = desk.buys(ALICE, dispenser, 1).unwrap();
        let before = desk.grant_info(ALICE, grant);
        let wanted = desk.wanted_unquoted(dispenser, 1);
        desk.refused::<method::Renew>(ALICE, &wanted, 116);
        assert_eq!(desk.quote(ALICE, dispenser, 1).unwrap_err().code.value(), 116);
        assert_eq!(desk.grant_info(ALICE, grant), before);
        desk.at(NOW + 10).uses(ALICE, 5).ok();
        desk.buys(ALICE, dispenser, 1)
            .expect("it is over, and taken anew");
    }
}

#[test]
fn what_somebody_has_is_not_sold_twice() {
    let mut desk = Desk::new();
    for kind in [
        PlanKind::Once { epochs: None },
        PlanKind::PerUse { uses: 1 },
        subscription(10, 0),
    ] {
        let plan = desk.sells(plan(kind.clone(), 20));
        desk.buys(ALICE, plan, 1).unwrap();
        let again = desk.wanted_unquoted(plan, 1);
        desk.0.value(atto(20));
        desk.refused::<method::Buy>(ALICE, &again, 104);
        if matches!(kind, PlanKind::Once { .. }) {
            desk.0.value(atto(20));
            desk.refused::<method::Renew>(ALICE, &again, 104);
        }
    }
}

#[test]
fn a_policy_opens_to_who_has_paid_and_as_long_as_it_counts() {
    let mut desk = Desk::new();
    let mut relay = plan(PlanKind::Once { epochs: Some(10) }, 50);
    relay.scope = path("samples");
    let plan = desk.sells(relay);
    desk.rule(None, Some(vec![Node::Paid { plan }]));
    assert!(!desk.reads(ALICE));
    desk.buys(ALICE, plan, 1).unwrap();
    assert_eq!(desk.reason(ALICE), Reason::Opened {});
    assert!(!desk.reads(BOB));
    let around = [9, 10, 11].map(|epoch| desk.at(NOW + epoch).reads(ALICE));
    assert_eq!(around, [true, false, false]);
}

#[test]
fn what_is_owed_is_fetched_once_and_by_nobody_else() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    let fetch = |payee| holdfast_api::access::WithdrawParams { asset: None, payee };
    assert_eq!(
        desk.call::<method::Withdraw>(CAROL, &fetch(Some(id(TREASURY))))
            .unwrap(),
        atto(700)
    );
    desk.refused::<method::Withdraw>(TREASURY, &fetch(None), 110);
    desk.refused::<method::Withdraw>(CAROL, &fetch(None), 110);
    assert_eq!(
        desk.call::<method::Withdraw>(SECOND, &fetch(None)).unwrap(),
        atto(300)
    );
    assert_eq!(desk.waits(SECOND), 0);
}

#[test]
fn what_was_bought_allows_what_the_plan_says_and_no_more() {
    let mut desk = Desk::new();
    let mut part = plan(PlanKind::Once { epochs: None }, 1);
    (part.scope, part.actions) = (path("images"), WRITE);
    part.rate = Some(Rate {
        capacity: 2,
        refill: 1,
        period: 100,
    });
    let part = desk.sells(part);
    desk.buys(ALICE, part, 1).unwrap();
    assert!(desk.ask(ALICE, WRITE, path("images/1")).allowed);
    assert!(desk.ask(ALICE, READ, path("images")).allowed);
    assert!(!desk.ask(ALICE, READ, Scope::All {}).allowed);
    assert!(!desk.ask(ALICE, GRANT, path("images")).allowed);
}

#[test]
fn who_asks_for_a_price_is_told_what_buying_would_be_told() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::Once { epochs: None }, 1));
    desk.buys(ALICE, plan, 1).unwrap();
    let quote = |subject, plan, periods| QuoteParams {
        plan,
        subject: id(subject),
        periods,
    };
    desk.refused::<method::Quote>(ALICE, &quote(ALICE, plan, 1), 104);
    desk.refused::<method::Quote>(ALICE, &quote(OWNER, plan, 1), 93);
    desk.refused::<method::Quote>(ALICE, &quote(BOB, 9, 1), 95);
    desk.refused::<method::Quote>(ALICE, &quote(BOB, plan, 2), 108);
}
