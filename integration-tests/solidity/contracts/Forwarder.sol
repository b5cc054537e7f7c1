// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IERC20Metadata} from "IERC20.sol";

/// Passes all tokens on while it is still being told that it received them: a hook that calls back.
contract Forwarder {
    address public heir;

    function setHeir(address heir_) external {
        heir = heir_;
    }

    function handle_filecoin_method(uint64, uint64, bytes calldata)
        external
        returns (uint32, uint64, bytes memory)
    {
        IERC20Metadata token = IERC20Metadata(msg.sender);
        require(token.transfer(heir, token.balanceOf(address(this))), "not passed on");
        return (0, 0x51, hex"83010203");
    }
}
