//! Networks with the access actor and one data set.

use fvm_shared::address::Address;
use holdfast_api::access::{AccessAnswer, GrantId, GrantTerms, Node, READ, Scope, method};
use holdfast_integration_tests::access::{DATA, data_set, giving, opening, question};
use holdfast_integration_tests::{Answer, Party, World};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::method::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A network with one data set, and who owns it.
pub(crate) struct Library {
    pub(crate) w: World,
    pub(crate) access: Address,
    pub(crate) owner: Wallet,
}

impl Library {
    pub(crate) fn new() -> Self {
        let mut w = World::new();
        let owner = w.account(Kind::Secp256k1, 0);
        let access = w.create_access(&owner);
        let made = w.call::<method::CreateDataSet>(&owner, access, &data_set()).ok();
        assert_eq!(made, DATA);
        Self { w, access, owner }
    }

    /// Somebody calls the actor: by number, and by `handle_filecoin_method` who has a 0x key.
    #[track_caller]
    pub(crate) fn tries<M>(&mut self, who: &Wallet, params: &M::Params) -> Answer<M::Return>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        self.w.call_by_any::<M>(who, self.access, params)
    }

    /// The same, with success.
    #[track_caller]
    pub(crate) fn by<M>(&mut self, who: &Wallet, params: &M::Params) -> M::Return
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        self.tries::<M>(who, params).ok()
    }

    /// Gives a grant, by the owner or from one of the giver's own.
    #[track_caller]
    pub(crate) fn grant(
        &mut self,
        by: &Wallet,
        subject: impl Party,
        terms: GrantTerms,
        from: Option<GrantId>,
    ) -> GrantId {
        let params = giving(subject.address(), terms, from);
        self.w.call::<method::Grant>(by, self.access, &params).ok()
    }

    /// Opens reading to whom a policy lets in.
    #[track_caller]
    pub(crate) fn open(&mut self, nodes: Vec<Node>) {
        let owner = self.owner.clone();
        open(&mut self.w, &owner, self.access, nodes);
    }

    #[track_caller]
    pub(crate) fn ask(&self, subject: impl Party, action: u8, scope: Scope) -> AccessAnswer {
        let params = question(subject.address(), action, scope);
        self.w.view::<method::HasAccess>(self.access, &params)
    }

    #[track_caller]
    pub(crate) fn reads(&self, subject: impl Party) -> bool {
        self.ask(subject, READ, Scope::All {}).allowed
    }
}

/// Opens reading to whom a policy lets in.
#[track_caller]
pub(crate) fn open(w: &mut World, owner: &Wallet, access: Address, nodes: Vec<Node>) {
    w.call::<method::SetRule>(owner, access, &opening(nodes)).ok();
}
