//! Solidity contracts that open a function to those with access, and wallets that do everything by calldata.

use alloy_primitives::U256;
use alloy_sol_types::sol;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{GRANT, GrantAt, GrantTerms, READ, Reason, Scope, method};
use holdfast_integration_tests::access::DATA;
use holdfast_localnet::Kind;

use crate::support::Library;

sol! {
    #[derive(Debug, PartialEq)]
    error NotAllowed(address visitor, uint8 reason);
    #[derive(Debug, PartialEq)]
    error AccessManagedUnauthorized(address caller);
    interface IWard {
        function visit() external;
        function visits() external view returns (uint256);
    }
    interface IFace {
        function createDataSet() external returns (uint64);
        function grant(uint64 dataSet, address subject, uint8 actions, string path, uint64 start, uint64 end, uint64 from) external returns (uint64);
        function revoke(uint64 dataSet, address subject, uint64 grant) external;
        function hasAccess(uint64 dataSet, string path, address subject, uint8 action) external view returns (bool);
        function canCall(address caller, address target, bytes4 selector) external view returns (bool, uint32);
        function supportsInterface(bytes4 interfaceId) external view returns (bool);
        function passOf(uint64 dataSet, address subject, uint64 grant) external view returns (uint256);
        function userOf(uint256 tokenId) external view returns (address);
        function isRevoked(address namespace, bytes32 revocationList, bytes32 revocationKey) external view returns (bool);
    }
}

fn ward() -> GrantTerms {
    let path = "ward".to_owned();
    GrantTerms {
        scope: Scope::Path { path },
        ..GrantTerms::plain(READ)
    }
}

fn visits(library: &Library, ward: Address) -> U256 {
    library.w.ask(ward, IWard::visitsCall {})
}

#[test]
fn a_contract_opens_its_function_to_those_with_access_and_to_nobody_else() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let access = library.w.eth(library.access);
    let ward_at = library.w.deploy_with(&owner, "Ward", &(access, DATA));
    for kind in [Kind::Eth, Kind::Secp256k1, Kind::Bls] {
        let reader = library.w.account(kind, 5);
        let eth = library.w.eth(&reader);
        let before = visits(&library, ward_at);
        let refused = |reason: Reason| NotAllowed {
            visitor: eth,
            reason: reason.number(),
        };
        library
            .w
            .evm(&reader, ward_at, IWard::visitCall {})
            .reverts(refused(Reason::Nothing {}));
        let grant = library.grant(&owner, &reader, ward(), None);
        library.w.evm(&reader, ward_at, IWard::visitCall {}).ok();
        let subject = holdfast_integration_tests::Party::address(&reader);
        let at = GrantAt {
            data_set: DATA,
            subject,
            grant,
        };
        let access = library.access;
        library.w.call::<method::Revoke>(&owner, access, &at).ok();
        let why = "revoked".to_owned();
        let dead = Reason::Dead {
            grant,
            at: grant,
            why,
        };
        library
            .w
            .evm(&reader, ward_at, IWard::visitCall {})
            .reverts(refused(dead));
        assert_eq!(visits(&library, ward_at), before + U256::from(1));
    }
}

#[test]
fn openzeppelins_managed_contract_takes_the_actor_for_its_authority() {
    let mut library = Library::new();
    let owner = library.owner.clone();
    let access = library.w.eth(library.access);
    let ward_at = library.w.deploy_with(&owner, "ManagedWard", &(access, DATA));
    let reader = library.w.account(Kind::Eth, 5);
    let caller = library.w.eth(&reader);
    let refused = || AccessManagedUnauthorized { caller };
    library
        .w
        .evm(&reader, ward_at, IWard::visitCall {})
        .reverts(refused());
    library.grant(&owner, &reader, ward(), None);
    library.w.evm(&reader, ward_at, IWard::visitCall {}).ok();
    let access = library.access;
    library.w.call::<method::Freeze>(&owner, access, &DATA).ok();
    library
        .w
        .evm(&reader, ward_at, IWard::visitCall {})
        .reverts(refused());
    assert_eq!(visits(&library, ward_at), U256::from(1));
}

#[test]
fn ethereum_wallets_make_give_on_and_revoke_by_calldata() {
    let mut library = Library::new();
    let access = library.access;
    let accounts = [3, 4, 5].map(|n| library.w.account(Kind::Eth, n));
    let [owner, reader, student] = &accounts;
    let [owner_eth, reader_eth, student_eth] = [owner, reader, student].map(|wallet| library.w.eth(wallet));
    let data_set = library.w.evm(owner, access, IFace::createDataSetCall {}).ok();
    let give = |subject, actions, from| IFace::grantCall {
        dataSet: data_set,
        subject,
        actions,
        path: String::new(),
        start: 0,
        end: 0,
        from,
    };
    let above = library
        .w
        .evm(owner, access, give(reader_eth, READ | GRANT, 0))
        .ok();
    let below = library.w.evm(reader, access, give(student_eth, READ, above)).ok();
    let reads = |library: &Library| {
        let path = "images".to_owned();
        let question = IFace::hasAccessCall {
            dataSet: data_set,
            path,
            subject: student_eth,
            action: READ,
        };
        library.w.ask(access, question)
    };
    assert!(reads(&library));
    let pass = IFace::passOfCall {
        dataSet: data_set,
        subject: student_eth,
        grant: below,
    };
    let pass = library.w.ask(access, pass);
    assert_eq!(
        library.w.ask(access, IFace::userOfCall { tokenId: pass }),
        student_eth
    );
    let revoked = |library: &Library| {
        let question = IFace::isRevokedCall {
            namespace: owner_eth,
            revocationList: U256::from(data_set).into(),
            revocationKey: pass.into(),
        };
        library.w.ask(access, question)
    };
    assert!(!revoked(&library));
    let revoke = IFace::revokeCall {
        dataSet: data_set,
        subject: reader_eth,
        grant: above,
    };
    library.w.evm(owner, access, revoke).ok();
    assert!(!reads(&library) && revoked(&library));
    let nobody = library.w.ask(access, IFace::userOfCall { tokenId: pass });
    assert!(nobody.is_zero());
}

#[test]
fn the_standards_that_are_claimed_are_those_that_are_there() {
    let library = Library::new();
    let claims = |id: [u8; 4]| {
        let question = IFace::supportsInterfaceCall {
            interfaceId: id.into(),
        };
        library.w.ask(library.access, question)
    };
    // ERC-165 itself; OpenZeppelin's IAuthority, which is `canCall` alone; what no contract supports; ERC-4907, of which the
    // reads are there and `setUser` is not.
    assert!(claims([0x01, 0xff, 0xc9, 0xa7]));
    assert!(claims([0xb7, 0x00, 0x96, 0x13]));
    assert!(!claims([0xff; 4]));
    assert!(!claims([0xad, 0x09, 0x2b, 0x5c]));
}

#[test]
fn fil_that_comes_along_where_none_is_due_is_refused() {
    let mut library = Library::new();
    let reader = library.w.account(Kind::Eth, 5);
    let access = library.access;
    let data = alloy_sol_types::SolCall::abi_encode(&IFace::createDataSetCall {});
    let value = TokenAmount::from_atto(1);
    library.w.calldata_with(&reader, access, value, data).refused(33);
}
