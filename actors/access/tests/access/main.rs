//! The access actor on the test double of the machine, ordered as the actor is.

mod asked;
mod authorizer;
mod carried;
mod chains;
mod data_sets;
mod delays;
mod desk;
mod enumeration;
mod ethereum;
mod faults;
mod grants;
mod groups;
mod held_up;
mod money;
mod others;
mod passes;
mod plans;
mod presents;
mod refunds;
mod rules;
mod sales;
mod schedule;
mod shared_time;
mod shop;
mod taken_away;
mod terms;
mod typed;
mod uses;
mod wallet;

mod commitments;
mod keys;
mod receipts;
mod ticket_uses;
mod tickets;
pub mod wallets;
mod withheld;
