//! Votes, beside what the conformance suite asks of every token that has them: Filecoin's side, what only our token has, and
//! several messages in one epoch.

use alloy_primitives::U256;
use alloy_sol_types::SolCall;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::{
    BatchEntry, BatchParams, BurnByRoleParams, PastVotesParams, SetMinterParams, method,
};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::permit::{self, Permit};
use holdfast_integration_tests::votes::{Delegation, signed};
use holdfast_integration_tests::{Nobody, Party, TokenParams, World, tokens};
use holdfast_localnet::{EthAddress, Kind, Wallet};

/// Alice has 700 tokens and Bruno 300; Alice has delegated to Carol.
struct Story {
    w: World,
    token: Address,
    alice: Wallet,
    bruno: Wallet,
    carol: Wallet,
}

fn story() -> Story {
    let mut w = World::new();
    let (alice, bruno) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let carol = w.account(Kind::Eth, 0);
    let token = w.story_token(&alice);
    w.frc46(token).transfer(&alice, &bruno, tokens(300)).ok();
    let logs = [
        w.delegated(token, &alice, Nobody, &carol),
        w.recounted(token, &carol, &tokens(0), &tokens(700)),
    ];
    w.call::<method::Delegate>(&alice, token, &carol.address())
        .emits(&logs)
        .ok();
    Story {
        w,
        token,
        alice,
        bruno,
        carol,
    }
}

fn zero() -> Address {
    Nobody.address()
}

#[test]
fn keys_of_all_kinds_delegate_and_are_delegated_to() {
    let Story {
        mut w,
        token,
        alice,
        bruno,
        carol,
    } = story();
    w.call::<method::Delegate>(&bruno, token, &bruno.address()).ok();
    assert_eq!(w.delegate_of(token, &alice), Some(w.id(&carol)));
    assert_eq!(
        (w.votes(token, &carol), w.votes(token, &bruno)),
        (tokens(700), tokens(300))
    );
    let logs = [w.delegated(token, &carol, Nobody, &alice)];
    w.evm(&carol, token, IToken::delegateCall(w.eth(&alice)))
        .emits(&logs)
        .ok();
    assert_eq!(
        w.delegate_of(token, &carol),
        Some(w.id(&alice)),
        "she holds nothing yet"
    );
    w.call::<method::Delegate>(&alice, token, &zero()).ok();
    assert_eq!(
        (w.delegate_of(token, &alice), w.votes(token, &carol)),
        (None, tokens(0))
    );
}

#[test]
fn every_form_of_an_address_is_the_same_delegate() {
    let Story {
        mut w,
        token,
        bruno,
        carol,
        ..
    } = story();
    let id = w.id(&carol);
    let masked = EthAddress::from_id(id.id().unwrap());
    w.call::<method::Delegate>(&bruno, token, &id).ok();
    assert_eq!(w.votes(token, &carol), tokens(1_000));
    let call = IToken::delegateCall(alloy_primitives::Address::new(masked.0));
    w.evm(&bruno, token, call)
        .emits(&[w.delegated(token, &bruno, &carol, &carol)])
        .ok();
    assert_eq!(w.votes(token, id), tokens(1_000));
}

#[test]
fn a_delegate_without_actor_gets_one_and_what_is_nobody_is_refused() {
    let Story {
        mut w, token, bruno, ..
    } = story();
    for kind in [Kind::Secp256k1, Kind::Bls, Kind::Eth] {
        let new = w.account(kind, 500);
        w.call::<method::Delegate>(&bruno, token, &new.address()).ok();
        assert_eq!(w.votes(token, &new), tokens(300));
    }
    let at_zero = w.id(zero());
    let masked = EthAddress::from_id(100);
    let nobody = [
        Address::new_id(999_999),
        Address::new_actor(b"nobody was created here"),
        Address::new_delegated(32, &[7; 20]).unwrap(),
        Address::new_delegated(10, &masked.0).unwrap(),
        // The actor at 0x0, which logs show as nobody.
        at_zero,
    ];
    for to in nobody {
        let failure = w.call::<method::Delegate>(&bruno, token, &to).refused(93);
        assert!(
            failure.why.contains("cannot be given votes"),
            "{to}: {}",
            failure.why
        );
    }
    let absent = alloy_primitives::Address::new(EthAddress::from_id(999_999).0);
    w.evm(&bruno, token, IToken::delegateCall(absent))
        .reverts_saying("cannot be given votes");
}

#[test]
fn every_way_of_moving_tokens_moves_votes() {
    let Story {
        mut w,
        token,
        alice,
        bruno,
        carol,
    } = story();
    w.call::<method::Delegate>(&bruno, token, &bruno.address()).ok();
    let has = |w: &World| (w.votes(token, &carol), w.votes(token, &bruno));
    // FRC-46, with the hook.
    let logs = [
        w.moved(token, &alice, &bruno, &tokens(10)),
        w.recounted(token, &carol, &tokens(700), &tokens(690)),
        w.recounted(token, &bruno, &tokens(300), &tokens(310)),
    ];
    w.frc46(token)
        .transfer(&alice, &bruno, tokens(10))
        .emits(&logs)
        .ok();
    w.frc46(token).increase_allowance(&bruno, &alice, tokens(20)).ok();
    w.frc46(token)
        .transfer_from(&alice, &bruno, &carol, tokens(10))
        .ok();
    assert_eq!(has(&w), (tokens(690), tokens(300)));
    w.frc46(token).burn_from(&alice, &bruno, tokens(10)).ok();
    w.frc46(token).burn(&alice, tokens(10)).ok();
    assert_eq!(has(&w), (tokens(680), tokens(290)));
    let (minter, cap) = (alice.address(), tokens(100));
    w.call::<method::SetMinter>(&alice, token, &SetMinterParams { minter, cap })
        .ok();
    w.frc46(token).mint(&alice, &bruno, tokens(10)).ok();
    assert_eq!(has(&w), (tokens(680), tokens(300)));
    w.call::<method::SetBurner>(&alice, token, &Some(bruno.address()))
        .ok();
    let (holder, amount) = (alice.address(), tokens(80));
    w.call::<method::BurnByRole>(&bruno, token, &BurnByRoleParams { holder, amount })
        .ok();
    assert_eq!(has(&w), (tokens(600), tokens(300)));
    let entries = [(&bruno, 1), (&carol, 2), (&bruno, 3)].map(|(to, whole)| BatchEntry {
        to: to.address(),
        amount: tokens(whole),
    });
    let params = BatchParams {
        entries: entries.to_vec(),
        operator_data: RawBytes::default(),
    };
    let logs = [
        w.moved(token, &alice, &bruno, &tokens(1)),
        w.moved(token, &alice, &carol, &tokens(2)),
        w.moved(token, &alice, &bruno, &tokens(3)),
        w.recounted(token, &carol, &tokens(600), &tokens(594)),
        w.recounted(token, &bruno, &tokens(300), &tokens(304)),
    ];
    w.call::<method::BatchTransfer>(&alice, token, &params)
        .emits(&logs)
        .ok();
    w.call::<method::BatchMint>(&alice, token, &params).ok();
    assert_eq!(has(&w), (tokens(594), tokens(308)));
}

#[test]
fn a_transfer_that_its_hook_refuses_moves_no_votes() {
    let Story {
        mut w,
        token,
        alice,
        carol,
        ..
    } = story();
    let purse = w.deploy(&alice, "Purse");
    w.frc46(token).transfer(&alice, purse, tokens(10)).refused(23);
    assert_eq!(w.votes(token, &carol), tokens(700));
}

#[test]
fn many_messages_of_one_epoch_leave_one_checkpoint() {
    let Story {
        mut w,
        token,
        alice,
        bruno,
        carol,
    } = story();
    let heir = w.account(Kind::Secp256k1, 1);
    w.advance(3);
    let before = w.network().epoch();
    let (to, one) = (w.eth(&heir), word(&tokens(1)));
    let delegate = |to| IToken::delegateCall(to).abi_encode();
    let transfer = || IToken::transferCall { to, value: one }.abi_encode();
    let burn = IToken::burnCall { amount: one }.abi_encode();
    let batch = IToken::batchTransferCall {
        recipients: vec![to, w.eth(&carol)],
        values: vec![one, one],
    };
    // Bruno's BLS messages run first.
    let answers = w.together([
        (&alice, token, transfer()),
        (&bruno, token, delegate(w.eth(&carol))),
        (&heir, token, delegate(to)),
        (&alice, token, burn),
        (&bruno, token, transfer()),
        (&alice, token, batch.abi_encode()),
        (&alice, token, delegate(to)),
        (&alice, token, delegate(w.eth(&carol))),
    ]);
    for answer in answers {
        answer.ok();
    }
    let now = w.network().epoch();
    assert_eq!(now, before + 1, "all ran in one epoch");
    w.advance(2);
    let had = |epoch| {
        let votes = [&alice, &bruno, &carol, &heir].map(|of| w.past_votes(token, of, epoch));
        (votes, w.past_supply(token, epoch))
    };
    let none = || tokens(0);
    assert_eq!(
        had(before),
        ([none(), none(), tokens(700), none()], tokens(1_000))
    );
    let after = ([none(), none(), tokens(995), tokens(3)], tokens(999));
    assert_eq!(had(now), after);
    assert_eq!(had(now + 1), after, "a null round changes nothing");
    let state: holdfast_token::state::TokenState = w.network().state(&token).unwrap();
    let mut checkpoints = Vec::new();
    let walk = |(delegate, epoch), _| {
        checkpoints.extend((epoch == now as u64).then_some(delegate));
        Ok(())
    };
    state.votes.unwrap().for_each(w.network().store(), walk).unwrap();
    let expected = [&carol, &heir].map(|of| w.id(of).id().unwrap());
    checkpoints.sort_unstable();
    assert_eq!(checkpoints, {
        let mut ids = expected;
        ids.sort_unstable();
        ids
    });
}

#[test]
fn an_epoch_that_is_not_over_is_refused_by_number_too() {
    let Story {
        mut w,
        token,
        alice,
        carol,
        ..
    } = story();
    let (account, epoch) = (carol.address(), w.network().epoch() + 1);
    let failure = w
        .call::<method::PastVotes>(&alice, token, &PastVotesParams { account, epoch })
        .refused(88);
    let said = format!("the votes of epoch {epoch} are not settled in epoch {epoch}");
    assert!(failure.why.contains(&said), "{}", failure.why);
    w.call::<method::PastTotalSupply>(&alice, token, &(epoch + 1))
        .refused(88);
    assert_eq!(w.view::<method::PastTotalSupply>(token, &-1), tokens(0));
    assert_eq!(w.past_votes(token, &carol, epoch), tokens(700), "once it is over");
}

#[test]
fn permits_and_signed_delegations_share_their_nonces() {
    let Story {
        mut w,
        token,
        alice,
        bruno,
        carol,
    } = story();
    let domain = w.told_domain(token);
    let nonce = |w: &World| w.ask(token, IToken::noncesCall(w.eth(&carol)));
    let delegation = |w: &World, nonce| Delegation {
        delegatee: w.eth(&bruno),
        nonce: U256::from(nonce),
        expiry: U256::MAX,
    };
    let bring = |w: &mut World, terms: &Delegation| w.evm(&alice, token, signed(terms, &domain, &carol));
    let early = delegation(&w, 1);
    let current = IToken::InvalidAccountNonce {
        _0: w.eth(&carol),
        _1: U256::ZERO,
    };
    bring(&mut w, &early).reverts(current);
    let permit = Permit {
        owner: w.eth(&carol),
        spender: w.eth(&alice),
        value: word(&tokens(1)),
        nonce: nonce(&w),
        deadline: U256::MAX,
    };
    w.evm(&alice, token, permit::signed(&permit, &domain, &carol))
        .ok();
    bring(&mut w, &early).ok();
    assert_eq!(
        (w.delegate_of(token, &carol), nonce(&w)),
        (Some(w.id(&bruno)), U256::from(2))
    );
    bring(&mut w, &early).refused(33);
}

#[test]
fn a_token_that_is_not_voting_moves_and_has_no_votes() {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.create_token(
        &alice,
        &TokenParams {
            name: "Loot".to_owned(),
            symbol: "LOOT".to_owned(),
            owner: Some(alice.address()),
            supply_cap: None,
            initial_holder: Some(alice.address()),
            initial_supply: tokens(1_000),
            voting: false,
        },
    );
    assert!(!w.view::<method::IsVoting>(token, &()) && !w.ask(token, IToken::isVotingCall {}));
    for to in [alice.address(), carol.address(), zero()] {
        w.call::<method::Delegate>(&alice, token, &to).refused(92);
    }
    let own = w.eth(&carol);
    w.evm(&carol, token, IToken::delegateCall(own))
        .reverts_saying("the token is not voting");
    w.erc20(token).transfer(&alice, &carol, tokens(10)).ok();
    w.erc20(token).burn(&carol, tokens(5)).ok();
    let epoch = w.network().epoch();
    w.advance(1);
    let none: TokenAmount = tokens(0);
    assert_eq!(
        (w.votes(token, &carol), w.past_votes(token, &carol, epoch)),
        (none.clone(), none.clone())
    );
    assert_eq!(
        (w.past_supply(token, epoch), w.delegate_of(token, &carol)),
        (none, None)
    );
}

#[test]
fn a_pause_stops_no_delegation() {
    let Story {
        mut w,
        token,
        alice,
        bruno,
        ..
    } = story();
    w.call::<method::Pause>(&alice, token, &()).ok();
    w.call::<method::Delegate>(&bruno, token, &bruno.address()).ok();
    assert_eq!(w.votes(token, &bruno), tokens(300));
}
