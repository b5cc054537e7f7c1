//! The Ethereum face of native actors.

use holdfast_integration_tests::conformance::{Cast, FaceSubject, HoldfastToken, check, evm_face};

#[test]
fn our_token_has_an_ethereum_face() {
    check::<dyn FaceSubject>(evm_face::CASES, &HoldfastToken, Cast::ethereum);
    check::<dyn FaceSubject>(evm_face::CASES, &HoldfastToken, Cast::mixed);
}
