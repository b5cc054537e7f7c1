//! Builds, inspects and verifies the bundle of actors.
