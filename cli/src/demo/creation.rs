//! Two tokens, each made by an account of another kind.

use anyhow::{Context, Result, bail};
use fvm_ipld_encoding::{RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::init::{ExecParams, ExecReturn};
use holdfast_api::token::ConstructorParams;
use holdfast_localnet::{EthAddress, ids};
use holdfast_runtime::idl::codec::event;
use serde_json::json;

use super::chain::{Chain, TokenAt, method, solidity};
use super::tell::{chapter, fact, say};

const NAME: &str = "holdfast_token";

fn constructor(name: &str, symbol: &str, owner: Address) -> Result<RawBytes> {
    let params = ConstructorParams {
        name: name.to_owned(),
        symbol: symbol.to_owned(),
        owner: Some(owner),
        supply_cap: Some(TokenAmount::from_whole(1_000_000)),
        initial_holder: Some(owner),
        initial_supply: TokenAmount::from_whole(1_000),
        voting: true,
    };
    Ok(RawBytes::new(to_vec(&params)?))
}

/// Alice, f1, sends Init's method 2, Exec.
///
/// # Errors
/// When the token is not there afterwards.
pub(super) fn by_filecoin_account(chain: &mut Chain) -> Result<TokenAt> {
    chapter("Alice, a Filecoin account, makes a token: Init's method 2, Exec");
    let alice = chain.alice.clone();
    let code_cid = chain.net.bundle().code(NAME)?;
    let params = ExecParams {
        code_cid,
        constructor_params: constructor("Harbour", "HRB", alice.address())?,
    };
    let exec = method(&chain.init, "ExecNative")?.clone();
    let receipt = chain.call(&alice, &Address::new_id(ids::INIT), &exec, &params)?;
    let made: ExecReturn = receipt.decode()?;
    let token = TokenAt {
        id: made.id_address.id()?,
        symbol: "HRB",
    };
    fact("alice", &chain.show(&alice.address()));
    chain.listen_to(token.id, chain.token.clone());
    show(chain, &token, &made.robust_address);
    chain.report(&receipt)?;
    chain.expect_balance(&token, &alice.address(), "1000")?;
    say("  Alice owns it and holds the first 1000 HRB.");
    Ok(token)
}

/// Bob, 0x, signs an EIP-1559 transaction to Init's Ethereum face.
///
/// # Errors
/// When the log does not name a token.
pub(super) fn by_ethereum_account(chain: &mut Chain) -> Result<TokenAt> {
    chapter("Bob, an Ethereum account, makes a token: create(uint32,bytes) in an EIP-1559 transaction");
    let bob = chain.bob.clone();
    let number = chain.net.bundle().actor_type(NAME);
    let number = number.with_context(|| format!("the bundle has no {NAME}"))?;
    let params = constructor("Lighthouse", "LGT", bob.address())?;
    let create = solidity(&chain.init, "create")?.clone();
    let arguments = json!({
        "actor_type": number,
        "params": format!("0x{}", data_encoding::HEXLOWER.encode(&params)),
    });
    let init = EthAddress::from_id(ids::INIT);
    let receipt = chain.transact(&bob, init, &create, &arguments)?.ok("create")?;
    let token = TokenAt {
        id: created(chain, &receipt)?,
        symbol: "LGT",
    };
    let robust = chain
        .net
        .robust_address(token.id)?
        .context("a token without f2 address")?;
    fact(
        "bob",
        &format!(
            "{}  {}",
            chain.eth_form(&bob.address())?,
            chain.show(&bob.address())
        ),
    );
    chain.listen_to(token.id, chain.token.clone());
    show(chain, &token, &robust);
    chain.report(&receipt)?;
    chain.expect_balance(&token, &bob.address(), "1000")?;
    say("  An Ethereum receipt has no return data: the log `Created` says where the token is.");
    Ok(token)
}

/// The id in the log `Created`.
fn created(chain: &Chain, receipt: &holdfast_localnet::Receipt) -> Result<u64> {
    for stamped in receipt
        .events
        .iter()
        .filter(|stamped| stamped.emitter == ids::INIT)
    {
        let decoded = event(&chain.init, &stamped.event.entries)?;
        if decoded["event"] == "Created" {
            return decoded["fields"]["id"].as_u64().context("`Created` without id");
        }
    }
    bail!("the receipt has no log `Created`")
}

fn show(chain: &Chain, token: &TokenAt, robust: &Address) {
    fact("id", &chain.show(&token.address()));
    fact("f2 address", &chain.show(robust));
    fact("0x address", &token.eth().to_string());
}
