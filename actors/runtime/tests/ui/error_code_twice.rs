//! An error code that is used twice.

use holdfast_runtime::errors;

errors! {
    /// What it refuses.
    pub enum Refusal {
        /// Raised when it does not want to.
        64 No = "no";
        /// Raised when it never will.
        64 Never = "never";
    }
}

fn main() {}
