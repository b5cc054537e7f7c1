//! The official multisig, by which two decide together.

use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::Method;
use serde::Serialize;

use crate::World;

const PROPOSE: u64 = 2;
const APPROVE: u64 = 3;

/// A multisig of two, both of whom have to agree.
pub struct Council {
    /// Who has to agree.
    pub members: [Wallet; 2],
    /// The multisig's id address.
    pub address: Address,
}

impl Council {
    /// Makes one.
    #[track_caller]
    pub fn new(w: &mut World) -> Self {
        let members = [w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0)];
        let signers = members.each_ref().map(Wallet::address);
        let params = to_vec(&(signers, 2u64, 0i64, 0i64)).expect("parameters");
        let none = TokenAmount::default();
        let (made, _) = w.run(&members[0], |network| {
            network.exec(&members[0], "multisig", &params, none)
        });
        let address = made.id_address;
        Self { members, address }
    }

    /// One proposes a call, the other approves it, and it runs: gives its exit code and what it returned.
    #[track_caller]
    pub fn tries<M: Method<Params: Serialize>>(
        &self,
        w: &mut World,
        to: Address,
        params: &M::Params,
    ) -> (u32, RawBytes) {
        let inner = if size_of::<M::Params>() == 0 {
            Vec::new()
        } else {
            to_vec(params).expect("parameters")
        };
        let none = TokenAmount::default();
        let proposal = to_vec(&(to, none.clone(), M::NUMBER, RawBytes::new(inner))).expect("a proposal");
        let [first, second] = &self.members;
        let proposed = w.send(first, self.address, none.clone(), PROPOSE, proposal.into());
        let proposed = proposed.ok("Propose").expect("a transaction");
        let (id, applied, ..): (i64, bool, u32, RawBytes) = proposed.decode().expect("a transaction");
        assert!(!applied, "one signature is not enough");
        let approval = to_vec(&(id, RawBytes::default())).expect("an approval");
        let approved = w.send(second, self.address, none, APPROVE, approval.into());
        let approved = approved.ok("Approve").expect("a transaction");
        let (applied, code, returned): (bool, u32, RawBytes) = approved.decode().expect("a transaction");
        assert!(applied, "two signatures are enough");
        (code, returned)
    }

    /// The same, with success.
    #[track_caller]
    pub fn decides<M: Method<Params: Serialize>>(&self, w: &mut World, to: Address, params: &M::Params) {
        let (code, _) = self.tries::<M>(w, to, params);
        assert_eq!(code, 0, "the call ended with {code}");
    }
}
