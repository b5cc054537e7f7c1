//! Contracts in a few bytes, and how Solidity's tools call them.

use alloy_sol_types::SolValue;
use alloy_sol_types::private::U256;
use fvm_shared::address::Address;

/// Initcode that deploys this runtime code.
pub(crate) fn deploying(runtime: &[u8]) -> Vec<u8> {
    let len = u8::try_from(runtime.len()).expect("at most 255 bytes of code");
    // PUSH1 len DUP1 PUSH1 9 PUSH0 CODECOPY PUSH0 RETURN
    let mut code = vec![0x60, len, 0x80, 0x60, 9, 0x5f, 0x39, 0x5f, 0xf3];
    code.extend(runtime);
    code
}

/// A contract that hands its calldata to the call_actor precompile and answers what that answers.
pub(crate) fn caller() -> Vec<u8> {
    let mut code = vec![0x36, 0x5f, 0x5f, 0x37, 0x5f, 0x5f, 0x36, 0x5f, 0x73, 0xfe];
    code.extend([0; 18]);
    code.extend([3, 0x5a, 0xf4, 0x3d, 0x5f, 0x5f, 0x3e, 0x3d, 0x5f, 0xf3]);
    deploying(&code)
}

/// A contract that creates one from the initcode in its calldata by CREATE; answers the address, or what the
/// constructor failed with.
pub(crate) fn factory() -> Vec<u8> {
    deploying(&[
        0x36, 0x5f, 0x5f, 0x37, 0x36, 0x5f, 0x34, 0xf0, 0x80, 0x60, 0x13, 0x57, 0x3d, 0x5f, 0x5f, 0x3e, 0x3d,
        0x5f, 0xf3, 0x5b, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3,
    ])
}

/// The same by CREATE2 with the salt 0.
pub(crate) fn factory2() -> Vec<u8> {
    deploying(&[
        0x36, 0x5f, 0x5f, 0x37, 0x5f, 0x36, 0x5f, 0x34, 0xf5, 0x80, 0x60, 0x14, 0x57, 0x3d, 0x5f, 0x5f, 0x3e,
        0x3d, 0x5f, 0xf3, 0x5b, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3,
    ])
}

/// Initcodes that end in every way a constructor can.
pub(crate) fn initcodes() -> Vec<Vec<u8>> {
    vec![
        // An empty contract, one that stops, one that destroys itself when called.
        Vec::new(),
        deploying(&[0x00]),
        deploying(&[0x33, 0xff]),
        // One whose constructor destroys it.
        vec![0x33, 0xff],
        // REVERT with 32 bytes and with none, an invalid opcode, code that starts with 0xef.
        vec![0x60, 0x2a, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xfd],
        vec![0x5f, 0x5f, 0xfd],
        vec![0xfe],
        deploying(&[0xef, 0x00]),
        // Constructors that create: one that succeeds, one that then reverts, one whose first child fails.
        vec![0x5f, 0x5f, 0x5f, 0xf0, 0x50, 0x5f, 0x5f, 0xf3],
        vec![0x5f, 0x5f, 0x5f, 0xf0, 0x50, 0x5f, 0x5f, 0xfd],
        vec![
            0x62, 0x5f, 0x5f, 0xfd, 0x5f, 0x52, 0x60, 0x03, 0x60, 0x1d, 0x5f, 0xf0, 0x50, 0x5f, 0x5f, 0x5f,
            0xf0, 0x50, 0x5f, 0x5f, 0xf3,
        ],
        // A constructor that leaves a log.
        vec![0x60, 0x2a, 0x5f, 0x5f, 0xa1, 0x5f, 0x5f, 0xf3],
        // A revert with 5000 bytes.
        vec![0x61, 0x13, 0x88, 0x5f, 0xfd],
    ]
}

/// Calldata for [`caller`]: method, flags (1 is read-only), CBOR parameters, callee.
pub(crate) fn call_actor(to: &Address, method: u64, flags: u64, params: &[u8]) -> Vec<u8> {
    let codec: u64 = if params.is_empty() { 0 } else { 0x51 };
    let number = U256::from::<u64>;
    (
        number(method),
        U256::ZERO,
        number(flags),
        number(codec),
        params.to_vec(),
        to.to_bytes(),
    )
        .abi_encode_params()
}

/// A contract that hands its calldata to the actor with this id by CALL and answers what that answers.
pub(crate) fn forwarder_to(id: u64) -> Vec<u8> {
    let mut code = vec![0x36, 0x5f, 0x5f, 0x37, 0x5f, 0x5f, 0x36, 0x5f, 0x5f, 0x73, 0xff];
    code.extend([0; 11]);
    code.extend(id.to_be_bytes());
    code.extend([0x5a, 0xf1, 0x3d, 0x5f, 0x5f, 0x3e, 0x3d, 0x5f, 0xf3]);
    deploying(&code)
}
