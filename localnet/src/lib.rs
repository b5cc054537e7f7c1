//! A Filecoin network in one process.
