//! Where the one canonical instance of a type lives, on every network.

use fvm_shared::address::Address;

/// What comes before a type's number in the text that its canonical address is the hash of.
pub const CANONICAL_PREFIX: &str = "holdfast/canonical/";

/// The f2 address of the canonical instance of a type: the actor hash of `holdfast/canonical/<number>`, with the
/// number in decimal. It does not depend on the network, on the code, or on who creates the instance, and there is
/// none behind it before somebody has created it.
///
/// No message can be given this address by chance: the f2 addresses of messages are hashes of bytes that begin
/// with a CBOR byte string (0x40 to 0x5f), not with an `h`.
pub fn canonical_address(actor_type: u32) -> Address {
    Address::new_actor(format!("{CANONICAL_PREFIX}{actor_type}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_addresses_never_change() {
        assert_eq!(
            canonical_address(17).to_string(),
            "f2rcap446vof2gypcpuhpesqb35bkeafvvbb77eby"
        );
        assert_eq!(
            canonical_address(18).to_string(),
            "f2gcaj5lyv4nxsr5sgmrxvffhbea7cj22ook53ysa"
        );
        assert_eq!(
            canonical_address(4_294_967_295).to_string(),
            "f2b6z42bevrymz7qlymrthepysggxffbc7aa5oiqi"
        );
    }
}
