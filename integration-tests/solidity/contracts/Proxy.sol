// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// Passes calldata on in its own name, and the answer or the revert data back. It takes FRC-46 tokens.
contract Proxy {
    function pass(address to, bytes calldata data) external returns (bytes memory) {
        (bool done, bytes memory answer) = to.call(data);
        if (!done) {
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        return answer;
    }

    function handle_filecoin_method(uint64, uint64, bytes calldata)
        external
        pure
        returns (uint32, uint64, bytes memory)
    {
        return (0, 0, "");
    }
}
