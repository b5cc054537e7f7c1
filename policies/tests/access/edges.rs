//! The edges of grants, by name.

use holdfast_policies::access::action::{Action, Actions};
use holdfast_policies::access::bucket::Bucket;
use holdfast_policies::access::decision::{Decision, Reason, Request, Rule, decide};
use holdfast_policies::access::grant::{Dead, Grant, MAX_CHAIN, Parent, Wider};
use holdfast_policies::access::policy::{Leaf, Node, Policy};
use holdfast_policies::access::scope::{MAX_SCOPE_BYTES, MAX_SCOPE_DEPTH, NoScope, Scope};
use holdfast_policies::access::span::Span;

use super::world::World;

const OWNER: u64 = 0;
const READER: u64 = 1;

fn read(start: i64, end: Option<i64>) -> Grant {
    Grant {
        id: 1,
        actions: Actions::NONE.with(Action::Read),
        span: Span { start, end },
        revocable: true,
        generation: 1,
        ..Grant::default()
    }
}

fn world(grants: Vec<(u64, Grant)>) -> World {
    World {
        owner: OWNER,
        generation: 1,
        frozen: false,
        rules: Vec::new(),
        grants,
        accepted: vec![0; 20],
        answers: Vec::new(),
    }
}

fn ask(world: &World, subject: u64, action: Action, now: i64) -> Decision {
    let request = Request {
        scope: &Scope::All,
        subject,
        action,
        now,
        uses: 1,
    };
    decide(&mut world.clone(), request).unwrap()
}

#[test]
fn a_grant_counts_from_its_start_on_and_no_longer_at_its_end() {
    let world = world(vec![(READER, read(5, Some(8)))]);
    let allowed = (0..12).filter(|now| ask(&world, READER, Action::Read, *now).reason.allows());
    assert_eq!(allowed.collect::<Vec<_>>(), [5, 6, 7]);
    assert_eq!(ask(&world, READER, Action::Read, 4).valid_until, Some(5));
    assert_eq!(ask(&world, READER, Action::Read, 7).valid_until, Some(8));
    let over = Reason::Dead {
        grant: 1,
        at: 1,
        why: Dead::Over,
    };
    assert_eq!(ask(&world, READER, Action::Read, 8).reason, over);
}

#[test]
fn a_suspension_ends_by_itself() {
    let suspended = Grant {
        suspended_until: 6,
        ..read(0, None)
    };
    let world = world(vec![(READER, suspended)]);
    assert_eq!(ask(&world, READER, Action::Read, 5).valid_until, Some(6));
    assert!(!ask(&world, READER, Action::Read, 5).reason.allows());
    assert!(ask(&world, READER, Action::Read, 6).reason.allows());
}

#[test]
fn a_grant_rests_only_in_its_own_time() {
    let rests = |grant: &Grant| [5, 10, 11, 12, 13, 20, 21].map(|epoch| grant.rests(epoch).epochs());
    let mut grant = read(10, Some(20));
    grant.suspend(12, 5, 0);
    assert_eq!(rests(&grant), [0, 0, 1, 2, 2, 2, 2], "before it begins nothing");
    grant.suspend(30, 11, 7);
    assert_eq!((rests(&grant), grant.rested), ([0, 0, 0, 1, 2, 9, 9], 7));
    grant.suspend(90, 40, 9);
    assert_eq!(rests(&grant), [0; 7], "after its end nothing");
    grant.suspend(0, 12, 0);
    assert_eq!(rests(&grant), [0; 7], "an end of a suspension is none");
}

#[test]
fn what_a_grant_rests_before_it_was_paid_for_is_none_of_it() {
    let rests = |grant: &Grant| [9, 10, 11, 14, 15, 16].map(|epoch| grant.rests(epoch).epochs());
    let mut grant = read(0, Some(20));
    grant.suspend(8, 5, 3);
    grant.pay(10, 8);
    assert_eq!(
        (rests(&grant), grant.rested),
        ([0; 6], 0),
        "what is past is settled"
    );
    grant.suspend(15, 9, 0);
    assert_eq!(
        rests(&grant),
        [0, 0, 1, 4, 5, 5],
        "from the tenth on it was paid for"
    );
    let mut grant = read(0, Some(20));
    grant.pay(8, 8);
    grant.suspend(15, 9, 0);
    assert_eq!(rests(&grant), [0, 1, 2, 5, 6, 6]);
}

#[test]
fn what_a_delay_held_up_can_be_revoked_until_it_begins() {
    for (revocable, held_up, before, then) in [
        (false, false, false, false),
        (false, true, true, false),
        (true, false, true, true),
        (true, true, true, true),
    ] {
        let grant = Grant {
            revocable,
            held_up,
            ..read(10, None)
        };
        let can = [9, 10, 11].map(|now| grant.can_be_revoked(now));
        assert_eq!(can, [before, then, then], "{revocable}, {held_up}");
    }
}

#[test]
fn a_no_holds_until_the_first_of_several_grants_may_count() {
    let later = Grant {
        id: 2,
        ..read(23, None)
    };
    let mut world = world(vec![(READER, read(13, Some(15))), (READER, later)]);
    let until = |world: &World, now| ask(world, READER, Action::Read, now).valid_until;
    let edges = |world: &World| [5, 12, 13, 15, 22, 23].map(|now| until(world, now));
    let all = [Some(13), Some(13), Some(15), Some(23), Some(23), None];
    assert_eq!(edges(&world), all);
    let nobody = Policy::new(vec![Node::Leaf(Leaf::Caller { actor: 9 })]).unwrap();
    let rule = Rule {
        scope: Scope::All,
        requires: None,
        opens: Some(nobody),
        sealed: false,
    };
    world.rules.push((Actions::NONE.with(Action::Read), rule));
    assert_eq!(edges(&world), all, "whatever else opens to others");
}

#[test]
fn actions_are_a_ladder_and_giving_on_stands_beside_it() {
    let of = |action| {
        Action::ALL
            .into_iter()
            .filter(|other| Actions::NONE.with(action).contains(*other))
            .count()
    };
    assert_eq!(Action::ALL.map(of), [1, 2, 3, 1, 5]);
    assert_eq!(Actions::of_bits(0b10), Some(Actions::NONE.with(Action::Read)));
    assert_eq!(Actions::of_bits(0), None);
    assert_eq!(Actions::of_bits(0b10_0000), None);
}

#[test]
fn a_frozen_data_set_opens_to_nobody_not_even_its_owner() {
    let frozen = World {
        frozen: true,
        ..world(vec![(READER, read(0, None))])
    };
    for subject in [OWNER, READER] {
        assert_eq!(ask(&frozen, subject, Action::Relay, 1).reason, Reason::Frozen);
    }
}

/// A chain of readers, each with what the one before gave on.
fn chain(length: u64) -> World {
    let grants = (1..=length).map(|id| {
        let parent = id.checked_sub(1).filter(|above| *above > 0).map(|above| Parent {
            subject: above,
            id: above,
        });
        let actions = Actions::NONE.with(Action::Read).with(Action::Grant);
        (
            id,
            Grant {
                id,
                parent,
                actions,
                ..read(0, None)
            },
        )
    });
    world(grants.collect())
}

#[test]
fn a_chain_of_eight_counts_and_one_of_nine_does_not() {
    let longest = MAX_CHAIN as u64;
    assert!(ask(&chain(longest), longest, Action::Read, 1).reason.allows());
    let grant = longest + 1;
    assert_eq!(
        ask(&chain(grant), grant, Action::Read, 1).reason,
        Reason::Orphaned { grant }
    );
}

#[test]
fn what_is_narrower_above_is_narrower_below() {
    let mut world = chain(3);
    world.grants[0].1.actions = Actions::NONE.with(Action::Relay).with(Action::Grant);
    let narrowed = Reason::Narrowed { grant: 3, at: 1 };
    assert_eq!(ask(&world, 3, Action::Read, 1).reason, narrowed);
    assert!(ask(&world, 3, Action::Relay, 1).reason.allows());
}

#[test]
fn who_cannot_give_on_any_more_has_given_nothing() {
    let mut world = chain(2);
    world.grants[0].1.actions = Actions::NONE.with(Action::Read);
    assert_eq!(
        ask(&world, 2, Action::Read, 1).reason,
        Reason::Narrowed { grant: 2, at: 1 }
    );
}

#[test]
fn what_is_sealed_is_sealed_to_what_came_from_more() {
    let part = |path| Scope::path(path).unwrap();
    let (mut world, within) = (chain(3), part("a/b"));
    let request = |subject| Request {
        scope: &within,
        subject,
        action: Action::Read,
        now: 1,
        uses: 1,
    };
    let rule = Rule {
        scope: part("a"),
        requires: None,
        opens: None,
        sealed: true,
    };
    world.rules.push((Actions::NONE.with(Action::Read), rule));
    // As many of the chain, from its lowest grant on, are for the sealed part alone.
    for (narrow, sealed) in [(0, true), (1, true), (2, true), (3, false)] {
        for (place, (_, grant)) in world.grants.iter_mut().rev().enumerate() {
            grant.scope = part(if place < narrow { "a" } else { "" });
        }
        let reason = decide(&mut world.clone(), request(3)).unwrap().reason;
        let expected = if sealed {
            Reason::Sealed { grant: 3 }
        } else {
            Reason::Granted { grant: 3 }
        };
        assert_eq!(reason, expected, "{narrow} of 3");
    }
}

#[test]
fn a_grant_made_from_itself_or_from_a_later_one_counts_for_nothing() {
    let mut world = chain(2);
    world.grants[1].1.parent = Some(Parent { subject: 2, id: 2 });
    assert_eq!(
        ask(&world, 2, Action::Read, 1).reason,
        Reason::Orphaned { grant: 2 }
    );
}

#[test]
fn a_grant_that_would_be_wider_than_the_one_above_is_told_so() {
    let above = Grant {
        actions: Actions::NONE.with(Action::Read).with(Action::Grant),
        scope: Scope::path("a").unwrap(),
        uses: Some(3),
        ..read(5, Some(9))
    };
    let child = |change: fn(&mut Grant)| {
        let mut child = Grant {
            uses: Some(1),
            ..above.clone()
        };
        change(&mut child);
        above.require_within(&child)
    };
    assert_eq!(child(|_| {}), Ok(()));
    assert_eq!(
        child(|c| c.actions = Actions::ALL),
        Err(Wider::Actions(above.actions))
    );
    assert_eq!(
        child(|c| c.scope = Scope::path("ab").unwrap()),
        Err(Wider::Scope(above.scope.clone()))
    );
    assert_eq!(child(|c| c.span.end = Some(10)), Err(Wider::Span(above.span)));
    assert_eq!(child(|c| c.span.end = None), Err(Wider::Span(above.span)));
    assert_eq!(child(|c| c.span.start = 4), Err(Wider::Span(above.span)));
    assert_eq!(child(|c| c.uses = Some(4)), Err(Wider::Uses(3)));
    assert_eq!(child(|c| c.uses = None), Err(Wider::Uses(3)));
    let reader = read(5, Some(9));
    assert_eq!(reader.require_within(&reader), Err(Wider::NoGrantAction));
}

#[test]
fn a_bucket_lets_a_burst_through_and_refills_by_whole_periods() {
    let mut bucket = Bucket::full(3, 2, 10, 0).unwrap();
    for _ in 0..3 {
        bucket = bucket.take(1, 4).unwrap();
    }
    assert_eq!(bucket.take(1, 9), None);
    assert_eq!(bucket.next_refill(9), 10);
    assert_eq!(bucket.at(10).level, 2);
    assert_eq!(bucket.at(19).level, 2);
    assert_eq!(bucket.at(20).level, 3, "never more than it holds");
    assert_eq!(bucket.at(25).since, 20, "what is left of a period counts on");
    assert_eq!(Bucket::full(3, 0, 10, 0), None);
}

#[test]
fn a_folder_covers_what_lies_in_it_and_no_namesake() {
    let folder = Scope::path("trial/images").unwrap();
    let covers = |path| folder.covers(&Scope::path(path).unwrap());
    assert!(covers("trial/images") && covers("trial/images/7.png"));
    assert!(!covers("trial/images2") && !covers("trial") && !covers(""));
    assert!(!folder.covers(&Scope::Cid(vec![1])) && Scope::All.covers(&Scope::Cid(vec![1])));
}

#[test]
fn a_block_is_the_same_part_by_every_cid() {
    let sha = [&[0x12, 0x20][..], &[7; 32]].concat();
    let cid = |before: &[u8], hash: &[u8]| Scope::Cid([before, hash].concat());
    // Version 0; version 1 as dag-pb, as raw, and as dag-json, whose number takes two bytes.
    let names = [&[][..], &[1, 0x70], &[1, 0x55], &[1, 0xa9, 0x02]].map(|before| cid(before, &sha));
    for (one, other) in names
        .iter()
        .flat_map(|one| names.iter().map(move |other| (one, other)))
    {
        assert!(one.covers(other), "{one:?} {other:?}");
    }
    let blake = [&[0xa0, 0xe4, 0x02, 0x20][..], &[7; 32]].concat();
    let last = [&sha[..33], &[8]].concat();
    for hash in [blake, last] {
        let other = cid(&[1, 0x70], &hash);
        assert!(
            names.iter().all(|one| !one.covers(&other) && !other.covers(one)),
            "{hash:?}"
        );
    }
    let cut = [
        cid(&[], &[]),
        cid(&[1], &[]),
        cid(&[1, 0xa9], &[]),
        cid(&[0xff], &[]),
    ];
    assert!(
        cut.iter()
            .all(|cut| cut.covers(cut) && names.iter().all(|one| !one.covers(cut)))
    );
}

#[test]
fn a_path_can_be_written_in_one_way_only() {
    for path in ["/a", "a/", "a//b", "./a", "a/../b", "."] {
        assert_eq!(
            Scope::path(path),
            Err(NoScope::NotPlain(path.to_owned())),
            "{path}"
        );
    }
    let long = "a".repeat(MAX_SCOPE_BYTES);
    assert!(Scope::path(&long).is_ok());
    assert_eq!(Scope::path(&(long + "a")), Err(NoScope::TooLong(257)));
    let deep = vec!["a"; MAX_SCOPE_DEPTH].join("/");
    assert!(Scope::path(&deep).is_ok());
    assert_eq!(Scope::path(&(deep + "/a")), Err(NoScope::TooDeep(17)));
}
