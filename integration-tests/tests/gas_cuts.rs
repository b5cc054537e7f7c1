//! Every method of every actor, out of gas at every charge point: nothing is left behind.
//!
//! By default at most 60 points of each message; `EVERY_GAS_CUT=1` cuts at all of them. `--nocapture` prints how many there are.

#[path = "gas_cuts/access.rs"]
mod access;
#[path = "gas_cuts/access_by_selector.rs"]
mod access_by_selector;
#[path = "gas_cuts/access_guards.rs"]
mod access_guards;
#[path = "gas_cuts/access_keys.rs"]
mod access_keys;
#[path = "gas_cuts/access_sales.rs"]
mod access_sales;
#[path = "gas_cuts/counter.rs"]
mod counter;
#[path = "gas_cuts/init.rs"]
mod init;
#[path = "gas_cuts/refusals.rs"]
mod refusals;
#[path = "gas_cuts/support.rs"]
mod support;
#[path = "gas_cuts/token_by_number.rs"]
mod token_by_number;
#[path = "gas_cuts/token_by_selector.rs"]
mod token_by_selector;
#[path = "gas_cuts/votes.rs"]
mod votes;
