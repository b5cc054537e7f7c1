//! The access actor on the real FVM, with real wallets, tokens and contracts.

#[path = "access/budget.rs"]
mod budget;
#[path = "access/calls_back.rs"]
mod calls_back;
#[path = "access/carried.rs"]
mod carried;
#[path = "access/collectives.rs"]
mod collectives;
#[path = "access/contracts.rs"]
mod contracts;
#[path = "access/covered.rs"]
mod covered;
#[path = "access/delays.rs"]
mod delays;
#[path = "access/gates.rs"]
mod gates;
#[path = "access/grants.rs"]
mod grants;
#[path = "access/holdings.rs"]
mod holdings;
#[path = "access/keys.rs"]
mod keys;
#[path = "access/lists.rs"]
mod lists;
#[path = "access/market.rs"]
mod market;
#[path = "access/model/mod.rs"]
mod model;
#[path = "access/orders.rs"]
mod orders;
#[path = "access/sales.rs"]
mod sales;
#[path = "access/support.rs"]
mod support;
#[path = "access/twins.rs"]
mod twins;
#[path = "access/warehouse.rs"]
mod warehouse;
