//! One verb a file.

pub mod constructor;
pub mod create;
pub mod create_canonical;
pub mod exec;
pub mod exec4;
pub mod exec_canonical;
pub mod exec_native;
