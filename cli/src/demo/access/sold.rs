//! A subscription, paid for in a token.

use anyhow::{Result, ensure};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{BuyParams, Plan, PlanId, PlanKind, QuoteParams, READ, Scope, Split, method};
use holdfast_api::token::{IncreaseAllowanceParams, TransferParams};
use holdfast_runtime::idl::codec::show_amount;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::demo::chain::{method as named, solidity};
use crate::demo::tell::{chapter, fact, say};

/// A month of epochs of 30 seconds.
const MONTH: u64 = 86_400;

/// The hospital sells reading by the month; a tenth goes to the provider.
///
/// # Errors
/// When the plan is refused.
pub(super) fn offered(scene: &mut Scene<'_>) -> Result<PlanId> {
    chapter("For sale: reading the data set for a month, at 20 HRB");
    let split = |to, bps| Split { to, bps };
    let splits = vec![
        split(scene.hospital.address(), 9_000),
        split(scene.grace.address(), 1_000),
    ];
    let plan = Plan {
        data_set: scene.data_set,
        scope: Scope::All {},
        actions: READ,
        rate: None,
        kind: PlanKind::Subscription {
            period: MONTH,
            trial: 0,
        },
        asset: Some(scene.asset()),
        price: TokenAmount::from_whole(20),
        stock: None,
        each: 0,
        shareable: false,
        penalty_bps: None,
        referrer_bps: 0,
        splits,
    };
    let hospital = scene.hospital.clone();
    let receipt = scene.tell::<method::CreatePlan>(&hospital, &plan)?;
    scene.chain.report(&receipt)?;
    say("  Of each payment 90 % is the hospital's and 10 % Grace's, who stores the files.");
    Ok(receipt.decode()?)
}

/// Two researchers buy, each by their own kind of wallet.
///
/// # Errors
/// When they are charged otherwise than told.
pub(super) fn bought(scene: &mut Scene<'_>, plan: PlanId) -> Result<()> {
    by_erin(scene, plan)?;
    by_bob(scene, plan)
}

/// Erin has tokens from Alice, and a Filecoin account.
fn by_erin(scene: &mut Scene<'_>, plan: PlanId) -> Result<()> {
    chapter("Erin, a researcher, subscribes by Filecoin messages: an allowance, a quote, and the purchase");
    let (alice, erin) = (scene.chain.alice.clone(), scene.erin.wallet.clone());
    let (token, tokens) = (scene.token.address(), scene.chain.token.clone());
    let gift = TransferParams {
        to: erin.address(),
        amount: TokenAmount::from_whole(50),
        operator_data: RawBytes::default(),
    };
    scene
        .chain
        .call(&alice, &token, named(&tokens, "Transfer")?, &gift)?;
    let allowed = IncreaseAllowanceParams {
        operator: scene.access,
        increase: TokenAmount::from_whole(20),
    };
    scene
        .chain
        .call(&erin, &token, named(&tokens, "IncreaseAllowance")?, &allowed)?;
    let quote = scene.ask::<method::Quote>(&QuoteParams {
        plan,
        subject: erin.address(),
        periods: 1,
    })?;
    fact("quote", &format!("{} HRB", show_amount(&quote.price)));
    let receipt = scene.tell::<method::Buy>(
        &erin,
        &BuyParams {
            plan,
            subject: None,
            periods: 1,
            max_price: quote.price,
            policy_version: quote.policy_version,
            terms_hash: quote.terms_hash,
            referrer: None,
        },
    )?;
    scene.chain.report(&receipt)?;
    scene.chain.expect_balance(scene.token, &erin.address(), "30")?;
    say(
        "  Alice had sent Erin 50 HRB. Erin has 30 left, and a grant: a right to read that ends with the month.",
    );
    Ok(())
}

/// Bob has an Ethereum wallet.
fn by_bob(scene: &mut Scene<'_>, plan: PlanId) -> Result<()> {
    chapter("Bob subscribes by Ethereum transactions: approve, quote, buy");
    let bob = scene.bob.wallet.clone();
    let (to, token) = (scene.eth()?, scene.token.eth());
    let approve = solidity(&scene.chain.token, "approve")?.clone();
    let allowed = json!({"spender": to.to_string(), "value": "20 tokens"});
    scene
        .chain
        .transact(&bob, token, &approve, &allowed)?
        .ok("approve")?;
    let asked = json!({"plan": plan, "subject": bob.address().to_string(), "periods": 1});
    let quote = scene
        .chain
        .ask(to, solidity(&scene.interface, "quote")?, &asked)?;
    let nobody: Value = json!("0x0000000000000000000000000000000000000000");
    let arguments = json!({
        "plan": plan,
        "subject": nobody,
        "periods": 1,
        "max_price": quote["price"],
        "policy_version": quote["policy_version"],
        "terms_hash": quote["terms_hash"],
        "referrer": nobody,
    });
    let buy = solidity(&scene.interface, "buy")?.clone();
    let receipt = scene.chain.transact(&bob, to, &buy, &arguments)?.ok("buy")?;
    scene.chain.report(&receipt)?;
    scene.chain.expect_balance(scene.token, &bob.address(), "15")?;
    let held = scene.chain.balance(scene.token, &scene.access)?;
    ensure!(held == "40", "the actor holds {held} HRB");
    say("  Bob has 15 HRB left. The actor holds 40 HRB until those whose they are fetch them.");
    Ok(())
}
