//! The votes of a token, as stories ask for them.

use alloy_primitives::U256;
use alloy_sol_types::Eip712Domain;
use fvm_shared::address::Address;
use fvm_shared::clock::ChainEpoch;
use fvm_shared::econ::TokenAmount;
use fvm_shared::event::StampedEvent;
use holdfast_api::token::{PastVotesParams, method};
use holdfast_localnet::Wallet;

use crate::abi::{IToken, word};
use crate::eip712::sign;
use crate::event::log;
use crate::party::Party;
use crate::{Nobody, World};

alloy_sol_types::sol! {
    /// A delegation as a holder signs it.
    struct Delegation {
        address delegatee;
        uint256 nonce;
        uint256 expiry;
    }
}

/// A delegation with somebody's signature.
///
/// # Panics
/// When the key is BLS.
pub fn signed(terms: &Delegation, domain: &Eip712Domain, signer: &Wallet) -> IToken::delegateBySigCall {
    let (v, r, s) = sign(terms, domain, signer);
    IToken::delegateBySigCall {
        delegatee: terms.delegatee,
        nonce: terms.nonce,
        expiry: terms.expiry,
        v,
        r,
        s,
    }
}

impl World {
    /// The votes that somebody has now, atto-tokens.
    ///
    /// # Panics
    /// When the two faces do not agree.
    #[track_caller]
    pub fn votes(&self, token: Address, of: impl Party) -> TokenAmount {
        let votes = self.view::<method::Votes>(token, &of.address());
        let seen = self.ask(token, IToken::getVotesCall(self.eth(of)));
        assert_eq!(seen, word(&votes), "erc20_and_frc46_views_agree");
        votes
    }

    /// The votes that somebody had at the end of an epoch, atto-tokens.
    ///
    /// # Panics
    /// As [`World::votes`].
    #[track_caller]
    pub fn past_votes(&self, token: Address, of: impl Party, epoch: ChainEpoch) -> TokenAmount {
        let account = of.address();
        let votes = self.view::<method::PastVotes>(token, &PastVotesParams { account, epoch });
        let (account, timepoint) = (self.eth(of), timepoint(epoch));
        let seen = self.ask(token, IToken::getPastVotesCall { account, timepoint });
        assert_eq!(seen, word(&votes), "erc20_and_frc46_views_agree");
        votes
    }

    /// What existed at the end of an epoch, atto-tokens.
    ///
    /// # Panics
    /// As [`World::votes`].
    #[track_caller]
    pub fn past_supply(&self, token: Address, epoch: ChainEpoch) -> TokenAmount {
        let supply = self.view::<method::PastTotalSupply>(token, &epoch);
        let seen = self.ask(token, IToken::getPastTotalSupplyCall(timepoint(epoch)));
        assert_eq!(seen, word(&supply), "erc20_and_frc46_views_agree");
        supply
    }

    /// Whom somebody has delegated their votes to, as an id address; none for nobody.
    ///
    /// # Panics
    /// As [`World::votes`].
    #[track_caller]
    pub fn delegate_of(&self, token: Address, holder: impl Party) -> Option<Address> {
        let delegate = self.view::<method::DelegateOf>(token, &holder.address());
        let delegate = delegate.map(Address::new_id);
        let expected = delegate.map_or_else(|| self.eth(Nobody), |delegate| self.eth(delegate));
        let seen = self.ask(token, IToken::delegatesCall(self.eth(holder)));
        assert_eq!(seen, expected, "erc20_and_frc46_views_agree");
        delegate
    }

    /// The log of a delegation: whose votes, from whom, to whom.
    #[track_caller]
    pub fn delegated(
        &self,
        token: Address,
        delegator: impl Party,
        from: impl Party,
        to: impl Party,
    ) -> StampedEvent {
        let (delegator, from, to) = (self.eth(delegator), self.eth(from), self.eth(to));
        let event = IToken::DelegateChanged {
            delegator,
            fromDelegate: from,
            toDelegate: to,
        };
        log(token, &event)
    }

    /// The log of votes that changed.
    #[track_caller]
    pub fn recounted(
        &self,
        token: Address,
        delegate: impl Party,
        before: &TokenAmount,
        after: &TokenAmount,
    ) -> StampedEvent {
        let event = IToken::DelegateVotesChanged {
            delegate: self.eth(delegate),
            previousVotes: word(before),
            newVotes: word(after),
        };
        log(token, &event)
    }
}

/// An epoch as a point in time of ERC-6372.
fn timepoint(epoch: ChainEpoch) -> U256 {
    U256::from(u64::try_from(epoch).expect("an epoch from 0 on"))
}
