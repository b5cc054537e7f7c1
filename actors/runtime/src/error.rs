//! How an actor fails: an exit code, a sentence, and what the Ethereum face reverts with.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;

/// The lowest exit code of an actor's own errors. The EVM actor uses 33 to 40, so that nothing below
/// 64 can be mistaken for one of ours.
pub const FIRST_ACTOR_ERROR: u32 = 64;

/// A failed call. It always leaves by an abort, so everything that the call did is rolled back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message} (exit {code})", code = self.code.value())]
pub struct ActorError {
    /// What the caller sees on the Filecoin side.
    pub code: ExitCode,
    /// One sentence with the values concerned: lower case, no full stop.
    pub message: String,
    /// The Solidity error, if the actor's interface defines one; without it the Ethereum face
    /// reverts with `Error(string)` and the message.
    pub revert: Option<Revert>,
}

/// The Solidity form of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revert {
    /// A Solidity error whose arguments are all single words, as those of ERC-6093 are.
    Words {
        /// The first four bytes of the hash of the error's signature.
        selector: [u8; 4],
        /// The arguments in order.
        args: Vec<RevertArg>,
    },
    /// Revert data that is encoded already.
    Encoded(Vec<u8>),
    /// The data of a callee whose failure is passed on as it is, on both faces. Only Init does that, for the
    /// constructors that it runs.
    PassedOn(IpldBlock),
}

/// An argument of a [`Revert`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevertArg {
    /// An `address`; the face writes it in the canonical 0x form.
    Address(Address),
    /// A `uint256`.
    Uint(TokenAmount),
}

impl From<Address> for RevertArg {
    fn from(address: Address) -> Self {
        Self::Address(address)
    }
}

impl From<TokenAmount> for RevertArg {
    fn from(amount: TokenAmount) -> Self {
        Self::Uint(amount)
    }
}

impl From<u64> for RevertArg {
    fn from(value: u64) -> Self {
        Self::Uint(TokenAmount::from_atto(value))
    }
}

impl From<i64> for RevertArg {
    /// Epochs; one before genesis is written as 0.
    fn from(value: i64) -> Self {
        Self::Uint(TokenAmount::from_atto(value.max(0)))
    }
}

macro_rules! constructors {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:ident;)+) => {
        impl ActorError {
            $($(#[doc = $doc])+
            pub fn $name(message: impl Into<String>) -> Self {
                Self::new(ExitCode::$code, message)
            })+
        }
    };
}

constructors! {
    /// The parameters make no sense, whatever the state is.
    illegal_argument = USR_ILLEGAL_ARGUMENT;
    /// The caller may not do this.
    forbidden = USR_FORBIDDEN;
    /// Something named by the parameters does not exist.
    not_found = USR_NOT_FOUND;
    /// Bytes that do not decode to the expected type.
    serialization = USR_SERIALIZATION;
    /// Our own state is not as our own code leaves it: a bug of ours, never the caller's fault.
    illegal_state = USR_ILLEGAL_STATE;
    /// The method takes no FIL.
    not_payable = USR_NOT_PAYABLE;
    /// There is no such method.
    unhandled = USR_UNHANDLED_MESSAGE;
    /// A call that this actor made failed. Callee codes are named in the message, never re-raised.
    callee_failed = USR_UNSPECIFIED;
    /// Not enough FIL.
    insufficient_funds = USR_INSUFFICIENT_FUNDS;
}

impl ActorError {
    /// An error without a Solidity form of its own.
    pub fn new(code: ExitCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            revert: None,
        }
    }

    /// What travels with the exit code on the Filecoin side: the data of a failure that is passed on.
    pub fn data(&self) -> Option<IpldBlock> {
        match &self.revert {
            Some(Revert::PassedOn(block)) => Some(block.clone()),
            _ => None,
        }
    }

    /// Adds where it happened, in front of what happened.
    pub fn context(mut self, place: impl core::fmt::Display) -> Self {
        self.message = format!("{place}: {}", self.message);
        self
    }
}

/// Turns foreign errors into an [`ActorError`] with a code.
pub trait Context<T> {
    /// Our own state or our own encoding is broken: USR_ILLEGAL_STATE.
    fn or_illegal_state(self, place: &str) -> Result<T, ActorError>;
    /// The caller's bytes are broken: USR_SERIALIZATION.
    fn or_serialization(self, place: &str) -> Result<T, ActorError>;
}

impl<T, E: core::fmt::Display> Context<T> for Result<T, E> {
    fn or_illegal_state(self, place: &str) -> Result<T, ActorError> {
        self.map_err(|e| ActorError::illegal_state(format!("{place}: {e}")))
    }

    fn or_serialization(self, place: &str) -> Result<T, ActorError> {
        self.map_err(|e| ActorError::serialization(format!("{place}: {e}")))
    }
}

/// One error of an interface, as the IDL and the golden tests show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorInfo {
    /// The variant's name.
    pub name: &'static str,
    /// The exit code, 64 or more.
    pub code: u32,
    /// "Raised when .."
    pub doc: &'static str,
    /// The Solidity error, e.g. `ERC20InsufficientBalance(address,uint256,uint256)`.
    pub solidity: Option<&'static str>,
}

/// The errors of one interface. Written by [`errors!`](crate::errors).
pub trait ActorErrors: Into<ActorError> {
    /// All of them in the order of their codes.
    const ERRORS: &'static [ErrorInfo];
}

/// Lists an actor's errors: code, name, values, sentence, and the Solidity error if there is one.
///
/// ```
/// # use fvm_shared::{address::Address, econ::TokenAmount};
/// # use holdfast_runtime::errors;
/// errors! {
///     /// What the token refuses.
///     pub enum TokenError {
///         /// Raised when a holder would spend more than they hold.
///         64 InsufficientBalance { holder: Address, balance: TokenAmount, needed: TokenAmount }
///             = "{holder} holds {balance} and needs {needed}",
///             solidity "ERC20InsufficientBalance(address,uint256,uint256)" (holder, balance, needed);
///     }
/// }
/// ```
#[macro_export]
macro_rules! errors {
    (
        $(#[doc = $enum_doc:literal])+
        pub enum $enum:ident {
            $(
                $(#[doc = $doc:literal])+
                $code:literal $name:ident $({ $($field:ident : $ty:ty),+ $(,)? })?
                    = $text:literal
                    $(, solidity $sig:literal ( $($arg:ident),* ))? ;
            )+
        }
    ) => {
        $(#[doc = $enum_doc])+
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the fields are explained by the variant's sentence")]
        pub enum $enum {
            $($(#[doc = $doc])+ $name $({ $($field: $ty),+ })?,)+
        }

        const _: () = assert!(
            $crate::error::codes_rise(&[$($code),+]),
            "error codes start at 64 and rise: a code is too low, out of order or used twice",
        );

        impl ::core::fmt::Display for $enum {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self {
                    $(Self::$name $({ $($field),+ })? => {
                        $($(let $field = $crate::decimal::Shown::shown($field);)+)?
                        write!(f, $text)
                    })+
                }
            }
        }

        impl From<$enum> for $crate::error::ActorError {
            fn from(error: $enum) -> Self {
                let message = error.to_string();
                #[allow(unused_variables, reason = "not every error has a Solidity form with all its values")]
                match error {
                    $($enum::$name $({ $($field),+ })? => $crate::error::ActorError {
                        code: ::fvm_shared::error::ExitCode::new($code),
                        message,
                        revert: $crate::errors!(@revert $($sig ( $($arg),* ))?),
                    },)+
                }
            }
        }

        impl $crate::error::ActorErrors for $enum {
            const ERRORS: &'static [$crate::error::ErrorInfo] = &[
                $($crate::error::ErrorInfo {
                    name: stringify!($name),
                    code: $code,
                    doc: concat!($($doc),+),
                    solidity: $crate::errors!(@signature $($sig)?),
                },)+
            ];
        }
    };
    (@revert) => { None };
    (@revert $sig:literal ( $($arg:ident),* )) => {{
        const _: () = assert!(
            $crate::error::arity($sig) == <[&str]>::len(&[$(stringify!($arg)),*]),
            concat!("the error ", $sig, " is given another number of values than it has"),
        );
        Some($crate::error::Revert::Words {
            selector: const { $crate::evm::selector($sig) },
            args: vec![$($crate::error::RevertArg::from($arg)),*],
        })
    }};
    (@signature) => { None };
    (@signature $sig:literal) => { Some($sig) };
}

/// How many arguments a signature such as `Full(uint256,uint256)` has. Runs at compile time.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn arity(signature: &str) -> usize {
    let text = signature.as_bytes();
    let (mut commas, mut i) = (0, 0);
    while i < text.len() {
        if text[i] == b',' {
            commas += 1;
        }
        i += 1;
    }
    if i >= 2 && text[i - 2] == b'(' {
        0
    } else {
        commas + 1
    }
}

/// Whether error codes start at 64 and rise, each used once. Runs at compile time.
#[allow(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "runs at compile time"
)]
pub const fn codes_rise(codes: &[u32]) -> bool {
    let mut last = FIRST_ACTOR_ERROR - 1;
    let mut i = 0;
    while i < codes.len() {
        if codes[i] <= last {
            return false;
        }
        last = codes[i];
        i += 1;
    }
    true
}
