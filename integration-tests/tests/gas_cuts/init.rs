//! Init by both faces.

use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init::{ConstructorParams, ExecParams, Init, method};
use holdfast_integration_tests::Message;
use holdfast_integration_tests::abi::IInit;
use holdfast_integration_tests::cuts::{Case, Face, Scene, require_cuts};
use holdfast_integration_tests::solidity::initcode;
use holdfast_localnet::{CREATE_EXTERNAL, ids};
use holdfast_runtime::method::{Interface, Method};

use crate::support::{GUEST_BOOK, cbor, world};

/// Init, and three people with FIL.
pub(crate) fn init() -> Scene {
    Scene::new(world(), Address::new_id(ids::INIT))
}

#[test]
fn no_filecoin_method_of_init_leaves_anything_behind() {
    require_cuts(Face::Filecoin, &Init::describe(), "init", &init(), &[BY_NUMBER]);
}

#[test]
fn no_solidity_method_of_init_leaves_anything_behind() {
    require_cuts(Face::Ethereum, &Init::describe(), "init", &init(), &[BY_SELECTOR]);
}

/// What to create: a guest book.
pub(crate) fn guest_book(s: &Scene) -> ExecParams {
    let code_cid =
        s.w.network()
            .bundle()
            .code(GUEST_BOOK)
            .expect("the guest book's code");
    ExecParams {
        code_cid,
        constructor_params: RawBytes::default(),
    }
}

fn guest_book_type(s: &Scene) -> u32 {
    s.w.network()
        .bundle()
        .actor_type(GUEST_BOOK)
        .expect("the guest book's type")
}

fn fil() -> TokenAmount {
    TokenAmount::from_whole(1)
}

/// Its methods by number.
pub(crate) const BY_NUMBER: &[Case] = &[
    // It runs at genesis, and nobody can call it.
    ("Constructor", |s| {
        let network_name = "another".to_owned();
        s.call::<method::Constructor>(&ConstructorParams { network_name })
            .refused(18)
    }),
    ("ExecNative", |s| {
        s.call::<method::ExecNative>(&guest_book(s)).with_value(fil())
    }),
    ("ExecNative of a multisig", |s| {
        let code_cid =
            s.w.network()
                .bundle()
                .code("multisig")
                .expect("the multisig's code");
        let constructor_params = cbor(&([s.alice.address()], 1u64, 0i64, 0i64)).into();
        s.call::<method::ExecNative>(&ExecParams {
            code_cid,
            constructor_params,
        })
    }),
    // Only the Ethereum Address Manager may call it, and does so for a new contract.
    ("Exec4", |s| {
        let code = initcode("EmptyFallback");
        s.sent(Message::call(
            Address::new_id(ids::EAM),
            CREATE_EXTERNAL,
            &BytesSer(&code),
        ))
    }),
    ("Exec", |s| {
        s.call::<method::Exec>(&guest_book(s)).with_value(fil())
    }),
    ("ExecCanonical", |s| {
        s.call::<method::ExecCanonical>(&guest_book(s).code_cid)
    }),
];

const BY_SELECTOR: &[Case] = &[
    ("create", |s| {
        let call = IInit::createCall {
            actorType: guest_book_type(s),
            params: Default::default(),
        };
        s.evm(&call).by(&s.carol).with_value(fil())
    }),
    ("createCanonical", |s| {
        s.evm(&IInit::createCanonicalCall(guest_book_type(s)))
            .by(&s.carol)
    }),
    ("supportsInterface", |s| {
        s.evm(&IInit::supportsInterfaceCall {
            interfaceId: [1; 4].into(),
        })
    }),
    ("handle_filecoin_method", |s| {
        let (method, codec, params) = (method::Exec::NUMBER, 0x51, cbor(&guest_book(s)).into());
        s.evm(&IInit::handle_filecoin_methodCall {
            method,
            codec,
            params,
        })
    }),
];
