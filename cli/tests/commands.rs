//! The commands as people run them: output, exit code, and the one sentence of an error.

#[path = "commands/choices.rs"]
mod choices;
#[path = "commands/files.rs"]
mod files;
#[path = "commands/overloads.rs"]
mod overloads;
#[path = "commands/refusals.rs"]
mod refusals;
#[path = "commands/trees.rs"]
mod trees;

use std::process::{Command, Output};

use serde_json::{Value, json};

fn holdfast(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
    command.args(arguments).output().expect("the command starts")
}

#[track_caller]
fn prints(arguments: &[&str]) -> String {
    let output = holdfast(arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

#[track_caller]
fn prints_json(arguments: &[&str]) -> Value {
    serde_json::from_str(&prints(arguments)).expect("JSON")
}

/// A folder that is gone after the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("text").to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("it is written");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("it is there")
    }
}

/// Checks that the command fails with one sentence on stderr and nothing on stdout.
#[track_caller]
fn refuses(arguments: &[&str], parts: &[&str]) {
    let output = holdfast(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{arguments:?} succeeds");
    assert!(output.stdout.is_empty(), "{arguments:?} prints to stdout");
    assert_eq!(error.lines().count(), 1, "{error}");
    for part in parts {
        assert!(error.contains(part), "`{part}` is not in: {error}");
    }
}

#[test]
fn idl_lists_every_actor() {
    let list = prints(&["idl"]);
    assert!(list.contains("init ") && list.contains("token "), "{list}");
    let names = prints_json(&["idl", "--json"]);
    assert_eq!(names[1]["name"], "token");
}

#[test]
fn idl_prints_json_solidity_and_a_page() {
    let idl = prints_json(&["idl", "token"]);
    let transfer = idl["methods"]
        .as_array()
        .unwrap()
        .iter()
        .find(|m| m["name"] == "Transfer");
    assert_eq!(transfer.unwrap()["number"], 80_475_954);
    assert!(prints(&["idl", "token", "--solidity"]).contains("interface IToken {"));
    assert!(prints(&["idl", "token", "--docs"]).starts_with("# `token`: methods"));
}

#[test]
fn an_unknown_actor_is_refused_with_the_nearest_name() {
    refuses(
        &["idl", "tokn"],
        &["`tokn`", "did you mean `token`?", "`holdfast idl`"],
    );
}

#[test]
fn encode_gives_bytes_and_a_line_that_sends_them() {
    let text = prints(&[
        "encode",
        "token.Transfer",
        "to=t01234",
        "amount=5",
        "--to",
        "t01002",
    ]);
    let expected = "\
method    80475954
hex       834300d20949004563918244f4000040
base64    g0MA0glJAEVjkYJE9AAAQA==
lotus     lotus send --method 80475954 --params-hex 834300d20949004563918244f4000040 t01002 0
";
    assert_eq!(text, expected);
}

#[test]
fn an_ethereum_key_sends_calldata_and_no_method_number() {
    let carol = "0xca8d5722a3a284d82f4ff7f641cecc5fc85ae0a5";
    let call = [
        "encode",
        "token.Transfer",
        "to=t01234",
        "amount=5",
        "--from",
        carol,
    ];
    refuses(&call, &["an Ethereum key sends no method numbers", "--evm"]);
    let arguments = [
        "--evm",
        "token.pause",
        "--from",
        carol,
        "--to",
        "f01002",
        "--json",
    ];
    let lines = prints_json(&[&["encode"][..], &arguments].concat());
    let calldata = lines["calldata"].as_str().unwrap().trim_start_matches("0x");
    let line = lines["lotus"].as_str().unwrap();
    assert!(line.starts_with("lotus send --from f410f"), "{line}");
    assert!(
        line.ends_with(&format!(" --params-hex {calldata} f01002 0")),
        "{line}"
    );
    assert!(!line.contains("--method"), "{line}");
}

#[test]
fn every_form_of_a_value_encodes_to_the_same_bytes() {
    let hex = |arguments: &[&str]| {
        let mut all = vec!["encode", "token.Transfer", "--json"];
        all.extend(arguments);
        prints_json(&all)["hex"].clone()
    };
    let expected = hex(&["to=t01234", "amount=5"]);
    let masked = "to=0xff000000000000000000000000000000000004d2";
    assert_eq!(hex(&[masked, "amount=5 FIL"]), expected);
    assert_eq!(
        hex(&["to=f01234", "amount=5_000_000_000 nano", "operator_data=0x"]),
        expected
    );
    assert_eq!(
        hex(&[r#"{"to": "t01234", "amount": "5000 milli", "operator_data": "0x"}"#]),
        expected
    );
}

#[test]
fn decode_goes_back_from_hex_and_from_base64() {
    let expected = json!({"to": "f01234", "amount": "5", "operator_data": "0x"});
    for bytes in [
        "834300d20949004563918244f4000040",
        "0x834300d20949004563918244f4000040",
        "g0MA0glJAEVjkYJE9AAAQA==",
    ] {
        assert_eq!(
            prints_json(&["decode", "params", "token.Transfer", bytes]),
            expected
        );
    }
    let testnet = prints_json(&[
        "decode",
        "--testnet",
        "params",
        "token.Transfer",
        "g0MA0glJAEVjkYJE9AAAQA==",
    ]);
    assert_eq!(testnet["to"], "t01234");
}

#[test]
fn calldata_goes_both_ways() {
    let to = "0xca8d5722a3a284d82f4ff7f641cecc5fc85ae0a5";
    let arguments = [
        "encode",
        "--evm",
        "token.transfer",
        &format!("to={to}"),
        "value=5 tokens",
        "--to",
        "t01002",
        "--json",
    ];
    let lines = prints_json(&arguments);
    let calldata = lines["calldata"].as_str().unwrap();
    assert!(calldata.starts_with("0xa9059cbb"), "{calldata}");
    assert!(
        lines["cast"]
            .as_str()
            .unwrap()
            .starts_with("cast send 0xff000000000000000000000000000000000003ea 0xa9059cbb")
    );
    assert!(
        lines["lotus"]
            .as_str()
            .unwrap()
            .starts_with("lotus send --method 3844450837 --params-hex 5844a9059cbb")
    );
    let back = prints_json(&["decode", "params", "--evm", "token", calldata]);
    assert_eq!(
        back,
        json!({"method": "transfer", "arguments": {"to": to, "value": "5000000000000000000"}})
    );
}

#[test]
fn a_method_without_solidity_signature_is_called_by_its_number() {
    let lines = prints_json(&["encode", "--evm", "token.Mint", "to=t01234", "amount=5", "--json"]);
    let calldata = lines["calldata"].as_str().unwrap();
    assert!(calldata.starts_with("0x868e10c4"), "{calldata}");
    let back = prints_json(&["decode", "params", "--evm", "token", calldata]);
    let arguments = json!({"to": "f01234", "amount": "5", "operator_data": "0x"});
    let expected = json!({"method": "Mint", "through": "handle_filecoin_method", "arguments": arguments});
    assert_eq!(back, expected);
    let results = format!(
        "0x{:064x}{:064x}{:064x}{:064x}{:0<64}",
        0, 0x51, 0x60, 3, "4200ff"
    );
    let allowance = prints_json(&["decode", "return", "--evm", "token.IncreaseAllowance", &results]);
    assert_eq!(allowance, json!("0.000000000000000255"));
    refuses(
        &[
            "encode",
            "--evm",
            "token.Constructor",
            "{\"name\": \"A\", \"symbol\": \"A\", \"initial_supply\": \"0\", \"voting\": false}",
        ],
        &["Constructor cannot be called on the Ethereum face"],
    );
}

#[test]
fn results_and_returns_are_decoded() {
    let balance = format!("0x{:064x}", 7);
    assert_eq!(
        prints_json(&["decode", "return", "--evm", "token.balanceOf", &balance]),
        json!("7")
    );
    assert_eq!(
        prints_json(&["decode", "return", "token.BalanceOf", "4200ff"]),
        json!("0.000000000000000255")
    );
}

#[test]
fn events_are_decoded_in_both_forms() {
    let topic = |last: &str| format!("0x{last:0>64}");
    let log = json!({
        "topics": [
            "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
            topic("0"),
            topic("ff000000000000000000000000000000000004d2"),
        ],
        "data": topic("7"),
    });
    let decoded = prints_json(&["decode", "event", "token", &log.to_string()]);
    let to = "0xff000000000000000000000000000000000004d2";
    let zero = "0x0000000000000000000000000000000000000000";
    assert_eq!(
        decoded,
        json!({"event": "Transfer", "fields": {"from": zero, "to": to, "value": "7"}})
    );
    let entries = json!([
        {"Flags": 3, "Key": "$type", "Codec": 81, "Value": "am1pbnRlci1zZXQ="},
        {"Flags": 3, "Key": "minter", "Codec": 81, "Value": "GQTS"},
        {"Flags": 1, "Key": "cap", "Codec": 81, "Value": "SQBFY5GCRPQAAA=="},
    ]);
    let decoded = prints_json(&["decode", "event", "token", &entries.to_string()]);
    assert_eq!(
        decoded,
        json!({"event": "minter-set", "fields": {"minter": 1234, "cap": "5"}})
    );
}

#[test]
fn the_state_of_a_token_is_decoded_by_name() {
    let link = "d82a5827000171a0e40220".to_owned() + &"11".repeat(32);
    let root =
        format!("88014900 4563918244f40000 f4 824b d209 88 4563918244f40000 80 824080 824080 824080 {link}")
            .replace(' ', "");
    let state = prints_json(&["decode", "state", "token", &root]);
    assert_eq!(state["supply"], "5");
    assert_eq!(state["paused"], false);
    assert_eq!(state["votes"]["entries"], json!([]));
    let holder = json!({"key": 1234, "value": {"balance": "5", "delegate": null, "masked": true}});
    assert_eq!(state["accounts"]["entries"], json!([holder]));
    refuses(
        &["decode", "state", "token.Setings", &root],
        &["did you mean `Settings`?"],
    );
}

#[test]
fn revert_data_is_explained() {
    let data = format!(
        "0xe450d38c{:0>64}{:064x}{:064x}",
        "ff000000000000000000000000000000000004d2", 5, 9
    );
    let why = prints_json(&["decode", "revert", "token", &data]);
    assert_eq!(why["error"], "ERC20InsufficientBalance(address,uint256,uint256)");
    assert_eq!(
        why["args"],
        json!(["0xff000000000000000000000000000000000004d2", "5", "9"])
    );
    assert_eq!(
        why["doc"],
        "Raised when a holder would spend more than they hold."
    );
}

#[test]
fn a_type_goes_by_its_name_or_its_number() {
    assert_eq!(prints_json(&["types", "--json"])[0]["type"], 17);
    let calldata = |kind: &str| {
        let kind = format!("actor_type={kind}");
        let lines = prints_json(&[
            "encode",
            "--evm",
            "init.create",
            &kind,
            "params=0x80",
            "--to",
            "t01",
            "--json",
        ]);
        lines["calldata"].clone()
    };
    assert_eq!(calldata("holdfast_token"), calldata("17"));
    refuses(
        &["encode", "--evm", "init.create", "actor_type=tokn", "params=0x"],
        &["`tokn`", "`holdfast types`"],
    );
}

#[test]
fn gas_shows_figures_beside_their_goals() {
    let gas = prints_json(&["gas", "--json"]);
    let all = gas["gas"].as_array().unwrap();
    let transfer = all
        .iter()
        .find(|row| row["name"] == "token.erc20_transfer@1000")
        .unwrap();
    assert!(transfer["gas"].as_u64() > Some(1_000_000), "{transfer}");
    assert_eq!(transfer["goal"], 10_000_000);
}

#[test]
fn a_missing_bundle_says_how_to_make_one() {
    refuses(
        &["demo", "--bundle", "no-such.car"],
        &["no-such.car", "`make bundle`"],
    );
}
