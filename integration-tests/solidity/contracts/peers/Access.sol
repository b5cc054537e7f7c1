// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// What the access actor is compared with: AccessControl with as little as lets a role end.
contract PeerAccessControl is AccessControl {
    bytes32 internal constant READER = keccak256("READER");
    mapping(address => uint64) internal ends;

    constructor() {
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
    }

    function give(address reader, uint64 until) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _give(reader, until);
    }

    function take(address reader) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _revokeRole(READER, reader);
        delete ends[reader];
    }

    function mayRead(address reader) external view returns (bool) {
        return hasRole(READER, reader) && block.number < ends[reader];
    }

    function _give(address reader, uint64 until) internal {
        _grantRole(READER, reader);
        ends[reader] = until;
    }
}

/// AccessManager as it is. Roles do not end.
contract PeerAccessManager is AccessManager {
    constructor() AccessManager(msg.sender) {}
}

// The same with a loop that makes many readers at once; the measured ones take over their storage.

contract CrowdAccessControl is PeerAccessControl {
    /// Makes readers of actors, by the masked forms of their ids.
    function crowd(uint64[] calldata ids) external onlyRole(DEFAULT_ADMIN_ROLE) {
        for (uint256 i = 0; i < ids.length; i++) {
            _give(address((uint160(0xff) << 152) | ids[i]), type(uint64).max);
        }
    }
}

contract CrowdAccessManager is PeerAccessManager {
    /// Makes readers of actors, by the masked forms of their ids.
    function crowd(uint64[] calldata ids) external {
        for (uint256 i = 0; i < ids.length; i++) {
            _grantRole(1, address((uint160(0xff) << 152) | ids[i]), 0, 0);
        }
    }
}
