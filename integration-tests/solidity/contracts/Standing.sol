// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

// What policies of access ask: an actor that keeps reputations and members, and OpenZeppelin's NFTs.

/// Says by Filecoin's method numbers who has which score, and who is a member.
contract Standing {
    /// FRC-42 numbers of `ScoreOf` and `IsMember`.
    uint64 private immutable scoreOf;
    uint64 private immutable isMember;

    /// The CBOR of an address to its score, below 24; who has one is a member.
    mapping(bytes32 => uint8) private scores;

    constructor(uint64 scoreOf_, uint64 isMember_) {
        scoreOf = scoreOf_;
        isMember = isMember_;
    }

    /// Whoever runs it would ask who calls; here anybody sets a score.
    function set(bytes calldata subject, uint8 score) external {
        require(score < 24, "a score takes one byte of CBOR");
        scores[keccak256(subject)] = score;
    }

    /// What the access actor asks.
    function handle_filecoin_method(uint64 method, uint64, bytes calldata params)
        external
        view
        returns (uint32, uint64, bytes memory)
    {
        uint8 score = scores[keccak256(params)];
        if (method == scoreOf) return (0, 0x51, abi.encodePacked(score));
        require(method == isMember, "no such method");
        return (0, 0x51, abi.encodePacked(score > 0 ? bytes1(0xf5) : bytes1(0xf4)));
    }
}

/// OpenZeppelin's NFTs, as they are.
contract Passes is ERC721 {
    constructor() ERC721("Passes", "PASS") {}

    /// Whoever runs it would ask who calls; here anybody mints.
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }
}
