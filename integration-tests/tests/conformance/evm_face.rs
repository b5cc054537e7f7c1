//! The Ethereum face of native actors.

use holdfast_api::access::Access;
use holdfast_integration_tests::conformance::{
    Case, Cast, FaceSubject, HoldfastAccess, HoldfastToken, check, evm_face, failures,
};
use holdfast_runtime::method::Interface;

#[test]
fn our_token_has_an_ethereum_face() {
    check::<dyn FaceSubject>(evm_face::CASES, &HoldfastToken, Cast::ethereum);
    check::<dyn FaceSubject>(evm_face::CASES, &HoldfastToken, Cast::mixed);
}

#[test]
fn our_data_sets_have_an_ethereum_face() {
    let has_signatures = Access::describe()
        .methods
        .iter()
        .any(|method| method.solidity.is_some());
    let applies = |case: &&Case<dyn FaceSubject>| match case.name {
        "dirty_padding_is_refused" => has_signatures,
        // Every view of theirs takes parameters.
        "views_by_number_and_through_the_face_agree" => false,
        _ => true,
    };
    for cast in [Cast::ethereum, Cast::mixed] {
        let failed = failures(evm_face::CASES.iter().filter(applies), &HoldfastAccess, cast);
        assert!(failed.is_empty(), "{failed:?}");
    }
}
