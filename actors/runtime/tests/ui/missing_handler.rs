//! An actor that forgets a method.

use holdfast_runtime::caller::ByInit;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime, actor, errors, methods};

errors! {
    /// What it refuses.
    pub enum Refusal {
        /// Raised when it does not want to.
        64 No = "no";
    }
}

methods! {
    /// An interface.
    pub interface Lamp("lamp") {
        errors Refusal;
        events [];
        methods {
            /// Creates it.
            constructor Constructor(), from Init;
            /// Lights it.
            call Light(), from Anyone;
            /// Whether it is lit.
            view IsLit() -> bool, from Anyone;
        }
        solidity {}
    }
}

struct LampActor;

impl Handle<method::Constructor> for LampActor {
    fn handle<R: Runtime>(_: &mut R, _: ByInit, (): ()) -> Result<(), ActorError> {
        Ok(())
    }
}

actor!(Lamp => LampActor);

fn main() {}
