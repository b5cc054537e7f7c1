//! The access actor and data sets.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    Asset, BuyParams, CreateDataSetParams, DataSetId, GrantId, GrantParams, GrantTerms, HasAccessParams,
    Node, Plan, PlanId, PlanKind, QuoteReturn, READ, Rule, Scope, SetRuleParams, Split, committed_words,
};
use holdfast_api::init::{canonical_address, method};
use holdfast_localnet::{Kind, Network, Wallet, ids};
use holdfast_runtime::evm::{Bytes32, EthAddress, keccak};
use holdfast_runtime::method::Method;

use crate::abi::IInit;
use crate::message::Message;
use crate::party::Party;
use crate::world::World;

/// The actor's name in the bundle.
pub const ACCESS: &str = "holdfast_access";

/// The first data set of a new actor.
pub const DATA: DataSetId = 1;

/// The message to Init that creates the canonical instance, and the address at which it is then.
///
/// # Panics
/// When the bundle has no access actor.
pub(crate) fn creation(network: &Network) -> (Message, Address) {
    let (code, number) = (network.bundle().code(ACCESS), network.bundle().actor_type(ACCESS));
    let init = Address::new_id(ids::INIT);
    let message = Message::call(
        init,
        method::ExecCanonical::NUMBER,
        &code.expect("the actor's code"),
    );
    (message, canonical_address(number.expect("the actor's type")))
}

impl World {
    /// Creates the canonical instance of the access actor through Init, by a 0x wallet through Init's Ethereum face; gives
    /// its id address.
    ///
    /// # Panics
    /// When Init refuses.
    #[track_caller]
    pub fn create_access(&mut self, from: &Wallet) -> Address {
        let (message, address) = creation(self.network());
        if from.kind() == Kind::Eth {
            let actor_type = self.network().bundle().actor_type(ACCESS);
            let actor_type = actor_type.expect("the actor's type");
            self.evm(from, message.to, IInit::createCanonicalCall(actor_type))
                .ok();
        } else {
            let Message {
                to,
                value,
                method,
                params,
            } = message;
            let receipt = self.send(from, to, value, method, params);
            assert!(receipt.is_ok(), "{}", receipt.error);
        }
        self.id(address)
    }
}

/// A data set that the caller owns, and that consists of nothing yet.
pub fn data_set() -> CreateDataSetParams {
    CreateDataSetParams {
        owner: None,
        guardian: None,
        content: Vec::new(),
        metadata: None,
        metadata_size: 0,
    }
}

/// A grant in the first data set, by the owner or from one of the giver's own.
pub fn giving(subject: Address, terms: GrantTerms, from: Option<GrantId>) -> GrantParams {
    GrantParams {
        data_set: DATA,
        subject,
        terms,
        from,
    }
}

/// May somebody do something in the first data set?
pub fn question(subject: Address, action: u8, scope: Scope) -> HasAccessParams {
    HasAccessParams {
        data_set: DATA,
        scope,
        subject,
        action,
        proofs: Vec::new(),
    }
}

/// A rule that opens reading the whole first data set to whom a policy lets in.
pub fn opening(nodes: Vec<Node>) -> SetRuleParams {
    let rule = Rule {
        scope: Scope::All {},
        actions: READ,
        requires: None,
        opens: Some(nodes),
        sealed: false,
    };
    SetRuleParams { data_set: DATA, rule }
}

/// A plan of the first data set: reading for 30 days a time, which can be shared and refunded less a tenth. Three quarters of
/// the price go to the first, the rest to the second.
pub fn monthly(asset: Option<Asset>, price: TokenAmount, [first, second]: [Address; 2]) -> Plan {
    let split = |to, bps| Split { to, bps };
    Plan {
        data_set: DATA,
        scope: Scope::All {},
        actions: READ,
        rate: None,
        kind: PlanKind::Subscription {
            period: 86_400,
            trial: 0,
        },
        asset,
        price,
        stock: None,
        each: 0,
        shareable: true,
        penalty_bps: Some(1_000),
        referrer_bps: 0,
        splits: vec![split(first, 7_500), split(second, 2_500)],
    }
}

/// What somebody buys, or renews, on the terms of a quote for one period.
pub fn agreed(plan: PlanId, quote: &QuoteReturn) -> BuyParams {
    BuyParams {
        plan,
        subject: None,
        periods: 1,
        max_price: quote.price.clone(),
        policy_version: quote.policy_version,
        terms_hash: quote.terms_hash,
        referrer: None,
    }
}

/// The commitment to somebody in the first data set.
pub fn commitment(w: &World, access: Address, subject: impl Party, salt: Bytes32) -> Bytes32 {
    let eth = |party: Address| EthAddress(w.eth(party).0.0);
    let domain = (w.network().profile().chain_id, eth(access));
    Bytes32(keccak(&[&committed_words(
        domain,
        DATA,
        eth(subject.address()),
        salt,
    )]))
}

/// An id as an address.
pub fn id(id: ActorID) -> Address {
    Address::new_id(id)
}
