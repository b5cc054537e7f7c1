//! One verb a file.

mod create;
mod guests;
mod sign;
