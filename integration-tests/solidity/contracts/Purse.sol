// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {IERC165, IERC20Errors, IERC20Metadata} from "IERC20.sol";

/// Holds tokens, spends them and asks about them. It knows the token by the standards only.
/// It has no `handle_filecoin_method` and no fallback.
contract Purse {
    /// How an attempt ended: `reason` is 0 for success, the selector of the error else.
    event Tried(bytes4 reason, address who, uint256 has, uint256 needs);

    function pay(address token, address to, uint256 value) external {
        require(IERC20Metadata(token).transfer(to, value), "not paid");
    }

    function collect(address token, address from, uint256 value) external {
        require(IERC20Metadata(token).transferFrom(from, address(this), value), "not collected");
    }

    function allow(address token, address spender, uint256 value) external {
        require(IERC20Metadata(token).approve(spender, value), "not allowed");
    }

    /// Pays if it can, and tells in an event why not.
    function tryToPay(address token, address to, uint256 value) external returns (bool paid) {
        try IERC20Metadata(token).transfer(to, value) returns (bool done) {
            emit Tried(0, to, 0, value);
            return done;
        } catch (bytes memory why) {
            bytes4 reason = bytes4(why);
            if (reason == IERC20Errors.ERC20InsufficientBalance.selector) {
                (address who, uint256 has, uint256 needs) = abi.decode(rest(why), (address, uint256, uint256));
                emit Tried(reason, who, has, needs);
            } else if (reason == IERC20Errors.ERC20InvalidReceiver.selector) {
                emit Tried(reason, abi.decode(rest(why), (address)), 0, 0);
            } else {
                emit Tried(reason, address(0), 0, 0);
            }
        }
    }

    /// Everything that the standards tell about a token, by STATICCALLs.
    function look(address token)
        external
        view
        returns (string memory name, string memory symbol, uint8 decimals, uint256 supply, uint256 mine)
    {
        IERC20Metadata erc20 = IERC20Metadata(token);
        return (erc20.name(), erc20.symbol(), erc20.decimals(), erc20.totalSupply(), erc20.balanceOf(address(this)));
    }

    /// ERC-165 as a careful contract asks it: ERC-165 itself yes, 0xffffffff no, then the interface.
    function offers(address token, bytes4 id) external view returns (bool) {
        IERC165 erc165 = IERC165(token);
        return erc165.supportsInterface(0x01ffc9a7) && !erc165.supportsInterface(0xffffffff)
            && erc165.supportsInterface(id);
    }

    /// Whether a transfer gets through a STATICCALL, in which nothing may change.
    function changesWhenOnlyAsked(address token, address to) external view returns (bool changed) {
        (changed,) = token.staticcall(abi.encodeCall(IERC20Metadata.transfer, (to, 1)));
    }

    function rest(bytes memory data) private pure returns (bytes memory tail) {
        tail = new bytes(data.length - 4);
        for (uint256 i = 0; i < tail.length; i++) {
            tail[i] = data[i + 4];
        }
    }
}
