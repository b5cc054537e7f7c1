//! What happens between looking and buying, in every order.

use holdfast_api::access::{BuyParams, Node, Purchase, SetTermsParams, method};
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::Bytes32;

use crate::desk::*;
use crate::refunds::{at, once, shared};
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

fn set_terms(desk: &mut Desk, hash: u8, fresh: bool) {
    let params = SetTermsParams {
        data_set: DATA,
        hash: Bytes32([hash; 32]),
        fresh,
    };
    desk.call::<method::SetTerms>(OWNER, &params).unwrap();
}

/// A desk with terms and a plan, and what Alice names who has looked at them.
fn looked_at(max_price: u64) -> (Desk, BuyParams) {
    let mut desk = Desk::new();
    set_terms(&mut desk, 1, false);
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
            return Some(bought.map_or_else(|error| error.code.value(), |_| 0));
        }
        Step::ChangePlan => desk.change_plan(wanted.plan, |change| change.price = atto(PRICE + 1)),
        Step::SetTerms { fresh } => set_terms(desk, 2, fresh),
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
fn orders() -> impl Iterator<Item = [usize; 4]> {
    let all = (0..256).map(|code| [code / 64, code / 16 % 4, code / 4 % 4, code % 4]);
    all.filter(|order| (0..4).all(|step| order.contains(&step)))
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
        for (order, value) in orders().flat_map(|order| [(order, PRICE), (order, PRICE + 1)]) {
            let (mut desk, wanted) = looked_at(value);
            let order = order.map(|step| steps[step]);
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
