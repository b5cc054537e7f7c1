//! `token.Transfer`: an actor and one of its methods, and the way of its values to bytes and back.

use anyhow::{Context, Result, bail};
use holdfast_runtime::idl::codec::{self, did_you_mean};
use holdfast_runtime::method::{InterfaceInfo, MethodInfo, SolidityInfo};
use holdfast_runtime::schema::Shape;
use serde_json::Value;

use crate::registry;

/// An actor's interface and one of its methods.
#[derive(Debug)]
pub struct Target {
    /// The interface.
    pub interface: InterfaceInfo,
    /// The method.
    pub method: MethodInfo,
    /// Whether the name is the Solidity one.
    by_solidity: bool,
}

impl Target {
    /// Finds `actor.Method` by the method's own name; on the Ethereum face by its Solidity name or signature first.
    ///
    /// # Errors
    /// When there is no such actor or method, or several have the Solidity name.
    pub fn find(text: &str, evm: bool) -> Result<Self> {
        let Some((actor, name)) = text.split_once('.') else {
            bail!("`{text}` names no method: write actor.Method, e.g. token.Transfer");
        };
        let interface = registry::interface(actor)?;
        let by_solidity = if evm {
            codec::solidity_method(&interface, name)?
        } else {
            None
        };
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
    fn solidity(&self) -> Option<&SolidityInfo> {
        self.method.solidity.as_ref().filter(|_| self.by_solidity)
    }

    /// The types of parameters and return value in CBOR.
    ///
    /// # Errors
    /// When the method exists on the Ethereum face alone.
    pub fn cbor(&self) -> Result<(&Shape, &Shape)> {
        match (&self.method.params, &self.method.returns) {
            (Some(params), Some(returns)) => Ok((&params.shape, &returns.shape)),
            _ => bail!("{} exists on the Ethereum face only: add --evm", self.name()),
        }
    }

    /// The CBOR of parameters as people type them; nothing for none, as messages have it.
    ///
    /// # Errors
    /// When a value does not fit, or the method exists on the Ethereum face alone.
    pub fn parameters(&self, words: &[&str]) -> Result<Vec<u8>> {
        let (shape, _) = self.cbor()?;
        let value = codec::from_text(shape, words).with_context(|| self.name())?;
        match shape {
            Shape::Unit => Ok(Vec::new()),
            _ => codec::encode(shape, &value).with_context(|| self.name()),
        }
    }

    /// Calldata with arguments as people type them: by the Solidity signature, or by `handle_filecoin_method` for a name
    /// that has none.
    ///
    /// # Errors
    /// When a value does not fit, or the method is out of the Ethereum face's reach.
    pub fn calldata(&self, words: &[&str]) -> Result<Vec<u8>> {
        let Some(solidity) = self.solidity() else {
            return Ok(codec::calldata_by_number(&self.method, &self.parameters(words)?)?);
        };
        let value = codec::solidity_from_text(solidity, words).with_context(|| self.name())?;
        codec::calldata(solidity, &value).with_context(|| self.name())
    }

    /// The return value from its CBOR.
    ///
    /// # Errors
    /// When the bytes are of another type, or the method exists on the Ethereum face alone.
    pub fn returned(&self, bytes: &[u8]) -> Result<Value> {
        codec::decode(self.cbor()?.1, bytes).with_context(|| self.name())
    }

    /// What the Ethereum face gave, from its ABI encoding.
    ///
    /// # Errors
    /// When the bytes are of another type.
    pub fn results(&self, bytes: &[u8]) -> Result<Value> {
        let value = match self.solidity() {
            Some(solidity) => codec::results(solidity, bytes),
            None => codec::results_by_number(&self.method, bytes),
        };
        value.with_context(|| self.name())
    }

    /// The name as people write it.
    pub fn name(&self) -> String {
        format!("{}.{}", self.interface.name, self.method.name)
    }
}
