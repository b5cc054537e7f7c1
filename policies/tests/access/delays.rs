//! Delays: how long, from when on, and that none can be cut and used at once.

use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::delay::{
    LIFETIME, Length, MAX_DELAY, MIN_SETBACK, first_epoch, greatest, opened, window,
};
use holdfast_policies::access::span::Span;
use proptest::prelude::*;

const NOW: i64 = 1_000;

fn of(length: i64) -> Length {
    Length::default().set(length, NOW)
}

#[test]
fn a_longer_delay_holds_at_once() {
    let delay = of(10).set(11, NOW);
    assert_eq!((delay.at(NOW), delay.is_pending(NOW)), (11, false));
}

#[test]
fn the_same_delay_again_takes_a_cut_back() {
    let cut = of(10).set(0, NOW);
    let delay = cut.set(10, NOW + 1);
    assert_eq!(delay.at(NOW + MIN_SETBACK), 10);
    assert!(!delay.is_pending(NOW + 1));
}

#[test]
fn a_shorter_delay_holds_after_five_days() {
    assert_eq!(MIN_SETBACK, 5 * 2_880);
    let delay = of(10).set(9, NOW);
    let then = NOW + MIN_SETBACK;
    assert_eq!(
        [delay.at(then - 1), delay.at(then), delay.at(then + 1)],
        [10, 9, 9]
    );
    assert_eq!(
        [delay.is_pending(then - 1), delay.is_pending(then)],
        [true, false]
    );
}

#[test]
fn a_much_shorter_delay_holds_when_the_difference_has_passed() {
    let long = MIN_SETBACK + 7;
    let delay = of(long).set(1, NOW);
    let then = NOW + long - 1;
    assert_eq!(
        [delay.at(then - 1), delay.at(then), delay.at(then + 1)],
        [long, 1, 1]
    );
}

#[test]
fn a_second_cut_begins_with_the_delay_that_still_holds() {
    let long = 2 * MIN_SETBACK;
    let delay = of(long).set(MIN_SETBACK, NOW).set(0, NOW + 5);
    let then = NOW + 5 + long;
    assert_eq!([delay.at(then - 1), delay.at(then)], [long, 0]);
}

#[test]
fn ten_years_are_the_most_and_overflow_nothing() {
    assert_eq!(MAX_DELAY, 10 * 365 * 2_880);
    let delay = of(MAX_DELAY).set(0, i64::MAX);
    assert_eq!(delay.at(i64::MAX - 1), MAX_DELAY);
    assert_eq!(window(None, MAX_DELAY, i64::MAX).start, i64::MAX);
}

#[test]
fn the_greatest_delay_among_the_actions_counts() {
    let of = |action| match action {
        Action::Relay => 1,
        Action::Read => 9,
        Action::Write => 5,
        Action::Grant | Action::Admin => 0,
    };
    let longest = |action| greatest(Actions::NONE.with(action), of);
    assert_eq!(Action::ALL.map(longest), [1, 9, 9, 0, 9]);
    assert_eq!(greatest(Actions::NONE, of), 0);
}

#[test]
fn a_grant_begins_when_it_was_asked_to_or_when_the_delay_is_over() {
    let begins = |asked, delay| first_epoch(asked, delay, NOW);
    assert_eq!(begins(None, 0), NOW);
    assert_eq!(begins(None, 5), NOW + 5);
    assert_eq!(begins(Some(NOW + 4), 5), NOW + 5);
    assert_eq!(begins(Some(NOW + 6), 5), NOW + 6);
    assert_eq!(
        begins(Some(NOW - 9), 0),
        NOW - 9,
        "without a delay it may have begun"
    );
    assert_eq!(begins(Some(-9), 0), 0);
    assert_eq!(begins(Some(NOW - 9), 1), NOW + 1);
}

#[test]
fn an_operation_is_ready_after_the_delay_and_for_a_week() {
    assert_eq!(LIFETIME, 7 * 2_880);
    let ready = |asked| window(asked, 5, NOW).start;
    assert_eq!(
        [
            ready(None),
            ready(Some(NOW + 4)),
            ready(Some(NOW + 9)),
            ready(Some(-1))
        ],
        [NOW + 5, NOW + 5, NOW + 9, NOW + 5]
    );
    let end = Some(NOW + 5 + LIFETIME);
    assert_eq!(opened(NOW + 5), Span { start: NOW + 5, end });
    assert_eq!(window(None, 5, NOW), opened(NOW + 5));
}

proptest! {
    /// Whatever is decided at an epoch, be it a cut, is ready no sooner than the delay that held then.
    #[test]
    fn no_chain_of_cuts_makes_anything_ready_sooner(
        changes in prop::collection::vec((0..3 * MIN_SETBACK, 0..2 * MIN_SETBACK), 1..8),
        looked_at in prop::collection::vec(0..6 * MIN_SETBACK, 1..20),
    ) {
        let (mut delay, mut now, mut earliest) = (Length::default(), 0, 0);
        for (length, pause) in changes {
            earliest = earliest.max(now + delay.at(now));
            delay = delay.set(length, now);
            let next = now + pause;
            for later in looked_at.iter().map(|ahead| now + ahead).filter(|later| *later <= next) {
                prop_assert!(later + delay.at(later) >= earliest, "{delay:?} at {later}, not before {earliest}");
            }
            now = next;
        }
    }
}
