// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IInit} from "docs/solidity/IInit.sol";
import {IToken} from "docs/solidity/IToken.sol";

/// Creates a token of its own through Init and manages it, by the generated interfaces.
contract Treasury {
    IInit constant INIT = IInit(0xff00000000000000000000000000000000000001);

    IToken public token;

    /// `params` is the CBOR of the token's constructor parameters.
    function found(uint32 actorType, bytes calldata params) external {
        (, address made) = INIT.create(actorType, params);
        token = IToken(made);
    }

    /// Mints as the owner that lets itself mint.
    function mint(address to, uint256 value) external {
        token.setMinter(address(this), value);
        token.mint(to, value);
    }

    function isOwner() external view returns (bool) {
        return token.owner() == address(this);
    }
}
