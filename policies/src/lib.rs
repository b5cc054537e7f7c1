//! The rules of Holdfast: pure Rust, integers only, no FVM.
