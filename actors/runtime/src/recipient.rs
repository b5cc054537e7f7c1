//! Whom something can be given to.

use fvm_shared::ActorID;
use fvm_shared::address::{Address, Payload};

use crate::error::ActorError;
use crate::evm::EthAddress;
use crate::runtime::Runtime;
use crate::send::{Call, METHOD_SEND};

/// Why an address cannot receive. Actors turn it into an error of their own interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRecipient {
    /// 0x0 or a precompile: nobody is there, and a placeholder there could never be used.
    #[error("{0} is reserved by the EVM")]
    Reserved(Address),
    /// An f410 address whose bytes are the masked form of an id: use the f0 address.
    #[error("{0} holds the masked form of an id; use f0{1}")]
    MaskedId(Address, ActorID),
    /// An f4 address of a namespace that creates no actors.
    #[error("{0} belongs to a namespace other than f410")]
    Namespace(Address),
    /// An id, or an f2 address, that no actor has.
    #[error("{0} has no actor")]
    Missing(Address),
    /// The machine refused to create the actor.
    #[error("{0} could not be created")]
    NotCreated(Address),
}

impl From<NoRecipient> for ActorError {
    fn from(why: NoRecipient) -> Self {
        ActorError::illegal_argument(format!("no recipient: {why}"))
    }
}

/// Somebody whom a message names, and what the name tells without a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: ActorID,
    /// The 0x form, if it was named by it.
    pub eth: Option<EthAddress>,
    /// Whether it is known to have an actor. An id is no more than a number until somebody looks.
    pub exists: bool,
}

/// Whom an address names, in any form. An f1, f3 or f410 address that has no actor yet gets one, by a bare send of zero,
/// the one send that is allowed before a transaction: it runs no foreign code. Whether an id has an actor is not looked
/// up: the state may know it already.
///
/// # Errors
/// [`NoRecipient`] for what would be lost: reserved 0x addresses, masked ids in f410 form, other f4 namespaces, f2
/// addresses without an actor.
pub fn name_or_create<R: Runtime>(rt: &mut R, to: &Address) -> Result<Named, NoRecipient> {
    let eth = match to.payload() {
        Payload::ID(id) => {
            let (id, eth, exists) = (*id, None, false);
            return Ok(Named { id, eth, exists });
        }
        Payload::Delegated(_) => Some(check_f410(to)?),
        Payload::Actor(_) | Payload::BLS(_) | Payload::Secp256k1(_) => None,
    };
    let id = match rt.resolve(to) {
        Some(id) => id,
        None if matches!(to.payload(), Payload::Actor(_)) => return Err(NoRecipient::Missing(*to)),
        None => {
            rt.send(&Call::new(*to, METHOD_SEND))
                .map_err(|_| NoRecipient::NotCreated(*to))?;
            rt.resolve(to).ok_or(NoRecipient::NotCreated(*to))?
        }
    };
    let exists = true;
    Ok(Named { id, eth, exists })
}

/// The id of a recipient, as [`name_or_create`], looked up if it is named by id.
///
/// # Errors
/// As [`name_or_create`], and for ids without an actor.
pub fn resolve_or_create<R: Runtime>(rt: &mut R, to: &Address) -> Result<ActorID, NoRecipient> {
    let Named { id, exists, .. } = name_or_create(rt, to)?;
    if exists {
        return Ok(id);
    }
    rt.code_cid(id).ok_or(NoRecipient::Missing(*to))?;
    // Whoever receives nothing under an f410 address receives nothing under an id either: genesis puts an actor at 0x0.
    let delegated = rt.delegated_address(id);
    if let Some(eth) = delegated.as_ref().and_then(EthAddress::from_delegated) {
        check_eth(to, eth)?;
    }
    Ok(id)
}

fn check_f410(to: &Address) -> Result<EthAddress, NoRecipient> {
    let eth = EthAddress::from_delegated(to).ok_or(NoRecipient::Namespace(*to))?;
    check_eth(to, eth)?;
    Ok(eth)
}

fn check_eth(to: &Address, eth: EthAddress) -> Result<(), NoRecipient> {
    if eth.is_reserved() {
        return Err(NoRecipient::Reserved(*to));
    }
    eth.as_id()
        .map_or(Ok(()), |id| Err(NoRecipient::MaskedId(*to, id)))
}
