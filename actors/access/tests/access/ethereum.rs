//! The same by calldata, and contracts that ask who may call them.

use fvm_shared::address::Address;
use holdfast_access::AccessActor;
use holdfast_api::access::{
    Access, BindFunctionParams, CanCallParams, GRANT, GrantAt, Node, READ, Reason, SolidityAnswer,
    SolidityBuyParams, SolidityConsumeParams, SolidityGrantParams, SolidityQuestion, SolidityQuoteParams,
    method,
};
use holdfast_runtime::dispatch::Abort;
use holdfast_runtime::evm::{Bytes4, Bytes32, EthAddress};
use holdfast_runtime::method::SolidityMethod;

use crate::desk::*;
use crate::shop::*;

/// A contract with functions that are guarded.
pub const CONTRACT: u64 = 109;

/// Calls a method by calldata.
pub fn sol<M: SolidityMethod>(desk: &mut Desk, from: u64, params: M::Params) -> Result<M::Return, Abort> {
    desk.0
        .caller(from)
        .call_solidity::<Access, AccessActor, M>(params)
}

fn grant(subject: u64, actions: u8) -> SolidityGrantParams {
    SolidityGrantParams {
        data_set: DATA,
        subject: id(subject),
        actions,
        path: String::new(),
        start: 0,
        end: 0,
        from: 0,
    }
}

fn asks(desk: &mut Desk, subject: Address, path: &str) -> SolidityAnswer {
    let question = SolidityQuestion {
        data_set: DATA,
        path: path.to_owned(),
        subject,
        action: READ,
    };
    sol::<method::hasAccess>(desk, CONTRACT, question).expect("an answer")
}

#[test]
fn a_data_set_is_made_given_and_asked_about_by_calldata() {
    let mut desk = Desk::new();
    let made = sol::<method::createDataSet>(&mut desk, ALICE, ()).unwrap();
    let owner = sol::<method::dataSetOwner>(&mut desk, BOB, made).unwrap();
    assert_eq!(owner, EthAddress::from_id(ALICE));
    let terms = SolidityGrantParams {
        data_set: made,
        path: "images".to_owned(),
        start: 1_001,
        end: 1_003,
        ..grant(BOB, READ)
    };
    let number = sol::<method::grant>(&mut desk, ALICE, terms).unwrap();
    let question = |path: &str| SolidityQuestion {
        data_set: made,
        path: path.to_owned(),
        subject: id(BOB),
        action: READ,
    };
    for (now, allowed) in [(1_000, false), (1_001, true), (1_002, true), (1_003, false)] {
        desk.at(now);
        let answer = sol::<method::hasAccess>(&mut desk, CONTRACT, question("images/1")).unwrap();
        assert_eq!((answer.allowed, answer.grant_id), (allowed, number), "at {now}");
        assert_eq!(answer.epoch, now as u64);
    }
    let answer = sol::<method::hasAccess>(desk.at(1_001), CONTRACT, question("")).unwrap();
    assert_eq!(
        (answer.allowed, answer.reason),
        (false, Reason::Nothing {}.number())
    );
}

#[test]
fn both_faces_give_the_same_answer() {
    let mut desk = Desk::new();
    desk.call::<method::RotateKeys>(OWNER, &DATA).unwrap();
    desk.grant(
        ALICE,
        holdfast_api::access::GrantTerms {
            end: Some(NOW + 5),
            ..terms(READ)
        },
    );
    for who in [OWNER, ALICE, BOB] {
        let by_number = desk.ask(who, READ, holdfast_api::access::Scope::All {});
        let by_calldata = asks(&mut desk, id(who), "");
        assert_eq!(by_calldata.allowed, by_number.allowed);
        assert_eq!(by_calldata.reason, by_number.reason.number());
        assert_eq!(by_calldata.valid_until as i64, by_number.valid_until.unwrap_or(0));
        assert_eq!(by_calldata.policy_version, by_number.policy_version);
        let granted = match by_number.reason {
            Reason::Granted { grant } => grant,
            _ => 0,
        };
        assert_eq!(by_calldata.grant_id, granted);
        assert_eq!(by_calldata.key_epoch, by_number.key_epoch);
        assert_eq!(by_calldata.epoch as i64, by_number.epoch);
    }
    let nobody = EthAddress([7; 20]).to_filecoin().unwrap();
    assert_eq!(
        asks(&mut desk, nobody, "").reason,
        Reason::NobodyThere {}.number()
    );
}

#[test]
fn a_grant_is_given_on_and_revoked_by_calldata() {
    let mut desk = Desk::new();
    let above = sol::<method::grant>(&mut desk, OWNER, grant(ALICE, READ | GRANT)).unwrap();
    let on = SolidityGrantParams {
        from: above,
        ..grant(BOB, READ)
    };
    sol::<method::grant>(&mut desk, ALICE, on).unwrap();
    assert!(asks(&mut desk, id(BOB), "").allowed);
    let at = GrantAt {
        data_set: DATA,
        subject: id(ALICE),
        grant: above,
    };
    sol::<method::Revoke>(&mut desk, OWNER, at).unwrap();
    assert!(!asks(&mut desk, id(BOB), "").allowed);
}

#[test]
fn uses_are_counted_by_calldata_too() {
    let mut desk = Desk::new();
    let counted = holdfast_api::access::GrantTerms {
        uses: Some(2),
        ..terms(READ)
    };
    let number = desk.grant(ALICE, counted);
    let consume = || SolidityConsumeParams {
        data_set: DATA,
        path: String::new(),
        action: READ,
        uses: 1,
    };
    assert_eq!(
        sol::<method::consumeAccess>(&mut desk, ALICE, consume()).unwrap(),
        number
    );
    assert_eq!(
        sol::<method::consumeAccess>(&mut desk, OWNER, consume()).unwrap(),
        0
    );
    sol::<method::consumeAccess>(&mut desk, ALICE, consume()).unwrap();
    assert!(sol::<method::consumeAccess>(&mut desk, ALICE, consume()).is_err());
}

#[test]
fn a_plan_is_quoted_bought_renewed_and_paid_out_by_calldata() {
    let mut desk = Desk::new();
    let plan = desk.sells(plan(subscription(10, 0), 50));
    let asked = || SolidityQuoteParams {
        plan,
        subject: id(ALICE),
        periods: 2,
    };
    let quote = sol::<method::quote>(&mut desk, ALICE, asked()).unwrap();
    assert_eq!(
        (quote.price.clone(), quote.end, quote.renewal),
        (atto(100), 1_020, false)
    );
    assert_eq!(quote.token, EthAddress::ZERO);
    let wanted = |subject| SolidityBuyParams {
        plan,
        subject,
        periods: 2,
        max_price: quote.price.clone(),
        policy_version: quote.policy_version,
        terms_hash: quote.terms_hash,
        referrer: EthAddress::ZERO,
    };
    desk.0.value(atto(100));
    sol::<method::buy>(&mut desk, ALICE, wanted(EthAddress::ZERO)).unwrap();
    assert!(asks(&mut desk, id(ALICE), "").allowed);
    assert!(sol::<method::quote>(&mut desk, ALICE, asked()).unwrap().renewal);
    desk.0.value(atto(100));
    sol::<method::renew>(&mut desk, BOB, wanted(EthAddress::from_id(ALICE))).unwrap();
    assert!(asks(desk.at(1_039), id(ALICE), "").allowed);
    assert_eq!(
        sol::<method::withdraw>(&mut desk, TREASURY, ()).unwrap(),
        atto(140)
    );
    assert!(sol::<method::withdraw>(&mut desk, TREASURY, ()).is_err());
}

/// Has a data set decide who calls a function.
pub fn bind(data_set: u64) -> BindFunctionParams {
    BindFunctionParams {
        selector: Bytes4([1, 2, 3, 4]),
        data_set,
        path: "ward".to_owned(),
        action: READ,
    }
}

pub fn can(desk: &mut Desk, caller: u64, target: u64, selector: [u8; 4]) -> bool {
    let call = CanCallParams {
        caller: id(caller),
        target: id(target),
        selector: Bytes4(selector),
    };
    let answer = sol::<method::canCall>(desk, CONTRACT, call).expect("an answer");
    assert_eq!(answer.delay, 0);
    answer.allowed
}

#[test]
fn a_contract_has_a_data_set_decide_who_calls_its_function() {
    let mut desk = Desk::new();
    let number = desk.grant(
        ALICE,
        holdfast_api::access::GrantTerms {
            scope: path("ward"),
            ..terms(READ)
        },
    );
    assert!(!can(&mut desk, ALICE, CONTRACT, [1, 2, 3, 4]), "nothing is bound");
    sol::<method::bindFunction>(&mut desk, CONTRACT, bind(DATA)).unwrap();
    assert!(can(&mut desk, ALICE, CONTRACT, [1, 2, 3, 4]));
    assert!(!can(&mut desk, BOB, CONTRACT, [1, 2, 3, 4]), "who has no access");
    assert!(!can(&mut desk, ALICE, CONTRACT, [1, 2, 3, 5]), "another function");
    assert!(!can(&mut desk, ALICE, BOB, [1, 2, 3, 4]), "another contract");
    desk.revoke(OWNER, ALICE, number).unwrap();
    assert!(!can(&mut desk, ALICE, CONTRACT, [1, 2, 3, 4]), "a revoked grant");
    assert!(can(&mut desk, OWNER, CONTRACT, [1, 2, 3, 4]));
    sol::<method::bindFunction>(&mut desk, CONTRACT, bind(0)).unwrap();
    assert!(!can(&mut desk, OWNER, CONTRACT, [1, 2, 3, 4]), "no longer bound");
}

#[test]
fn a_function_is_bound_to_what_there_is() {
    let mut desk = Desk::new();
    let code = |done: Result<(), Abort>| done.expect_err("refused").error.message;
    let unknown = sol::<method::bindFunction>(&mut desk, CONTRACT, bind(9));
    assert!(code(unknown).contains("no data set 9"));
    let nowhere = BindFunctionParams {
        path: "/".to_owned(),
        ..bind(DATA)
    };
    assert!(code(sol::<method::bindFunction>(&mut desk, CONTRACT, nowhere)).contains("no part"));
    let both = BindFunctionParams {
        action: 3,
        ..bind(DATA)
    };
    assert!(code(sol::<method::bindFunction>(&mut desk, CONTRACT, both)).contains("exactly one"));
}

#[test]
fn a_list_is_proved_by_calldata_too() {
    use holdfast_runtime::Runtime;
    use holdfast_runtime::runtime::Hash;
    let mut desk = Desk::new();
    let leaf = |who| {
        let once = desk.0.hash(Hash::Keccak256, &EthAddress::from_id(who).to_word());
        desk.0.hash(Hash::Keccak256, &once)
    };
    let (alice, bob) = (leaf(ALICE), leaf(BOB));
    let pair = if alice <= bob { [alice, bob] } else { [bob, alice] };
    let root = Bytes32(desk.0.hash(Hash::Keccak256, &pair.concat()));
    let list = holdfast_api::access::SetAllowListParams {
        data_set: DATA,
        list: 4,
        root,
    };
    sol::<method::SetAllowList>(&mut desk, OWNER, list).unwrap();
    desk.rule(None, Some(vec![Node::AllowList { list: 4 }]));
    let question = |subject, proof| holdfast_api::access::SolidityProvedQuestion {
        data_set: DATA,
        path: String::new(),
        subject: id(subject),
        action: READ,
        list: 4,
        proof: vec![Bytes32(proof)],
    };
    let mut ask = |subject, proof| {
        let question = question(subject, proof);
        sol::<method::hasAccessWithProof>(&mut desk, CONTRACT, question)
            .unwrap()
            .allowed
    };
    assert!(ask(ALICE, bob));
    assert!(ask(BOB, alice));
    assert!(!ask(ALICE, alice));
    assert!(!ask(CAROL, bob));
}
