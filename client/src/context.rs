//! What an envelope is for.

use std::fmt;

use ciborium::Value;
use holdfast_runtime::evm::EthAddress;

/// The data set and key epoch that an envelope is for. It stands in the protected header, so the key inside opens under
/// no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The chain id of the network, e.g. 314 for mainnet.
    pub chain_id: u64,
    /// The access actor, in its one 0x form.
    pub actor: EthAddress,
    /// The data set.
    pub data_set: u64,
    /// Its key epoch.
    pub key_epoch: u64,
}

impl Context {
    /// As the value of the header parameter `holdfast`.
    pub(crate) fn to_cbor(self) -> Value {
        Value::Array(vec![
            Value::from(self.chain_id),
            Value::Bytes(self.actor.0.to_vec()),
            Value::from(self.data_set),
            Value::from(self.key_epoch),
        ])
    }

    pub(crate) fn from_cbor(value: &Value) -> Option<Self> {
        let [chain_id, actor, data_set, key_epoch] = &value.as_array()?[..] else {
            return None;
        };
        let number = |value: &Value| value.as_integer().and_then(|number| number.try_into().ok());
        Some(Self {
            chain_id: number(chain_id)?,
            actor: EthAddress(actor.as_bytes()?.as_slice().try_into().ok()?),
            data_set: number(data_set)?,
            key_epoch: number(key_epoch)?,
        })
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            chain_id,
            actor,
            data_set,
            key_epoch,
        } = self;
        write!(
            f,
            "key epoch {key_epoch} of data set {data_set} of {actor} on chain {chain_id}"
        )
    }
}
