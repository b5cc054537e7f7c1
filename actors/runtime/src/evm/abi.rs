//! Solidity's ABI for the types of an interface. The coding itself is alloy's; this maps our types to Solidity's.

use alloy_primitives::aliases::U48;
use alloy_primitives::{Address as AlloyAddress, FixedBytes, U256};
use alloy_sol_types::{SolType, SolValue, sol_data};
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesDe, CBOR, DAG_CBOR, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize, Serializer};

use super::address::{EthAddress, canonical};
use super::selector;
use crate::error::{ActorError, Revert, RevertArg};
use crate::runtime::Runtime;
use crate::schema::{Schema, Shape};

/// A type that can be one argument or one result of a Solidity method.
pub trait Abi: Sized {
    /// The Solidity type.
    type Sol: SolType;
    /// To Solidity. Addresses become their canonical 0x form, which may look an actor up.
    fn to_sol<R: Runtime>(self, rt: &R) -> <Self::Sol as SolType>::RustType;
    /// From Solidity.
    ///
    /// # Errors
    /// USR_ILLEGAL_ARGUMENT when the value is out of range.
    fn from_sol(value: <Self::Sol as SolType>::RustType) -> Result<Self, ActorError>;
}

/// All arguments, or all results, of a Solidity method. Written by `record!` with `#[solidity]`.
pub trait Args: Sized {
    /// The types as they stand in the signature, e.g. `(address,uint256)`.
    const TYPES: &'static str;
    /// The names, one a type; empty for a result that has none.
    const NAMES: &'static [&'static str];
    /// ABI-encodes.
    fn encode<R: Runtime>(self, rt: &R) -> Vec<u8>;
    /// Decodes strictly: dirty padding is refused.
    ///
    /// # Errors
    /// USR_ILLEGAL_ARGUMENT, naming what is wrong with the calldata.
    fn decode(data: &[u8]) -> Result<Self, ActorError>;
}

/// One byte, e.g. the field mask of ERC-5267.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes1(pub [u8; 1]);

/// Four bytes, e.g. an interface id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes4(pub [u8; 4]);

/// Thirty-two bytes, e.g. a hash. In CBOR a byte string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes32(pub [u8; 32]);

impl core::fmt::Display for Bytes32 {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Bytes32 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes32 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: Vec<u8> = fvm_ipld_encoding::strict_bytes::deserialize(deserializer)?;
        let len = bytes.len();
        let exact = <[u8; 32]>::try_from(bytes);
        exact
            .map(Self)
            .map_err(|_| D::Error::custom(format!("32 bytes are expected, not {len}")))
    }
}

impl Schema for Bytes32 {
    fn shape() -> Shape {
        Shape::Fixed(32)
    }
    fn sample() -> Self {
        Self([7; 32])
    }
}

/// A number of 48 bits, e.g. the clock of ERC-6372. A larger one saturates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Uint48(pub u64);

/// Tells a decoder's failure as one of ours.
///
/// # Errors
/// USR_ILLEGAL_ARGUMENT.
pub fn decoded<T>(result: alloy_sol_types::Result<T>) -> Result<T, ActorError> {
    result.map_err(|e| ActorError::illegal_argument(format!("the calldata does not decode: {e}")))
}

macro_rules! words {
    ($($ty:ty as $sol:ty, $to:expr, $from:expr;)+) => {$(
        impl Abi for $ty {
            type Sol = $sol;
            fn to_sol<R: Runtime>(self, rt: &R) -> <$sol as SolType>::RustType {
                let to: fn($ty, &R) -> <$sol as SolType>::RustType = $to;
                to(self, rt)
            }
            fn from_sol(value: <$sol as SolType>::RustType) -> Result<Self, ActorError> {
                let from: fn(<$sol as SolType>::RustType) -> Result<$ty, ActorError> = $from;
                from(value)
            }
        }

        impl Args for $ty {
            const TYPES: &'static str = <($sol,) as SolType>::SOL_NAME;
            const NAMES: &'static [&'static str] = &[""];
            fn encode<R: Runtime>(self, rt: &R) -> Vec<u8> {
                <($sol,)>::abi_encode_params(&(self.to_sol(rt),))
            }
            fn decode(data: &[u8]) -> Result<Self, ActorError> {
                let (value,) = decoded(<($sol,)>::abi_decode_params_validate(data))?;
                Self::from_sol(value)
            }
        }
    )+};
}

words! {
    bool as sol_data::Bool, |v, _| v, Ok;
    u8 as sol_data::Uint<8>, |v, _| v, Ok;
    u32 as sol_data::Uint<32>, |v, _| v, Ok;
    u64 as sol_data::Uint<64>, |v, _| v, Ok;
    Uint48 as sol_data::Uint<48>, |v, _| U48::saturating_from(v.0), |v| Ok(Uint48(v.to()));
    TokenAmount as sol_data::Uint<256>, |v, _| to_u256(&v), |v| Ok(from_u256(v));
    Address as sol_data::Address, address_to_sol, |v| EthAddress(v.into_array()).to_filecoin();
    EthAddress as sol_data::Address, |v, _| AlloyAddress::new(v.0), |v| Ok(EthAddress(v.into_array()));
    String as sol_data::String, |v, _| v, Ok;
    RawBytes as sol_data::Bytes, |v, _| v.to_vec().into(), |v| Ok(RawBytes::new(v.to_vec()));
    Bytes1 as sol_data::FixedBytes<1>, |v, _| FixedBytes(v.0), |v| Ok(Bytes1(v.0));
    Bytes4 as sol_data::FixedBytes<4>, |v, _| FixedBytes(v.0), |v| Ok(Bytes4(v.0));
    Bytes32 as sol_data::FixedBytes<32>, |v, _| FixedBytes(v.0), |v| Ok(Bytes32(v.0));
}

impl<T: Abi> Abi for Vec<T> {
    type Sol = sol_data::Array<T::Sol>;
    fn to_sol<R: Runtime>(self, rt: &R) -> Vec<<T::Sol as SolType>::RustType> {
        self.into_iter().map(|value| value.to_sol(rt)).collect()
    }
    fn from_sol(values: Vec<<T::Sol as SolType>::RustType>) -> Result<Self, ActorError> {
        values.into_iter().map(T::from_sol).collect()
    }
}

impl Args for () {
    const TYPES: &'static str = "()";
    const NAMES: &'static [&'static str] = &[];
    fn encode<R: Runtime>(self, _rt: &R) -> Vec<u8> {
        Vec::new()
    }
    fn decode(_data: &[u8]) -> Result<Self, ActorError> {
        Ok(())
    }
}

fn address_to_sol<R: Runtime>(address: Address, rt: &R) -> AlloyAddress {
    AlloyAddress::new(eth_form(rt, &address).0)
}

/// The canonical 0x form of any address; 0x0 for one that has no actor and no 0x form.
fn eth_form<R: Runtime>(rt: &R, address: &Address) -> EthAddress {
    if let Some(eth) = EthAddress::from_delegated(address) {
        return eth;
    }
    rt.resolve(address)
        .map_or(EthAddress::ZERO, |id| canonical(rt, id))
}

/// An amount as a 256-bit word. Our amounts never exceed one; a larger or negative one saturates.
fn to_u256(amount: &TokenAmount) -> U256 {
    let (sign, bytes) = amount.atto().to_bytes_be();
    match sign {
        Sign::Minus | Sign::NoSign => U256::ZERO,
        Sign::Plus => U256::try_from_be_slice(&bytes).unwrap_or(U256::MAX),
    }
}

/// An amount as the word of an event or an error.
pub(crate) fn amount_word(amount: &TokenAmount) -> [u8; 32] {
    to_u256(amount).to_be_bytes()
}

fn from_u256(value: U256) -> TokenAmount {
    TokenAmount::from_atto(BigInt::from_bytes_be(Sign::Plus, &value.to_be_bytes::<32>()))
}

/// `Error(string)`: what Solidity's `require` reverts with and every tool shows.
pub fn error_string(message: &str) -> Vec<u8> {
    let mut data = const { selector("Error(string)") }.to_vec();
    data.extend((message,).abi_encode_params());
    data
}

/// The revert data of a failed call: the Solidity error if the interface defines one, else `Error(string)`.
pub fn revert_data<R: Runtime>(rt: &R, error: &ActorError) -> Vec<u8> {
    match &error.revert {
        None => error_string(&error.message),
        Some(Revert::Encoded(data)) => data.clone(),
        Some(Revert::PassedOn(block)) => callee_revert(block).unwrap_or_else(|| error_string(&error.message)),
        Some(Revert::Words { selector, args }) => {
            let mut data = selector.to_vec();
            for arg in args {
                data.extend(match arg {
                    RevertArg::Address(address) => eth_form(rt, address).to_word(),
                    RevertArg::Uint(amount) => amount_word(amount),
                });
            }
            data
        }
    }
}

/// The revert data of a callee: EVM contracts and our Ethereum face fail with a CBOR byte string.
pub(super) fn callee_revert(block: &IpldBlock) -> Option<Vec<u8>> {
    if block.codec != CBOR && block.codec != DAG_CBOR {
        return None;
    }
    let BytesDe(bytes) = fvm_ipld_encoding::from_slice(&block.data).ok()?;
    Some(bytes)
}
