//! By calldata: arguments in Solidity's ABI.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesDe, BytesSer, CBOR, IPLD_RAW, from_slice, to_vec};
use holdfast_runtime::evm::face::{EVM_CONTRACT_REVERTED, HANDLE_FILECOIN_METHOD, SUPPORTS_INTERFACE};
use holdfast_runtime::idl::codec::{call_of, calldata, results, revert};
use holdfast_runtime::method::{INVOKE_EVM, SolidityInfo};
use serde_json::Value;

use crate::subject::Subject;
use crate::{Done, run, same};

/// Sends calldata. The first four bytes are the selector; one that no method has is mostly taken for another one.
///
/// # Panics
/// When something does not hold that has to.
pub fn by_calldata<S: Subject>(data: &[u8]) {
    let Some((head, arguments)) = data.split_first_chunk() else {
        return reverts::<S>(&sent::<S>(data));
    };
    let Some(method) = pick::<S>(u32::from_be_bytes(*head)) else {
        return reverts::<S>(&sent::<S>(data));
    };
    let data = [&method.selector.to_be_bytes(), arguments].concat();
    let done = sent::<S>(&data);
    let coding = method.coding.expect("a method with types");
    match (coding.args)(arguments) {
        Err(_) => {
            assert!(done.result.is_err(), "{} took {arguments:02x?}", method.name);
            reverts::<S>(&done);
        }
        Ok(again) => {
            assert_eq!((coding.args)(&again).as_ref(), Ok(&again), "an encoding that is another one next time");
            // Bytes behind the arguments are ignored; those of arguments with a length of their own may lie anywhere.
            assert!(!is_static(method) || arguments.starts_with(&again), "{} took {arguments:02x?}", method.name);
            let canonical = [&data[..4], &again].concat();
            assert_eq!(by_command::<S>(method, &data), canonical, "{}: the command reads something else", method.name);
            let other = sent::<S>(&canonical);
            assert!(same(&done, &other), "{}: {done:?}\nand {again:02x?}\n{other:?}", method.name);
            returned::<S>(method, &done);
        }
    }
}

/// Methods by selector; none for calldata that stays as it is.
fn pick<S: Subject>(selector: u32) -> Option<&'static SolidityInfo> {
    if [SUPPORTS_INTERFACE, HANDLE_FILECOIN_METHOD].contains(&selector) {
        return None;
    }
    let methods = || S::interface().methods.iter().filter_map(|method| method.solidity.as_ref());
    let listed = methods().find(|method| method.selector == selector);
    listed.or_else(|| methods().nth(selector as usize % (methods().count() + 1)))
}

/// Whether every argument is one word.
fn is_static(method: &SolidityInfo) -> bool {
    let is_word = |kind: &str| !matches!(kind, "string" | "bytes") && !kind.ends_with(']');
    method.args.iter().all(|(kind, _)| is_word(kind))
}

/// Sends calldata raw, as contracts do, and as a byte string, as wallets do: both do the same.
fn sent<S: Subject>(data: &[u8]) -> Done {
    let raw = IpldBlock { codec: IPLD_RAW, data: data.to_vec() };
    let wrapped = IpldBlock { codec: CBOR, data: to_vec(&BytesSer(data)).expect("a byte string") };
    let (raw, wrapped) = (run::<S>(INVOKE_EVM, Some(raw)), run::<S>(INVOKE_EVM, Some(wrapped)));
    assert_eq!(raw, wrapped, "{data:02x?}");
    raw
}

/// The calldata that the command makes of what it reads in calldata of a method.
fn by_command<S: Subject>(method: &SolidityInfo, data: &[u8]) -> Vec<u8> {
    let call = call_of(S::interface(), data).unwrap_or_else(|e| panic!("{data:02x?}: {e}"));
    let arguments = if method.args.is_empty() { &Value::Null } else { &call["arguments"] };
    calldata(method, arguments).unwrap_or_else(|e| panic!("{call}: {e}"))
}

/// What comes back is the encoding of the method's results, or of an error that the command can read.
fn returned<S: Subject>(method: &SolidityInfo, done: &Done) {
    let Ok(block) = &done.result else { return reverts::<S>(done) };
    let bytes = byte_string(block.as_ref());
    let coding = method.coding.expect("a method with types");
    assert_eq!((coding.results)(&bytes).as_ref(), Ok(&bytes), "{}", method.name);
    results(method, &bytes).unwrap_or_else(|e| panic!("{}: {e}: {bytes:02x?}", method.name));
}

fn reverts<S: Subject>(done: &Done) {
    match &done.result {
        // supportsInterface and handle_filecoin_method, which the table does not list.
        Ok(block) => drop(byte_string(block.as_ref())),
        Err(abort) => {
            assert_eq!(abort.error.code, EVM_CONTRACT_REVERTED, "{abort:?}");
            let data = byte_string(abort.data.as_ref());
            revert(S::interface(), &data).unwrap_or_else(|e| panic!("{e}: {data:02x?}"));
        }
    }
}

fn byte_string(block: Option<&IpldBlock>) -> Vec<u8> {
    let block = block.expect("the face always answers");
    let BytesDe(bytes) = from_slice(&block.data).expect("a byte string");
    bytes
}
