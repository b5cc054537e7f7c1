//! What the world is told of what has happened, where no test of the method itself looks at it.

use holdfast_api::access::events::*;
use holdfast_api::access::{
    ADMIN, AcceptTermsParams, BuyParams, MembersParams, Plan, PlanKind, READ, RELAY, RemoveRuleParams,
    SetAllowListParams, SetGuardianParams, WithdrawParams, method,
};
use holdfast_runtime::evm::Bytes32;

use crate::authorizer::{PAYER, SERVICE, binding};
use crate::desk::*;
use crate::ethereum::{CONTRACT, bind, sol};
use crate::held_up::{rule, set_content};
use crate::refunds::once;
use crate::shared_time::share;
use crate::shop::*;

#[test]
fn an_offer_is_told_and_that_it_was_taken_back() {
    let mut desk = Desk::new();
    for to in [Some(BOB), None] {
        desk.offers(to, true);
        desk.told(DataSetOffered {
            data_set: DATA,
            to,
            keep_grants: true,
        });
    }
}

#[test]
fn other_content_and_another_guardian_are_told() {
    let mut desk = Desk::new();
    let data_set = DATA;
    desk.call::<method::SetContent>(OWNER, &set_content()).unwrap();
    desk.told(ContentSet { data_set });
    for guardian in [Some(CAROL), None] {
        let params = SetGuardianParams {
            data_set,
            guardian: guardian.map(id),
        };
        desk.call::<method::SetGuardian>(OWNER, &params).unwrap();
        desk.told(GuardianSet { data_set, guardian });
    }
}

#[test]
fn new_terms_are_told_with_the_version_that_has_to_be_accepted() {
    let mut desk = Desk::new();
    let (data_set, hash) = (DATA, Bytes32([1; 32]));
    // The first terms have to be accepted whatever is said; later ones if they are to be accepted afresh.
    for (fresh, version, required, policy_version) in [(false, 1, 1, 1), (false, 2, 1, 1), (true, 3, 3, 2)] {
        desk.set_terms(1, fresh);
        desk.told(TermsSet {
            data_set,
            version,
            required,
            policy_version,
        });
    }
    let accept = AcceptTermsParams {
        data_set,
        version: 3,
        hash,
    };
    desk.call::<method::AcceptTerms>(ALICE, &accept).unwrap();
    let (subject, version) = (ALICE, 3);
    desk.told(TermsAccepted {
        data_set,
        subject,
        version,
    });
}

#[test]
fn rules_and_lists_are_told_with_their_version() {
    let mut desk = Desk::new();
    let data_set = DATA;
    desk.set_rule(rule()).unwrap();
    desk.told(RuleSet {
        data_set,
        policy_version: 1,
    });
    let remove = RemoveRuleParams {
        data_set,
        scope: rule().scope,
        actions: READ | RELAY,
    };
    desk.call::<method::RemoveRule>(OWNER, &remove).unwrap();
    desk.told(RuleRemoved {
        data_set,
        policy_version: 2,
    });
    for (root, policy_version) in [([7; 32], 3), ([0; 32], 4)] {
        let (list, root) = (5, Bytes32(root));
        let params = SetAllowListParams { data_set, list, root };
        desk.call::<method::SetAllowList>(OWNER, &params).unwrap();
        desk.told(AllowListSet {
            data_set,
            list,
            policy_version,
        });
    }
}

#[test]
fn that_all_grants_are_void_is_told_with_the_generation_to_come() {
    let mut desk = Desk::new();
    let data_set = DATA;
    for generation in [1, 2] {
        desk.call::<method::RevokeAll>(OWNER, &data_set).unwrap();
        desk.told(AllRevoked { data_set, generation });
    }
}

#[test]
fn that_a_grant_rests_is_told_and_until_when() {
    let mut desk = Desk::new();
    let grant = desk.grant(ALICE, terms(READ));
    for (named, until) in [(NOW + 9, NOW + 9), (NOW - 9, NOW - 9), (-9, 0)] {
        desk.suspend(OWNER, ALICE, grant, named).unwrap();
        desk.told(Suspended {
            data_set: DATA,
            subject: ALICE,
            grant,
            until,
        });
    }
}

#[test]
fn groups_and_who_comes_and_goes_are_told() {
    let mut desk = Desk::new();
    let group = desk.call::<method::CreateGroup>(ALICE, &()).unwrap();
    desk.told(GroupCreated { group, owner: ALICE });
    let named = MembersParams {
        group,
        members: vec![id(CAROL), id(BOB)],
    };
    let members = vec![CAROL, BOB];
    desk.call::<method::AddMembers>(ALICE, &named).unwrap();
    desk.told(MembersAdded {
        group,
        members: members.clone(),
    });
    desk.call::<method::RemoveMembers>(ALICE, &named).unwrap();
    desk.told(MembersRemoved { group, members });
}

#[test]
fn what_contracts_have_decided_here_is_told_and_that_it_ends() {
    let mut desk = Desk::new();
    desk.grant(PAYER, terms(ADMIN));
    for data_set in [DATA, 0] {
        sol::<method::bindFunction>(&mut desk, CONTRACT, bind(data_set)).unwrap();
        desk.told(FunctionBound {
            target: CONTRACT,
            selector: 0x0102_0304,
            data_set,
            path: (if data_set == 0 { "" } else { "ward" }).to_owned(),
            action: if data_set == 0 { 0 } else { READ },
        });
        sol::<method::bindService>(&mut desk, PAYER, binding(data_set)).unwrap();
        desk.told(ServiceBound {
            service: SERVICE,
            payer: PAYER,
            number: 42,
            data_set,
            path: (if data_set == 0 { "" } else { "archive" }).to_owned(),
        });
    }
}

#[test]
fn plans_are_told_with_the_version_that_buyers_name() {
    let mut desk = Desk::new();
    let (data_set, plan) = (DATA, desk.sells(plan(once(10), 100)));
    desk.told(PlanCreated {
        data_set,
        plan,
        policy_version: 1,
    });
    desk.change_plan(plan, |p| p.open = false);
    desk.told(PlanChanged {
        data_set,
        plan,
        policy_version: 2,
    });
}

/// Carol names what Alice is to have.
fn for_alice(desk: &mut Desk, plan: u64, periods: u64) -> BuyParams {
    BuyParams {
        subject: Some(id(ALICE)),
        ..desk.wanted(ALICE, plan, periods)
    }
}

#[test]
fn a_purchase_and_a_renewal_are_told_with_who_paid_and_how_much() {
    let mut desk = Desk::new();
    let (data_set, subject, payer) = (DATA, ALICE, CAROL);
    let plan = desk.sells(plan(subscription(10, 0), 100));
    let wanted = for_alice(&mut desk, plan, 2);
    let before = desk.0.emitted().len();
    let grant = desk.pay::<method::Buy>(CAROL, 200, &wanted).unwrap();
    desk.told(Bought {
        data_set,
        subject,
        plan,
        grant,
        payer,
        price: atto(200),
    });
    let wanted = for_alice(&mut desk, plan, 3);
    desk.pay::<method::Renew>(CAROL, 300, &wanted).unwrap();
    desk.told(Renewed {
        data_set,
        subject,
        plan,
        end: NOW + 50,
        payer,
        price: atto(300),
    });
    assert_eq!(desk.0.emitted().len(), before + 2, "no `granted` goes along");
}

#[test]
fn a_renewal_of_uses_is_told_without_an_end() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(PlanKind::PerUse { uses: 5 }, 100));
    desk.buys(ALICE, plan, 1).unwrap();
    desk.renews(ALICE, plan, 1).unwrap();
    desk.told(Renewed {
        data_set: DATA,
        subject: ALICE,
        plan,
        end: 0,
        payer: ALICE,
        price: atto(100),
    });
}

#[test]
fn time_that_is_shared_is_told_by_an_event_of_its_own() {
    let mut desk = Desk::new();
    let plan = desk.sells(Plan {
        shareable: true,
        ..plan(once(10), 100)
    });
    desk.buys(ALICE, plan, 1).unwrap();
    let before = desk.0.emitted().len();
    let grant = desk.call::<method::ShareTime>(ALICE, &share(plan, 3)).unwrap();
    desk.told(TimeShared {
        plan,
        from: ALICE,
        to: BOB,
        grant,
        epochs: 3,
    });
    assert_eq!(desk.0.emitted().len(), before + 1, "no `granted` goes along");
}

#[test]
fn money_that_is_fetched_is_told_with_whose_it_is() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(once(10), 1_000));
    desk.buys(ALICE, plan, 1).unwrap();
    let fetch = WithdrawParams {
        asset: None,
        payee: Some(id(TREASURY)),
    };
    desk.call::<method::Withdraw>(CAROL, &fetch).unwrap();
    desk.told(Withdrawn {
        asset: 0,
        payee: TREASURY,
        amount: atto(700),
    });
}
