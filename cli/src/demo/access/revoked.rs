//! A grant is taken back, and with it what came of it; then the keys change.

use anyhow::{Context, Result, ensure};
use holdfast_api::access::{GrantAt, READ, Reason, SetContentParams, method};
use holdfast_client::{EpochKey, Error, envelope};

use super::files::{Files, open, text};
use super::gateway::Gateway;
use super::given::Grants;
use super::keys::{envelope_of, seal, unsealed};
use super::scene::{Scene, WARD};
use super::ward::Ward;
use crate::demo::tell::{chapter, fact, refused, say};

/// The hospital revokes the grant at the root of the chain.
///
/// # Errors
/// When Frank still may, or Erin may no longer read what she has bought.
pub(super) fn at_the_root(scene: &mut Scene<'_>, ward: &Ward, grants: Grants) -> Result<()> {
    chapter("Revoked: the hospital takes back the grant that Frank's came through, in one message");
    let hospital = scene.hospital.clone();
    let at = GrantAt {
        data_set: scene.data_set,
        subject: scene.erin.wallet.address(),
        grant: grants.erins,
    };
    let receipt = scene.tell::<method::Revoke>(&hospital, &at)?;
    scene.chain.report(&receipt)?;
    let frank = scene.frank.wallet.clone();
    let dead = Reason::Dead {
        grant: grants.franks,
        at: grants.erins,
        why: "revoked".to_owned(),
    };
    scene.expect(&frank, (READ, WARD), &dead)?;
    ward.refuses(scene, &frank, &dead)?;
    let bought = Reason::Granted { grant: grants.bought };
    scene.expect(&scene.erin.wallet, (READ, WARD), &bought)?;
    say("  Erin reads on by what she has bought, for herself alone.");
    Ok(())
}

/// The hospital encrypts the files anew, and seals the new key to those who are left.
///
/// # Errors
/// When the chain names others.
pub(super) fn rotated(scene: &mut Scene<'_>, files: &Files) -> Result<()> {
    chapter("New keys: the files are encrypted anew for those who are left");
    let (hospital, data_set) = (scene.hospital.clone(), scene.data_set);
    let receipt = scene.tell::<method::RotateKeys>(&hospital, &data_set)?;
    scene.chain.report(&receipt)?;
    ensure!(
        receipt.decode::<u64>()? == 2,
        "it is another key epoch than the second"
    );
    let key = EpochKey::generate();
    let content = files.encrypt(&key)?.into_iter().map(|(_, cid)| cid);
    let params = SetContentParams {
        data_set,
        content: content.collect(),
        metadata: None,
        metadata_size: 0,
    };
    scene.tell::<method::SetContent>(&hospital, &params)?;
    let named = seal(scene, &key, 2)?;
    ensure!(named == ["bob", "erin"], "the new key is for {named:?}");
    say("  Frank is not among them.");
    Ok(())
}

/// Frank tries everything that worked before, and more; Erin reads on.
///
/// # Errors
/// When something opens to Frank, or does not to Erin.
pub(super) fn shut_out(
    scene: &Scene<'_>,
    files: &Files,
    gateway: &mut Gateway,
    kept: &EpochKey,
) -> Result<()> {
    chapter("Refused: Frank tries again");
    let (erin, frank) = (&scene.erin, &scene.frank);
    let given = gateway.hand_out(scene, (&frank.wallet, WARD), files)?;
    ensure!(given.is_none(), "Grace gives Frank the file");
    ensure!(
        envelope_of(scene, frank, 2)?.is_none(),
        "Frank has an envelope of key epoch 2"
    );
    refused("GetEnvelope", "there is none of key epoch 2 for frank");
    let leaked = files.fetch(WARD)?;
    refused_key(
        "the key that he has kept does not open the new file",
        open(&leaked, kept),
    )?;
    let erins = envelope_of(scene, erin, 2)?.context("Erin has no envelope")?;
    let others = envelope::unwrap(&erins, &frank.key, Some(&scene.context(2)?));
    refused_key(
        "his secret key does not open Erin's envelope",
        others.map_err(Into::into),
    )?;
    let key = unsealed(scene, erin, 2)?;
    let bytes = gateway.hand_out(scene, (&erin.wallet, WARD), files)?;
    let bytes = bytes.context("Grace does not give Erin the file")?;
    ensure!(open(&bytes, &key)? == text(WARD)?, "the file says something else");
    fact(
        "erin",
        "opens her envelope of key epoch 2, and the new file with it",
    );
    say("  What Frank has read he has read: revoking stops new keys, it recalls none.");
    Ok(())
}

/// Something has to be encrypted for another key.
fn refused_key<T>(told: &str, tried: Result<T>) -> Result<()> {
    let Err(error) = tried else {
        anyhow::bail!("it is not so that {told}");
    };
    let other = matches!(error.downcast_ref(), Some(Error::OtherKey { .. }));
    ensure!(other, "another error than of a wrong key: {error}");
    refused("frank", told);
    Ok(())
}
