//! The list of holders.

use holdfast_api::token::events::Transfer;
use holdfast_api::token::{Erc20TransferParams, ListHoldersParams, method};

use crate::desk::*;

#[test]
fn every_holder_is_on_exactly_one_page() {
    let mut desk = Desk::new();
    let holders = 6_000..6_100;
    for holder in holders.clone() {
        desk.0.add_actor(holder, 4, None);
        desk.0.expect_event(Transfer {
            from: eth(ALICE),
            to: eth(holder),
            value: tokens(1),
        });
        desk.sol::<method::transfer>(
            ALICE,
            Erc20TransferParams {
                to: id(holder),
                value: tokens(1),
            },
        )
        .unwrap();
    }
    let (mut found, mut start) = (Vec::new(), None);
    loop {
        let page = desk
            .call::<method::ListHolders>(BOB, &ListHoldersParams { start, limit: 7 })
            .unwrap();
        assert!(page.holders.len() <= 7);
        found.extend(page.holders.iter().map(|h| h.id));
        start = page.next;
        if start.is_none() {
            break;
        }
    }
    found.sort_unstable();
    let expected: Vec<u64> = [ALICE].into_iter().chain(holders).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_page_has_a_size() {
    let mut desk = Desk::new();
    for limit in [0, 1_001] {
        assert_eq!(
            code(desk.call::<method::ListHolders>(BOB, &ListHoldersParams { start: None, limit })),
            80
        );
    }
}
