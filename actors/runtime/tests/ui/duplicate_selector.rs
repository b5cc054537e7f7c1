//! Two methods with one Solidity signature.

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
            /// Lights it.
            call Light(u64), from Anyone, solidity light;
        }
        solidity {
            /// Lights it as well.
            call light(u64), from Anyone;
        }
    }
}

fn main() {}
