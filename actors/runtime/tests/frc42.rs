//! Method numbers are those that everyone else computes.

use frc42_dispatch::hasher::hash::{Hasher, MethodResolver};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::receiver::{FRC46_PAYLOAD, RECEIVE};
use proptest::prelude::*;

/// blake2b-512, which the reference takes from the machine or from its user.
struct Blake2b512;

impl Hasher for Blake2b512 {
    fn hash(&self, bytes: &[u8]) -> Vec<u8> {
        blake2b_simd::blake2b(bytes).as_bytes().to_vec()
    }
}

fn reference(name: &str) -> u64 {
    MethodResolver::new(Blake2b512).method_number(name).unwrap()
}

#[test]
fn known_names_have_their_published_numbers() {
    assert_eq!(INVOKE_EVM, 3_844_450_837);
    assert_eq!(RECEIVE, 3_726_118_371);
    assert_eq!(FRC46_PAYLOAD, 2_233_613_279);
    assert_eq!(method_number("AuthenticateMessage"), 2_643_134_072);
}

#[test]
fn a_name_with_a_bad_start_or_letter_does_not_get_a_number() {
    for name in ["", "transfer", "1st", "Balance-Of", "Größe"] {
        assert!(
            std::panic::catch_unwind(|| method_number(name)).is_err(),
            "{name} got a number"
        );
    }
}

proptest! {
    #[test]
    fn every_name_has_the_number_of_the_reference_implementation(name in "[A-Z_][A-Za-z0-9_]{0,120}") {
        prop_assume!(name != "Constructor");
        prop_assert_eq!(method_number(&name), reference(&name));
    }
}
