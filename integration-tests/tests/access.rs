//! The access actor on the real FVM, with real wallets, tokens and contracts.

#[path = "access/carried.rs"]
mod carried;
#[path = "access/contracts.rs"]
mod contracts;
#[path = "access/delays.rs"]
mod delays;
#[path = "access/gates.rs"]
mod gates;
#[path = "access/grants.rs"]
mod grants;
#[path = "access/keys.rs"]
mod keys;
#[path = "access/model/mod.rs"]
mod model;
#[path = "access/orders.rs"]
mod orders;
#[path = "access/sales.rs"]
mod sales;
#[path = "access/support.rs"]
mod support;
#[path = "access/warehouse.rs"]
mod warehouse;
