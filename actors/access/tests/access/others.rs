//! Policies that ask other actors, who can say anything.

use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::ActorID;
use fvm_shared::econ::TokenAmount;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_api::access::{
    ExternalQuestion, HasAccessParams, IS_MEMBER, ListProof, Node, ObserveHolderParams, READ, Reason,
    SCORE_OF, Scope, SetAllowListParams, Standard, method,
};
use holdfast_runtime::Runtime;
use holdfast_runtime::evm::{Bytes32, EthAddress, selector};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::runtime::Hash;
use holdfast_runtime::send::{Answer, Call, SendError};

use crate::answers::{said, word};
use crate::desk::*;
use crate::tickets::issue;

/// Another actor.
const OTHER: u64 = 105;

/// A desk that is told what the other actor will say.
fn watched(nodes: Vec<Node>) -> Desk {
    let mut desk = Desk::new();
    desk.rule(None, Some(nodes));
    desk
}

/// The reason when the other actor answers a call so.
fn when(desk: &mut Desk, call: Call, reply: Result<Answer, SendError>) -> Reason {
    desk.hears(call, 20_000_000, reply);
    desk.reason(ALICE)
}

fn unknown() -> Reason {
    Reason::Closed {
        node: 0,
        unknown: true,
    }
}

fn closed() -> Reason {
    Reason::Closed {
        node: 0,
        unknown: false,
    }
}

fn holder(standard: Standard, held_for: u64) -> Node {
    Node::Holder {
        token: id(OTHER),
        standard,
        least: TokenAmount::from_atto(5),
        held_for,
    }
}

/// Everything that is no answer.
fn nonsense() -> Vec<Result<Answer, SendError>> {
    let exit = |code| {
        Err(SendError::Exit {
            code: ExitCode::new(code),
            data: None,
        })
    };
    vec![
        exit(7),
        exit(33),
        Err(SendError::Refused(ErrorNumber::NotFound)),
        Err(SendError::Oversized {
            len: 1_000_000,
            max: 128,
        }),
        Ok(Answer(None)),
        said("five"),
        Ok(Answer(Some(IpldBlock {
            codec: 0x55,
            data: vec![1],
        }))),
    ]
}

#[test]
fn a_holder_of_enough_frc46_tokens_is_let_in() {
    let mut desk = watched(vec![holder(Standard::Frc46 {}, 0)]);
    let call = || {
        Call::new(id(OTHER), method_number("BalanceOf"))
            .with_params(&id(ALICE))
            .unwrap()
    };
    let holds = |atto: i64| said(&TokenAmount::from_atto(atto));
    assert_eq!(when(&mut desk, call(), holds(5)), Reason::Opened {});
    assert_eq!(when(&mut desk, call(), holds(4)), closed());
    assert_eq!(when(&mut desk, call(), holds(-9)), unknown());
    for reply in nonsense() {
        assert_eq!(when(&mut desk, call(), reply), unknown());
    }
}

#[test]
fn a_holder_of_enough_erc20_tokens_or_nfts_is_let_in() {
    let mut desk = watched(vec![holder(Standard::Erc20 {}, 0)]);
    let calldata = [
        &selector("balanceOf(address)")[..],
        &EthAddress::from_id(ALICE).to_word(),
    ]
    .concat();
    let call = || {
        Call::new(id(OTHER), INVOKE_EVM)
            .with_params(&BytesSer(&calldata))
            .unwrap()
    };
    assert_eq!(
        when(&mut desk, call(), said(&BytesSer(&word(5)))),
        Reason::Opened {}
    );
    assert_eq!(when(&mut desk, call(), said(&BytesSer(&word(4)))), closed());
    assert_eq!(when(&mut desk, call(), said(&BytesSer(&[5]))), unknown());
    assert_eq!(when(&mut desk, call(), said(&BytesSer(&[]))), unknown());
    for reply in nonsense() {
        assert_eq!(when(&mut desk, call(), reply), unknown());
    }
}

#[test]
fn a_holder_of_enough_frc53_nfts_is_let_in() {
    let mut desk = watched(vec![holder(Standard::Frc53 {}, 0)]);
    let call = || {
        Call::new(id(OTHER), method_number("BalanceOf"))
            .with_params(&id(ALICE))
            .unwrap()
    };
    assert_eq!(when(&mut desk, call(), said(&5u64)), Reason::Opened {});
    assert_eq!(when(&mut desk, call(), said(&4u64)), closed());
    assert_eq!(when(&mut desk, call(), said(&-1i64)), unknown());
}

#[test]
fn a_member_of_a_dao_and_somebody_of_good_reputation_are_let_in() {
    let mut desk = watched(vec![Node::DaoMember { dao: id(OTHER) }]);
    let call = || Call::new(id(OTHER), IS_MEMBER).with_params(&id(ALICE)).unwrap();
    assert_eq!(when(&mut desk, call(), said(&true)), Reason::Opened {});
    assert_eq!(when(&mut desk, call(), said(&false)), closed());
    assert_eq!(when(&mut desk, call(), said(&1u64)), unknown());
    let reputation = Node::Reputation {
        actor: id(OTHER),
        least: 70,
    };
    let mut desk = watched(vec![reputation]);
    let call = || Call::new(id(OTHER), SCORE_OF).with_params(&id(ALICE)).unwrap();
    assert_eq!(when(&mut desk, call(), said(&70u64)), Reason::Opened {});
    assert_eq!(when(&mut desk, call(), said(&69u64)), closed());
    for reply in nonsense() {
        assert_eq!(when(&mut desk, call(), reply), unknown());
    }
}

#[test]
fn any_view_can_be_asked_and_gets_the_whole_question() {
    let external = Node::External {
        actor: id(OTHER),
        method: 77_777_777,
        gas: 1_000,
    };
    let mut desk = watched(vec![external]);
    let question = ExternalQuestion {
        data_set: DATA,
        scope: Scope::All {},
        subject: ALICE,
        action: READ,
    };
    let call = Call::new(id(OTHER), 77_777_777).with_params(&question).unwrap();
    for (reply, reason) in [
        (said(&true), Reason::Opened {}),
        (said(&false), closed()),
        (said(&1u8), unknown()),
    ] {
        desk.hears(call.clone(), 1_000, reply);
        assert_eq!(desk.reason(ALICE), reason);
    }
    for uses in [0, 2] {
        desk.hears(call.clone(), 1_000, said(&false));
        assert_eq!(code(issue(&mut desk, ALICE, 10, uses)), 91, "it is asked once");
    }
}

#[test]
fn tokens_that_have_to_be_held_for_a_time_count_from_when_they_were_seen() {
    let mut desk = watched(vec![holder(Standard::Frc46 {}, 10)]);
    let call = || {
        Call::new(id(OTHER), method_number("BalanceOf"))
            .with_params(&id(ALICE))
            .unwrap()
    };
    let holds = |atto: u64| said(&TokenAmount::from_atto(atto));
    assert_eq!(
        desk.reason(ALICE),
        closed(),
        "nobody has seen them, and nobody is asked"
    );
    let see_by = |desk: &mut Desk, by: ActorID, atto: u64| {
        desk.hears(call(), 20_000_000, holds(atto));
        let params = ObserveHolderParams {
            token: id(OTHER),
            standard: Standard::Frc46 {},
            holder: id(ALICE),
        };
        desk.call::<method::ObserveHolder>(by, &params).unwrap();
    };
    let see = |desk: &mut Desk, atto: u64| see_by(desk, BOB, atto);
    see(&mut desk, 8);
    assert_eq!(desk.at(NOW + 9).reason(ALICE), closed());
    let until = desk.ask(ALICE, READ, Scope::All {}).valid_until;
    assert_eq!(until, Some(NOW + 10), "they will have been held long enough");
    for epoch in [10, 11] {
        let reason = when(desk.at(NOW + epoch), call(), holds(5));
        assert_eq!(reason, Reason::Opened {}, "after {epoch} epochs");
    }
    assert_eq!(
        when(&mut desk, call(), holds(4)),
        closed(),
        "they have to be there now too"
    );
    see(&mut desk, 6);
    assert_eq!(
        when(&mut desk, call(), holds(9)),
        Reason::Opened {},
        "fewer were enough all along"
    );
    see(&mut desk, 8);
    assert_eq!(
        when(&mut desk, call(), holds(9)),
        Reason::Opened {},
        "nobody has somebody else begin anew by sending it more"
    );
    see(&mut desk, 4);
    see_by(&mut desk, ALICE, 9);
    assert_eq!(desk.reason(ALICE), closed(), "who sold begins anew");
    assert_eq!(desk.at(NOW + 20).reason(ALICE), closed());
    for epoch in [21, 22] {
        let reason = when(desk.at(NOW + epoch), call(), holds(9));
        assert_eq!(reason, Reason::Opened {}, "after {epoch} epochs");
    }
}

#[test]
fn a_token_that_does_not_say_what_is_held_is_not_written_down() {
    let mut desk = watched(vec![holder(Standard::Frc46 {}, 10)]);
    let params = ObserveHolderParams {
        token: id(OTHER),
        standard: Standard::Frc46 {},
        holder: id(ALICE),
    };
    for reply in nonsense() {
        let call = Call::new(id(OTHER), method_number("BalanceOf"))
            .with_params(&id(ALICE))
            .unwrap();
        desk.hears(call, 20_000_000, reply);
        let message = desk.refused::<method::ObserveHolder>(BOB, &params, 94);
        assert!(message.contains("does not say what is held"), "{message}");
    }
    assert_eq!(desk.at(NOW + 10).reason(ALICE), closed(), "nothing was seen");
}

#[test]
fn a_list_names_its_subjects_by_their_f410_form_or_by_their_masked_id() {
    const DORA: u64 = 500;
    let mut desk = Desk::new();
    let eth = EthAddress([0xd0; 20]);
    let f410 = eth.to_filecoin().unwrap();
    desk.0.add_actor(DORA, 4, Some(f410));
    desk.rule(None, Some(vec![Node::AllowList { list: 1 }]));
    for (form, other) in [
        (eth, EthAddress([0xd1; 20])),
        (EthAddress::from_id(DORA), EthAddress::from_id(ALICE)),
    ] {
        for (form, opens) in [(form, true), (other, false)] {
            let leaf = desk.0.hash(Hash::Keccak256, &form.to_word());
            let root = Bytes32(desk.0.hash(Hash::Keccak256, &leaf));
            let (data_set, list) = (DATA, 1);
            desk.call::<method::SetAllowList>(OWNER, &SetAllowListParams { data_set, list, root })
                .unwrap();
            for subject in [id(DORA), f410] {
                let path = RawBytes::default();
                let params = HasAccessParams {
                    data_set,
                    scope: Scope::All {},
                    subject,
                    action: READ,
                    proofs: vec![ListProof { list, path }],
                };
                let answer = desk.call::<method::HasAccess>(CAROL, &params).unwrap();
                assert_eq!(answer.allowed, opens, "{form} as {subject}");
            }
        }
    }
}

#[test]
fn a_list_outside_the_chain_opens_to_those_with_a_proof() {
    let mut desk = Desk::new();
    let keccak = |desk: &Desk, data: &[u8]| desk.0.hash(Hash::Keccak256, data);
    let leaf = |desk: &Desk, subject| {
        let word = EthAddress::from_id(subject).to_word();
        keccak(desk, &keccak(desk, &word))
    };
    let (alice, bob) = (leaf(&desk, ALICE), leaf(&desk, BOB));
    let (first, second) = if alice <= bob { (alice, bob) } else { (bob, alice) };
    let root = keccak(&desk, &[first, second].concat());
    let set = |root| SetAllowListParams {
        data_set: DATA,
        list: 3,
        root: Bytes32(root),
    };
    desk.refused::<method::SetAllowList>(ALICE, &set(root), 66);
    desk.rule(None, Some(vec![Node::AllowList { list: 3 }]));
    assert_eq!(desk.reason(ALICE), unknown());
    desk.call::<method::SetAllowList>(OWNER, &set(root)).unwrap();
    let ask = |desk: &mut Desk, subject, list, path: &[u8]| {
        let path = RawBytes::new(path.to_vec());
        desk.ask_with(subject, READ, Scope::All {}, vec![ListProof { list, path }])
            .reason
    };
    assert_eq!(desk.reason(ALICE), unknown(), "without a proof nobody knows");
    assert_eq!(ask(&mut desk, ALICE, 3, &bob), Reason::Opened {});
    assert_eq!(ask(&mut desk, BOB, 3, &alice), Reason::Opened {});
    assert_eq!(ask(&mut desk, CAROL, 3, &alice), unknown());
    assert_eq!(
        ask(&mut desk, ALICE, 4, &bob),
        unknown(),
        "a proof for another list"
    );
    assert_eq!(ask(&mut desk, ALICE, 3, &[]), unknown());
    desk.call::<method::SetAllowList>(OWNER, &set([0; 32])).unwrap();
    assert_eq!(ask(&mut desk, ALICE, 3, &bob), unknown(), "the list is gone");
}
