//! The FRC-46 types have the bytes of the `frc46_token` crate, which existing callers and tokens use, and their fields mean
//! the same: every type, with random values, both ways.

use core::fmt::Debug;

use frc46_token::receiver::{FRC46_TOKEN_TYPE, FRC46TokenReceived};
use frc46_token::token::types as theirs;
use fvm_ipld_encoding::{RawBytes, from_slice, to_vec};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{self as ours, method};
use holdfast_runtime::method::Method;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, Frc46TokenReceived, UniversalReceiverParams};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that a field of FRC-46 can have.
trait Drawn: Sized {
    /// Values of it, edges among them.
    fn drawn() -> BoxedStrategy<Self>;
}

impl Drawn for Address {
    fn drawn() -> BoxedStrategy<Self> {
        let key = vec(any::<u8>(), 65).prop_map(|key| Address::new_secp256k1(&key).unwrap());
        let bls = vec(any::<u8>(), 48).prop_map(|key| Address::new_bls(&key).unwrap());
        let delegated = (1..1_000u64, vec(any::<u8>(), 0..=54));
        prop_oneof![
            Just(Address::new_id(0)),
            any::<ActorID>().prop_map(Address::new_id),
            any::<[u8; 8]>().prop_map(|bytes| Address::new_actor(&bytes)),
            key,
            bls,
            any::<[u8; 20]>().prop_map(|eth| Address::new_delegated(10, &eth).unwrap()),
            delegated.prop_map(|(namespace, rest)| Address::new_delegated(namespace, &rest).unwrap()),
        ]
        .boxed()
    }
}

impl Drawn for TokenAmount {
    fn drawn() -> BoxedStrategy<Self> {
        let largest: BigInt = (BigInt::from(1) << 256) - 1;
        let any = (any::<bool>(), vec(any::<u8>(), 0..40)).prop_map(|(minus, bytes)| {
            let sign = if minus { Sign::Minus } else { Sign::Plus };
            BigInt::from_bytes_be(sign, &bytes)
        });
        let edges = [0.into(), 1.into(), (-1).into(), largest.clone(), largest + 1];
        prop_oneof![prop::sample::select(edges.to_vec()), any]
            .prop_map(TokenAmount::from_atto)
            .boxed()
    }
}

impl Drawn for RawBytes {
    fn drawn() -> BoxedStrategy<Self> {
        vec(any::<u8>(), 0..300).prop_map(RawBytes::new).boxed()
    }
}

impl Drawn for ActorID {
    fn drawn() -> BoxedStrategy<Self> {
        any::<ActorID>().boxed()
    }
}

/// Our value and theirs are the same bytes, and each type reads what the other writes.
#[track_caller]
fn same<Ours, Theirs>(mine: &Ours, other: &Theirs)
where
    Ours: Serialize + DeserializeOwned + PartialEq + Debug,
    Theirs: Serialize + DeserializeOwned + Debug,
{
    let bytes = to_vec(mine).unwrap();
    assert_eq!(to_vec(other).unwrap(), bytes, "{mine:?} and {other:?}");
    let read: Theirs = from_slice(&bytes).unwrap_or_else(|e| panic!("{mine:?}: {e}"));
    assert_eq!(to_vec(&read).unwrap(), bytes, "{mine:?} read as {read:?}");
    assert_eq!(&from_slice::<Ours>(&bytes).unwrap(), mine);
}

/// A test a type, in which both types get the same values by the names of their fields.
macro_rules! same {
    ($($test:ident: $ours:path = $theirs:path { $($field:ident: $ty:ty),+ })+) => {
        proptest! {$(
            #[test]
            fn $test(values in ($(<$ty as Drawn>::drawn(),)+)) {
                let ($($field,)+) = values;
                let mine = { use $ours as Ours; Ours { $($field: $field.clone()),+ } };
                let other = { use $theirs as Theirs; Theirs { $($field),+ } };
                same(&mine, &other);
            }
        )+}
    };
}

same! {
    the_parameters_of_allowance: ours::GetAllowanceParams = theirs::GetAllowanceParams
        { owner: Address, operator: Address }
    the_parameters_of_transfer: ours::TransferParams = theirs::TransferParams
        { to: Address, amount: TokenAmount, operator_data: RawBytes }
    the_result_of_transfer: ours::TransferReturn = theirs::TransferReturn
        { from_balance: TokenAmount, to_balance: TokenAmount, recipient_data: RawBytes }
    the_parameters_of_transfer_from: ours::TransferFromParams = theirs::TransferFromParams
        { from: Address, to: Address, amount: TokenAmount, operator_data: RawBytes }
    the_result_of_transfer_from: ours::TransferFromReturn = theirs::TransferFromReturn
        { from_balance: TokenAmount, to_balance: TokenAmount, allowance: TokenAmount, recipient_data: RawBytes }
    the_parameters_of_increase_allowance: ours::IncreaseAllowanceParams = theirs::IncreaseAllowanceParams
        { operator: Address, increase: TokenAmount }
    the_parameters_of_decrease_allowance: ours::DecreaseAllowanceParams = theirs::DecreaseAllowanceParams
        { operator: Address, decrease: TokenAmount }
    the_parameters_of_revoke_allowance: ours::RevokeAllowanceParams = theirs::RevokeAllowanceParams
        { operator: Address }
    the_parameters_of_burn: ours::BurnParams = theirs::BurnParams { amount: TokenAmount }
    the_result_of_burn: ours::BurnReturn = theirs::BurnReturn { balance: TokenAmount }
    the_parameters_of_burn_from: ours::BurnFromParams = theirs::BurnFromParams
        { owner: Address, amount: TokenAmount }
    the_result_of_burn_from: ours::BurnFromReturn = theirs::BurnFromReturn
        { balance: TokenAmount, allowance: TokenAmount }
    the_result_of_mint: ours::MintReturn = theirs::MintReturn
        { balance: TokenAmount, supply: TokenAmount, recipient_data: RawBytes }
    what_the_hook_tells: Frc46TokenReceived = FRC46TokenReceived {
        from: ActorID, to: ActorID, operator: ActorID, amount: TokenAmount, operator_data: RawBytes, token_data: RawBytes
    }
}

/// Methods with bare values take and give the very types of FRC-46: anything else does not compile.
const _: fn() = || {
    fn is<M: Method<Params = P, Return = R>, P, R>() {}
    is::<method::Granularity, (), theirs::GranularityReturn>();
    is::<method::TotalSupply, (), theirs::TotalSupplyReturn>();
    is::<method::BalanceOf, Address, theirs::BalanceReturn>();
    is::<method::Allowance, ours::GetAllowanceParams, theirs::AllowanceReturn>();
    is::<method::IncreaseAllowance, ours::IncreaseAllowanceParams, theirs::IncreaseAllowanceReturn>();
    is::<method::DecreaseAllowance, ours::DecreaseAllowanceParams, theirs::DecreaseAllowanceReturn>();
    is::<method::RevokeAllowance, ours::RevokeAllowanceParams, theirs::RevokeAllowanceReturn>();
};

#[test]
fn the_hook_is_called_with_the_same_type_and_payload() {
    assert_eq!(FRC46_PAYLOAD, FRC46_TOKEN_TYPE);
    let received = Frc46TokenReceived {
        from: 1,
        to: 2,
        operator: 3,
        amount: TokenAmount::from_atto(4),
        operator_data: RawBytes::new(vec![5]),
        token_data: RawBytes::default(),
    };
    let hook = UniversalReceiverParams {
        type_: FRC46_PAYLOAD,
        payload: RawBytes::serialize(&received).unwrap(),
    };
    // [type, payload] as frc46_token's receivers read it.
    let (kind, payload): (u32, RawBytes) = from_slice(&to_vec(&hook).unwrap()).unwrap();
    let read: FRC46TokenReceived = payload.deserialize().unwrap();
    assert_eq!(
        (kind, read.from, read.to, read.operator),
        (FRC46_TOKEN_TYPE, 1, 2, 3)
    );
    assert_eq!(read.operator_data, received.operator_data);
}
