//! One file a subcommand.

pub(crate) mod decode;
pub(crate) mod encode;
pub(crate) mod gas;
pub(crate) mod idl;
pub(crate) mod types;
