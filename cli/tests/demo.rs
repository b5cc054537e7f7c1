//! The demo runs to its end on the bundle that `make bundle` built.

use std::process::Command;

#[test]
fn the_stories_are_told_to_their_end() {
    let output = Command::new(env!("CARGO_BIN_EXE_holdfast"))
        .arg("demo")
        .output()
        .expect("the command starts");
    let told = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}\n{errors}");
    assert!(told.ends_with("Everything was as told.\n"), "{told}");
    assert!(!told.contains('\u{1b}'), "colours without a terminal");
    for part in [
        "holdfast_token",
        "Init's method 2, Exec",
        "create(uint32,bytes) in an EIP-1559 transaction",
        "by FRC-46",
        "by ERC-20",
        "A permit",
        "The till charges Bob 25 HRB",
        "ERC20InsufficientBalance(address,uint256,uint256): bob, 35, 5000",
        "64, InsufficientBalance",
        "DelegateVotesChanged of t01002: delegate bob, new_votes 835, previous_votes 940",
        "The hospital publishes a data set",
        "Bob has 15 HRB left. The actor holds 40 HRB",
        "75, WiderThanAbove",
        "may frank read `ward`? Yes, by grant 4.",
        "NotAllowed(address,uint8): heidi, 11",
        "bob, erin, frank may read and have no key",
        "Frank opens the envelope, and with the key in it the file: it says what the hospital wrote.",
        "may frank read `ward`? No: grant 4 came through grant 3, which is revoked.",
        "NotAllowed(address,uint8): frank, 6",
        "bob, erin may read and have no key",
        "there is none of key epoch 2 for frank",
        "the key that he has kept does not open the new file",
        "frank was given `ward` in epoch 36: proved",
        "heidi was given `ward` in epoch 36: not proved",
        "The hospital has 36 HRB, Grace 4; nothing is left with the actor.",
        "supply_is_sum_of_balances",
        "fil_is_conserved",
    ] {
        assert!(told.contains(part), "`{part}` is not told:\n{told}");
    }
}
