//! The FRC-46 types have the bytes of the `frc46_token` crate, which existing callers and tokens use.

use core::fmt::Debug;

use frc46_token::receiver::{FRC46_TOKEN_TYPE, FRC46TokenReceived};
use frc46_token::token::types as theirs;
use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use fvm_shared::address::Address;
use fvm_shared::bigint::BigInt;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token as ours;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};
use holdfast_runtime::schema::Schema;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Our value in CBOR, read and written by their type, is the same bytes and the same value.
#[track_caller]
fn same<Ours, Theirs>(value: &Ours)
where
    Ours: Serialize + DeserializeOwned + PartialEq + Debug,
    Theirs: Serialize + DeserializeOwned,
{
    let bytes = to_vec(value).unwrap();
    let read: Theirs = from_slice(&bytes).unwrap_or_else(|e| panic!("{value:?}: {e}"));
    let written = to_vec(&read).unwrap();
    assert_eq!(written, bytes, "{value:?}");
    assert_eq!(&from_slice::<Ours>(&written).unwrap(), value);
}

fn addresses() -> Vec<Address> {
    vec![
        Address::new_id(0),
        Address::new_id(u64::MAX >> 1),
        Address::new_secp256k1(&[4; 65]).unwrap(),
        Address::new_actor(b"actor"),
        Address::new_bls(&[7; 48]).unwrap(),
        Address::new_delegated(10, &[9; 20]).unwrap(),
    ]
}

fn amounts() -> Vec<TokenAmount> {
    let largest = (BigInt::from(1) << 256) - 1;
    vec![
        TokenAmount::default(),
        TokenAmount::from_atto(1),
        TokenAmount::from_atto(-1),
        TokenAmount::from_whole(255),
        TokenAmount::from_atto(largest),
    ]
}

fn data() -> Vec<RawBytes> {
    vec![
        RawBytes::default(),
        RawBytes::new(vec![0xf6]),
        RawBytes::new(vec![1; 300]),
    ]
}

#[test]
fn every_parameter_and_return_type_has_the_same_bytes() {
    same::<_, theirs::GetAllowanceParams>(&ours::GetAllowanceParams::sample());
    same::<_, theirs::TransferParams>(&ours::TransferParams::sample());
    same::<_, theirs::TransferReturn>(&ours::TransferReturn::sample());
    same::<_, theirs::TransferFromParams>(&ours::TransferFromParams::sample());
    same::<_, theirs::TransferFromReturn>(&ours::TransferFromReturn::sample());
    same::<_, theirs::IncreaseAllowanceParams>(&ours::IncreaseAllowanceParams::sample());
    same::<_, theirs::DecreaseAllowanceParams>(&ours::DecreaseAllowanceParams::sample());
    same::<_, theirs::RevokeAllowanceParams>(&ours::RevokeAllowanceParams::sample());
    same::<_, theirs::BurnParams>(&ours::BurnParams::sample());
    same::<_, theirs::BurnReturn>(&ours::BurnReturn::sample());
    same::<_, theirs::BurnFromParams>(&ours::BurnFromParams::sample());
    same::<_, theirs::BurnFromReturn>(&ours::BurnFromReturn::sample());
    same::<_, theirs::MintReturn>(&ours::MintReturn::sample());
}

#[test]
fn every_form_of_address_amount_and_data_has_the_same_bytes() {
    for address in addresses() {
        for amount in amounts() {
            for operator_data in data() {
                let (to, amount) = (address, amount.clone());
                let params = ours::TransferParams {
                    to,
                    amount: amount.clone(),
                    operator_data: operator_data.clone(),
                };
                same::<_, theirs::TransferParams>(&params);
                let params = ours::TransferFromParams {
                    from: to,
                    to,
                    amount,
                    operator_data,
                };
                same::<_, theirs::TransferFromParams>(&params);
            }
        }
    }
}

#[test]
fn the_fields_mean_the_same() {
    let (to, amount) = (Address::new_id(7), TokenAmount::from_atto(3));
    let operator_data = RawBytes::new(vec![9]);
    let mine = ours::TransferFromParams {
        from: Address::new_id(6),
        to,
        amount: amount.clone(),
        operator_data: operator_data.clone(),
    };
    let read: theirs::TransferFromParams = from_slice(&to_vec(&mine).unwrap()).unwrap();
    assert_eq!((read.from, read.to), (Address::new_id(6), to));
    assert_eq!((read.amount, read.operator_data), (amount, operator_data));
    let mine = ours::BurnFromReturn {
        balance: TokenAmount::from_atto(1),
        allowance: TokenAmount::from_atto(2),
    };
    let read: theirs::BurnFromReturn = from_slice(&to_vec(&mine).unwrap()).unwrap();
    assert_eq!((read.balance, read.allowance), (mine.balance, mine.allowance));
}

#[test]
fn the_hook_has_the_same_payload() {
    same::<_, FRC46TokenReceived>(&Frc46TokenReceived::sample());
    assert_eq!(FRC46_PAYLOAD, FRC46_TOKEN_TYPE);
    let received = Frc46TokenReceived {
        from: 1,
        to: 2,
        operator: 3,
        ..Frc46TokenReceived::sample()
    };
    let read: FRC46TokenReceived = from_slice(&to_vec(&received).unwrap()).unwrap();
    assert_eq!((read.from, read.to, read.operator), (1, 2, 3));
    let hook = UniversalReceiverParams {
        type_: FRC46_PAYLOAD,
        payload: RawBytes::serialize(&received).unwrap(),
    };
    // [type, payload] as frc46_token's receivers read it.
    let (kind, payload): (u32, RawBytes) = from_slice(&to_vec(&hook).unwrap()).unwrap();
    assert_eq!(
        (kind, payload.deserialize::<FRC46TokenReceived>().unwrap()),
        (FRC46_TOKEN_TYPE, read)
    );
}
