//! The proof of a check cannot be made without the check.

use holdfast_runtime::caller::{ByInit, Caller};

fn main() {
    let _caller = Caller(100);
    let _init = ByInit(());
}
