//! Tokens in use, on a network that moves to a bundle whose token has the next version of its state and one method more.

use std::sync::LazyLock;

use alloy_primitives::U256;
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast::registry::look;
use holdfast_api::token::{ListHoldersParams, SetMinterParams, method};
use holdfast_bundle::build::{Module, Options, build};
use holdfast_bundle::{Flavour, Workspace, wasm};
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::permit::{Permit, domain, signed};
use holdfast_integration_tests::{NextVersions, World, endless, tokens};
use holdfast_localnet::{Bundle, Kind, Wallet};
use holdfast_runtime::state::State;
use holdfast_runtime::testing::Moment;
use holdfast_test_token_v2::state::TokenState as NewState;
use holdfast_test_token_v2::{invariants, method as new_method};
use holdfast_token::state::TokenState;

const TOKEN: &str = "holdfast_token";

/// The suite with the second version of the token in the place of the first.
static NEXT: LazyLock<Bundle> = LazyLock::new(|| {
    let workspace = Workspace::at(env!("CARGO_MANIFEST_DIR").as_ref()).expect("a checkout");
    let package = "holdfast_test_token_v2";
    wasm::build(&[package]).expect("the next token compiles");
    let options = Options {
        release: Flavour::Calibrationnet.into(),
        additions: Vec::new(),
        replacements: vec![Module {
            name: TOKEN.to_owned(),
            file: wasm::module_file(&workspace, package),
        }],
        output: Some(workspace.target().join("bundle/token-upgrade-tests.car")),
    };
    let built = build(&workspace, &options).expect("the next bundle");
    Bundle::new(&built.bundle).expect("a readable bundle")
});

const NEXT_VERSIONS: NextVersions = &[(TOKEN, |net, actor| {
    look(net, actor, |state: &NewState, store, _| {
        invariants::check(state, store, net.epoch())
    })
})];

alloy_sol_types::sol! {
    /// What the second version adds on the Ethereum face.
    function moves() returns (uint64);
}

/// Holders that no message has made, in the large token.
const CROWD: std::ops::Range<ActorID> = 1_000_000..1_001_000;

/// A network with a token in use.
struct Story {
    w: World,
    /// A few holders, and everything that a token can have.
    small: Address,
    alice: Wallet,
    bob: Wallet,
    /// A 0x key that has used a permit.
    carol: Wallet,
    spenders: Vec<Wallet>,
    /// When everything of the small token had been used.
    used: ChainEpoch,
}

fn story() -> Story {
    let mut w = World::new();
    let (alice, bob) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let carol = w.account(Kind::Eth, 0);
    let spenders = (1..6).map(|n| w.account(Kind::Eth, n)).collect();
    let small = w.story_token(&alice);
    let mut s = Story {
        w,
        small,
        alice,
        bob,
        carol,
        spenders,
        used: 0,
    };
    s.use_token(small);
    s.used = s.w.network().epoch();
    s
}

impl Story {
    /// Votes, transfers, allowances (more than fit in the root), a permit, and every role. Alice lets Bob vote.
    fn use_token(&mut self, token: Address) {
        let Self {
            w,
            alice,
            bob,
            carol,
            spenders,
            ..
        } = self;
        w.call::<method::Delegate>(alice, token, &bob.address()).ok();
        w.frc46(token).transfer(alice, &*carol, tokens(100)).ok();
        w.erc20(token).transfer(carol, &*bob, tokens(10)).ok();
        for (spender, n) in spenders.iter().zip(1..) {
            w.erc20(token).approve(alice, spender, tokens(n)).ok();
        }
        w.erc20(token).approve(bob, &*carol, endless()).ok();
        let minter = SetMinterParams {
            minter: bob.address(),
            cap: tokens(50),
        };
        w.call::<method::SetMinter>(alice, token, &minter).ok();
        w.frc46(token).mint(bob, &*bob, tokens(20)).ok();
        w.call::<method::SetBurner>(alice, token, &Some(carol.address()))
            .ok();
        w.call::<method::SetPauser>(alice, token, &Some(bob.address()))
            .ok();
        w.call::<method::TransferOwnership>(alice, token, &carol.address())
            .ok();
        let spender = self.spenders[0].clone();
        self.permit(token, &spender, 0);
    }

    /// Carol permits a spender seven tokens, with this nonce.
    fn permit(&mut self, token: Address, spender: &Wallet, nonce: u64) {
        let terms = Permit {
            owner: self.w.eth(&self.carol),
            spender: self.w.eth(spender),
            value: word(&tokens(7)),
            nonce: U256::from(nonce),
            deadline: U256::MAX,
        };
        let here = domain("Story", self.w.network().profile().chain_id, self.w.eth(token));
        let call = signed(&terms, &here, &self.carol);
        self.w.evm(spender, token, call).ok();
        assert_eq!(self.nonce(token), U256::from(nonce + 1));
    }

    fn nonce(&self, token: Address) -> U256 {
        self.w.ask(token, IToken::noncesCall(self.w.eth(&self.carol)))
    }

    /// A second token in the same use, with a thousand holders more. Its own library writes them: messages would take
    /// minutes.
    fn large(&mut self) -> Address {
        let token = self.w.story_token(&self.alice.clone());
        self.use_token(token);
        let mut state: TokenState = self.w.network().state(&token).unwrap();
        let now = Moment(self.w.network().store(), self.w.network().epoch());
        for id in CROWD {
            drop(state.credit(&now, id, &tokens(3), || Ok(true)).unwrap());
        }
        state.set_supply(&now, &state.supply + tokens(3_000)).unwrap();
        let alice = &self.alice;
        self.w.run(alice, |network| {
            network.set_state(&token, &state)?;
            let sent = network.send(alice, alice.address(), TokenAmount::default(), 0, Vec::new())?;
            Ok(((), sent))
        });
        token
    }

    fn upgrade(&mut self) {
        let done = self.w.upgrade(NEXT.clone(), NEXT_VERSIONS);
        let moved = done.types.iter().find(|moved| moved.name == TOKEN).unwrap();
        assert_ne!(moved.before, Some(moved.after));
    }

    /// Everything that a token tells about itself and its people.
    fn facts(&self, token: Address) -> Vec<String> {
        let Self {
            w,
            alice,
            bob,
            carol,
            spenders,
            ..
        } = self;
        let mut facts = vec![
            w.view::<method::Name>(token, &()),
            format!("{:?}", w.view::<method::Roles>(token, &())),
            format!("{:?}", w.view::<method::SupplyCap>(token, &())),
            format!("{:?}", w.view::<method::MinterCap>(token, &bob.address())),
            format!("{:?}", w.ask(token, IToken::DOMAIN_SEPARATORCall {})),
            w.supply(token).to_string(),
            w.allowance(token, bob, carol).to_string(),
            w.allowance(token, carol, &spenders[0]).to_string(),
            self.nonce(token).to_string(),
            w.votes(token, bob).to_string(),
            w.past_votes(token, bob, self.used).to_string(),
            w.past_supply(token, self.used).to_string(),
            format!("{:?}", w.delegate_of(token, alice)),
        ];
        facts.extend(
            spenders
                .iter()
                .map(|spender| w.allowance(token, alice, spender).to_string()),
        );
        let mut start = None;
        loop {
            let page = w.view::<method::ListHolders>(token, &ListHoldersParams { start, limit: 1_000 });
            facts.extend(page.holders.iter().map(|holder| format!("{holder:?}")));
            start = page.next;
            if start.is_none() {
                return facts;
            }
        }
    }

    /// The version of the state as it is stored.
    fn version(&self, token: Address) -> Option<u64> {
        let network = self.w.network();
        let (old, new) = (
            network.state::<TokenState>(&token),
            network.state::<NewState>(&token),
        );
        match (old, new) {
            (Ok(_), Err(_)) => TokenState::VERSION,
            (Err(_), Ok(_)) => NewState::VERSION,
            _ => None,
        }
    }
}

#[test]
fn old_holders_allowances_nonces_and_roles_go_on_under_the_next_version() {
    let mut s = story();
    let tokens = [s.small, s.large()];
    for token in tokens {
        s.w.call::<new_method::Moves>(&s.alice, token, &()).refused(22);
    }
    let before = tokens.map(|token| s.facts(token));
    assert_eq!(before.each_ref().map(Vec::len), [13 + 5 + 3, 13 + 5 + 1_003]);
    s.upgrade();
    assert_eq!(tokens.map(|token| s.facts(token)), before);
    for token in tokens {
        goes_on(&mut s, token);
    }
}

/// Reads, then writes of every kind.
fn goes_on(s: &mut Story, token: Address) {
    let head = s.w.network().actor(&token).unwrap().unwrap().state;
    s.w.call::<method::BalanceOf>(&s.bob, token, &s.alice.address())
        .ok();
    assert_eq!(s.w.call::<new_method::Moves>(&s.bob, token, &()).ok(), 0);
    assert_eq!(
        s.w.network().actor(&token).unwrap().unwrap().state,
        head,
        "a view writes nothing"
    );
    assert_eq!(s.version(token), Some(1));

    let (supply, held) = (s.w.supply(token), s.w.balance(token, &s.alice));
    let spender = s.spenders[4].clone();
    s.w.erc20(token)
        .transfer_from(&spender, &s.alice, &spender, tokens(2))
        .ok();
    assert_eq!(s.version(token), Some(2));
    assert_eq!(s.w.allowance(token, &s.alice, &spender), tokens(3));
    assert_eq!(s.w.balance(token, &s.alice), held.clone() - tokens(2));
    assert_eq!(s.w.votes(token, &s.bob), held - tokens(2), "votes follow");
    s.w.frc46(token).transfer(&s.bob, &s.carol, tokens(1)).ok();
    s.w.erc20(token)
        .transfer_from(&s.carol, &s.bob, &s.carol, tokens(1))
        .ok();
    assert_eq!(s.w.allowance(token, &s.bob, &s.carol), endless());
    assert_eq!(s.w.view::<new_method::Moves>(token, &()), 3);
    assert_eq!(s.w.ask(token, movesCall {}), 3);

    s.permit(token, &spender, 1);
    s.w.frc46(token).mint(&s.bob, &s.bob, tokens(31)).refused(75);
    s.w.frc46(token).mint(&s.bob, &s.bob, tokens(30)).ok();
    s.w.evm(&s.carol, token, IToken::acceptOwnershipCall {}).ok();
    s.w.call::<method::Pause>(&s.bob, token, &()).ok();
    s.w.frc46(token).transfer(&s.bob, &s.carol, tokens(1)).refused(70);
    assert_eq!(s.w.supply(token), supply + tokens(30));
}

#[test]
fn a_token_created_after_the_upgrade_begins_with_the_next_version() {
    let mut s = story();
    s.upgrade();
    for creator in [s.alice.clone(), s.carol.clone()] {
        let token = s.w.story_token(&creator);
        assert_eq!(s.version(token), Some(2));
        s.w.erc20(token).transfer(&creator, &s.bob, tokens(4)).ok();
        assert_eq!(s.w.view::<new_method::Moves>(token, &()), 1);
        assert_eq!(s.w.balance(token, &s.bob), tokens(4));
    }
}

#[test]
fn a_failed_first_write_leaves_the_old_version() {
    let mut s = story();
    s.upgrade();
    let too_much = s.w.balance(s.small, &s.bob) + tokens(1);
    s.w.frc46(s.small)
        .transfer(&s.bob, &s.carol, too_much)
        .refused(64);
    assert_eq!(s.version(s.small), Some(1));
}

#[test]
fn the_first_version_refuses_the_state_of_the_next() {
    let mut s = story();
    let old = s.w.network().bundle().clone();
    s.upgrade();
    s.w.erc20(s.small).transfer(&s.bob, &s.carol, tokens(1)).ok();
    let mut network = s.w.network().fork();
    network.upgrade(old).unwrap();
    let number = <method::TotalSupply as holdfast_runtime::method::Method>::NUMBER;
    let refused = network.view(s.alice.address(), s.small, number, vec![]).unwrap();
    assert_eq!(refused.exit_code.value(), 20, "{}", refused.error);
    assert!(
        refused.error.contains("state version 2 is unknown to this code"),
        "{}",
        refused.error
    );
}
