//! What can be read of a token.

use super::IERC20Metadata::{decimalsCall, nameCall, symbolCall};
use super::{Erc20Stage, SUPPLY, units};

pub(super) fn the_name_symbol_and_decimals_are_told(s: &mut Erc20Stage) {
    let told = (s.ask(nameCall {}), s.ask(symbolCall {}), s.ask(decimalsCall {}));
    let (name, symbol, decimals) = s.subject.metadata();
    assert_eq!(told, (name.to_owned(), symbol.to_owned(), decimals));
}

pub(super) fn the_supply_and_a_balance_are_told(s: &mut Erc20Stage) {
    assert_eq!(s.supply(), units(SUPPLY));
    assert_eq!(s.balance(&s.cast.maker), units(SUPPLY));
}

pub(super) fn a_stranger_has_nothing_and_may_spend_nothing(s: &mut Erc20Stage) {
    let (maker, stranger) = (&s.cast.maker, &s.cast.stranger);
    assert_eq!(s.balance(stranger), units(0));
    assert_eq!(s.allowance(maker, stranger), units(0));
    assert_eq!(s.allowance(stranger, maker), units(0));
}
