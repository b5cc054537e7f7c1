//! The one library under every actor of Holdfast.
//!
//! An actor is a list of methods, a state, and one file a verb. The list is written once, with
//! [`methods!`], in the actor's corner of the `api` crate; everything that has to agree with it is derived from it:
//!
//! - the **dispatch** of Filecoin method numbers and of Ethereum calldata ([`dispatch`], [`evm::face`]);
//! - the **types** that handlers implement and that other actors call by ([`method`]);
//! - the **IDL**, the Solidity interface, the pages of the docs and the golden tests ([`idl`]).
//!
//! A message goes this way: the machine calls the entry point that [`actor!`] writes; [`dispatch`] refuses FIL
//! that the method does not take, checks the caller ([`caller`]), decodes the parameters, and hands them with the
//! proof of the check to the [`Handle`](method::Handle) or [`Answer`](method::Answer) of the actor. The handler
//! changes state in a [`transaction`](Runtime::transaction), in which nothing can be sent, then emits
//! ([`mod@event`]), then sends ([`send`], [`payout`], [`receiver`]).
//!
//! Each trap of the platform is closed once, here: strict answers and both channels of failure in [`send`], who can
//! receive in [`recipient`], the one 0x form in [`evm`], foreign CIDs in [`foreign_cid`], limits of gas in
//! [`send::require_gas`].

pub mod caller;
pub mod choice;
pub mod collections;
pub mod decimal;
pub mod dispatch;
pub mod error;
pub mod event;
pub mod evm;
pub mod foreign_cid;
pub mod frc42;
#[cfg(target_arch = "wasm32")]
pub mod fvm;
#[cfg(not(target_arch = "wasm32"))]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "never on the chain; a toolchain without a WASM standard library lints it all the same"
)]
pub mod idl;
pub mod method;
pub mod official;
pub mod payout;
pub mod receiver;
pub mod recipient;
pub mod runtime;
pub mod schema;
pub mod scope;
pub mod send;
pub mod state;
mod table;
#[cfg(not(target_arch = "wasm32"))]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "never on the chain; a toolchain without a WASM standard library lints it all the same"
)]
pub mod testing;

pub use error::ActorError;
pub use runtime::Runtime;

/// Makes a crate a deployable actor: the entry point that the FVM calls.
///
/// ```text
/// actor!(api::Counter => CounterActor);
/// ```
#[macro_export]
macro_rules! actor {
    ($interface:path => $actor:ty) => {
        /// The entry point that the FVM calls with the block of the parameters.
        #[cfg(target_arch = "wasm32")]
        #[allow(unsafe_code, reason = "the FVM finds the entry point by its name")]
        #[unsafe(no_mangle)]
        pub extern "C" fn invoke(params: u32) -> u32 {
            $crate::fvm::trampoline::<$interface, $actor>(params)
        }

        // An actor that forgets a method does not compile on the host either.
        const _: fn() = || {
            fn complete<I: $crate::dispatch::Dispatch<A>, A>() {}
            complete::<$interface, $actor>();
        };
    };
}
