//! A method with a signature that the face has already.

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
            /// Says what it is.
            view supportsInterface(holdfast_runtime::evm::Bytes4) -> bool, from Anyone;
        }
    }
}

fn main() {}
