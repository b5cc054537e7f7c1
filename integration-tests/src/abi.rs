//! The Solidity side of the actors, read by alloy from the same interfaces that Solidity contracts import.

use alloy_primitives::U256;
use alloy_sol_types::sol;
use fvm_shared::econ::TokenAmount;

sol! {
    #![sol(all_derives)]
    "../docs/solidity/IToken.sol"
}
sol! {
    #![sol(all_derives)]
    "../docs/solidity/IInit.sol"
}
sol! {
    #![sol(all_derives)]
    "../docs/solidity/IAccess.sol"
}

// OpenZeppelin's Governor, as `solidity/contracts` makes one.
sol! {
    #![sol(all_derives)]
    interface Assembly {
        error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates);
        function propose(address[] targets, uint256[] values, bytes[] calldatas, string description) external returns (uint256);
        function castVote(uint256 proposalId, uint8 support) external returns (uint256);
        function execute(address[] targets, uint256[] values, bytes[] calldatas, bytes32 descriptionHash) external payable returns (uint256);
        function state(uint256 proposalId) external view returns (uint8);
        function proposalVotes(uint256 proposalId) external view returns (uint256 against, uint256 inFavour, uint256 abstaining);
        function clock() external view returns (uint48);
        function CLOCK_MODE() external view returns (string memory);
    }
}

/// An amount as a 256-bit word.
///
/// # Panics
/// When it is negative or above 2^256 - 1.
pub fn word(amount: &TokenAmount) -> U256 {
    let (_, bytes) = amount.atto().to_bytes_be();
    assert!(!amount.is_negative(), "{amount} is no amount");
    U256::try_from_be_slice(&bytes).unwrap_or_else(|| panic!("{amount} is no amount"))
}
