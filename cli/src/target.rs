//! `token.Transfer`: an actor and one of its methods.

use anyhow::{Result, bail};
use holdfast_runtime::idl::codec::did_you_mean;
use holdfast_runtime::method::{InterfaceInfo, MethodInfo, SolidityInfo};
use holdfast_runtime::schema::Shape;

use holdfast::registry;

/// An actor's interface and one of its methods.
#[derive(Debug)]
pub(crate) struct Target {
    /// The interface.
    pub(crate) interface: InterfaceInfo,
    /// The method.
    pub(crate) method: MethodInfo,
    /// Whether the name is the Solidity one.
    by_solidity: bool,
}

impl Target {
    /// Finds `actor.Method` by the method's own name; on the Ethereum face by its Solidity name first.
    ///
    /// # Errors
    /// When there is no such actor or method.
    pub(crate) fn find(text: &str, evm: bool) -> Result<Self> {
        let Some((actor, name)) = text.split_once('.') else {
            bail!("`{text}` names no method: write actor.Method, e.g. token.Transfer");
        };
        let interface = registry::interface(actor)?;
        let solidity = |m: &&MethodInfo| m.solidity.as_ref().is_some_and(|s| s.name == name);
        let by_solidity = interface.methods.iter().find(solidity).filter(|_| evm);
        let found = by_solidity.or_else(|| interface.methods.iter().find(|m| m.name == name));
        let Some(method) = found.cloned() else {
            let own = interface.methods.iter().map(|m| m.name);
            let solidity = interface
                .methods
                .iter()
                .filter_map(|m| m.solidity.as_ref())
                .map(|s| s.name);
            let names = own.chain(solidity.filter(|_| evm));
            bail!(
                "{actor} has no method `{name}`{}: run `holdfast idl {actor} --docs` for the list",
                did_you_mean(name, names)
            );
        };
        let by_solidity = by_solidity.is_some();
        Ok(Self {
            interface,
            method,
            by_solidity,
        })
    }

    /// The Solidity form, if the method was asked for by its Solidity name. Otherwise the Ethereum face calls it by its number.
    pub(crate) fn solidity(&self) -> Option<&SolidityInfo> {
        self.method.solidity.as_ref().filter(|_| self.by_solidity)
    }

    /// The types of parameters and return value in CBOR.
    ///
    /// # Errors
    /// When the method exists on the Ethereum face alone.
    pub(crate) fn cbor(&self) -> Result<(&Shape, &Shape)> {
        match (&self.method.params, &self.method.returns) {
            (Some(params), Some(returns)) => Ok((&params.shape, &returns.shape)),
            _ => bail!("{} exists on the Ethereum face only: add --evm", self.name()),
        }
    }

    /// The name as people write it.
    pub(crate) fn name(&self) -> String {
        format!("{}.{}", self.interface.name, self.method.name)
    }
}
