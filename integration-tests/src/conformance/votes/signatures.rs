//! Delegations by signature, which anybody may bring.

use alloy_primitives::{B256, U256, uint};
use alloy_sol_types::Eip712Domain;
use holdfast_localnet::{Kind, Wallet};

use super::IVotes::{delegateBySigCall, noncesCall};
use super::{Erc20Stage, units};
use crate::answer::REVERTED;
use crate::conformance::{Cast, Refusal};
use crate::eip712::sign;
use crate::votes::Delegation;
use crate::{Answer, Nobody, Party};

/// The order of secp256k1.
const ORDER: U256 = uint!(0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141_U256);
/// What the signer holds.
const HELD: u64 = 100;

/// A 0x key that holds tokens.
fn signer(s: &mut Erc20Stage) -> Wallet {
    let (maker, signer) = (s.cast.maker.clone(), s.w.account(Kind::Eth, 4));
    s.transfer(&maker, &signer, units(HELD)).ok();
    signer
}

fn domain(s: &Erc20Stage) -> Eip712Domain {
    s.w.told_domain(s.at)
}

/// A delegation that is good for ever, with the signer's next nonce.
fn delegation(s: &Erc20Stage, signer: &Wallet, to: impl Party) -> Delegation {
    Delegation {
        delegatee: s.eth(to),
        nonce: nonce(s, signer),
        expiry: U256::MAX,
    }
}

fn nonce(s: &Erc20Stage, of: &Wallet) -> U256 {
    let owner = s.eth(of);
    s.ask(noncesCall { owner })
}

fn signed(terms: &Delegation, domain: &Eip712Domain, signer: &Wallet) -> delegateBySigCall {
    let (v, r, s) = sign(terms, domain, signer);
    delegateBySigCall {
        delegatee: terms.delegatee,
        nonce: terms.nonce,
        expiry: terms.expiry,
        v,
        r,
        s,
    }
}

impl Erc20Stage {
    /// Anybody brings a delegation.
    #[track_caller]
    fn bring(&mut self, call: &delegateBySigCall) -> Answer<()> {
        let bringer = self.cast.stranger.clone();
        self.call(&bringer, call.clone()).map(|_| ())
    }

    /// Anybody brings a delegation that is not the signer's: whether it is refused or taken for another's, the signer's
    /// votes stay.
    #[track_caller]
    fn bring_in_vain(&mut self, call: &delegateBySigCall, signer: &Wallet) {
        let answer = self.bring(call);
        assert!(
            answer.receipt.is_ok() || answer.receipt.exit_code.value() == REVERTED,
            "{}",
            answer.receipt.error
        );
        self.require_delegate(signer, Nobody);
        assert_eq!(nonce(self, signer), units(0));
    }
}

pub(super) fn a_signed_delegation_is_the_signers(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    let call = signed(&delegation(s, &signer, &recipient), &domain(s), &signer);
    let logs = [
        s.redelegated(&signer, Nobody, &recipient),
        s.recounted(&recipient, 0, HELD),
    ];
    s.bring(&call).emits(&logs).ok();
    s.require_delegate(&signer, &recipient);
    assert_eq!(s.votes(&recipient), units(HELD));
    assert_eq!(nonce(s, &signer), units(1));
}

pub(super) fn a_signed_delegation_is_used_once(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    let call = signed(&delegation(s, &signer, &recipient), &domain(s), &signer);
    s.bring(&call).ok();
    s.delegate(&signer, Nobody).ok();
    s.bring(&call).refused(REVERTED);
    s.require_delegate(&signer, Nobody);
    assert_eq!(s.votes(&recipient), units(0));
}

pub(super) fn a_signed_delegation_waits_for_its_nonce(s: &mut Erc20Stage) {
    let (signer, Cast { recipient, maker, .. }) = (signer(s), s.cast.clone());
    let first = delegation(s, &signer, &recipient);
    let second = Delegation {
        delegatee: s.eth(&maker),
        nonce: units(1),
        ..first.clone()
    };
    let [first, second] = [first, second].map(|terms| signed(&terms, &domain(s), &signer));
    s.bring(&second).refused(REVERTED);
    s.bring(&first).ok();
    s.bring(&second).ok();
    s.require_delegate(&signer, &maker);
}

pub(super) fn a_signed_delegation_ends_with_its_expiry(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    for (late, good) in [(0, true), (1, false)] {
        let network = s.w.network();
        let second = network.profile().timestamp(network.epoch() + 1) - late;
        let expiry = U256::from(second);
        let terms = delegation(s, &signer, &recipient);
        let call = signed(&Delegation { expiry, ..terms }, &domain(s), &signer);
        let answer = s.bring(&call);
        if good {
            answer.ok();
        } else {
            s.refused(answer, &Refusal::Expired { expiry });
        }
    }
}

pub(super) fn changed_terms_do_not_delegate_for_the_signer(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    let call = signed(&delegation(s, &signer, &recipient), &domain(s), &signer);
    let changed = [
        delegateBySigCall {
            delegatee: s.eth(&s.cast.stranger),
            ..call.clone()
        },
        delegateBySigCall {
            expiry: call.expiry - units(1),
            ..call
        },
    ];
    for call in changed {
        s.bring_in_vain(&call, &signer);
    }
}

pub(super) fn a_signature_for_another_token_or_chain_does_not_count(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    let (terms, here) = (delegation(s, &signer, &recipient), domain(s));
    let other_token = Eip712Domain {
        verifying_contract: Some(s.eth(&recipient)),
        ..here.clone()
    };
    let other_chain = Eip712Domain {
        chain_id: Some(U256::from(314)),
        ..here.clone()
    };
    let other_name = Eip712Domain {
        name: Some("Another".into()),
        ..here
    };
    for foreign in [other_token, other_chain, other_name] {
        s.bring_in_vain(&signed(&terms, &foreign, &signer), &signer);
    }
}

pub(super) fn a_signature_delegates_for_nobody_else(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    let other = s.w.account(Kind::Eth, 5);
    let call = signed(&delegation(s, &signer, &recipient), &domain(s), &other);
    s.bring_in_vain(&call, &signer);
    assert_eq!(s.votes(&recipient), units(0));
}

pub(super) fn malformed_signatures_are_refused(s: &mut Erc20Stage) {
    let (signer, recipient) = (signer(s), s.cast.recipient.clone());
    let call = signed(&delegation(s, &signer, &recipient), &domain(s), &signer);
    let twin = B256::from(ORDER - U256::from_be_bytes(call.s.0));
    let malformed = [
        (55 - call.v, call.r, twin),
        (call.v - 27, call.r, call.s),
        (29, call.r, call.s),
        (call.v, B256::ZERO, B256::ZERO),
        (call.v, B256::repeat_byte(0xff), call.s),
    ];
    let malformed = malformed.map(|(v, r, s)| delegateBySigCall {
        v,
        r,
        s,
        ..call.clone()
    });
    for call in malformed {
        s.bring(&call).refused(REVERTED);
    }
    s.require_delegate(&signer, Nobody);
    s.bring(&call).ok();
}
