//! A storage service that asks the actor who may write, as the Filecoin Warm Storage Service does.

use alloy_primitives::{B256, Bytes, U256};
use alloy_sol_types::sol;
use fvm_shared::address::Address;
use fvm_shared::error::ExitCode;
use holdfast_api::access::{
    ADMIN, GrantTerms, Node, POLICY_GAS, Rule, Scope, SetRuleParams, Standard, WRITE, method,
};
use holdfast_integration_tests::access::{DATA, opening};
use holdfast_integration_tests::carried::sign_digest;
use holdfast_integration_tests::{Answer, tokens};
use holdfast_localnet::{Call, Kind, Outcome, Receipt, Wallet};

use crate::support::Library;

sol! {
    #[derive(Debug, PartialEq)]
    error Unauthorized();
    interface IWarehouse {
        function add(bytes32 digest, bytes signature) external;
        function end(bytes32 digest, bytes signature) external;
        function pieces() external view returns (uint256);
        function ended() external view returns (bool);
    }
    interface IFace {
        function bindService(address service, uint256 serviceDataSet, uint64 dataSet, string path) external;
    }
}

/// What the service lets its question use.
const SERVICE_GAS: u64 = 150_000_000;

fn archive(actions: u8) -> GrantTerms {
    let path = "archive".to_owned();
    GrantTerms {
        scope: Scope::Path { path },
        ..GrantTerms::plain(actions)
    }
}

/// A storage service that asks about one folder of the data set.
struct Depot {
    library: Library,
    warehouse: Address,
    writer: Wallet,
    provider: Wallet,
}

impl Depot {
    #[track_caller]
    fn new() -> Self {
        let mut library = Library::new();
        let (owner, access) = (library.owner.clone(), library.access);
        let [payer, writer, provider] = [3, 4, 5].map(|number| library.w.account(Kind::Eth, number));
        let places = (library.w.eth(access), library.w.eth(&payer));
        let warehouse = library.w.deploy_with(&provider, "Warehouse", &places);
        let bind = IFace::bindServiceCall {
            service: library.w.eth(warehouse),
            serviceDataSet: U256::from(42),
            dataSet: DATA,
            path: "archive".to_owned(),
        };
        library.grant(&owner, &payer, GrantTerms::plain(ADMIN), None);
        library.w.evm(&payer, access, bind).ok();
        Self {
            library,
            warehouse,
            writer,
            provider,
        }
    }

    /// Pieces, as the writer signed for them.
    #[track_caller]
    fn adds(&mut self, number: u8) -> Answer<IWarehouse::addReturn> {
        let (digest, signature) = self.signed(number);
        let call = IWarehouse::addCall { digest, signature };
        self.library.w.evm(&self.provider, self.warehouse, call)
    }

    #[track_caller]
    fn ends(&mut self, number: u8) -> Answer<IWarehouse::endReturn> {
        let (digest, signature) = self.signed(number);
        let call = IWarehouse::endCall { digest, signature };
        self.library.w.evm(&self.provider, self.warehouse, call)
    }

    fn signed(&self, number: u8) -> (B256, Bytes) {
        let digest = B256::repeat_byte(number);
        (digest, sign_digest(&self.writer, &digest).to_vec().into())
    }

    #[track_caller]
    fn grants(&mut self, actions: u8) {
        let (owner, writer) = (self.library.owner.clone(), self.writer.clone());
        self.library.grant(&owner, &writer, archive(actions), None);
    }

    /// Writing needs what one policy requires, and is opened by another.
    #[track_caller]
    fn rules(&mut self, requires: Vec<Node>, opens: Vec<Node>) {
        let owner = self.library.owner.clone();
        let SetRuleParams { data_set, rule } = opening(opens);
        let rule = Rule {
            actions: WRITE,
            requires: Some(requires),
            ..rule
        };
        self.library
            .by::<method::SetRule>(&owner, &SetRuleParams { data_set, rule });
    }

    /// The gas of a message in which the service asks and is answered.
    #[track_caller]
    fn answered(&self, receipt: &Receipt) -> u64 {
        let access = self.library.access.id().expect("an id address");
        let is_it = |call: &Call| call.invoked.is_some_and(|(id, _)| id == access);
        let call = receipt.trace.call.as_ref().and_then(|call| call.find(&is_it));
        assert_eq!(call.expect("a question").outcome, Outcome::Exit(ExitCode::OK));
        receipt.gas_used
    }

    fn pieces(&self) -> U256 {
        self.library.w.ask(self.warehouse, IWarehouse::piecesCall {})
    }
}

#[test]
fn a_storage_service_lets_in_who_has_access_and_each_operation_once() {
    let mut depot = Depot::new();
    let no = || Unauthorized {};
    depot.adds(1).reverts(no());
    depot.grants(WRITE);
    depot.adds(1).ok();
    depot.adds(1).reverts(no());
    depot.adds(2).ok();
    depot.ends(3).reverts(no());
    depot.grants(ADMIN);
    depot.ends(3).ok();
    assert_eq!(depot.pieces(), U256::from(2));
    assert!(depot.library.w.ask(depot.warehouse, IWarehouse::endedCall {}));
}

/// The most nodes: one takes all the gas there is, many are asked in vain, and it is always time.
fn dearest(glutton: Address) -> Vec<Node> {
    let first = Node::External {
        actor: glutton,
        method: 77_777_777,
        gas: POLICY_GAS,
    };
    let others = Node::Holder {
        token: glutton,
        standard: Standard::Erc20 {},
        least: tokens(1),
        held_for: 0,
    };
    let always = Node::TimeWindow { start: 0, end: None };
    let (any, others) = (vec![Node::Or { of: 31 }, first], vec![others; 29]);
    [any, others, vec![always]].concat()
}

#[test]
fn the_dearest_policies_are_answered_within_the_gas_of_the_service() {
    let mut depot = Depot::new();
    let glutton = depot.library.glutton();
    let nodes = dearest(glutton);
    assert_eq!(nodes.len(), 32);
    let never = vec![nodes[1].clone()];
    depot.rules(nodes.clone(), never);
    let refused = depot.adds(1);
    depot.rules(nodes.clone(), nodes);
    let allowed = depot.adds(1);
    for answer in [&refused, &allowed] {
        let gas = depot.answered(&answer.receipt);
        assert!((POLICY_GAS..SERVICE_GAS).contains(&gas), "{gas} gas");
    }
    refused.reverts(Unauthorized {});
    allowed.ok();
    assert_eq!(depot.pieces(), U256::from(1));
}
