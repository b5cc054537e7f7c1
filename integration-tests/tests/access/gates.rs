//! Policies that ask real tokens and contracts, and hostile ones.

use alloy_primitives::{Address as Eth, U256};
use alloy_sol_types::sol;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::access::{
    AccessAnswer, GrantTerms, IS_MEMBER, Node, POLICY_GAS, READ, Reason, SCORE_OF, Scope, Standard, method,
};
use holdfast_integration_tests::access::{giving, question};
use holdfast_integration_tests::hostile::{Asks, Lesson};
use holdfast_integration_tests::{World, tokens};
use holdfast_localnet::{Kind, Wallet};

use crate::support::{Library, open};

sol! {
    interface IPeer {
        function mint(address to, uint256 value) external;
        function transfer(address to, uint256 value) external returns (bool);
        function transferFrom(address from, address to, uint256 id) external;
    }
    interface IStanding {
        function set(bytes subject, uint8 score) external;
    }
}

pub(crate) fn holder(token: Address, standard: Standard, whole: u64) -> Vec<Node> {
    vec![Node::Holder {
        token,
        standard,
        least: tokens(whole),
        held_for: 0,
    }]
}

#[test]
fn holders_of_our_token_are_let_in_by_either_face() {
    for standard in [Standard::Frc46 {}, Standard::Erc20 {}] {
        let mut library = Library::new();
        let alice = library.w.account(Kind::Secp256k1, 1);
        let bob = library.w.account(Kind::Eth, 0);
        let token = library.w.story_token(&alice);
        library.open(holder(token, standard, 10));
        assert!(library.reads(&alice) && !library.reads(&bob));
        library.w.erc20(token).transfer(&alice, &bob, tokens(10)).ok();
        assert!(library.reads(&bob));
        library
            .w
            .erc20(token)
            .transfer(&bob, &alice, TokenAmount::from_atto(1))
            .ok();
        assert!(!library.reads(&bob), "one atto-token is missing");
    }
}

#[test]
fn holders_of_openzeppelins_token_on_the_official_evm_are_let_in() {
    let mut library = Library::new();
    let alice = library.w.account(Kind::Eth, 0);
    let bob = library.w.account(Kind::Secp256k1, 1);
    let token = library.w.deploy(&alice, "PeerERC20");
    let eth = library.w.eth(&alice);
    let value = U256::from(10u64) * U256::from(10u64).pow(U256::from(18));
    library
        .w
        .evm(&alice, token, IPeer::mintCall { to: eth, value })
        .ok();
    library.open(holder(token, Standard::Erc20 {}, 10));
    assert!(library.reads(&alice) && !library.reads(&bob));
    let to: Eth = library.w.eth(&bob);
    library
        .w
        .evm(&alice, token, IPeer::transferCall { to, value })
        .ok();
    assert!(!library.reads(&alice) && library.reads(&bob));
}

#[test]
fn a_wallet_in_the_place_of_a_token_opens_nothing() {
    let mut library = Library::new();
    let alice = library.w.account(Kind::Secp256k1, 1);
    for kind in [Kind::Secp256k1, Kind::Bls, Kind::Eth] {
        let wallet = library.w.account(kind, 2);
        let address = library.w.id(&wallet);
        for standard in [Standard::Frc46 {}, Standard::Erc20 {}, Standard::Frc53 {}] {
            library.open(holder(address, standard, 1));
            let unknown = Reason::Closed {
                node: 0,
                unknown: true,
            };
            assert_eq!(library.ask(&alice, READ, Scope::All {}).reason, unknown);
        }
    }
}

#[test]
fn whatever_an_asked_actor_does_it_opens_nothing_and_changes_nothing() {
    let library = Library::new();
    let (owner, access) = (library.owner.clone(), library.access);
    let alice = library.w.account(Kind::Secp256k1, 1);
    let subject = library.w.id(&alice);
    let grant = giving(subject, GrantTerms::plain(READ), None);
    let lessons = |_: &World, _: Address| {
        vec![Lesson::new::<method::Grant>(
            "gives access while it is asked",
            &grant,
        )]
    };
    for turned_around in [false, true] {
        let twins = library.w.twins(Asks::Opinion, lessons, |w, to| {
            let external = Node::External {
                actor: to,
                method: 77_777_777,
                gas: POLICY_GAS,
            };
            let mut nodes = vec![Node::Not {}, external];
            if !turned_around {
                nodes.remove(0);
            }
            open(w, &owner, access, nodes);
            w.call::<method::HasAccess>(&alice, access, &question(subject, READ, Scope::All {}))
        });
        for twin in twins.iter().filter(|twin| twin.receipt.is_ok()) {
            let answer: AccessAnswer = twin.receipt.return_data.deserialize().unwrap();
            let node = u64::from(turned_around);
            let unknown = Reason::Closed { node, unknown: true };
            assert_eq!(
                (answer.allowed, answer.reason),
                (false, unknown),
                "{}",
                twin.name()
            );
        }
    }
}

#[test]
fn holders_of_openzeppelins_nfts_are_let_in() {
    let mut library = Library::new();
    let (alice, bob) = (library.w.account(Kind::Eth, 0), library.w.account(Kind::Bls, 1));
    let passes = library.w.deploy(&alice, "Passes");
    let (from, to) = (library.w.eth(&alice), library.w.eth(&bob));
    let (value, id) = (U256::from(7), U256::from(7));
    library
        .w
        .evm(&alice, passes, IPeer::mintCall { to: from, value })
        .ok();
    let least = TokenAmount::from_atto(1);
    library.open(vec![Node::Holder {
        token: passes,
        standard: Standard::Erc20 {},
        least,
        held_for: 0,
    }]);
    assert!(library.reads(&alice) && !library.reads(&bob));
    library
        .w
        .evm(&alice, passes, IPeer::transferFromCall { from, to, id })
        .ok();
    assert!(!library.reads(&alice) && library.reads(&bob));
}

#[test]
fn a_score_and_a_membership_let_in_who_has_them() {
    let mut library = Library::new();
    let (alice, bob) = (library.w.account(Kind::Eth, 0), library.w.account(Kind::Bls, 1));
    let standing = library.w.deploy_with(&alice, "Standing", &(SCORE_OF, IS_MEMBER));
    let score = |library: &mut Library, who: &Wallet, score: u8| {
        let subject = fvm_ipld_encoding::to_vec(&library.w.id(who)).unwrap();
        let subject = subject.into();
        library
            .w
            .evm(who, standing, IStanding::setCall { subject, score })
            .ok();
    };
    score(&mut library, &alice, 4);
    score(&mut library, &bob, 5);
    let actor = standing;
    library.open(vec![Node::Reputation { actor, least: 5 }]);
    assert!(!library.reads(&alice) && library.reads(&bob));
    score(&mut library, &bob, 0);
    assert!(!library.reads(&bob));
    library.open(vec![Node::DaoMember { dao: standing }]);
    assert!(library.reads(&alice) && !library.reads(&bob));
}
