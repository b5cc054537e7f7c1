//! One verb a file.

pub mod accept_terms;
pub mod cancel;
pub mod carry;
pub mod change_group;
pub mod constructor;
pub mod consume_access;
pub mod create_data_set;
pub mod freeze;
pub mod grant;
pub mod has_access;
pub mod list;
pub mod observe_holder;
pub mod offer_data_set;
pub mod prune;
pub mod revoke;
pub mod schedule;
pub mod set_allow_list;
pub mod set_content;
pub mod set_delay;
pub mod set_guardian;
pub mod set_rule;
pub mod set_terms;
pub mod suspend;
pub mod views;
