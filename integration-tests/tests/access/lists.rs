//! Lists that are kept off the chain, with the roots and proofs that the client makes.

use std::fmt::Write;

use fvm_ipld_encoding::RawBytes;
use holdfast_api::access::{
    AccessAnswer, HasAccessParams, ListProof, Node, READ, Reason, Scope, SetAllowListParams, method,
};
use holdfast_client::AllowList;
use holdfast_integration_tests::Party;
use holdfast_integration_tests::abi::IAccess;
use holdfast_integration_tests::access::{DATA, question};
use holdfast_localnet::{Kind, Wallet};
use holdfast_runtime::evm::{Bytes32, EthAddress};

use crate::support::Library;

const LIST: u64 = 1;
/// Beside those who ask.
const OTHERS: u64 = 997;

fn unknown() -> Reason {
    Reason::Closed {
        node: 0,
        unknown: true,
    }
}

impl Library {
    /// The list of so many whom nobody has seen, and of some by their 0x forms.
    fn list(&self, readers: &[&Wallet]) -> AllowList {
        let mut text = "# who may read\n".to_owned();
        for number in 0..OTHERS {
            writeln!(text, "0x{:040x}", 0xabcd_0000 + number).unwrap();
        }
        for reader in readers {
            writeln!(text, "{}", self.form(reader)).unwrap();
        }
        let list = AllowList::read(text.as_bytes(), |_| ()).expect("a list");
        assert_eq!(list.len() as u64, OTHERS + readers.len() as u64);
        list
    }

    fn form(&self, reader: impl Party) -> EthAddress {
        EthAddress(self.w.eth(reader).into_array())
    }

    #[track_caller]
    fn publishes(&mut self, list: &AllowList) {
        let owner = self.owner.clone();
        let (data_set, list, root) = (DATA, LIST, Bytes32(list.root()));
        let params = SetAllowListParams { data_set, list, root };
        self.by::<method::SetAllowList>(&owner, &params);
    }

    #[track_caller]
    fn shows(&self, reader: &Wallet, path: &[[u8; 32]]) -> AccessAnswer {
        let (list, path) = (LIST, RawBytes::new(path.concat()));
        let params = HasAccessParams {
            proofs: vec![ListProof { list, path }],
            ..question(self.w.id(reader), READ, Scope::All {})
        };
        self.w.view::<method::HasAccess>(self.access, &params)
    }

    /// The same by calldata.
    #[track_caller]
    fn shows_by_calldata(&self, reader: &Wallet, path: &[[u8; 32]]) -> bool {
        let question = IAccess::hasAccess_1Call {
            dataSet: DATA,
            path: "images".to_owned(),
            subject: self.w.eth(reader),
            action: READ,
            list: LIST,
            proof: path.iter().map(|hash| (*hash).into()).collect(),
        };
        self.w.ask(self.access, question).allowed
    }
}

#[test]
fn one_of_a_thousand_reads_with_the_proof_that_the_client_makes() {
    let mut library = Library::new();
    let readers = [Kind::Eth, Kind::Secp256k1, Kind::Bls].map(|kind| library.w.account(kind, 1));
    let stranger = library.w.account(Kind::Eth, 2);
    let list = library.list(&readers.each_ref());
    library.publishes(&list);
    library.open(vec![Node::AllowList { list: LIST }]);
    assert!(list.prove(&library.form(&stranger)).is_err());
    for reader in &readers {
        let path = list.prove(&library.form(reader)).expect("a proof");
        let answer = library.shows(reader, &path);
        assert_eq!((answer.allowed, answer.reason), (true, Reason::Opened {}));
        assert!(library.shows_by_calldata(reader, &path));
        let answer = library.shows(&stranger, &path);
        assert_eq!(
            (answer.allowed, answer.reason),
            (false, unknown()),
            "it is another's"
        );
        assert!(!library.shows_by_calldata(&stranger, &path));
        assert_eq!(library.shows(reader, &path[1..]).reason, unknown());
        assert_eq!(library.shows(reader, &[]).reason, unknown());
        assert!(!library.reads(reader), "without a proof nobody knows");
    }
}

#[test]
fn a_proof_is_stale_once_the_list_is_another() {
    let mut library = Library::new();
    let [stays, leaves, comes] = [1, 2, 3].map(|number| library.w.account(Kind::Eth, number));
    let before = library.list(&[&stays, &leaves]);
    let after = library.list(&[&stays, &comes]);
    library.publishes(&before);
    library.open(vec![Node::AllowList { list: LIST }]);
    let old = [&stays, &leaves].map(|reader| before.prove(&library.form(reader)).expect("a proof"));
    let new = [&stays, &comes].map(|reader| after.prove(&library.form(reader)).expect("a proof"));
    assert!(library.shows(&stays, &old[0]).allowed && library.shows(&leaves, &old[1]).allowed);
    assert!(!library.shows(&comes, &new[1]).allowed);
    library.publishes(&after);
    assert_eq!(library.shows(&stays, &old[0]).reason, unknown());
    assert_eq!(library.shows(&leaves, &old[1]).reason, unknown());
    assert!(library.shows(&stays, &new[0]).allowed && library.shows(&comes, &new[1]).allowed);
}
