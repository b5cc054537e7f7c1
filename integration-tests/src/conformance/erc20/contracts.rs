//! Contracts that know a token by the standard only.

use alloy_sol_types::sol;
use fvm_shared::address::Address;

use super::{Erc20Stage, SUPPLY, units};
use crate::conformance::Cast;

sol! {
    #![sol(all_derives)]
    "solidity/contracts/Purse.sol"
}

/// A contract with 100 tokens.
fn purse(s: &mut Erc20Stage) -> Address {
    let maker = s.cast.maker.clone();
    let purse = s.w.deploy(&maker, "Purse");
    assert!(s.transfer(&maker, purse, units(100)).ok());
    purse
}

pub(super) fn a_contract_pays_collects_and_approves(s: &mut Erc20Stage) {
    let Cast {
        maker,
        recipient,
        spender,
        ..
    } = s.cast.clone();
    let purse = purse(s);
    let token = s.eth(s.at);
    let (to, from, value) = (s.eth(&recipient), s.eth(&maker), units(30));
    let moved = [s.moved(purse, &recipient, value)];
    let pay = Purse::payCall { token, to, value };
    s.w.evm(&maker, purse, pay).emits(&moved).ok();

    s.approve(&maker, purse, value).ok();
    let moved = [s.moved(&maker, purse, value)];
    let collect = Purse::collectCall { token, from, value };
    s.w.evm(&recipient, purse, collect).emits(&moved).ok();

    let allow = Purse::allowCall {
        token,
        spender: s.eth(&spender),
        value,
    };
    let approved = [s.approved(purse, &spender, value)];
    s.w.evm(&maker, purse, allow).emits(&approved).ok();
    assert!(s.spend(&spender, purse, &recipient, value).ok());
    assert_eq!(s.balance(purse), units(70));
    assert_eq!(s.balance(&recipient), units(60));
    assert_eq!(s.balance(&maker), units(SUPPLY - 130));
}

pub(super) fn a_contract_cannot_change_anything_by_asking(s: &mut Erc20Stage) {
    let purse = purse(s);
    let (token, to) = (s.eth(s.at), s.eth(&s.cast.stranger));
    let asked = Purse::changesWhenOnlyAskedCall { token, to };
    assert!(!s.w.ask(purse, asked));
    let seen = s.w.ask(purse, Purse::lookCall { token });
    let (name, symbol, decimals) = s.subject.metadata();
    assert_eq!((seen.name.as_str(), seen.symbol.as_str()), (name, symbol));
    assert_eq!(seen.decimals, decimals);
    assert_eq!((seen.supply, seen.mine), (units(SUPPLY), units(100)));
}
