//! Tokens and payees that call back while the actor moves money. What is owed is written down before anything is sent, so
//! nobody is paid twice, and what others are owed stays covered.

#[path = "calls_back/payees.rs"]
mod payees;
#[path = "calls_back/stall.rs"]
mod stall;

use holdfast_api::access::method;
use holdfast_integration_tests::tokens;
use holdfast_localnet::Receipt;

use stall::{DONE, Lesson, NOT_CALLED, REFUSED, Stall, When};

/// A message in the course of which the coin is moved.
type Outer = (&'static str, fn(&mut Stall) -> Receipt);

const BUYS: Outer = ("the buyer buys", |s| {
    let buyer = s.buyer.clone();
    s.library.buys(&buyer, s.plan).into()
});
const RENEWS: Outer = ("the reader renews", |s| {
    let reader = s.reader.clone();
    s.library.renews(&reader, s.plan).into()
});
const FETCHES: Outer = ("the owner fetches", |s| {
    let owner = s.library.owner.clone();
    s.library.fetches(&owner, Some(s.coin.clone())).into()
});

/// How a message ended, how the call back did, and what became of it.
struct Ended {
    code: u32,
    back: u8,
    stall: Stall,
    name: String,
}

/// Lets a message be called back into; all that is not the coin's has to be there afterwards.
#[track_caller]
fn interrupted(stall: &Stall, (what, message): Outer, lesson: &Lesson) -> Ended {
    let mut stall = stall.fork();
    let coin = stall.coin.token;
    stall.library.teaches(coin, lesson.data.clone());
    let receipt = message(&mut stall);
    let name = format!("{what} and the coin {}", lesson.what);
    stall.library.require_covered(Some(stall.ours.token), &name);
    stall.library.require_covered(None, &name);
    Ended {
        code: receipt.exit_code.value(),
        back: stall.library.ended(coin),
        stall,
        name,
    }
}

#[test]
fn a_coin_that_calls_back_has_nothing_paid_or_counted_twice() {
    for when in [When::Before, When::After] {
        let stall = Stall::new(when, None);
        let coin = Some(stall.coin.token);
        for lesson in stall.lessons() {
            for outer in [BUYS, RENEWS, FETCHES] {
                let ended = interrupted(&stall, outer, &lesson);
                ended.stall.library.require_covered(coin, &ended.name);
                let again = outer.0 == FETCHES.0 && lesson.what == "fetches the owner's coins";
                let expected = match (again, lesson.moves_the_coin) {
                    (true, _) => (0, REFUSED),
                    // More has come, or gone, than was due; and so nothing has.
                    (_, true) => (111, NOT_CALLED),
                    (_, false) => (0, DONE),
                };
                assert_eq!((ended.code, ended.back), expected, "{}, {when:?}", ended.name);
            }
        }
    }
}

#[test]
fn who_is_paid_in_a_coin_that_calls_back_gets_what_waited_and_no_more() {
    for when in [When::Before, When::After] {
        let stall = Stall::new(when, None);
        let (coin, owner) = (stall.coin.token, stall.library.owner.clone());
        let waits = stall.library.waits(Some(coin), &owner);
        let held = stall.library.holding(coin, &owner);
        let [again, ..] = stall.lessons();
        let Stall { library, .. } = interrupted(&stall, FETCHES, &again).stall;
        assert!(waits > tokens(0) && library.waits(Some(coin), &owner).is_zero());
        assert_eq!(library.holding(coin, &owner), held + waits);
    }
}

/// It says that it moved, and what has come by the call back is taken for that. So a price is short in the end, as it could be
/// had by any lie about balances: to those who are owed that coin.
#[test]
fn a_coin_that_lies_about_its_own_movements_leaves_all_else_covered() {
    let stall = Stall::new(When::Instead, None);
    let coin = Some(stall.coin.token);
    for lesson in stall.lessons() {
        for outer in [BUYS, RENEWS, FETCHES] {
            let Ended {
                code, stall, name, ..
            } = interrupted(&stall, outer, &lesson);
            let short = stall.library.owes(coin) - stall.library.has(coin);
            match code {
                0 => assert_eq!(short, tokens(4), "{name}"),
                111 | 164 => assert_eq!(short, tokens(0), "{name}"),
                other => panic!("{name}: {other}"),
            }
        }
    }
}

#[test]
fn what_is_bought_or_renewed_meanwhile_is_not_so_twice() {
    let stall = Stall::new(When::Instead, None);
    for (outer, what) in [(BUYS, "buys for the buyer"), (RENEWS, "renews for the reader")] {
        let lessons = stall.lessons();
        let lesson = lessons.iter().find(|lesson| lesson.what == what);
        let ended = interrupted(&stall, outer, lesson.expect("a lesson"));
        assert_eq!(ended.code, 164, "{}", ended.name);
    }
}

#[test]
fn the_last_one_in_stock_is_sold_once() {
    let stall = Stall::new(When::Instead, Some(3));
    let lessons = stall.lessons();
    let lesson = lessons
        .iter()
        .find(|lesson| lesson.what == "buys for the partner");
    let ended = interrupted(&stall, BUYS, lesson.expect("a lesson"));
    assert_eq!(ended.code, 98, "{}", ended.name);
    let Stall { library, plan, .. } = ended.stall;
    let sold = library.w.view::<method::GetPlan>(library.access, &plan).sold;
    assert_eq!(sold, 2, "the reader's and the coin's own");
}
