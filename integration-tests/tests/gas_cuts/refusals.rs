//! Tables that would not do.

use holdfast_api::init::{Init, method};
use holdfast_integration_tests::cuts::{Case, Face, require_cuts};
use holdfast_runtime::method::Interface;

use crate::init::{BY_NUMBER, guest_book, init};

#[test]
#[should_panic(expected = "no message is prepared for init: Constructor")]
fn a_method_without_a_message_is_found_by_name() {
    require_cuts(
        Face::Filecoin,
        &Init::describe(),
        "init",
        &init(),
        &[&BY_NUMBER[1..]],
    );
}

#[test]
#[should_panic(expected = "the message for `ExecCanonical` calls it nowhere")]
fn a_message_that_calls_another_method_is_found() {
    let another: &[Case] = &[("ExecCanonical", |s| s.call::<method::Exec>(&guest_book(s)))];
    require_cuts(Face::Filecoin, &Init::describe(), "init", &init(), &[another]);
}
