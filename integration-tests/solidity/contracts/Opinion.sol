// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// Says yes or no to whatever a policy of access asks, once it has used up some gas.
contract Opinion {
    // Not immutable: all who have one are of the same code.
    uint256 private cost;
    bytes1 private word;

    constructor(uint256 cost_, bool yes) {
        cost = cost_;
        word = yes ? bytes1(0xf5) : bytes1(0xf4);
    }

    /// What the access actor asks.
    function handle_filecoin_method(uint64, uint64, bytes calldata)
        external
        view
        returns (uint32, uint64, bytes memory)
    {
        (uint256 start, uint256 most) = (gasleft(), cost);
        while (start - gasleft() < most) {}
        return (0, 0x51, abi.encodePacked(word));
    }
}
