// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IERC1363Receiver} from "@openzeppelin/contracts/interfaces/IERC1363Receiver.sol";
import {IERC1363Spender} from "@openzeppelin/contracts/interfaces/IERC1363Spender.sol";
import {IERC20Metadata} from "IERC20.sol";

/// A shop that sells within one transaction of its customer: it takes tokens by the callbacks of ERC-1363. How it behaves is
/// its keeper's switch in life; here anybody's.
contract Shop is IERC1363Receiver, IERC1363Spender {
    enum Mood {
        Open,
        Closed,
        Speechless,
        Rude,
        Chatty,
        Hungry,
        Generous
    }

    Mood public mood;

    event Sold(address token, address operator, address customer, uint256 value, bytes order);

    error Closed(address customer, uint256 value);

    function setMood(Mood mood_) external {
        mood = mood_;
    }

    /// Sells for tokens that have come in.
    function onTransferReceived(address operator, address from, uint256 value, bytes calldata data)
        external
        returns (bytes4)
    {
        behave(from, value);
        emit Sold(msg.sender, operator, from, value, data);
        if (mood == Mood.Generous) {
            require(IERC20Metadata(msg.sender).transfer(from, value), "not given back");
        }
        return answer(IERC1363Receiver.onTransferReceived.selector);
    }

    /// Sells for an allowance: collects it at once.
    function onApprovalReceived(address owner, uint256 value, bytes calldata data) external returns (bytes4) {
        behave(owner, value);
        require(IERC20Metadata(msg.sender).transferFrom(owner, address(this), value), "not collected");
        emit Sold(msg.sender, owner, owner, value, data);
        return answer(IERC1363Spender.onApprovalReceived.selector);
    }

    function behave(address customer, uint256 value) private view {
        if (mood == Mood.Closed) revert Closed(customer, value);
        if (mood == Mood.Speechless) {
            assembly {
                revert(0, 0)
            }
        }
        if (mood == Mood.Hungry) {
            while (true) {}
        }
    }

    function answer(bytes4 magic) private view returns (bytes4) {
        if (mood == Mood.Rude) return 0xdeadbeef;
        if (mood == Mood.Chatty) {
            assembly {
                mstore(0, magic)
                return(0, 1000000)
            }
        }
        return magic;
    }
}
