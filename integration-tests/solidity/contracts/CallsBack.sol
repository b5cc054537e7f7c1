// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

// What calls back into whoever moves tokens or FIL, while that is still at it.

/// Makes a call once, when it gets the chance. What it is taught would be its maker's secret; here anybody teaches it.
abstract contract CallsBack {
    enum Ended {
        NotCalled,
        Refused,
        Done
    }

    /// How the call ended.
    Ended public ended;

    address private to;
    bytes private data;

    function learn(address to_, bytes calldata data_) external {
        (to, data, ended) = (to_, data_, Ended.NotCalled);
    }

    function isTaught() internal view returns (bool) {
        return to != address(0);
    }

    function callBack() internal {
        address whom = to;
        // Before the call, which comes here again.
        to = address(0);
        (bool done,) = whom.call(data);
        ended = done ? Ended.Done : Ended.Refused;
    }
}

/// ERC-20 whose movements call back: those of ERC-777 do so before and after, for the holders; a false one does nothing else.
contract FalseCoin is ERC20, CallsBack {
    enum When {
        Before,
        After,
        Instead
    }

    When private immutable when;

    constructor(When when_) ERC20("False", "FALSE") {
        when = when_;
    }

    function mint(address to, uint256 value) external {
        _mint(to, value);
    }

    /// Lets somebody spend what the coin itself holds.
    function allow(address spender, uint256 value) external {
        _approve(address(this), spender, value);
    }

    function _update(address from, address to, uint256 value) internal override {
        bool calls = isTaught();
        if (calls && when != When.After) callBack();
        if (calls && when == When.Instead) return;
        super._update(from, to, value);
        if (calls && when == When.After) callBack();
    }
}

/// Somebody who is owed money, and calls back while it comes: as FRC-46 tells it of tokens, and as Ethereum would of FIL.
contract Greedy is CallsBack {
    receive() external payable {
        if (isTaught()) callBack();
    }

    function handle_filecoin_method(uint64, uint64, bytes calldata)
        external
        returns (uint32, uint64, bytes memory)
    {
        if (isTaught()) callBack();
        return (0, 0, "");
    }
}
