//! What the double answers to the actor under test.

use cid::Cid;
use fvm_ipld_blockstore::Blockstore;
use fvm_shared::ActorID;
use fvm_shared::address::{Address, Payload};
use fvm_shared::clock::ChainEpoch;
use fvm_shared::crypto::signature::{SECP_PUB_LEN, SECP_SIG_LEN, Signature};
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::ExitCode;
use fvm_shared::event::ActorEvent;

use super::{Actor, Expected, Mock, Reply, Store};
use crate::error::ActorError;
use crate::runtime::{Hash, Message, Network, Runtime};
use crate::send::Call;

impl Runtime for Mock {
    type Store = Store;

    fn message(&self) -> &Message {
        &self.message
    }

    fn network(&self) -> Network {
        self.network.clone()
    }

    fn balance(&self) -> TokenAmount {
        self.balance.clone()
    }

    fn resolve(&self, address: &Address) -> Option<ActorID> {
        address
            .id()
            .ok()
            .or_else(|| self.addresses.borrow().get(&address.to_bytes()).copied())
    }

    fn delegated_address(&self, id: ActorID) -> Option<Address> {
        self.actors.get(&id)?.delegated
    }

    fn code_cid(&self, id: ActorID) -> Option<Cid> {
        self.actors.get(&id).map(|actor| actor.code)
    }

    fn type_of_code(&self, code: &Cid) -> Option<u32> {
        self.manifest
            .iter()
            .position(|other| other == code)
            .map(|at| at as u32 + 1)
    }

    fn code_of_type(&self, kind: u32) -> Option<Cid> {
        self.manifest.get((kind as usize).checked_sub(1)?).copied()
    }

    fn root(&self) -> Cid {
        self.root
    }

    fn set_root(&mut self, root: &Cid) -> Result<(), ActorError> {
        if self.message.read_only {
            return Err(ActorError::new(
                ExitCode::USR_READ_ONLY,
                "state: the call is read-only",
            ));
        }
        assert!(
            matches!(self.store.has(root), Ok(true)),
            "the new root {root} is not in the store"
        );
        self.root = *root;
        Ok(())
    }

    fn store(&self) -> &Store {
        &self.store
    }

    fn send(&mut self, call: &Call) -> Reply {
        let (reply, creates) = self.answer(call, false);
        if reply.is_ok() {
            self.balance -= &call.value;
            if let Some((address, id)) = creates {
                let delegated = matches!(address.payload(), Payload::Delegated(_)).then_some(address);
                self.add_actor(id, if delegated.is_some() { 13 } else { 4 }, delegated);
                self.name_actor(address, id);
            }
        }
        reply
    }

    fn ask(&self, call: &Call) -> Reply {
        self.answer(call, true).0
    }

    fn emit(&mut self, event: &ActorEvent) -> Result<(), ActorError> {
        if self.message.read_only {
            return Err(ActorError::new(
                ExitCode::USR_READ_ONLY,
                "event: the call is read-only",
            ));
        }
        let bytes: usize = event.entries.iter().map(|entry| entry.value.len()).sum();
        assert!(
            bytes <= 8 << 10,
            "the machine refuses an event with {bytes} bytes of values: 8 192 are allowed"
        );
        if !self.watched {
            self.emitted.push(event.clone());
            return Ok(());
        }
        match self.next_expected(event) {
            Expected::Event(wanted) => assert_eq!(&wanted, event, "another event was expected"),
            Expected::Send { call, .. } => {
                panic!("expected the send {call:#?}\nbut the actor emitted {event:#?}")
            }
        }
        Ok(())
    }

    fn hash(&self, function: Hash, data: &[u8]) -> [u8; 32] {
        use multihash_codetable::{Code, MultihashDigest};
        let mut digest = [0; 32];
        match function {
            Hash::Sha256 => digest.copy_from_slice(Code::Sha2_256.digest(data).digest()),
            Hash::Blake2b256 => digest.copy_from_slice(Code::Blake2b256.digest(data).digest()),
            Hash::Keccak256 => digest = crate::evm::keccak(&[data]),
        }
        digest
    }

    fn verify_signature(&self, signature: &Signature, signer: &Address, text: &[u8]) -> bool {
        self.signatures
            .iter()
            .any(|(who, what, how)| who == signer && what == text && how == signature.bytes())
    }

    fn recover_public_key(
        &self,
        hash: &[u8; 32],
        signature: &[u8; SECP_SIG_LEN],
    ) -> Option<[u8; SECP_PUB_LEN]> {
        let (rs, v) = signature.split_at(64);
        let (signature, v) = (k256::ecdsa::Signature::from_slice(rs).ok()?, *v.first()?);
        // The machine takes both twins of a signature, the library the lower one only.
        let twin = signature.normalize_s().map(|low| (low, v ^ 1));
        let (signature, v) = twin.unwrap_or((signature, v));
        let recovery = k256::ecdsa::RecoveryId::from_byte(v)?;
        let key = k256::ecdsa::VerifyingKey::recover_from_prehash(hash, &signature, recovery).ok()?;
        key.to_encoded_point(false).as_bytes().try_into().ok()
    }

    fn randomness(&self, epoch: ChainEpoch) -> Option<[u8; 32]> {
        (epoch <= self.network.epoch).then(|| self.hash(Hash::Blake2b256, &epoch.to_be_bytes()))
    }

    fn gas_left(&self) -> u64 {
        self.gas
    }

    fn next_actor_address(&mut self) -> Address {
        Address::new_actor(&[self.created.len() as u8, 0x5e])
    }

    fn create_actor(
        &mut self,
        id: ActorID,
        code: &Cid,
        delegated: Option<Address>,
    ) -> Result<(), ActorError> {
        self.created.push((id, *code, delegated));
        self.actors.insert(
            id,
            Actor {
                code: *code,
                delegated,
            },
        );
        Ok(())
    }
}
