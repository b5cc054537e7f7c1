//! Two overloads with the same arguments.

use holdfast_runtime::{errors, methods};

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
        }
        solidity {
            /// Lights it.
            call light(u64), from Anyone;
            /// Lights it again.
            call lightAgain(u64), from Anyone, named light;
        }
    }
}

fn main() {}
