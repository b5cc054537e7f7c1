//! Actors that are hostile when they are created: Init passes on how they fail, and never as a failure of the machine.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::init::{ExecParams, method};
use holdfast_integration_tests::World;
use holdfast_integration_tests::abi::IInit;
use holdfast_integration_tests::hostile::{Lesson, Twin};
use holdfast_localnet::Kind;

use crate::support::init;

const CREATES: &str = "creates another one";

/// A constructor that has Init create a token as well.
fn creates_another(w: &World, owner: Address) -> Lesson {
    let code_cid = w
        .network()
        .bundle()
        .code("holdfast_token")
        .expect("the token's code");
    let constructor_params = RawBytes::new(crate::calls::token_params(owner));
    Lesson::new::<method::Exec>(
        CREATES,
        &ExecParams {
            code_cid,
            constructor_params,
        },
    )
}

/// One actor more for each success, and the one that it created.
fn require_actors(before: &World, twins: Vec<Twin>) {
    let count = |w: &World| w.network().actors().expect("a readable state").len();
    for twin in twins {
        // One that has destroyed itself is none.
        let born = usize::from(twin.receipt.is_ok() && twin.hostile.name != "vanishes");
        let created = usize::from(twin.has_done(CREATES));
        assert_eq!(
            count(&twin.world),
            count(before) + born + created,
            "{}",
            twin.name()
        );
    }
}

#[test]
fn a_constructor_that_fails_leaves_no_actor_by_exec() {
    let w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let lesson = creates_another(&w, alice.address());
    let twins = w.births(&lesson, |w, born| {
        let params = ExecParams {
            code_cid: born.code,
            constructor_params: born.params.clone(),
        };
        w.call::<method::Exec>(&alice, init(), &params)
    });
    require_actors(&w, twins);
}

#[test]
fn a_constructor_that_fails_leaves_no_actor_by_create() {
    let w = World::new();
    let carol = w.account(Kind::Eth, 0);
    let lesson = creates_another(&w, carol.address());
    let twins = w.births(&lesson, |w, born| {
        let params = born.params.to_vec().into();
        w.evm(
            &carol,
            init(),
            IInit::createCall {
                actorType: born.kind,
                params,
            },
        )
    });
    require_actors(&w, twins);
}
