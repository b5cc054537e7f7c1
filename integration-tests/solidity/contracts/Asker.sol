// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// Asks any contract or actor anything, without letting it change anything.
contract Asker {
    function ask(address to, bytes calldata data) external view returns (bool done, bytes memory answer) {
        return to.staticcall(data);
    }
}
