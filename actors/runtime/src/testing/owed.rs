//! What a call let fall: payouts that were not paid, hooks that were not called.

use std::cell::RefCell;

thread_local! {
    static FORGOTTEN: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Remembers what was let fall. Whether that is a mistake shows at the end of the call: one that fails owes nothing.
pub(crate) fn forget(what: String) {
    FORGOTTEN.with_borrow_mut(|all| all.push(what));
}

/// What was let fall since the last time.
pub(crate) fn take() -> Vec<String> {
    FORGOTTEN.take()
}
