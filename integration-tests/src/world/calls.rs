//! The calls of a story: by number and by calldata, as messages and as questions.

use alloy_sol_types::{SolCall, SolError};
use cid::Cid;
use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use holdfast_localnet::{BLOCK_GAS_LIMIT, EthAddress, EthTx, INVOKE_EVM, Kind, Receipt, Wallet, evm_answer};
use holdfast_runtime::method::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::World;
use crate::abi::IToken;
use crate::answer::{Answer, Failure};
use crate::check::require_sound;
use crate::model::{unwrapped, wrapped};

/// How many messages of [`World::together`] a block has gas for.
const TOGETHER: u64 = 16;

/// The result of a Solidity method.
pub type EvmCall<C> = Answer<<C as SolCall>::Return>;

impl World {
    /// Sends a message, mines it, checks everything.
    ///
    /// # Panics
    /// When a check fails or the pool refuses the message.
    #[track_caller]
    pub fn send(
        &mut self,
        from: &Wallet,
        to: Address,
        value: TokenAmount,
        method: u64,
        params: RawBytes,
    ) -> Receipt {
        self.checked(from, |network| network.send(from, to, value, method, params))
    }

    /// Sends a message as it is, with its own nonce, fees and gas limit, mines it, checks everything.
    ///
    /// # Panics
    /// As [`World::send`].
    #[track_caller]
    pub fn send_message(&mut self, from: &Wallet, message: Message) -> Receipt {
        self.checked(from, |network| network.send_message(from, message))
    }

    /// Calls a method of an interface by its number.
    ///
    /// # Panics
    /// When a check fails, the pool refuses the message, or the return value does not decode.
    #[track_caller]
    pub fn call<M>(&mut self, from: &Wallet, to: Address, params: &M::Params) -> Answer<M::Return>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        self.invoke(from, to, M::NUMBER, params)
    }

    /// The same with FIL, in attoFIL.
    ///
    /// # Panics
    /// As [`World::call`].
    #[track_caller]
    pub fn pay<M>(
        &mut self,
        from: &Wallet,
        to: Address,
        value: TokenAmount,
        params: &M::Params,
    ) -> Answer<M::Return>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        let receipt = self.send(from, to, value, M::NUMBER, cbor(params));
        answer(receipt, returned)
    }

    /// The same by wallets of every kind: those with a 0x key call through `handle_filecoin_method`, and what it says of the
    /// method is the answer.
    ///
    /// # Panics
    /// As [`World::call`].
    #[track_caller]
    pub fn call_by_any<M>(&mut self, from: &Wallet, to: Address, params: &M::Params) -> Answer<M::Return>
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        if from.kind() != Kind::Eth {
            return self.call::<M>(from, to, params);
        }
        let data = wrapped(M::NUMBER, cbor(params).into());
        let answer = self
            .calldata(from, to, data)
            .map(|data| decoded(&unwrapped(&data)));
        let value = answer.value.map_err(|failure| {
            match IToken::FilecoinMethodFailed::abi_decode_validate(&failure.revert) {
                Ok(failed) => Failure {
                    code: failed._0,
                    revert: failed._1.to_vec(),
                    ..failure
                },
                Err(_) => failure,
            }
        });
        Answer { value, ..answer }
    }

    /// Calls any method by its number.
    ///
    /// # Panics
    /// As [`World::call`].
    #[track_caller]
    pub fn invoke<T: DeserializeOwned>(
        &mut self,
        from: &Wallet,
        to: Address,
        method: u64,
        params: &impl Serialize,
    ) -> Answer<T> {
        let receipt = self.send(from, to, TokenAmount::default(), method, cbor(params));
        answer(receipt, returned)
    }

    /// Asks a view by its number, without a transaction.
    ///
    /// # Panics
    /// When it fails.
    #[track_caller]
    pub fn view<M>(&self, to: Address, params: &M::Params) -> M::Return
    where
        M: Method<Params: Serialize, Return: DeserializeOwned>,
    {
        self.inquire(to, M::NUMBER, params)
    }

    /// Asks any view by its number, without a transaction.
    ///
    /// # Panics
    /// When it fails.
    #[track_caller]
    pub fn inquire<T: DeserializeOwned>(&self, to: Address, method: u64, params: &impl Serialize) -> T {
        let asker = self.account(Kind::Secp256k1, 0).address();
        let receipt = self
            .network
            .view(asker, to, method, cbor(params))
            .expect("a view");
        answer(receipt, returned).ok()
    }

    /// Calls a Solidity method: 0x wallets by an EIP-1559 transaction, the others by a message to `InvokeEVM`.
    ///
    /// # Panics
    /// When a check fails, the pool refuses the message, or the answer does not decode.
    #[track_caller]
    pub fn evm<C: SolCall>(&mut self, from: &Wallet, to: Address, call: C) -> EvmCall<C> {
        self.calldata(from, to, call.abi_encode()).map(|data| {
            C::abi_decode_returns_validate(&data)
                .unwrap_or_else(|e| panic!("{}: {e}: {data:02x?}", C::SIGNATURE))
        })
    }

    /// Sends calldata as it is; the value is what came back.
    ///
    /// # Panics
    /// As [`World::evm`].
    #[track_caller]
    pub fn calldata(&mut self, from: &Wallet, to: Address, data: Vec<u8>) -> Answer<Vec<u8>> {
        self.calldata_with(from, to, TokenAmount::default(), data)
    }

    /// The same with FIL, in attoFIL.
    ///
    /// # Panics
    /// As [`World::evm`].
    #[track_caller]
    pub fn calldata_with(
        &mut self,
        from: &Wallet,
        to: Address,
        value: TokenAmount,
        data: Vec<u8>,
    ) -> Answer<Vec<u8>> {
        let receipt = if from.kind() == Kind::Eth {
            let to = EthAddress::from_filecoin(&to);
            let to = Some(to.expect("an Ethereum transaction goes to an id or f410 address"));
            let tx = EthTx {
                to,
                value,
                input: data,
                ..EthTx::default()
            };
            self.checked(from, |network| network.send_eth(from, tx))
        } else {
            self.send(from, to, value, INVOKE_EVM, cbor(&BytesSer(&data)))
        };
        answer(receipt, |receipt| evm_answer(receipt).expect("a byte string"))
    }

    /// Sends calldata of several wallets to several actors in one tipset, in this order but for BLS messages, which run
    /// first; gives their answers in the order given.
    ///
    /// # Panics
    /// When a check fails, the pool refuses a message, or an answer does not decode.
    #[track_caller]
    pub fn together<const N: usize>(
        &mut self,
        messages: [(&Wallet, Address, Vec<u8>); N],
    ) -> [Answer<Vec<u8>>; N] {
        let cids = messages.map(|(from, to, data)| {
            let pushed = self.push(from, to, &data);
            pushed.unwrap_or_else(|error| panic!("not sent: {error}"))
        });
        let tipset = self
            .network
            .mine()
            .unwrap_or_else(|error| panic!("no tipset: {error}"));
        require_sound("a tipset", &self.network, self.next);
        cids.map(|cid| {
            let receipt = tipset.receipts.iter().find(|receipt| receipt.message == cid);
            let receipt = receipt.expect("all fit into one block").clone();
            answer(receipt, |receipt| evm_answer(receipt).expect("a byte string"))
        })
    }

    /// Lets calldata wait for the next tipset, with a gas limit that does not depend on what runs before it.
    fn push(&mut self, from: &Wallet, to: Address, data: &[u8]) -> holdfast_localnet::Result<Cid> {
        let params = cbor(&BytesSer(data));
        let message = self
            .network
            .message(from, to, TokenAmount::default(), INVOKE_EVM, params)?;
        let message = Message {
            gas_limit: BLOCK_GAS_LIMIT / TOGETHER,
            ..message
        };
        let signed = from.sign(message, self.network.profile().chain_id)?;
        self.network.push(signed)
    }

    /// Asks a Solidity view without a transaction, as `eth_call` does.
    ///
    /// # Panics
    /// When it fails.
    #[track_caller]
    pub fn ask<C: SolCall>(&self, to: Address, call: C) -> C::Return {
        let asker = self.account(Kind::Eth, 0).address();
        let to = EthAddress::from_filecoin(&to).expect("an address with a 0x form");
        let (receipt, data) = self
            .network
            .view_evm(asker, to, &call.abi_encode())
            .expect("a view");
        assert!(receipt.is_ok(), "{}: {} {data:02x?}", C::SIGNATURE, receipt.error);
        C::abi_decode_returns_validate(&data).unwrap_or_else(|e| panic!("{}: {e}: {data:02x?}", C::SIGNATURE))
    }
}

impl<T> Answer<T> {
    pub(crate) fn map<U>(self, f: impl FnOnce(T) -> U) -> Answer<U> {
        Answer {
            receipt: self.receipt,
            value: self.value.map(f),
        }
    }
}

/// `()` is null in CBOR; a message without parameters has none.
const NULL: &[u8] = &[0xf6];

/// The CBOR of parameters; nothing at all for `()`.
pub(crate) fn cbor<T: Serialize>(params: &T) -> RawBytes {
    if size_of::<T>() == 0 {
        return RawBytes::default();
    }
    RawBytes::new(fvm_ipld_encoding::to_vec(params).expect("parameters that encode"))
}

/// A return value from its CBOR; `()` from nothing.
#[track_caller]
pub(crate) fn decoded<T: DeserializeOwned>(data: &[u8]) -> T {
    let data = if data.is_empty() { NULL } else { data };
    fvm_ipld_encoding::from_slice(data).unwrap_or_else(|e| panic!("the return value {data:02x?}: {e}"))
}

fn returned<T: DeserializeOwned>(receipt: &Receipt) -> T {
    decoded(receipt.return_data.bytes())
}

fn answer<T>(receipt: Receipt, value: impl FnOnce(&Receipt) -> T) -> Answer<T> {
    let value = if receipt.is_ok() {
        Ok(value(&receipt))
    } else {
        Err(Failure {
            code: receipt.exit_code.value(),
            revert: evm_answer(&receipt).unwrap_or_default(),
            why: receipt.error.clone(),
        })
    };
    Answer { receipt, value }
}
