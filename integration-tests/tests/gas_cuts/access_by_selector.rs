//! The access actor by its selectors.

use alloy_primitives::{Address as Eth, U256, keccak256};
use holdfast_api::access::{ADD_PIECES, ADMIN, Access, GrantTerms, READ, Standard, method};
use holdfast_integration_tests::abi::{IAccess, word};
use holdfast_integration_tests::access::{ACCESS, DATA, giving};
use holdfast_integration_tests::carried::sign_digest;
use holdfast_integration_tests::cuts::{Case, Face, Scene, Sent, require_cuts};
use holdfast_runtime::foreign_cid::ForeignCid;
use holdfast_runtime::method::{Interface, Method};
use holdfast_runtime::schema::Schema;

use crate::access::{BOBS, act, library, offered, terms};
use crate::access_sales::{GAS_OF_TOKENS, bought, price, sells, tokens_wait, waits, wanted};
use crate::support::cbor;

#[test]
fn no_solidity_method_of_access_leaves_anything_behind() {
    let all = [HEADS, GRANTS, GROUPS, SALES, GATES, PASSES];
    require_cuts(Face::Ethereum, &Access::describe(), ACCESS, &library(), &all);
}

const HEADS: &[Case] = &[
    ("createDataSet", |s| {
        s.evm(&IAccess::createDataSetCall {}).by(&s.carol)
    }),
    ("dataSetOwner", |s| s.evm(&IAccess::dataSetOwnerCall(DATA))),
    ("getOffer", |s| s.evm(&IAccess::getOfferCall(DATA))),
    ("acceptDataSet", |s| {
        let p = offered();
        s.evm(&IAccess::acceptDataSetCall {
            dataSet: p.data_set,
            keepGrants: p.keep_grants,
            generation: p.generation,
            policyVersion: p.policy_version,
            termsVersion: p.terms_version,
            frozen: p.frozen,
            maxDelay: p.max_delay,
        })
        .by(&s.bob)
    }),
    ("freeze", |s| s.evm(&IAccess::freezeCall(DATA))),
    ("unfreeze", |s| {
        let alice = s.alice.clone();
        act::<method::Freeze>(s, &alice, &DATA);
        s.evm(&IAccess::unfreezeCall(DATA))
    }),
    ("setTerms", |s| {
        let (hash, fresh) = (terms().hash.0.into(), false);
        s.evm(&IAccess::setTermsCall {
            dataSet: DATA,
            hash,
            fresh,
        })
    }),
    ("acceptTerms", |s| {
        let hash = terms().hash.0.into();
        let call = IAccess::acceptTermsCall {
            dataSet: DATA,
            version: 1,
            hash,
        };
        s.evm(&call).by(&s.carol)
    }),
    ("setAllowList", |s| {
        s.evm(&IAccess::setAllowListCall {
            dataSet: DATA,
            list: 1,
            root: [1; 32].into(),
        })
    }),
    ("supportsInterface", |s| {
        let call = IAccess::supportsInterfaceCall {
            interfaceId: [1; 4].into(),
        };
        s.evm(&call)
    }),
    ("handle_filecoin_method", |s| {
        let (method, codec) = (method::SetTerms::NUMBER, 0x51);
        let params = cbor(&terms()).into();
        s.evm(&IAccess::handle_filecoin_methodCall {
            method,
            codec,
            params,
        })
    }),
];

fn question(s: &Scene) -> IAccess::hasAccess_0Call {
    IAccess::hasAccess_0Call {
        dataSet: DATA,
        path: "ward".to_owned(),
        subject: s.eth(&s.bob),
        action: READ,
    }
}

const GRANTS: &[Case] = &[
    ("grant", |s| {
        s.evm(&IAccess::grantCall {
            dataSet: DATA,
            subject: s.eth(&s.carol),
            actions: READ,
            path: "ward".to_owned(),
            start: 0,
            end: 0,
            from: 0,
        })
    }),
    ("revoke", |s| {
        s.evm(&IAccess::revokeCall {
            dataSet: DATA,
            subject: s.eth(&s.bob),
            grant: BOBS,
        })
    }),
    ("revokeAll", |s| s.evm(&IAccess::revokeAllCall(DATA))),
    ("renounce", |s| {
        let call = IAccess::renounceCall {
            dataSet: DATA,
            grant: BOBS,
        };
        s.evm(&call).by(&s.bob)
    }),
    ("hasAccess", |s| s.evm(&question(s))),
    ("hasAccess with a proof", |s| {
        let IAccess::hasAccess_0Call {
            dataSet,
            path,
            subject,
            action,
        } = question(s);
        s.evm(&IAccess::hasAccess_1Call {
            dataSet,
            path,
            subject,
            action,
            list: 1,
            proof: vec![[1; 32].into()],
        })
    }),
    ("hasAccessToCid", |s| {
        s.evm(&IAccess::hasAccessToCidCall {
            dataSet: DATA,
            cid: ForeignCid::sample().0.to_bytes().into(),
            subject: s.eth(&s.bob),
            action: READ,
        })
    }),
    ("consumeAccess", |s| {
        let call = IAccess::consumeAccessCall {
            dataSet: DATA,
            path: String::new(),
            action: READ,
            uses: 1,
        };
        s.evm(&call).by(&s.bob)
    }),
];

fn members(s: &Scene) -> Vec<Eth> {
    vec![s.eth(&s.bob), s.eth(&s.carol)]
}

const GROUPS: &[Case] = &[
    ("createGroup", |s| {
        s.evm(&IAccess::createGroupCall {}).by(&s.carol)
    }),
    ("addMembers", |s| {
        let members = members(s);
        s.evm(&IAccess::addMembersCall { group: 1, members })
    }),
    ("removeMembers", |s| {
        let members = members(s);
        s.evm(&IAccess::removeMembersCall { group: 1, members })
    }),
    ("inGroup", |s| {
        let member = s.eth(&s.bob);
        s.evm(&IAccess::inGroupCall { group: 1, member })
    }),
];

/// Carol buys for herself.
fn buys(s: &mut Scene) -> Sent {
    let plan = sells(s);
    let terms = wanted(s, &s.carol, plan);
    let call = IAccess::buyCall {
        plan,
        subject: Eth::ZERO,
        periods: 1,
        maxPrice: word(&terms.max_price),
        policyVersion: terms.policy_version,
        termsHash: terms.terms_hash.0.into(),
        referrer: Eth::ZERO,
    };
    s.evm(&call).by(&s.carol).with_value(price())
}

/// Carol goes on with what Bob has bought for her.
fn renews(s: &mut Scene) -> Sent {
    let carol = s.carol.clone();
    let plan = bought(s, &carol);
    let terms = wanted(s, &carol, plan);
    let call = IAccess::renewCall {
        plan,
        subject: Eth::ZERO,
        periods: 1,
        maxPrice: word(&terms.max_price),
        policyVersion: terms.policy_version,
        termsHash: terms.terms_hash.0.into(),
        referrer: Eth::ZERO,
    };
    s.evm(&call).by(&carol).with_value(price())
}

const SALES: &[Case] = &[
    ("quote", |s| {
        let (plan, subject) = (sells(s), s.eth(&s.bob));
        s.evm(&IAccess::quoteCall {
            plan,
            subject,
            periods: 1,
        })
    }),
    ("buy", buys),
    ("renew", renews),
    ("refund", |s| {
        let bob = s.bob.clone();
        let plan = bought(s, &bob);
        s.evm(&IAccess::refundCall(plan)).by(&bob)
    }),
    ("settle", |s| {
        let bob = s.bob.clone();
        let (plan, subject) = (bought(s, &bob), s.eth(&bob));
        s.evm(&IAccess::settleCall { plan, subject })
    }),
    ("shareTime", |s| {
        let bob = s.bob.clone();
        let (plan, to) = (bought(s, &bob), s.eth(&s.carol));
        let epochs = 2_880;
        s.evm(&IAccess::shareTimeCall { plan, to, epochs }).by(&bob)
    }),
    ("withdraw FIL", |s| {
        waits(s);
        s.evm(&IAccess::withdraw_0Call {}).by(&s.carol)
    }),
    ("withdraw tokens", |s| {
        let asset = tokens_wait(s, Standard::Erc20 {});
        let call = IAccess::withdraw_1Call(s.eth(asset.token));
        s.evm(&call).by(&s.carol).with_gas_limit(GAS_OF_TOKENS)
    }),
];

/// Carol, who administers the data set, has it decide about one that Alice keeps for her.
fn binding(s: &mut Scene) -> IAccess::bindServiceCall {
    let alice = s.alice.clone();
    let grant = giving(s.carol.address(), GrantTerms::plain(ADMIN), None);
    act::<method::Grant>(s, &alice, &grant);
    IAccess::bindServiceCall {
        service: s.eth(&s.alice),
        serviceDataSet: U256::from(42),
        dataSet: DATA,
        path: String::new(),
    }
}

const GATES: &[Case] = &[
    ("bindFunction", |s| {
        let call = IAccess::bindFunctionCall {
            selector: [1; 4].into(),
            dataSet: DATA,
            path: "ward".to_owned(),
            action: READ,
        };
        s.evm(&call).by(&s.carol)
    }),
    ("bindService", |s| {
        let bind = binding(s);
        s.evm(&bind).by(&s.carol)
    }),
    ("isAuthorized", |s| {
        let (carol, actor) = (s.carol.clone(), s.actor);
        let bind = binding(s);
        s.w.evm(&carol, actor, bind).ok();
        let digest = keccak256("pieces");
        s.evm(&IAccess::isAuthorizedCall {
            dataSetId: U256::from(42),
            payer: s.eth(&carol),
            operation: ADD_PIECES.into(),
            digest,
            signature: sign_digest(&carol, &digest).to_vec().into(),
            operationData: Vec::new().into(),
        })
    }),
    ("canCall", |s| {
        let (access, alice) = (s.eth(s.actor), s.alice.clone());
        let ward = s.w.deploy_with(&alice, "ManagedWard", &(access, DATA));
        s.evm(&IAccess::canCallCall {
            caller: s.eth(&s.bob),
            target: s.eth(ward),
            selector: keccak256("visit()")[..4].try_into().expect("four bytes"),
        })
    }),
];

fn pass(s: &Scene) -> U256 {
    let subject = s.eth(&s.bob);
    s.w.ask(
        s.actor,
        IAccess::passOfCall {
            dataSet: DATA,
            subject,
            grant: BOBS,
        },
    )
}

const PASSES: &[Case] = &[
    ("passOf", |s| {
        s.evm(&IAccess::passOfCall {
            dataSet: DATA,
            subject: s.eth(&s.bob),
            grant: BOBS,
        })
    }),
    ("userOf", |s| s.evm(&IAccess::userOfCall(pass(s)))),
    ("userExpires", |s| s.evm(&IAccess::userExpiresCall(pass(s)))),
    ("isRevoked", |s| {
        s.evm(&IAccess::isRevokedCall {
            namespace: s.eth(&s.alice),
            revocationList: U256::from(DATA).into(),
            revocationKey: pass(s).into(),
        })
    }),
];
