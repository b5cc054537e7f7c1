//! A contract in Solidity that knows the token by the plain ERC-20 interface.

use anyhow::{Context, Result, ensure};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_bundle::Workspace;
use holdfast_localnet::{EthAddress, Receipt};
use holdfast_runtime::event::{EventField, EventInfo};
use holdfast_runtime::evm::{event_topic, method_selector};
use holdfast_runtime::idl::codec::{calldata, parse_hex};
use holdfast_runtime::method::{InterfaceInfo, SolidityInfo};
use serde_json::{Value, json};

use super::chain::{Chain, TokenAt, answer};
use super::tell::{chapter, fact, say};

/// Carol's till.
pub(super) struct Till {
    pub(super) eth: EthAddress,
    pub(super) address: Address,
}

/// A compiled contract, by its name in target/solidity/contracts.json.
///
/// # Errors
/// When it has not been compiled yet.
pub(super) fn init_code(name: &str) -> Result<Vec<u8>> {
    let path = Workspace::find()?.target().join("solidity/contracts.json");
    let shown = path.display();
    let text = std::fs::read_to_string(&path);
    let text =
        text.with_context(|| format!("the contracts are not compiled ({shown}): run `scripts/solc`"))?;
    let all: Value = serde_json::from_str(&text).with_context(|| format!("{shown} is no JSON"))?;
    let code = all[name]["bytecode"].as_str();
    let code = code.with_context(|| format!("{shown} has no contract {name}: run `scripts/solc`"))?;
    Ok(parse_hex(code)?)
}

/// Carol, f3, creates the contract.
///
/// # Errors
/// When its constructor reverts.
pub(super) fn opened(chain: &mut Chain, token: &TokenAt, code: &[u8]) -> Result<Till> {
    chapter("Carol opens a till: a Solidity contract that takes HRB by the plain ERC-20 interface");
    let carol = chain.carol.clone();
    let mut init_code = code.to_vec();
    init_code.extend([0; 12]);
    init_code.extend(token.eth().0);
    let (contract, receipt) = chain.net.deploy_evm(&carol, &init_code, TokenAmount::default())?;
    chain.check()?;
    let till = Till {
        eth: contract.eth_address,
        address: contract.eth_address.to_filecoin(),
    };
    chain.call_it(till.eth, "the till")?;
    chain.listen_to(contract.id, interface());
    fact("carol", &chain.show(&carol.address()));
    fact(
        "till",
        &format!("{}  {}", till.eth, chain.show(&Address::new_id(contract.id))),
    );
    chain.report(&receipt)?;
    Ok(till)
}

/// The till charges Bob on his permit, and pays Alice.
///
/// # Errors
/// When balances are not as told.
pub(super) fn spends(chain: &mut Chain, token: &TokenAt, till: &Till) -> Result<()> {
    chapter("The till charges Bob 25 HRB on his permit, and pays Alice 5 HRB");
    let (alice, bob) = (chain.alice.address(), chain.bob.address());
    let charge = method("charge", "customer");
    let receipt = transact(
        chain,
        till,
        &charge,
        &json!({"customer": bob.to_string(), "value": "25 tokens"}),
    )?;
    chain.report(&receipt)?;
    chain.expect_balance(token, &till.address, "25")?;
    chain.expect_balance(token, &bob, "35")?;
    let to = chain.eth_form(&alice)?.to_string();
    let receipt = transact(
        chain,
        till,
        &method("pay", "to"),
        &json!({"to": to, "value": "5 tokens"}),
    )?;
    chain.report(&receipt)?;
    chain.expect_balance(token, &till.address, "20")?;
    chain.expect_balance(token, &alice, "905")?;
    say("  Bob has 35 HRB, the till 20, Alice 905.");
    again(chain, till, &charge)
}

fn transact(chain: &mut Chain, till: &Till, method: &SolidityInfo, arguments: &Value) -> Result<Receipt> {
    let receipt = send(chain, till, method, arguments)?;
    let data = answer(&receipt)?;
    receipt
        .ok(method.name)
        .with_context(|| format!("revert data {data:02x?}"))
}

/// A second charge: the token's own error comes through the contract.
fn again(chain: &mut Chain, till: &Till, charge: &SolidityInfo) -> Result<()> {
    let bob = chain.bob.address().to_string();
    let receipt = send(chain, till, charge, &json!({"customer": bob, "value": "1 token"}))?;
    ensure!(!receipt.is_ok(), "the till charged Bob beyond his permit");
    let why = chain.reverted(&chain.token, &receipt)?;
    let error = why["error"].as_str().unwrap_or_default();
    ensure!(
        error.starts_with("ERC20InsufficientAllowance("),
        "it reverts with {error}"
    );
    say("  One more token is refused: the permit is used up.");
    Ok(())
}

fn send(chain: &mut Chain, till: &Till, method: &SolidityInfo, arguments: &Value) -> Result<Receipt> {
    let data = calldata(method, arguments)?;
    let carol = chain.carol.clone();
    let (receipt, _) = chain
        .net
        .call_evm(&carol, till.eth, TokenAmount::default(), &data)?;
    chain.check()?;
    Ok(receipt)
}

/// What the contract reports.
fn interface() -> InterfaceInfo {
    let field = |name, kind, indexed| EventField {
        name,
        kind,
        indexed,
        doc: "",
    };
    let charged = EventInfo {
        name: "Charged",
        doc: "",
        topic: Some(event_topic("Charged", &["address", "uint256"])),
        fields: vec![
            field("customer", "address", true),
            field("value", "uint256", false),
        ],
    };
    InterfaceInfo {
        name: "till",
        doc: "",
        methods: Vec::new(),
        errors: &[],
        events: vec![charged],
    }
}

/// A method of the contract, `name(address,uint256)`.
fn method(name: &'static str, first: &'static str) -> SolidityInfo {
    SolidityInfo {
        name,
        standard: None,
        selector: method_selector(name, "(address,uint256)"),
        args: vec![("address".to_owned(), first), ("uint256".to_owned(), "value")],
        results: Vec::new(),
        coding: None,
    }
}
