//! Who can be given tokens, an allowance or votes.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::token::{MAX_OPERATOR_DATA, TokenError};
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::recipient::{Named, NoRecipient, name_or_create, resolve_or_create};
use holdfast_runtime::scope::Scope;
use holdfast_runtime::{ActorError, Runtime};

use crate::account::Account;
use crate::events::Party;

/// Somebody who is to receive tokens.
pub(crate) struct Receiver {
    address: Address,
    named: Named,
}

impl Receiver {
    /// The id.
    pub(crate) fn id(&self) -> ActorID {
        self.named.id
    }

    /// Whether the 0x form of a new holder is the masked id.
    ///
    /// # Errors
    /// [`TokenError::InvalidReceiver`] for an id without an actor.
    pub(crate) fn is_masked<R: Runtime>(&self, scope: &Scope<'_, R>) -> Result<bool, ActorError> {
        let Named { id, eth, exists } = self.named;
        if eth.is_some() {
            return Ok(false);
        }
        if !exists && !scope.exists(id) {
            return Err(
                TokenError::invalid_receiver(self.address, NoRecipient::Missing(self.address)).into(),
            );
        }
        Ok(scope.canonical(id).as_id().is_some())
    }

    /// For an event, with what is known of the 0x form.
    pub(crate) fn party(&self, account: &Account) -> Party {
        let Party { id, eth } = Party::holder(self.named.id, account);
        let eth = self.named.eth.or(eth);
        Party { id, eth }
    }
}

/// A recipient, created if need be. The token itself is none: what it holds could never leave. Whether an id has an
/// actor is looked up by [`Receiver::is_masked`], once the state does not know it as a holder.
///
/// # Errors
/// [`TokenError::InvalidReceiver`].
pub(crate) fn receiver<R: Runtime>(rt: &mut R, to: &Address) -> Result<Receiver, ActorError> {
    let (address, named) = (
        *to,
        name_or_create(rt, to).map_err(|why| TokenError::invalid_receiver(*to, why))?,
    );
    if named.id == rt.message().receiver {
        let why = "it is the token itself".to_owned();
        return Err(TokenError::InvalidReceiver { to: *to, why }.into());
    }
    Ok(Receiver { address, named })
}

/// Somebody who is to be given an allowance or votes.
pub(crate) struct Grantee {
    address: Address,
    named: Named,
    refusal: Refusal,
}

/// The error of an address that is nobody.
type Refusal = fn(Address, NoRecipient) -> TokenError;

impl Grantee {
    fn new<R: Runtime>(rt: &mut R, address: &Address, refusal: Refusal) -> Result<Self, ActorError> {
        let named = name_or_create(rt, address).map_err(|why| refusal(*address, why))?;
        let address = *address;
        Ok(Self {
            address,
            named,
            refusal,
        })
    }

    /// The id.
    pub(crate) fn id(&self) -> ActorID {
        self.named.id
    }

    /// For an event; `account` is theirs, if the state knows them as a holder. The log shows nobody as 0x0, so the actor that
    /// every network has there is given nothing, whichever form of its address was named.
    ///
    /// # Errors
    /// The grantee's refusal for an id without an actor, and for that actor.
    pub(crate) fn party<R: Runtime>(
        &self,
        scope: &Scope<'_, R>,
        account: Option<&Account>,
    ) -> Result<Party, ActorError> {
        let Named { id, eth, exists } = self.named;
        if !exists && account.is_none() && !scope.exists(id) {
            return Err((self.refusal)(self.address, NoRecipient::Missing(self.address)).into());
        }
        let known = account.and_then(|account| Party::holder(id, account).eth);
        let eth = eth.or(known).unwrap_or_else(|| scope.canonical(id));
        if eth == EthAddress::ZERO {
            return Err((self.refusal)(self.address, NoRecipient::Reserved(self.address)).into());
        }
        let eth = Some(eth);
        Ok(Party { id, eth })
    }
}

/// An operator, created if need be. Whether an id has an actor is looked up by [`Grantee::party`].
///
/// # Errors
/// [`TokenError::InvalidOperator`].
pub(crate) fn operator<R: Runtime>(rt: &mut R, address: &Address) -> Result<Grantee, ActorError> {
    Grantee::new(rt, address, TokenError::invalid_operator)
}

/// A delegate, created if need be as an operator is; nobody for 0x0.
///
/// # Errors
/// [`TokenError::InvalidDelegate`].
pub(crate) fn delegate<R: Runtime>(rt: &mut R, address: &Address) -> Result<Option<Grantee>, ActorError> {
    let address = unless_zero(*address);
    address
        .map(|address| Grantee::new(rt, &address, TokenError::invalid_delegate))
        .transpose()
}

/// Solidity says nobody by 0x0.
pub(crate) fn unless_zero(address: Address) -> Option<Address> {
    (EthAddress::from_delegated(&address) != Some(EthAddress::ZERO)).then_some(address)
}

/// The id of somebody who is to be given a role, created if need be.
///
/// # Errors
/// [`TokenError::InvalidOperator`].
pub(crate) fn appointee<R: Runtime>(rt: &mut R, address: &Address) -> Result<ActorID, ActorError> {
    resolve_or_create(rt, address).map_err(|why| TokenError::invalid_operator(*address, why).into())
}

/// The id of a holder whom an operator names. Nobody is created for it.
///
/// # Errors
/// [`TokenError::InvalidSender`].
pub(crate) fn holder<R: Runtime>(rt: &R, from: &Address) -> Result<ActorID, ActorError> {
    rt.resolve(from)
        .ok_or_else(|| TokenError::InvalidSender { from: *from }.into())
}

/// The id behind an address that is only looked up or taken a right from; none if it has no actor.
pub(crate) fn existing<R: Runtime>(rt: &R, address: &Address) -> Option<ActorID> {
    rt.resolve(address)
}

/// FRC-46: an operator is somebody other than the holder.
///
/// # Errors
/// [`TokenError::InvalidOperator`].
pub(crate) fn require_operator(operator: ActorID, holder: ActorID) -> Result<(), ActorError> {
    if operator != holder {
        return Ok(());
    }
    let why = "it is the holder itself".to_owned();
    Err(TokenError::InvalidOperator {
        operator: Address::new_id(operator),
        why,
    }
    .into())
}

/// Operator data is passed on to the recipient, so its length has a limit.
///
/// # Errors
/// [`TokenError::OperatorDataTooLong`].
pub(crate) fn require_operator_data(data: &RawBytes) -> Result<(), ActorError> {
    let len = data.len();
    if len <= MAX_OPERATOR_DATA {
        return Ok(());
    }
    Err(TokenError::OperatorDataTooLong {
        len,
        max: MAX_OPERATOR_DATA,
    }
    .into())
}
