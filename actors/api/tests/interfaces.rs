//! What callers rely on is committed, and changes only with a diff that shows it.

use holdfast_api::access::Access;
use holdfast_api::init::Init;
use holdfast_api::token::Token;
use holdfast_runtime::method::Interface;
use holdfast_runtime::testing::golden;

#[test]
fn the_interface_of_the_token_is_the_committed_one() {
    golden::check(&Token::describe(), "tests/golden/token.txt");
}

#[test]
fn the_interface_of_init_is_the_committed_one() {
    golden::check(&Init::describe(), "tests/golden/init.txt");
}

#[test]
fn the_interface_of_access_is_the_committed_one() {
    golden::check(&Access::describe(), "tests/golden/access.txt");
}

#[test]
fn the_solidity_interface_of_the_token_is_the_committed_one() {
    golden::check_solidity(&Token::describe(), "../../docs/solidity/IToken.sol");
}

#[test]
fn the_solidity_interface_of_init_is_the_committed_one() {
    golden::check_solidity(&Init::describe(), "../../docs/solidity/IInit.sol");
}

#[test]
fn the_solidity_interface_of_access_is_the_committed_one() {
    golden::check_solidity(&Access::describe(), "../../docs/solidity/IAccess.sol");
}
