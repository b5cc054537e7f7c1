//! The access actor on the real FVM, with real wallets, tokens and contracts.

#[path = "access/contracts.rs"]
mod contracts;
#[path = "access/gates.rs"]
mod gates;
#[path = "access/grants.rs"]
mod grants;
#[path = "access/model/mod.rs"]
mod model;
#[path = "access/orders.rs"]
mod orders;
#[path = "access/sales.rs"]
mod sales;
#[path = "access/support.rs"]
mod support;
