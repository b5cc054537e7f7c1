//! Votes: who has how many, and had at the end of every epoch.

mod delegating;
mod following;
mod kept;
mod past;
mod signed;

use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use holdfast_api::token::events::{DelegateChanged, DelegateVotesChanged, MinterSet, Transfer};
use holdfast_api::token::{
    ConstructorParams, Erc20TransferParams, GetPastVotesParams, PastVotesParams, SetMinterParams, method,
};
use holdfast_runtime::evm::EthAddress;
use holdfast_runtime::testing::Mock;

use crate::desk::*;

/// The mock's first epoch.
const START: ChainEpoch = 1_000;
const NOBODY: EthAddress = EthAddress::ZERO;

fn zero() -> Address {
    NOBODY.to_filecoin().unwrap()
}

impl Desk {
    /// A later epoch.
    pub(super) fn at(&mut self, epoch: ChainEpoch) -> &mut Self {
        self.0.epoch(epoch, 1_700_000_000);
        self
    }

    pub(super) fn expect_delegation(
        &mut self,
        delegator: ActorID,
        from: EthAddress,
        to: EthAddress,
    ) -> &mut Self {
        self.0.expect_event(DelegateChanged {
            delegator: eth(delegator),
            from_delegate: from,
            to_delegate: to,
        });
        self
    }

    pub(super) fn expect_votes(
        &mut self,
        delegate: ActorID,
        previous_votes: TokenAmount,
        new_votes: TokenAmount,
    ) -> &mut Self {
        self.0.expect_event(DelegateVotesChanged {
            delegate: eth(delegate),
            previous_votes,
            new_votes,
        });
        self
    }

    /// The first delegation of somebody with so many tokens to somebody without votes.
    #[track_caller]
    pub(super) fn delegate(&mut self, holder: ActorID, to: ActorID, held: u64) {
        self.expect_delegation(holder, NOBODY, eth(to));
        if held > 0 {
            self.expect_votes(to, tokens(0), tokens(held));
        }
        self.call::<method::Delegate>(holder, &id(to)).unwrap();
    }

    #[track_caller]
    pub(super) fn votes(&mut self, delegate: ActorID) -> TokenAmount {
        let votes = self.call::<method::Votes>(CAROL, &id(delegate)).unwrap();
        assert_eq!(self.sol::<method::Votes>(CAROL, id(delegate)).unwrap(), votes);
        votes
    }

    #[track_caller]
    pub(super) fn past_votes(&mut self, delegate: ActorID, epoch: ChainEpoch) -> TokenAmount {
        let account = id(delegate);
        let votes = self
            .call::<method::PastVotes>(CAROL, &PastVotesParams { account, epoch })
            .unwrap();
        let timepoint = TokenAmount::from_atto(epoch);
        let seen = self
            .sol::<method::getPastVotes>(CAROL, GetPastVotesParams { account, timepoint })
            .unwrap();
        assert_eq!(seen, votes);
        votes
    }

    #[track_caller]
    pub(super) fn past_supply(&mut self, epoch: ChainEpoch) -> TokenAmount {
        let supply = self.call::<method::PastTotalSupply>(CAROL, &epoch).unwrap();
        let timepoint = TokenAmount::from_atto(epoch);
        assert_eq!(
            self.sol::<method::getPastTotalSupply>(CAROL, timepoint).unwrap(),
            supply
        );
        supply
    }

    #[track_caller]
    pub(super) fn send(&mut self, from: ActorID, to: ActorID, whole: u64) {
        let (to, value) = (id(to), tokens(whole));
        self.sol::<method::transfer>(from, Erc20TransferParams { to, value })
            .unwrap();
    }

    pub(super) fn expect_burn(&mut self, from: ActorID, whole: u64) {
        let (from, to, value) = (eth(from), NOBODY, tokens(whole));
        self.0.expect_event(Transfer { from, to, value });
    }

    pub(super) fn expect_mint(&mut self, to: ActorID, whole: u64) {
        let (from, to, value) = (NOBODY, eth(to), tokens(whole));
        self.0.expect_event(Transfer { from, to, value });
    }

    pub(super) fn set_minter(&mut self, minter: ActorID, whole: u64) {
        let cap = tokens(whole);
        self.0.expect_event(MinterSet {
            minter,
            cap: cap.clone(),
        });
        let minter = id(minter);
        self.call::<method::SetMinter>(OWNER, &SetMinterParams { minter, cap })
            .unwrap();
    }
}

fn not_voting() -> Desk {
    let mut desk = Desk(Mock::new());
    let params = ConstructorParams {
        owner: None,
        voting: false,
        ..usual()
    };
    desk.0.expect_event(Transfer {
        from: NOBODY,
        to: eth(ALICE),
        value: tokens(1_000),
    });
    desk.create(params).unwrap();
    desk
}

/// Alice has delegated to Bob, and Carol, who has ten tokens, to the owner.
fn delegated() -> Desk {
    let mut desk = Desk::new();
    desk.expect_transfer(ALICE, CAROL, tokens(10));
    desk.send(ALICE, CAROL, 10);
    desk.delegate(ALICE, BOB, 990);
    desk.delegate(CAROL, OWNER, 10);
    desk
}
