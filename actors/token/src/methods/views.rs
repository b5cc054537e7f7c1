//! What can be read.

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{
    CLOCK_MODE, DECIMALS, Eip712Domain, GetAllowanceParams, GetPastVotesParams, PastVotesParams, RolesReturn,
    method,
};
use holdfast_runtime::caller::Caller;
use holdfast_runtime::evm::eip712::{VERSION, domain_separator, verifying_contract};
use holdfast_runtime::evm::{Bytes1, Bytes32, EthAddress, Uint48};
use holdfast_runtime::method::Answer;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::events::eth_or_zero;
use crate::recipient::existing;
use crate::state::{Settings, TokenState};
use crate::votes::{self, number, require_past};

fn settings<R: Runtime>(rt: &R) -> Result<Settings, ActorError> {
    rt.state::<TokenState>()?.settings.load(rt.store())
}

fn delegate_of<R: Runtime>(rt: &R, holder: &Address) -> Result<Option<ActorID>, ActorError> {
    let Some(holder) = existing(rt, holder) else {
        return Ok(None);
    };
    let account = rt.state::<TokenState>()?.accounts.get(rt.store(), &holder)?;
    Ok(account.and_then(|account| account.delegate))
}

/// A token that is not voting has no votes at any time.
fn votes_at<R: Runtime>(rt: &R, delegate: &Address, epoch: u64) -> Result<TokenAmount, ActorError> {
    match (existing(rt, delegate), &rt.state::<TokenState>()?.votes) {
        (Some(delegate), Some(history)) => votes::of(history, rt.store(), delegate, epoch),
        _ => Ok(TokenAmount::default()),
    }
}

fn supply_at<R: Runtime>(rt: &R, epoch: u64) -> Result<TokenAmount, ActorError> {
    votes::supply_at(&settings(rt)?.supply_history, rt.store(), epoch)
}

/// Before genesis nobody had votes, as at genesis.
fn past_epoch<R: Runtime>(rt: &R, epoch: ChainEpoch) -> Result<u64, ActorError> {
    require_past(&epoch.max(0).into(), rt.network().epoch)
}

macro_rules! views {
    ($($method:ident($rt:ident, $params:tt: $ty:ty) -> $ret:ty $body:block)+) => {$(
        impl Answer<method::$method> for TokenActor {
            fn answer<R: Runtime>($rt: &R, _: Caller, $params: $ty) -> Result<$ret, ActorError> {
                $body
            }
        }
    )+};
}

views! {
    Name(rt, _: ()) -> String { Ok(settings(rt)?.name) }
    Symbol(rt, _: ()) -> String { Ok(settings(rt)?.symbol) }
    Granularity(_rt, _: ()) -> u64 { Ok(1) }
    decimals(_rt, _: ()) -> u8 { Ok(DECIMALS) }
    TotalSupply(rt, _: ()) -> TokenAmount { Ok(rt.state::<TokenState>()?.into_supply()) }
    BalanceOf(rt, holder: Address) -> TokenAmount {
        let Some(holder) = existing(rt, &holder) else { return Ok(TokenAmount::default()) };
        rt.state::<TokenState>()?.balance(rt.store(), holder)
    }
    Allowance(rt, p: GetAllowanceParams) -> TokenAmount {
        let (Some(owner), Some(operator)) = (existing(rt, &p.owner), existing(rt, &p.operator)) else {
            return Ok(TokenAmount::default());
        };
        rt.state::<TokenState>()?.allowance(rt.store(), owner, operator)
    }
    IsPaused(rt, _: ()) -> bool { Ok(rt.state::<TokenState>()?.paused) }
    SupplyCap(rt, _: ()) -> TokenAmount { Ok(settings(rt)?.supply_cap) }
    MinterCap(rt, minter: Address) -> TokenAmount {
        let Some(minter) = existing(rt, &minter) else { return Ok(TokenAmount::default()) };
        Ok(settings(rt)?.minters.get(rt.store(), &minter)?.unwrap_or_default())
    }
    Roles(rt, _: ()) -> RolesReturn {
        let Settings { owner, pending_owner, burner, pauser, .. } = settings(rt)?;
        Ok(RolesReturn { owner, pending_owner, burner, pauser })
    }
    IsVoting(rt, _: ()) -> bool { Ok(rt.state::<TokenState>()?.votes.is_some()) }
    DelegateOf(rt, holder: Address) -> Option<ActorID> { delegate_of(rt, &holder) }
    delegates(rt, holder: Address) -> EthAddress {
        let delegate = delegate_of(rt, &holder)?;
        Ok(eth_or_zero(rt, delegate))
    }
    Votes(rt, delegate: Address) -> TokenAmount { votes_at(rt, &delegate, u64::MAX) }
    PastVotes(rt, p: PastVotesParams) -> TokenAmount { votes_at(rt, &p.account, past_epoch(rt, p.epoch)?) }
    PastTotalSupply(rt, epoch: ChainEpoch) -> TokenAmount { supply_at(rt, past_epoch(rt, epoch)?) }
    getPastVotes(rt, p: GetPastVotesParams) -> TokenAmount {
        votes_at(rt, &p.account, require_past(p.timepoint.atto(), rt.network().epoch)?)
    }
    getPastTotalSupply(rt, timepoint: TokenAmount) -> TokenAmount {
        supply_at(rt, require_past(timepoint.atto(), rt.network().epoch)?)
    }
    clock(rt, _: ()) -> Uint48 { Ok(Uint48(number(rt.network().epoch))) }
    CLOCK_MODE(_rt, _: ()) -> String { Ok(CLOCK_MODE.to_owned()) }
    owner(rt, _: ()) -> EthAddress { Ok(eth_or_zero(rt, settings(rt)?.owner)) }
    pendingOwner(rt, _: ()) -> EthAddress { Ok(eth_or_zero(rt, settings(rt)?.pending_owner)) }
    nonces(rt, owner: Address) -> TokenAmount {
        let Some(owner) = existing(rt, &owner) else { return Ok(TokenAmount::default()) };
        Ok(TokenAmount::from_atto(rt.state::<TokenState>()?.nonce(rt.store(), owner)?))
    }
    DOMAIN_SEPARATOR(rt, _: ()) -> Bytes32 { Ok(Bytes32(domain_separator(rt, &settings(rt)?.name))) }
    eip712Domain(rt, _: ()) -> Eip712Domain {
        Ok(Eip712Domain {
            fields: Bytes1([0x0f]),
            name: settings(rt)?.name,
            version: VERSION.to_owned(),
            chain_id: TokenAmount::from_atto(rt.network().chain_id),
            verifying_contract: verifying_contract(rt),
            salt: Bytes32([0; 32]),
            extensions: Vec::new(),
        })
    }
}
