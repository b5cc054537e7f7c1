//! From method types to [`MethodInfo`].

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::caller::Access;
use crate::evm::Args;
use crate::method::{AbiCoding, Method, MethodInfo, SolidityInfo, SolidityMethod, TypeInfo, pair_types};
use crate::schema::Schema;
use crate::testing::Mock;

/// Describes a method that has a number.
pub fn method<M>(doc: &'static str, solidity: Option<SolidityInfo>) -> MethodInfo
where
    M: Method<Params: Schema + Serialize + DeserializeOwned, Return: Schema + Serialize + DeserializeOwned>,
{
    MethodInfo {
        number: Some(M::NUMBER),
        params: Some(type_info::<M::Params>()),
        returns: Some(type_info::<M::Return>()),
        ..solidity_method::<M>(doc, solidity)
    }
}

/// Describes a method of the Ethereum face alone.
pub fn solidity_method<M: Method>(doc: &'static str, solidity: Option<SolidityInfo>) -> MethodInfo {
    MethodInfo {
        name: M::NAME,
        doc: doc.trim(),
        number: None,
        kind: M::KIND,
        access: M::Access::NAME,
        params: None,
        returns: None,
        solidity,
    }
}

/// Describes a method's Solidity form.
pub fn solidity<M: SolidityMethod>(standard: Option<&'static str>) -> SolidityInfo {
    SolidityInfo {
        name: M::SOLIDITY,
        standard,
        selector: M::SELECTOR,
        args: pair_types::<M::Params>(),
        results: pair_types::<M::Return>(),
        coding: Some(AbiCoding {
            args: recode_abi::<M::Params>,
            results: recode_abi::<M::Return>,
        }),
    }
}

fn recode_abi<A: Args>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let value = A::decode(bytes).map_err(|e| e.to_string())?;
    Ok(value.encode(&Mock::new()))
}

/// A type's shape and the bytes of its sample.
///
/// # Panics
/// When the sample does not encode, which a test of the type would show first.
pub fn type_info<T: Schema + Serialize + DeserializeOwned>() -> TypeInfo {
    let sample = fvm_ipld_encoding::to_vec(&T::sample());
    TypeInfo {
        shape: T::shape(),
        sample: sample.unwrap_or_else(|e| panic!("a sample does not encode: {e}")),
        recode: recode_cbor::<T>,
    }
}

fn recode_cbor<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let value: T = fvm_ipld_encoding::from_slice(bytes).map_err(|e| e.to_string())?;
    fvm_ipld_encoding::to_vec(&value).map_err(|e| e.to_string())
}
