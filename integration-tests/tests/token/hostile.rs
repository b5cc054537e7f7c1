//! What hostile receivers of tokens try while they are told, and what must come of it.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{TransferParams, method};
use holdfast_integration_tests::hostile::{Asks, Lesson};
use holdfast_integration_tests::{Answer, World};
use holdfast_localnet::Kind;

const PASSES_ON: &str = "passes the tokens on";

/// Sends a story's message, which brings so many tokens, to every hostile receiver instead. Whoever takes the tokens has all of them,
/// or has passed them on, and nobody has more.
#[track_caller]
pub(crate) fn receivers<T>(
    asks: Asks,
    w: &World,
    token: Address,
    amount: &TokenAmount,
    message: impl Fn(&mut World, Address) -> Answer<T>,
) {
    let mallory = w.account(Kind::Bls, 9).address();
    let transfer = |what, to, amount: TokenAmount| {
        let operator_data = RawBytes::default();
        Lesson::new::<method::Transfer>(
            what,
            &TransferParams {
                to,
                amount,
                operator_data,
            },
        )
    };
    let lessons = |_: &World, itself: Address| {
        vec![
            transfer(PASSES_ON, mallory, amount.clone()),
            transfer(
                "passes on more than it got",
                mallory,
                amount + TokenAmount::from_atto(1),
            ),
            transfer("gives them to itself, over and over", itself, amount.clone()),
        ]
    };
    for twin in w.twins(asks, lessons, message) {
        let none = TokenAmount::default();
        let brought = if twin.receipt.is_ok() {
            amount.clone()
        } else {
            none.clone()
        };
        let expected = if twin.has_done(PASSES_ON) {
            (none, brought)
        } else {
            (brought, none)
        };
        let held = |whose| twin.world.view::<method::BalanceOf>(token, &whose);
        assert_eq!((held(twin.address), held(mallory)), expected, "{}", twin.name());
    }
}
