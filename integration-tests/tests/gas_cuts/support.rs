//! The network that all messages start from.

use std::sync::LazyLock;

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{SetMinterParams, method};
use holdfast_bundle::Flavour;
use holdfast_integration_tests::abi::IToken;
use holdfast_integration_tests::bundle::with_actors;
use holdfast_integration_tests::cuts::Scene;
use holdfast_integration_tests::{World, endless, tokens};
use holdfast_localnet::{Bundle, Kind, Options};
use serde::Serialize;

/// The counter's name in the bundle.
pub(crate) const COUNTER: &str = "holdfast_test_counter";
/// The guest book's, whose constructor takes no parameters.
pub(crate) const GUEST_BOOK: &str = "holdfast_test_canonical";
/// The token's.
pub(crate) const TOKEN: &str = "holdfast_token";

static BUNDLE: LazyLock<Bundle> =
    LazyLock::new(|| with_actors(Flavour::Calibrationnet, &[GUEST_BOOK, COUNTER]).bundle);

/// A new network with the test actors.
pub(crate) fn world() -> World {
    World::with(&Options::new(BUNDLE.clone()))
}

/// Parameters in CBOR.
pub(crate) fn cbor(params: &impl Serialize) -> Vec<u8> {
    to_vec(params).expect("parameters that encode")
}

/// Alice creates an actor.
pub(crate) fn create(w: &mut World, name: &str, params: &impl Serialize) -> Address {
    let (alice, none) = (w.account(Kind::Secp256k1, 0), TokenAmount::default());
    let (created, _) = w.run(&alice, |network| network.exec(&alice, name, &cbor(params), none));
    created.id_address
}

/// A token of which all three hold something. Alice has every role, Bob allows her 50 of his, and Carol votes for him and for
/// herself.
pub(crate) fn token() -> Scene {
    let mut w = world();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let mut scene = Scene::new(w, token);
    let Scene {
        w, alice, bob, carol, ..
    } = &mut scene;
    for holder in [&*bob, carol] {
        w.frc46(token).transfer(alice, holder, tokens(100)).ok();
    }
    w.frc46(token).increase_allowance(bob, &*alice, tokens(50)).ok();
    let (minter, cap) = (alice.address(), endless());
    w.call::<method::SetMinter>(alice, token, &SetMinterParams { minter, cap })
        .ok();
    w.call::<method::SetBurner>(alice, token, &Some(minter)).ok();
    w.call::<method::Delegate>(bob, token, &carol.address()).ok();
    let own = w.eth(&*carol);
    w.evm(carol, token, IToken::delegateCall(own)).ok();
    scene
}
