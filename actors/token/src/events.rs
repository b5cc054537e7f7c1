//! Emitting: ids become canonical 0x addresses here.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::TokenError;
use holdfast_api::token::events::{Approval, DelegateChanged, DelegateVotesChanged, Transfer};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::{EthAddress, canonical};
use holdfast_runtime::{ActorError, Runtime};

use crate::account::Account;
use crate::votes::{Change, Changes};

/// Why the actor at 0x0 is nobody.
const AT_ZERO: &str = "its 0x form is 0x0";

/// Somebody whom an event names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Party {
    pub(crate) id: ActorID,
    /// The 0x form; looked up if it is not known.
    pub(crate) eth: Option<EthAddress>,
}

impl Party {
    /// A holder, with what the account knows of the 0x form.
    pub(crate) fn holder(id: ActorID, account: &Account) -> Self {
        let eth = account.masked.then(|| EthAddress::from_id(id));
        Self { id, eth }
    }

    fn form<R: Runtime>(self, rt: &R) -> EthAddress {
        self.eth.unwrap_or_else(|| canonical(rt, self.id))
    }
}

impl From<ActorID> for Party {
    fn from(id: ActorID) -> Self {
        Self { id, eth: None }
    }
}

/// Tokens moved; nobody stands for making and destroying them. The log shows nobody as 0x0, so the actor that every
/// network has at 0x0 moves nothing, whichever form of its address was given.
///
/// # Errors
/// [`TokenError::InvalidSender`] and [`TokenError::InvalidReceiver`] for that actor; those of the machine.
pub(crate) fn transferred<R: Runtime>(
    rt: &mut R,
    from: Option<Party>,
    to: Option<Party>,
    value: &TokenAmount,
) -> Result<(), ActorError> {
    let event = Transfer {
        from: form_or_zero(rt, from),
        to: form_or_zero(rt, to),
        value: value.clone(),
    };
    if let Some(party) = from.filter(|_| event.from == EthAddress::ZERO) {
        let from = Address::new_id(party.id);
        return Err(TokenError::InvalidSender { from }.into());
    }
    if let Some(party) = to.filter(|_| event.to == EthAddress::ZERO) {
        let (to, why) = (Address::new_id(party.id), AT_ZERO.to_owned());
        return Err(TokenError::InvalidReceiver { to, why }.into());
    }
    event.emit(rt)
}

/// An allowance was set.
///
/// # Errors
/// Those of the machine.
pub(crate) fn approved<R: Runtime>(
    rt: &mut R,
    (owner, spender): (ActorID, Party),
    value: &TokenAmount,
) -> Result<(), ActorError> {
    let event = Approval {
        owner: canonical(rt, owner),
        spender: spender.form(rt),
        value: value.clone(),
    };
    event.emit(rt)
}

/// A holder delegated their votes, from one to another; nobody stands for none.
///
/// # Errors
/// Those of the machine.
pub(crate) fn delegated<R: Runtime>(
    rt: &mut R,
    delegator: Party,
    (from, to): (Option<Party>, Option<Party>),
) -> Result<(), ActorError> {
    let event = DelegateChanged {
        delegator: delegator.form(rt),
        from_delegate: form_or_zero(rt, from),
        to_delegate: form_or_zero(rt, to),
    };
    event.emit(rt)
}

/// Votes of delegates changed.
///
/// # Errors
/// Those of the machine.
pub(crate) fn votes_changed<R: Runtime>(rt: &mut R, changes: Changes) -> Result<(), ActorError> {
    for Change {
        delegate,
        before,
        after,
    } in changes.0
    {
        let event = DelegateVotesChanged {
            delegate: delegate.form(rt),
            previous_votes: before,
            new_votes: after,
        };
        event.emit(rt)?;
    }
    Ok(())
}

fn form_or_zero<R: Runtime>(rt: &R, party: Option<Party>) -> EthAddress {
    party.map_or(EthAddress::ZERO, |party| party.form(rt))
}

/// The 0x form of an actor, 0x0 for nobody.
pub(crate) fn eth_or_zero<R: Runtime>(rt: &R, id: Option<ActorID>) -> EthAddress {
    id.map_or(EthAddress::ZERO, |id| canonical(rt, id))
}
