//! Methods that share a Solidity name.

use serde_json::json;

use super::{prints, prints_json, refuses};

const TO: &str = "to=0xff000000000000000000000000000000000003ea";
const WITH_DATA: &str = "token.transferAndCall(address,uint256,bytes)";

fn calldata(method: &str, arguments: &[&str]) -> String {
    let words = [&["encode", "--json", "--evm", method][..], arguments].concat();
    prints_json(&words)["calldata"]
        .as_str()
        .expect("calldata")
        .to_owned()
}

#[test]
fn an_overload_is_chosen_by_its_signature_or_its_name_in_the_table() {
    let arguments = [TO, "value=1 token", "data=0x0102"];
    let data = calldata(WITH_DATA, &arguments);
    assert!(data.starts_with("0x4000aea0"), "{data}");
    assert_eq!(calldata("token.transferAndCallWithData", &arguments), data);
    let plain = calldata("token.transferAndCall", &arguments[..2]);
    assert!(plain.starts_with("0x1296ee62"), "{plain}");
    assert_eq!(
        calldata("token.transferAndCall(address,uint256)", &arguments[..2]),
        plain
    );
}

#[test]
fn calldata_and_results_of_an_overload_are_decoded() {
    let data = calldata(WITH_DATA, &[TO, "value=5", "data=0x07"]);
    assert_eq!(
        prints_json(&["decode", "params", "--evm", "token", &data]),
        json!({
            "method": "transferAndCall(address,uint256,bytes)",
            "arguments": {"to": "0xff000000000000000000000000000000000003ea", "value": "5", "data": "0x07"},
        })
    );
    let yes = format!("0x{:064x}", 1);
    assert_eq!(prints(&["decode", "return", "--evm", WITH_DATA, &yes]), "true\n");
}

#[test]
fn the_wrong_overload_says_which_arguments_it_has() {
    refuses(
        &[
            "encode",
            "--evm",
            "token.transferAndCall",
            TO,
            "value=5",
            "data=0x07",
        ],
        &["there is no argument `data`", "(address to, uint256 value)"],
    );
    refuses(
        &["encode", "--evm", "token.transferAndCall(address)", TO],
        &["token has no method `transferAndCall(address)`"],
    );
}
