//! Solidity's ABI: our types code as alloy's own `sol!` does.

use alloy_primitives::aliases::U48;
use alloy_primitives::{Address as Eth, FixedBytes, U256};
use alloy_sol_types::{SolCall, SolError, SolEvent, sol};
use fvm_ipld_encoding::RawBytes;
use fvm_shared::address::Address;
use fvm_shared::bigint::{BigInt, Sign};
use fvm_shared::econ::TokenAmount;
use holdfast_runtime::evm::{Args, Bytes1, Bytes4, Bytes32, EthAddress, Uint48, method_selector, selector};
use holdfast_runtime::method::SolidityMethod;
use holdfast_runtime::testing::Mock;
use holdfast_runtime::{record, solidity_args};
use holdfast_test_counter::method;
use proptest::prelude::*;

sol! {
    #[derive(Debug, PartialEq)]
    function raise(uint64 by) returns (uint64);
    #[derive(Debug, PartialEq)]
    function give(address to, uint64 points, bytes note);
    #[derive(Debug, PartialEq)]
    function everything(bool a, uint8 b, uint32 c, uint64 d, uint256 e, address f, string g, bytes h, bytes1 i, bytes4 j, bytes32 k, uint256[] l, address[] m, uint48 n);
    error CounterFull(uint256 height, uint256 by, uint256 limit);
    event Raised(address indexed who, uint64 by, uint64 height);
}

/// One of each type.
#[derive(Clone, Debug, PartialEq)]
struct Everything {
    a: bool,
    b: u8,
    c: u32,
    d: u64,
    e: TokenAmount,
    f: EthAddress,
    g: String,
    h: RawBytes,
    i: Bytes1,
    j: Bytes4,
    k: Bytes32,
    l: Vec<TokenAmount>,
    m: Vec<EthAddress>,
    n: Uint48,
}

solidity_args!(Everything {
    a: bool,
    b: u8,
    c: u32,
    d: u64,
    e: TokenAmount,
    f: EthAddress,
    g: String,
    h: RawBytes,
    i: Bytes1,
    j: Bytes4,
    k: Bytes32,
    l: Vec<TokenAmount>,
    m: Vec<EthAddress>,
    n: Uint48,
});

record! {
    /// A record as interfaces have them.
    #[solidity]
    pub struct Pair {
        /// Who.
        pub who: Address,
        /// How much, attoFIL.
        pub amount: TokenAmount,
    }
}

fn amount(bytes: &[u8; 32]) -> TokenAmount {
    TokenAmount::from_atto(BigInt::from_bytes_be(Sign::Plus, bytes))
}

prop_compose! {
    fn everything()(
        (a, b, c, d) in any::<(bool, u8, u32, u64)>(),
        e: [u8; 32], f: [u8; 20], g: String,
        h in prop::collection::vec(any::<u8>(), 0..80),
        (i, j) in any::<([u8; 1], [u8; 4])>(),
        k: [u8; 32],
        l in prop::collection::vec(any::<[u8; 32]>(), 0..4),
        m in prop::collection::vec(any::<[u8; 20]>(), 0..4),
        n in 0u64..1 << 48,
    ) -> (Everything, everythingCall) {
        let ours = Everything {
            a, b, c, d, e: amount(&e), f: EthAddress(f), g: g.clone(), h: RawBytes::new(h.clone()), i: Bytes1(i),
            j: Bytes4(j), k: Bytes32(k), l: l.iter().map(amount).collect(), m: m.iter().copied().map(EthAddress).collect(),
            n: Uint48(n),
        };
        let theirs = everythingCall {
            a, b, c, d, e: U256::from_be_bytes(e), f: Eth::new(f), g, h: h.into(), i: FixedBytes(i), j: FixedBytes(j),
            k: FixedBytes(k), l: l.into_iter().map(U256::from_be_bytes).collect(), m: m.into_iter().map(Eth::new).collect(),
            n: U48::from(n),
        };
        (ours, theirs)
    }
}

proptest! {
    #[test]
    fn every_type_codes_as_alloy_s_own((ours, theirs) in everything()) {
        let coded = ours.clone().encode(&Mock::new());
        prop_assert_eq!(&coded, &theirs.abi_encode()[4..]);
        prop_assert_eq!(Everything::decode(&coded).unwrap(), ours);
    }

    #[test]
    fn any_bytes_decode_or_are_refused_without_a_panic(data in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(value) = Everything::decode(&data) {
            prop_assert_eq!(Everything::decode(&value.clone().encode(&Mock::new())).unwrap(), value);
        }
    }
}

#[test]
fn selectors_are_alloy_s_own() {
    assert_eq!(method::Raise::SELECTOR.to_be_bytes(), raiseCall::SELECTOR);
    assert_eq!(method::Give::SELECTOR.to_be_bytes(), giveCall::SELECTOR);
    assert_eq!(
        method_selector("everything", Everything::TYPES).to_be_bytes(),
        everythingCall::SELECTOR
    );
    assert_eq!(
        selector("CounterFull(uint256,uint256,uint256)"),
        CounterFull::SELECTOR
    );
    assert_eq!(holdfast_test_counter::Raised::TOPIC, Raised::SIGNATURE_HASH.0);
    assert_eq!(method_selector("transfer", "(address,uint256)"), 0xa905_9cbb);
}

#[test]
fn names_and_types_of_the_arguments_are_kept() {
    assert_eq!(Pair::TYPES, "(address,uint256)");
    assert_eq!(Pair::NAMES, ["who", "amount"]);
    assert_eq!(<()>::TYPES, "()");
    assert_eq!(u64::TYPES, "(uint64)");
}

#[test]
fn addresses_become_their_one_0x_form_and_come_back_as_what_they_name() {
    let eth = EthAddress([0xab; 20]);
    let mut mock = Mock::new();
    mock.add_actor(200, 16, Some(eth.to_filecoin().unwrap()));
    let unknown = Address::new_secp256k1(&[4; 65]).unwrap();
    mock.name_actor(Address::new_actor(b"robust"), 100);
    for (who, form, back) in [
        (Address::new_id(200), eth, eth.to_filecoin().unwrap()),
        (eth.to_filecoin().unwrap(), eth, eth.to_filecoin().unwrap()),
        (
            Address::new_id(100),
            EthAddress::from_id(100),
            Address::new_id(100),
        ),
        (
            Address::new_actor(b"robust"),
            EthAddress::from_id(100),
            Address::new_id(100),
        ),
        (unknown, EthAddress::ZERO, EthAddress::ZERO.to_filecoin().unwrap()),
    ] {
        let coded = Pair {
            who,
            amount: TokenAmount::default(),
        }
        .encode(&mock);
        assert_eq!(coded[..32], form.to_word(), "{who}");
        assert_eq!(Pair::decode(&coded).unwrap().who, back, "{who}");
    }
}

#[test]
fn dirty_words_are_refused() {
    let clean = Everything::decode(&everythingCall::default_words()).unwrap();
    assert_eq!(clean.e, TokenAmount::default());
    // Word, byte: a boolean of 2, integers and an address beyond their width, bytes behind a short array.
    for (word, byte) in [(0, 31), (1, 30), (2, 27), (3, 23), (5, 11), (8, 1), (9, 4)] {
        let mut data = everythingCall::default_words();
        data[word * 32 + byte] = 2;
        let error = Everything::decode(&data).unwrap_err();
        assert_eq!(
            error.code,
            fvm_shared::error::ExitCode::USR_ILLEGAL_ARGUMENT,
            "word {word}"
        );
        assert!(
            error.message.starts_with("the calldata does not decode: "),
            "{error}"
        );
    }
}

#[test]
fn a_number_above_48_bits_saturates_and_is_none_to_read() {
    let largest = Uint48((1 << 48) - 1);
    assert_eq!(
        Uint48(u64::MAX).encode(&Mock::new()),
        largest.encode(&Mock::new())
    );
    let beyond = (1u64 << 48).encode(&Mock::new());
    assert!(Uint48::decode(&beyond).is_err());
}

#[test]
fn text_that_is_no_utf8_is_refused() {
    let data = [[0; 31].as_slice(), &[32], &[0; 31], &[1], &[0xff], &[0; 31]].concat();
    assert!(String::decode(&data).is_err());
}

impl everythingCall {
    /// Arguments that are all zero and empty.
    fn default_words() -> Vec<u8> {
        let none = everythingCall {
            a: false,
            b: 0,
            c: 0,
            d: 0,
            e: U256::ZERO,
            f: Eth::ZERO,
            g: String::new(),
            h: Vec::new().into(),
            i: FixedBytes::ZERO,
            j: FixedBytes::ZERO,
            k: FixedBytes::ZERO,
            l: Vec::new(),
            m: Vec::new(),
            n: U48::ZERO,
        };
        none.abi_encode()[4..].to_vec()
    }
}
