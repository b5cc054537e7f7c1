//! Transfers and allowances that ask a contract (ERC-1363): real Solidity on the other side, well-behaved and not.

use alloy_primitives::{Bytes, U256};
use alloy_sol_types::{SolCall, sol};
use fvm_shared::address::Address;
use fvm_shared::event::StampedEvent;
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::hostile::Asks;
use holdfast_integration_tests::{Answer, World, log, tokens};
use holdfast_localnet::{EthAddress, EthTx, Kind, Wallet};
use holdfast_runtime::evm::erc1363::ON_TRANSFER_RECEIVED;

use crate::hostile;

sol! {
    #![sol(all_derives)]
    interface Shop {
        enum Mood { Open, Closed, Speechless, Rude, Chatty, Hungry, Generous }
        event Sold(address token, address operator, address customer, uint256 value, bytes order);
        error Closed(address customer, uint256 value);
        function setMood(Mood mood_) external;
    }
}

struct Story {
    w: World,
    token: Address,
    shop: Address,
    /// Holds the tokens; a Filecoin key.
    alice: Wallet,
    /// May spend ten of them; an Ethereum key.
    carol: Wallet,
}

fn story() -> Story {
    let mut w = World::new();
    let (alice, carol) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    let shop = w.deploy(&alice, "Shop");
    w.erc20(token).approve(&alice, &carol, tokens(10)).ok();
    Story {
        w,
        token,
        shop,
        alice,
        carol,
    }
}

impl Story {
    fn set_mood(&mut self, mood: Shop::Mood) {
        self.w
            .evm(&self.alice, self.shop, Shop::setMoodCall { mood_: mood })
            .ok();
    }

    fn sold(&self, operator: &Wallet, order: &[u8]) -> StampedEvent {
        let sold = Shop::Sold {
            token: self.w.eth(self.token),
            operator: self.w.eth(operator),
            customer: self.w.eth(&self.alice),
            value: word(&tokens(3)),
            order: Bytes::from(order.to_vec()),
        };
        log(self.w.id(self.shop), &sold)
    }

    fn buy(&mut self) -> Answer<bool> {
        self.w
            .erc20(self.token)
            .transfer_and_call(&self.alice, self.shop, tokens(3))
    }

    fn approve(&mut self) -> Answer<bool> {
        let call = IToken::approveAndCall_0Call {
            spender: self.w.eth(self.shop),
            value: word(&tokens(3)),
        };
        self.w.evm(&self.alice, self.token, call)
    }

    #[track_caller]
    fn nothing_moved(&self) {
        assert_eq!(self.w.balance(self.token, &self.alice), tokens(1_000));
        assert_eq!(self.w.allowance(self.token, &self.alice, self.shop), tokens(0));
    }
}

#[test]
fn erc165_tells_of_the_callbacks() {
    let s = story();
    let supports = |id: [u8; 4]| {
        s.w.ask(
            s.token,
            IToken::supportsInterfaceCall {
                interfaceId: id.into(),
            },
        )
    };
    assert!(supports([0xb0, 0x20, 0x2a, 0x11]));
    assert!(!supports(ON_TRANSFER_RECEIVED.to_be_bytes()));
}

#[test]
fn a_customer_pays_and_orders_in_one_transaction() {
    let mut s = story();
    let moved = s.w.moved(s.token, &s.alice, s.shop, &tokens(3));
    let events = [moved.clone(), s.sold(&s.alice, b"")];
    assert!(s.buy().emits(&events).ok());
    let events = [moved, s.sold(&s.alice, b"two loaves")];
    let call = IToken::transferAndCall_1Call {
        to: s.w.eth(s.shop),
        value: word(&tokens(3)),
        data: Bytes::from_static(b"two loaves"),
    };
    assert!(s.w.evm(&s.alice, s.token, call).emits(&events).ok());
    assert_eq!(s.w.balance(s.token, s.shop), tokens(6));
    hostile::receivers(Asks::Answer, &s.w, s.token, &tokens(3), |w, to| {
        w.erc20(s.token).transfer_and_call(&s.alice, to, tokens(3))
    });
}

#[test]
fn an_operator_pays_for_the_holder() {
    let mut s = story();
    let (from, to, value) = (s.w.eth(&s.alice), s.w.eth(s.shop), word(&tokens(3)));
    let moved = s.w.moved(s.token, &s.alice, s.shop, &tokens(3));
    let events = [moved.clone(), s.sold(&s.carol, b"")];
    let call = IToken::transferFromAndCall_0Call { from, to, value };
    assert!(s.w.evm(&s.carol, s.token, call).emits(&events).ok());
    let events = [moved, s.sold(&s.carol, b"tea")];
    let data = Bytes::from_static(b"tea");
    let call = IToken::transferFromAndCall_1Call {
        from,
        to,
        value,
        data,
    };
    assert!(s.w.evm(&s.carol, s.token, call).emits(&events).ok());
    assert_eq!(s.w.allowance(s.token, &s.alice, &s.carol), tokens(4));
    hostile::receivers(Asks::Answer, &s.w, s.token, &tokens(3), |w, to| {
        let to = w.eth(to);
        w.evm(
            &s.carol,
            s.token,
            IToken::transferFromAndCall_0Call { from, to, value },
        )
    });
    let call = IToken::transferFromAndCall_0Call {
        from,
        to,
        value: word(&tokens(5)),
    };
    s.w.evm(&s.carol, s.token, call).refused(33);
}

#[test]
fn a_spender_collects_while_it_is_being_asked() {
    let mut s = story();
    for order in [&b""[..], b"milk"] {
        let events = [
            s.w.approved(s.token, &s.alice, s.shop, &tokens(3)),
            s.w.moved(s.token, &s.alice, s.shop, &tokens(3)),
            s.sold(&s.alice, order),
        ];
        let call = IToken::approveAndCall_1Call {
            spender: s.w.eth(s.shop),
            value: word(&tokens(3)),
            data: Bytes::from(order.to_vec()),
        };
        let done = if order.is_empty() {
            s.approve()
        } else {
            s.w.evm(&s.alice, s.token, call)
        };
        assert!(done.emits(&events).ok());
    }
    assert_eq!(s.w.balance(s.token, s.shop), tokens(6));
    assert_eq!(s.w.allowance(s.token, &s.alice, s.shop), tokens(0));
    hostile::receivers(Asks::Answer, &s.w, s.token, &tokens(0), |w, spender| {
        let (spender, value) = (w.eth(spender), word(&tokens(3)));
        w.evm(&s.alice, s.token, IToken::approveAndCall_0Call { spender, value })
    });
}

#[test]
fn why_a_contract_refuses_reaches_the_customer() {
    let mut s = story();
    s.set_mood(Shop::Mood::Closed);
    let (customer, value) = (s.w.eth(&s.alice), word(&tokens(3)));
    s.buy().reverts(Shop::Closed { customer, value });
    s.approve().reverts(Shop::Closed { customer, value });
    s.nothing_moved();
}

#[test]
fn whatever_does_not_accept_clearly_refuses() {
    let mut s = story();
    let shop = s.w.eth(s.shop);
    for mood in [Shop::Mood::Speechless, Shop::Mood::Rude, Shop::Mood::Chatty] {
        s.set_mood(mood);
        s.buy().reverts(IToken::ERC1363InvalidReceiver(shop));
        s.approve().reverts(IToken::ERC1363InvalidSpender(shop));
        s.nothing_moved();
    }
}

#[test]
fn contracts_and_accounts_that_answer_nothing_refuse() {
    let mut s = story();
    let silent = [
        s.w.deploy(&s.alice, "EmptyFallback"),
        s.w.account(Kind::Eth, 1).address(),
        s.w.account(Kind::Bls, 1).address(),
    ];
    for to in silent {
        let spender = s.w.eth(to);
        s.w.erc20(s.token)
            .transfer_and_call(&s.alice, to, tokens(3))
            .reverts(IToken::ERC1363InvalidReceiver(spender));
        let value = U256::from(1);
        s.w.evm(&s.alice, s.token, IToken::approveAndCall_0Call { spender, value })
            .reverts(IToken::ERC1363InvalidSpender(spender));
        s.nothing_moved();
    }
}

#[test]
fn a_contract_that_eats_all_gas_takes_the_message_with_it() {
    let mut s = story();
    s.set_mood(Shop::Mood::Hungry);
    let tx = EthTx {
        to: EthAddress::from_filecoin(&s.token),
        input: IToken::transferFromAndCall_0Call {
            from: s.w.eth(&s.alice),
            to: s.w.eth(s.shop),
            value: word(&tokens(3)),
        }
        .abi_encode(),
        gas_limit: Some(200_000_000),
        ..EthTx::default()
    };
    let carol = s.carol.clone();
    let ((), receipt) = s.w.run(&carol, |network| Ok(((), network.send_eth(&carol, tx)?)));
    assert!(!receipt.is_ok());
    s.nothing_moved();
}

#[test]
fn a_recipient_that_calls_back_finds_the_tokens() {
    let mut s = story();
    s.set_mood(Shop::Mood::Generous);
    let events = [
        s.w.moved(s.token, &s.alice, s.shop, &tokens(3)),
        s.sold(&s.alice, b""),
        s.w.moved(s.token, s.shop, &s.alice, &tokens(3)),
    ];
    assert!(s.buy().emits(&events).ok());
    s.nothing_moved();
}

#[test]
fn a_paused_token_asks_nobody() {
    let mut s = story();
    s.w.evm(&s.alice, s.token, IToken::pauseCall {}).ok();
    s.buy().reverts(IToken::EnforcedPause {});
    s.approve().reverts(IToken::EnforcedPause {});
    s.nothing_moved();
}
