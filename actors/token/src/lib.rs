//! A fungible token with two faces and one state.
