// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.20;

/// The hook of the Filecoin Warm Storage Service, as its documentation has it.
interface IDataSetAuthorizer {
    function isAuthorized(
        uint256 dataSetId,
        address payer,
        bytes32 operation,
        bytes32 digest,
        bytes calldata signature,
        bytes calldata operationData
    ) external returns (bool authorized);
}

/// As much of the storage service as asks an authorizer, with its limit of gas.
contract Warehouse {
    uint256 private constant LIMIT = 150_000_000;
    bytes32 private constant TERMINATE = keccak256("TerminateService(uint256 dataSetId)");
    bytes32 private constant ADD = keccak256(
        "AddPieces(uint256 clientDataSetId,uint256 nonce,Cid[] pieceData,PieceMetadata[] pieceMetadata)Cid(bytes data)MetadataEntry(string key,string value)PieceMetadata(uint256 pieceIndex,MetadataEntry[] metadata)"
    );

    IDataSetAuthorizer private immutable authorizer;
    address private immutable payer;

    /// How many pieces were added.
    uint256 public pieces;
    /// Whether the service has ended.
    bool public ended;

    error Unauthorized();

    constructor(IDataSetAuthorizer authorizer_, address payer_) {
        require(address(authorizer_).code.length > 0, "an authorizer is a contract");
        authorizer = authorizer_;
        payer = payer_;
    }

    function add(bytes32 digest, bytes calldata signature) external {
        require_(ADD, digest, signature);
        pieces++;
    }

    function end(bytes32 digest, bytes calldata signature) external {
        require_(TERMINATE, digest, signature);
        ended = true;
    }

    function require_(bytes32 operation, bytes32 digest, bytes calldata signature) private {
        try authorizer.isAuthorized{gas: LIMIT}(42, payer, operation, digest, signature, "") returns (bool yes) {
            if (!yes) revert Unauthorized();
        } catch {
            revert Unauthorized();
        }
    }
}
