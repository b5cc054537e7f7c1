//! What came of a message, so that model and chain can be compared.

use std::collections::BTreeSet;

use alloy_sol_types::{SolError, sol};
use holdfast_localnet::{Receipt, evm_answer};
use holdfast_runtime::method::InterfaceInfo;

/// The exit code of an Ethereum face that reverts.
const REVERTED: u32 = 33;
/// The codes that every actor shares and that a caller can cause: USR_ILLEGAL_ARGUMENT to USR_NOT_PAYABLE without
/// USR_ILLEGAL_STATE, which is a bug of the actor.
const COMMON: [u32; 8] = [16, 17, 18, 19, 21, 22, 23, 26];

sol! {
    error Error(string);
    error FilecoinMethodFailed(uint32, bytes);
}

/// Exit codes, one of which is the reason. The model gives all that apply, since an actor may check in any order. The
/// chain gives more than one where the revert data of an Ethereum face stands for several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reasons(BTreeSet<u32>);

/// What comes of a message.
pub type Outcome<T> = Result<T, Reasons>;

impl Reasons {
    /// Adds one if it applies.
    pub fn add_if(&mut self, applies: bool, code: u32) {
        if applies {
            self.0.insert(code);
        }
    }

    /// Ends the search for reasons.
    ///
    /// # Errors
    /// Itself, if there is any.
    pub fn none(self) -> Outcome<()> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl FromIterator<u32> for Reasons {
    fn from_iter<T: IntoIterator<Item = u32>>(codes: T) -> Self {
        Self(codes.into_iter().collect())
    }
}

/// Whether the model and the chain say the same.
pub fn agree<T: PartialEq>(expected: &Outcome<T>, found: &Outcome<T>) -> bool {
    match (expected, found) {
        (Ok(expected), Ok(found)) => expected == found,
        (Err(Reasons(expected)), Err(Reasons(found))) => !expected.is_disjoint(found),
        _ => false,
    }
}

/// The outcome of a method that was called by its number; the value is what it returned.
///
/// # Errors
/// The exit code.
pub fn by_number(receipt: &Receipt) -> Outcome<Vec<u8>> {
    by_exit_code(receipt.exit_code.value(), receipt.return_data.bytes())
}

/// The outcome of a call whose exit code somebody else has reported.
///
/// # Errors
/// The exit code.
pub fn by_exit_code(code: u32, returned: &[u8]) -> Outcome<Vec<u8>> {
    if code == 0 {
        Ok(returned.to_vec())
    } else {
        Err(Reasons::from_iter([code]))
    }
}

/// The outcome of calldata; the value is what it returned.
///
/// # Errors
/// The exit codes that the revert data can stand for; the exit code itself if it is another than a revert's.
///
/// # Panics
/// When the answer is no CBOR byte string.
pub fn by_calldata(interface: &InterfaceInfo, receipt: &Receipt) -> Outcome<Vec<u8>> {
    let code = receipt.exit_code.value();
    let answer = || evm_answer(receipt).unwrap_or_else(|e| panic!("no byte string came back: {e}"));
    match code {
        0 => Ok(answer()),
        REVERTED => Err(reasons(interface, &answer())),
        other => Err(Reasons::from_iter([other])),
    }
}

/// What revert data can stand for.
fn reasons(interface: &InterfaceInfo, revert: &[u8]) -> Reasons {
    if let Ok(failed) = FilecoinMethodFailed::abi_decode_validate(revert) {
        return Reasons::from_iter([failed._0]);
    }
    let text = Error::abi_decode_validate(revert).is_ok();
    let stands = |solidity: Option<&str>| match solidity {
        None => text,
        Some(signature) => revert.starts_with(&holdfast_runtime::evm::selector(signature)),
    };
    let own = interface
        .errors
        .iter()
        .filter(|e| stands(e.solidity))
        .map(|e| e.code);
    own.chain(COMMON.into_iter().filter(|_| text)).collect()
}
