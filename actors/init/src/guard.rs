//! The official order of checks in front of the method table.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::init::{FIRST_OPEN_TYPE, Init};
use holdfast_runtime::dispatch::Dispatch;
use holdfast_runtime::frc42::FIRST_METHOD;
use holdfast_runtime::official::{EVM, type_of};
use holdfast_runtime::{ActorError, Runtime};

use crate::InitActor;

/// The interface [`Init`], with the numbers below 2^24 closed to contracts and to actor types from 17 on, as every
/// official actor closes them.
pub struct Guarded;

impl Dispatch<InitActor> for Guarded {
    fn by_number<R: Runtime>(
        rt: &mut R,
        number: u64,
        params: Option<IpldBlock>,
    ) -> Result<Option<IpldBlock>, ActorError> {
        if number < FIRST_METHOD {
            only_official_callers(rt, rt.message().caller)?;
        }
        <Init as Dispatch<InitActor>>::by_number(rt, number, params)
    }

    fn by_selector<R: Runtime>(rt: &mut R, selector: u32, args: &[u8]) -> Result<Vec<u8>, ActorError> {
        <Init as Dispatch<InitActor>>::by_selector(rt, selector, args)
    }

    const STANDARDS: &'static [(&'static str, u32)] = <Init as Dispatch<InitActor>>::STANDARDS;
}

fn only_official_callers<R: Runtime>(rt: &R, caller: ActorID) -> Result<(), ActorError> {
    match type_of(rt, caller) {
        Some(kind) if kind != EVM && kind < FIRST_OPEN_TYPE => Ok(()),
        _ => Err(ActorError::forbidden(format!(
            "{} is no official actor: it may call FRC-42 methods only, from 2^24 up",
            Address::new_id(caller)
        ))),
    }
}
