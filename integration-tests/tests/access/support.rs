//! Networks with the access actor and one data set.

use std::sync::LazyLock;

use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_access::invariants;
use holdfast_access::state::AccessState;
use holdfast_api::access::{
    AccessAnswer, CreateDataSetParams, DataSetId, GrantId, GrantParams, GrantTerms, HasAccessParams, Node,
    READ, Rule, Scope, SetRuleParams, method,
};
use holdfast_bundle::Flavour;
use holdfast_integration_tests::bundle::with_actors;
use holdfast_integration_tests::{Party, World};
use holdfast_localnet::{Bundle, Kind, Options, Wallet};

/// The name of the actor in the bundle.
const ACCESS: &str = "holdfast_access";

/// The suite and the access actor.
static BUNDLE: LazyLock<Bundle> = LazyLock::new(|| with_actors(Flavour::Calibrationnet, &[ACCESS]).bundle);

/// A network with one data set, and who owns it.
pub(crate) struct Library {
    pub(crate) w: World,
    pub(crate) access: Address,
    pub(crate) owner: Wallet,
}

/// The data set.
pub(crate) const DATA: DataSetId = 1;

/// A grant for somebody, by the owner or from one of the giver's own.
pub(crate) fn giving(subject: Address, terms: GrantTerms, from: Option<GrantId>) -> GrantParams {
    GrantParams {
        data_set: DATA,
        subject,
        terms,
        from,
    }
}

impl Library {
    pub(crate) fn new() -> Self {
        let mut w = World::with(&Options::new(BUNDLE.clone()));
        let owner = w.account(Kind::Secp256k1, 0);
        let none = to_vec(&()).unwrap();
        let created = w.run(&owner, |network| {
            network.exec(&owner, ACCESS, &none, TokenAmount::default())
        });
        let access = created.0.id_address;
        let data_set = CreateDataSetParams {
            owner: None,
            guardian: None,
            content: Vec::new(),
            metadata: None,
            metadata_size: 0,
        };
        let made = w.call::<method::CreateDataSet>(&owner, access, &data_set).ok();
        assert_eq!(made, DATA);
        Self { w, access, owner }
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
        let grant = self.w.call::<method::Grant>(by, self.access, &params).ok();
        self.check();
        grant
    }

    /// Opens reading to whom a policy lets in.
    #[track_caller]
    pub(crate) fn open(&mut self, nodes: Vec<Node>) {
        let owner = self.owner.clone();
        open(&mut self.w, &owner, self.access, nodes);
        self.check();
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

    #[track_caller]
    pub(crate) fn check(&self) {
        let network = self.w.network();
        let state: AccessState = network.state(&self.access).unwrap();
        invariants::check(&state, network.store()).assert_none();
    }
}

/// Opens reading to whom a policy lets in.
#[track_caller]
pub(crate) fn open(w: &mut World, owner: &Wallet, access: Address, nodes: Vec<Node>) {
    let rule = Rule {
        scope: Scope::All {},
        actions: READ,
        requires: None,
        opens: Some(nodes),
        sealed: false,
    };
    let params = SetRuleParams { data_set: DATA, rule };
    w.call::<method::SetRule>(owner, access, &params).ok();
}

/// May somebody?
pub(crate) fn question(subject: Address, action: u8, scope: Scope) -> HasAccessParams {
    HasAccessParams {
        data_set: DATA,
        scope,
        subject,
        action,
        proofs: Vec::new(),
    }
}
