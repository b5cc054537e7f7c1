//! Gives readers the present key of a data set, sealed; and lets them fetch it.

use fvm_ipld_blockstore::Blockstore;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use holdfast_api::access::events::EnvelopesPut;
use holdfast_api::access::{
    AccessError, Envelope, GetEnvelopeParams, MAX_ENVELOPE, PutEnvelopesParams, method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::collections::Recorded;
use holdfast_runtime::event::Event;
use holdfast_runtime::method::{Answer, Handle};
use holdfast_runtime::{ActorError, Runtime};

use super::views::annex;
use crate::AccessActor;
use crate::admit::admit;
use crate::people::{known, require_batch};
use crate::state::{AccessState, Keys, Sealed};

impl Handle<method::PutEnvelopes> for AccessActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: PutEnvelopesParams) -> Result<(), ActorError> {
        require_batch(p.envelopes.len())?;
        let (data_set, key_epoch) = (p.data_set, p.key_epoch);
        let envelopes = p
            .envelopes
            .clone()
            .into_iter()
            .map(|envelope| checked(rt, envelope));
        let envelopes = envelopes.collect::<Result<Vec<_>, _>>()?;
        let recipients = envelopes.iter().map(|(recipient, _)| *recipient).collect();
        rt.transaction(|st: &mut AccessState, scope| {
            let head = admit::<method::PutEnvelopes, R>(st, scope, caller, &p)?;
            if head.is_frozen() {
                return Err(AccessError::Frozen { data_set }.into());
            }
            let (named, present) = (key_epoch, head.key_epoch);
            if named != present || present == 0 {
                return Err(AccessError::NotKeyEpoch {
                    data_set,
                    named,
                    present,
                }
                .into());
            }
            st.change_keys(scope, |keys| {
                let sealed = envelopes.into_iter().map(|(recipient, sealed)| {
                    let sealed = opened_by(keys, scope, recipient, &sealed)?;
                    Ok((((data_set, key_epoch), recipient), Some(sealed)))
                });
                let sealed = sealed.collect::<Result<Vec<_>, ActorError>>()?;
                keys.envelopes.update(scope, sealed)
            })
        })?;
        EnvelopesPut {
            data_set,
            key_epoch,
            recipients,
        }
        .emit(rt)
    }
}

/// Whose an envelope is, and what is kept of it: with it the key, so that it shows when the reader has another one.
fn checked<R: Runtime>(rt: &R, envelope: Envelope) -> Result<(ActorID, Sealed), ActorError> {
    let Envelope {
        recipient,
        key,
        bytes: envelope,
    } = envelope;
    let (len, max) = (envelope.len(), MAX_ENVELOPE);
    if !(1..=max).contains(&len) {
        return Err(AccessError::InvalidEnvelope { recipient, len, max }.into());
    }
    Ok((known(rt, &recipient)?, Sealed { key, envelope }))
}

/// Refuses what the reader cannot open: a key may have changed since somebody sealed to it.
fn opened_by<BS: Blockstore>(
    keys: &Keys,
    store: &BS,
    recipient: ActorID,
    sealed: &Sealed,
) -> Result<Recorded<Sealed>, ActorError> {
    let key = keys.readers.get(store, &recipient)?;
    let recipient = Address::new_id(recipient);
    let key = key.ok_or(AccessError::NoReaderKey { recipient })?;
    if key != sealed.key {
        return Err(AccessError::OtherReaderKey { recipient, key }.into());
    }
    Recorded::new(sealed)
}

impl Answer<method::GetEnvelope> for AccessActor {
    fn answer<R: Runtime>(rt: &R, _: Caller, p: GetEnvelopeParams) -> Result<Option<RawBytes>, ActorError> {
        let Some(recipient) = rt.resolve(&p.recipient) else {
            return Ok(None);
        };
        let keys = annex(rt)?.keys.load(rt.store())?;
        let at = ((p.data_set, p.key_epoch), recipient);
        let sealed = keys.envelopes.get(rt.store(), &at)?;
        let sealed = sealed.as_ref().map(Recorded::read).transpose()?;
        Ok(sealed.map(|sealed| sealed.envelope))
    }
}
