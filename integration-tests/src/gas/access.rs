//! The access actor's figures. Who sends owns the data set; the recipient is the subject.

use alloy_primitives::keccak256;
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::econ::TokenAmount;
use holdfast_access::state::AccessState;
use holdfast_api::access::{
    AcceptTermsParams, AccessAnswer, GRANT, GrantAt, GrantManyParams, GrantTerms, HasAccessParams,
    ListGrantsParams, ListProof, MembersParams, Node, READ, Scope, SetAllowListParams, SetTermsParams,
    method,
};
use holdfast_localnet::{EthAddress, Kind, Wallet};
use holdfast_runtime::evm::Bytes32;
use holdfast_runtime::method::Method;

use super::crowd::{among, before, send};
use super::{Figure, PAIRS, Pair, account_id, people};
use crate::access::{DATA, data_set, giving, id, opening, question};
use crate::message::Message;

/// Hashes in the proof of one of a million.
const PROOF: u8 = 20;
/// The longest chain.
const CHAIN: u32 = 8;
/// Readers that one message makes.
const MANY: u32 = 100;
/// Subjects of a page.
const PAGE: u64 = 100;

/// All of them. The number behind the @ counts the grants of the data set, with the one that a message is about.
pub(super) const FIGURES: &[Figure] = &[
    Figure {
        name: "access.create_data_set",
        message: create_data_set,
    },
    Figure {
        name: "access.grant@1",
        message: |p| grant(p, 1),
    },
    Figure {
        name: "access.grant@1001",
        message: |p| grant(p, 1_001),
    },
    Figure {
        name: "access.grant@10001",
        message: |p| grant(p, 10_001),
    },
    Figure {
        name: "access.grant_unseen@1001",
        message: |p| grant_unseen(p, 1_001),
    },
    Figure {
        name: "access.grant_again@1001",
        message: |p| grant_again(p, 1_001),
    },
    Figure {
        name: "access.revoke@1",
        message: |p| revoke(p, 1),
    },
    Figure {
        name: "access.revoke@1001",
        message: |p| revoke(p, 1_001),
    },
    Figure {
        name: "access.has_access@1",
        message: |p| has_access(p, 1),
    },
    Figure {
        name: "access.has_access@1001",
        message: |p| has_access(p, 1_001),
    },
    Figure {
        name: "access.has_access_policy_8",
        message: has_access_policy,
    },
    Figure {
        name: "access.has_access_chain_8",
        message: has_access_chain,
    },
    Figure {
        name: "access.grant_many_100@1001",
        message: grant_many,
    },
    Figure {
        name: "access.set_allow_list_1000000",
        message: set_allow_list,
    },
    Figure {
        name: "access.has_access_allow_list",
        message: has_access_allow_list,
    },
    Figure {
        name: "access.buy_plan",
        message: super::sale::buy_plan,
    },
    Figure {
        name: "access.is_authorized@1",
        message: super::service::is_authorized,
    },
];

fn create_data_set(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    Message::call(access, method::CreateDataSet::NUMBER, &data_set())
}

/// Reading for a new subject.
pub(crate) fn grant(pair: &mut Pair<'_>, grants: u64) -> Message {
    let access = among(pair, grants - 1);
    let params = giving(id(pair.recipient_id), GrantTerms::plain(READ), None);
    Message::call(access, method::Grant::NUMBER, &params)
}

/// The same for a subject whose id is higher than any that the actor has seen.
fn grant_unseen(pair: &mut Pair<'_>, grants: u64) -> Message {
    let message = grant(pair, grants);
    let mut state: AccessState = pair.network.state(&message.to).expect("the actor's state");
    state.youngest = pair.sender_id;
    pair.network
        .set_state(&message.to, &state)
        .expect("a younger state");
    message
}

/// The subject has one grant.
fn granted(pair: &mut Pair<'_>, grants: u64) -> (Address, u64) {
    let access = among(pair, grants - 1);
    let params = giving(id(pair.recipient_id), GrantTerms::plain(READ), None);
    before::<method::Grant>(pair, &params);
    let state: AccessState = pair.network.state(&access).expect("the actor's state");
    (access, state.next_grant - 1)
}

/// Another one for a subject that has one: in which data sets it has some is known already.
fn grant_again(pair: &mut Pair<'_>, grants: u64) -> Message {
    let (access, _) = granted(pair, grants);
    let params = giving(id(pair.recipient_id), GrantTerms::plain(READ), None);
    Message::call(access, method::Grant::NUMBER, &params)
}

pub(crate) fn revoke(pair: &mut Pair<'_>, grants: u64) -> Message {
    let (access, grant) = granted(pair, grants);
    let subject = id(pair.recipient_id);
    let params = GrantAt {
        data_set: DATA,
        subject,
        grant,
    };
    Message::call(access, method::Revoke::NUMBER, &params)
}

/// The question as a message, as a contract's transaction would pay for it. What is measured is a yes: a no costs less.
fn asked(pair: &Pair<'_>, access: Address, params: &HasAccessParams) -> Message {
    let message = Message::call(access, method::HasAccess::NUMBER, params);
    let (from, asked) = (pair.sender.address(), message.params.clone());
    let answer = pair.network.view(from, access, message.method, asked);
    let answer: AccessAnswer = answer.and_then(|receipt| receipt.decode()).expect("an answer");
    assert!(answer.allowed, "{:?}", answer.reason);
    message
}

fn reads(pair: &Pair<'_>) -> HasAccessParams {
    question(id(pair.recipient_id), READ, Scope::All {})
}

/// Answered from a grant.
pub(crate) fn has_access(pair: &mut Pair<'_>, grants: u64) -> Message {
    let (access, _) = granted(pair, grants);
    asked(pair, access, &reads(pair))
}

/// A page of the subjects and their grants, from the recipient on.
pub(crate) fn list_grants(pair: &mut Pair<'_>, grants: u64) -> Message {
    let (access, _) = granted(pair, grants);
    let params = ListGrantsParams {
        data_set: DATA,
        start: pair.recipient_id,
        limit: PAGE,
    };
    Message::call(access, method::ListGrants::NUMBER, &params)
}

/// Answered from a policy of eight nodes that asks nobody: members who have accepted the terms, in time, but for one of them.
fn has_access_policy(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    let sender = id(pair.sender_id);
    before::<method::CreateGroup>(pair, &());
    let members = MembersParams {
        group: 1,
        members: vec![id(pair.recipient_id)],
    };
    before::<method::AddMembers>(pair, &members);
    let terms = SetTermsParams {
        data_set: DATA,
        hash: Bytes32([7; 32]),
        fresh: true,
    };
    before::<method::SetTerms>(pair, &terms);
    let accepted = AcceptTermsParams {
        data_set: DATA,
        version: 1,
        hash: Bytes32([7; 32]),
    };
    let recipient = pair.recipient.clone();
    send::<method::AcceptTerms>(&mut pair.network, access, &recipient, &accepted);
    let nodes = vec![
        Node::And { of: 4 },
        Node::InGroup { group: 1 },
        Node::AcceptedTerms {},
        Node::Or { of: 2 },
        Node::Caller { actor: sender },
        Node::TimeWindow { start: 0, end: None },
        Node::Not {},
        Node::Caller { actor: sender },
    ];
    assert_eq!(nodes.len(), 8);
    before::<method::SetRule>(pair, &opening(nodes));
    asked(pair, access, &reads(pair))
}

/// Answered from the last of eight grants, each made from the one before.
fn has_access_chain(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    let between = (0..2 * PAIRS).map(|number| people::account(&pair.network, number));
    let ends = [pair.sender_id, pair.recipient_id];
    let between = between.filter(|wallet| !ends.contains(&account_id(&pair.network, wallet)));
    let mut chain: Vec<Wallet> = vec![pair.sender.clone()];
    chain.extend(between.take(CHAIN as usize - 1));
    chain.push(pair.recipient.clone());
    for (number, two) in (0u64..).zip(chain.windows(2)) {
        let subject = id(account_id(&pair.network, &two[1]));
        let from = (number > 0).then_some(number);
        let grant = giving(subject, GrantTerms::plain(READ | GRANT), from);
        send::<method::Grant>(&mut pair.network, access, &two[0], &grant);
    }
    asked(pair, access, &reads(pair))
}

/// Reading for a hundred new subjects.
fn grant_many(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 1_000);
    let subjects = newcomers(pair);
    let params = GrantManyParams {
        data_set: DATA,
        subjects,
        terms: GrantTerms::plain(READ),
        from: None,
    };
    Message::call(access, method::GrantMany::NUMBER, &params)
}

/// A hundred accounts that have nothing yet, made one after the other.
fn newcomers(pair: &mut Pair<'_>) -> Vec<Address> {
    let wallets = (0..MANY).map(|number| pair.network.account(Kind::Secp256k1, 2_000 + number));
    let wallets: Vec<Wallet> = wallets.collect();
    let made = wallets.iter().map(|wallet| {
        let to = wallet.address();
        let fil = TokenAmount::from_atto(1);
        let sent = pair.network.send(&pair.sender, to, fil, 0, Vec::new());
        sent.expect("an account");
        id(account_id(&pair.network, wallet))
    });
    made.collect()
}

/// Siblings of the leaf of one of a million, from the leaf up.
fn siblings() -> impl Iterator<Item = [u8; 32]> {
    (0..PROOF).map(|level| keccak256([level]).0)
}

/// The root of the list whose way from the recipient up has these siblings.
fn root(pair: &Pair<'_>) -> Bytes32 {
    let mut word = [0; 32];
    word[12..].copy_from_slice(&EthAddress::from_id(pair.recipient_id).0);
    let leaf = keccak256(keccak256(word)).0;
    let root = siblings().fold(leaf, |below, beside| {
        let (first, second) = (below.min(beside), below.max(beside));
        keccak256([first, second].concat()).0
    });
    Bytes32(root)
}

fn list(pair: &Pair<'_>) -> SetAllowListParams {
    SetAllowListParams {
        data_set: DATA,
        list: 1,
        root: root(pair),
    }
}

/// A million subjects take as many bytes as one.
fn set_allow_list(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    Message::call(access, method::SetAllowList::NUMBER, &list(pair))
}

/// Answered from a proof of twenty hashes.
fn has_access_allow_list(pair: &mut Pair<'_>) -> Message {
    let access = among(pair, 0);
    let list = list(pair);
    before::<method::SetAllowList>(pair, &list);
    before::<method::SetRule>(pair, &opening(vec![Node::AllowList { list: 1 }]));
    let path = RawBytes::new(siblings().flatten().collect());
    let proofs = vec![ListProof { list: 1, path }];
    let params = HasAccessParams {
        proofs,
        ..reads(pair)
    };
    asked(pair, access, &params)
}
