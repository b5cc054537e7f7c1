//! Who may do what with which data.
//!
//! A data set has an owner; everybody else needs a [`grant`] or a [`policy`] that opens. Both speak of actions
//! ([`action`]) and of parts of the data set ([`scope`]). What is decided is one function, [`decide`](decision::decide); who
//! asks it brings the [facts](decision::Facts): grants, policies, and what other actors say. What cannot be known opens
//! nothing.
//!
//! Time is the epoch, and every interval is half-open: it holds from `start` on and no longer at `end`.

pub mod action;
pub mod bucket;
pub mod decision;
pub mod delay;
pub mod grant;
pub mod log;
pub mod policy;
pub mod reader_key;
pub mod sale;
pub mod scope;
pub mod span;
pub mod ticket;
pub mod truth;
