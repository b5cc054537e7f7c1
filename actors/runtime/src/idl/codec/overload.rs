//! Which method a Solidity name means, also where several share it.

use super::error::CodecError;
use crate::idl::signature;
use crate::method::{InterfaceInfo, MethodInfo, SolidityInfo};

/// The method that a text means on the Ethereum face: a signature such as `transfer(address,uint256)`, the name in the table of a
/// method of that face alone, or a Solidity name. None if it is none of them.
///
/// # Errors
/// When several methods have the Solidity name, with their signatures.
pub fn solidity_method<'a>(
    interface: &'a InterfaceInfo,
    text: &str,
) -> Result<Option<&'a MethodInfo>, CodecError> {
    let exact = forms(interface)
        .find(|(m, s)| signature(s) == text || m.number.is_none() && m.name == text)
        .map(|(method, _)| method);
    let named: Vec<_> = forms(interface).filter(|(_, s)| s.name == text).collect();
    match (exact, named.as_slice()) {
        (Some(method), _) => Ok(Some(method)),
        (None, []) => Ok(None),
        (None, [(method, _)]) => Ok(Some(method)),
        (None, several) => {
            let all: Vec<String> = several.iter().map(|(_, s)| signature(s)).collect();
            Err(CodecError::new(format!(
                "{} has {} methods `{text}`: write which one, {}",
                interface.name,
                several.len(),
                all.join(" or ")
            )))
        }
    }
}

/// How a method is called where only its Solidity form shows: by its name, or by its signature if it shares the name.
pub(super) fn plain_name(interface: &InterfaceInfo, method: &SolidityInfo) -> String {
    match forms(interface).filter(|(_, s)| s.name == method.name).count() {
        0 | 1 => method.name.to_owned(),
        _ => signature(method),
    }
}

fn forms(interface: &InterfaceInfo) -> impl Iterator<Item = (&MethodInfo, &SolidityInfo)> {
    interface
        .methods
        .iter()
        .filter_map(|m| Some((m, m.solidity.as_ref()?)))
}
