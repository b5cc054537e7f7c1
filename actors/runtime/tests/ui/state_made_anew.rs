//! Only a constructor can write a first state: every other method has no proof of birth.

use holdfast_runtime::caller::Caller;
use holdfast_runtime::state::{State, Version};
use holdfast_runtime::{ActorError, Runtime};

#[derive(serde_tuple::Serialize_tuple, serde_tuple::Deserialize_tuple)]
struct Lamp {
    version: Version<1>,
}

impl State for Lamp {
    const VERSION: Option<u64> = Some(1);
}

fn switch<R: Runtime>(rt: &mut R, caller: Caller) -> Result<(), ActorError> {
    rt.create(caller, &Lamp { version: Version })
}

fn main() {}
