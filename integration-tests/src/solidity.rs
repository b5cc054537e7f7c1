//! Contracts compiled by the pinned solc from `solidity/contracts`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use alloy_sol_types::SolValue;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::Wallet;
use serde::Deserialize;

use crate::World;

#[derive(Deserialize)]
struct Contract {
    bytecode: String,
}

static CONTRACTS: LazyLock<BTreeMap<String, Contract>> = LazyLock::new(|| {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = Command::new(top.join("scripts/solc")).status();
    assert!(
        status.expect("scripts/solc").success(),
        "the contracts do not compile"
    );
    let compiled = std::fs::read(top.join("target/solidity/contracts.json")).expect("compiled contracts");
    serde_json::from_slice(&compiled).expect("compiled contracts")
});

/// The code that creates a contract, without the arguments of its constructor.
///
/// # Panics
/// When there is no such contract.
pub fn initcode(name: &str) -> Vec<u8> {
    let contract = CONTRACTS
        .get(name)
        .unwrap_or_else(|| panic!("no contract {name}"));
    alloy_primitives::hex::decode(&contract.bytecode).expect("bytecode")
}

/// The version of a package that `solidity/package-lock.json` pins.
///
/// # Panics
/// When it pins none.
pub fn pinned(package: &str) -> String {
    let lock: serde_json::Value =
        serde_json::from_str(include_str!("../solidity/package-lock.json")).expect("package-lock.json");
    let version = lock["packages"][format!("node_modules/{package}")]["version"].as_str();
    version
        .unwrap_or_else(|| panic!("no version of {package}"))
        .to_owned()
}

impl World {
    /// Deploys a contract whose constructor takes nothing; gives its f410 address.
    ///
    /// # Panics
    /// When it does not compile or its constructor reverts.
    #[track_caller]
    pub fn deploy(&mut self, from: &Wallet, name: &str) -> Address {
        self.deploy_with(from, name, &())
    }

    /// Deploys a contract whose constructor takes these arguments; gives its f410 address.
    ///
    /// # Panics
    /// As [`World::deploy`].
    #[track_caller]
    pub fn deploy_with(&mut self, from: &Wallet, name: &str, arguments: &impl SolValue) -> Address {
        let code = [initcode(name), arguments.abi_encode()].concat();
        let none = TokenAmount::default();
        let (contract, _) = self.run(from, |network| network.deploy_evm(from, &code, none));
        contract.eth_address.to_filecoin()
    }
}
