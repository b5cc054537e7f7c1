//! What must leave after the state is saved cannot be forgotten.

mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_runtime::caller::{ByInit, Caller};
use holdfast_runtime::collections::Tree;
use holdfast_runtime::evm::{Callback, EthAddress};
use holdfast_runtime::method::Handle;
use holdfast_runtime::payout::Payout;
use holdfast_runtime::receiver::{
    FRC46_PAYLOAD, Frc46TokenReceived, RECEIVE, ReceiverHook, UniversalReceiverParams,
};
use holdfast_runtime::send::{Answer, Call, METHOD_SEND, SendError};
use holdfast_runtime::state::{State, Version};
use holdfast_runtime::testing::Mock;
use holdfast_runtime::{ActorError, Runtime, actor, errors, methods};
use holdfast_test_counter::state::CounterState;
use holdfast_test_counter::{BuyReturn, CounterError, PRICE, Raised, WithdrawParams, Withdrawn};
use serde_tuple::{Deserialize_tuple, Serialize_tuple};
use support::{OWNER, call, counter};

fn atto(n: i64) -> TokenAmount {
    TokenAmount::from_atto(n)
}

fn pay(to: u64, amount: i64) -> Call {
    Call::new(Address::new_id(to), METHOD_SEND).with_value(atto(amount))
}

fn buy(mock: &mut Mock, paid: i64) -> Result<BuyReturn, ActorError> {
    mock.value(atto(paid));
    call::<holdfast_test_counter::method::Buy>(mock, &())
}

#[test]
fn change_is_paid_after_the_event() {
    let mut mock = counter();
    mock.expect_event(Raised {
        who: EthAddress::from_id(100),
        by: 2,
        height: 2,
    });
    mock.expect_send(pay(100, 1), Ok(Answer::default()));
    assert_eq!(
        buy(&mut mock, 2 * PRICE + 1).unwrap(),
        BuyReturn {
            height: 2,
            change: atto(1)
        }
    );
    assert_eq!(mock.balance(), atto(2 * PRICE));
}

#[test]
fn nothing_is_sent_where_nothing_is_owed() {
    let mut mock = counter();
    mock.expect_event(Raised {
        who: EthAddress::from_id(100),
        by: 2,
        height: 2,
    });
    buy(&mut mock, 2 * PRICE).unwrap();
}

#[test]
fn who_refuses_their_fil_undoes_everything() {
    let refusals = [
        SendError::Exit {
            code: ExitCode::new(33),
            data: None,
        },
        SendError::Refused(ErrorNumber::InsufficientFunds),
    ];
    for refusal in refusals {
        let mut mock = counter();
        let root = mock.root();
        mock.expect_event(Raised {
            who: EthAddress::from_id(100),
            by: 2,
            height: 2,
        });
        mock.expect_send(pay(100, 1), Err(refusal));
        let error = buy(&mut mock, 2 * PRICE + 1).unwrap_err();
        assert_eq!(error.code, ExitCode::USR_UNSPECIFIED);
        assert_eq!((mock.root(), mock.balance()), (root, atto(0)));
    }
}

#[test]
fn a_failure_between_decision_and_payment_is_told_as_what_it_is() {
    let mut mock = counter();
    mock.read_only(true);
    assert_eq!(
        buy(&mut mock, PRICE + 1).unwrap_err().code,
        ExitCode::USR_READ_ONLY
    );
}

#[test]
fn the_owner_withdraws_what_was_paid() {
    let mut mock = counter();
    mock.expect_event(Raised {
        who: EthAddress::from_id(100),
        by: 2,
        height: 2,
    });
    buy(&mut mock, 2 * PRICE).unwrap();
    let mut withdraw = |caller: u64, amount: i64| {
        mock.caller(caller);
        if caller == OWNER && (0..=2 * PRICE).contains(&amount) {
            mock.expect_event(Withdrawn {
                to: 102,
                amount: atto(amount),
            });
            mock.expect_send(pay(102, amount), Ok(Answer::default()));
        }
        let params = WithdrawParams {
            to: Address::new_id(102),
            amount: atto(amount),
        };
        call::<holdfast_test_counter::method::Withdraw>(&mut mock, &params)
            .map_err(|error| error.code.value())
    };
    assert_eq!(withdraw(100, 1), Err(65));
    assert_eq!(withdraw(OWNER, 2 * PRICE + 1), Err(71));
    assert_eq!(withdraw(OWNER, -1), Err(71));
    assert_eq!(withdraw(OWNER, 2 * PRICE), Ok(()));
    assert_eq!(mock.balance(), atto(0));
    assert_eq!(mock.state::<CounterState>().unwrap().cash, atto(0));
}

// ---- an actor that forgets ----

errors! {
    /// What the forgetful actor refuses.
    pub enum ForgetfulError {
        /// Raised when it is asked to.
        64 Asked = "asked to fail";
    }
}

methods! {
    /// Owes and does not pay.
    pub interface Forgetful("forgetful") {
        errors ForgetfulError;
        events [];
        methods {
            /// Starts empty.
            constructor Constructor(), from Init;
            /// Forgets a payout.
            call ForgetPayout(), from Anyone;
            /// Forgets a hook.
            call ForgetHook(), from Anyone;
            /// Forgets a callback.
            call ForgetCallback(), from Anyone;
            /// Forgets to finish an edit.
            call ForgetEdit(), from Anyone;
            /// Fails with a payout in hand.
            call Fail(), from Anyone;
        }
        solidity {}
    }
}

struct ForgetfulActor;
actor!(Forgetful => ForgetfulActor);

#[derive(Default, Serialize_tuple, Deserialize_tuple)]
struct Empty {
    version: Version<1>,
}

impl State for Empty {
    const VERSION: Option<u64> = Some(1);
}

fn hook() -> ReceiverHook {
    ReceiverHook::for_token(received())
}

fn received() -> Frc46TokenReceived {
    let none = RawBytes::default;
    Frc46TokenReceived {
        from: 100,
        to: 102,
        operator: 100,
        amount: atto(5),
        operator_data: none(),
        token_data: none(),
    }
}

macro_rules! handle {
    ($method:ident, $rt:ident, $body:expr) => {
        impl Handle<method::$method> for ForgetfulActor {
            fn handle<R: Runtime>($rt: &mut R, _: Caller, (): ()) -> Result<(), ActorError> {
                $body
            }
        }
    };
}

handle!(
    ForgetEdit,
    rt,
    rt.transaction(|_: &mut Empty, store| {
        let mut tree = Tree::<u64, u64>::default();
        tree.edit(store)?.put(&7, Some(1))
    })
);

impl Handle<method::Constructor> for ForgetfulActor {
    fn handle<R: Runtime>(rt: &mut R, by: ByInit, (): ()) -> Result<(), ActorError> {
        rt.create(by, &Empty::default())
    }
}

handle!(
    ForgetPayout,
    rt,
    rt.transaction(|_: &mut Empty, _| Ok(Payout::new(102, atto(5))))
        .map(drop)
);
handle!(
    ForgetHook,
    rt,
    rt.transaction(|_: &mut Empty, _| Ok(hook())).map(drop)
);
handle!(ForgetCallback, rt, Callback::new(rt, 102, 7, ()).map(drop));
handle!(Fail, rt, {
    let _owed = rt.transaction(|_: &mut Empty, _| Ok((Payout::new(102, atto(5)), hook())))?;
    Err(ForgetfulError::Asked.into())
});

fn run<M: holdfast_runtime::method::Method<Params = (), Return = ()>>()
-> Result<Result<(), ActorError>, String> {
    let mut mock = Mock::new();
    mock.caller(1)
        .call::<Forgetful, ForgetfulActor, method::Constructor>(&())
        .unwrap();
    mock.caller(100);
    let called = catch_unwind(AssertUnwindSafe(|| {
        mock.call::<Forgetful, ForgetfulActor, M>(&())
    }));
    called.map_err(|panic| panic.downcast_ref::<String>().cloned().unwrap_or_default())
}

#[test]
fn a_forgotten_payout_fails_the_test() {
    let panic = run::<method::ForgetPayout>().unwrap_err();
    assert!(
        panic.contains("a payout of 0.000000000000000005 FIL to f0102 was dropped unpaid"),
        "{panic}"
    );
}

#[test]
fn a_forgotten_hook_fails_the_test() {
    let panic = run::<method::ForgetHook>().unwrap_err();
    assert!(panic.contains("was dropped uncalled"), "{panic}");
}

#[test]
fn a_forgotten_callback_fails_the_test() {
    let panic = run::<method::ForgetCallback>().unwrap_err();
    assert!(panic.contains("was dropped uncalled"), "{panic}");
}

#[test]
fn a_forgotten_edit_fails_the_test() {
    let panic = run::<method::ForgetEdit>().unwrap_err();
    assert!(
        panic.contains("an edit of a tree was dropped unfinished"),
        "{panic}"
    );
}

#[test]
fn a_call_that_fails_owes_nothing() {
    assert_eq!(
        run::<method::Fail>().unwrap().unwrap_err().code,
        ExitCode::new(64)
    );
}

// ---- the hook ----

#[test]
fn the_hook_tells_what_frc46_says() {
    let mut mock = Mock::new();
    let params = UniversalReceiverParams {
        type_: FRC46_PAYLOAD,
        payload: RawBytes::serialize(received()).unwrap(),
    };
    let call = Call::new(Address::new_id(102), RECEIVE)
        .with_params(&params)
        .unwrap();
    mock.expect_send(call, Ok(Answer(support::block(0x51, &[0x41, 9]))));
    assert_eq!(hook().call(&mut mock).unwrap(), RawBytes::new(vec![0x41, 9]));
}

#[test]
fn a_gift_is_taken_and_counted_by_token() {
    use holdfast_test_counter::{GiftTaken, OfParams, method};
    let mut mock = counter();
    for (token, sum) in [(103, 5), (104, 5), (103, 10)] {
        mock.caller(token);
        mock.expect_event(GiftTaken {
            token,
            amount: atto(5),
        });
        let params = UniversalReceiverParams {
            type_: FRC46_PAYLOAD,
            payload: RawBytes::serialize(received()).unwrap(),
        };
        call::<method::Receive>(&mut mock, &params).unwrap();
        let gifts = call::<method::GiftsOf>(
            &mut mock,
            &OfParams {
                who: Address::new_id(token),
            },
        );
        assert_eq!(gifts.unwrap(), atto(sum));
    }
}

#[test]
fn a_gift_of_another_type_or_with_broken_words_is_refused() {
    use holdfast_test_counter::method;
    let mut mock = counter();
    let kind = FRC46_PAYLOAD + 1;
    let other = UniversalReceiverParams {
        type_: kind,
        payload: RawBytes::serialize(received()).unwrap(),
    };
    let error = call::<method::Receive>(&mut mock, &other).unwrap_err();
    assert_eq!(error, CounterError::UnknownGift { kind }.into());
    let broken = UniversalReceiverParams {
        type_: FRC46_PAYLOAD,
        payload: RawBytes::new(vec![0x80]),
    };
    let error = call::<method::Receive>(&mut mock, &broken).unwrap_err();
    assert_eq!(error.code, ExitCode::USR_SERIALIZATION);
}
