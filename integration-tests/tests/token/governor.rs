//! OpenZeppelin's Governor, unmodified, decides by the votes of our token.

use alloy_primitives::{Address as Eth, B256, Bytes, U256, keccak256};
use alloy_sol_types::SolCall;
use fvm_shared::address::Address;
use holdfast_api::token::method;
use holdfast_integration_tests::abi::{Assembly, IToken, word};
use holdfast_integration_tests::{Answer, World, tokens};
use holdfast_localnet::{Kind, Wallet};

const PENDING: u8 = 0;
const ACTIVE: u8 = 1;
const DEFEATED: u8 = 3;
const SUCCEEDED: u8 = 4;
const EXECUTED: u8 = 7;
const AGAINST: u8 = 0;
const FOR: u8 = 1;
const WHY: &str = "Bruno kept the harbour's lights";

/// An assembly with a treasury of 100 tokens; Alice has 500 of the others and Bruno 400.
struct Story {
    w: World,
    token: Address,
    assembly: Address,
    alice: Wallet,
    bruno: Wallet,
    carol: Wallet,
}

fn story() -> Story {
    let mut w = World::new();
    let (alice, bruno) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Bls, 0));
    let carol = w.account(Kind::Eth, 0);
    let token = w.story_token(&alice);
    let assembly = w.deploy_with(&alice, "Assembly", &w.eth(token));
    w.erc20(token).transfer(&alice, assembly, tokens(100)).ok();
    w.erc20(token).transfer(&alice, &bruno, tokens(400)).ok();
    // Carol votes for Alice, Bruno for himself.
    w.call::<method::Delegate>(&alice, token, &carol.address()).ok();
    w.call::<method::Delegate>(&bruno, token, &bruno.address()).ok();
    Story {
        w,
        token,
        assembly,
        alice,
        bruno,
        carol,
    }
}

impl Story {
    /// Forty tokens of the treasury for Bruno: targets, values and calldata.
    fn action(&self) -> (Vec<Eth>, Vec<U256>, Vec<Bytes>) {
        let (to, value) = (self.w.eth(&self.bruno), word(&tokens(40)));
        let call = IToken::transferCall { to, value }.abi_encode();
        (vec![self.w.eth(self.token)], vec![U256::ZERO], vec![call.into()])
    }

    fn propose(&mut self) -> U256 {
        let (targets, values, calldatas) = self.action();
        let call = Assembly::proposeCall {
            targets,
            values,
            calldatas,
            description: WHY.to_owned(),
        };
        self.w.evm(&self.carol, self.assembly, call).ok()
    }

    fn vote(&mut self, voter: &Wallet, proposal: U256, support: u8) -> U256 {
        let call = Assembly::castVoteCall {
            proposalId: proposal,
            support,
        };
        self.w.evm(voter, self.assembly, call).ok()
    }

    fn execute(&mut self) -> Answer<U256> {
        let (targets, values, calldatas) = self.action();
        let call = Assembly::executeCall {
            targets,
            values,
            calldatas,
            descriptionHash: keccak256(WHY),
        };
        self.w.evm(&self.alice, self.assembly, call)
    }

    fn state(&self, proposal: U256) -> u8 {
        self.w
            .ask(self.assembly, Assembly::stateCall { proposalId: proposal })
    }
}

#[test]
fn an_assembly_keeps_the_tokens_time() {
    let s = story();
    let clock = s.w.ask(s.assembly, Assembly::clockCall {});
    assert_eq!(clock.to::<i64>(), s.w.network().epoch() + 1);
    assert_eq!(
        s.w.ask(s.assembly, Assembly::CLOCK_MODECall {}),
        "mode=blocknumber&from=default"
    );
}

#[test]
fn delegates_decide_and_the_treasury_pays() {
    let mut s = story();
    let proposal = s.propose();
    assert_eq!(s.state(proposal), PENDING);
    s.w.advance(3);
    assert_eq!(s.state(proposal), ACTIVE);
    let (carol, bruno) = (s.carol.clone(), s.bruno.clone());
    assert_eq!(s.vote(&carol, proposal, FOR), word(&tokens(500)));
    assert_eq!(s.vote(&bruno, proposal, AGAINST), word(&tokens(400)));
    s.w.advance(10);
    assert_eq!(s.state(proposal), SUCCEEDED);
    let moved = s.w.moved(s.token, s.assembly, &s.bruno, &tokens(40));
    let recounted = s.w.recounted(s.token, &s.bruno, &tokens(400), &tokens(440));
    let events = s.execute().events();
    assert!(
        events.contains(&moved) && events.contains(&recounted),
        "{events:?}"
    );
    assert_eq!(s.state(proposal), EXECUTED);
    assert_eq!(s.w.balance(s.token, &s.bruno), tokens(440));
    let counted =
        s.w.ask(s.assembly, Assembly::proposalVotesCall { proposalId: proposal });
    assert_eq!(
        (counted.against, counted.inFavour),
        (word(&tokens(400)), word(&tokens(500)))
    );
}

#[test]
fn tokens_that_move_after_the_vote_has_begun_vote_once() {
    let mut s = story();
    let proposal = s.propose();
    s.w.advance(3);
    let (carol, bruno, alice) = (s.carol.clone(), s.bruno.clone(), s.alice.clone());
    let late = s.w.account(Kind::Eth, 1);
    let own = s.w.eth(&late);
    s.w.evm(&late, s.token, IToken::delegateCall(own)).ok();
    s.w.erc20(s.token).transfer(&alice, &late, tokens(500)).ok();
    assert_eq!(
        s.vote(&late, proposal, FOR),
        U256::ZERO,
        "bought after the snapshot"
    );
    assert_eq!(
        s.vote(&carol, proposal, AGAINST),
        word(&tokens(500)),
        "sold after the snapshot"
    );
    assert_eq!(s.vote(&bruno, proposal, FOR), word(&tokens(400)));
    s.w.advance(10);
    assert_eq!(s.state(proposal), DEFEATED);
    let defeated = Assembly::GovernorUnexpectedProposalState {
        proposalId: proposal,
        current: DEFEATED,
        expectedStates: B256::from(U256::from(0b11_0000)),
    };
    s.execute().reverts(defeated);
    assert_eq!(s.w.balance(s.token, s.assembly), tokens(100));
}

#[test]
fn too_few_votes_decide_nothing() {
    let mut s = story();
    let proposal = s.propose();
    s.w.advance(3);
    let bruno = s.bruno.clone();
    s.vote(&bruno, proposal, FOR);
    s.w.advance(10);
    assert_eq!(s.state(proposal), DEFEATED, "400 of 1 000 are less than half");
}
