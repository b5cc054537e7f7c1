//! Fields that are one of several things.

use serde_json::{Value, json};

use super::{prints_json, refuses};

const RULE: &str = r#"{"data_set": 7, "rule": {
    "scope": {"Path": {"path": "trial/images"}}, "actions": 2, "requires": null, "sealed": false,
    "opens": [
        {"Or": {"of": 2}},
        {"Holder": {"token": "f01234", "standard": {"Frc46": {}}, "least": "5", "held_for": 10}},
        {"TimeWindow": {"start": 100, "end": null}}
    ]}}"#;

fn hex(arguments: &[&str]) -> String {
    let words = [&["encode", "--json"][..], arguments].concat();
    prints_json(&words)["hex"].as_str().expect("hex").to_owned()
}

#[test]
fn a_policy_is_written_as_it_is_read() {
    let bytes = hex(&["access.SetRule", RULE]);
    let back = prints_json(&["decode", "params", "access.SetRule", &bytes]);
    assert_eq!(back, serde_json::from_str::<Value>(RULE).unwrap());
}

#[test]
fn a_choice_is_given_by_its_name_in_a_word_too() {
    let subject = ["data_set=7", "subject=f01234", "action=2", "proofs=[]"];
    let whole = hex(&[&["access.HasAccess", r#"scope={"All": {}}"#][..], &subject].concat());
    let back = prints_json(&["decode", "params", "access.HasAccess", &whole]);
    let expected =
        json!({"data_set": 7, "scope": {"All": {}}, "subject": "f01234", "action": 2, "proofs": []});
    assert_eq!(back, expected);
}

#[test]
fn an_answer_names_its_reason() {
    let answer = "86f4 84 06 05 03 67 7265766f6b6564 f6 04 00 190384".replace(' ', "");
    let back = prints_json(&["decode", "return", "access.HasAccess", &answer]);
    assert_eq!(
        back["reason"],
        json!({"Dead": {"grant": 5, "at": 3, "why": "revoked"}})
    );
    assert_eq!(back["allowed"], false);
    assert_eq!(back["epoch"], 900);
}

#[test]
fn an_unknown_choice_is_refused_with_the_nearest_name() {
    let mistaken = RULE.replace("TimeWindow", "TimeWindw");
    refuses(
        &["encode", "access.SetRule", &mistaken],
        &["did you mean `TimeWindow`?"],
    );
}
