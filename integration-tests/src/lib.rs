//! Stories on the real FVM.
