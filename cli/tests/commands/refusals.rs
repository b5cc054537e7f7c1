//! What `encode` and `decode` refuse, each with one sentence that names the value and the limit.

use super::refuses;

#[test]
fn a_missing_field_is_named_with_its_type() {
    refuses(
        &["encode", "token.Transfer", "to=t01"],
        &["`amount` is missing", "Amount", "whole"],
    );
}

#[test]
fn an_unknown_field_is_refused_with_the_nearest_name() {
    refuses(
        &["encode", "token.Transfer", "to=t01", "ammount=5"],
        &["`ammount`", "did you mean `amount`?"],
    );
}

#[test]
fn a_field_that_is_given_twice_is_refused() {
    refuses(
        &["encode", "token.Transfer", "to=t01", "to=t02", "amount=5"],
        &["`to` is given twice"],
    );
    refuses(
        &[
            "encode",
            "token.Transfer",
            r#"{"to": "t01", "to": "t02", "amount": "5"}"#,
        ],
        &["`to` is given twice"],
    );
}

#[test]
fn a_number_out_of_range_is_refused_with_its_limits() {
    refuses(
        &["encode", "token.ListHolders", "limit=18446744073709551616"],
        &[
            "limit",
            "18446744073709551616 lies outside 0 to 18446744073709551615",
        ],
    );
}

#[test]
fn amounts_are_never_floats() {
    refuses(
        &["encode", "token.Transfer", "to=t01", "amount=1e18"],
        &["amount", "1e18"],
    );
    refuses(
        &["encode", "token.Transfer", r#"{"to": "t01", "amount": 1.5}"#],
        &["1.5 is no integer"],
    );
    refuses(
        &["encode", "--evm", "token.transfer", "to=t01", "value=1.5"],
        &["value", "1.5 tokens"],
    );
}

#[test]
fn a_method_of_the_ethereum_face_alone_says_how_it_is_encoded() {
    refuses(&["encode", "token.approve", "spender=t01", "value=5"], &["--evm"]);
}

#[test]
fn fil_for_a_method_that_takes_none_is_refused() {
    refuses(
        &["encode", "token.Pause", "--value", "5"],
        &["token.Pause takes no FIL"],
    );
}

#[test]
fn bytes_of_another_type_are_refused_with_the_place() {
    refuses(
        &["decode", "params", "token.Transfer", "82420001f6"],
        &["TransferParams has 3 fields, this one has 2"],
    );
    refuses(
        &["decode", "params", "token.Transfer", "83420001f640"],
        &["amount", "found null"],
    );
}
