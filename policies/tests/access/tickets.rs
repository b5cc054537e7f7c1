//! Tickets; and which keys are sealed to, and which logs follow which.

use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::decision::{Reason, Request, Rule, decide};
use holdfast_policies::access::log::{NoLog, require_next};
use holdfast_policies::access::reader_key::is_small_order;
use holdfast_policies::access::scope::Scope;
use holdfast_policies::access::ticket::{By, Ended, Ticket, ended, expiry};
use num_bigint::BigInt;
use proptest::prelude::*;

use super::world::{LAST, World, request, world};

/// The x-coordinate of a multiple of a point by the ladder of RFC 7748 §5, without clamping; 0 stands for infinity too.
fn multiple(scalar: u64, point: &BigInt) -> BigInt {
    let p = (BigInt::from(1) << 255) - 19;
    let (mut x2, mut z2, mut x3, mut z3) = (BigInt::from(1), BigInt::from(0), point.clone(), BigInt::from(1));
    for bit in (0..8).rev() {
        let swap = scalar >> bit & 1 == 1;
        if swap {
            std::mem::swap(&mut x2, &mut x3);
            std::mem::swap(&mut z2, &mut z3);
        }
        let (a, b, c, d) = (&x2 + &z2, &x2 - &z2, &x3 + &z3, &x3 - &z3);
        let (aa, bb, da, cb) = (&a * &a, &b * &b, &d * &a, &c * &b);
        let e = &aa - &bb;
        let (sum, difference) = (&da + &cb, &da - &cb);
        x3 = &sum * &sum % &p;
        z3 = point * (&difference * &difference) % &p;
        x2 = &aa * &bb % &p;
        z2 = &e * (&aa + &e * 121_665) % &p;
        if swap {
            std::mem::swap(&mut x2, &mut x3);
            std::mem::swap(&mut z2, &mut z3);
        }
    }
    x2 * z2.modpow(&(&p - 2), &p) % &p
}

fn bytes(number: &BigInt) -> [u8; 32] {
    let mut bytes = number.to_bytes_le().1;
    bytes.resize(32, 0);
    bytes.try_into().unwrap()
}

/// The points that are listed, as numbers.
fn small() -> Vec<BigInt> {
    let p = (BigInt::from(1) << 255) - 19;
    let of_eight = [
        "325606250916557431795983626356110631294008115727848805560023387167927233504",
        "39382357235489614581723060781553021112529911719440698176882885853963445705823",
    ];
    let mut all: Vec<BigInt> = (-1..=1)
        .flat_map(|near| [BigInt::from(near), &p + near])
        .skip(1)
        .collect();
    all.extend(of_eight.map(|number| number.parse().unwrap()));
    all
}

#[test]
fn a_key_of_small_order_shares_one_secret_with_everybody() {
    assert_eq!(small().len(), 7);
    for point in small() {
        assert_eq!(multiple(8, &point), BigInt::from(0), "{point}");
        let mut key = bytes(&point);
        assert!(is_small_order(&key), "{point}");
        key[31] |= 0x80;
        assert!(is_small_order(&key), "{point} with the top bit set");
    }
}

#[test]
fn other_keys_are_taken() {
    let base = BigInt::from(9);
    assert_ne!(multiple(8, &base), BigInt::from(0));
    assert!(!is_small_order(&bytes(&base)));
    for point in small() {
        let beside = bytes(&(&point + 2));
        let is_listed = small().iter().any(|other| bytes(other) == beside);
        assert_eq!(is_small_order(&beside), is_listed, "{point} and 2");
    }
}

#[test]
fn a_log_follows_the_last_one_and_is_over() {
    assert_eq!(require_next(1, (5, 9), 5, 9), Ok(()));
    assert_eq!(require_next(0, (5, 9), 5, 9), Err(NoLog::Empty));
    assert_eq!(require_next(1, (5, 9), 6, 9), Err(NoLog::Overlaps));
    for (from, to) in [(9, 9), (9, 8), (5, 10), (-1, 5)] {
        assert_eq!(
            require_next(1, (from, to), 0, 9),
            Err(NoLog::Span),
            "{from} to {to}"
        );
    }
}

#[test]
fn a_ticket_ends_with_its_time_or_with_the_answer() {
    assert_eq!(expiry(10, 5, None), 15);
    assert_eq!(expiry(10, 5, Some(16)), 15);
    assert_eq!(expiry(10, 5, Some(14)), 14);
    assert_eq!(expiry(10, u64::MAX, None), i64::MAX);
}

/// A ticket for whoever may.
fn issued<'a>(
    world: &World,
    (scope, subject, action, now): (&'a Scope, u64, Action, i64),
) -> Option<Ticket<'a>> {
    let request = Request {
        scope,
        subject,
        action,
        now,
        uses: 1,
    };
    let decision = decide(&mut world.clone(), request).unwrap();
    let by = match decision.reason {
        Reason::Owner => By::Owner,
        Reason::Granted { grant } => By::Grant(grant),
        Reason::Opened => By::Policy,
        _ => return None,
    };
    Some(Ticket {
        subject,
        scope,
        action,
        by,
        generation: world.generation,
        policy_version: 0,
        expires: expiry(now, 100, decision.valid_until),
    })
}

fn why(world: &World, ticket: &Ticket<'_>, policy_version: u64, now: i64) -> Option<Ended> {
    ended(&mut world.clone(), ticket, policy_version, now).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(super::cases()))]

    #[test]
    fn a_ticket_counts_while_nothing_changes_and_no_longer_at_its_end(world in world(), asked in request()) {
        let (scope, subject, action, now) = asked;
        let Some(ticket) = issued(&world, (&scope, subject, action, now)) else { return Ok(()) };
        for then in now..ticket.expires.min(LAST) {
            prop_assert_eq!(why(&world, &ticket, 0, then), None, "at {}", then);
        }
        prop_assert_eq!(why(&world, &ticket, 0, ticket.expires), Some(Ended::Expired));
    }

    #[test]
    fn a_ticket_ends_with_any_grant_of_its_chain_and_with_no_other(world in world(), asked in request(), victim in 0usize..12) {
        let (scope, subject, action, now) = asked;
        let Some(ticket) = issued(&world, (&scope, subject, action, now)) else { return Ok(()) };
        let mut after = world.clone();
        let Some(revoked) = after.revoke(victim) else { return Ok(()) };
        let chain = match ticket.by {
            By::Grant(grant) => world.chain(grant),
            By::Owner | By::Policy => Vec::new(),
        };
        prop_assert_eq!(why(&after, &ticket, 0, now).is_some(), chain.contains(&revoked));
    }

    #[test]
    fn a_ticket_that_counts_under_new_rules_is_for_who_may(world in world(), asked in request(), after in world()) {
        let (scope, subject, action, now) = asked;
        let Some(ticket) = issued(&world, (&scope, subject, action, now)) else { return Ok(()) };
        let rules: Vec<(Actions, Rule)> = after.rules;
        let after = World { rules, ..world };
        if why(&after, &ticket, 1, now).is_none() {
            let request = Request { scope: &scope, subject, action, now, uses: 1 };
            prop_assert!(decide(&mut after.clone(), request).unwrap().reason.allows());
        }
    }
}
