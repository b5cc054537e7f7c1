//! What happens in one epoch, in every order: between looking and buying, at the end of a purchase, and when a data set changes hands.

use holdfast_api::access::{BuyParams, Node, Purchase, READ, method};
use holdfast_runtime::Runtime;

use crate::desk::*;
use crate::refunds::{at, once, refundable, shared};
use crate::shop::*;

/// What Alice has seen and sends along, attoFIL.
const PRICE: u64 = 100;

/// What is done in one epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Buy,
    ChangePlan,
    SetTerms { fresh: bool },
    SetRule,
}

/// A desk with terms and a plan, and what Alice names who has looked at them.
fn looked_at(max_price: u64) -> (Desk, BuyParams) {
    let mut desk = Desk::new();
    desk.set_terms(1, false);
    let plan = desk.sells(plan(once(10), PRICE));
    let wanted = BuyParams {
        max_price: atto(max_price),
        ..desk.wanted(ALICE, plan, 1)
    };
    (desk, wanted)
}

/// Does a step; gives the code of the purchase, 0 if it was made, when it is one.
fn done(desk: &mut Desk, step: Step, (wanted, value): (&BuyParams, u64)) -> Option<u32> {
    match step {
        Step::Buy => {
            let bought = desk.pay::<method::Buy>(ALICE, value, wanted);
            return Some(code(bought));
        }
        Step::ChangePlan => desk.change_plan(wanted.plan, |change| change.price = atto(PRICE + 1)),
        Step::SetTerms { fresh } => drop(desk.set_terms(2, fresh)),
        Step::SetRule => desk.rule(None, Some(vec![Node::Caller { actor: id(CAROL) }])),
    }
    None
}

/// What the purchase has to come to: other terms are refused by their hash, a rule or another price by the version.
fn expected(before: &[Step]) -> u32 {
    if before.iter().any(|step| matches!(step, Step::SetTerms { .. })) {
        return 88;
    }
    if before.is_empty() { 0 } else { 101 }
}

/// Every order of four.
fn orders<S: Copy>(steps: [S; 4]) -> impl Iterator<Item = [S; 4]> {
    let all = (0..256).map(|code| [code / 64, code / 16 % 4, code / 4 % 4, code % 4]);
    let orders = all.filter(|order| (0..4).all(|step| order.contains(&step)));
    orders.map(move |order| order.map(|step| steps[step]))
}

fn purchase(desk: &mut Desk, plan: u64) -> Option<Purchase> {
    desk.call::<method::GetPurchase>(BOB, &at(plan)).ok()
}

/// The purchase is exactly what Alice has named.
fn is_as_named(desk: &mut Desk, plan: u64) {
    assert_eq!(shared(desk), (0, PRICE));
    let bought = purchase(desk, plan).expect("a purchase");
    assert_eq!((bought.price, bought.terms), (atto(PRICE), 1));
    let grant = desk.grant_info(ALICE, bought.grant);
    assert_eq!((grant.terms, grant.end), (1, Some(NOW + 10)));
    assert!(desk.reads(ALICE));
}

/// Alice has paid nothing and has nothing.
fn is_as_before(desk: &mut Desk, plan: u64) {
    assert_eq!(shared(desk), (0, 0));
    assert_eq!(desk.0.balance(), atto(0));
    assert_eq!(purchase(desk, plan), None);
    assert!(!desk.reads(ALICE));
}

#[test]
fn in_whatever_order_things_happen_a_buyer_gets_what_it_named_or_pays_nothing() {
    for fresh in [false, true] {
        let steps = [
            Step::Buy,
            Step::ChangePlan,
            Step::SetTerms { fresh },
            Step::SetRule,
        ];
        let mut bought = 0;
        // Who would pay more, and sends more along, has named the version all the same.
        for (order, value) in orders(steps).flat_map(|order| [(order, PRICE), (order, PRICE + 1)]) {
            let (mut desk, wanted) = looked_at(value);
            let place = order.iter().position(|step| *step == Step::Buy).unwrap();
            let codes = order.map(|step| done(&mut desk, step, (&wanted, value)));
            let code = codes[place].expect("a purchase");
            let inexact = value != PRICE && place == 0;
            let expected = if inexact { 102 } else { expected(&order[..place]) };
            assert_eq!(code, expected, "{order:?} with {value}");
            if code == 0 {
                is_as_named(&mut desk, wanted.plan);
                bought += 1;
            } else {
                is_as_before(&mut desk, wanted.plan);
            }
        }
        assert_eq!(bought, 6, "whenever it comes first and with the price");
    }
}

/// What may end a purchase, or withhold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Refund,
    Settle,
    Freeze,
    RevokeAll,
}

#[test]
fn in_whatever_order_a_purchase_ends_what_is_unused_comes_back_and_only_who_goes_alone_pays_a_penalty() {
    for order in orders([End::Refund, End::Settle, End::Freeze, End::RevokeAll]) {
        let mut desk = Desk::new();
        let plan = desk.sells(refundable(once(10), 1_000));
        desk.buys(ALICE, plan, 1).unwrap();
        desk.at(NOW + 4);
        let (mut withheld, mut revoked, mut back) = (false, false, 0);
        for end in order {
            let closes = end == End::Refund || (end == End::Settle && revoked);
            let code = code(match end {
                End::Refund => desk.call::<method::Refund>(ALICE, &plan).map(drop),
                End::Settle => desk.call::<method::Settle>(CAROL, &at(plan)).map(drop),
                End::Freeze => desk.call::<method::Freeze>(GUARDIAN, &DATA).map(drop),
                End::RevokeAll => desk.call::<method::RevokeAll>(OWNER, &DATA).map(drop),
            });
            let closed = back > 0 && matches!(end, End::Refund | End::Settle);
            assert_eq!(code, if closed { 106 } else { 0 }, "{end:?} of {order:?}");
            if closes && !closed {
                back = if withheld { 600 } else { 540 };
            }
            withheld |= matches!(end, End::Freeze | End::RevokeAll);
            revoked |= end == End::RevokeAll;
        }
        assert_eq!(shared(&mut desk), (back, 1_000 - back), "{order:?}");
        desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
        assert!(!desk.reads(ALICE), "{order:?}");
        desk.refused::<method::Refund>(ALICE, &plan, 106);
    }
}

/// What the owner does while the data set is offered to Bob, and Bob.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Handing {
    Accept,
    Grant,
    RevokeAll,
    Rotate,
}

/// What an act comes to: 0, or the code of its refusal.
fn hands(desk: &mut Desk, act: Handing) -> u32 {
    let done = match act {
        Handing::Accept => {
            let seen = desk.seen();
            desk.call::<method::AcceptDataSet>(BOB, &seen)
        }
        Handing::Grant => desk.give(OWNER, ALICE, terms(READ), None).map(drop),
        Handing::RevokeAll => desk.call::<method::RevokeAll>(OWNER, &DATA).map(drop),
        Handing::Rotate => desk.call::<method::RotateKeys>(OWNER, &DATA).map(drop),
    };
    code(done)
}

#[test]
fn in_whatever_order_a_data_set_changes_hands_who_has_handed_it_over_does_nothing_more_to_it() {
    use Handing::{Accept, Grant, Rotate};
    for (keep_grants, order) in
        orders([Accept, Grant, Handing::RevokeAll, Rotate]).flat_map(|order| [(true, order), (false, order)])
    {
        let mut desk = Desk::new();
        let before = desk.call::<method::GetDataSet>(BOB, &DATA).unwrap();
        desk.offers(Some(BOB), keep_grants);
        let (mut handed, mut reads, mut generation, mut key_epoch) =
            (false, false, before.generation, before.key_epoch);
        for act in order {
            let code = hands(&mut desk, act);
            let expected = match act {
                Accept => 0,
                Handing::RevokeAll if handed => 65,
                _ if handed => 66,
                _ => 0,
            };
            assert_eq!(code, expected, "{act:?} of {order:?}");
            match act {
                _ if code > 0 => {}
                Grant => reads = true,
                Rotate => key_epoch += 1,
                Accept if keep_grants => handed = true,
                _ => {
                    handed |= act == Accept;
                    (reads, generation) = (false, generation + 1);
                }
            }
        }
        let after = desk.call::<method::GetDataSet>(ALICE, &DATA).unwrap();
        let told = (after.owner, after.generation, after.key_epoch);
        assert_eq!(told, (BOB, generation, key_epoch), "{order:?}");
        assert_eq!(
            desk.reads(ALICE),
            reads,
            "{order:?}, keeping grants: {keep_grants}"
        );
    }
}
