//! FRC-0046 and its receiver hook.

use holdfast_integration_tests::conformance::{
    Cast, Frc46Subject, HoldfastToken, ReceiverSubject, check, frc46, receiver,
};

#[test]
fn our_token_is_an_frc46_token() {
    check::<dyn Frc46Subject>(frc46::CASES, &HoldfastToken, Cast::native);
    check::<dyn Frc46Subject>(frc46::CASES, &HoldfastToken, Cast::mixed);
}

#[test]
fn our_token_tells_its_recipients() {
    check::<dyn ReceiverSubject>(receiver::CASES, &HoldfastToken, Cast::mixed);
}
