// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// Holds tokens as Filecoin's own actors do: it sends by FRC-46 and is told of what it receives.
contract Frc46Holder {
    uint64 constant RECEIVE = 3726118371;
    uint64 constant CBOR = 0x51;
    address constant CALL_ACTOR = 0xfe00000000000000000000000000000000000003;
    address constant CALL_ACTOR_BY_ID = 0xfe00000000000000000000000000000000000005;

    /// What the last hook was called with, and by whom.
    bytes public told;
    address public teller;
    /// Whether it takes tokens.
    bool public closed;

    event Called(int256 exitCode, uint64 codec, bytes data);

    error Closed();

    /// The owner's switch of a real contract; here anybody's.
    function close(bool closed_) external {
        closed = closed_;
    }

    /// Calls a method of an actor that is named by its id.
    function callById(uint64 id, uint64 method, bytes calldata params) external {
        (bool done, bytes memory answer) = CALL_ACTOR_BY_ID.delegatecall(
            abi.encode(method, uint256(0), uint64(0), params.length == 0 ? 0 : CBOR, params, id)
        );
        report(done, answer);
    }

    /// Calls a method of an actor that is named by the bytes of any of its addresses.
    function callByAddress(bytes calldata actor, uint64 method, bytes calldata params) external {
        (bool done, bytes memory answer) = CALL_ACTOR.delegatecall(
            abi.encode(method, uint256(0), uint64(0), params.length == 0 ? 0 : CBOR, params, actor)
        );
        report(done, answer);
    }

    function report(bool done, bytes memory answer) private {
        require(done, "the precompile failed");
        (int256 exitCode, uint64 codec, bytes memory data) = abi.decode(answer, (int256, uint64, bytes));
        emit Called(exitCode, codec, data);
    }

    /// What Filecoin's actors call: here only the hook of FRC-46.
    function handle_filecoin_method(uint64 method, uint64 codec, bytes calldata params)
        external
        returns (uint32, uint64, bytes memory)
    {
        if (closed) revert Closed();
        require(method == RECEIVE && codec == CBOR, "not a hook");
        told = params;
        teller = msg.sender;
        return (0, 0, "");
    }
}
