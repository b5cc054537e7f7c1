//! Creates the token.

use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::OwnershipTransferred;
use holdfast_api::token::{ConstructorParams, MAX_NAME, MAX_SYMBOL, TokenError, method};
use holdfast_policies::supply;
use holdfast_runtime::caller::ByInit;
use holdfast_runtime::collections::{Link, Tree};
use holdfast_runtime::event::Event;
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::method::Handle;
use holdfast_runtime::{ActorError, Runtime};

use crate::TokenActor;
use crate::account::Account;
use crate::events::{eth_or_zero, transferred};
use crate::recipient::{appointee, receiver};
use crate::state::{Settings, TokenState, max_amount, require_amount};

impl Handle<method::Constructor> for TokenActor {
    fn handle<R: Runtime>(rt: &mut R, by: ByInit, p: ConstructorParams) -> Result<(), ActorError> {
        require_text("name", &p.name, MAX_NAME)?;
        require_text("symbol", &p.symbol, MAX_SYMBOL)?;
        let supply_cap = p.supply_cap.unwrap_or_else(max_amount);
        require_amount(&supply_cap)?;
        require_amount(&p.initial_supply)?;
        let none = TokenAmount::default();
        if supply::mint(none.atto(), p.initial_supply.atto(), supply_cap.atto()).is_none() {
            return Err(TokenError::SupplyCapExceeded {
                supply: p.initial_supply,
                cap: supply_cap,
            }
            .into());
        }
        let owner = p.owner.map(|owner| appointee(rt, &owner)).transpose()?;
        let holder = p.initial_holder.map(|holder| receiver(rt, &holder)).transpose()?;

        if holder.is_none() && !p.initial_supply.is_zero() {
            return Err(TokenError::NoInitialHolder {
                amount: p.initial_supply,
            }
            .into());
        }
        let mut accounts = Tree::default();
        let mut party = None;
        if let Some(holder) = &holder {
            let account = Account {
                balance: p.initial_supply.clone(),
                masked: holder.is_masked(&rt.scope())?,
                ..Account::default()
            };
            party = Some(holder.party(&account));
            accounts.update(rt.store(), [(holder.id(), account.unless_empty())])?;
        }
        let mut settings = Settings {
            name: p.name,
            symbol: p.symbol,
            supply_cap,
            owner,
            pending_owner: None,
            burner: None,
            pauser: None,
            minters: Tree::default(),
            supply_history: Tree::default(),
        };
        let supply = p.initial_supply.clone();
        if p.voting && !supply.is_zero() {
            settings.remember_supply(&rt.scope(), &supply)?;
        }
        let votes = p.voting.then(Tree::default);
        let state = TokenState::new(supply, accounts, votes, Link::store(rt.store(), &settings)?);
        rt.create(by, &state)?;

        if owner.is_some() {
            let new_owner = eth_or_zero(rt, owner);
            OwnershipTransferred {
                previous_owner: EthAddress::ZERO,
                new_owner,
            }
            .emit(rt)?;
        }
        if p.initial_supply.is_zero() {
            return Ok(());
        }
        transferred(rt, None, party, &p.initial_supply)
    }
}

fn require_text(what: &'static str, text: &str, max: usize) -> Result<(), ActorError> {
    let len = text.len();
    if (1..=max).contains(&len) {
        return Ok(());
    }
    Err(TokenError::InvalidText { what, len, max }.into())
}
