//! The limits of the machine: the size of answers and the depth of calls.

use fvm_ipld_encoding::{BytesDe, BytesSer, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::error::ErrorNumber;
use holdfast_runtime::caller::{ByInit, Caller};
use holdfast_runtime::error::Context;
use holdfast_runtime::evm::Args;
use holdfast_runtime::evm::face::{FilecoinCall, FilecoinReturn, HANDLE_FILECOIN_METHOD};
use holdfast_runtime::method::{Answer, Handle, INVOKE_EVM, Method};
use holdfast_runtime::send::{Call, SendError};
use holdfast_runtime::{ActorError, Runtime};

use crate::shelf::Shelf;
use crate::{ProbeActor, ReadParams, method};

/// Bytes that make a block of exactly one MiB in CBOR, the largest that the machine takes.
const MEGABYTE: usize = (1 << 20) - 5;

impl Handle<method::Constructor> for ProbeActor {
    fn handle<R: Runtime>(rt: &mut R, by: ByInit, (): ()) -> Result<(), ActorError> {
        rt.create(by, &Shelf::<Option<u64>>::default())
    }
}

impl Answer<method::Megabyte> for ProbeActor {
    fn answer<R: Runtime>(_: &R, _: Caller, (): ()) -> Result<RawBytes, ActorError> {
        Ok(RawBytes::new(vec![0x5a; MEGABYTE]))
    }
}

impl Answer<method::ReadMegabyte> for ProbeActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, params: ReadParams) -> Result<u64, ActorError> {
        let mut call = Call::new(params.of, method::Megabyte::NUMBER);
        call.max_return = params.max_return;
        let answer = rt.ask(&call).map_err(|why| why.into_error(&call))?;
        Ok(answer.decode::<RawBytes>()?.len() as u64)
    }
}

impl Answer<method::Descend> for ProbeActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, (): ()) -> Result<u64, ActorError> {
        let inner = FilecoinCall {
            method: method::Descend::NUMBER,
            codec: 0,
            params: RawBytes::default(),
        };
        let calldata = [HANDLE_FILECOIN_METHOD.to_be_bytes().to_vec(), inner.encode(rt)].concat();
        let me = Address::new_id(rt.message().receiver);
        let call = Call::new(me, INVOKE_EVM).with_params(&BytesSer(&calldata))?;
        match rt.ask(&call) {
            Ok(answer) => {
                let BytesDe(result) = answer.decode()?;
                let depth: u64 = FilecoinReturn::decode(&result)?
                    .data
                    .deserialize()
                    .or_serialization("depth")?;
                Ok(depth + 1)
            }
            Err(SendError::Refused(ErrorNumber::LimitExceeded)) => Ok(0),
            Err(why) => Err(why.into_error(&call)),
        }
    }
}

impl Handle<method::DescendWriting> for ProbeActor {
    fn handle<R: Runtime>(rt: &mut R, _: Caller, (): ()) -> Result<u64, ActorError> {
        rt.transaction(|shelf: &mut Shelf<Option<u64>>, _| {
            shelf.1 = Some(shelf.1.unwrap_or(0) + 1);
            Ok(())
        })?;
        let call = Call::new(
            Address::new_id(rt.message().receiver),
            method::DescendWriting::NUMBER,
        );
        match rt.send(&call) {
            Ok(answer) => Ok(answer.decode::<u64>()? + 1),
            Err(SendError::Refused(ErrorNumber::LimitExceeded)) => Ok(0),
            Err(why) => Err(why.into_error(&call)),
        }
    }
}
