//! Any bytes as parameters and as calldata, through the dispatch of the actors, on the double of the machine.
//!
//! What has to hold, for every method of the table:
//! - bytes are either no parameters, and then the call ends with exit 21 or a revert; or they are a value, and then the
//!   value's own encoding does the same as the bytes, and is encoded as the command encodes it;
//! - what comes back is encoded as its type is;
//! - nothing panics, and nothing ends with USR_ILLEGAL_STATE, which is a bug of the actor;
//! - a view changes nothing.

mod calldata;
mod number;
mod policy;
mod subject;

pub use calldata::by_calldata;
pub use number::by_number;
pub use policy::{policy, write_policy};
pub use subject::{Access, Init, Subject, Token};

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::event::ActorEvent;
use holdfast_runtime::Runtime;
use holdfast_runtime::dispatch::Abort;

/// Everything that a call did.
#[derive(Debug, PartialEq)]
struct Done {
    result: Result<Option<IpldBlock>, Abort>,
    root: String,
    events: Vec<ActorEvent>,
}

/// Runs a call on a machine of its own.
fn run<S: Subject>(method: u64, params: Option<IpldBlock>) -> Done {
    let mut machine = S::machine(method);
    let before = machine.emitted().len();
    let result = machine.invoke::<S::Table, S::Actor>(method, params);
    Done {
        result,
        root: machine.root().to_string(),
        events: machine.emitted()[before..].to_vec(),
    }
}

/// Whether two calls did the same, but for the sentences in which they failed.
fn same(one: &Done, other: &Done) -> bool {
    let bare = |done: &Done| match &done.result {
        Ok(block) => Ok(block.clone()),
        Err(abort) => Err(abort.error.code),
    };
    (bare(one), &one.root, &one.events) == (bare(other), &other.root, &other.events)
}
