//! Allow-lists: one subject a line, in the form that the actor hashes.

use std::io::{BufReader, Read};

use holdfast_client::tree::{Hash, leaf, verify};
use holdfast_client::{AllowList, Error, Result, subject};
use holdfast_runtime::evm::EthAddress;

use super::refuses;

const CAROL: &str = "0xca8d5722a3a284d82f4ff7f641cecc5fc85ae0a5";

fn read(text: &str) -> Result<AllowList> {
    AllowList::read(text.as_bytes(), |_| {})
}

/// Checks that every subject climbs to the root.
#[track_caller]
fn proves(list: &AllowList, subjects: &[EthAddress]) {
    let root = list.root();
    for subject in subjects {
        let path = list.prove(subject).unwrap();
        assert!(verify(&root, &leaf(&subject.to_word()), &path), "{subject}");
    }
}

#[test]
fn every_subject_of_a_list_of_any_length_climbs_to_its_root() {
    let all: Vec<EthAddress> = (1000..1100).map(EthAddress::from_id).collect();
    for len in 1..all.len() {
        let list = AllowList::of(&all[..len]).unwrap();
        assert_eq!(list.len(), len);
        proves(&list, &all[..len]);
    }
}

#[test]
fn a_list_of_one_has_its_leaf_as_root_and_an_empty_path() {
    let only = EthAddress::from_id(1000);
    let list = AllowList::of(&[only]).unwrap();
    assert_eq!(list.root(), leaf(&only.to_word()));
    assert_eq!(list.prove(&only).unwrap(), Vec::<Hash>::new());
}

#[test]
fn who_is_not_on_the_list_has_no_path() {
    let list = AllowList::of(&[EthAddress::from_id(1000), EthAddress::from_id(1001)]).unwrap();
    let other = EthAddress::from_id(1002);
    refuses(list.prove(&other), &[&other.to_string(), "not on the list"]);
}

#[test]
fn a_path_proves_its_own_subject_only() {
    let (alice, bob) = (EthAddress::from_id(1000), EthAddress::from_id(1001));
    let list = AllowList::of(&[alice, bob]).unwrap();
    let path = list.prove(&alice).unwrap();
    assert!(!verify(&list.root(), &leaf(&bob.to_word()), &path));
    assert!(!verify(&list.root(), &leaf(&alice.to_word()), &[]));
    assert!(!verify(&[0; 32], &leaf(&alice.to_word()), &path));
}

#[test]
fn the_order_of_lines_does_not_matter() {
    let (one, other) = (
        read("f01000\nf01001\nf01002").unwrap(),
        read("f01002\nf01000\nf01001\n").unwrap(),
    );
    assert_eq!(one.root(), other.root());
}

#[test]
fn every_form_of_a_subject_is_read_and_the_rest_passed_over() {
    let delegated = holdfast_runtime::evm::EthAddress([0xca; 20])
        .to_filecoin()
        .unwrap();
    let text = format!(
        "# readers of harbour\n\n{CAROL}\r\n  {delegated}\nf01234 # the archive\n\t0xff000000000000000000000000000000000004d3\nt01236"
    );
    let list = read(&text).unwrap();
    assert_eq!(list.len(), 5);
    let carol = subject(CAROL).unwrap();
    let ids = [1234, 1235, 1236].map(EthAddress::from_id);
    proves(&list, &[&[carol, EthAddress([0xca; 20])], &ids[..]].concat());
}

#[test]
fn progress_hears_every_line() {
    let mut heard = Vec::new();
    AllowList::read(&b"f01000\n\n# nobody\nf01001"[..], |lines| heard.push(lines)).unwrap();
    assert_eq!(heard, [1, 2, 3, 4]);
}

#[test]
fn an_address_whose_form_only_the_chain_knows_is_refused_with_its_line() {
    for address in [
        "f15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq",
        "t2hcxlcbvmvvqatkgblvaaqc3xbtz5dyz6mnxqyoa",
        "f3vvmn62lofvhjd2ugzca6sof2j2ubwok6cj4xxbfzz4yuxfkgobpihhd2thlanmsh3w2ptld2gqkn2jvlss4a",
    ] {
        let address = address.to_owned();
        let Err(Error::Line { line: 3, why }) = read(&format!("f01000\n# next\n{address}\n")) else {
            // An address with a wrong checksum would be refused for that instead.
            panic!("{address} is not refused on line 3");
        };
        assert!(why.contains(&address), "{why}");
        if !address.starts_with("t2") {
            assert!(why.contains("no 0x form of its own"), "{why}");
        }
    }
}

#[test]
fn a_line_that_is_no_address_is_refused_with_its_number_and_value() {
    for (text, parts) in [
        ("f01000\nalice\n", ["line 2", "`alice`"]),
        ("0xca8d\n", ["line 1", "20 bytes, not 2"]),
        ("f0\n", ["line 1", "`f0`"]),
        ("f01000 f01001\n", ["line 1", "`f01000 f01001`"]),
    ] {
        refuses(read(text), &parts);
    }
    refuses(
        AllowList::read(&[0xff, 0xfe, b'\n'][..], |_| {}),
        &["line 1", "no text"],
    );
    refuses(
        read(&format!("f01000\n#{}", "x".repeat(300))),
        &["line 2", "256 bytes"],
    );
}

#[test]
fn a_subject_that_is_listed_twice_is_refused_with_both_lines() {
    refuses(
        read("f01000\n# again, in another form\nf01001\n0xff000000000000000000000000000000000003e8\n"),
        &["lines 1 and 4 name the same subject"],
    );
}

#[test]
fn an_empty_list_has_no_root() {
    refuses(read("# nobody yet\n\n"), &["the list is empty"]);
    refuses(AllowList::of(&[]), &["the list is empty"]);
}

/// A file of so many subjects, of which there never is more than a line.
struct Lines {
    next: u64,
    end: u64,
    line: Vec<u8>,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.line.is_empty() && self.next < self.end {
            self.line = format!("{}\n", numbered(self.next)).into_bytes();
            self.next += 1;
        }
        let taken = self.line.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&self.line[..taken]);
        self.line.drain(..taken);
        Ok(taken)
    }
}

fn numbered(number: u64) -> EthAddress {
    let mut subject = EthAddress([1; 20]);
    subject.0[12..].copy_from_slice(&number.to_be_bytes());
    subject
}

#[test]
fn a_list_of_a_million_is_read_line_by_line() {
    let end = 1_000_000;
    let lines = Lines {
        next: 0,
        end,
        line: Vec::new(),
    };
    let mut heard = 0;
    let list = AllowList::read(BufReader::new(lines), |line| heard = line).unwrap();
    assert_eq!((list.len() as u64, heard), (end, end));
    let root = list.root();
    for number in [0, end - 1] {
        let subject = numbered(number);
        let path = list.prove(&subject).unwrap();
        assert!(path.len() <= 20, "{} hashes", path.len());
        assert!(verify(&root, &leaf(&subject.to_word()), &path), "{subject}");
    }
    list.prove(&numbered(end)).unwrap_err();
}
