//! Moves or makes tokens for many at once, in one change of state: with the receiver hooks on the Filecoin side, without them
//! on the Ethereum face.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{BatchEntry, BatchParams, MAX_BATCH, SolidityBatchParams, TokenError, method};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::receiver::ReceiverHook;
use holdfast_runtime::scope::Scope;
use holdfast_runtime::{ActorError, Runtime};

use super::mint::raise_supply;
use super::transfer::received;
use crate::TokenActor;
use crate::events::{Party, transferred, votes_changed};
use crate::ledger::Ledger;
use crate::recipient::{Receiver, receiver, require_operator_data};
use crate::state::{TokenState, require_amount};

/// Who gets how many atto-tokens.
type Entry = (Receiver, TokenAmount);

impl Handle<method::BatchTransfer> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BatchParams) -> Result<TokenAmount, ActorError> {
        require_operator_data(&p.operator_data)?;
        let (holder, batch) = (caller.id(), resolve(rt, p.entries)?);
        let left = transfer(rt, holder, &batch)?;
        let told = tell_all(rt, (holder, holder), batch, &p.operator_data)?;
        if told == Told::Unchanged {
            return Ok(left);
        }
        rt.state::<TokenState>()?.balance(rt.store(), holder)
    }
}

impl Handle<method::batchTransfer> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SolidityBatchParams) -> Result<bool, ActorError> {
        let batch = resolve(rt, entries(p)?)?;
        transfer(rt, caller.id(), &batch).map(|_| true)
    }
}

impl Handle<method::BatchMint> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: BatchParams) -> Result<TokenAmount, ActorError> {
        require_operator_data(&p.operator_data)?;
        let batch = resolve(rt, p.entries)?;
        let supply = mint(rt, caller, &batch)?;
        // FRC-46: the token itself is what minted tokens come from.
        let told = tell_all(rt, (rt.message().receiver, caller.id()), batch, &p.operator_data)?;
        if told == Told::Unchanged {
            return Ok(supply);
        }
        Ok(rt.state::<TokenState>()?.into_supply())
    }
}

impl Handle<method::batchMint> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: SolidityBatchParams) -> Result<(), ActorError> {
        let batch = resolve(rt, entries(p)?)?;
        mint(rt, caller, &batch).map(|_| ())
    }
}

/// Pairs recipients with values.
///
/// # Errors
/// [`TokenError::UnevenBatch`].
fn entries(p: SolidityBatchParams) -> Result<Vec<BatchEntry>, ActorError> {
    let (recipients, values) = (p.recipients.len(), p.values.len());
    if recipients != values {
        return Err(TokenError::UnevenBatch { recipients, values }.into());
    }
    let pairs = p.recipients.into_iter().zip(p.values);
    Ok(pairs.map(|(to, amount)| BatchEntry { to, amount }).collect())
}

/// Checks a batch and resolves its recipients, who are created if need be.
///
/// # Errors
/// [`TokenError::InvalidBatch`], [`TokenError::InvalidAmount`], [`TokenError::InvalidReceiver`].
fn resolve<R: Runtime>(rt: &mut R, entries: Vec<BatchEntry>) -> Result<Vec<Entry>, ActorError> {
    let len = entries.len();
    if !(1..=MAX_BATCH).contains(&len) {
        return Err(TokenError::InvalidBatch { len, max: MAX_BATCH }.into());
    }
    let resolved = entries.into_iter().map(|BatchEntry { to, amount }| {
        require_amount(&amount)?;
        Ok((receiver(rt, &to)?, amount))
    });
    resolved.collect()
}

/// Gives what the holder has left. The balance has to cover the sum, also where the holder is among the recipients.
fn transfer<R: Runtime>(rt: &mut R, holder: ActorID, batch: &[Entry]) -> Result<TokenAmount, ActorError> {
    let ((sender, recipients), left, votes) = rt.transaction(|st: &mut TokenState, scope| {
        st.require_not_paused()?;
        let mut ledger = Ledger::open(&mut st.accounts, scope)?;
        let sender = ledger.debit(holder, &sum(batch))?;
        let recipients = credit(&mut ledger, scope, batch)?;
        let left = ledger.account(holder)?.balance;
        let moved = ledger.finish()?;
        let parties = (Party::holder(holder, &sender), recipients);
        Ok((parties, left, st.follow(scope, &moved)?))
    })?;
    for (to, (_, amount)) in recipients.into_iter().zip(batch) {
        transferred(rt, Some(sender), Some(to), amount)?;
    }
    votes_changed(rt, votes)?;
    Ok(left)
}

/// Gives the supply afterwards.
fn mint<R: Runtime>(rt: &mut R, minter: Caller, batch: &[Entry]) -> Result<TokenAmount, ActorError> {
    let (recipients, supply, votes) = rt.transaction(|st: &mut TokenState, scope| {
        raise_supply(st, scope, minter, &sum(batch))?;
        let mut ledger = Ledger::open(&mut st.accounts, scope)?;
        let recipients = credit(&mut ledger, scope, batch)?;
        let moved = ledger.finish()?;
        Ok((recipients, st.supply.clone(), st.follow(scope, &moved)?))
    })?;
    for (to, (_, amount)) in recipients.into_iter().zip(batch) {
        transferred(rt, None, Some(to), amount)?;
    }
    votes_changed(rt, votes)?;
    Ok(supply)
}

fn sum(batch: &[Entry]) -> TokenAmount {
    batch.iter().map(|(_, amount)| amount).sum()
}

/// Gives everybody theirs, and how the events name them.
fn credit<R: Runtime>(
    ledger: &mut Ledger<'_, Scope<'_, R>>,
    scope: &Scope<'_, R>,
    batch: &[Entry],
) -> Result<Vec<Party>, ActorError> {
    let credited = batch.iter().map(|(to, amount)| {
        let account = ledger.credit(to.id(), amount, || to.is_masked(scope))?;
        Ok(to.party(&account))
    });
    credited.collect()
}

/// What the hooks left behind.
#[derive(PartialEq, Eq)]
enum Told {
    /// The state that they found.
    Unchanged,
    /// Another one: somebody called back.
    Changed,
}

/// Calls the hook of every recipient, in the order of the batch.
fn tell_all<R: Runtime>(
    rt: &mut R,
    (from, operator): (ActorID, ActorID),
    batch: Vec<Entry>,
    operator_data: &RawBytes,
) -> Result<Told, ActorError> {
    let before = rt.root();
    for (to, amount) in batch {
        let received = received((from, to.id()), operator, amount, operator_data.clone());
        ReceiverHook::for_token(received).call(rt)?;
    }
    Ok(if rt.root() == before {
        Told::Unchanged
    } else {
        Told::Changed
    })
}
