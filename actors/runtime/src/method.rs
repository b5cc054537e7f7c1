//! Methods as types: what a table lists, what a handler implements, what a caller names.

use crate::caller::Access;
use crate::error::{ActorError, ErrorInfo};
use crate::event::EventInfo;
use crate::evm::Args;
use crate::runtime::Runtime;
use crate::schema::Shape;

/// The constructor's number.
pub const CONSTRUCTOR: u64 = 1;
/// `InvokeEVM`, the one method that 0x accounts and contracts can call (FIP-0054).
pub const INVOKE_EVM: u64 = crate::frc42::method_number("InvokeEVM");

/// What a method may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reads only; works under a read-only send and writes no block.
    View,
    /// Changes state and takes no FIL.
    Call,
    /// Changes state and may take FIL.
    Pay,
}

/// One method of an interface. Written by [`methods!`](crate::methods).
pub trait Method {
    /// The name in the table: the FRC-42 one, or for the Ethereum face alone the Solidity one, unless that is overloaded.
    const NAME: &'static str;
    /// The method number; 0 for a method of the Ethereum face alone.
    const NUMBER: u64;
    /// What it may do.
    const KIND: Kind;
    /// What it takes.
    type Params;
    /// What it gives back.
    type Return;
    /// Who may call it.
    type Access: Access;
}

/// A method that has a Solidity signature.
pub trait SolidityMethod: Method<Params: Args, Return: Args> {
    /// The Solidity name.
    const SOLIDITY: &'static str;
    /// The selector, big-endian.
    const SELECTOR: u32 = crate::evm::method_selector(Self::SOLIDITY, <Self::Params as Args>::TYPES);
}

/// The proof that a method's access rule yields.
pub type Proof<M> = <<M as Method>::Access as Access>::Proof;

/// How an actor carries out a method that changes state. One verb, one file, one implementation.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not handle the method `{M}` that its interface lists",
    label = "add a file under methods/ with `impl Handle<{M}> for {Self}`"
)]
pub trait Handle<M: Method> {
    /// Carries it out.
    ///
    /// # Errors
    /// Those of the method; every change is then rolled back.
    fn handle<R: Runtime>(rt: &mut R, caller: Proof<M>, params: M::Params) -> Result<M::Return, ActorError>;
}

/// How an actor answers a view. It gets a shared runtime, with which nothing can be changed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not answer the view `{M}` that its interface lists",
    label = "add a file under methods/ with `impl Answer<{M}> for {Self}`"
)]
pub trait Answer<M: Method> {
    /// Answers it.
    ///
    /// # Errors
    /// Those of the view.
    fn answer<R: Runtime>(rt: &R, caller: Proof<M>, params: M::Params) -> Result<M::Return, ActorError>;
}

/// An interface as data: the source of the IDL, the Solidity interface, the docs and the golden tests.
#[derive(Clone, Debug)]
pub struct InterfaceInfo {
    /// The actor's name, as in `holdfast idl token`.
    pub name: &'static str,
    /// What the actor is for.
    pub doc: &'static str,
    /// All methods, constructor first.
    pub methods: Vec<MethodInfo>,
    /// All errors by rising code.
    pub errors: &'static [ErrorInfo],
    /// All events.
    pub events: Vec<EventInfo>,
}

/// One method as data.
#[derive(Clone, Debug)]
pub struct MethodInfo {
    /// The name in the table: the FRC-42 one, or for the Ethereum face alone the Solidity one, unless that is overloaded.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// The method number; none for a method of the Ethereum face alone.
    pub number: Option<u64>,
    /// What it may do.
    pub kind: Kind,
    /// Who may call it.
    pub access: &'static str,
    /// Parameters; none for a method of the Ethereum face alone.
    pub params: Option<TypeInfo>,
    /// Return value; none for a method of the Ethereum face alone.
    pub returns: Option<TypeInfo>,
    /// Its Solidity form.
    pub solidity: Option<SolidityInfo>,
}

/// Decodes bytes as an actor does and encodes the value again, so that tests reach the coding of every type through the
/// table. It fails as the decoding does.
pub type Recode = fn(&[u8]) -> Result<Vec<u8>, String>;

/// A type and the bytes of its sample.
#[derive(Clone, Debug)]
pub struct TypeInfo {
    /// What it looks like.
    pub shape: Shape,
    /// A sample in CBOR.
    pub sample: Vec<u8>,
    /// From CBOR to CBOR.
    pub recode: Recode,
}

/// A method's Solidity form as data.
#[derive(Clone, Debug)]
pub struct SolidityInfo {
    /// The name.
    pub name: &'static str,
    /// The standard that defines it, e.g. `ERC20`.
    pub standard: Option<&'static str>,
    /// The selector, big-endian.
    pub selector: u32,
    /// Types and names of the arguments.
    pub args: Vec<(String, &'static str)>,
    /// Types and names of the results.
    pub results: Vec<(String, &'static str)>,
    /// How its types code them; none where a signature is all that is known.
    pub coding: Option<AbiCoding>,
}

/// The coding of a Solidity method's types. Addresses are encoded as on a network without f410 addresses.
#[derive(Clone, Copy, Debug)]
pub struct AbiCoding {
    /// From the encoding of the arguments to itself.
    pub args: Recode,
    /// The same for the results.
    pub results: Recode,
}

/// Everything that one actor offers. Written by [`methods!`](crate::methods).
pub trait Interface {
    /// The actor's name.
    const NAME: &'static str;
    /// The whole interface as data.
    fn describe() -> InterfaceInfo;
}

/// Splits `(address,uint256)` into its types and pairs them with names.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn pair_types<A: Args>() -> Vec<(String, &'static str)> {
    let inner = A::TYPES.trim_start_matches('(').trim_end_matches(')');
    inner
        .split(',')
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .zip(A::NAMES.iter().copied())
        .collect()
}

/// Whether no two methods of an interface share a number. Runs at compile time.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn distinct_numbers(numbers: &[u64]) -> bool {
    let mut i = 0;
    while i < numbers.len() {
        let mut j = i + 1;
        while j < numbers.len() {
            if numbers[i] == numbers[j] {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}

/// Whether no two methods of an interface share a selector. Runs at compile time.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn distinct_selectors(selectors: &[u32]) -> bool {
    let mut i = 0;
    while i < selectors.len() {
        let mut j = i + 1;
        while j < selectors.len() {
            if selectors[i] == selectors[j] {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}
