//! Who may do what with which data: the decision beside a slow and obvious reference, and its edges by name.

#[path = "access/delays.rs"]
mod delays;
#[path = "access/edges.rs"]
mod edges;
#[path = "access/policies.rs"]
mod policies;
#[path = "access/reference.rs"]
mod reference;
#[path = "access/tickets.rs"]
mod tickets;
#[path = "access/world.rs"]
mod world;

use holdfast_policies::access::decision::{Reason, Request, decide};
use proptest::prelude::*;
use world::{World, request, world};

/// Random cases: some thousand, or as many as `HOLDFAST_ACCESS_CASES` says.
fn cases() -> u32 {
    let said = std::env::var("HOLDFAST_ACCESS_CASES").ok();
    said.map_or(4_000, |cases| cases.parse().expect("a number of cases"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn the_decision_is_the_one_of_the_reference(world in world(), asked in request()) {
        let (scope, subject, action, now) = asked;
        let request = Request { scope: &scope, subject, action, now, uses: 1 };
        let decision = decide(&mut world.clone(), request).unwrap();
        prop_assert_eq!(
            decision.reason.allows(),
            reference::may(&world, &scope, subject, action, now),
            "{:?}",
            decision
        );
        let asked = (&scope, subject, action, now);
        prop_assert_eq!(reference::belies(&world, asked, decision.reason), None, "{:?}", decision);
    }

    #[test]
    fn a_grant_that_bears_the_uses_comes_first_and_none_is_passed_over_for_a_policy(
        world in world(),
        asked in request(),
        uses in 0u64..4,
    ) {
        let (scope, subject, action, now) = asked;
        let decision = decide(&mut world.clone(), Request { scope: &scope, subject, action, now, uses }).unwrap();
        let one = decide(&mut world.clone(), Request { scope: &scope, subject, action, now, uses: 1 }).unwrap();
        let asked = (&scope, subject, action, now);
        prop_assert_eq!(reference::belies(&world, asked, decision.reason), None, "{:?}", decision);
        match (decision.reason, one.reason) {
            (Reason::Granted { grant }, Reason::Granted { .. }) => {
                let bearing = reference::bearing(&world, asked, uses);
                prop_assert!(bearing.is_empty() || bearing.contains(&grant), "{} bears less than {:?}", grant, bearing);
            }
            _ => prop_assert_eq!(decision, one),
        }
    }

    #[test]
    fn an_answer_holds_until_it_says(world in world(), asked in request()) {
        let (scope, subject, action, now) = asked;
        let ask = |now| decide(&mut world.clone(), Request { scope: &scope, subject, action, now, uses: 1 }).unwrap();
        let decision = ask(now);
        let until = decision.valid_until.unwrap_or(world::LAST).min(world::LAST);
        prop_assert!(decision.valid_until.is_none_or(|until| until > now), "{:?} at {}", decision, now);
        for then in now..until {
            prop_assert_eq!(decision.reason.allows(), ask(then).reason.allows(), "{:?} at {}, but not at {}", decision, now, then);
        }
    }

    #[test]
    fn revoking_a_grant_ends_all_below_it(world in world(), asked in request(), victim in 0usize..12) {
        let (scope, subject, action, now) = asked;
        let mut after: World = world.clone();
        let Some(ended) = after.revoke(victim) else { return Ok(()) };
        let request = Request { scope: &scope, subject, action, now, uses: 1 };
        if let Reason::Granted { grant } = decide(&mut after.clone(), request).unwrap().reason {
            prop_assert!(!after.chain(grant).contains(&ended), "{} is below {}", grant, ended);
        }
        prop_assert!(reference::may(&world, &scope, subject, action, now) || !decide(&mut after, request).unwrap().reason.allows());
    }
}
