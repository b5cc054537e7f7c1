// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccess} from "docs/solidity/IAccess.sol";

// Two contracts that open a function to those who may read a part of a data set.

/// Asks by itself.
contract Ward {
    /// To open it, as a mask of actions.
    uint8 private constant READ = 2;

    IAccess private immutable access;
    uint64 private immutable dataSet;

    /// How often it was visited.
    uint256 public visits;

    /// Raised when somebody may not, with the number of the reason.
    error NotAllowed(address visitor, uint8 reason);

    constructor(IAccess access_, uint64 dataSet_) {
        access = access_;
        dataSet = dataSet_;
    }

    /// For readers of the ward's folder.
    function visit() external {
        (bool allowed, uint8 reason,,,,,) = access.hasAccess(dataSet, "ward", msg.sender, READ);
        if (!allowed) revert NotAllowed(msg.sender, reason);
        visits++;
    }
}

/// Has the access actor as the authority of OpenZeppelin's `AccessManaged`.
contract ManagedWard is AccessManaged {
    /// How often it was visited.
    uint256 public visits;

    constructor(address access, uint64 dataSet) AccessManaged(access) {
        IAccess(access).bindFunction(ManagedWard.visit.selector, dataSet, "ward", 2);
    }

    /// For readers of the ward's folder.
    function visit() external restricted {
        visits++;
    }
}
