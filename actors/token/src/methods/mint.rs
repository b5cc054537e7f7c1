//! Makes new tokens within the minter's cap and the supply cap: with the receiver hook on the Filecoin side,
//! without it on the Ethereum face.

use fvm_ipld_blockstore::Blockstore;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{Erc20MintParams, MintParams, MintReturn, TokenError, method};
use holdfast_policies::supply;
use holdfast_runtime::caller::Caller;
use holdfast_runtime::method::Handle;
use holdfast_runtime::scope::Clock;
use holdfast_runtime::{ActorError, Runtime};

use super::transfer::{received, tell_recipient};
use crate::TokenActor;
use crate::events::{transferred, votes_changed};
use crate::recipient::{Receiver, receiver, require_operator_data};
use crate::state::{Settings, TokenState, require_amount};

impl Handle<method::Mint> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: MintParams) -> Result<MintReturn, ActorError> {
        require_amount(&p.amount)?;
        require_operator_data(&p.operator_data)?;
        let to = receiver(rt, &p.to)?;
        let (balance, supply) = mint(rt, caller, &to, &p.amount)?;
        // FRC-46: the token itself is what minted tokens come from.
        let (token, before) = (rt.message().receiver, rt.root());
        let received = received((token, to.id()), caller.id(), p.amount, p.operator_data);
        let ((_, balance), recipient_data) = tell_recipient(rt, received, (TokenAmount::default(), balance))?;
        let supply = if rt.root() == before {
            supply
        } else {
            rt.state::<TokenState>()?.into_supply()
        };
        Ok(MintReturn {
            balance,
            supply,
            recipient_data,
        })
    }
}

impl Handle<method::mint> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, caller: Caller, p: Erc20MintParams) -> Result<(), ActorError> {
        let to = receiver(rt, &p.to)?;
        mint(rt, caller, &to, &p.value).map(|_| ())
    }
}

/// Gives the recipient's balance and the supply afterwards.
fn mint<R: Runtime>(
    rt: &mut R,
    caller: Caller,
    to: &Receiver,
    amount: &TokenAmount,
) -> Result<(TokenAmount, TokenAmount), ActorError> {
    let ((account, votes), supply) = rt.transaction(|st: &mut TokenState, scope| {
        raise_supply(st, scope, caller, amount)?;
        let credited = st.credit(scope, to.id(), amount, || to.is_masked(scope))?;
        Ok((credited, st.supply.clone()))
    })?;
    transferred(rt, None, Some(to.party(&account)), amount)?;
    votes_changed(rt, votes)?;
    Ok((account.balance, supply))
}

/// Lets a minter make tokens, within its cap and the supply cap. Who gets them is the caller's to say.
///
/// # Errors
/// [`TokenError::Paused`], [`TokenError::NotInRole`], [`TokenError::MinterCapExceeded`], [`TokenError::SupplyCapExceeded`].
pub(super) fn raise_supply<S: Blockstore + Clock>(
    st: &mut TokenState,
    scope: &S,
    minter: Caller,
    amount: &TokenAmount,
) -> Result<(), ActorError> {
    st.require_not_paused()?;
    let (voting, supply) = (st.votes.is_some(), st.supply.clone());
    st.supply = st.settings.update(scope, |settings| {
        use_minter_cap(settings, scope, minter, amount)?;
        let Some(raised) = supply::mint(supply.atto(), amount.atto(), settings.supply_cap.atto()) else {
            return Err(TokenError::SupplyCapExceeded {
                supply: &supply + amount,
                cap: settings.supply_cap.clone(),
            }
            .into());
        };
        let raised = TokenAmount::from_atto(raised);
        if voting && raised != supply {
            settings.remember_supply(scope, &raised)?;
        }
        Ok(raised)
    })?;
    Ok(())
}

fn use_minter_cap<BS: Blockstore>(
    settings: &mut Settings,
    store: &BS,
    minter: Caller,
    amount: &TokenAmount,
) -> Result<(), ActorError> {
    let address: Address = minter.address();
    let Some(cap) = settings.minters.get(store, &minter.id())? else {
        return Err(TokenError::NotInRole {
            caller: address,
            role: "minter",
        }
        .into());
    };
    let Some(left) = supply::use_minter_cap(cap.atto(), amount.atto()).map(TokenAmount::from_atto) else {
        return Err(TokenError::MinterCapExceeded {
            minter: address,
            cap,
            needed: amount.clone(),
        }
        .into());
    };
    let left = (!left.is_zero()).then_some(left);
    settings.minters.update(store, [(minter.id(), left)])
}
