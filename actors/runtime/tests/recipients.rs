//! Whom something can be given to, and how addresses look to Ethereum.

use fvm_shared::address::Address;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_runtime::caller::EAM_ACTOR_ID;
use holdfast_runtime::evm::{EthAddress, canonical};
use holdfast_runtime::recipient::{NoRecipient, resolve_or_create};
use holdfast_runtime::send::{Call, METHOD_SEND, SendError};
use holdfast_runtime::testing::Mock;
use holdfast_runtime::{ActorError, Runtime};

fn secp() -> Address {
    Address::new_secp256k1(&[4; 65]).unwrap()
}

fn bls() -> Address {
    Address::new_bls(&[4; 48]).unwrap()
}

fn f410(bytes: [u8; 20]) -> Address {
    Address::new_delegated(EAM_ACTOR_ID, &bytes).unwrap()
}

fn refused(to: Address) -> NoRecipient {
    let mut mock = Mock::new();
    // Even an actor that is there already, put there by someone who knew no better.
    mock.name_actor(to, 600);
    resolve_or_create(&mut mock, &to).unwrap_err()
}

// ---- who gets an actor ----

#[test]
fn whoever_has_an_actor_is_found_without_a_send() {
    let mut mock = Mock::new();
    mock.add_actor(200, 16, Some(f410([0xab; 20])));
    mock.name_actor(secp(), 101);
    mock.name_actor(Address::new_actor(b"robust"), 102);
    let forms = [
        (Address::new_id(100), 100),
        (secp(), 101),
        (Address::new_actor(b"robust"), 102),
        (f410([0xab; 20]), 200),
        (Address::new_id(200), 200),
    ];
    for (to, id) in forms {
        assert_eq!(resolve_or_create(&mut mock, &to), Ok(id), "{to}");
    }
}

#[test]
fn f1_f3_and_f410_addresses_without_an_actor_get_one() {
    for to in [secp(), bls(), f410([0xab; 20])] {
        let mut mock = Mock::new();
        mock.expect_creation(to, 500);
        assert_eq!(resolve_or_create(&mut mock, &to), Ok(500), "{to}");
        assert_eq!(
            resolve_or_create(&mut mock, &to),
            Ok(500),
            "{to} is not created twice"
        );
    }
}

#[test]
fn what_the_machine_does_not_create_is_refused() {
    let mut mock = Mock::new();
    let refusal = SendError::Refused(ErrorNumber::NotFound);
    mock.expect_send(Call::new(bls(), METHOD_SEND), Err(refusal));
    assert_eq!(
        resolve_or_create(&mut mock, &bls()),
        Err(NoRecipient::NotCreated(bls()))
    );
    // The hook of the double is drained by calls of an actor only.
    mock.expect_send(Call::new(bls(), METHOD_SEND), Ok(Default::default()));
    assert_eq!(
        resolve_or_create(&mut mock, &bls()),
        Err(NoRecipient::NotCreated(bls()))
    );
}

// ---- who is refused ----

#[test]
fn ids_and_f2_addresses_without_an_actor_are_refused() {
    let mut mock = Mock::new();
    for to in [
        Address::new_id(999),
        Address::new_id(u64::MAX >> 1),
        Address::new_actor(b"nobody"),
    ] {
        assert_eq!(resolve_or_create(&mut mock, &to), Err(NoRecipient::Missing(to)));
    }
}

#[test]
fn zero_and_precompiles_are_refused() {
    for (first, last) in [(0, 0), (0, 1), (0, 0xff), (0xfe, 0), (0xfe, 5), (0xfe, 0xff)] {
        let mut bytes = [0; 20];
        (bytes[0], bytes[19]) = (first, last);
        assert_eq!(refused(f410(bytes)), NoRecipient::Reserved(f410(bytes)));
    }
}

#[test]
fn masked_ids_in_f410_form_are_refused() {
    for id in [0, 1, 100, u64::MAX] {
        let to = f410(EthAddress::from_id(id).0);
        assert_eq!(refused(to), NoRecipient::MaskedId(to, id));
    }
}

#[test]
fn an_id_hides_no_reserved_address() {
    let masked = EthAddress::from_id(7);
    for (id, eth) in [(300, EthAddress::ZERO), (301, masked)] {
        let mut mock = Mock::new();
        mock.add_actor(id, 13, Some(f410(eth.0)));
        let to = Address::new_id(id);
        let why = eth
            .as_id()
            .map_or(NoRecipient::Reserved(to), |id| NoRecipient::MaskedId(to, id));
        assert_eq!(resolve_or_create(&mut mock, &to), Err(why));
    }
}

#[test]
fn neighbours_of_what_is_reserved_are_ordinary() {
    let mut low = [0; 20];
    low[18] = 1;
    let mut high = [0; 20];
    (high[0], high[1]) = (0xfe, 1);
    let mut nearly_masked = EthAddress::from_id(7).0;
    nearly_masked[11] = 1;
    for bytes in [low, high, nearly_masked] {
        let mut mock = Mock::new();
        mock.expect_creation(f410(bytes), 500);
        assert_eq!(
            resolve_or_create(&mut mock, &f410(bytes)),
            Ok(500),
            "{bytes:02x?}"
        );
    }
}

#[test]
fn other_namespaces_and_lengths_are_refused() {
    for to in [
        Address::new_delegated(11, &[0xab; 20]).unwrap(),
        Address::new_delegated(0, &[1]).unwrap(),
        Address::new_delegated(EAM_ACTOR_ID, &[0xab; 19]).unwrap(),
        Address::new_delegated(EAM_ACTOR_ID, &[0xab; 21]).unwrap(),
        Address::new_delegated(EAM_ACTOR_ID, &[]).unwrap(),
    ] {
        assert_eq!(refused(to), NoRecipient::Namespace(to));
    }
}

#[test]
fn a_refusal_says_what_to_use_instead() {
    let to = f410(EthAddress::from_id(100).0);
    let error = ActorError::from(refused(to));
    assert_eq!(error.code, ExitCode::USR_ILLEGAL_ARGUMENT);
    assert_eq!(
        error.message,
        format!("no recipient: {to} holds the masked form of an id; use f0100")
    );
}

// ---- the one 0x form ----

#[test]
fn the_0x_form_is_the_f410_address_or_else_the_masked_id() {
    let mut mock = Mock::new();
    mock.add_actor(200, 16, Some(f410([0xab; 20])));
    mock.add_actor(201, 13, Some(Address::new_delegated(11, &[1; 20]).unwrap()));
    assert_eq!(canonical(&mock, 200), EthAddress([0xab; 20]));
    assert_eq!(
        canonical(&mock, 201),
        EthAddress::from_id(201),
        "another namespace has no 0x form"
    );
    assert_eq!(
        canonical(&mock, 100).to_string(),
        "0xff00000000000000000000000000000000000064"
    );
}

#[test]
fn a_0x_address_is_an_id_or_an_f410_address() {
    assert_eq!(
        EthAddress::from_id(100).to_filecoin().unwrap(),
        Address::new_id(100)
    );
    assert_eq!(EthAddress([0xab; 20]).to_filecoin().unwrap(), f410([0xab; 20]));
    assert_eq!(
        EthAddress::from_delegated(&f410([0xab; 20])),
        Some(EthAddress([0xab; 20]))
    );
    assert_eq!(EthAddress::from_delegated(&Address::new_id(100)), None);
    assert_eq!(
        Mock::new().resolve(&EthAddress::from_id(100).to_filecoin().unwrap()),
        Some(100)
    );
}
