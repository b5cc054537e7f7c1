//! A log with more indexed fields than there are topics.

use holdfast_runtime::event;

event! {
    /// Something happened.
    log Happened {
        /// One.
        indexed a: u64,
        /// Two.
        indexed b: u64,
        /// Three.
        indexed c: u64,
        /// Four.
        indexed d: u64,
    }
}

fn main() {}
