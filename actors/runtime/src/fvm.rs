//! The real machine: syscalls of the FVM.
#![allow(unsafe_code, reason = "the size-limited send needs the raw syscalls")]

use cid::Cid;
use fvm_ipld_blockstore::{Block, Blockstore};
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_sdk as sdk;
use fvm_sdk::error::StateUpdateError;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::crypto::hash::SupportedHashes;
use fvm_shared::crypto::signature::{SECP_PUB_LEN, SECP_SIG_LEN, Signature};
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use fvm_shared::event::ActorEvent;
use fvm_shared::sys::SendFlags;
use multihash_codetable::Code;

use crate::dispatch::{Dispatch, invoke};
use crate::error::ActorError;
use crate::runtime::{Hash, Message, Network, Runtime};
use crate::send::{Answer, Call, SendError};

/// The machine that a message runs on.
pub struct Fvm {
    message: Message,
    store: FvmStore,
}

impl Fvm {
    fn new() -> Self {
        let message = Message {
            caller: sdk::message::caller(),
            origin: sdk::message::origin(),
            receiver: sdk::message::receiver(),
            value: sdk::message::value_received(),
            method: sdk::message::method_number(),
            read_only: sdk::vm::read_only(),
        };
        Self {
            message,
            store: FvmStore,
        }
    }
}

/// The blocks that the actor can reach.
#[derive(Clone, Copy, Debug)]
pub struct FvmStore;

impl Blockstore for FvmStore {
    fn get(&self, cid: &Cid) -> anyhow::Result<Option<Vec<u8>>> {
        match sdk::ipld::get(cid) {
            Ok(block) => Ok(Some(block)),
            Err(ErrorNumber::NotFound) => Ok(None),
            Err(e) => Err(anyhow::Error::msg(e.to_string())),
        }
    }

    fn put_keyed(&self, cid: &Cid, block: &[u8]) -> anyhow::Result<()> {
        let hash = cid.hash();
        let stored = sdk::ipld::put(hash.code(), u32::from(hash.size()), cid.codec(), block);
        match stored {
            Ok(stored) if &stored == cid => Ok(()),
            Ok(stored) => Err(anyhow::Error::msg(format!(
                "a block for {cid} hashes to {stored}"
            ))),
            Err(e) => Err(anyhow::Error::msg(e.to_string())),
        }
    }

    fn put<D: AsRef<[u8]>>(&self, code: Code, block: &Block<D>) -> anyhow::Result<Cid> {
        sdk::ipld::put(code.into(), 32, block.codec, block.data.as_ref())
            .map_err(|e| anyhow::Error::msg(e.to_string()))
    }
}

fn send(call: &Call, flags: SendFlags) -> Result<Answer, SendError> {
    use sdk::sys;
    let to = call.to.to_bytes();
    let value: fvm_shared::sys::TokenAmount = (&call.value)
        .try_into()
        .map_err(|_| SendError::Refused(ErrorNumber::InsufficientFunds))?;
    let gas = call.gas_limit.unwrap_or(u64::MAX);
    // SAFETY: every pointer is to a live slice of the length given beside it.
    let sent = unsafe {
        let params = match &call.params {
            Some(p) => sys::ipld::block_create(p.codec, p.data.as_ptr(), p.data.len() as u32)
                .map_err(SendError::Refused)?,
            None => sdk::NO_DATA_BLOCK_ID,
        };
        sys::send::send(
            to.as_ptr(),
            to.len() as u32,
            call.method,
            params,
            value.hi,
            value.lo,
            gas,
            flags,
        )
        .map_err(SendError::Refused)?
    };
    let (len, max) = (sent.return_size, call.max_return);
    let code = ExitCode::new(sent.exit_code);
    if sent.return_id == sdk::NO_DATA_BLOCK_ID || (len > max && !code.is_success()) {
        return answer(code, None);
    }
    if len > max {
        return Err(SendError::Oversized { len, max });
    }
    let data = sdk::ipld::get_block(sent.return_id, Some(len)).map_err(SendError::Refused)?;
    answer(
        code,
        Some(IpldBlock {
            codec: sent.return_codec,
            data,
        }),
    )
}

fn answer(code: ExitCode, data: Option<IpldBlock>) -> Result<Answer, SendError> {
    if code.is_success() {
        Ok(Answer(data))
    } else {
        Err(SendError::Exit { code, data })
    }
}

impl Runtime for Fvm {
    type Store = FvmStore;

    fn message(&self) -> &Message {
        &self.message
    }

    fn network(&self) -> Network {
        Network {
            epoch: sdk::network::curr_epoch(),
            timestamp: sdk::network::tipset_timestamp(),
            chain_id: sdk::network::chain_id().into(),
            base_fee: sdk::network::base_fee(),
        }
    }

    fn balance(&self) -> TokenAmount {
        sdk::sself::current_balance()
    }

    fn resolve(&self, address: &Address) -> Option<ActorID> {
        sdk::actor::resolve_address(address)
    }

    fn delegated_address(&self, id: ActorID) -> Option<Address> {
        sdk::actor::lookup_delegated_address(id)
    }

    fn code_cid(&self, id: ActorID) -> Option<Cid> {
        sdk::actor::get_actor_code_cid(&Address::new_id(id))
    }

    fn type_of_code(&self, code: &Cid) -> Option<u32> {
        sdk::actor::get_builtin_actor_type(code).and_then(|kind| u32::try_from(kind).ok())
    }

    fn code_of_type(&self, kind: u32) -> Option<Cid> {
        let kind = i32::try_from(kind).ok()?;
        let mut buffer = [0; fvm_shared::MAX_CID_LEN];
        // SAFETY: the buffer is live and its length is given beside it.
        let len =
            unsafe { sdk::sys::actor::get_code_cid_for_type(kind, buffer.as_mut_ptr(), buffer.len() as u32) };
        Cid::read_bytes(buffer.get(..len.ok()? as usize)?).ok()
    }

    fn root(&self) -> Cid {
        match sdk::sself::root() {
            Ok(root) => root,
            Err(e) => sdk::vm::abort(ExitCode::USR_ILLEGAL_STATE.value(), Some(&e.to_string())),
        }
    }

    fn set_root(&mut self, root: &Cid) -> Result<(), ActorError> {
        sdk::sself::set_root(root).map_err(|e| match e {
            StateUpdateError::ReadOnly => ActorError::new(ExitCode::USR_READ_ONLY, format!("state: {e}")),
            StateUpdateError::ActorDeleted => ActorError::illegal_state(format!("state: {e}")),
        })
    }

    fn store(&self) -> &FvmStore {
        &self.store
    }

    fn send(&mut self, call: &Call) -> Result<Answer, SendError> {
        send(call, SendFlags::default())
    }

    fn ask(&self, call: &Call) -> Result<Answer, SendError> {
        send(call, SendFlags::READ_ONLY)
    }

    fn emit(&mut self, event: &ActorEvent) -> Result<(), ActorError> {
        sdk::event::emit_event(event).map_err(|e| match e {
            ErrorNumber::ReadOnly => ActorError::new(ExitCode::USR_READ_ONLY, format!("event: {e}")),
            other => ActorError::illegal_state(format!("event: {other}")),
        })
    }

    fn hash(&self, function: Hash, data: &[u8]) -> [u8; 32] {
        let function = match function {
            Hash::Sha256 => SupportedHashes::Sha2_256,
            Hash::Keccak256 => SupportedHashes::Keccak256,
            Hash::Blake2b256 => SupportedHashes::Blake2b256,
        };
        let mut digest = [0; 32];
        sdk::crypto::hash_into(function, data, &mut digest);
        digest
    }

    fn verify_signature(&self, signature: &Signature, signer: &Address, text: &[u8]) -> bool {
        sdk::crypto::verify_signature(signature, signer, text).unwrap_or(false)
    }

    fn recover_public_key(
        &self,
        hash: &[u8; 32],
        signature: &[u8; SECP_SIG_LEN],
    ) -> Option<[u8; SECP_PUB_LEN]> {
        sdk::crypto::recover_secp_public_key(hash, signature).ok()
    }

    fn randomness(&self, epoch: ChainEpoch) -> Option<[u8; 32]> {
        sdk::rand::get_beacon_randomness(epoch).ok()
    }

    fn gas_left(&self) -> u64 {
        sdk::gas::available()
    }

    fn next_actor_address(&mut self) -> Address {
        sdk::actor::next_actor_address()
    }

    fn create_actor(
        &mut self,
        id: ActorID,
        code: &Cid,
        delegated: Option<Address>,
    ) -> Result<(), ActorError> {
        sdk::actor::create_actor(id, code, delegated)
            .map_err(|e| ActorError::forbidden(format!("f0{id} with code {code} cannot be created: {e}")))
    }
}

/// Runs one message on the FVM. Called by the entry point that [`actor!`](crate::actor) writes.
pub fn trampoline<I: Dispatch<A>, A>(params: u32) -> u32 {
    sdk::vm::set_panic_handler();
    let params = match sdk::message::params_raw(params) {
        Ok(params) => params,
        Err(e) => sdk::vm::abort(ExitCode::USR_SERIALIZATION.value(), Some(&e.to_string())),
    };
    match invoke::<I, A, Fvm>(&mut Fvm::new(), params) {
        Ok(None) => sdk::NO_DATA_BLOCK_ID,
        Ok(Some(block)) => match sdk::ipld::put_block(block.codec, &block.data) {
            Ok(id) => id,
            Err(e) => sdk::vm::abort(ExitCode::USR_ILLEGAL_STATE.value(), Some(&e.to_string())),
        },
        Err(abort) => sdk::vm::exit(abort.error.code.value(), abort.data, Some(&abort.error.message)),
    }
}
