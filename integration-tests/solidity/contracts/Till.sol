// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// What the till needs of any ERC-20 token.
interface IERC20 {
    function transfer(address to, uint256 value) external returns (bool);
    function transferFrom(address from, address to, uint256 value) external returns (bool);
    function balanceOf(address account) external view returns (uint256);
}

/// A shop's till: it charges customers who have allowed it to, and its keeper pays out of it.
/// It knows the token by the plain ERC-20 interface only.
contract Till {
    IERC20 public immutable token;
    address public immutable keeper;

    event Charged(address indexed customer, uint256 value);

    error NotKeeper(address caller);
    error NotPaid(address customer, uint256 value);

    constructor(IERC20 token_) {
        token = token_;
        keeper = msg.sender;
    }

    /// Takes what a customer has allowed.
    function charge(address customer, uint256 value) external {
        if (!token.transferFrom(customer, address(this), value)) revert NotPaid(customer, value);
        emit Charged(customer, value);
    }

    /// Pays out of the till.
    function pay(address to, uint256 value) external {
        if (msg.sender != keeper) revert NotKeeper(msg.sender);
        if (!token.transfer(to, value)) revert NotPaid(to, value);
    }

    /// What is in the till.
    function takings() external view returns (uint256) {
        return token.balanceOf(address(this));
    }
}
