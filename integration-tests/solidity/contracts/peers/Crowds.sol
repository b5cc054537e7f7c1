// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Peer, PeerERC20, PeerERC20Permit, PeerERC20Votes} from "peers/Peers.sol";

// The peers with a loop that makes many holders at once. A peer that is measured takes over the storage of its crowd, so
// that its own code is OpenZeppelin's and nothing else.

abstract contract Crowd is Peer {
    /// Makes tokens for actors, by the masked forms of their ids.
    function crowd(uint64[] calldata ids, uint256 value) external onlyOwner {
        for (uint256 i = 0; i < ids.length; i++) {
            _mint(address((uint160(0xff) << 152) | ids[i]), value);
        }
    }
}

contract CrowdERC20 is PeerERC20, Crowd {}

contract CrowdERC20Permit is PeerERC20Permit, Crowd {}

contract CrowdERC20Votes is PeerERC20Votes, Crowd {
    function _update(address from, address to, uint256 value) internal override(ERC20, PeerERC20Votes) {
        super._update(from, to, value);
    }
}
