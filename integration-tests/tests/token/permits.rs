//! Allowances by signature (ERC-2612). The digest is computed by alloy, the signature by k256.

use alloy_primitives::{Address as Eth, B256, U256};
use alloy_sol_types::{Eip712Domain, SolStruct};
use fvm_shared::address::Address;
use holdfast_integration_tests::abi::{IToken, word};
use holdfast_integration_tests::permit::{Permit, domain, signed};
use holdfast_integration_tests::reverts::{expired_signature, invalid_signer};
use holdfast_integration_tests::{World, tokens};
use holdfast_localnet::{Kind, Wallet};

/// The order of secp256k1.
const ORDER: U256 =
    alloy_primitives::uint!(0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141_U256);

struct Story {
    w: World,
    token: Address,
    /// A 0x key that holds tokens.
    holder: Wallet,
    spender: Wallet,
    /// Anybody, who pays for the message.
    bringer: Wallet,
}

fn story() -> Story {
    let mut w = World::new();
    let (alice, holder) = (w.account(Kind::Secp256k1, 0), w.account(Kind::Eth, 0));
    let token = w.story_token(&alice);
    w.frc46(token).transfer(&alice, &holder, tokens(100)).ok();
    let (spender, bringer) = (w.account(Kind::Eth, 1), w.account(Kind::Eth, 2));
    Story {
        w,
        token,
        holder,
        spender,
        bringer,
    }
}

impl Story {
    /// A permit of ten tokens that is good for ever.
    fn permit(&self) -> Permit {
        Permit {
            owner: self.w.eth(&self.holder),
            spender: self.w.eth(&self.spender),
            value: word(&tokens(10)),
            nonce: self
                .w
                .ask(self.token, IToken::noncesCall(self.w.eth(&self.holder))),
            deadline: U256::MAX,
        }
    }

    fn domain(&self) -> Eip712Domain {
        domain(
            "Story",
            self.w.network().profile().chain_id,
            self.w.eth(self.token),
        )
    }

    fn sign(&self, permit: &Permit) -> IToken::permitCall {
        signed(permit, &self.domain(), &self.holder)
    }

    /// The second in which the next message runs.
    fn next_second(&self) -> u64 {
        self.w.network().profile().timestamp(self.w.network().epoch() + 1)
    }
}

/// The 0x address that a signature recovers to over a digest.
fn signer_of(call: &IToken::permitCall, digest: B256) -> Eth {
    let rsv: Vec<u8> = [call.r.as_slice(), call.s.as_slice(), &[call.v - 27]].concat();
    let signer = holdfast_localnet::ethereum::recover(&digest.0, rsv.as_slice().try_into().unwrap()).unwrap();
    Eth::new(signer.0)
}

#[test]
fn anybody_may_bring_a_signed_permit() {
    let mut s = story();
    let approved = [s.w.approved(s.token, &s.holder, &s.spender, &tokens(10))];
    let call = s.sign(&s.permit());
    s.w.evm(&s.bringer, s.token, call).emits(&approved).ok();
    assert_eq!(s.w.allowance(s.token, &s.holder, &s.spender), tokens(10));
    assert_eq!(
        s.w.ask(s.token, IToken::noncesCall(s.w.eth(&s.holder))),
        U256::from(1)
    );
    s.w.erc20(s.token)
        .transfer_from(&s.spender, &s.holder, &s.spender, tokens(10))
        .ok();
    assert_eq!(s.w.balance(s.token, &s.spender), tokens(10));
}

#[test]
fn the_domain_is_what_wallets_compute() {
    let s = story();
    let domain = s.domain();
    assert_eq!(
        s.w.ask(s.token, IToken::DOMAIN_SEPARATORCall {}),
        domain.separator()
    );
    let told = s.w.ask(s.token, IToken::eip712DomainCall {});
    assert_eq!(told.fields.0, [0x0f]);
    assert_eq!(told.version, "1");
    assert_eq!(told.chainId, U256::from(314_159));
    assert_eq!(told.verifyingContract, s.w.eth(s.token));
    assert!(told.salt.is_zero() && told.extensions.is_empty());
    let rebuilt = self::domain(&told.name, 314_159, told.verifyingContract);
    assert_eq!(rebuilt.separator(), domain.separator());
}

#[test]
fn a_permit_is_used_once() {
    let mut s = story();
    let permit = s.permit();
    let call = s.sign(&permit);
    s.w.evm(&s.bringer, s.token, call.clone()).ok();
    let next = Permit {
        nonce: U256::from(1),
        ..permit
    };
    let taken_for = signer_of(&call, next.eip712_signing_hash(&s.domain()));
    let error = invalid_signer(taken_for, s.w.eth(&s.holder));
    s.w.evm(&s.bringer, s.token, call).reverts(error);
}

#[test]
fn a_permit_ends_with_its_deadline() {
    let mut s = story();
    let deadline = U256::from(s.next_second());
    let call = s.sign(&Permit {
        deadline,
        ..s.permit()
    });
    s.w.evm(&s.bringer, s.token, call).ok();
    let deadline = U256::from(s.next_second() - 1);
    let call = s.sign(&Permit {
        deadline,
        ..s.permit()
    });
    s.w.evm(&s.bringer, s.token, call)
        .reverts(expired_signature(deadline));
}

#[test]
fn a_permit_of_somebody_else_is_refused() {
    let mut s = story();
    let call = signed(&s.permit(), &s.domain(), &s.spender);
    let error = invalid_signer(s.w.eth(&s.spender), s.w.eth(&s.holder));
    s.w.evm(&s.bringer, s.token, call).reverts(error);
}

#[test]
fn a_permit_for_another_token_chain_or_name_is_refused() {
    let mut s = story();
    let alice = s.w.account(Kind::Secp256k1, 0);
    let other = s.w.story_token(&alice);
    let (here, there, permit) = (s.w.eth(s.token), s.w.eth(other), s.permit());
    for foreign in [
        domain("Story", 314_159, there),
        domain("Story", 314, here),
        domain("Stories", 314_159, here),
    ] {
        let call = signed(&permit, &foreign, &s.holder);
        let taken_for = signer_of(&call, permit.eip712_signing_hash(&s.domain()));
        let error = invalid_signer(taken_for, s.w.eth(&s.holder));
        s.w.evm(&s.bringer, s.token, call).reverts(error);
    }
}

#[test]
fn changed_terms_break_the_signature() {
    let mut s = story();
    let call = s.sign(&s.permit());
    let greedy = IToken::permitCall {
        value: call.value + U256::from(1),
        ..call.clone()
    };
    s.w.evm(&s.bringer, s.token, greedy).refused(33);
    let stolen = IToken::permitCall {
        spender: s.w.eth(&s.bringer),
        ..call
    };
    s.w.evm(&s.bringer, s.token, stolen).refused(33);
}

#[test]
fn malformed_and_malleable_signatures_are_refused() {
    let mut s = story();
    let call = s.sign(&s.permit());
    let twin = B256::from(ORDER - U256::from_be_bytes(call.s.0));
    let malformed = [
        IToken::permitCall {
            v: 55 - call.v,
            s: twin,
            ..call.clone()
        },
        IToken::permitCall {
            v: call.v - 27,
            ..call.clone()
        },
        IToken::permitCall {
            v: 29,
            ..call.clone()
        },
        IToken::permitCall {
            r: B256::ZERO,
            s: B256::ZERO,
            ..call.clone()
        },
        IToken::permitCall {
            r: B256::repeat_byte(0xff),
            ..call.clone()
        },
    ];
    let error = || invalid_signer(Eth::ZERO, call.owner);
    for call in malformed {
        s.w.evm(&s.bringer, s.token, call).reverts(error());
    }
    s.w.evm(&s.bringer, s.token, call.clone()).ok();
}

#[test]
fn nobody_permits_for_0x0() {
    let mut s = story();
    let call = s.sign(&s.permit());
    let zero = IToken::permitCall {
        owner: Eth::ZERO,
        v: 29,
        ..call
    };
    s.w.evm(&s.bringer, s.token, zero).refused(33);
}
