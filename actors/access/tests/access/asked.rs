//! Signers whose actor is asked: those with keys of Filecoin, and contracts.

use alloy_sol_types::{SolStruct, sol};
use fvm_ipld_encoding::ipld_block::IpldBlock;
use fvm_ipld_encoding::{BytesSer, RawBytes};
use fvm_shared::ActorID;
use fvm_shared::address::Address;
use fvm_shared::error::{ErrorNumber, ExitCode};
use holdfast_api::access::{ADMIN, AuthenticateMessageParams, CarryParams, Signed, SignedMessage};
use holdfast_runtime::evm::{EthAddress, selector};
use holdfast_runtime::frc42::method_number;
use holdfast_runtime::method::INVOKE_EVM;
use holdfast_runtime::send::{Answer, Call, SendError};

use crate::answers::said;
use crate::desk::*;
use crate::wallet::*;

/// Is a contract wallet.
const WALLET: ActorID = 6_001;

sol! {
    function isValidSignature(bytes32 hash, bytes signature) external view returns (bytes4);
}

/// Everything that is neither yes nor no.
fn nonsense() -> Vec<Result<Answer, SendError>> {
    let exit = |code| {
        Err(SendError::Exit {
            code: ExitCode::new(code),
            data: None,
        })
    };
    let raw = |codec, data| Ok(Answer(Some(IpldBlock { codec, data })));
    vec![
        exit(7),
        exit(16),
        exit(33),
        Err(SendError::Refused(ErrorNumber::ReadOnly)),
        Err(SendError::Oversized { len: 129, max: 128 }),
        Ok(Answer(None)),
        raw(0x51, Vec::new()),
        raw(0x55, vec![0xf5]),
        said(&1u64),
        said("true"),
        said(&[true]),
    ]
}

/// Lets the signer's actor answer one question.
fn answers(desk: &mut Desk, call: Call, reply: Result<Answer, SendError>) {
    desk.hears(call, 50_000_000, reply);
}

/// A message of Alice, whose account has a key of Filecoin.
fn of_alice(signer: Address) -> CarryParams {
    CarryParams {
        signer,
        ..message(grant(reading()), RawBytes::new(vec![1, 2, 3]))
    }
}

/// What Alice's account is asked.
fn authenticates(message: &CarryParams) -> Call {
    let text = SignedMessage {
        chain_id: CHAIN,
        actor: ACTOR,
        signer: message.signer,
        what: message.what.clone(),
        nonce: message.nonce,
        deadline: message.deadline,
    };
    let cbor = fvm_ipld_encoding::to_vec(&text).unwrap();
    let params = AuthenticateMessageParams {
        signature: message.signature.clone(),
        message: RawBytes::new([b"Holdfast Access\n", &cbor[..]].concat()),
    };
    Call::new(id(ALICE), method_number("AuthenticateMessage"))
        .with_params(&params)
        .unwrap()
}

#[test]
fn an_account_with_a_key_of_filecoin_is_asked_for_its_signature() {
    let mut desk = Desk::new();
    desk.grant(ALICE, terms(ADMIN));
    let key = Address::new_secp256k1(&[7; 65]).unwrap();
    desk.0.name_actor(key, ALICE);
    let message = of_alice(key);
    answers(&mut desk, authenticates(&message), said(&false));
    refused(&mut desk, &message, 153);
    for reply in nonsense() {
        answers(&mut desk, authenticates(&message), reply);
        refused(&mut desk, &message, 153);
    }
    answers(&mut desk, authenticates(&message), said(&true));
    assert_eq!(carry(&mut desk, &message).unwrap(), Some(2));
    assert!(desk.reads(BOB));
    answers(&mut desk, authenticates(&message), said(&true));
    refused(&mut desk, &message, 152);
    let by_id = of_alice(id(ALICE));
    answers(&mut desk, authenticates(&by_id), said(&true));
    refused(&mut desk, &by_id, 152);
}

#[test]
fn what_native_actors_sign_begins_as_no_message_does_and_names_everything() {
    let signer = Address::new_secp256k1(&[7; 65]).unwrap();
    let text = SignedMessage {
        chain_id: CHAIN,
        actor: ACTOR,
        signer,
        what: grant(reading()),
        nonce: 7,
        deadline: DEADLINE,
    };
    let bytes = text.to_bytes().unwrap();
    let cbor = bytes.strip_prefix(b"Holdfast Access\n").unwrap();
    let fields: (u64, u64, Address, Signed, u64, i64) = fvm_ipld_encoding::from_slice(cbor).unwrap();
    assert_eq!(fields, (CHAIN, ACTOR, signer, grant(reading()), 7, DEADLINE));
}

/// A desk where a contract wallet is an admin, and its message.
fn wallet() -> (Desk, CarryParams, Call) {
    let mut desk = Desk::new();
    let address = EthAddress([0xab; 20]);
    desk.0.add_actor(WALLET, 14, Some(address.to_filecoin().unwrap()));
    desk.grant(WALLET, terms(ADMIN));
    let signature = vec![4; 100];
    let shown = wallets::Grant {
        signer: word(address),
        ..shown()
    };
    let asked = isValidSignatureCall {
        hash: shown.eip712_signing_hash(&domain()),
        signature: signature.clone().into(),
    };
    let calldata = alloy_sol_types::SolCall::abi_encode(&asked);
    let call = Call::new(id(WALLET), INVOKE_EVM)
        .with_params(&BytesSer(&calldata))
        .unwrap();
    let signer = address.to_filecoin().unwrap();
    let message = CarryParams {
        signer,
        ..message(grant(reading()), RawBytes::new(signature))
    };
    (desk, message, call)
}

#[test]
fn a_contract_is_asked_for_its_signature_by_its_ethereum_face() {
    let (mut desk, message, call) = wallet();
    let magic = selector("isValidSignature(bytes32,bytes)");
    assert_eq!(magic, [0x16, 0x26, 0xba, 0x7e]);
    let word = |bytes: &[u8]| {
        let mut word = bytes.to_vec();
        word.resize(32, 0);
        word
    };
    let mut late = [0; 32];
    late[28..].copy_from_slice(&magic);
    let mut dirty = word(&magic);
    dirty[31] = 1;
    let wrong = [
        Vec::new(),
        magic.to_vec(),
        word(&[0xff; 4]),
        word(&[0; 4]),
        late.to_vec(),
        dirty,
        [word(&magic), word(&[])].concat(),
        word(&[1]),
    ];
    for answer in wrong {
        answers(&mut desk, call.clone(), said(&BytesSer(&answer)));
        refused(&mut desk, &message, 153);
    }
    for reply in nonsense().into_iter().chain([said(&true)]) {
        answers(&mut desk, call.clone(), reply);
        refused(&mut desk, &message, 153);
    }
    answers(&mut desk, call.clone(), said(&BytesSer(&word(&magic))));
    carry(&mut desk, &message).unwrap();
    assert!(desk.reads(BOB));
    answers(&mut desk, call, said(&BytesSer(&word(&magic))));
    refused(&mut desk, &message, 152);
}

#[test]
fn what_one_wallet_of_a_key_signed_is_nothing_to_another_one() {
    let (mut desk, message, call) = wallet();
    let twin = EthAddress([0xcd; 20]).to_filecoin().unwrap();
    desk.0.add_actor(6_002, 14, Some(twin));
    desk.grant(6_002, terms(ADMIN));
    let CarryParams { signature, .. } = &message;
    let shown = wallets::Grant {
        signer: word(EthAddress([0xcd; 20])),
        ..shown()
    };
    let asked = isValidSignatureCall {
        hash: shown.eip712_signing_hash(&domain()),
        signature: signature.to_vec().into(),
    };
    let calldata = alloy_sol_types::SolCall::abi_encode(&asked);
    let other = Call::new(id(6_002), INVOKE_EVM)
        .with_params(&BytesSer(&calldata))
        .unwrap();
    assert_ne!(
        call.params, other.params,
        "the digests differ, so a wallet that checks its key refuses"
    );
    answers(&mut desk, other, said(&BytesSer(&[0; 32])));
    refused(
        &mut desk,
        &CarryParams {
            signer: twin,
            ..message
        },
        153,
    );
}
