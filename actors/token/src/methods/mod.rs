//! One verb a file. Each reads in the same order: validate, resolve, change state, emit, send.

mod approve;
mod approve_and_call;
mod batch;
mod burn;
mod burn_by_role;
mod burn_from;
mod change_allowance;
mod constructor;
mod delegate;
mod list_holders;
mod lower_supply_cap;
mod mint;
mod pause;
mod permit;
mod revoke_allowance;
mod set_minter;
mod set_role;
mod transfer;
mod transfer_and_call;
mod transfer_from;
mod transfer_ownership;
mod views;
