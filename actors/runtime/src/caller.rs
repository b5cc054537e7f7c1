//! Who calls. A handler can only be reached with the token that its check yields.

use fvm_shared::ActorID;
use fvm_shared::address::Address;

use crate::error::ActorError;
use crate::runtime::Runtime;

/// The Init actor.
pub const INIT_ACTOR_ID: ActorID = 1;
/// The system actor.
pub const SYSTEM_ACTOR_ID: ActorID = 0;
/// The Ethereum Address Manager.
pub const EAM_ACTOR_ID: ActorID = 10;

/// Proof that a call came from this actor. Only an [`Access`] check makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller(ActorID);

impl Caller {
    /// The immediate caller's id.
    pub fn id(&self) -> ActorID {
        self.0
    }

    /// The immediate caller as an id address.
    pub fn address(&self) -> Address {
        Address::new_id(self.0)
    }
}

/// Proof that the Init actor calls, that is, that this actor is being created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByInit(());

/// Proof that the system actor calls, at genesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BySystem(());

/// Proof that the Ethereum Address Manager calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByEam(());

/// Proof that this message is the one that brings the actor to life. [`Runtime::create`] asks for it, so that no other
/// method can put a first state in the place of the one that is there.
pub trait Birth: sealed::Sealed {}
impl Birth for ByInit {}
impl Birth for BySystem {}

mod sealed {
    /// Proofs are made here only.
    pub trait Sealed {}
    impl Sealed for super::ByInit {}
    impl Sealed for super::BySystem {}
}

/// A rule about who may call a method. Named in the method table (`from Init`), checked by the
/// dispatcher before the parameters are decoded.
pub trait Access {
    /// What a passed check hands to the handler.
    type Proof;
    /// How the IDL and the docs name the rule.
    const NAME: &'static str;
    /// Checks the immediate caller.
    ///
    /// # Errors
    /// USR_FORBIDDEN, naming the caller.
    fn check<R: Runtime>(rt: &R) -> Result<Self::Proof, ActorError>;
}

/// Whoever calls. What they may do is decided with the state at hand.
pub struct Anyone;

impl Access for Anyone {
    type Proof = Caller;
    const NAME: &'static str = "anyone";
    fn check<R: Runtime>(rt: &R) -> Result<Caller, ActorError> {
        Ok(Caller(rt.message().caller))
    }
}

/// Whoever the handler lets in: for methods that have to decode their parameters before they look at the caller, as
/// the official actors do. The handler gets its token from another rule's [`Access::check`].
pub struct HandlerDecides;

impl Access for HandlerDecides {
    type Proof = Caller;
    const NAME: &'static str = "see below";
    fn check<R: Runtime>(rt: &R) -> Result<Caller, ActorError> {
        Ok(Caller(rt.message().caller))
    }
}

macro_rules! singletons {
    ($($(#[doc = $doc:literal])+ $name:ident, $id:ident, $proof:ident, $text:literal;)+) => {$(
        $(#[doc = $doc])+
        pub struct $name;

        impl Access for $name {
            type Proof = $proof;
            const NAME: &'static str = $text;
            fn check<R: Runtime>(rt: &R) -> Result<$proof, ActorError> {
                only(rt, $id, $text).map(|()| $proof(()))
            }
        }
    )+};
}

singletons! {
    /// The Init actor only: constructors of actors that are created by messages.
    Init, INIT_ACTOR_ID, ByInit, "init";
    /// The system actor only: constructors that run at genesis.
    System, SYSTEM_ACTOR_ID, BySystem, "system";
    /// The Ethereum Address Manager only.
    Eam, EAM_ACTOR_ID, ByEam, "eam";
}

fn only<R: Runtime>(rt: &R, id: ActorID, name: &str) -> Result<(), ActorError> {
    let caller = rt.message().caller;
    if caller == id {
        return Ok(());
    }
    let wanted = Address::new_id(id);
    Err(ActorError::forbidden(format!(
        "only {wanted} ({name}) may call this, not {}",
        Address::new_id(caller)
    )))
}
