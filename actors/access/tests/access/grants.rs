//! Grants: given, looked at, suspended, revoked, given back.

use holdfast_api::access::events::{Granted, Revoked};
use holdfast_api::access::{
    ADMIN, GRANT, GrantManyParams, GrantParams, GrantTerms, MAX_GRANTS, READ, RELAY, Reason, Scope,
    SetContentParams, WRITE, method,
};

use crate::desk::*;

/// The type of accounts in the bundle.
const ACCOUNT: u32 = 4;

#[test]
fn a_grant_allows_what_it_says_and_what_that_implies() {
    let mut desk = Desk::new();
    assert_eq!(desk.reason(ALICE), Reason::Nothing {});
    let grant = desk.grant(ALICE, terms(READ));
    desk.told(Granted {
        data_set: DATA,
        subject: ALICE,
        grant,
        by: OWNER,
        actions: READ | RELAY,
    });
    let allowed =
        [RELAY, READ, WRITE, GRANT, ADMIN].map(|action| desk.ask(ALICE, action, Scope::All {}).allowed);
    assert_eq!(allowed, [true, true, false, false, false]);
    let answer = desk.ask(ALICE, READ, Scope::All {});
    assert_eq!(answer.reason, Reason::Granted { grant });
    assert_eq!((answer.valid_until, answer.epoch), (None, NOW));
}

#[test]
fn a_question_is_about_one_action() {
    let mut desk = Desk::new();
    for action in [0, READ | RELAY, 32] {
        let params = holdfast_api::access::HasAccessParams {
            data_set: DATA,
            scope: Scope::All {},
            subject: id(ALICE),
            action,
            proofs: Vec::new(),
        };
        desk.refused::<method::HasAccess>(ALICE, &params, 72);
    }
}

#[test]
fn one_grant_covers_a_folder() {
    let mut desk = Desk::new();
    let scope = path("trial/images");
    desk.grant(ALICE, GrantTerms { scope, ..terms(READ) });
    let mut may = |part| desk.ask(ALICE, READ, path(part)).allowed;
    assert!(may("trial/images") && may("trial/images/7.png"));
    assert!(!may("trial") && !may("trial/images2"));
    assert!(!desk.reads(ALICE));
}

#[test]
fn a_scope_that_can_be_written_twice_is_refused() {
    let mut desk = Desk::new();
    for part in ["", "/a", "a/", "a//b", "a/../b"] {
        let scope = path(part);
        let refused = desk.give(OWNER, ALICE, GrantTerms { scope, ..terms(READ) }, None);
        assert_eq!(refused.unwrap_err().code.value(), 71, "`{part}`");
    }
}

#[test]
fn a_grant_counts_from_its_start_to_its_end() {
    let mut desk = Desk::new();
    let window = GrantTerms {
        start: Some(NOW + 5),
        end: Some(NOW + 8),
        ..terms(READ)
    };
    desk.grant(ALICE, window);
    let allowed = (NOW..NOW + 12).filter(|epoch| desk.at(*epoch).reads(ALICE));
    assert_eq!(allowed.collect::<Vec<_>>(), [NOW + 5, NOW + 6, NOW + 7]);
}

#[test]
fn a_grant_that_can_never_count_is_refused() {
    let mut desk = Desk::new();
    let spans = [
        (Some(NOW + 5), Some(NOW + 5)),
        (Some(NOW + 5), Some(NOW + 4)),
        (Some(NOW - 9), Some(NOW)),
    ];
    for (start, end) in spans {
        let refused = desk.give(
            OWNER,
            ALICE,
            GrantTerms {
                start,
                end,
                ..terms(READ)
            },
            None,
        );
        assert_eq!(refused.unwrap_err().code.value(), 73, "{start:?} to {end:?}");
    }
    assert!(
        desk.give(
            OWNER,
            ALICE,
            GrantTerms {
                end: Some(NOW + 1),
                ..terms(READ)
            },
            None
        )
        .is_ok()
    );
}

#[test]
fn the_owner_and_admins_give_grants_and_nobody_else() {
    let mut desk = Desk::new();
    assert_eq!(
        desk.give(ALICE, BOB, terms(READ), None).unwrap_err().code.value(),
        66
    );
    desk.grant(ALICE, terms(ADMIN));
    assert!(desk.give(ALICE, BOB, terms(READ), None).is_ok());
    assert_eq!(
        desk.give(BOB, CAROL, terms(READ), None).unwrap_err().code.value(),
        66
    );
    let refused = desk.give(ALICE, OWNER, terms(READ), None);
    assert_eq!(refused.unwrap_err().code.value(), 93);
}

#[test]
fn an_admin_of_a_folder_is_no_admin_of_the_data_set() {
    let mut desk = Desk::new();
    let scope = path("a");
    desk.grant(
        ALICE,
        GrantTerms {
            scope,
            ..terms(ADMIN)
        },
    );
    let content = SetContentParams {
        data_set: DATA,
        content: Vec::new(),
        metadata: None,
        metadata_size: 0,
    };
    desk.refused::<method::SetContent>(ALICE, &content, 66);
}

#[test]
fn many_get_the_same_grant_in_one_message() {
    let mut desk = Desk::new();
    let params = GrantManyParams {
        data_set: DATA,
        subjects: vec![id(ALICE), id(BOB), id(ALICE)],
        terms: terms(READ),
        from: None,
    };
    let first = desk.call::<method::GrantMany>(OWNER, &params).unwrap();
    assert!(desk.reads(ALICE) && desk.reads(BOB));
    desk.revoke(OWNER, ALICE, first).unwrap();
    assert_eq!(desk.reason(ALICE), Reason::Granted { grant: first + 2 });
    let none = GrantManyParams {
        subjects: Vec::new(),
        ..params
    };
    desk.refused::<method::GrantMany>(OWNER, &none, 85);
}

#[test]
fn a_subject_has_at_most_sixteen_grants_that_can_still_count() {
    let mut desk = Desk::new();
    let short = GrantTerms {
        end: Some(NOW + 5),
        ..terms(READ)
    };
    for _ in 0..MAX_GRANTS {
        desk.grant(ALICE, short.clone());
    }
    let refused = desk.give(OWNER, ALICE, terms(READ), None).unwrap_err();
    assert_eq!(refused.code.value(), 78);
    desk.at(NOW + 5).grant(ALICE, terms(READ));
    assert!(desk.reads(ALICE));
}

#[test]
fn a_revoked_grant_opens_nothing() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    desk.revoke(OWNER, ALICE, grant).unwrap();
    desk.told(Revoked {
        data_set: DATA,
        subject: ALICE,
        grant,
        by: OWNER,
    });
    let dead = Reason::Dead {
        grant,
        at: grant,
        why: "revoked".to_owned(),
    };
    assert_eq!(desk.reason(ALICE), dead);
    let events = desk.0.emitted().len();
    desk.revoke(OWNER, ALICE, grant).unwrap();
    assert_eq!(desk.0.emitted().len(), events, "once is enough");
}

#[test]
fn nobody_revokes_what_is_not_theirs() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    assert_eq!(desk.revoke(BOB, ALICE, grant).unwrap_err().code.value(), 79);
    assert_eq!(desk.revoke(OWNER, ALICE, grant + 9).unwrap_err().code.value(), 76);
    assert_eq!(desk.revoke(BOB, ALICE, grant + 9).unwrap_err().code.value(), 76);
    assert!(desk.reads(ALICE));
}

#[test]
fn what_was_given_for_good_is_given_back_by_its_subject_only() {
    let mut desk = Desk::new();
    let for_good = GrantTerms {
        revocable: false,
        ..terms(READ)
    };
    let grant = desk.grant(ALICE, for_good);
    assert_eq!(desk.revoke(OWNER, ALICE, grant).unwrap_err().code.value(), 80);
    assert_eq!(code(desk.renounce(BOB, grant)), 76);
    desk.renounce(ALICE, grant).unwrap();
    assert!(!desk.reads(ALICE));
}

#[test]
fn revoking_all_ends_every_grant_and_none_to_come() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.refused::<method::RevokeAll>(ALICE, &DATA, 65);
    assert_eq!(desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap(), 1);
    assert!(!desk.reads(ALICE));
    desk.grant(ALICE, terms(READ));
    assert!(desk.reads(ALICE));
}

#[test]
fn a_suspended_grant_rests_until_its_epoch() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    desk.suspend(GUARDIAN, ALICE, grant, NOW + 3).unwrap();
    assert_eq!(desk.ask(ALICE, READ, Scope::All {}).valid_until, Some(NOW + 3));
    let around = [2, 3, 4].map(|epoch| desk.at(NOW + epoch).reads(ALICE));
    assert_eq!(around, [false, true, true]);
    desk.suspend(OWNER, ALICE, grant, NOW + 9).unwrap();
    assert!(!desk.reads(ALICE));
    desk.suspend(OWNER, ALICE, grant, 0).unwrap();
    assert!(desk.reads(ALICE));
    desk.refused::<method::Suspend>(ALICE, &resting(ALICE, grant, 0), 66);
}

#[test]
fn nobody_is_given_a_grant_by_an_id_that_may_be_somebody_elses_one_day() {
    const TO_COME: u64 = 9_999;
    let mut desk = Desk::new();
    let error = desk.give(OWNER, TO_COME, terms(READ), None).unwrap_err();
    assert_eq!(error.code.value(), 69);
    for subjects in [[ALICE, TO_COME], [TO_COME, ALICE]] {
        let params = GrantManyParams {
            data_set: DATA,
            subjects: subjects.map(id).to_vec(),
            terms: terms(READ),
            from: None,
        };
        let message = desk.refused::<method::GrantMany>(OWNER, &params, 69);
        assert!(message.contains("f09999"), "{message}");
    }
    assert!(!desk.reads(ALICE), "nobody of the batch got anything");
}

#[test]
fn below_somebody_who_was_seen_there_is_nobody_to_come() {
    const YOUNG: u64 = 20_000;
    let mut desk = Desk::new();
    // The double has no actor there, so a look-up would refuse it.
    let older = YOUNG - 1;
    let refuses = |desk: &mut Desk, subject| {
        let error = desk.give(OWNER, subject, terms(READ), None).unwrap_err();
        assert_eq!(error.code.value(), 69, "{subject}: {error}");
    };
    refuses(&mut desk, older);
    desk.0.add_actor(YOUNG, ACCOUNT, None);
    desk.grant(YOUNG, terms(READ));
    desk.grant(older, terms(READ));
    refuses(&mut desk, YOUNG + 1);
    refuses(&mut desk, 999);
}

#[test]
fn who_calls_has_been_seen() {
    const CALLER: u64 = 30_000;
    let mut desk = Desk::new();
    desk.0.add_actor(CALLER, ACCOUNT, None);
    let data_set = desk.call::<method::CreateDataSet>(CALLER, &plain()).unwrap();
    let older = GrantParams {
        data_set,
        subject: id(CALLER - 1),
        terms: terms(READ),
        from: None,
    };
    desk.call::<method::Grant>(CALLER, &older).unwrap();
}
