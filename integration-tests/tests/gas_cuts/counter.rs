//! The counter by both faces: it uses all that the runtime has, FIL that is paid out and limited calls among it.

use alloy_primitives::U256;
use alloy_sol_types::sol;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init;
use holdfast_integration_tests::Message;
use holdfast_integration_tests::cuts::{Case, Face, Scene, require_cuts};
use holdfast_localnet::{Kind, ids};
use holdfast_runtime::method::{Interface, Method};
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};
use holdfast_test_counter::{
    COMPARE_GAS, ConstructorParams, Counter, GiveParams, NameParams, OfParams, PRICE, PageParams,
    RaiseParams, WithdrawParams, method,
};

use crate::support::{COUNTER, cbor, create, world};

sol! {
    #![sol(all_derives)]
    "actors/counter/tests/golden/ICounter.sol"
}

fn params(owner: Address) -> ConstructorParams {
    ConstructorParams {
        owner,
        limit: 1_000_000,
        emblem: None,
    }
}

/// A counter with some FIL and points of Alice's.
fn counter() -> Scene {
    let mut w = world();
    let alice = w.account(Kind::Secp256k1, 0);
    let counter = create(&mut w, COUNTER, &params(alice.address()));
    let bought = w.send(
        &alice,
        counter,
        points(10),
        method::Buy::NUMBER,
        RawBytes::default(),
    );
    assert!(bought.is_ok(), "{}", bought.error);
    Scene::new(w, counter)
}

/// What so many points cost.
fn points(n: i64) -> TokenAmount {
    TokenAmount::from_atto(n * PRICE)
}

#[test]
fn no_filecoin_method_of_the_counter_leaves_anything_behind() {
    require_cuts(
        Face::Filecoin,
        &Counter::describe(),
        COUNTER,
        &counter(),
        &[VIEWS, CALLS],
    );
}

#[test]
fn no_solidity_method_of_the_counter_leaves_anything_behind() {
    require_cuts(
        Face::Ethereum,
        &Counter::describe(),
        COUNTER,
        &counter(),
        &[BY_SELECTOR],
    );
}

fn of(who: Address) -> OfParams {
    OfParams { who }
}

const VIEWS: &[Case] = &[
    ("Height", |s| s.call::<method::Height>(&())),
    ("PointsOf", |s| s.call::<method::PointsOf>(&of(s.alice.address()))),
    ("NameOf", |s| s.call::<method::NameOf>(&of(s.alice.address()))),
    ("GiftsOf", |s| s.call::<method::GiftsOf>(&of(s.alice.address()))),
    ("Emblem", |s| s.call::<method::Emblem>(&())),
    ("Holdings", |s| {
        s.call::<method::Holdings>(&PageParams {
            start: None,
            limit: 10,
        })
    }),
    ("History", |s| {
        s.call::<method::History>(&PageParams {
            start: None,
            limit: 10,
        })
    }),
    // It asks for gas before it makes its limited call.
    ("IsHigherThan", |s| {
        let other = create(&mut s.w, COUNTER, &params(s.bob.address()));
        s.call::<method::IsHigherThan>(&of(other))
            .with_gas_limit(2 * COMPARE_GAS)
    }),
];

const CALLS: &[Case] = &[
    ("Constructor", |s| {
        let code_cid = s.w.network().bundle().code(COUNTER).expect("the counter's code");
        let constructor_params = cbor(&params(s.alice.address())).into();
        let params = init::ExecParams {
            code_cid,
            constructor_params,
        };
        s.sent(Message::call(
            Address::new_id(ids::INIT),
            init::method::Exec::NUMBER,
            &params,
        ))
    }),
    ("Raise", |s| s.call::<method::Raise>(&RaiseParams { by: 1 })),
    // The change goes back.
    ("Buy", |s| {
        s.call::<method::Buy>(&())
            .with_value(points(3) + TokenAmount::from_atto(1))
    }),
    ("Give", |s| {
        let (to, note) = (
            create(&mut s.w, COUNTER, &params(s.bob.address())),
            RawBytes::default(),
        );
        s.call::<method::Give>(&GiveParams { to, points: 1, note })
    }),
    ("Withdraw", |s| {
        let (to, amount) = (s.w.account(Kind::Eth, 600).address(), points(1));
        s.call::<method::Withdraw>(&WithdrawParams { to, amount })
    }),
    ("SetName", |s| {
        s.call::<method::SetName>(&NameParams {
            name: "Alice".to_owned(),
        })
    }),
    ("Receive", |s| {
        let gift = Frc46TokenReceived {
            from: 100,
            to: s.actor.id().expect("an id"),
            operator: 100,
            amount: points(1),
            operator_data: RawBytes::default(),
            token_data: RawBytes::default(),
        };
        let (type_, payload) = (FRC46_PAYLOAD, cbor(&gift).into());
        s.call::<method::Receive>(&UniversalReceiverParams { type_, payload })
    }),
];

const BY_SELECTOR: &[Case] = &[
    ("raise", |s| s.evm(&ICounter::raiseCall { by: 1 }).by(&s.carol)),
    ("give", |s| {
        let (to, note) = (s.eth(&s.carol), Default::default());
        s.evm(&ICounter::giveCall { to, points: 1, note })
    }),
    ("buy", |s| {
        s.evm(&ICounter::buyCall {})
            .by(&s.carol)
            .with_value(points(3) + TokenAmount::from_atto(1))
    }),
    ("height", |s| s.evm(&ICounter::heightCall {})),
    ("pointsOf", |s| {
        s.evm(&ICounter::pointsOfCall { who: s.eth(&s.alice) })
    }),
    ("isHigherThan", |s| {
        let other = create(&mut s.w, COUNTER, &params(s.bob.address()));
        s.evm(&ICounter::isHigherThan_0Call { who: s.eth(other) })
            .with_gas_limit(2 * COMPARE_GAS)
    }),
    ("isHigherThan of a number", |s| {
        s.evm(&ICounter::isHigherThan_1Call(1))
    }),
    ("onTransferReceived", |s| {
        let (operator, from, value) = (s.eth(&s.alice), s.eth(&s.bob), U256::from(1));
        let data = Default::default();
        s.evm(&ICounter::onTransferReceivedCall {
            operator,
            from,
            value,
            data,
        })
    }),
    ("supportsInterface", |s| {
        s.evm(&ICounter::supportsInterfaceCall {
            interfaceId: [1; 4].into(),
        })
    }),
    ("handle_filecoin_method", |s| {
        let (method, codec) = (method::SetName::NUMBER, 0x51);
        let params = cbor(&NameParams {
            name: "Carol".to_owned(),
        })
        .into();
        s.evm(&ICounter::handle_filecoin_methodCall {
            method,
            codec,
            params,
        })
        .by(&s.carol)
    }),
];
