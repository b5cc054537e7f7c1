//! An error with a code that the EVM actor uses.

use holdfast_runtime::errors;

errors! {
    /// What it refuses.
    pub enum Refusal {
        /// Raised when it does not want to.
        33 No = "no";
    }
}

fn main() {}
