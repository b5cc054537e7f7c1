// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Burnable} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Burnable.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// What the token is compared with: OpenZeppelin's contracts as they are, with an owner who makes tokens.
abstract contract Peer is ERC20Burnable, Ownable2Step {
    function mint(address to, uint256 value) external onlyOwner {
        _mint(to, value);
    }
}

/// ERC-20.
contract PeerERC20 is Peer {
    constructor() ERC20("Peer", "PEER") Ownable(msg.sender) {}
}

/// ERC-20 with signed allowances (ERC-2612).
contract PeerERC20Permit is Peer, ERC20Permit {
    constructor() ERC20("Peer", "PEER") ERC20Permit("Peer") Ownable(msg.sender) {}
}

/// ERC-20 with signed allowances and votes (ERC-5805), by the clock of block numbers.
contract PeerERC20Votes is Peer, ERC20Permit, ERC20Votes {
    constructor() ERC20("Peer", "PEER") ERC20Permit("Peer") Ownable(msg.sender) {}

    function _update(address from, address to, uint256 value) internal virtual override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }
}
