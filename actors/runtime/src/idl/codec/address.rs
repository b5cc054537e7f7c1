//! Addresses in any of their text forms.

use fvm_shared::address::{Address, Network};

use super::error::CodecError;
use super::parse_hex;
use crate::evm::EthAddress;

/// Reads `f..`, `t..` or `0x..`. A 0x address becomes f410, or f0 when it is the masked form of an id.
///
/// # Errors
/// When it is none of these; the reason is in the error.
pub fn parse_address(text: &str) -> Result<Address, CodecError> {
    if text.starts_with("0x") {
        return from_hex(text);
    }
    let network = match text.chars().next() {
        Some('f') => Network::Mainnet,
        Some('t') => Network::Testnet,
        _ => return Err(no_address(text, "it begins with f, t or 0x")),
    };
    network
        .parse_address(text)
        .map_err(|e| no_address(text, &e.to_string()))
}

fn from_hex(text: &str) -> Result<Address, CodecError> {
    let bytes = parse_hex(text)?;
    let len = bytes.len();
    let exact: [u8; 20] = bytes
        .try_into()
        .map_err(|_| no_address(text, &format!("a 0x address has 20 bytes, not {len}")))?;
    let address = EthAddress(exact).to_filecoin();
    address.map_err(|e| no_address(text, &e.to_string()))
}

fn no_address(text: &str, why: &str) -> CodecError {
    CodecError::new(format!("`{text}` is no address: {why}"))
}

/// The 0x form of an f410 or f0 address; none for the kinds that have none of their own.
pub fn eth_form(address: &Address) -> Option<EthAddress> {
    EthAddress::from_delegated(address).or_else(|| address.id().ok().map(EthAddress::from_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_address_is_read() {
        assert_eq!(parse_address("f01234"), Ok(Address::new_id(1234)));
        assert_eq!(parse_address("t01234"), Ok(Address::new_id(1234)));
        let masked = EthAddress::from_id(1234).to_string();
        assert_eq!(parse_address(&masked), Ok(Address::new_id(1234)));
        let eth = EthAddress([7; 20]);
        assert_eq!(parse_address(&eth.to_string()), Ok(eth.to_filecoin().unwrap()));
        let text = eth.to_filecoin().unwrap().to_string();
        assert_eq!(parse_address(&text).ok().as_ref().and_then(eth_form), Some(eth));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "1234", "x01234", "f1abc", "0x1234", "0xzz"] {
            assert!(parse_address(text).is_err(), "{text}");
        }
    }
}
