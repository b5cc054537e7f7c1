//! `token.Transfer`: an actor and one of its methods.

use anyhow::{Result, bail};
use holdfast_runtime::idl::codec::did_you_mean;
use holdfast_runtime::method::{InterfaceInfo, MethodInfo, SolidityInfo};

use crate::registry;

/// An actor's interface and one of its methods.
#[derive(Debug)]
pub(crate) struct Target {
    /// The interface.
    pub(crate) interface: InterfaceInfo,
    /// The method.
    pub(crate) method: MethodInfo,
}

impl Target {
    /// Finds `actor.Method` by the method's own name; on the Ethereum face by its Solidity name.
    ///
    /// # Errors
    /// When there is no such actor or method.
    pub(crate) fn find(text: &str, evm: bool) -> Result<Self> {
        let Some((actor, name)) = text.split_once('.') else {
            bail!("`{text}` names no method: write actor.Method, e.g. token.Transfer");
        };
        let interface = registry::interface(actor)?;
        let name_of = |m: &MethodInfo| {
            if evm {
                m.solidity.as_ref().map(|s| s.name)
            } else {
                Some(m.name)
            }
        };
        let found = interface.methods.iter().find(|m| name_of(m) == Some(name));
        let Some(method) = found.cloned() else {
            let names: Vec<&str> = interface.methods.iter().filter_map(name_of).collect();
            let face = if evm { " on the Ethereum face" } else { "" };
            bail!(
                "{actor} has no method `{name}`{face}{}: run `holdfast idl {actor} --docs` for the list",
                did_you_mean(name, names)
            );
        };
        Ok(Self { interface, method })
    }

    /// The Solidity form, which a method that was found on the Ethereum face has.
    ///
    /// # Errors
    /// When it has none.
    pub(crate) fn solidity(&self) -> Result<&SolidityInfo> {
        match &self.method.solidity {
            Some(solidity) => Ok(solidity),
            None => bail!("{} has no Solidity form", self.method.name),
        }
    }

    /// The name as people write it.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.interface.name, self.method.name)
    }
}
