//! What delays hold up: every method that changes what decides, by the power that it uses.

use std::collections::BTreeSet;

use fvm_ipld_encoding::RawBytes;
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_access::AccessActor;
use holdfast_api::access::{
    Access, ChangePlanParams, Delay, DropEnvelopesParams, Envelope, Plan, PlanKind, Power,
    PutEnvelopesParams, READ, RemoveRuleParams, Rule, ScheduleParams, Scope, SetAllowListParams,
    SetContentParams, SetDelayParams, SetGatewayParams, SetGuardianParams, SetRuleParams, SetTermsParams,
    method,
};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::{Interface, Kind, Method};
use serde::Serialize;

use crate::desk::*;
use crate::shop::{atto, plan};

/// The delay on the desk, epochs.
pub const DELAY: ChainEpoch = 10;
/// For so long something is ready: a week.
pub const WEEK: ChainEpoch = 20_160;

/// A call that a delay holds up.
pub struct Case {
    pub name: &'static str,
    pub number: u64,
    params: Vec<u8>,
    pub power: Power,
}

pub fn case<M: Method<Params: Serialize>>(power: Power, params: M::Params) -> Case {
    Case {
        name: M::NAME,
        number: M::NUMBER,
        params: fvm_ipld_encoding::to_vec(&params).unwrap(),
        power,
    }
}

/// Terms that nobody has to accept anew.
pub fn terms_params(hash: u8) -> SetTermsParams {
    wording(hash, false)
}

pub fn rule() -> Rule {
    Rule {
        scope: Scope::All {},
        actions: READ,
        requires: None,
        opens: None,
        sealed: true,
    }
}

pub fn set_delay(what: Delay, delay: ChainEpoch) -> SetDelayParams {
    SetDelayParams {
        data_set: DATA,
        what,
        delay,
    }
}

pub fn set_content() -> SetContentParams {
    SetContentParams {
        data_set: DATA,
        content: Vec::new(),
        metadata: None,
        metadata_size: 7,
    }
}

/// A plan that gives access away.
fn free() -> Plan {
    plan(PlanKind::Once { epochs: None }, 0)
}

/// Every method that changes what decides.
pub fn cases() -> Vec<Case> {
    let remove_rule = RemoveRuleParams {
        data_set: DATA,
        scope: path("old"),
        actions: READ,
    };
    let list = SetAllowListParams {
        data_set: DATA,
        list: 1,
        root: Bytes32([1; 32]),
    };
    let set_rule = SetRuleParams {
        data_set: DATA,
        rule: rule(),
    };
    let guardian = SetGuardianParams {
        data_set: DATA,
        guardian: None,
    };
    let put_envelopes = PutEnvelopesParams {
        data_set: DATA,
        key_epoch: 2,
        envelopes: vec![Envelope {
            recipient: id(ALICE),
            key: Bytes32([9; 32]),
            bytes: RawBytes::new(vec![7]),
        }],
    };
    let drop_envelopes = DropEnvelopesParams {
        data_set: DATA,
        key_epoch: 1,
        start: 0,
        limit: 1,
    };
    let gateway = SetGatewayParams {
        data_set: DATA,
        gateway: id(BOB),
        allowed: true,
    };
    let change_plan = ChangePlanParams {
        data_set: DATA,
        plan: 1,
        open: false,
        price: atto(1),
        stock: None,
        referrer_bps: 0,
        splits: free().splits,
    };
    let action = READ;
    let delay = set_delay(Delay::Grant { action }, 5);
    vec![
        case::<method::SetRule>(Power::Rules {}, set_rule),
        case::<method::RemoveRule>(Power::Rules {}, remove_rule),
        case::<method::SetAllowList>(Power::Rules {}, list),
        case::<method::SetTerms>(Power::Terms {}, terms_params(1)),
        case::<method::SetContent>(Power::Content {}, set_content()),
        case::<method::SetGuardian>(Power::Handover {}, guardian),
        case::<method::OfferDataSet>(Power::Handover {}, offer(Some(BOB), true)),
        case::<method::CreatePlan>(Power::Selling {}, free()),
        case::<method::ChangePlan>(Power::Selling {}, change_plan),
        case::<method::PutEnvelopes>(Power::Keys {}, put_envelopes),
        case::<method::DropEnvelopes>(Power::Keys {}, drop_envelopes),
        case::<method::SetGateway>(Power::Keys {}, gateway),
        case::<method::Unfreeze>(Power::Unfreeze {}, DATA),
        case::<method::Suspend>(Power::Unfreeze {}, resting(ALICE, 1, 0)),
        case::<method::SetDelay>(Power::Delays {}, delay),
    ]
}

/// The methods that no delay holds up: they take something back, are somebody's own business, change no data set that is
/// there, or make grants, which have delays of their own.
const NEVER: [&str; 46] = [
    "Constructor",
    "CreateDataSet",
    "CreateDataSets",
    "AcceptDataSet",
    "Freeze",
    "AcceptTerms",
    "Grant",
    "GrantMany",
    "Revoke",
    "RevokeAll",
    "Renounce",
    "Prune",
    "ConsumeAccess",
    "ObserveHolder",
    "CreateGroup",
    "AddMembers",
    "RemoveMembers",
    "Schedule",
    "Cancel",
    "Carry",
    "CancelNonce",
    "Buy",
    "Renew",
    "Refund",
    "Settle",
    "ShareTime",
    "Withdraw",
    "Receive",
    "SetReaderKey",
    "RotateKeys",
    "AnchorLog",
    "IssueTicket",
    "PruneTickets",
    "GrantCommitted",
    "RevokeCommitted",
    "Reveal",
    "createDataSet",
    "grant",
    "consumeAccess",
    "buy",
    "renew",
    "withdraw",
    "withdrawToken",
    "bindFunction",
    "bindService",
    "isAuthorized",
];

/// A desk on which every case can be done, with a grant of Alice that rests and with delays.
pub fn desk(power: Option<Power>) -> Desk {
    let mut desk = Desk::new();
    let alice = desk.grant(ALICE, terms(READ));
    desk.suspend(GUARDIAN, ALICE, alice, NOW + 1_000_000).unwrap();
    let scope = path("old");
    desk.set_rule(Rule { scope, ..rule() }).unwrap();
    desk.sells(free());
    for _ in 0..2 {
        desk.call::<method::RotateKeys>(OWNER, &DATA).unwrap();
    }
    let key = Bytes32([9; 32]);
    desk.call::<method::SetReaderKey>(ALICE, &key).unwrap();
    if let Some(power) = power {
        desk.delay(Delay::Power { power }, DELAY);
    }
    desk
}

/// The exit code of a call.
pub fn done(desk: &mut Desk, from: ActorID, case: &Case) -> u32 {
    let params = IpldBlock {
        codec: fvm_ipld_encoding::CBOR,
        data: case.params.clone(),
    };
    let done = desk
        .0
        .caller(from)
        .invoke::<Access, AccessActor>(case.number, Some(params));
    done.err().map_or(0, |abort| abort.error.code.value())
}

pub fn announcement(case: &Case, at: Option<ChainEpoch>) -> ScheduleParams {
    ScheduleParams {
        data_set: DATA,
        method: case.number,
        params: RawBytes::new(case.params.clone()),
        at,
    }
}

/// The owner schedules a case.
pub fn announced(case: &Case) -> Desk {
    let mut desk = desk(Some(case.power.clone()));
    desk.call::<method::Schedule>(OWNER, &announcement(case, None))
        .unwrap();
    desk
}

#[test]
fn nothing_that_is_delayed_is_done_unannounced() {
    for case in cases() {
        let mut desk = desk(Some(case.power.clone()));
        assert_eq!(done(&mut desk, OWNER, &case), 146, "{}", case.name);
    }
}

#[test]
fn nothing_waits_without_a_delay_on_its_power() {
    for case in cases() {
        assert_eq!(done(&mut desk(None), OWNER, &case), 0, "{}", case.name);
        let other = match case.power {
            Power::Keys {} => Power::Terms {},
            _ => Power::Keys {},
        };
        let mut desk = desk(Some(other));
        assert_eq!(
            done(&mut desk, OWNER, &case),
            0,
            "{} with a delay on another power",
            case.name
        );
        desk.refused::<method::Schedule>(OWNER, &announcement(&case, None), 142);
    }
}

#[test]
fn what_is_announced_is_done_from_the_end_of_the_delay_on_for_a_week() {
    let moments = [
        (NOW, 147),
        (NOW + DELAY - 1, 147),
        (NOW + DELAY, 0),
        (NOW + DELAY + 1, 0),
        (NOW + DELAY + WEEK - 1, 0),
        (NOW + DELAY + WEEK, 148),
        (NOW + DELAY + WEEK + 1, 148),
    ];
    for case in cases() {
        for (epoch, code) in moments {
            let mut desk = announced(&case);
            assert_eq!(
                done(desk.at(epoch), OWNER, &case),
                code,
                "{} at {epoch}",
                case.name
            );
        }
    }
}

#[test]
fn what_was_announced_is_done_once() {
    for case in cases().iter().filter(|case| case.name != "Suspend") {
        let mut desk = announced(case);
        assert_eq!(done(desk.at(NOW + DELAY), OWNER, case), 0, "{}", case.name);
        assert_eq!(done(&mut desk, OWNER, case), 146, "{}", case.name);
    }
}

#[test]
fn every_method_is_held_up_or_known_not_to_be() {
    let calls = Access::describe().methods.into_iter();
    let calls: BTreeSet<_> = calls
        .filter(|method| method.kind != Kind::View)
        .map(|method| method.name)
        .collect();
    let known: BTreeSet<_> = cases().iter().map(|case| case.name).chain(NEVER).collect();
    assert_eq!(calls, known, "say of a new method which power it uses");
}

#[test]
fn no_delay_stops_a_way_out() {
    let mut desk = Desk::new();
    let (alice, bob) = (desk.grant(ALICE, terms(READ)), desk.grant(BOB, terms(READ)));
    desk.offers(Some(CAROL), true);
    for case in cases() {
        let power = case.power;
        let what = Delay::Power { power };
        let shown = desk.call::<method::GetDelays>(OWNER, &DATA).unwrap();
        if shown.iter().all(|delay| delay.what != what) {
            desk.delay(what, DELAY);
        }
    }
    desk.suspend(GUARDIAN, ALICE, alice, NOW + 5).unwrap();
    desk.suspend(GUARDIAN, ALICE, alice, NOW + 9).unwrap();
    desk.revoke(OWNER, ALICE, alice).unwrap();
    desk.renounce(BOB, bob).unwrap();
    desk.offers(None, true);
    let seen = desk.seen();
    desk.refused::<method::AcceptDataSet>(CAROL, &seen, 67);
    desk.call::<method::Freeze>(GUARDIAN, &DATA).unwrap();
    desk.call::<method::RevokeAll>(OWNER, &DATA).unwrap();
    desk.refused::<method::OfferDataSet>(ALICE, &offer(None, true), 65);
}
