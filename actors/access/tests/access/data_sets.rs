//! Data sets: made, described, handed over, frozen.

use holdfast_api::access::events::{DataSetCreated, DataSetTransferred, FrozenSet, GuardianSet};
use holdfast_api::access::{
    ADMIN, CreateDataSetParams, Delay, GRANT, GrantCommittedParams, GrantManyParams, GrantTerms,
    HasAccessParams, MAX_BATCH, MAX_CONTENT, Node, OfferedDataSet, Power, READ, RELAY, Reason, Scope,
    SetContentParams, SetGuardianParams, method,
};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::schema::Schema;

use crate::desk::*;

#[test]
fn data_sets_are_numbered_from_one_on() {
    let mut desk = Desk::new();
    let all = vec![plain(), plain(), plain()];
    assert_eq!(desk.call::<method::CreateDataSets>(ALICE, &all).unwrap(), 2);
    for data_set in 2..5 {
        assert_eq!(
            desk.call::<method::GetDataSet>(BOB, &data_set).unwrap().owner,
            ALICE
        );
    }
    let created = DataSetCreated {
        data_set: 4,
        owner: ALICE,
    };
    assert!(desk.0.emitted().contains(&created.to_actor_event().unwrap()));
    desk.told(GuardianSet {
        data_set: 4,
        guardian: Some(GUARDIAN),
    });
    desk.refused::<method::GetDataSet>(BOB, &5, 64);
}

#[test]
fn a_batch_of_data_sets_has_its_limits() {
    let mut desk = Desk::new();
    desk.refused::<method::CreateDataSets>(OWNER, &vec![], 85);
    let most = vec![plain(); MAX_BATCH];
    assert!(desk.call::<method::CreateDataSets>(OWNER, &most).is_ok());
    desk.refused::<method::CreateDataSets>(OWNER, &vec![plain(); MAX_BATCH + 1], 85);
}

#[test]
fn somebody_else_can_be_the_owner_from_the_start() {
    let mut desk = Desk::new();
    let params = CreateDataSetParams {
        owner: Some(id(BOB)),
        ..plain()
    };
    let data_set = desk.call::<method::CreateDataSet>(ALICE, &params).unwrap();
    assert_eq!(
        desk.call::<method::GetDataSet>(ALICE, &data_set).unwrap().owner,
        BOB
    );
    let nobody = CreateDataSetParams {
        owner: Some(id(9_999)),
        ..plain()
    };
    let message = desk.refused::<method::CreateDataSet>(ALICE, &nobody, 69);
    assert!(message.contains("f09999"), "{message}");
}

#[test]
fn a_data_set_says_what_it_consists_of() {
    let mut desk = Desk::new();
    let cid = ForeignCid::sample();
    let content = SetContentParams {
        data_set: DATA,
        content: vec![cid; MAX_CONTENT],
        metadata: Some(cid),
        metadata_size: 2_000,
    };
    desk.call::<method::SetContent>(OWNER, &content).unwrap();
    let found = desk.call::<method::GetDataSet>(BOB, &DATA).unwrap();
    assert_eq!(
        (found.content.len(), found.metadata, found.metadata_size),
        (16, Some(cid), 2_000)
    );
    desk.refused::<method::SetContent>(ALICE, &content, 66);
    let more = SetContentParams {
        content: vec![cid; MAX_CONTENT + 1],
        ..content
    };
    desk.refused::<method::SetContent>(OWNER, &more, 87);
}

#[test]
fn a_data_set_changes_hands_in_two_steps_and_its_grants_end() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.refused::<method::OfferDataSet>(BOB, &offer(Some(BOB), false), 65);
    desk.offers(Some(BOB), false);
    assert!(desk.reads(ALICE), "an offer changes nothing");
    let seen = desk.seen();
    desk.refused::<method::AcceptDataSet>(CAROL, &seen, 67);
    desk.takes_over(BOB);
    desk.told(DataSetTransferred {
        data_set: DATA,
        from: OWNER,
        to: BOB,
        generation: 1,
    });
    assert!(!desk.reads(ALICE) && !desk.reads(OWNER) && desk.reads(BOB));
    let found = desk.call::<method::GetDataSet>(BOB, &DATA).unwrap();
    assert_eq!(
        (found.owner, found.pending_owner, found.guardian),
        (BOB, None, None)
    );
    let unguarded = GuardianSet {
        data_set: DATA,
        guardian: None,
    };
    assert!(desk.0.emitted().contains(&unguarded.to_actor_event().unwrap()));
    let seen = desk.seen();
    desk.refused::<method::AcceptDataSet>(BOB, &seen, 67);
}

#[test]
fn grants_stay_good_under_a_new_owner_if_the_old_one_said_so() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.hand_over(BOB, true);
    assert!(desk.reads(ALICE));
}

type Change = fn(&mut Desk);

#[test]
fn who_takes_a_data_set_over_takes_it_as_it_was_seen() {
    let changes: [(&str, Change); 6] = [
        ("keep_grants is 1, and 0", |desk| desk.offers(Some(BOB), true)),
        ("generation is 1, and 0", |desk| {
            desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
        }),
        ("policy_version is 1, and 0", |desk| {
            desk.rule(None, Some(vec![Node::Caller { actor: id(CAROL) }]))
        }),
        ("terms_version is 1, and 0", |desk| {
            desk.set_terms(1, false);
        }),
        ("frozen is 1, and 0", |desk| {
            desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
        }),
        ("max_delay is 7, and 0", |desk| {
            let power = Power::Content {};
            desk.delay(Delay::Power { power }, 7);
        }),
    ];
    for (what, change) in changes {
        let mut desk = Desk::new();
        desk.offers(Some(BOB), false);
        let seen = desk.seen();
        change(&mut desk);
        let message = desk.refused::<method::AcceptDataSet>(BOB, &seen, 155);
        assert!(message.contains(what), "{message}");
        let seen = desk.seen();
        assert_eq!(desk.call::<method::GetOffer>(BOB, &DATA).unwrap(), seen);
        desk.takes_over(BOB);
    }
}

#[test]
fn a_delay_that_was_cut_binds_the_new_owner_until_it_is() {
    let mut desk = Desk::new();
    let what = Delay::Power {
        power: Power::Unfreeze {},
    };
    desk.delay(what.clone(), 7);
    desk.delay(what, 0);
    desk.offers(Some(BOB), false);
    let seen = desk.seen();
    assert_eq!(seen.max_delay, 7);
    let less = OfferedDataSet {
        max_delay: 6,
        ..seen.clone()
    };
    desk.refused::<method::AcceptDataSet>(BOB, &less, 155);
    let more = OfferedDataSet { max_delay: 8, ..seen };
    desk.call::<method::AcceptDataSet>(BOB, &more).unwrap();
}

#[test]
fn a_delay_that_is_cut_is_the_longest_no_more() {
    let mut desk = Desk::new();
    let power = Power::Unfreeze {};
    let what = Delay::Power { power };
    desk.delay(what.clone(), 20_000);
    desk.delay(what, 10);
    for (epoch, longest) in [(19_989, 20_000), (19_990, 10)] {
        let offer = desk.at(NOW + epoch).call::<method::GetOffer>(BOB, &DATA);
        assert_eq!(offer.unwrap().max_delay, longest, "{epoch}");
    }
    desk.hand_over(BOB, true);
}

#[test]
fn what_is_given_for_good_is_noticed_by_who_takes_the_data_set_over() {
    let for_good = |actions| GrantTerms {
        revocable: false,
        ..terms(actions)
    };
    let one = move |desk: &mut Desk| {
        desk.grant(CAROL, for_good(ADMIN));
    };
    let many = move |desk: &mut Desk| {
        let many = GrantManyParams {
            data_set: DATA,
            subjects: vec![id(ALICE), id(CAROL)],
            terms: for_good(READ),
            from: None,
        };
        desk.call::<method::GrantMany>(OWNER, &many).unwrap();
    };
    let hidden = move |desk: &mut Desk| {
        let hidden = GrantCommittedParams {
            data_set: DATA,
            commitment: Bytes32([7; 32]),
            terms: for_good(READ),
            from: None,
        };
        desk.call::<method::GrantCommitted>(OWNER, &hidden).unwrap();
    };
    let gives: [&dyn Fn(&mut Desk); 3] = [&one, &many, &hidden];
    for give in gives {
        let mut desk = Desk::new();
        let alice = desk.grant(ALICE, terms(READ | GRANT));
        desk.offers(Some(BOB), true);
        let seen = desk.seen();
        desk.grant(CAROL, terms(READ));
        desk.give_on((ALICE, alice), CAROL, for_good(READ));
        assert_eq!(desk.seen(), seen, "what the new owner can take back");
        give(&mut desk);
        let message = desk.refused::<method::AcceptDataSet>(BOB, &seen, 155);
        assert!(message.contains("policy_version is 1, and 0"), "{message}");
    }
}

#[test]
fn an_offer_can_be_taken_back() {
    let mut desk = Desk::new();
    desk.offers(Some(BOB), true);
    desk.offers(None, true);
    let seen = desk.seen();
    desk.refused::<method::AcceptDataSet>(BOB, &seen, 67);
}

#[test]
fn the_guardian_freezes_and_only_the_owner_opens_again() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(READ));
    desk.refused::<method::Freeze>(ALICE, &DATA, 68);
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    desk.told(FrozenSet {
        data_set: DATA,
        frozen: true,
        by: GUARDIAN,
    });
    assert_eq!(desk.reason(ALICE), Reason::Frozen {});
    desk.refused::<method::Unfreeze>(GUARDIAN, &DATA, 65);
    desk.call::<method::Unfreeze>(OWNER, &DATA).unwrap();
    assert!(desk.reads(ALICE));
}

#[test]
fn a_guardian_can_be_replaced_by_nobody() {
    let mut desk = Desk::new();
    let nobody = SetGuardianParams {
        data_set: DATA,
        guardian: None,
    };
    desk.refused::<method::SetGuardian>(GUARDIAN, &nobody, 65);
    desk.call::<method::SetGuardian>(OWNER, &nobody).unwrap();
    desk.refused::<method::Freeze>(GUARDIAN, &DATA, 68);
    desk.refused::<method::Suspend>(GUARDIAN, &resting(ALICE, 1, 2_000), 66);
}

#[test]
fn what_was_never_made_opens_nothing_and_is_no_error() {
    let mut desk = Desk::new();
    let mut ask = |data_set, subject| {
        let params = HasAccessParams {
            data_set,
            scope: Scope::All {},
            subject,
            action: RELAY,
            proofs: Vec::new(),
        };
        let answer = desk.call::<method::HasAccess>(ALICE, &params).unwrap();
        assert!(!answer.allowed);
        answer.reason
    };
    assert_eq!(ask(7, id(ALICE)), Reason::NoDataSet {});
    let unknown = fvm_shared::address::Address::new_secp256k1(&[7; 65]).unwrap();
    assert_eq!(ask(DATA, unknown), Reason::NobodyThere {});
}
