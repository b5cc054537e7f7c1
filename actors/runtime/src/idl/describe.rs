//! From method types to [`MethodInfo`].

use serde::Serialize;

use crate::caller::Access;
use crate::method::{Method, MethodInfo, SolidityInfo, SolidityMethod, TypeInfo, pair_types};
use crate::schema::Schema;

/// Describes a method that has a number.
pub fn method<M: Method<Params: Schema + Serialize, Return: Schema + Serialize>>(
    doc: &'static str,
    solidity: Option<SolidityInfo>,
) -> MethodInfo {
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
    }
}

/// A type's shape and the bytes of its sample.
///
/// # Panics
/// When the sample does not encode, which a test of the type would show first.
pub fn type_info<T: Schema + Serialize>() -> TypeInfo {
    let sample = fvm_ipld_encoding::to_vec(&T::sample());
    TypeInfo {
        shape: T::shape(),
        sample: sample.unwrap_or_else(|e| panic!("a sample does not encode: {e}")),
    }
}
