//! The access actor, and a data set on it.

use anyhow::{Context, Result, ensure};
use fvm_shared::address::Address;
use holdfast_api::access::{CreateDataSetParams, DataSetId, DataSetInfo, method};
use holdfast_api::init::{ExecReturn, canonical_address};
use holdfast_client::{EpochKey, ReaderKey};
use holdfast_localnet::{Kind, Wallet, ids};

use super::files::Files;
use super::scene::{Reader, Scene};
use crate::demo::chain::{self, Chain, TokenAt};
use crate::demo::tell::{chapter, fact, say};
use holdfast::registry;

const NAME: &str = "holdfast_access";

/// Makes the one access actor of the network, and introduces everybody.
///
/// # Errors
/// When it is not at the address that everybody knows.
pub(super) fn set<'a>(chain: &'a mut Chain, token: &'a TokenAt) -> Result<Scene<'a>> {
    chapter("The hospital makes the access actor: one for the whole network, at an address known beforehand");
    let hospital = chain.net.account(Kind::Bls, 1);
    let code = chain.net.bundle().code(NAME)?;
    let exec = chain::method(&chain.init, "ExecCanonical")?.clone();
    let receipt = chain.call(&hospital, &Address::new_id(ids::INIT), &exec, &code)?;
    let made: ExecReturn = receipt.decode()?;
    let number = chain.net.bundle().actor_type(NAME);
    let number = number.with_context(|| format!("the bundle has no {NAME}"))?;
    ensure!(
        made.robust_address == canonical_address(number),
        "it is at {}",
        made.robust_address
    );
    let interface = registry::interface("access")?;
    chain.listen_to(made.id_address.id()?, interface.clone());
    let [erin, grace] = [1, 2].map(|n| chain.net.account(Kind::Secp256k1, n));
    let [frank, heidi] = [1, 2].map(|n| chain.net.account(Kind::Eth, n));
    let people = [
        (&hospital, "the hospital"),
        (&erin, "erin"),
        (&frank, "frank"),
        (&grace, "grace"),
        (&heidi, "heidi"),
    ];
    for (wallet, name) in people {
        chain.introduce(wallet, name)?;
    }
    chain.call_it(token.eth(), token.symbol)?;
    chain.call_it(chain.eth_form(&made.id_address)?, "the access actor")?;
    fact("id", &chain.show(&made.id_address));
    fact("f2 address", &chain.show(&made.robust_address));
    fact("0x address", &chain.eth_form(&made.id_address)?.to_string());
    chain.report(&receipt)?;
    say("  Nobody owns it. Anyone can have data sets on it and say who may do what with them.");
    let bob = chain.bob.clone();
    Ok(Scene {
        token,
        access: made.id_address,
        interface,
        data_set: 0,
        hospital,
        erin: reader(erin),
        bob: reader(bob),
        frank: reader(frank),
        grace,
        heidi,
        chain,
    })
}

fn reader(wallet: Wallet) -> Reader {
    let key = ReaderKey::generate();
    Reader { wallet, key }
}

/// The hospital encrypts two files and publishes them; gives the key.
///
/// # Errors
/// When the data set is not as told.
pub(super) fn data_set(scene: &mut Scene<'_>, files: &Files) -> Result<EpochKey> {
    chapter("The hospital publishes a data set: two folders, encrypted before anybody else has them");
    let hospital = scene.hospital.clone();
    let key = EpochKey::generate();
    let encrypted = files.encrypt(&key)?;
    for (name, _) in &encrypted {
        fact("file", name);
    }
    let params = CreateDataSetParams {
        owner: None,
        guardian: None,
        content: encrypted.into_iter().map(|(_, cid)| cid).collect(),
        metadata: None,
        metadata_size: 0,
    };
    let receipt = scene.tell::<method::CreateDataSet>(&hospital, &params)?;
    scene.data_set = receipt.decode::<DataSetId>()?;
    scene.chain.report(&receipt)?;
    let data_set = scene.data_set;
    let rotated = scene.tell::<method::RotateKeys>(&hospital, &data_set)?;
    scene.chain.report(&rotated)?;
    let info: DataSetInfo = scene.ask::<method::GetDataSet>(&data_set)?;
    ensure!(
        info.content == params.content && info.key_epoch == 1,
        "the data set is {info:?}"
    );
    say("  The chain knows the hashes of the encrypted files, and that their key is the first: key epoch 1.");
    say("  The key itself is on no chain. So far the hospital alone has it.");
    Ok(key)
}
