//! The access actor by its method numbers.

use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use holdfast_api::access::{
    AcceptTermsParams, AcceptedTermsParams, Access, ConsumeAccessParams, GRANT, GrantAt, GrantManyParams,
    GrantTerms, InGroupParams, ListDataSetsParams, ListGrantsParams, ListMembersParams, MembersParams, Node,
    ObserveHolderParams, OfferDataSetParams, OfferedDataSet, PruneParams, READ, RELAY, Rate,
    RemoveRuleParams, RenounceParams, Scope, SetAllowListParams, SetContentParams, SetGuardianParams,
    SetTermsParams, Standard, SuspendParams, method,
};
use holdfast_integration_tests::access::{ACCESS, DATA, data_set, giving, opening, question};
use holdfast_integration_tests::cuts::{Case, Face, Scene, Sent, require_cuts};
use holdfast_integration_tests::{Message, tokens};
use holdfast_localnet::{Kind, Wallet, ids};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::{Interface, Method};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::support::world;
use crate::{access_guards, access_keys, access_sales};

#[test]
fn no_method_of_access_leaves_anything_behind() {
    let all = [
        DATA_SETS,
        RULES,
        GRANTS,
        QUESTIONS,
        GROUPS,
        access_sales::ALL,
        access_keys::KEYS,
        access_keys::RECEIPTS,
        access_keys::COMMITMENTS,
        access_guards::DELAYS,
        access_guards::SIGNED,
    ];
    require_cuts(Face::Filecoin, &Access::describe(), ACCESS, &library(), &all);
}

/// Bob's grant, which is counted and may be given on.
pub(crate) const BOBS: u64 = 1;

/// A data set of Alice's in which Bob has a grant, and which is offered to him, with terms, and a group.
pub(crate) fn library() -> Scene {
    let mut w = world();
    let alice = w.account(Kind::Secp256k1, 0);
    let access = w.create_access(&alice);
    let mut scene = Scene::new(w, access);
    let bob = scene.bob.clone();
    act::<method::CreateDataSet>(&mut scene, &alice, &data_set());
    let counted = GrantTerms {
        uses: Some(10),
        rate: Some(Rate {
            capacity: 5,
            refill: 1,
            period: 10,
        }),
        ..GrantTerms::plain(READ | GRANT)
    };
    act::<method::Grant>(&mut scene, &alice, &giving(bob.address(), counted, None));
    act::<method::SetTerms>(&mut scene, &alice, &terms());
    act::<method::OfferDataSet>(&mut scene, &alice, &offer(&bob));
    act::<method::CreateGroup>(&mut scene, &alice, &());
    act::<method::AddMembers>(&mut scene, &alice, &members(bob.address()));
    scene
}

pub(crate) fn act<M>(s: &mut Scene, by: &Wallet, params: &M::Params) -> M::Return
where
    M: Method<Params: Serialize, Return: DeserializeOwned>,
{
    s.w.call::<M>(by, s.actor, params).ok()
}

pub(crate) fn terms() -> SetTermsParams {
    SetTermsParams {
        data_set: DATA,
        hash: Bytes32([7; 32]),
        fresh: true,
    }
}

fn offer(to: &Wallet) -> OfferDataSetParams {
    OfferDataSetParams {
        data_set: DATA,
        to: Some(to.address()),
        keep_grants: false,
    }
}

/// The data set as the library offers it.
pub(crate) fn offered() -> OfferedDataSet {
    OfferedDataSet {
        data_set: DATA,
        keep_grants: false,
        generation: 0,
        policy_version: 1,
        terms_version: 1,
        frozen: false,
        max_delay: 0,
    }
}

/// Somebody without an actor.
pub(crate) fn newcomer(s: &Scene) -> Address {
    s.w.account(Kind::Eth, 600).address()
}

const DATA_SETS: &[Case] = &[
    ("Constructor", |s| {
        // The canonical instance is there; another one is made by Exec.
        let code_cid = s.w.network().bundle().code(ACCESS).expect("the actor's code");
        let exec = holdfast_api::init::ExecParams {
            code_cid,
            constructor_params: RawBytes::default(),
        };
        let number = holdfast_api::init::method::Exec::NUMBER;
        s.sent(Message::call(Address::new_id(ids::INIT), number, &exec))
    }),
    ("CreateDataSet", |s| s.call::<method::CreateDataSet>(&data_set())),
    ("CreateDataSets", |s| {
        s.call::<method::CreateDataSets>(&vec![data_set(), data_set()])
    }),
    ("GetDataSet", |s| s.call::<method::GetDataSet>(&DATA)),
    ("SetContent", |s| {
        s.call::<method::SetContent>(&SetContentParams {
            data_set: DATA,
            content: Vec::new(),
            metadata: None,
            metadata_size: 7,
        })
    }),
    ("SetGuardian to somebody without an actor", |s| {
        let guardian = Some(newcomer(s));
        s.call::<method::SetGuardian>(&SetGuardianParams {
            data_set: DATA,
            guardian,
        })
    }),
    ("OfferDataSet", |s| {
        s.call::<method::OfferDataSet>(&offer(&s.carol))
    }),
    ("GetOffer", |s| s.call::<method::GetOffer>(&DATA)),
    ("AcceptDataSet", |s| {
        s.call::<method::AcceptDataSet>(&offered()).by(&s.bob)
    }),
    ("Freeze", |s| s.call::<method::Freeze>(&DATA)),
    ("Unfreeze", |s| {
        let alice = s.alice.clone();
        act::<method::Freeze>(s, &alice, &DATA);
        s.call::<method::Unfreeze>(&DATA)
    }),
    ("SetTerms", |s| s.call::<method::SetTerms>(&terms())),
    ("AcceptTerms", |s| {
        s.call::<method::AcceptTerms>(&AcceptTermsParams {
            data_set: DATA,
            version: 1,
            hash: terms().hash,
        })
    }),
    ("AcceptedTerms", |s| {
        s.call::<method::AcceptedTerms>(&AcceptedTermsParams {
            data_set: DATA,
            subject: s.bob.address(),
        })
    }),
];

const RULES: &[Case] = &[
    ("SetRule", |s| {
        s.call::<method::SetRule>(&opening(vec![Node::InGroup { group: 1 }]))
    }),
    ("RemoveRule", |s| {
        let alice = s.alice.clone();
        act::<method::SetRule>(s, &alice, &opening(vec![Node::InGroup { group: 1 }]));
        s.call::<method::RemoveRule>(&RemoveRuleParams {
            data_set: DATA,
            scope: Scope::All {},
            actions: READ,
        })
    }),
    ("ListRules", |s| s.call::<method::ListRules>(&DATA)),
    ("SetAllowList", |s| {
        s.call::<method::SetAllowList>(&SetAllowListParams {
            data_set: DATA,
            list: 1,
            root: Bytes32([1; 32]),
        })
    }),
];

/// A grant that is meant.
pub(crate) fn at(subject: &Wallet, grant: u64) -> GrantAt {
    GrantAt {
        data_set: DATA,
        subject: subject.address(),
        grant,
    }
}

const GRANTS: &[Case] = &[
    ("Grant", |s| {
        s.call::<method::Grant>(&giving(s.bob.address(), GrantTerms::plain(READ), None))
    }),
    ("Grant to somebody without an actor", |s| {
        s.call::<method::Grant>(&giving(newcomer(s), GrantTerms::plain(READ), None))
    }),
    ("Grant from a grant", |s| {
        let terms = GrantTerms {
            uses: Some(2),
            ..GrantTerms::plain(RELAY)
        };
        s.call::<method::Grant>(&giving(s.carol.address(), terms, Some(BOBS)))
            .by(&s.bob)
    }),
    ("GrantMany", |s| {
        s.call::<method::GrantMany>(&GrantManyParams {
            data_set: DATA,
            subjects: vec![s.bob.address(), newcomer(s)],
            terms: GrantTerms::plain(READ),
            from: None,
        })
    }),
    ("Revoke", |s| s.call::<method::Revoke>(&at(&s.bob, BOBS))),
    ("RevokeAll", |s| s.call::<method::RevokeAll>(&DATA)),
    ("Renounce", |s| {
        let (data_set, grant) = (DATA, BOBS);
        s.call::<method::Renounce>(&RenounceParams { data_set, grant })
            .by(&s.bob)
    }),
    ("Suspend", |s| {
        s.call::<method::Suspend>(&SuspendParams {
            data_set: DATA,
            subject: s.bob.address(),
            grant: BOBS,
            until: 1_000_000,
        })
    }),
    ("Prune", |s| {
        let (alice, revoked) = (s.alice.clone(), at(&s.bob, BOBS));
        act::<method::Revoke>(s, &alice, &revoked);
        s.call::<method::Prune>(&PruneParams {
            data_set: DATA,
            start: 0,
            limit: 10,
        })
        .by(&s.bob)
    }),
    ("ListGrants", |s| {
        s.call::<method::ListGrants>(&ListGrantsParams {
            data_set: DATA,
            start: 0,
            limit: 10,
        })
    }),
    ("ListDataSets", |s| {
        s.call::<method::ListDataSets>(&ListDataSetsParams {
            subject: s.bob.address(),
            start: 0,
            limit: 10,
        })
    }),
];

fn ask(s: &Scene) -> Sent {
    s.call::<method::HasAccess>(&question(s.bob.address(), READ, Scope::All {}))
}

const QUESTIONS: &[Case] = &[
    ("HasAccess", |s| ask(s)),
    ("HasAccess by a policy that asks a token", |s| {
        let alice = s.alice.clone();
        let token = s.w.story_token(&alice);
        let holder = Node::Holder {
            token,
            standard: Standard::Frc46 {},
            least: tokens(1),
            held_for: 0,
        };
        let mut rule = opening(vec![holder]);
        rule.rule.requires = rule.rule.opens.take();
        act::<method::SetRule>(s, &alice, &rule);
        // A question to another actor may use 20 M, and is asked with what is left.
        ask(s).with_gas_limit(100_000_000)
    }),
    ("HasAccessBatch", |s| {
        let asked = [s.bob.address(), s.carol.address()];
        let asked = asked.map(|subject| question(subject, READ, Scope::All {}));
        s.call::<method::HasAccessBatch>(&asked.to_vec())
    }),
    ("ConsumeAccess", |s| {
        s.call::<method::ConsumeAccess>(&ConsumeAccessParams {
            data_set: DATA,
            scope: Scope::All {},
            action: READ,
            uses: 2,
            proofs: Vec::new(),
        })
        .by(&s.bob)
    }),
    ("ObserveHolder", |s| {
        let (alice, holder) = (s.alice.clone(), s.alice.address());
        let token = s.w.story_token(&alice);
        let standard = Standard::Frc46 {};
        s.call::<method::ObserveHolder>(&ObserveHolderParams {
            token,
            standard,
            holder,
        })
        .with_gas_limit(100_000_000)
    }),
];

fn members(member: Address) -> MembersParams {
    MembersParams {
        group: 1,
        members: vec![member],
    }
}

const GROUPS: &[Case] = &[
    ("CreateGroup", |s| s.call::<method::CreateGroup>(&())),
    ("AddMembers", |s| {
        s.call::<method::AddMembers>(&members(newcomer(s)))
    }),
    ("RemoveMembers", |s| {
        s.call::<method::RemoveMembers>(&members(s.bob.address()))
    }),
    ("InGroup", |s| {
        let member = s.bob.address();
        s.call::<method::InGroup>(&InGroupParams { group: 1, member })
    }),
    ("ListMembers", |s| {
        s.call::<method::ListMembers>(&ListMembersParams {
            group: 1,
            start: 0,
            limit: 10,
        })
    }),
    ("GroupOwner", |s| s.call::<method::GroupOwner>(&1)),
];
