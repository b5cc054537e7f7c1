// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// Answers every call with success and nothing.
contract EmptyFallback {
    fallback() external payable {}
}
