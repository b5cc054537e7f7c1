// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IERC20Metadata} from "IERC20.sol";

/// Lets somebody spend its tokens, and takes that back while it is being told of tokens that it received.
contract Regretter {
    address public spender;

    function allow(address token, address spender_, uint256 value) external {
        spender = spender_;
        require(IERC20Metadata(token).approve(spender_, value), "not approved");
    }

    function handle_filecoin_method(uint64, uint64, bytes calldata)
        external
        returns (uint32, uint64, bytes memory)
    {
        require(IERC20Metadata(msg.sender).approve(spender, 0), "not taken back");
        return (0, 0x51, hex"f6");
    }
}
