// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {PeerERC20, PeerERC20Votes} from "peers/Peers.sol";

// Contracts with one fault each, by which the conformance suites are judged: a suite that does not see it is worth nothing.

/// `approve` adds to what was allowed.
contract ApprovesOnTop is PeerERC20 {
    function approve(address spender, uint256 value) public override returns (bool) {
        return super.approve(spender, allowance(msg.sender, spender) + value);
    }
}

/// `approve` logs nothing.
contract ApprovesSilently is PeerERC20 {
    function approve(address spender, uint256 value) public override returns (bool) {
        _approve(msg.sender, spender, value, false);
        return true;
    }
}

/// A transfer of nothing logs nothing.
contract MovesNothingSilently is PeerERC20 {
    function transfer(address to, uint256 value) public override returns (bool) {
        return value == 0 || super.transfer(to, value);
    }
}

/// Spending what nobody has allowed.
contract SpendsFreely is PeerERC20 {
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        _transfer(from, to, value);
        return true;
    }
}

/// An allowance is never used up.
contract SpendsForEver is PeerERC20 {
    function _spendAllowance(address owner, address spender, uint256 value) internal view override {
        uint256 allowed = allowance(owner, spender);
        if (allowed < value) revert ERC20InsufficientAllowance(spender, allowed, value);
    }
}

/// Whoever spends their own needs no allowance.
contract SpendsItsOwn is PeerERC20 {
    function _spendAllowance(address owner, address spender, uint256 value) internal override {
        if (owner != spender) super._spendAllowance(owner, spender, value);
    }
}

/// An endless allowance ends.
contract EndsTheEndless is PeerERC20 {
    function _spendAllowance(address owner, address spender, uint256 value) internal override {
        uint256 allowed = allowance(owner, spender);
        if (allowed < value) revert ERC20InsufficientAllowance(spender, allowed, value);
        _approve(owner, spender, allowed - value, false);
    }
}

/// A transfer to oneself needs no tokens.
contract BoastsToItself is PeerERC20 {
    function transfer(address to, uint256 value) public override returns (bool) {
        if (to != msg.sender) return super.transfer(to, value);
        emit Transfer(to, to, value);
        return true;
    }
}

/// A transfer to nobody destroys.
contract BurnsForNobody is PeerERC20 {
    function transfer(address to, uint256 value) public override returns (bool) {
        if (to != address(0)) return super.transfer(to, value);
        burn(value);
        return true;
    }
}

/// A transfer costs a token.
contract TakesAFee is PeerERC20 {
    function transfer(address to, uint256 value) public override returns (bool) {
        if (value > 0) _burn(msg.sender, 1);
        return super.transfer(to, value - (value > 0 ? 1 : 0));
    }
}

/// Every movement costs a token, whoever moves it.
contract TakesAFeeOfAll is PeerERC20 {
    function _update(address from, address to, uint256 value) internal override {
        bool moves = from != address(0) && to != address(0) && value > 0;
        if (moves) super._update(from, address(0), 1);
        super._update(from, to, moves ? value - 1 : value);
    }
}

/// `transfer` moves tokens and says that it did not.
contract MovesAndSaysNo is PeerERC20 {
    function transfer(address to, uint256 value) public override returns (bool) {
        super.transfer(to, value);
        return false;
    }
}

/// Destroyed tokens are still counted.
contract CountsTheBurnt is PeerERC20 {
    uint256 private burnt;

    function burn(uint256 value) public override {
        super.burn(value);
        burnt += value;
    }

    function totalSupply() public view override returns (uint256) {
        return super.totalSupply() + burnt;
    }
}

/// The votes of an epoch that has not ended are told.
contract TellsTheRunningEpoch is PeerERC20Votes {
    function getPastVotes(address account, uint256 timepoint) public view override returns (uint256) {
        return timepoint == clock() ? getVotes(account) : super.getPastVotes(account, timepoint);
    }
}

/// The past supply is today's.
contract TellsTodaysSupply is PeerERC20Votes {
    function getPastTotalSupply(uint256 timepoint) public view override returns (uint256) {
        super.getPastTotalSupply(timepoint);
        return totalSupply();
    }
}

/// Votes stay where they were when tokens move.
contract KeepsVotes is PeerERC20Votes {
    function _transferVotingUnits(address from, address to, uint256 value) internal override {
        if (from == address(0) || to == address(0)) super._transferVotingUnits(from, to, value);
    }
}

/// Votes that were delegated to 0x0 stay where they were.
contract KeepsVotesFromNobody is PeerERC20Votes {
    function _moveDelegateVotes(address from, address to, uint256 value) internal override {
        super._moveDelegateVotes(to == address(0) ? address(0) : from, to, value);
    }
}

/// A transfer to oneself adds votes.
contract VotesForItself is PeerERC20Votes {
    function _transferVotingUnits(address from, address to, uint256 value) internal override {
        super._transferVotingUnits(from, to, value);
        if (from == to) _moveDelegateVotes(address(0), delegates(to), value);
    }
}

/// A signed delegation is taken as often as it is brought, and for ever.
contract TakesOldSignatures is PeerERC20Votes {
    bytes32 private constant DELEGATION = keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");

    function delegateBySig(address to, uint256 nonce, uint256 expiry, uint8 v, bytes32 r, bytes32 s) public override {
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(DELEGATION, to, nonce, expiry)));
        _delegate(ECDSA.recover(digest, v, r, s), to);
    }
}

/// Whoever holds tokens votes with them, delegated or not.
contract VotesUndelegated is PeerERC20Votes {
    function getVotes(address account) public view override returns (uint256) {
        return delegates(account) == address(0) ? balanceOf(account) : super.getVotes(account);
    }
}

/// An offered ownership has passed at once.
contract HandsOverAtOnce is PeerERC20 {
    function transferOwnership(address newOwner) public override onlyOwner {
        _transferOwnership(newOwner);
    }
}

/// Anybody takes an offered ownership.
contract HandsOverToAnybody is PeerERC20 {
    function acceptOwnership() public override {
        _transferOwnership(msg.sender);
    }
}

/// An offer outlives the owner who renounces.
contract RenouncesByHalf is PeerERC20 {
    function renounceOwnership() public override onlyOwner {
        Ownable._transferOwnership(address(0));
    }
}
