//! One actor, two faces, one state.

use alloy_sol_types::{SolCall, SolError, sol};
use cid::Cid;
use cid::multihash::Multihash;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_integration_tests::hostile::{Asks, Lesson};
use holdfast_integration_tests::{World, cbor_event, log};
use holdfast_localnet::{EthAddress, EthTx, Kind};
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::method::Method;
use holdfast_test_counter::{
    COMPARE_GAS, ConstructorParams, GiveParams, NameParams, OfParams, PRICE, PageParams, RaiseParams,
    WithdrawParams, Withdrawn, method,
};

use crate::support::{COUNTER, LIMIT, PROBE, check, counter, create, params, world};

sol! {
    #![sol(all_derives)]
    "actors/counter/tests/golden/ICounter.sol"
}

fn eth(address: Address) -> EthAddress {
    EthAddress::from_filecoin(&address).unwrap()
}

fn points_of(world: &World, counter: Address, who: Address) -> u64 {
    world.view::<method::PointsOf>(counter, &OfParams { who })
}

#[test]
fn a_message_and_an_ethereum_transaction_change_one_state() {
    let (mut world, alice, counter) = counter();
    assert_eq!(
        world
            .call::<method::Raise>(&alice, counter, &RaiseParams { by: 5 })
            .ok(),
        5
    );
    let bob = world.account(Kind::Eth, 0);
    let raised = world.evm(&bob, counter, ICounter::raiseCall { by: 2 });
    let logged = ICounter::Raised {
        who: bob.eth_address().unwrap().0.into(),
        by: 2,
        height: 7,
    };
    assert_eq!(raised.emits(&[log(counter, &logged)]).ok(), 7);
    let carol = world.account(Kind::Bls, 0);
    assert_eq!(world.evm(&carol, counter, ICounter::raiseCall { by: 1 }).ok(), 8);
    check(&world, counter);

    assert_eq!(world.view::<method::Height>(counter, &()), 8);
    assert_eq!(world.ask(counter, ICounter::heightCall {}), 8);
    for (who, points) in [(alice.address(), 5), (bob.address(), 2), (carol.address(), 1)] {
        assert_eq!(points_of(&world, counter, who), points, "{who}");
        let who = world.eth(who);
        assert_eq!(
            world.ask(counter, ICounter::pointsOfCall { who }),
            points,
            "{who}"
        );
    }
}

#[test]
fn a_refusal_is_an_exit_code_on_one_face_and_a_solidity_error_on_the_other() {
    let (mut world, alice, counter) = counter();
    let by = LIMIT + 1;
    let failure = world
        .call::<method::Raise>(&alice, counter, &RaiseParams { by })
        .refused(64);
    assert!(
        failure
            .why
            .contains("0 and 1000001 more exceed the limit of 1000000 points"),
        "{}",
        failure.why
    );
    let bob = world.account(Kind::Eth, 0);
    let full = [0, by, LIMIT].map(alloy_primitives::U256::from);
    let failure = world.evm(&bob, counter, ICounter::raiseCall { by }).refused(33);
    let expected: Vec<u8> = full.iter().flat_map(|word| word.to_be_bytes::<32>()).collect();
    assert_eq!(failure.revert[..4], ICounter::CounterFull::SELECTOR);
    assert_eq!(failure.revert[4..], expected);
    check(&world, counter);
}

#[test]
fn an_ethereum_wallet_reaches_methods_without_a_solidity_name() {
    let (mut world, _, counter) = counter();
    let bob = world.account(Kind::Eth, 0);
    let params = fvm_ipld_encoding::to_vec(&NameParams {
        name: "Bob".to_owned(),
    })
    .unwrap();
    let call = ICounter::handle_filecoin_methodCall {
        method: method::SetName::NUMBER,
        codec: 0x51,
        params: params.into(),
    };
    let done = world.evm(&bob, counter, call).ok();
    assert_eq!((done._0, done._1, done._2.len()), (0, 0, 0));
    let name = world.view::<method::NameOf>(counter, &OfParams { who: bob.address() });
    assert_eq!(name.as_deref(), Some("Bob"));
}

#[test]
fn fil_buys_points_on_both_faces_and_change_comes_back() {
    let (mut world, alice, counter) = counter();
    let price = TokenAmount::from_atto(3 * PRICE + 1);
    let receipt = world.send(
        &alice,
        counter,
        price.clone(),
        method::Buy::NUMBER,
        RawBytes::default(),
    );
    assert!(receipt.is_ok(), "{}", receipt.error);
    let bob = world.account(Kind::Eth, 0);
    let tx = EthTx {
        to: Some(eth(counter)),
        value: price,
        input: ICounter::buyCall {}.abi_encode(),
        ..EthTx::default()
    };
    world.run(&bob, |network| {
        network
            .send_eth(&bob, tx)
            .map(|receipt| ((), receipt.ok("buy").unwrap()))
    });
    assert_eq!(
        world.network().balance(&counter).unwrap(),
        TokenAmount::from_atto(6 * PRICE)
    );
    check(&world, counter);

    let refused = world.send(
        &alice,
        counter,
        TokenAmount::from_atto(1),
        method::Raise::NUMBER,
        RawBytes::default(),
    );
    assert_eq!(refused.exit_code.value(), 26, "{}", refused.error);
    let nobody = Address::new_secp256k1(&[4; 65]).unwrap();
    let amount = TokenAmount::from_atto(6 * PRICE);
    let withdraw = WithdrawParams {
        to: nobody,
        amount: amount.clone(),
    };
    let withdrawn = world.call::<method::Withdraw>(&alice, counter, &withdraw);
    let to = world.id(nobody).id().unwrap();
    withdrawn
        .emits(&[cbor_event(
            counter,
            &Withdrawn {
                to,
                amount: amount.clone(),
            },
        )])
        .ok();
    assert_eq!(world.network().balance(&nobody).unwrap(), amount);
    check(&world, counter);
}

#[test]
fn a_foreign_cid_lies_in_the_state() {
    let mut world = world();
    let alice = world.account(Kind::Secp256k1, 0);
    // dag-pb and SHA2-256, which the machine would refuse as a link.
    let emblem = Some(ForeignCid(Cid::new_v1(
        0x70,
        Multihash::wrap(0x12, &[7; 32]).unwrap(),
    )));
    let params = ConstructorParams {
        emblem,
        ..params(alice.address())
    };
    let counter = create(&mut world, &alice, COUNTER, &params);
    world
        .call::<method::Raise>(&alice, counter, &RaiseParams { by: 1 })
        .ok();
    assert_eq!(world.view::<method::Emblem>(counter, &()), emblem);
}

#[test]
fn one_counter_asks_another_and_takes_no_empty_answer() {
    let (mut world, alice, high) = counter();
    let low = create(&mut world, &alice, COUNTER, &params(alice.address()));
    world
        .call::<method::Raise>(&alice, high, &RaiseParams { by: 1 })
        .ok();
    assert!(world.view::<method::IsHigherThan>(high, &OfParams { who: low }));
    assert!(!world.ask(low, ICounter::isHigherThan_0Call { who: world.eth(high) }));
    assert!(
        world.ask(high, ICounter::isHigherThan_1Call(0)) && !world.ask(high, ICounter::isHigherThan_1Call(1))
    );
    // Accounts answer everything with success and nothing.
    for who in [alice.address(), world.account(Kind::Eth, 1).address()] {
        let params = fvm_ipld_encoding::to_vec(&OfParams { who }).unwrap();
        let asked = world
            .network()
            .view(alice.address(), high, method::IsHigherThan::NUMBER, params)
            .unwrap();
        assert_eq!(asked.exit_code.value(), 23);
        assert!(
            asked.error.contains("the callee answered nothing"),
            "{}",
            asked.error
        );
    }
    world.twins(Asks::AnswerInLimit, raise, |w, who| {
        let params = fvm_ipld_encoding::to_vec(&OfParams { who }).unwrap().into();
        let (none, number) = (TokenAmount::default(), method::IsHigherThan::NUMBER);
        let mut message = w.network().message(&alice, high, none, number, params).unwrap();
        message.gas_limit = 2 * COMPARE_GAS;
        w.send_message(&alice, message)
    });
}

/// What those who are asked call back with.
fn raise(_: &World, _: Address) -> Vec<Lesson> {
    vec![Lesson::new::<method::Raise>(
        "raises the counter",
        &RaiseParams { by: 1 },
    )]
}

#[test]
fn lists_are_read_page_by_page() {
    let (mut world, alice, counter) = counter();
    for index in 0..4 {
        let who = world.account(Kind::Secp256k1, index);
        world
            .call::<method::Raise>(
                &who,
                counter,
                &RaiseParams {
                    by: u64::from(index) + 1,
                },
            )
            .ok();
    }
    let (mut start, mut points) = (None, 0);
    loop {
        let page = world.view::<method::Holdings>(counter, &PageParams { start, limit: 3 });
        points += page.holdings.iter().map(|holding| holding.points).sum::<u64>();
        start = page.next;
        if start.is_none() {
            break;
        }
    }
    assert_eq!(points, 10);
    let history = world.view::<method::History>(
        counter,
        &PageParams {
            start: None,
            limit: 100,
        },
    );
    assert_eq!(
        history.raises.iter().map(|raise| raise.by).collect::<Vec<_>>(),
        [1, 2, 3, 4]
    );
    let wrong = PageParams {
        start: None,
        limit: 101,
    };
    world.call::<method::History>(&alice, counter, &wrong).refused(69);
}

#[test]
fn the_hook_runs_at_whoever_is_given_something_and_can_refuse() {
    let (mut world, alice, giver) = counter();
    world
        .call::<method::Raise>(&alice, giver, &RaiseParams { by: 10 })
        .ok();
    let taker = create(&mut world, &alice, COUNTER, &params(alice.address()));
    let refuser = create(&mut world, &alice, PROBE, &());
    let absent = world.account(Kind::Eth, 500).address();
    let give = |to: Address| GiveParams {
        to,
        points: 2,
        note: RawBytes::new(vec![1, 2, 3]),
    };

    world.call::<method::Give>(&alice, giver, &give(taker)).ok();
    let gifts = world.view::<method::GiftsOf>(taker, &OfParams { who: giver });
    assert_eq!(
        gifts,
        TokenAmount::from_atto(2),
        "the other counter took them as a gift"
    );

    world.call::<method::Give>(&alice, giver, &give(absent)).ok();
    assert_eq!(
        points_of(&world, giver, absent),
        2,
        "an account was created for them"
    );

    let failure = world
        .call::<method::Give>(&alice, giver, &give(refuser))
        .refused(23);
    assert!(
        failure.why.contains("the recipient did not accept the tokens"),
        "{}",
        failure.why
    );
    assert_eq!(points_of(&world, giver, alice.address()), 6);
    for twin in world.twins(Asks::Told, raise, |w, to| {
        w.call::<method::Give>(&alice, giver, &give(to))
    }) {
        let given = if twin.receipt.is_ok() { 2 } else { 0 };
        let raised = u64::from(twin.has_done("raises the counter"));
        assert_eq!(
            points_of(&twin.world, giver, twin.address),
            given + raised,
            "{}",
            twin.name()
        );
    }

    let nobody = Address::new_id(999_999);
    world
        .call::<method::Give>(&alice, giver, &give(nobody))
        .refused(70);
    check(&world, giver);
}
