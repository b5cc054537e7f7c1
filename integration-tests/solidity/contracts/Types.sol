// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import "docs/solidity/HoldfastTypes.sol";

/// Uses the generated type numbers, so that they are compiled with every test.
contract Types {
    function token() external pure returns (uint32) {
        return HoldfastTypes.TOKEN;
    }
}
