//! Data sets that many own together: the official multisig, and OpenZeppelin's Governor by the votes of our token.

use alloy_primitives::{Bytes, U256, keccak256};
use alloy_sol_types::SolCall;
use fvm_ipld_encoding::from_slice;
use fvm_shared::address::Address;
use holdfast_api::access::{
    CreateDataSetParams, Delay, GrantTerms, OfferDataSetParams, OfferedDataSet, READ, SetDelayParams, method,
};
use holdfast_api::token::method as token_method;
use holdfast_integration_tests::abi::{Assembly, IAccess};
use holdfast_integration_tests::access::{DATA, data_set, giving};
use holdfast_integration_tests::{Council, World, tokens};
use holdfast_localnet::{Kind, Wallet};

use crate::support::Library;

/// A data set that two own together.
struct Together {
    w: World,
    council: Council,
    access: Address,
}

impl Together {
    fn new() -> Self {
        let mut w = World::new();
        let council = Council::new(&mut w);
        let access = w.create_access(&council.members[0]);
        let made = CreateDataSetParams {
            guardian: Some(council.members[0].address()),
            ..data_set()
        };
        let (code, number) = council.tries::<method::CreateDataSet>(&mut w, access, &made);
        assert_eq!((code, from_slice::<u64>(number.bytes()).unwrap()), (0, DATA));
        Self { w, council, access }
    }

    fn seen(&self) -> OfferedDataSet {
        self.w.view::<method::GetOffer>(self.access, &DATA)
    }
}

#[test]
fn a_multisig_owns_a_data_set_and_no_member_does() {
    let mut all = Together::new();
    let reader = all.w.account(Kind::Eth, 1);
    let grant = giving(reader.address(), GrantTerms::plain(READ), None);
    let [first, _] = all.council.members.clone();
    all.w
        .call::<method::Grant>(&first, all.access, &grant)
        .refused(66);
    all.council
        .decides::<method::Grant>(&mut all.w, all.access, &grant);
    let delay = SetDelayParams {
        data_set: DATA,
        what: Delay::Grant { action: READ },
        delay: 10,
    };
    all.council
        .decides::<method::SetDelay>(&mut all.w, all.access, &delay);
    // One of them alone may close, and both together open again.
    all.w.call::<method::Freeze>(&first, all.access, &DATA).ok();
    all.w
        .call::<method::Unfreeze>(&first, all.access, &DATA)
        .refused(65);
    all.council
        .decides::<method::Unfreeze>(&mut all.w, all.access, &DATA);
}

#[test]
fn a_multisig_hands_a_data_set_over_and_takes_one_over() {
    let mut all = Together::new();
    let next = all.w.account(Kind::Eth, 1);
    let offer = OfferDataSetParams {
        data_set: DATA,
        to: Some(next.address()),
        keep_grants: true,
    };
    all.council
        .decides::<method::OfferDataSet>(&mut all.w, all.access, &offer);
    let seen = all.seen();
    let access = all.access;
    all.w
        .call_by_any::<method::AcceptDataSet>(&next, access, &seen)
        .ok();
    let back = OfferDataSetParams {
        to: Some(all.council.address),
        ..offer
    };
    let (code, _) = all
        .council
        .tries::<method::OfferDataSet>(&mut all.w, access, &back);
    assert_eq!(code, 65, "it owns nothing any more");
    all.w
        .call_by_any::<method::OfferDataSet>(&next, access, &back)
        .ok();
    let seen = all.seen();
    all.council
        .decides::<method::AcceptDataSet>(&mut all.w, access, &seen);
    let head = all.w.view::<method::GetDataSet>(access, &DATA);
    assert_eq!(Address::new_id(head.owner), all.council.address);
}

/// A DAO of those who hold a token, and its calls of the access actor.
struct Governed {
    library: Library,
    assembly: Address,
    voter: Wallet,
}

impl Governed {
    fn new() -> Self {
        let mut library = Library::new();
        let voter = library.w.account(Kind::Bls, 1);
        let token = library.w.story_token(&voter);
        let votes = library.w.eth(token);
        let assembly = library.w.deploy_with(&voter, "Assembly", &votes);
        library
            .w
            .call::<token_method::Delegate>(&voter, token, &voter.address())
            .ok();
        assert_eq!(library.w.balance(token, &voter), tokens(1_000));
        Self {
            library,
            assembly,
            voter,
        }
    }

    /// It is proposed, voted for and done.
    #[track_caller]
    fn decides(&mut self, call: &impl SolCall, why: &str) {
        let w = &mut self.library.w;
        let targets = vec![w.eth(self.library.access)];
        let (values, calldatas) = (vec![U256::ZERO], vec![Bytes::from(call.abi_encode())]);
        let propose = Assembly::proposeCall {
            targets: targets.clone(),
            values: values.clone(),
            calldatas: calldatas.clone(),
            description: why.to_owned(),
        };
        let proposal = w.evm(&self.voter, self.assembly, propose).ok();
        w.advance(3);
        let vote = Assembly::castVoteCall {
            proposalId: proposal,
            support: 1,
        };
        w.evm(&self.voter, self.assembly, vote).ok();
        w.advance(10);
        let execute = Assembly::executeCall {
            targets,
            values,
            calldatas,
            descriptionHash: keccak256(why),
        };
        w.evm(&self.voter, self.assembly, execute).ok();
    }
}

#[test]
fn a_dao_takes_a_data_set_over_and_decides_who_reads_it() {
    let mut dao = Governed::new();
    let (owner, access, assembly) = (dao.library.owner.clone(), dao.library.access, dao.assembly);
    let offer = OfferDataSetParams {
        data_set: DATA,
        to: Some(assembly),
        keep_grants: false,
    };
    dao.library.by::<method::OfferDataSet>(&owner, &offer);
    let seen = dao.library.w.view::<method::GetOffer>(access, &DATA);
    let accept = IAccess::acceptDataSetCall {
        dataSet: seen.data_set,
        keepGrants: seen.keep_grants,
        generation: seen.generation,
        policyVersion: seen.policy_version,
        termsVersion: seen.terms_version,
        frozen: seen.frozen,
        maxDelay: seen.max_delay,
    };
    dao.decides(&accept, "the data become ours");
    let head = dao.library.w.view::<method::GetDataSet>(access, &DATA);
    assert_eq!(Address::new_id(head.owner), dao.library.w.id(assembly));
    let reader = dao.library.w.account(Kind::Secp256k1, 3);
    assert!(!dao.library.reads(&reader));
    let grant = IAccess::grantCall {
        dataSet: DATA,
        subject: dao.library.w.eth(&reader),
        actions: READ,
        path: String::new(),
        start: 0,
        end: 0,
        from: 0,
    };
    dao.decides(&grant, "she may read them");
    assert!(dao.library.reads(&reader));
    let refused = dao.library.tries::<method::RevokeAll>(&owner, &DATA);
    refused.refused(65);
}
