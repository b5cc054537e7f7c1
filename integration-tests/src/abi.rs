//! The Solidity side of the actors, read by alloy from the same interfaces that Solidity contracts import.

use alloy_sol_types::sol;

sol! {
    #![sol(all_derives)]
    "../docs/solidity/IToken.sol"
}
sol! {
    #![sol(all_derives)]
    "../docs/solidity/IInit.sol"
}
