//! The records that the Lotus tests leave below target/lotus/replay; written by `record_test.go`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use alloy_primitives::hex;
use cid::Cid;
use fvm_shared::address::{Address, Network as Letter};
use fvm_shared::bigint::BigInt;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::{Signature, SignedMessage};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};

/// A value that JSON holds as text: amounts in decimal attoFIL, bytes in hex, addresses and CIDs as they are printed.
pub(crate) struct Text<T>(pub(crate) T);

/// How [`Text`] reads a value.
pub(crate) trait Parse: Sized {
    fn parse(text: &str) -> Result<Self, String>;
}

impl<'de, T: Parse> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        T::parse(&text).map(Self).map_err(Error::custom)
    }
}

impl Parse for Cid {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse().map_err(|e| format!("CID {text}: {e}"))
    }
}

/// No events have no root: the text is empty.
impl Parse for Option<Cid> {
    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            Ok(None)
        } else {
            Cid::parse(text).map(Some)
        }
    }
}

impl Parse for TokenAmount {
    fn parse(text: &str) -> Result<Self, String> {
        let atto: BigInt = text.parse().map_err(|e| format!("amount {text}: {e}"))?;
        Ok(TokenAmount::from_atto(atto))
    }
}

/// The kit is a build for mainnet.
impl Parse for Address {
    fn parse(text: &str) -> Result<Self, String> {
        Letter::Mainnet
            .parse_address(text)
            .map_err(|e| format!("address {text}: {e}"))
    }
}

impl Parse for Vec<u8> {
    fn parse(text: &str) -> Result<Self, String> {
        hex::decode(text).map_err(|e| format!("bytes {text}: {e}"))
    }
}

impl Parse for [u8; 32] {
    fn parse(text: &str) -> Result<Self, String> {
        hex::decode_to_array(text).map_err(|e| format!("bytes {text}: {e}"))
    }
}

/// A chain, and the folder that it was read from.
pub(crate) struct Recorded {
    pub(crate) name: String,
    pub(crate) chain: Chain,
    pub(crate) state: Vec<u8>,
}

/// What chain.json holds; `chainRecord` in Go.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Chain {
    pub(crate) bundle: PathBuf,
    pub(crate) manifest: Text<Cid>,
    pub(crate) network_name: String,
    #[serde(rename = "ChainID")]
    pub(crate) chain_id: u64,
    pub(crate) network_version: u32,
    pub(crate) block_delay_secs: u64,
    pub(crate) genesis_timestamp: u64,
    pub(crate) genesis_root: Text<Cid>,
    pub(crate) base_fee: Text<TokenAmount>,
    pub(crate) next_base_fee: Text<TokenAmount>,
    pub(crate) tipsets: Vec<Tipset>,
    pub(crate) chain_randomness: BTreeMap<i64, Text<[u8; 32]>>,
    pub(crate) beacon_randomness: BTreeMap<i64, Text<[u8; 32]>>,
    pub(crate) tipset_cids: BTreeMap<i64, Text<Cid>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Tipset {
    pub(crate) epoch: i64,
    pub(crate) timestamp: u64,
    pub(crate) base_fee: Text<TokenAmount>,
    pub(crate) supply: Text<TokenAmount>,
    pub(crate) null_rounds: Vec<NullRound>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) messages: Vec<Text<Cid>>,
    pub(crate) receipts: Vec<Receipt>,
    pub(crate) receipts_root: Text<Cid>,
    pub(crate) root: Text<Cid>,
    pub(crate) changed: BTreeMap<String, Actor>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct NullRound {
    pub(crate) epoch: i64,
    pub(crate) timestamp: u64,
    pub(crate) supply: Text<TokenAmount>,
    pub(crate) root: Text<Cid>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Block {
    pub(crate) miner: Text<Address>,
    pub(crate) win_count: i64,
    pub(crate) messages_root: Text<Cid>,
    bls: Vec<Text<Vec<u8>>>,
    signed: Vec<Text<Vec<u8>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Receipt {
    pub(crate) exit_code: u32,
    #[serde(rename = "Return")]
    pub(crate) return_data: Text<Vec<u8>>,
    pub(crate) gas_used: u64,
    pub(crate) events_root: Text<Option<Cid>>,
}

/// An actor after a tipset.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Actor {
    pub(crate) code: String,
    pub(crate) head: String,
    pub(crate) balance: String,
    pub(crate) nonce: u64,
    pub(crate) delegated: String,
}

impl Recorded {
    pub(crate) fn read(folder: &Path) -> Self {
        let text = std::fs::read(folder.join("chain.json")).expect("a chain.json");
        let chain: Chain = serde_json::from_slice(&text).expect("chain.json as record_test.go writes it");
        Self {
            name: folder
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            chain,
            state: std::fs::read(folder.join("state.car")).expect("a state.car"),
        }
    }
}

impl Block {
    /// The messages in the order of the block. The chain keeps no signature of a BLS message.
    pub(crate) fn messages(&self) -> Vec<SignedMessage> {
        let bls = self.bls.iter().map(|bytes| SignedMessage {
            message: decode(bytes),
            signature: Signature::Bls(Vec::new()),
        });
        bls.chain(self.signed.iter().map(decode)).collect()
    }
}

fn decode<T: DeserializeOwned>(bytes: &Text<Vec<u8>>) -> T {
    fvm_ipld_encoding::from_slice(&bytes.0).expect("a message")
}
