//! The access actor on the test double of the machine, ordered as the actor is.

mod chains;
mod data_sets;
mod desk;
mod enumeration;
mod faults;
mod grants;
mod groups;
mod others;
mod rules;
mod terms;
mod uses;

mod commitments;
mod keys;
mod receipts;
mod ticket_uses;
mod tickets;
