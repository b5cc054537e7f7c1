//! The one library under every actor.
