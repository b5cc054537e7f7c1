//! The people of the story, and what they ask and tell the access actor.

use anyhow::{Result, ensure};
use fvm_ipld_encoding::to_vec;
use fvm_shared::address::Address;
use holdfast_api::access::{
    AccessAnswer, Asset, DataSetId, HasAccessParams, READ, RELAY, Reason, Scope, Standard, method,
};
use holdfast_client::{Context, ReaderKey};
use holdfast_localnet::{EthAddress, Kind, Receipt, Wallet};
use holdfast_runtime::idl::codec::calldata_by_number;
use holdfast_runtime::method::{InterfaceInfo, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::demo::chain::{self, Chain, TokenAt};
use crate::demo::tell::{fact, refused};

/// The folder of what is seen at the bedside.
pub(super) const WARD: &str = "ward";
/// The folder of what the laboratory finds.
pub(super) const GENOMES: &str = "genomes";

/// Somebody who reads: an account on the chain, and a key that never goes there.
pub(super) struct Reader {
    pub(super) wallet: Wallet,
    pub(super) key: ReaderKey,
}

/// Who and what the story is about.
pub(super) struct Scene<'a> {
    pub(super) chain: &'a mut Chain,
    /// What is paid in.
    pub(super) token: &'a TokenAt,
    /// The access actor.
    pub(super) access: Address,
    pub(super) interface: InterfaceInfo,
    pub(super) data_set: DataSetId,
    /// A BLS account, f3.
    pub(super) hospital: Wallet,
    /// A researcher with a secp256k1 account, f1.
    pub(super) erin: Reader,
    /// The Bob of the story before, 0x: a researcher as well.
    pub(super) bob: Reader,
    /// Erin's student, 0x.
    pub(super) frank: Reader,
    /// A provider of storage, f1.
    pub(super) grace: Wallet,
    /// A stranger, 0x.
    pub(super) heidi: Wallet,
}

impl Scene<'_> {
    /// The actor's 0x address.
    pub(super) fn eth(&self) -> Result<EthAddress> {
        self.chain.eth_form(&self.access)
    }

    /// The token as plans name it.
    pub(super) fn asset(&self) -> Asset {
        let standard = Standard::Frc46 {};
        let token = self.token.address();
        Asset { token, standard }
    }

    /// What an envelope of a key epoch of the data set is for.
    pub(super) fn context(&self, key_epoch: u64) -> Result<Context> {
        Ok(Context {
            chain_id: self.chain.net.profile().chain_id,
            actor: holdfast_runtime::evm::EthAddress(self.eth()?.0),
            data_set: self.data_set,
            key_epoch,
        })
    }

    /// A message to the actor that has to succeed; 0x accounts send it by its number through the Ethereum face.
    pub(super) fn tell<M>(&mut self, from: &Wallet, params: &M::Params) -> Result<Receipt>
    where
        M: Method<Params: Serialize>,
    {
        let method = chain::method(&self.interface, M::NAME)?.clone();
        if from.kind() != Kind::Eth {
            return self.chain.call(from, &self.access, &method, params);
        }
        let data = calldata_by_number(&method, &to_vec(params)?)?;
        let to = self.eth()?;
        Ok(self.chain.transact_raw(from, to, data)?.ok(M::NAME)?)
    }

    /// The answer of a view. Nobody pays for it.
    pub(super) fn ask<M>(&self, params: &M::Params) -> Result<M::Return>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        let asker = self.hospital.address();
        let params = to_vec(params)?;
        let receipt = self.chain.net.view(asker, self.access, M::NUMBER, params)?;
        Ok(receipt.ok(M::NAME)?.decode()?)
    }

    /// May somebody do something in a folder?
    pub(super) fn may(&self, who: &Wallet, action: u8, folder: &str) -> Result<AccessAnswer> {
        self.ask::<method::HasAccess>(&HasAccessParams {
            data_set: self.data_set,
            scope: path(folder),
            subject: who.address(),
            action,
            proofs: Vec::new(),
        })
    }

    /// Asks, prints the answer, and refuses to go on when it is another one.
    pub(super) fn expect(&self, who: &Wallet, (action, folder): (u8, &str), expected: &Reason) -> Result<()> {
        let answer = self.may(who, action, folder)?;
        let name = self.name(who)?;
        let what = verb(action);
        ensure!(
            answer.reason == *expected,
            "to {what} `{folder}` {name} is answered {:?}, not {expected:?}",
            answer.reason
        );
        let print = if answer.allowed { fact } else { refused };
        print(
            "HasAccess",
            &format!("may {name} {what} `{folder}`? {}", words(expected)),
        );
        Ok(())
    }

    /// How the story calls somebody.
    pub(super) fn name(&self, who: &Wallet) -> Result<String> {
        self.chain.name(&who.address())
    }
}

/// A folder as a part of the data set.
pub(super) fn path(folder: &str) -> Scope {
    let path = folder.to_owned();
    Scope::Path { path }
}

fn verb(action: u8) -> &'static str {
    match action {
        RELAY => "relay",
        READ => "read",
        _ => "change",
    }
}

/// A reason in plain words.
pub(super) fn words(reason: &Reason) -> String {
    match reason {
        Reason::Granted { grant } => format!("Yes, by grant {grant}."),
        Reason::Dead { grant, at, why } if grant == at => format!("No: grant {grant} is {why}."),
        Reason::Dead { grant, at, why } => {
            format!("No: grant {grant} came through grant {at}, which is {why}.")
        }
        Reason::Nothing {} => "No: no grant of theirs is for this, and no rule opens it.".to_owned(),
        other => format!("{other:?}"),
    }
}
