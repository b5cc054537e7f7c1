//! One file a subcommand.

pub(crate) mod allow_list;
pub(crate) mod decode;
pub(crate) mod encode;
pub(crate) mod encrypt;
pub(crate) mod gas;
pub(crate) mod idl;
pub(crate) mod keys;
pub(crate) mod log;
pub(crate) mod types;
