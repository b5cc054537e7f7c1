//! What was earned.

use anyhow::{Result, ensure};
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{WithdrawParams, method};

use super::scene::Scene;
use crate::demo::tell::{chapter, say};

/// Hospital and provider fetch what is theirs.
///
/// # Errors
/// When it is not what was told, or something is left.
pub(super) fn fetched(scene: &mut Scene<'_>) -> Result<()> {
    chapter("The money: the hospital and Grace fetch what the subscriptions earned");
    let people = [(scene.hospital.clone(), 36), (scene.grace.clone(), 4)];
    for (payee, earned) in people {
        let params = WithdrawParams {
            asset: Some(scene.asset()),
            payee: None,
        };
        let receipt = scene.tell::<method::Withdraw>(&payee, &params)?;
        scene.chain.report(&receipt)?;
        let paid: TokenAmount = receipt.decode()?;
        ensure!(paid == TokenAmount::from_whole(earned), "{paid} was paid");
        scene
            .chain
            .expect_balance(scene.token, &payee.address(), &earned.to_string())?;
    }
    scene.chain.expect_balance(scene.token, &scene.access, "0")?;
    say("  The hospital has 36 HRB, Grace 4; nothing is left with the actor.");
    Ok(())
}
