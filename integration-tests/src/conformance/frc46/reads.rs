//! What can be read of a token.

use frc42_dispatch::method_hash;
use holdfast_localnet::Kind;

use super::Frc46Stage;

pub(super) fn the_name_symbol_and_granularity_are_told(s: &mut Frc46Stage) {
    let told: (String, String, u64) = (
        s.w.inquire(s.at, method_hash!("Name"), &()),
        s.w.inquire(s.at, method_hash!("Symbol"), &()),
        s.w.inquire(s.at, method_hash!("Granularity"), &()),
    );
    let (name, symbol, granularity) = s.subject.metadata();
    assert_eq!(told, (name.to_owned(), symbol.to_owned(), granularity));
}

pub(super) fn the_supply_is_what_the_maker_holds(s: &mut Frc46Stage) {
    assert!(s.supply() >= s.amount(1_000));
    assert_eq!(s.balance(&s.cast.maker), s.supply());
    assert_eq!(s.balance(&s.cast.stranger), s.amount(0));
}

pub(super) fn nobody_is_created_by_looking(s: &mut Frc46Stage) {
    let absent = s.w.account(Kind::Secp256k1, 500);
    assert_eq!(s.balance(&absent), s.amount(0));
    assert_eq!(s.allowance(&s.cast.maker, &absent), s.amount(0));
    assert_eq!(
        s.w.network()
            .resolve(&absent.address())
            .expect("a readable state"),
        None
    );
}
