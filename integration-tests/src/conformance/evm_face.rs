//! The Ethereum face of a native actor: what it does with calldata that is right, wrong, or for somebody else. The
//! methods are those that the actor's own interface lists.

use alloy_primitives::Bytes;
use alloy_sol_types::{Revert, SolCall, SolError, sol};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::econ::TokenAmount;
use holdfast_localnet::Wallet;
use holdfast_runtime::method::{INVOKE_EVM, InterfaceInfo, Kind, MethodInfo, SolidityInfo};

use super::{Case, Stage, Subject, cases};
use crate::Answer;
use crate::answer::REVERTED;

sol! {
    #![sol(all_derives)]
    /// What every face has.
    interface IFace {
        function supportsInterface(bytes4 interfaceId) external view returns (bool);
        function handle_filecoin_method(uint64 method, uint64 codec, bytes params) external payable returns (uint32, uint64, bytes);
    }
}
sol! {
    #![sol(all_derives)]
    "solidity/contracts/Asker.sol"
}
use IFace::{handle_filecoin_methodCall, supportsInterfaceCall};

/// A native actor with an Ethereum face.
pub trait FaceSubject: Subject {
    /// Its interface.
    fn interface(&self) -> InterfaceInfo;
    /// The ERC-165 ids of the standards that it keeps, as those write them.
    fn standards(&self) -> &'static [(&'static str, [u8; 4])];
}

/// Where the cases play.
pub type FaceStage = Stage<dyn FaceSubject>;

/// The suite.
pub const CASES: &[Case<dyn FaceSubject>] = cases![
    every_listed_selector_is_known_and_no_other,
    calldata_without_a_whole_selector_is_refused,
    arguments_that_are_cut_short_are_refused,
    dirty_padding_is_refused,
    bytes_behind_the_arguments_are_ignored,
    fil_for_a_method_that_takes_none_is_refused,
    erc165_tells_the_standards,
    a_contract_is_answered_as_a_wallet_is,
    a_static_call_changes_nothing,
    views_by_number_and_through_the_face_agree,
    only_exported_methods_are_reached_through_the_face,
];

/// Bytes of a word of the ABI.
const WORD: usize = 32;

impl FaceStage {
    fn methods(&self) -> Vec<(MethodInfo, SolidityInfo)> {
        let methods = self.subject.interface().methods.into_iter();
        methods
            .filter_map(|method| Some((method.clone(), method.solidity?)))
            .collect()
    }

    /// The methods whose arguments all have a fixed length, so that zeros encode them.
    fn flat_methods(&self) -> Vec<(MethodInfo, SolidityInfo)> {
        let dynamic = |ty: &str| ty == "string" || ty == "bytes" || ty.ends_with(']');
        let mut methods = self.methods();
        methods.retain(|(_, solidity)| !solidity.args.iter().any(|(ty, _)| dynamic(ty)));
        methods
    }

    /// Sends calldata of the cast's stranger.
    #[track_caller]
    fn try_calldata(&mut self, data: Vec<u8>) -> Answer<Vec<u8>> {
        let stranger = self.cast.stranger.clone();
        self.calldata(&stranger, data)
    }

    /// Checks that calldata is refused with a text that has this in it.
    #[track_caller]
    fn refuses(&mut self, data: Vec<u8>, text: &str) {
        self.try_calldata(data).reverts_saying(text);
    }

    /// The results of a view, ABI-encoded.
    #[track_caller]
    fn view(&self, data: Vec<u8>) -> Vec<u8> {
        let from = self.cast.stranger.address();
        let to = holdfast_localnet::EthAddress::from_filecoin(&self.at).expect("an id has a 0x form");
        let answered = self.w.network().view_evm(from, to, &data);
        let (receipt, answer) = answered.expect("a view");
        assert!(receipt.is_ok(), "{data:02x?}: {}", receipt.error);
        answer
    }

    fn supports(&self, id: [u8; 4]) -> bool {
        self.ask(supportsInterfaceCall {
            interfaceId: id.into(),
        })
    }
}

/// Calldata with arguments of zeros, less the last `missing` bytes.
fn zeros(solidity: &SolidityInfo, missing: usize) -> Vec<u8> {
    let mut data = solidity.selector.to_be_bytes().to_vec();
    data.resize(data.len() + WORD * solidity.args.len() - missing, 0);
    data
}

fn every_listed_selector_is_known_and_no_other(s: &mut FaceStage) {
    const UNKNOWN: &str = "there is no method with the selector";
    let methods = s.methods();
    let listed = |selector| methods.iter().any(|(_, solidity)| solidity.selector == selector);
    let fixed = [
        supportsInterfaceCall::SELECTOR,
        handle_filecoin_methodCall::SELECTOR,
    ];
    for (method, solidity) in &methods {
        let answer = s.try_calldata(solidity.selector.to_be_bytes().to_vec());
        let why = answer.receipt.error;
        assert!(!why.contains(UNKNOWN), "{}: {why}", method.name);
    }
    let near = methods.iter().map(|(_, solidity)| solidity.selector ^ 1);
    for selector in near.chain([0, 1, u32::MAX]) {
        let bytes = selector.to_be_bytes();
        if !listed(selector) && !fixed.contains(&bytes) {
            s.refuses(bytes.to_vec(), UNKNOWN);
        }
    }
}

fn calldata_without_a_whole_selector_is_refused(s: &mut FaceStage) {
    for length in 0..4 {
        let data = supportsInterfaceCall::SELECTOR[..length].to_vec();
        s.refuses(data, "has no method");
    }
}

fn arguments_that_are_cut_short_are_refused(s: &mut FaceStage) {
    for (method, solidity) in s.methods() {
        let words = solidity.args.len();
        for missing in (words > 0)
            .then_some([1, WORD, WORD * words])
            .into_iter()
            .flatten()
        {
            let answer = s.try_calldata(zeros(&solidity, missing));
            let why = answer.refused(REVERTED).why;
            assert!(why.contains("does not decode"), "{}: {why}", method.name);
        }
    }
}

fn dirty_padding_is_refused(s: &mut FaceStage) {
    let mut tried = 0;
    for (method, solidity) in s.flat_methods() {
        for (number, (ty, _)) in solidity.args.iter().enumerate() {
            let dirty = match ty.as_str() {
                "uint256" | "bytes32" => continue,
                ty if ty.starts_with("bytes") => WORD - 1,
                _ => 0,
            };
            let mut data = zeros(&solidity, 0);
            data[4 + WORD * number + dirty] = 1;
            let why = s.try_calldata(data).refused(REVERTED).why;
            assert!(
                why.contains("does not decode"),
                "{}, argument {number}: {why}",
                method.name
            );
            tried += 1;
        }
    }
    assert!(tried > 0, "no method has an argument with padding");
}

fn bytes_behind_the_arguments_are_ignored(s: &mut FaceStage) {
    for (method, solidity) in s.flat_methods() {
        if method.kind == Kind::View && solidity.args.is_empty() {
            let (plain, longer) = (zeros(&solidity, 0), [zeros(&solidity, 0), vec![7; 33]].concat());
            assert_eq!(s.view(longer), s.view(plain), "{}", method.name);
        }
    }
}

fn fil_for_a_method_that_takes_none_is_refused(s: &mut FaceStage) {
    let (payer, fil): (Wallet, _) = (s.cast.maker.clone(), TokenAmount::from_atto(1));
    let supports = [supportsInterfaceCall::SELECTOR.as_slice(), &[0; WORD]].concat();
    let unpaid = s
        .methods()
        .into_iter()
        .filter(|(method, _)| method.kind != Kind::Pay);
    let unpaid = unpaid.map(|(_, solidity)| zeros(&solidity, 0)).chain([supports]);
    for data in unpaid.collect::<Vec<_>>() {
        let answer = s.w.calldata_with(&payer, s.at, fil.clone(), data);
        answer.reverts_saying("takes no FIL");
    }
}

fn erc165_tells_the_standards(s: &mut FaceStage) {
    assert!(s.supports([0x01, 0xff, 0xc9, 0xa7]), "ERC-165");
    for (name, id) in s.subject.standards() {
        assert!(s.supports(*id), "{name}");
    }
    for id in [[0xff; 4], [0; 4], [0xde, 0xad, 0xbe, 0xef]] {
        assert!(!s.supports(id), "{id:02x?}");
    }
}

/// A wallet's calldata comes as a CBOR byte string, a contract's as it is.
fn a_contract_is_answered_as_a_wallet_is(s: &mut FaceStage) {
    let maker = s.cast.maker.clone();
    let (asker, to) = (s.w.deploy(&maker, "Asker"), s.eth(s.at));
    for (method, solidity) in s.flat_methods() {
        if method.kind == Kind::View && solidity.args.is_empty() {
            let data = zeros(&solidity, 0);
            let call = Asker::askCall {
                to,
                data: data.clone().into(),
            };
            let told = s.w.ask(asker, call);
            assert_eq!(
                (told.done, told.answer.to_vec()),
                (true, s.view(data)),
                "{}",
                method.name
            );
        }
    }
    let data = Bytes::from_static(&[0xde, 0xad, 0xbe, 0xef]);
    let refused = s.w.ask(asker, Asker::askCall { to, data });
    assert!(!refused.done);
    let text = Revert::abi_decode_validate(&refused.answer).expect("a text");
    assert!(text.reason.contains("0xdeadbeef"), "{}", text.reason);
}

fn a_static_call_changes_nothing(s: &mut FaceStage) {
    let maker = s.cast.maker.clone();
    let (asker, to) = (s.w.deploy(&maker, "Asker"), s.eth(s.at));
    let before = s.w.network().actor(&s.at).expect("a readable state");
    for (_, solidity) in s.methods() {
        let data = zeros(&solidity, 0).into();
        s.w.evm(&maker, asker, Asker::askCall { to, data }).ok();
        assert_eq!(s.w.network().actor(&s.at).expect("a readable state"), before);
    }
}

fn views_by_number_and_through_the_face_agree(s: &mut FaceStage) {
    let mut tried = 0;
    for method in s.subject.interface().methods {
        let (Some(number), Kind::View) = (method.number, method.kind) else {
            continue;
        };
        let from = s.cast.stranger.address();
        let asked = s.w.network().view(from, s.at, number, RawBytes::default());
        let by_number = asked.expect("a view");
        if !by_number.is_ok() {
            continue;
        }
        let (method, codec, params) = (number, 0, Bytes::new());
        let through = s.ask(handle_filecoin_methodCall {
            method,
            codec,
            params,
        });
        assert_eq!(through._0, 0);
        assert_eq!(
            through._2.as_ref(),
            by_number.return_data.bytes(),
            "method {number}"
        );
        tried += 1;
    }
    assert!(tried > 0, "no view goes without parameters");
}

fn only_exported_methods_are_reached_through_the_face(s: &mut FaceStage) {
    for method in [0, 1, 2, (1 << 24) - 1, INVOKE_EVM] {
        let (codec, params) = (0, Bytes::new());
        let call = handle_filecoin_methodCall {
            method,
            codec,
            params,
        };
        s.refuses(
            call.abi_encode(),
            "cannot be called through handle_filecoin_method",
        );
    }
    let (method, codec, params) = (1 << 24, 0x70, Bytes::from_static(&[0xf6]));
    let call = handle_filecoin_methodCall {
        method,
        codec,
        params,
    };
    s.refuses(call.abi_encode(), "codec 0x70");
}
