//! The empty address map, at genesis.

use holdfast_api::init::{ConstructorParams, method};
use holdfast_runtime::caller::{Access, BySystem, Caller, System};
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;
use crate::state::State;

impl Handle<method::Constructor> for InitActor {
    fn handle<R: Runtime>(rt: &mut R, _caller: Caller, params: ConstructorParams) -> Result<(), ActorError> {
        // Here and not in the table: the official Init decodes the parameters first.
        let system = System::check(rt)?;
        construct(rt, system, params)
    }
}

fn construct<R: Runtime>(rt: &mut R, system: BySystem, params: ConstructorParams) -> Result<(), ActorError> {
    if rt.state::<State>().is_ok() {
        return Err(ActorError::illegal_state("Init has a state already"));
    }
    let state = State::new(rt.store().clone(), params.network_name)?;
    rt.create(system, &state)
}
