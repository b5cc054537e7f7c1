//! Balances that have to be old: borrowed tokens let nobody in.

use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{IS_MEMBER, Node, ObserveHolderParams, Standard, method};
use holdfast_integration_tests::tokens;
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::frc42::method_number;

use crate::gates::IStanding;
use crate::support::Library;

/// For so many epochs a token has to be held.
const LONG: u64 = 5;

#[test]
fn borrowed_tokens_let_nobody_in_and_old_ones_do() {
    let mut library = Library::new();
    let alice = library.w.account(Kind::Secp256k1, 1);
    let bob = library.w.account(Kind::Eth, 0);
    let token = library.w.story_token(&alice);
    for standard in [Standard::Frc46 {}, Standard::Erc20 {}] {
        library.open(vec![Node::Holder {
            token,
            standard: standard.clone(),
            least: tokens(10),
            held_for: LONG,
        }]);
        let observes = |library: &mut Library, by: &Wallet, holder: &Wallet| {
            let params = ObserveHolderParams {
                token,
                standard: standard.clone(),
                holder: holder.address(),
            };
            library.by::<method::ObserveHolder>(by, &params)
        };
        // Bob borrows for a moment, and says so himself.
        library.w.erc20(token).transfer(&alice, &bob, tokens(10)).ok();
        assert_eq!(observes(&mut library, &bob, &bob), tokens(10));
        assert!(!library.reads(&bob));
        library.w.erc20(token).transfer(&bob, &alice, tokens(10)).ok();
        assert_eq!(observes(&mut library, &alice, &bob), TokenAmount::default());
        // Alice has hers for long enough.
        observes(&mut library, &alice, &alice);
        let seen = library.w.network().epoch() - 1;
        while library.w.network().epoch() < seen + LONG as i64 {
            assert!(!library.reads(&alice), "at {}", library.w.network().epoch());
            library.w.advance(1);
        }
        assert!(library.reads(&alice) && !library.reads(&bob));
        // What she no longer has lets her in no more, and what comes back is new.
        library.w.erc20(token).transfer(&alice, &bob, tokens(995)).ok();
        assert!(!library.reads(&alice));
        assert_eq!(observes(&mut library, &bob, &alice), tokens(5));
        library.w.erc20(token).transfer(&bob, &alice, tokens(995)).ok();
        assert!(!library.reads(&alice), "she was seen with less");
    }
}

#[test]
fn holders_of_an_frc53_collection_are_let_in() {
    let mut library = Library::new();
    let (alice, bob) = (library.w.account(Kind::Eth, 0), library.w.account(Kind::Bls, 1));
    // By method number it says how many somebody has.
    let collection = library
        .w
        .deploy_with(&alice, "Standing", &(method_number("BalanceOf"), IS_MEMBER));
    let has = |library: &mut Library, who: &Wallet, score: u8| {
        let subject = fvm_ipld_encoding::to_vec(&library.w.id(who)).unwrap().into();
        let set = IStanding::setCall { subject, score };
        library.w.evm(&alice, collection, set).ok();
    };
    has(&mut library, &alice, 2);
    has(&mut library, &bob, 1);
    library.open(vec![Node::Holder {
        token: collection,
        standard: Standard::Frc53 {},
        least: TokenAmount::from_atto(2),
        held_for: 0,
    }]);
    assert!(library.reads(&alice) && !library.reads(&bob));
    has(&mut library, &bob, 2);
    assert!(library.reads(&bob));
}
