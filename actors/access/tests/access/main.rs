//! The access actor on the test double of the machine, ordered as the actor is.

mod chains;
mod data_sets;
mod desk;
mod enumeration;
mod ethereum;
mod faults;
mod grants;
mod groups;
mod money;
mod others;
mod passes;
mod plans;
mod refunds;
mod rules;
mod sales;
mod shop;
mod terms;
mod uses;
