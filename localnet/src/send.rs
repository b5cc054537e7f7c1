//! The short way: sign, push and mine in one call.

use cid::Cid;
use fvm_ipld_encoding::{BytesDe, BytesSer, RawBytes, to_vec};
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;
use serde_tuple::{Deserialize_tuple, Serialize_tuple};
use std::sync::Arc;

use crate::base_fee::BLOCK_GAS_LIMIT;
use crate::block::Block;
use crate::error::{Error, Result};
use crate::eth::{CREATE_EXTERNAL, EthAddress, EthTx, INVOKE_EVM};
use crate::ids;
use crate::message::SignedMessage;
use crate::network::Network;
use crate::receipt::Receipt;
use crate::tipset::{NullRound, Tipset, TipsetSpec};
use crate::view::with_margin;
use crate::wallet::Wallet;

/// What the network's own wallets tip, attoFIL per gas.
const PREMIUM: u64 = 100_000;
const EXEC: u64 = 2;

/// Return value of the Init actor's Exec.
#[derive(Debug, Clone, PartialEq, Eq, Serialize_tuple, Deserialize_tuple)]
pub struct Created {
    /// The new actor's id address.
    pub id_address: Address,
    /// Its f2 address.
    pub robust_address: Address,
}

/// Return value of the address manager's CreateExternal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The new actor's id.
    pub id: u64,
    /// Its f2 address, if it was given one.
    pub robust_address: Option<Address>,
    /// Its Ethereum address.
    pub eth_address: EthAddress,
}

impl Network {
    /// Mine a tipset of one block of the genesis miner in the next epoch, with the waiting messages that fit the block gas limit.
    ///
    /// # Errors
    /// When cron or the reward fails.
    pub fn mine(&mut self) -> Result<Arc<Tipset>> {
        let mut gas = 0u64;
        let fits = self.pending.iter().take_while(|m| {
            gas += m.message.gas_limit;
            gas <= BLOCK_GAS_LIMIT
        });
        let messages: Vec<_> = fits.cloned().collect();
        self.mine_block(messages)
    }

    /// Mine a tipset of one block of the genesis miner with exactly these messages. Their signatures must be right; whether
    /// they can pay is left to the FVM, which penalises the miner for those that cannot.
    ///
    /// # Errors
    /// When a signature is wrong, the gas limits exceed the block's, or cron or the reward fails.
    pub fn mine_messages(&mut self, messages: Vec<SignedMessage>) -> Result<Arc<Tipset>> {
        let gas = messages
            .iter()
            .fold(0u64, |sum, m| sum.saturating_add(m.message.gas_limit));
        if gas > BLOCK_GAS_LIMIT {
            return Err(Error::Tipset(format!(
                "the messages ask for {gas} gas, a block holds {BLOCK_GAS_LIMIT} gas"
            )));
        }
        messages.iter().try_for_each(|m| self.check_signature(m))?;
        self.mine_block(messages)
    }

    fn mine_block(&mut self, messages: Vec<SignedMessage>) -> Result<Arc<Tipset>> {
        let epoch = self.head.epoch + 1;
        let block = Block {
            miner: self.miner(),
            win_count: 1,
            messages,
        };
        self.apply_tipset(TipsetSpec {
            null_rounds: Vec::<NullRound>::new(),
            epoch,
            timestamp: self.profile.timestamp(epoch),
            base_fee: self.head.base_fee.clone(),
            circulating_supply: self.circulating_supply()?,
            blocks: vec![block],
        })
    }

    /// Sign a message of this wallet with the next nonce, usual fees and an estimated gas limit; push it; mine a tipset.
    /// A message that would fail is sent all the same, so that its receipt can be looked at.
    ///
    /// # Errors
    /// When the pool refuses it or the tipset fails.
    pub fn send(
        &mut self,
        from: &Wallet,
        to: Address,
        value: TokenAmount,
        method: u64,
        params: impl Into<RawBytes>,
    ) -> Result<Receipt> {
        let message = self.message(from, to, value, method, params.into())?;
        self.send_message(from, message)
    }

    /// Sign this message as it is (nonce, fees and limit included), push it, mine a tipset.
    ///
    /// # Errors
    /// When the pool refuses it or the tipset fails.
    pub fn send_message(&mut self, from: &Wallet, message: Message) -> Result<Receipt> {
        let signed = from.sign(message, self.profile.chain_id)?;
        let cid = self.push(signed)?;
        let tipset = self.mine()?;
        let receipt = tipset.receipts.iter().find(|r| r.message == cid).cloned();
        receipt.ok_or_else(|| {
            Error::Tipset(format!(
                "message {cid} still waits: the block gas limit is used up by earlier ones"
            ))
        })
    }

    /// A message of this wallet with the next nonce, usual fees and an estimated gas limit, not yet signed.
    ///
    /// # Errors
    /// When the machine fails.
    pub fn message(
        &self,
        from: &Wallet,
        to: Address,
        value: TokenAmount,
        method: u64,
        params: RawBytes,
    ) -> Result<Message> {
        let (gas_fee_cap, gas_premium) = self.usual_fees();
        let mut message = Message {
            version: 0,
            from: from.address(),
            to,
            sequence: self.next_nonce(&from.address())?,
            value,
            method_num: method,
            params,
            gas_limit: BLOCK_GAS_LIMIT,
            gas_fee_cap,
            gas_premium,
        };
        let used = self.dry_run(message.clone())?.gas_used;
        if used > 0 {
            message.gas_limit = with_margin(used);
        }
        Ok(message)
    }

    /// Send an Ethereum transaction of this wallet and mine a tipset. It goes through its raw form, as over JSON-RPC.
    ///
    /// # Errors
    /// When the wallet is of another kind, the pool refuses the transaction, or the tipset fails.
    pub fn send_eth(&mut self, from: &Wallet, tx: EthTx) -> Result<Receipt> {
        let (to, method, params) = crate::eth::to_filecoin(tx.to, &tx.input)?;
        let mut message = self.message(from, to, tx.value, method, params.into())?;
        message.sequence = tx.nonce.unwrap_or(message.sequence);
        message.gas_limit = tx.gas_limit.unwrap_or(message.gas_limit);
        message.gas_fee_cap = tx.max_fee_per_gas.unwrap_or(message.gas_fee_cap);
        message.gas_premium = tx.max_priority_fee_per_gas.unwrap_or(message.gas_premium);
        let signed = from.sign(message, self.profile.chain_id)?;
        let (raw, _) = crate::eth::encode(&signed, self.profile.chain_id)?;
        let cid = self.push_eth(&raw)?;
        let tipset = self.mine()?;
        let receipt = tipset.receipts.iter().find(|r| r.message == cid).cloned();
        receipt.ok_or_else(|| Error::Tipset(format!("message {cid} still waits")))
    }

    /// Create an actor of this name in the bundle through the Init actor's Exec.
    ///
    /// # Errors
    /// When the bundle has no such actor or Exec fails.
    pub fn exec(
        &mut self,
        from: &Wallet,
        actor: &str,
        constructor_params: &[u8],
        value: TokenAmount,
    ) -> Result<(Created, Receipt)> {
        let code: Cid = self.bundle.code(actor)?;
        let params = to_vec(&(code, RawBytes::from(constructor_params.to_vec())))
            .map_err(|e| Error::codec("Exec", e))?;
        let receipt = self
            .send(from, Address::new_id(ids::INIT), value, EXEC, params)?
            .ok(&format!("Exec of {actor}"))?;
        Ok((receipt.decode()?, receipt))
    }

    /// Create a contract from its initcode through the address manager, from a wallet of any kind.
    ///
    /// # Errors
    /// When the constructor reverts.
    pub fn deploy_evm(
        &mut self,
        from: &Wallet,
        initcode: &[u8],
        value: TokenAmount,
    ) -> Result<(Contract, Receipt)> {
        let params = to_vec(&BytesSer(initcode)).map_err(|e| Error::codec("initcode", e))?;
        let receipt = self
            .send(from, Address::new_id(ids::EAM), value, CREATE_EXTERNAL, params)?
            .ok("CreateExternal")?;
        let (id, robust_address, BytesDe(eth)): (u64, Option<Address>, BytesDe) = receipt.decode()?;
        let eth_address = EthAddress(
            eth.as_slice()
                .try_into()
                .map_err(|e| Error::codec("contract address", e))?,
        );
        Ok((
            Contract {
                id,
                robust_address,
                eth_address,
            },
            receipt,
        ))
    }

    /// Call a contract, or the Ethereum face of an actor, from a wallet of any kind. The second value is the answer's
    /// bytes: return data on success, revert data otherwise.
    ///
    /// # Errors
    /// When the pool refuses the message or the answer is no CBOR byte string.
    pub fn call_evm(
        &mut self,
        from: &Wallet,
        to: EthAddress,
        value: TokenAmount,
        calldata: &[u8],
    ) -> Result<(Receipt, Vec<u8>)> {
        let (to, _, params) = crate::eth::to_filecoin(Some(to), calldata)?;
        let receipt = self.send(from, to, value, INVOKE_EVM, params)?;
        let answer = evm_answer(&receipt)?;
        Ok((receipt, answer))
    }

    /// The same without a transaction: nothing changes, nobody pays.
    ///
    /// # Errors
    /// When the machine fails or the answer is no CBOR byte string.
    pub fn view_evm(&self, from: Address, to: EthAddress, calldata: &[u8]) -> Result<(Receipt, Vec<u8>)> {
        let (to, method_num, params) = crate::eth::to_filecoin(Some(to), calldata)?;
        let receipt = self.view(from, to, method_num, params)?;
        let answer = evm_answer(&receipt)?;
        Ok((receipt, answer))
    }

    /// Call a method without a transaction: nothing changes, nobody pays.
    ///
    /// # Errors
    /// When the machine fails. A failing method is a receipt.
    pub fn view(
        &self,
        from: Address,
        to: Address,
        method: u64,
        params: impl Into<RawBytes>,
    ) -> Result<Receipt> {
        let zero = TokenAmount::from_atto(0);
        self.call(Message {
            version: 0,
            from,
            to,
            sequence: 0,
            value: zero.clone(),
            method_num: method,
            params: params.into(),
            gas_limit: BLOCK_GAS_LIMIT,
            gas_fee_cap: zero.clone(),
            gas_premium: zero,
        })
    }

    /// Fee cap and premium that this network's own wallets set, attoFIL per gas.
    pub fn usual_fees(&self) -> (TokenAmount, TokenAmount) {
        let premium = TokenAmount::from_atto(PREMIUM);
        (self.head.base_fee.clone() * 2u64 + &premium, premium)
    }
}

/// The bytes in a receipt of InvokeEVM; empty if it returned nothing.
///
/// # Errors
/// When it returned something that is no CBOR byte string.
pub fn evm_answer(receipt: &Receipt) -> Result<Vec<u8>> {
    if receipt.return_data.bytes().is_empty() {
        return Ok(Vec::new());
    }
    let BytesDe(bytes) = receipt.decode()?;
    Ok(bytes)
}
