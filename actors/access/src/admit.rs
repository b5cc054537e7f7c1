//! Which calls a delay holds up, by what they do and not by the way that they come; and how they are let in.

use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::clock::ChainEpoch;
use holdfast_api::access::{AccessError, DataSetId, MAX_SCHEDULED_PARAMS, Power, method};
use holdfast_policies::access::delay::opened;
use holdfast_runtime::error::Context;
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::scope::{Clock, Scope};
use holdfast_runtime::{ActorError, Runtime};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::acting::Acting;
use crate::data_set::DataSet;
use crate::powers::{require_admin, require_owner};
use crate::state::{AccessState, Operation};

/// Whom a method lets do it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Right {
    /// The owner.
    Owner,
    /// The owner and admins.
    Admin,
}

impl Right {
    /// Refuses everybody else.
    ///
    /// # Errors
    /// [`AccessError::NotOwner`], [`AccessError::NotAdmin`].
    pub(crate) fn require<S: Blockstore + Clock>(
        self,
        (st, scope): (&AccessState, &S),
        (data_set, head): (DataSetId, &DataSet),
        by: Acting,
    ) -> Result<(), ActorError> {
        match self {
            Self::Owner => require_owner(head, data_set, by),
            Self::Admin => require_admin(st, scope, (data_set, head), by),
        }
    }
}

/// A method that a delay can hold up.
pub(crate) trait Guarded: Method<Params: Serialize + DeserializeOwned> {
    /// The power that it uses.
    const POWER: Power;
    /// Whom it lets do it.
    const RIGHT: Right;
    /// The data set that its parameters are about.
    fn data_set(params: &Self::Params) -> DataSetId;
}

/// The one list of them.
macro_rules! guarded {
    ($($method:ident: $power:ident, by $right:ident, $data_set:expr;)+) => {
        $(impl Guarded for method::$method {
            const POWER: Power = Power::$power {};
            const RIGHT: Right = Right::$right;
            fn data_set(params: &Self::Params) -> DataSetId {
                let data_set: fn(&Self::Params) -> DataSetId = $data_set;
                data_set(params)
            }
        })+

        /// What is announced, from a method's number and parameters.
        ///
        /// # Errors
        /// [`AccessError::NeverDelayed`], [`AccessError::InvalidOperation`].
        pub(crate) fn announced(number: u64, params: &RawBytes) -> Result<Announced, ActorError> {
            match number {
                $(<method::$method as Method>::NUMBER => announce::<method::$method>(params),)+
                method => Err(AccessError::NeverDelayed { method }.into()),
            }
        }
    };
}

guarded! {
    SetRule: Rules, by Admin, |p| p.data_set;
    RemoveRule: Rules, by Admin, |p| p.data_set;
    SetAllowList: Rules, by Admin, |p| p.data_set;
    SetTerms: Terms, by Admin, |p| p.data_set;
    SetContent: Content, by Admin, |p| p.data_set;
    OfferDataSet: Handover, by Owner, |p| p.data_set;
    SetGuardian: Handover, by Owner, |p| p.data_set;
    CreatePlan: Selling, by Admin, |p| p.data_set;
    ChangePlan: Selling, by Admin, |p| p.data_set;
    PutEnvelopes: Keys, by Admin, |p| p.data_set;
    DropEnvelopes: Keys, by Admin, |p| p.data_set;
    SetGateway: Keys, by Admin, |p| p.data_set;
    Unfreeze: Unfreeze, by Owner, |data_set| *data_set;
    Suspend: Unfreeze, by Admin, |p| p.data_set;
    SetDelay: Delays, by Owner, |p| p.data_set;
}

/// A call that is announced.
pub(crate) struct Announced {
    pub(crate) power: Power,
    pub(crate) right: Right,
    pub(crate) data_set: DataSetId,
    pub(crate) method: u64,
    /// Encoded as the call's own will be.
    pub(crate) params: Vec<u8>,
}

impl Announced {
    fn of<M: Guarded>(params: &M::Params) -> Result<Self, ActorError> {
        let encoded = fvm_ipld_encoding::to_vec(params);
        Ok(Self {
            power: M::POWER,
            right: M::RIGHT,
            data_set: M::data_set(params),
            method: M::NUMBER,
            params: encoded.or_illegal_state("parameters do not encode")?,
        })
    }

    /// The operation's id.
    ///
    /// # Errors
    /// USR_ILLEGAL_STATE when it does not encode.
    pub(crate) fn id<R: Runtime>(&self, scope: &Scope<'_, R>, by: ActorID) -> Result<Bytes32, ActorError> {
        let params = RawBytes::new(self.params.clone());
        let text = fvm_ipld_encoding::to_vec(&(by, self.method, params, self.data_set));
        let text = text.or_illegal_state("an operation does not encode")?;
        Ok(Bytes32(scope.hash(Hash::Blake2b256, &text)))
    }
}

fn announce<M: Guarded>(params: &RawBytes) -> Result<Announced, ActorError> {
    let invalid = |why: String| {
        let method = M::NUMBER;
        AccessError::InvalidOperation { method, why }
    };
    let len = params.len();
    if len > MAX_SCHEDULED_PARAMS {
        let why = format!("they have {len} bytes where {MAX_SCHEDULED_PARAMS} are allowed");
        return Err(invalid(why).into());
    }
    let decoded = fvm_ipld_encoding::from_slice(params.bytes());
    Announced::of::<M>(&decoded.map_err(|why| invalid(why.to_string()))?)
}

/// Lets a call in that a delay can hold up: whoever makes it has to have the right to, and where the power that it uses is
/// delayed, the very same call has to be scheduled and ready. Then it is used up. Gives the data set's head.
///
/// # Errors
/// [`AccessError::NoDataSet`], those of the right, [`AccessError::NotScheduled`], [`AccessError::NotReady`],
/// [`AccessError::OperationExpired`].
pub(crate) fn admit<M: Guarded, R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    by: impl Into<Acting>,
    params: &M::Params,
) -> Result<DataSet, ActorError> {
    admit_since::<M, R>(st, scope, (by.into(), 0), params)
}

/// The same for what opens again: announced no sooner than it was closed, or somebody could be a delay ahead of whoever closes it.
///
/// # Errors
/// As [`admit`].
pub(crate) fn admit_since<M: Guarded, R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    (by, closed): (Acting, ChainEpoch),
    params: &M::Params,
) -> Result<DataSet, ActorError> {
    let data_set = M::data_set(params);
    let head = st.data_set(scope, data_set)?;
    M::RIGHT.require((st, scope), (data_set, &head), by)?;
    if head.has_delays {
        use_up(st, scope, (by.id(), closed), &Announced::of::<M>(params)?)?;
    }
    Ok(head)
}

fn use_up<R: Runtime>(
    st: &mut AccessState,
    scope: &Scope<'_, R>,
    (by, closed): (ActorID, ChainEpoch),
    call: &Announced,
) -> Result<(), ActorError> {
    let (data_set, now) = (call.data_set, scope.epoch());
    let id = call.id(scope, by)?;
    st.change_guards(scope, |guards| {
        let delay = guards.delays(scope, data_set)?.of_power(call.power.clone(), now);
        let mut operations = guards.operations(scope, data_set)?;
        let meant = |operation: &&Operation| operation.id == id && operation.announced >= closed;
        let ready = operations.iter().find(meant);
        let window = ready.map(|operation| opened(operation.ready));
        match window {
            // What is ready is used up even if the delay is gone: it was announced once.
            Some(window) if window.contains(now) => {
                operations.retain(|operation| operation.id != id);
                guards.set_operations(scope, data_set, operations)
            }
            _ if delay == 0 => Ok(()),
            None => Err(AccessError::NotScheduled { data_set, delay }.into()),
            Some(window) if now < window.start => {
                let ready = window.start;
                Err(AccessError::NotReady { ready, now }.into())
            }
            Some(window) => {
                let expires = window.end.unwrap_or(now);
                Err(AccessError::OperationExpired { expires, now }.into())
            }
        }
    })
}
