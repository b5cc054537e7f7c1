//! The interface as data, and what is written from it. Off the chain only.

pub mod codec;
mod describe;
mod json;
mod page;
mod solidity;

pub use describe::{method, solidity, solidity_method, type_info};
pub use json::{IDL_VERSION, json};
pub(crate) use json::{Named, collect, hex, kind_name, signature, type_name};
pub use page::page;
pub use solidity::solidity_interface;
