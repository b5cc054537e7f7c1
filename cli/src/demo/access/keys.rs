//! Keys: sealed on the chain for those who may read, and opened by them.

use anyhow::{Context, Result, ensure};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::{
    Envelope, GetEnvelopeParams, ListRewrapsParams, PutEnvelopesParams, Reader as Waiting, method,
};
use holdfast_client::{EpochKey, PublicKey, envelope};
use holdfast_runtime::evm::Bytes32;

use super::files::{Files, open, text};
use super::gateway::Gateway;
use super::scene::{GENOMES, Reader, Scene, WARD};
use crate::demo::tell::{chapter, fact, say};

/// Everybody who reads registers a key, and the hospital seals the key of the files to them.
///
/// # Errors
/// When the chain names other readers than the story.
pub(super) fn sealed(scene: &mut Scene<'_>, key: &EpochKey) -> Result<()> {
    chapter("Keys: readers register public keys, and the hospital seals the files' key to each of them");
    let readers = [&scene.erin, &scene.bob, &scene.frank];
    let registered = readers.map(|reader| (reader.wallet.clone(), reader.key.public()));
    for (wallet, key) in &registered {
        scene.tell::<method::SetReaderKey>(wallet, &Bytes32(key.to_bytes()))?;
    }
    say("  Each has a secret X25519 key at home. What is sealed to its public half only they can open.");
    let named = seal(scene, key, 1)?;
    ensure!(named == ["bob", "erin", "frank"], "keys are for {named:?}");
    say(
        "  The sealed key is an envelope: the chain shows it to all, and it is of use to one. Grace, who may only relay, gets none.",
    );
    Ok(())
}

/// Seals the key of the present key epoch to all whom the chain names; gives their names.
///
/// # Errors
/// When one of them has set no key.
pub(super) fn seal(scene: &mut Scene<'_>, key: &EpochKey, key_epoch: u64) -> Result<Vec<String>> {
    let waiting = waiting(scene)?;
    let mut names: Vec<String> = waiting
        .iter()
        .map(|reader| scene.chain.name(&Address::new_id(reader.reader)))
        .collect::<Result<_>>()?;
    names.sort();
    fact(
        "ListRewraps",
        &format!("{} may read and have no key", names.join(", ")),
    );
    let context = scene.context(key_epoch)?;
    let envelopes = waiting.iter().map(|reader| {
        let public = reader.key.context("a reader without a key")?;
        let bytes = envelope::wrap(key, &[PublicKey::from_bytes(public.0)?], Some(&context))?;
        Ok(Envelope {
            recipient: Address::new_id(reader.reader),
            key: public,
            bytes: RawBytes::new(bytes),
        })
    });
    let params = PutEnvelopesParams {
        data_set: scene.data_set,
        key_epoch,
        envelopes: envelopes.collect::<Result<_>>()?,
    };
    let hospital = scene.hospital.clone();
    let receipt = scene.tell::<method::PutEnvelopes>(&hospital, &params)?;
    scene.chain.report(&receipt)?;
    ensure!(self::waiting(scene)?.is_empty(), "somebody still waits for a key");
    Ok(names)
}

/// Who may read and has no envelope of the present key epoch.
fn waiting(scene: &Scene<'_>) -> Result<Vec<Waiting>> {
    let page = scene.ask::<method::ListRewraps>(&ListRewrapsParams {
        data_set: scene.data_set,
        start: 0,
        limit: 200,
    })?;
    ensure!(page.next.is_none(), "there are more readers than the story has");
    Ok(page.readers)
}

/// Frank fetches his envelope and the file, and reads; gives the key that he now has.
///
/// # Errors
/// When the file does not say what the hospital wrote.
pub(super) fn opened(scene: &Scene<'_>, files: &Files, gateway: &mut Gateway) -> Result<EpochKey> {
    chapter("Frank reads: the envelope from the chain, the file from Grace, who asks the chain first");
    let frank = &scene.frank;
    let key = unsealed(scene, frank, 1)?;
    let bytes = gateway.hand_out(scene, (&frank.wallet, WARD), files)?;
    let bytes = bytes.context("Grace does not give Frank the file")?;
    ensure!(open(&bytes, &key)? == text(WARD)?, "the file says something else");
    say("  Frank opens the envelope, and with the key in it the file: it says what the hospital wrote.");
    let other = gateway.hand_out(scene, (&frank.wallet, GENOMES), files)?;
    ensure!(other.is_none(), "Grace gives Frank the other folder");
    say("  Grace does not give him the other folder, which the key would open too.");
    let bob = &scene.bob;
    let bytes = gateway.hand_out(scene, (&bob.wallet, GENOMES), files)?;
    let bytes = bytes.context("Grace does not give Bob the file")?;
    let found = open(&bytes, &unsealed(scene, bob, 1)?)?;
    ensure!(found == text(GENOMES)?, "the file says something else");
    say("  Bob, who has subscribed, gets it and reads it.");
    Ok(key)
}

/// The bytes of a reader's envelope on the chain.
pub(super) fn envelope_of(scene: &Scene<'_>, reader: &Reader, key_epoch: u64) -> Result<Option<RawBytes>> {
    scene.ask::<method::GetEnvelope>(&GetEnvelopeParams {
        data_set: scene.data_set,
        key_epoch,
        recipient: reader.wallet.address(),
    })
}

/// The key of a key epoch, out of a reader's envelope.
///
/// # Errors
/// When there is no envelope, or it is not for this reader and this key epoch.
pub(super) fn unsealed(scene: &Scene<'_>, reader: &Reader, key_epoch: u64) -> Result<EpochKey> {
    let sealed = envelope_of(scene, reader, key_epoch)?.context("there is no envelope")?;
    let context = scene.context(key_epoch)?;
    Ok(envelope::unwrap(&sealed, &reader.key, Some(&context))?)
}
