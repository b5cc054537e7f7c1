//! The front door of every actor: methods, parameters, returns, errors, events.
