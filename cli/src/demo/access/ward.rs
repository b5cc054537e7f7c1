//! A Solidity contract with a function for those who may read a folder.

use anyhow::{Result, ensure};
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::Reason;
use holdfast_localnet::{EthAddress, Wallet};
use holdfast_runtime::error::ErrorInfo;
use holdfast_runtime::evm::method_selector;
use holdfast_runtime::method::{InterfaceInfo, SolidityInfo};
use serde_json::Value;

use super::scene::{Scene, words};
use crate::demo::tell::{chapter, fact, say};

/// What the contract refuses with.
const ERRORS: &[ErrorInfo] = &[ErrorInfo {
    name: "NotAllowed",
    code: 0,
    doc: "Raised when somebody may not, with the number of the reason.",
    solidity: Some("NotAllowed(address,uint8)"),
}];

/// The contract.
pub(super) struct Ward(EthAddress);

impl Ward {
    /// Erin creates it, for the folder `ward`.
    ///
    /// # Errors
    /// When its constructor reverts.
    pub(super) fn opened(scene: &mut Scene<'_>, code: &[u8]) -> Result<Self> {
        chapter(
            "Erin opens a ward: a Solidity contract whose function `visit` asks the access actor who may",
        );
        let erin = scene.erin.wallet.clone();
        let mut init_code = code.to_vec();
        init_code.extend([0; 12]);
        init_code.extend(scene.eth()?.0);
        init_code.extend([0; 24]);
        init_code.extend(scene.data_set.to_be_bytes());
        let net = &mut scene.chain.net;
        let (contract, receipt) = net.deploy_evm(&erin, &init_code, TokenAmount::default())?;
        scene.chain.check()?;
        fact("ward", &contract.eth_address.to_string());
        scene.chain.report(&receipt)?;
        Ok(Self(contract.eth_address))
    }

    /// Frank is let in, a stranger is not.
    ///
    /// # Errors
    /// When it is otherwise.
    pub(super) fn visited(&self, scene: &mut Scene<'_>) -> Result<()> {
        let (frank, heidi) = (scene.frank.wallet.clone(), scene.heidi.clone());
        let visit = method("visit", &[]);
        let receipt = scene.chain.transact(&frank, self.0, &visit, &Value::Null)?;
        scene.chain.report(&receipt.ok("visit")?)?;
        say("  Frank, who may read `ward`, is let in.");
        self.refuses(scene, &heidi, &Reason::Nothing {})?;
        let visits = scene
            .chain
            .ask(self.0, &method("visits", &["uint256"]), &Value::Null)?;
        ensure!(visits == "1", "there were {visits} visits");
        say("  Heidi, a stranger, is not: the ward counts one visit.");
        Ok(())
    }

    /// Somebody is not let in, for this reason.
    ///
    /// # Errors
    /// When they are, or for another reason.
    pub(super) fn refuses(&self, scene: &mut Scene<'_>, who: &Wallet, reason: &Reason) -> Result<()> {
        let visit = method("visit", &[]);
        let receipt = scene.chain.transact(who, self.0, &visit, &Value::Null)?;
        ensure!(!receipt.is_ok(), "the ward lets {} in", scene.name(who)?);
        let interface = InterfaceInfo {
            name: "ward",
            doc: "",
            methods: Vec::new(),
            errors: ERRORS,
            events: Vec::new(),
        };
        let why = scene.chain.reverted(&interface, &receipt)?;
        let number = reason.number();
        ensure!(
            why["args"][1] == number,
            "the ward refuses with {why}, not for reason {number}"
        );
        fact("meaning", &format!("reason {number}. {}", words(reason)));
        Ok(())
    }
}

/// A method of the contract without arguments.
fn method(name: &'static str, results: &[&str]) -> SolidityInfo {
    SolidityInfo {
        name,
        standard: None,
        selector: method_selector(name, "()"),
        args: Vec::new(),
        results: results.iter().map(|kind| ((*kind).to_owned(), "")).collect(),
        coding: None,
    }
}
