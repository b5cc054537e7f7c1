//! The list of holders, page by page.

use std::collections::BTreeMap;

use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{ListHoldersParams, method};
use holdfast_integration_tests::{World, tokens};
use holdfast_localnet::Kind;

/// Enough that the balances move out of the state root, which holds 32.
const HOLDERS: u64 = 40;

/// Everybody, read in pages of `limit`.
fn all(w: &World, token: Address, limit: u64) -> BTreeMap<u64, TokenAmount> {
    let (mut start, mut found) = (None, BTreeMap::new());
    loop {
        let page = w.view::<method::ListHolders>(token, &ListHoldersParams { start, limit });
        assert!(page.holders.len() as u64 <= limit);
        for holder in page.holders {
            assert!(
                found.insert(holder.id, holder.balance).is_none(),
                "{} is listed twice",
                holder.id
            );
        }
        match page.next {
            None => return found,
            next => start = next,
        }
    }
}

#[test]
fn every_holder_is_listed_once_whatever_the_page() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    let mut expected = BTreeMap::new();
    for number in 1..HOLDERS {
        let holder = w.account(Kind::Secp256k1, 1_000 + number as u32);
        w.frc46(token).transfer(&alice, &holder, tokens(number)).ok();
        expected.insert(w.id(&holder).id().unwrap(), tokens(number));
    }
    expected.insert(
        w.id(&alice).id().unwrap(),
        tokens(1_000 - (1..HOLDERS).sum::<u64>()),
    );
    for limit in [1, 7, HOLDERS, 1_000] {
        assert_eq!(all(&w, token, limit), expected, "in pages of {limit}");
    }
    for number in (1..HOLDERS).step_by(2) {
        let holder = w.account(Kind::Secp256k1, 1_000 + number as u32);
        w.send(
            &alice,
            holder.address(),
            TokenAmount::from_whole(1),
            0,
            Vec::new().into(),
        );
        w.frc46(token).burn(&holder, tokens(number)).ok();
        expected.remove(&w.id(&holder).id().unwrap());
    }
    assert_eq!(all(&w, token, 7), expected, "with every second holder gone");
}

#[test]
fn pages_of_no_or_too_many_holders_are_refused() {
    let mut w = World::new();
    let alice = w.account(Kind::Secp256k1, 0);
    let token = w.story_token(&alice);
    for limit in [0, 1_001, u64::MAX] {
        let params = ListHoldersParams { start: None, limit };
        w.call::<method::ListHolders>(&alice, token, &params).refused(80);
    }
}
