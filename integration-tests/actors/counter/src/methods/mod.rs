//! One verb a file.

mod buy;
mod create;
mod give;
mod is_higher_than;
mod list;
mod name;
mod raise;
mod read;
mod receive;
mod withdraw;
