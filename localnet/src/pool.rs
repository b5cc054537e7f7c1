//! The message pool: what may wait to be mined.

use cid::Cid;
use fvm_shared::address::{Address, Payload};
use fvm_shared::econ::TokenAmount;
use fvm_shared::message::Message;

use crate::base_fee::{BLOCK_GAS_LIMIT, MINIMUM_BASE_FEE};
use crate::error::{Refusal, Result};
use crate::genesis::{TOTAL_FIL, exec};
use crate::message::SignedMessage;
use crate::network::Network;

/// The longest message a pool takes, in bytes.
pub const MAX_MESSAGE_SIZE: usize = 64 << 10;

impl Network {
    /// Check a signed message as a pool does and let it wait for [`Network::mine`]. Gives its CID.
    ///
    /// # Errors
    /// [`Refusal`]: version, recipient, value, gas limit, fee cap (at least the minimum base fee of 100 attoFIL, and the base fee of the next
    /// tipset), premium, length, sender, signature and chain id, nonce (exactly the next one), funds (value plus
    /// fee cap times gas limit of this and all waiting messages of the sender).
    pub fn push(&mut self, message: SignedMessage) -> Result<Cid> {
        self.check(&message)?;
        let cid = message.cid()?;
        self.pending.push(message);
        Ok(cid)
    }

    /// The same for a raw signed Ethereum transaction (EIP-1559, EIP-155 or older).
    ///
    /// # Errors
    /// As [`Network::push`], and when the bytes are no transaction of this chain.
    pub fn push_eth(&mut self, raw: &[u8]) -> Result<Cid> {
        self.push(crate::eth::decode(raw, self.profile.chain_id)?)
    }

    /// The messages that wait, oldest first.
    pub fn pending(&self) -> &[SignedMessage] {
        &self.pending
    }

    /// The nonce that the next message of `from` must have: the actor's, plus its waiting messages.
    ///
    /// # Errors
    /// When the state cannot be read.
    pub fn next_nonce(&self, from: &Address) -> Result<u64> {
        let sent = self.actor(from)?.map_or(0, |actor| actor.sequence);
        Ok(sent + self.waiting_of(from)?.len() as u64)
    }

    /// The waiting messages of an account, under whichever of its addresses.
    pub(crate) fn waiting_of(&self, from: &Address) -> Result<Vec<&SignedMessage>> {
        let tree = self.tree()?;
        let id = |address: &Address| tree.lookup_id(address).map_err(exec);
        let sender = id(from)?;
        let mut waiting = Vec::new();
        for message in &self.pending {
            if sender.is_some() && id(&message.message.from)? == sender {
                waiting.push(message);
            }
        }
        Ok(waiting)
    }

    fn check(&self, signed: &SignedMessage) -> Result<()> {
        let message = &signed.message;
        check_form(message, &self.head.base_fee)?;
        let length = signed.chain_length()?;
        if length > MAX_MESSAGE_SIZE {
            return Err(Refusal::Length {
                length,
                max: MAX_MESSAGE_SIZE,
            }
            .into());
        }
        let min = self.inclusion_gas(length);
        if message.gas_limit < min {
            return Err(Refusal::GasLimitLow {
                limit: message.gas_limit,
                min,
                length,
            }
            .into());
        }
        let signer = self.signer(&message.from)?;
        signed
            .verify(&signer, self.profile.chain_id)
            .map_err(|why| Refusal::Signature {
                from: message.from,
                why,
            })?;
        let expected = self.next_nonce(&message.from)?;
        if message.sequence != expected {
            return Err(Refusal::Nonce {
                from: message.from,
                nonce: message.sequence,
                expected,
            }
            .into());
        }
        self.check_funds(message)
    }

    /// The sender must be an account and have signed the message.
    pub(crate) fn check_signature(&self, signed: &SignedMessage) -> Result<()> {
        let from = signed.message.from;
        let signer = self.signer(&from)?;
        signed
            .verify(&signer, self.profile.chain_id)
            .map_err(|why| Refusal::Signature { from, why }.into())
    }

    fn check_funds(&self, message: &Message) -> Result<()> {
        let waiting = self.waiting_of(&message.from)?;
        let waiting = waiting.into_iter().map(|m| &m.message);
        let required = waiting
            .chain([message])
            .fold(TokenAmount::from_atto(0), |sum, m| {
                sum + &m.value + m.gas_fee_cap.clone() * m.gas_limit
            });
        let balance = self.balance(&message.from)?;
        if balance < required {
            return Err(Refusal::Funds {
                from: message.from,
                balance,
                required,
            }
            .into());
        }
        Ok(())
    }

    /// The key address behind a sender, who must be an account.
    fn signer(&self, from: &Address) -> Result<Address> {
        let refuse = |why: &str| Refusal::Sender {
            from: *from,
            why: why.into(),
        };
        let actor = self.actor(from)?.ok_or_else(|| refuse("does not exist"))?;
        match self.bundle.name(&actor.code) {
            Some("account") => {
                let (key,): (Address,) = self.block(&actor.state)?;
                Ok(key)
            }
            Some("ethaccount" | "placeholder") if is_ethereum(actor.delegated_address.as_ref()) => actor
                .delegated_address
                .ok_or_else(|| refuse("has no Ethereum address").into()),
            name => Err(refuse(&format!(
                "is no account but {}",
                name.unwrap_or("of unknown code")
            ))
            .into()),
        }
    }
}

fn is_ethereum(address: Option<&Address>) -> bool {
    matches!(address.map(Address::payload), Some(Payload::Delegated(d)) if d.namespace() == crate::ids::EAM)
}

/// What can be said without the state.
fn check_form(message: &Message, base_fee: &TokenAmount) -> Result<()> {
    let total = TokenAmount::from_whole(TOTAL_FIL);
    if message.version != 0 {
        return Err(Refusal::Version(message.version).into());
    }
    if message.to.is_bls_zero_address() {
        return Err(Refusal::Recipient(message.to).into());
    }
    if message.value.is_negative() || message.value > total {
        return Err(Refusal::Value {
            value: message.value.clone(),
            limit: total,
        }
        .into());
    }
    if message.gas_limit > BLOCK_GAS_LIMIT {
        return Err(Refusal::GasLimitHigh {
            limit: message.gas_limit,
            max: BLOCK_GAS_LIMIT,
        }
        .into());
    }
    let fee_cap = &message.gas_fee_cap;
    let below = |min: &TokenAmount, which| Refusal::FeeCap {
        fee_cap: fee_cap.atto().to_string(),
        min: min.atto().to_string(),
        which,
    };
    let minimum = TokenAmount::from_atto(MINIMUM_BASE_FEE);
    if *fee_cap < minimum {
        return Err(below(&minimum, "the least base fee there can be").into());
    }
    if fee_cap < base_fee {
        return Err(below(base_fee, "the base fee of the next tipset").into());
    }
    if message.gas_premium.is_negative() || message.gas_premium > *fee_cap {
        let premium = message.gas_premium.atto().to_string();
        return Err(Refusal::Premium {
            premium,
            fee_cap: fee_cap.atto().to_string(),
        }
        .into());
    }
    Ok(())
}
