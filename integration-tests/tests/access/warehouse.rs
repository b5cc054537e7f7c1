//! A storage service that asks the actor who may write, as the Filecoin Warm Storage Service does.

use alloy_primitives::{B256, U256};
use alloy_sol_types::sol;
use holdfast_api::access::{ADMIN, GrantTerms, Scope, WRITE};
use holdfast_integration_tests::access::DATA;
use holdfast_integration_tests::carried::sign_digest;
use holdfast_localnet::Kind;

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

fn archive(actions: u8) -> GrantTerms {
    let path = "archive".to_owned();
    GrantTerms {
        scope: Scope::Path { path },
        ..GrantTerms::plain(actions)
    }
}

#[test]
fn a_storage_service_lets_in_who_has_access_and_each_operation_once() {
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
    let add = |number: u8| {
        let digest = B256::repeat_byte(number);
        let signature = sign_digest(&writer, &digest).to_vec().into();
        IWarehouse::addCall { digest, signature }
    };
    let end = |number: u8| {
        let digest = B256::repeat_byte(number);
        let signature = sign_digest(&writer, &digest).to_vec().into();
        IWarehouse::endCall { digest, signature }
    };
    let no = || Unauthorized {};
    library.w.evm(&provider, warehouse, add(1)).reverts(no());
    library.grant(&owner, &writer, archive(WRITE), None);
    library.w.evm(&provider, warehouse, add(1)).ok();
    library.w.evm(&provider, warehouse, add(1)).reverts(no());
    library.w.evm(&provider, warehouse, add(2)).ok();
    library.w.evm(&provider, warehouse, end(3)).reverts(no());
    library.grant(&owner, &writer, archive(ADMIN), None);
    library.w.evm(&provider, warehouse, end(3)).ok();
    assert_eq!(library.w.ask(warehouse, IWarehouse::piecesCall {}), U256::from(2));
    assert!(library.w.ask(warehouse, IWarehouse::endedCall {}));
}
